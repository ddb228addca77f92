"""A text as pieces: those that name something, those that state a value, and what lies between; sentences cited so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.store import GraphStore
from kg.iri import document_of
from kg.query.profile import subject_of
from kg.query.reading import DocumentRow, EntityRow, Evidence, ValueRow, documents_of, entities_of
from kg.serve.pages.figures import figure
from kg.serve.pages.known import Marks, marks_of

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


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value with its sentence and the name of what it is about."""

    value: ValueRow
    text: str
    subject: EntityRow | None
    sentence: Cited


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


@dataclass(frozen=True, slots=True)
class Quotes:
    """What sentences name, and their documents, with which they are cited; `known` are the entities, `types` their types by IRI."""

    marks: Marks
    known: Mapping[str, EntityRow]
    documents: Mapping[str, DocumentRow]
    types: Mapping[str, str]

    def cited(self, evidence: Evidence, *, strong: Sequence[str] = (), written: str = "", modality: str = "") -> Cited:
        """A sentence with what it names marked, and the words of a value where it states one."""
        found = words_of(evidence.text, written)
        clear = [mark for mark in self.marks.get(evidence.sentence, ())
                 if not any(mark[0] < end and begin < mark[1] for begin, end, _ in found)]
        return Cited(pieces(evidence.text, [*found, *clear], self.types, (*strong, VALUE)), evidence.sentence,
                     self.documents.get(evidence.document) or DocumentRow(evidence.document, evidence.document), modality)

    def value(self, value: ValueRow) -> ShownValue:
        """A value with its sentence."""
        cited = self.cited(value.evidence, written=value.written, modality=value.modality)
        return ShownValue(value, figure(value), self.known.get(subject_of(value, self.known)), cited)


def quotes(graph: GraphStore, sentences: Collection[str], known: Mapping[str, EntityRow]) -> Quotes:
    """What is needed to cite sentences (IRIs), beside the entities that are known already."""
    marks = marks_of(graph, sentences)
    named = {**known, **entities_of(graph, {iri for found in marks.values() for _, _, iri in found} - set(known))}
    papers = documents_of(graph, map(document_of, sentences))
    return Quotes(marks, named, papers, {iri: row.type for iri, row in named.items()} | {VALUE: VALUE})
