"""The graph as frozen rows: entities, claims, indicator values, documents. What tables, pages and pictures are made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote

import pyoxigraph

from kg import vocab
from kg.graph.store import GraphStore
from kg.iri import document_of
from kg.model import ENTITY_TYPES, SUBTYPES
from kg.query.periods import year_of
from kg.vocab import ALT_LABEL, DCTERMS, ECO, HIDDEN_LABEL, LABEL, RDF, eco

Row = Mapping[str, str]

EVIDENCE = ("?claim eco:evidence ?sentence", "?sentence nif:anchorOf ?text")
RELATION = ("?claim rdf:subject ?subject", "?claim rdf:predicate ?predicate", "?claim rdf:object ?object", "?claim eco:modality ?modality")
CLAIM = (*RELATION, *EVIDENCE)
CLAIM_OPTIONAL = ("?claim eco:confidence ?confidence",)
FIGURE = ("?claim eco:states ?value", "?claim eco:modality ?modality",
          "VALUES ?kind { eco:Target eco:Result eco:Change } ?value a ?kind",
          "?value eco:indicator ?measure", '?measure rdfs:label ?indicator FILTER (lang(?indicator) IN ("", "zh"))',
          "?value eco:value ?number")
VALUE = (*FIGURE, *EVIDENCE)
VALUE_OPTIONAL = ("?value eco:about ?about", "?value eco:scopePlace ?scope", "?value eco:operator ?operator",
                  "?value eco:upperValue ?upper", "?value eco:unit ?unit", "?value eco:period ?period", "?claim eco:asWritten ?written")
PROVINCES = """SELECT ?entity ?place WHERE { ?place eco:divisionCode ?code . FILTER (STRENDS(?code, "%s")) ?entity eco:within ?place }"""

TENURE = """SELECT ?side ?other ?first ?last WHERE {
  { BIND("itself" AS ?side) %s BIND(?named AS ?other) } UNION
  { BIND("former" AS ?side) %s ?other dcterms:isReplacedBy ?named } UNION
  { BIND("later" AS ?side) %s ?named dcterms:isReplacedBy ?other }
  OPTIONAL { ?other eco:validFrom ?first } OPTIONAL { ?other eco:validTo ?last } }"""


_TITLE, _TYPE = DCTERMS + "title", RDF + "type"
NAMES = (LABEL, ALT_LABEL, HIDDEN_LABEL, eco("pinyin"), eco("pinyinInitials"), eco("documentCount"))
PAPERS = (_TITLE, DCTERMS + "issued", eco("contextYear"), eco("jurisdiction"), DCTERMS + "publisher", DCTERMS + "source")
_SEVERAL = ("altLabel", "hiddenLabel", "pinyin", "pinyinInitials")
_NARROW = tuple(name for found in SUBTYPES.values() for name in found)
CLASSES = (*ENTITY_TYPES, *_NARROW)
"""What an entity may be, by local name: the broad types, then the subtypes."""


class EntityRow(NamedTuple):
    """An entity of the graph: its broad type, subtype (or empty), full name, other names, and in how many documents it stands."""

    iri: str
    type: str
    subtype: str
    name: str
    aliases: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    pinyin: str = ""
    documents: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases, *self.hidden)


class Evidence(NamedTuple):
    """The sentence that states something: its IRI, its text, its document (an IRI)."""

    sentence: str
    text: str
    document: str


class ClaimRow(NamedTuple):
    """A claim that relates two entities: IRIs, the local name of predicate and modality, and the sentence."""

    iri: str
    subject: str
    predicate: str
    object: str
    modality: str
    evidence: Evidence
    confidence: float = 1.0


class ValueRow(NamedTuple):
    """A claim of an indicator value; `kind` is Target, Result or Change, numbers are canonical decimals as text."""

    claim: str
    iri: str
    kind: str
    indicator: str
    operator: str
    number: str
    upper: str
    unit: str
    period: str
    modality: str
    written: str
    evidence: Evidence
    about: str = ""
    scope: str = ""


Stated = TypeVar("Stated", ClaimRow, ValueRow)


class Tenure(NamedTuple):
    """From when to when a body or division stood: ISO dates, empty where not known."""

    entity: str
    first: str = ""
    last: str = ""


class DocumentRow(NamedTuple):
    """A document: title (or the name of its file), date, publisher, files, its year (0 where unknown), the place it speaks for."""

    iri: str
    title: str
    issued: str = ""
    publisher: str = ""
    sources: tuple[str, ...] = ()
    year: int = 0
    place: str = ""


def rows(graph: GraphStore, query: str) -> Iterator[Row]:
    """The solutions of a SELECT as plain strings; unbound variables are absent."""
    solutions: Any = graph.query(query)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: term.value for name in names if (term := solution[name]) is not None}


def said(graph: GraphStore, iri: str, predicates: Sequence[str]) -> dict[str, list[str]]:
    """What is said of a resource by some predicates: local name → IRIs and literals as strings, sorted; nothing of what is no IRI.

    They are looked up one by one: a query with the resources and the predicates as two tables joins these first, and reads all
    labels of the graph.
    """
    found: dict[str, list[str]] = {}
    for predicate in predicates if is_iri(iri) else ():
        quads = graph.store.quads_for_pattern(pyoxigraph.NamedNode(iri), pyoxigraph.NamedNode(predicate), None, pyoxigraph.DefaultGraph())
        if values := sorted(getattr(quad.object, "value", "") for quad in quads):
            found[local(predicate)] = values
    return found


def names_of(graph: GraphStore, iris: Iterable[str]) -> dict[str, str]:
    """IRI → its label or title, where the graph has one."""
    told = ((iri, said(graph, iri, (LABEL, _TITLE))) for iri in set(iris))
    return {iri: name for iri, about in told for names in list(about.values())[:1] for name in names[:1]}


def provinces(graph: GraphStore, level: str = "0000") -> Mapping[str, str]:
    """Entity → the division it lies within whose code ends with `level`: 0000 for provinces, 00 for prefectures (and provinces)."""
    found: dict[str, str] = {}
    for row in rows(graph, PROVINCES % level):
        found[row["entity"]] = max(found.get(row["entity"], ""), row["place"])
    return found


def entities_of(graph: GraphStore, iris: Iterable[str]) -> Mapping[str, EntityRow]:
    """The entities among some IRIs, by IRI."""
    found = {}
    for iri in sorted(set(iris)):
        classes = frozenset(kind.removeprefix(ECO) for kind in said(graph, iri, (_TYPE,)).get("type", ()))
        if typed(classes)[0]:
            found[iri] = entity_row(iri, classes, said(graph, iri, NAMES))
    return found


def entity_row(iri: str, classes: frozenset[str], names: Mapping[str, Collection[str]]) -> EntityRow:
    """The row of an entity, from its classes and what is said of its names (by local name of the predicate), be it doubled or absent.

    >>> entity_row("urn:jing", frozenset({"WaterFeature"}), {"label": ["泾河", "泾水"]}).name
    '泾水'
    """
    aliases, hidden, pinyin, initials = (tuple(sorted(names[name])) if name in names else () for name in _SEVERAL)
    label = min(names["label"]) if "label" in names else ""
    return EntityRow(iri, *typed(classes), label or local(iri), aliases, hidden, " ".join(pinyin + initials),
                     min(map(int, names.get("documentCount", "0"))))


@lru_cache(maxsize=256)
def typed(classes: frozenset[str]) -> tuple[str, str]:
    """The broad type and the subtype among some classes, by local name: the first that the model names, or nothing.

    >>> typed(frozenset({"River", "Agency", "WaterFeature"})), typed(frozenset({"Document"}))
    (('Agency', 'River'), ('', ''))
    """
    broad, narrow = (next((name for name in names if name in classes), "") for names in (ENTITY_TYPES, _NARROW))
    return broad, narrow


def bearers(graph: GraphStore, name: str) -> tuple[EntityRow, ...]:
    """The entities that `find_entities` may choose from for a name (or IRI), without reading all."""
    return tuple(entities_of(graph, bearing(graph, name, "rdfs:label|skos:altLabel|skos:hiddenLabel")).values())


def bearing(graph: GraphStore, name: str, predicates: str) -> tuple[str, ...]:
    """The IRIs of what has a name as a value of some predicates (joined by |), and the name itself, which may be an IRI."""
    name = name.encode(errors="replace").decode()
    spelled = {name, unquote(name)} if ":" in name else {name}
    forms = " ".join(str(pyoxigraph.Literal(form, language=language)) for form in sorted(spelled) for language in ("zh", None))
    return (*(row["x"] for row in rows(graph, f"SELECT ?x {{ VALUES ?name {{ {forms} }} ?x {predicates} ?name }}")), *spelled)


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI.

    >>> is_iri("urn:泾河"), is_iri("泾河")
    (True, False)
    """
    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        return False
    return True


