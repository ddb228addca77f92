"""Extraction → the quads of one document, as text.

A claim that a shape refuses is left out and named in `left_out`; a negated or prohibited one gives no plain triple.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg import iri
from kg.gazetteer import Gazetteer
from kg.graph.checks import offending
from kg.graph.entities import Places, entity_lines
from kg.graph.lines import chinese, date, days_of, decimal, integer, string
from kg.graph.model import DocumentQuads
from kg.graph.values import indicator_lines, value_of
from kg.model import Entity, Extraction, IndicatorValue, Mention, Relation, Sentence
from kg.vocab import DCTERMS, ITSRDF, LABEL, NIF, ORG, RDF, STATEMENT, TYPE, eco

_BETWEEN_PUBLISHERS = re.compile(r"\s*[,，、;；]\s*|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_UNSTATED = ("negated", "prohibited")
_BEGIN, _END = NIF + "beginIndex", NIF + "endIndex"


def assemble(extraction: Extraction, *, gazetteer: Gazetteer, base: str = iri.BASE, files: Sequence[tuple[str, str]] = (),
             fingerprint: str = "") -> DocumentQuads:
    """The quads of one document; `files` (path, SHA-256) default to the files that the extraction's document names.

    The outcome depends on the extraction, the gazetteer and `base` alone; equal input gives equal bytes in any process.
    """
    document = extraction.document
    subject = iri.document_iri(document.sha256, base=base)
    found = offending(extraction)
    refused = {offence.claim for offence in found if offence.violation.severity == "violation"}
    places = Places(extraction, gazetteer, base)
    sentences = _Sentences(subject, extraction)
    facts: set[str] = set()
    for entity in extraction.entities:
        facts.update(entity_lines(entity, places))
    own = set(_document_lines(subject, extraction, places, facts, base))
    own.update(_mention_lines(subject, extraction, sentences))
    kept = [relation for relation in extraction.relations if relation not in refused]
    own.update(_relation_lines(subject, kept, extraction, gazetteer, sentences, facts))
    values: set[str] = set()
    own.update(_value_lines(subject, [v for v in extraction.indicator_values if v not in refused], extraction, places, sentences,
                            values, facts, base))
    own.update(sentences.lines())
    facts.update(places.lines)
    named = tuple(files) or tuple((source, document.file_sha256) for source in document.sources or (document.name,))
    return DocumentQuads(
        subject, "".join(sorted(own)), "".join(sorted(values)), "".join(sorted(facts)), named, fingerprint,
        tuple(o.violation for o in found if o.violation.severity == "violation"),
        tuple(o.violation for o in found if o.violation.severity == "warning"))


class _Sentences:
    """The sentences of a document that something refers to."""

    def __init__(self, document: str, extraction: Extraction) -> None:
        self._document, self._text = document, extraction.document.text
        self._all = tuple(sorted(extraction.sentences, key=lambda sentence: sentence.start)) or (Sentence(0, len(self._text)),)
        self._starts = [sentence.start for sentence in self._all]
        self._used: set[int] = set()

    def covering(self, start: int, end: int) -> list[str]:
        """IRIs of the sentences that a range of characters touches."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, end - 1) - 1, first)
        self._used.update(range(first, last + 1))
        return [iri.span_iri(self._document, self._all[i].start, self._all[i].end) for i in range(first, last + 1)]

    def lines(self) -> Iterator[str]:
        for index in self._used:
            sentence = self._all[index]
            subject = iri.span_iri(self._document, sentence.start, sentence.end)
            yield f"<{subject}> <{TYPE}> <{eco('Sentence')}> .\n"
            yield f"<{subject}> <{NIF}anchorOf> {string(self._text[sentence.start:sentence.end])} .\n"
            yield f"<{subject}> <{_BEGIN}> {integer(sentence.start)} .\n"
            yield f"<{subject}> <{_END}> {integer(sentence.end)} .\n"
            yield f"<{subject}> <{NIF}referenceContext> <{self._document}> .\n"
            if sentence.section:
                yield f"<{subject}> <{eco('section')}> {string(sentence.section)} .\n"


