"""A text as pieces: those that name something, those that state a value, and what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.query.reading import DocumentRow, EntityRow, Evidence

VALUE = "value"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `type` is the type of what it names, or `value`, or empty; `iri` what it names; `strong` where it is the point."""

    text: str
    type: str = ""
    iri: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence as evidence: its pieces, where it stands, its document, how far the fact is true there."""

    pieces: tuple[Piece, ...]
    iri: str
    document: DocumentRow
    modality: str = ""


def pieces(text: str, marks: Iterable[tuple[int, int, str]], types: Mapping[str, str], strong: Sequence[str] = ()) -> tuple[Piece, ...]:
    """A text cut at its marks; of marks that overlap the first, and of those the longest, is kept.

    >>> [(p.text, p.type) for p in pieces("泾河的水", [(0, 2, "urn:jing")], {"urn:jing": "WaterFeature"})]
    [('泾河', 'WaterFeature'), ('的水', '')]
    """
    found: list[Piece] = []
    at = 0
    for begin, end, iri in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if begin < at or end > len(text) or begin >= end or iri not in types:
            continue
        if begin > at:
            found.append(Piece(text[at:begin]))
        found.append(Piece(text[begin:end], types[iri], iri, iri in strong))
        at = end
    return (*found, Piece(text[at:])) if at < len(text) else tuple(found)


def words_of(text: str, written: str) -> tuple[tuple[int, int, str], ...]:
    """Where the words of a value stand in its sentence.

    >>> words_of("投资4.06亿元。", "4.06亿元")
    ((2, 8, 'value'),)
    """
    at = text.find(written) if written else -1
    return ((at, at + len(written), VALUE),) if at >= 0 else ()


def cited(evidence: Evidence, marks: Iterable[tuple[int, int, str]], known: Mapping[str, EntityRow], documents: Mapping[str, DocumentRow],
          *, strong: Sequence[str] = (), written: str = "", modality: str = "") -> Cited:
    """A sentence with what it names marked, and the words of a value where it states one."""
    types = {iri: row.type for iri, row in known.items()} | {VALUE: VALUE}
    found = words_of(evidence.text, written)
    clear = [mark for mark in marks if not any(mark[0] < end and begin < mark[1] for begin, end, _ in found)]
    return Cited(pieces(evidence.text, [*found, *clear], types, (*strong, VALUE)), evidence.sentence,
                 documents.get(evidence.document) or DocumentRow(evidence.document, evidence.document), modality)