def tenures(graph: GraphStore, entity: str) -> Mapping[str, tuple[Tenure, ...]]:
    """When an entity stood (itself), what it took the place of (former) and what took its place (later)."""
    bound = _binding("named", entity)
    found: dict[str, dict[str, Tenure]] = {"itself": {}, "former": {}, "later": {}}
    for row in rows(graph, TENURE % (bound, bound, bound)):
        found[row["side"]][row["other"]] = Tenure(row["other"], row.get("first", ""), row.get("last", ""))
    return {side: tuple(others[other] for other in sorted(others)) for side, others in found.items()}


def claims(graph: GraphStore, *entities: str) -> tuple[ClaimRow, ...]:
    """The claims that relate an entity (or several), on either side, to another; sorted."""
    return _claims(graph, (f"{_binding('subject', *entities)} ", f"{_binding('object', *entities)} "))


def _claims(graph: GraphStore, either: Iterable[str]) -> tuple[ClaimRow, ...]:
    found = (ClaimRow(row["claim"], row["subject"], local(row["predicate"]), row["object"], local(row["modality"]), _evidence(row),
                      float(row.get("confidence", "1"))) for part in either for row in rows(graph, _query(part, CLAIM, CLAIM_OPTIONAL)))
    return tuple(sorted(claims_once(found), key=claim_order))