def _document_lines(subject: str, extraction: Extraction, places: Places, facts: set[str], base: str) -> Iterator[str]:
    document, context = extraction.document, extraction.context
    yield f"<{subject}> <{TYPE}> <{eco('Document')}> .\n"
    yield f"<{subject}> <{NIF}isString> {string(document.text)} .\n"
    if document.title:
        yield f"<{subject}> <{DCTERMS}title> {chinese(document.title)} .\n"
        title = document.title.strip("《》 ")
        for entity in extraction.entities:
            if entity.type == "Programme" and title == entity.name:
                yield f"<{subject}> <{eco('textOf')}> <{entity.iri}> .\n"
    issued = document.issued or context.issued
    if issued:
        yield from _issued(subject, issued)
    publisher = document.publisher or context.publisher
    if publisher:
        for name in filter(None, _BETWEEN_PUBLISHERS.split(publisher.strip())):
            yield f"<{subject}> <{DCTERMS}publisher> <{_publisher(name, extraction, facts, base)}> .\n"
    if context.place:
        yield f"<{subject}> <{eco('jurisdiction')}> <{places.find(context.place)}> .\n"
    if context.year is not None:
        yield f"<{subject}> <{eco('contextYear')}> {integer(context.year)} .\n"
    if document.genre:
        yield f"<{subject}> <{eco('genre')}> {string(document.genre)} .\n"


def _publisher(name: str, extraction: Extraction, facts: set[str], base: str) -> str:
    """An agency of the document, else an organisation that only the metadata knows."""
    for entity in extraction.entities:
        if entity.type == "Agency" and entity.name == name:
            return entity.iri
    publisher = iri.mint("Agency", name, base=base)
    facts.add(f"<{publisher}> <{TYPE}> <{ORG}Organization> .\n")
    facts.add(f"<{publisher}> <{LABEL}> {chinese(name)} .\n")
    return publisher


def _issued(subject: str, issued: str) -> Iterator[str]:
    try:
        first, last, kind = days_of(issued)
    except ValueError:
        return
    if kind == "dayPeriod":
        yield f"<{subject}> <{DCTERMS}issued> {date(first)} .\n"
    else:
        yield f"<{subject}> <{eco('period')}> {string(issued)} .\n"
        yield f"<{subject}> <{eco('periodStart')}> {date(first)} .\n"
        yield f"<{subject}> <{eco('periodEnd')}> {date(last)} .\n"


def _mention_lines(document: str, extraction: Extraction, sentences: _Sentences) -> Iterator[str]:
    for entity in extraction.entities:
        for mention in (extraction.mentions[index] for index in entity.mentions):
            if mention.end <= mention.start:
                continue
            subject = iri.span_iri(document, mention.start, mention.end)
            yield f"<{subject}> <{TYPE}> <{eco('Mention')}> .\n"
            yield f"<{subject}> <{_BEGIN}> {integer(mention.start)} .\n"
            yield f"<{subject}> <{_END}> {integer(mention.end)} .\n"
            yield f"<{subject}> <{eco('inSentence')}> <{sentences.covering(mention.start, mention.start + 1)[0]}> .\n"
            yield f"<{subject}> <{ITSRDF}taIdentRef> <{entity.iri}> .\n"
            if entity.reason and _needs_reason(mention, entity):
                yield f"<{subject}> <{eco('linkReason')}> {string(entity.reason)} .\n"


def _needs_reason(mention: Mention, entity: Entity) -> bool:
    return mention.text.strip("《》") != entity.name


def _claim_lines(document: str, subject: str, predicate: str, object_: str, claim: Relation | IndicatorValue, start: int, end: int,
                 sentences: Iterable[str]) -> tuple[str, list[str]]:
    """The IRI of a claim, and the lines that both forms of a claim have."""
    key = "\n".join((subject, predicate, object_, str(start), str(end), claim.modality))
    node = f"{document}/claim/{iri.digest(key)}"
    lines = [f"<{node}> <{TYPE}> <{STATEMENT}> .\n", f"<{node}> <{eco('modality')}> <{eco(claim.modality)}> .\n"]
    lines.extend(f"<{node}> <{eco('evidence')}> <{sentence}> .\n" for sentence in sentences)
    if claim.confidence < 1:
        lines.append(f"<{node}> <{eco('confidence')}> {decimal(round(claim.confidence, 4))} .\n")
    return node, lines


