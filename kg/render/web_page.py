"""The browsing page: one HTML file that holds the graph, compressed, and the program that shows it.

The file asks for nothing outside itself. What comes from documents stands in it as base64 of compressed JSON or as escaped
JSON, never as markup; sentences stand in blocks that the page opens when they are asked for.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import escape
from importlib.resources import files
from itertools import chain, pairwise
from string import Template
from typing import Any

import numpy

from kg.errors import RenderError
from kg.iri import span_of
from kg.model import ENTITY_TYPES, MODALITIES
from kg.query.reading import Evidence
from kg.query.whole import Mentions
from kg.render.arrangement import SMALL, arranging
from kg.render.columns import KINDS, SUBTYPE_NAMES, Columns, columns, edges, placed
from kg.render.picture import Picture
from kg.render.script import as_script
from kg.vocab import ID, LABELS

_LONGEST = 1 << 32
"""More characters than a document has."""
BLOCK = 256
"""Sentences of one compressed block."""
MEGABYTE = 1_000_000
LEVEL = 4
"""Of compression: a page of 100,000 entities is 7 % larger than at 6, and written a second sooner."""


def html(shown: Picture, places: Mapping[str, str], mentions: Callable[[], Mentions], *, max_size: float = 25, server: str = "") -> str:
    """The page of a picture, at most `max_size` megabytes: sentences of the least supported facts are left out where it would be larger.

    `places` as from `whole.areas`; `mentions` gives what `whole.mentions` does; `server` is the address of the pages of entities, where
    the graph is served. Raises RenderError where the graph alone is larger than the limit, or the browser's half has not been built.
    """
    between = edges(shown)
    with arranging(len(shown.drawn), between.lines) as arranged, ThreadPoolExecutor(1) as packing:
        found = columns(shown, between, places)
        graph = packing.submit(lambda: packed(placed(found, arranged())))
        blocks = _within(int(max_size * MEGABYTE), _blocks(found, mentions()))
    room = files("kg.render").joinpath("templates/web.html")
    title = "山水 · 知识图谱" + (f" · {shown.known[shown.focus].name}" if shown.focus else "")
    filled = partial(Template(room.read_text(encoding="utf-8")).substitute, title=escape(title), style=bundle("page.css"),
                     graph=graph.result(), script=bundle("page.js"))
    whole = filled(page=as_script(_head(shown, found, len(found.sentences), server)), sentences="")
    spare = int(max_size * MEGABYTE) - len(whole.encode())
    if spare < 0:
        raise RenderError(f"the graph alone takes {len(whole.encode()) / MEGABYTE:.1f} MB. Allow more with --max-size, or draw less of "
                          "it with --focus, --type or --document.")
    blocks = _within(spare, blocks)
    kept = min(len(found.sentences), BLOCK * len(blocks))
    return filled(page=as_script(_head(shown, found, kept, server)), sentences="".join(blocks))


def _head(shown: Picture, found: Columns, kept: int, server: str) -> dict[str, Any]:
    strings = json.loads(files("kg.render").joinpath("templates/strings.json").read_text(encoding="utf-8"))
    tables = found.tables
    counts = {"entities": len(shown.drawn), "relations": len(tables["edge"]["to"]), "claims": len(tables["claim"]["edge"]),
              "values": len(tables["value"]["about"]), "documents": len(found.papers), "sentences": len(found.sentences)}
    legend = {"types": _each(ENTITY_TYPES, tables["entity"]["type"]), "modalities": _each(MODALITIES, tables["claim"]["modality"])}
    return {"version": 1, "title": strings["title"], "strings": strings, "labels": LABELS, "types": ENTITY_TYPES, "subtypes": SUBTYPE_NAMES,
            "predicates": found.predicates, "modalities": MODALITIES, "kinds": KINDS, "counts": counts, "legend": legend, "kept": kept,
            "block": BLOCK, "focus": found.number[shown.focus] if shown.focus else None, "document": found.papers.get(shown.document or ""),
            "server": server, "base": ID, "small": SMALL}


def _each(names: Sequence[str], column: Iterable[int]) -> list[int]:
    """How often a column has the number of each name."""
    count = Counter(column)
    return [count[n] for n in range(len(names))]


def _blocks(found: Columns, mentions: Mentions) -> Iterator[str]:
    marks = _Marks(mentions, found.number)
    for n, first in enumerate(range(0, len(found.sentences), BLOCK)):
        block = packed(marks.of(found.sentences[first:first + BLOCK]))
        yield f'<script type="text/plain" id="sentences-{n}">{block}</script>\n'


class _Marks:
    """Where sentences mention entities that the page has."""

    def __init__(self, mentions: Mentions, number: Mapping[str, int]) -> None:
        numbers = numpy.array([number.get(iri, -1) for iri in mentions.entities], dtype=numpy.int64)
        document, begin, end, entity = (numpy.array(column, dtype=numpy.int64) for column in (
            mentions.document, mentions.begin, mentions.end, mentions.entity))
        shown = numbers[entity]
        order = numpy.lexsort((shown, end, begin, document))
        order = order[shown[order] >= 0]
        origin = document[order] * _LONGEST
        self._begin, self._end, self._shown = origin + begin[order], origin + end[order], shown[order]
        self._documents = mentions.documents

    def of(self, sentences: Sequence[Evidence]) -> list[list[str | int]]:
        """Of each sentence the text, and start, end and entity of each mention in it; offsets count UTF-16 units, as the browser does."""
        spans = [span_of(e.sentence) for e in sentences]
        starts = [self._documents.get(document, -1) * _LONGEST + begin for document, begin, _ in spans]
        begin, end = numpy.array(starts), numpy.array(starts) + [end - begin for _, begin, end in spans]
        first, last = numpy.searchsorted(self._begin, begin), numpy.searchsorted(self._begin, end)
        many = last - first
        sentence = numpy.repeat(numpy.arange(len(spans)), many)
        mention = numpy.arange(len(sentence)) + numpy.repeat(first - numpy.cumsum(many) + many, many)
        within = self._end[mention] <= end[sentence]
        sentence, mention = sentence[within], mention[within]
        marks = numpy.stack((self._begin[mention] - begin[sentence], self._end[mention] - begin[sentence], self._shown[mention]), axis=1)
        bounds = numpy.searchsorted(sentence, numpy.arange(len(spans) + 1)).tolist()
        rows = marks.tolist()
        return [[e.text, *chain.from_iterable(_in_units(e.text, rows[a:b]))] for e, (a, b) in zip(sentences, pairwise(bounds), strict=True)]


def _in_units(text: str, marks: list[list[int]]) -> list[list[int]]:
    """Start, end and entity of mentions, offsets in UTF-16 code units instead of characters.

    >>> _in_units("𬇙水与泾河", [[0, 2, 5], [3, 5, 7]])
    [[0, 3, 5], [4, 6, 7]]
    """
    if _units(text) == len(text):
        return marks
    return [[_units(text[:begin]), _units(text[:end]), entity] for begin, end, entity in marks]


def _units(text: str) -> int:
    """UTF-16 code units of a text.

    >>> _units("𬇙水")
    3
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _within(room: int, blocks: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for block in blocks:
        room -= len(block)
        if room < 0:
            break
        kept.append(block)
    return kept


def packed(content: object) -> str:
    """JSON, compressed (RFC 1950), as base64.

    >>> zlib.decompress(base64.b64decode(packed(["泾河"]))).decode()
    '["泾河"]'
    """
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(written.encode("utf-8", "replace"), LEVEL)).decode("ascii")


def bundle(name: str) -> str:
    """A file of the browser's half, which the package build makes from web/; RenderError where it has not been built."""
    file = files("kg.render").joinpath("bundle", name)
    if not file.is_file():
        raise RenderError(f"kg/render/bundle/{name} is not there: the browsing page has not been built. In the project's folder run "
                         "`pip install -e .` (which builds it with Node from the package index), or `npm ci && npm run build` in web/. "
                         "`--engine pyvis` needs no bundle.")
    return file.read_text(encoding="utf-8")