def claims_once(found: Iterable[ClaimRow]) -> Collection[ClaimRow]:
    """Each claim in one row: that of its first sentence where it has several, and of the first in order where all else is doubled."""
    return _once(found, attrgetter("iri"), claim_order).values()


def claim_order(claim: ClaimRow) -> tuple[str, ...]:
    """The order of claims."""
    return (claim.subject, claim.predicate, claim.object, claim.evidence.sentence, claim.iri, claim.modality, str(claim.confidence),
            claim.evidence.text)


def values(graph: GraphStore, *entities: str) -> tuple[ValueRow, ...]:
    """The claims of indicator values about an entity (or several) or aggregated over it; sorted."""
    return _values(graph, tuple(f"{_binding('named', *entities)} ?value eco:{p} ?named . " for p in ("about", "scopePlace")))


def _values(graph: GraphStore, either: Iterable[str]) -> tuple[ValueRow, ...]:
    found = (value_row(row, _evidence(row)) for part in either for row in rows(graph, _query(part, VALUE, VALUE_OPTIONAL)))
    return tuple(sorted(values_once(found), key=value_order))


def values_once(found: Iterable[ValueRow]) -> Collection[ValueRow]:
    """Each claim of a value in one row, as with `claims_once`."""
    return _once(found, attrgetter("claim"), value_order).values()


def value_order(value: ValueRow) -> tuple[str, ...]:
    """The order of indicator values."""
    return (value.indicator, value.period, value.number, value.evidence.sentence, value.claim, value.iri, value.kind, value.operator,
            value.upper, value.unit, value.modality, value.written, value.about, value.scope, value.evidence.text)


def _once(found: Iterable[Stated], key: Callable[[Stated], str], order: Callable[[Stated], tuple[str, ...]]) -> dict[str, Stated]:
    once: dict[str, Stated] = {}
    for row in found:
        known = once.setdefault(key(row), row)
        if known is not row:
            once[key(row)] = min(known, row, key=lambda each: (len(each.evidence.sentence), each.evidence.sentence, order(each)))
    return once


def _query(bound: str, patterns: Iterable[str], optional: Iterable[str]) -> str:
    return f"SELECT * {{ {bound}{' . '.join(patterns)} {' '.join(f'OPTIONAL {{ {pattern} }}' for pattern in optional)} }}"


def stated(graph: GraphStore, iri: str) -> tuple[tuple[ClaimRow, ...], tuple[ValueRow, ...]]:
    """What a sentence says, or a claim, or where an indicator value is stated: by the IRI of any of them."""
    return (_claims(graph, [_binding(name, iri) for name in ("claim", "sentence")]),
            _values(graph, [_binding(name, iri) for name in ("claim", "sentence", "value")]))