def _relation_lines(document: str, relations: Sequence[Relation], extraction: Extraction, gazetteer: Gazetteer, sentences: _Sentences,
                    facts: set[str]) -> Iterator[str]:
    entities = {entity.id: entity for entity in extraction.entities}
    seen: set[str] = set()
    for relation in _surest(relations):
        subject, object_ = entities[relation.subject], entities[relation.object]
        name = _narrowed(relation, subject, object_, gazetteer)
        evidence = sentences.covering(relation.start, relation.end)
        node, lines = _claim_lines(document, subject.iri, name, object_.iri, relation, relation.start, relation.end, evidence)
        if node in seen:
            continue
        seen.add(node)
        yield from lines
        yield f"<{node}> <{RDF}subject> <{subject.iri}> .\n"
        yield f"<{node}> <{RDF}predicate> <{eco(name)}> .\n"
        yield f"<{node}> <{RDF}object> <{object_.iri}> .\n"
        if name != relation.predicate:
            yield f"<{node}> <{eco('extractedAs')}> <{eco(relation.predicate)}> .\n"
        if relation.modality not in _UNSTATED:
            facts.add(f"<{subject.iri}> <{eco(name)}> <{object_.iri}> .\n")
            if name == "collaboratesWith":
                facts.add(f"<{object_.iri}> <{eco(name)}> <{subject.iri}> .\n")


def _surest(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Each claim once, the surest first; that two agencies collaborate is one claim in whichever order it was found."""
    seen: set[tuple[object, ...]] = set()
    for relation in sorted(relations, key=lambda r: (-r.confidence, r.start, r.end)):
        ends: tuple[str, ...] = (relation.subject, relation.object)
        if relation.predicate == "collaboratesWith":
            ends = tuple(sorted(ends))
        key = (ends, relation.predicate, relation.start, relation.end, relation.modality)
        if key not in seen:
            seen.add(key)
            yield relation


def _narrowed(relation: Relation, subject: Entity, object_: Entity, gazetteer: Gazetteer) -> str:
    """What `partOf` means between two waters."""
    if relation.predicate != "partOf" or subject.type != "WaterFeature":
        return relation.predicate
    basins = [entity.subtype == "Basin" or entity.name.endswith("流域") for entity in (subject, object_)]
    if basins[1]:
        return "partOf"
    if basins[0]:
        return "basinOf"
    if subject.subtype in ("MonitoringSection", "Reservoir"):
        return "onRiver"
    lower, upper = (_entries(entity, gazetteer) for entity in (subject, object_))
    agreed = any(gazetteer.within(gazetteer.get(low), up) for low in lower for up in upper)
    return "tributaryOf" if agreed else "partOf"


def _entries(entity: Entity, gazetteer: Gazetteer) -> list[str]:
    if entity.entry in gazetteer.entries and entity.entry is not None:
        return [entity.entry]
    return [entry.id for entry in gazetteer.lookup(entity.name, ("WaterFeature",)) if entry.name == entity.name]


def _value_lines(document: str, found: Sequence[IndicatorValue], extraction: Extraction, places: Places, sentences: _Sentences,
                 values: set[str], facts: set[str], base: str) -> Iterator[str]:
    entities = {entity.id: entity for entity in extraction.entities}
    seen: set[str] = set()
    for value in sorted(dict.fromkeys(found), key=lambda v: -v.confidence):
        about = entities[value.about].iri if value.about else None
        scope = places.find(value.scope) if value.scope else None
        node, lines = value_of(value, about=about, scope=scope, document=document, base=base)
        values.update(lines)
        facts.update(indicator_lines(value, base=base))
        start, end = (value.number_start, value.number_end) if value.number_end > value.number_start else (value.start, value.end)
        evidence = sentences.covering(value.start, value.end)
        claim, shared = _claim_lines(document, "", eco("states"), node, value, start, end, evidence)
        if claim in seen:
            continue
        seen.add(claim)
        yield from shared
        yield f"<{claim}> <{eco('states')}> <{node}> .\n"
        yield f"<{claim}> <{eco('asWritten')}> {string(value.as_written)} .\n"
        yield f"<{claim}> <{_BEGIN}> {integer(start)} .\n"
        yield f"<{claim}> <{_END}> {integer(end)} .\n"
