"""The page of a document: its text with what was read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.graph.store import GraphStore
from kg.iri import span_iri
from kg.query.profile import subject_of
from kg.query.reading import ClaimRow, EntityRow, ValueRow, documents_of, entities_of, stated_in
from kg.serve.limits import Refused
from kg.serve.pages.figures import figure
from kg.serve.pages.known import rows_of
from kg.serve.pages.sentences import VALUE, Piece, pieces
from kg.serve.pages.view import Asked, Made

_TEXT = "SELECT ?text WHERE { VALUES ?x { %s } ?x nif:isString ?text }"
_ENTITIES = """SELECT ?begin ?end ?entity WHERE { VALUES ?x { %s } ?sentence nif:referenceContext ?x . ?mention eco:inSentence ?sentence ;
  itsrdf:taIdentRef ?entity ; nif:beginIndex ?begin ; nif:endIndex ?end }"""
_SENTENCES = """SELECT ?sentence ?begin ?end WHERE { VALUES ?x { %s } ?sentence nif:referenceContext ?x ; a eco:Sentence ;
  nif:beginIndex ?begin ; nif:endIndex ?end }"""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact or a value that a sentence states."""

    subject: EntityRow | None
    predicate: str
    object: EntityRow | None
    modality: str
    figure: str = ""
    kind: str = ""
    period: str = ""


@dataclass(slots=True)
class Sentence:
    """A sentence of the text: its characters, and what it states; the latter is filled in while reading."""

    begin: int
    end: int
    said: list[Said] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its fragment, as its IRI has it."""
        return span_iri("", self.begin, self.end).removeprefix("#")

    @property
    def facts(self) -> str:
        """The fragment of what it states."""
        return f"facts-{self.begin}" if self.said else ""


Run = tuple[Sentence | None, bool, tuple[Piece, ...]]
"""A run of a paragraph: the sentence that it belongs to, whether it begins here, its pieces."""


def document(graph: GraphStore, asked: Asked) -> Made:
    """A document; raises Refused with 404 where there is none."""
    iri = asked.iri
    paper = documents_of(graph, [iri]).get(iri)
    text = next((row["text"] for row in rows_of(graph, _TEXT, [iri])), None)
    if paper is None or text is None:
        raise Refused(404, f"{iri} is no document of this graph.")
    sentences = {row["sentence"]: Sentence(int(row["begin"]), int(row["end"])) for row in rows_of(graph, _SENTENCES, [iri])}
    claims, figures = stated_in(graph, iri)
    marks = [(int(row["begin"]), int(row["end"]), row["entity"]) for row in rows_of(graph, _ENTITIES, [iri])]
    known = entities_of(graph, {*(m[2] for m in marks), *(end for c in claims for end in (c.subject, c.object)),
                                *(end for v in figures for end in (v.about, v.scope) if end)})
    written = _fill(sentences, claims, figures, known, text)
    listed = sorted(sentences.values(), key=lambda s: (s.begin, -s.end))
    clear = [mark for mark in marks if not any(mark[0] < end and begin < mark[1] for begin, end, _ in written)]
    types = {**{e: row.type for e, row in known.items()}, VALUE: VALUE}
    counts = {name: sum(row.type == name for row in known.values()) for name in sorted({row.type for row in known.values()})}
    return Made("document.html", {"document": paper, "paragraphs": paragraphs(text, listed, [*clear, *written], types),
                                  "sentences": [s for s in listed if s.said], "counts": counts, "known": known,
                                  "value_count": len({v.iri for v in figures})})


def _fill(sentences: Mapping[str, Sentence], claims: Sequence[ClaimRow], figures: Sequence[ValueRow], known: Mapping[str, EntityRow],
          text: str) -> list[tuple[int, int, str]]:
    """Put what is stated into its sentences; the places of the words of values."""
    written: dict[tuple[int, int], str] = {}
    seen: dict[str, set[Said]] = defaultdict(set)
    stated = [(c.evidence.sentence, Said(known.get(c.subject), c.predicate, known.get(c.object), c.modality)) for c in claims]
    for v in figures:
        said_of = Said(known.get(subject_of(v, known)), v.indicator, None, v.modality, figure(v), v.kind, v.period)
        stated.append((v.evidence.sentence, said_of))
        sentence = sentences.get(v.evidence.sentence)
        at = text.find(v.written, sentence.begin, sentence.end) if sentence and v.written else -1
        if at >= 0:
            written[at, at + len(v.written)] = VALUE
    for sentence_iri, said in sorted(stated, key=lambda pair: (bool(pair[1].figure), pair[1].predicate, pair[1].figure)):
        if sentence_iri in sentences and said not in seen[sentence_iri]:
            seen[sentence_iri].add(said)
            sentences[sentence_iri].said.append(said)
    return [(begin, end, iri) for (begin, end), iri in written.items()]


def paragraphs(text: str, sentences: Sequence[Sentence], marks: Sequence[tuple[int, int, str]],
               types: Mapping[str, str]) -> list[list[Run]]:
    """The lines of a text as runs: sentences and what lies between them, each cut at its marks.

    >>> first = Sentence(0, 3)
    >>> [[(run[0] is first, [p.text for p in run[2]]) for run in line] for line in paragraphs("泾河。\\n渭河。", [first], [], {})]
    [[(True, ['泾河。'])], [(False, ['渭河。'])]]
    """
    found, at = [], 0
    ordered = sorted(marks)
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            inside = [mark for mark in ordered if at <= mark[0] and mark[1] <= end]
            found.append(_runs(text, at, end, [s for s in sentences if s.begin < end and at < s.end], inside, types))
        at = end + 1
    return found


def _runs(text: str, begin: int, end: int, sentences: Sequence[Sentence], marks: Sequence[tuple[int, int, str]],
          types: Mapping[str, str]) -> list[Run]:
    runs: list[Run] = []
    at = begin

    def add(to: int, sentence: Sentence | None) -> None:
        nonlocal at
        if to > at:
            inside = [(b - at, e - at, iri) for b, e, iri in marks if at <= b and e <= to]
            runs.append((sentence, sentence is not None and sentence.begin == at, pieces(text[at:to], inside, types)))
            at = to

    for sentence in sentences:
        add(min(max(at, sentence.begin), end), None)
        add(min(sentence.end, end), sentence)
    add(end, None)
    return runs