def stated_in(graph: GraphStore, document: str) -> tuple[tuple[ClaimRow, ...], tuple[ValueRow, ...]]:
    """What the sentences of a document say."""
    here = (f"{_binding('document', document)} ?sentence nif:referenceContext ?document . ?claim eco:evidence ?sentence . ",)
    return _claims(graph, here), _values(graph, here)


def measured(graph: GraphStore, indicator: str) -> tuple[ValueRow, ...]:
    """The claims of values of an indicator (an IRI)."""
    return _values(graph, (f"{_binding('named', indicator)} ?value eco:indicator ?named . ",))


def value_row(row: Row, evidence: Evidence) -> ValueRow:
    """A row of the query over FIGURE and the sentence; what is not bound may be absent or empty."""
    return ValueRow(row["claim"], row["value"], local(row["kind"]), row["indicator"], row.get("operator") or "=", row["number"],
                    row.get("upper", ""), unit_name(row.get("unit", "")), row.get("period", ""), local(row["modality"]),
                    row.get("written", ""), evidence, row.get("about", ""), row.get("scope", ""))


def documents_of(graph: GraphStore, iris: Iterable[str]) -> Mapping[str, DocumentRow]:
    """The documents among some IRIs (what the graph calls an eco:Document), by IRI; publisher and place by name."""
    known = ((iri, said(graph, iri, (_TYPE, *PAPERS))) for iri in sorted(set(iris)))
    return document_rows(graph, {iri: about for iri, about in known if eco("Document") in about.get("type", ())})


def document_rows(graph: GraphStore, found: Mapping[str, Mapping[str, Collection[str]]]) -> Mapping[str, DocumentRow]:
    """The rows of documents, from what is said of each (by local name of the predicate): the first in order where it is doubled."""
    named = names_of(graph, (iri for about in found.values() for key in ("jurisdiction", "publisher") for iri in about.get(key, ())))
    return {iri: _document(iri, about, named) for iri, about in found.items()}


def _document(document: str, known: Mapping[str, Collection[str]], named: Mapping[str, str]) -> DocumentRow:
    sources = tuple(sorted(known.get("source", ())))
    title, issued, year, publisher, place = (min(known.get(name, ()), default="")
                                             for name in ("title", "issued", "contextYear", "publisher", "jurisdiction"))
    return DocumentRow(document, title or next(iter(sources), local(document)), issued, named.get(publisher, publisher), sources,
                       year_of(issued, year), named.get(place, ""))


def _evidence(row: Row) -> Evidence:
    return Evidence(row["sentence"], row["text"], document_of(row["sentence"]))


def _binding(name: str, *values: str) -> str:
    return f"VALUES ?{name} {{ {' '.join(str(pyoxigraph.NamedNode(value)) for value in values)} }}"


def local(term: str) -> str:
    """The local name of an IRI.

    >>> local("https://w3id.org/shanshui/ontology#issues")
    'issues'
    """
    return term.rpartition("#")[2] if "#" in term else term.rpartition("/")[2]


_UNIT_NAMES = {unit: name for name, unit in reversed(vocab.UNITS.items())}


def unit_name(unit: str) -> str:
    """A unit as people write it, from its IRI.

    >>> unit_name("http://qudt.org/vocab/unit/MilliGM-PER-L"), unit_name("https://w3id.org/shanshui/ontology#unit/亩")
    ('mg/L', '亩')
    """
    return _UNIT_NAMES[unit] if unit in _UNIT_NAMES else unquote(unit.removeprefix(vocab.ECO_UNIT))


def find_entities(known: Iterable[EntityRow], name: str) -> tuple[EntityRow, ...]:
    """The entities that bear a name: as their IRI or full name, else as an alias, else as a form that context supports.

    >>> rows = [EntityRow("urn:1", "Agency", "", "甘肃省生态环境厅", hidden=("省生态环境厅",)), EntityRow("urn:2", "Place", "", "甘肃省")]
    >>> [row.name for row in find_entities(rows, "省生态环境厅")]
    ['甘肃省生态环境厅']
    """
    listed, spelled = list(known), unquote(name) if ":" in name else name
    for found in ([e for e in listed if name in (e.iri, e.name) or spelled == e.iri], [e for e in listed if name in e.aliases],
                  [e for e in listed if name in e.hidden]):
        if found:
            return tuple(found)
    return ()
