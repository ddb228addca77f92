"""Rows of a SELECT and the truth of an ASK in the W3C result formats, row by row.

The store writes these formats too, but neither stops at a number of rows nor says that it did. An answer that was cut says
so at its end where the format has a place for it: a member `cut` in JSON, a comment in XML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from json.encoder import encode_basestring as quoted
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.vocab import XSD

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SRX: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
_TO_QUOTE = re.compile('[",\r\n]')


def cut_message(limit: int) -> str:
    """What is said of an answer that was cut."""
    return f"cut after {limit} rows, the most that this server gives; ask for less, or page with ORDER BY, LIMIT and OFFSET"


class Format(NamedTuple):
    """How rows are written: before them, each (from a line of their variables and the terms), between them, after them."""

    head: Callable[[Sequence[str]], str]
    row: Callable[[Sequence[str], Iterable[Any]], str]
    between: str
    tail: Callable[[int], str]
    says_cut: bool


def write_rows(form: str, variables: Sequence[str], solutions: Iterable[Any], limit: int,
               write: Callable[[bytes], object]) -> tuple[int, bool]:
    """Write up to `limit` rows (0: all) in the form json, xml, csv or tsv; returns how many, and whether there were more."""
    style = FORMATS[form]
    write(style.head(variables).encode())
    rows = iter(solutions)
    count, between = 0, ""
    for solution in islice(rows, limit) if limit else rows:
        write((between + style.row(variables, solution)).encode())
        between = style.between
        count += 1
    cut = bool(limit) and count == limit and next(rows, None) is not None
    write(style.tail(limit if cut else 0).encode())
    return count, cut


def boolean(form: str, truth: bool) -> bytes:
    """The truth of an ASK as json or xml.

    >>> boolean("json", True)
    b'{"head":{},"boolean":true}'
    """
    said = "true" if truth else "false"
    return (f'{{"head":{{}},"boolean":{said}}}' if form == "json" else f"{_SRX}<head/><boolean>{said}</boolean>\n</sparql>\n").encode()


def _json_head(variables: Sequence[str]) -> str:
    return '{"head":{"vars":[' + ",".join(map(quoted, variables)) + ']},"results":{"bindings":[\n'


def _json_row(variables: Sequence[str], solution: Iterable[Any]) -> str:
    cells = (f"{quoted(name)}:{_json_term(term)}" for name, term in zip(variables, solution, strict=True) if term is not None)
    return "{" + ",".join(cells) + "}"


def _json_term(term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{quoted(term.value)}}}'
    if isinstance(term, ox.BlankNode):
        return f'{{"type":"bnode","value":{quoted(term.value)}}}'
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return '{"type":"triple","value":{' + ",".join(f'"{name}":{_json_term(part)}' for name, part in parts) + "}}"
    if term.language:
        return f'{{"type":"literal","value":{quoted(term.value)},"xml:lang":{quoted(term.language)}}}'
    datatype = term.datatype.value
    said = "" if datatype == XSD + "string" else f',"datatype":{quoted(datatype)}'
    return f'{{"type":"literal","value":{quoted(term.value)}{said}}}'


def _json_tail(cut: int) -> str:
    said = f',"cut":{{"rows":{cut},"message":{quoted(cut_message(cut))}}}' if cut else ""
    return f"\n]}}{said}}}\n"


def _xml_head(variables: Sequence[str]) -> str:
    return f"{_SRX}<head>{''.join(f'<variable name={quoteattr(name)}/>' for name in variables)}</head>\n<results>\n"


def _xml_row(variables: Sequence[str], solution: Iterable[Any]) -> str:
    cells = (f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
             for name, term in zip(variables, solution, strict=True) if term is not None)
    return f"<result>{''.join(cells)}</result>\n"


def _xml_term(term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts)}</triple>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{_xml_text(term.value)}</literal>"
    datatype = term.datatype.value
    said = "" if datatype == XSD + "string" else f" datatype={quoteattr(datatype)}"
    return f"<literal{said}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _xml_tail(cut: int) -> str:
    return "</results>\n</sparql>\n" + (f"<!-- {cut_message(cut)} -->\n" if cut else "")


def _csv_row(_variables: Sequence[str], solution: Iterable[Any]) -> str:
    return ",".join(map(_csv_cell, solution)) + "\r\n"


def _csv_cell(term: Any) -> str:
    text = "" if term is None else term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def _tsv_row(_variables: Sequence[str], solution: Iterable[Any]) -> str:
    return "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in solution) + "\n"


FORMATS: Final = {
    "json": Format(_json_head, _json_row, ",\n", _json_tail, True),
    "xml": Format(_xml_head, _xml_row, "", _xml_tail, True),
    "csv": Format(lambda variables: ",".join(variables) + "\r\n", _csv_row, "", lambda _cut: "", False),
    "tsv": Format(lambda variables: "\t".join(f"?{name}" for name in variables) + "\n", _tsv_row, "", lambda _cut: "", False),
}
