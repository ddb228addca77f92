"""SHACL over a built graph.

The core of `ontology/shapes.ttl` runs in pyshacl; its SPARQL constraints, which hold their targets, run as queries on the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

import pyshacl
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.plugins.parsers.ntriples import unquote
from rdflib.term import Node

from kg.graph.checks import offending
from kg.graph.model import Report, Severity, Violation
from kg.graph.store import GraphStore
from kg.vocab import ITSRDF, NIF, eco

__all__ = ["offending", "validate"]

_UNCHECKED = tuple(f"<{name}>" for name in (
    ITSRDF + "taIdentRef", *map(eco, (
        "gazetteerEntry", "linkReason", "section", "within", "inRiverSystemOf", "isResponsibleFor"))))
"""Predicates that no shape of the core looks at."""
_TEXTS = (f"<{NIF}isString>", f"<{NIF}anchorOf>")
_SHORT = Literal("…")


def validate(graph: GraphStore) -> Report:
    """The SHACL report on a built graph, violations first, in order of shape and node."""
    core, queries = _shapes()
    found = [*_core(graph, core), *_constraints(graph, queries)]
    return Report(tuple(sorted(set(found), key=lambda v: (v.severity == "warning", v.shape, v.focus, v.path, v.message, v.value))))


@lru_cache(maxsize=1)
def _shapes() -> tuple[Graph, tuple[tuple[str, str, str, Severity], ...]]:
    """The core shapes, and the SPARQL constraints as (shape, message, query, severity)."""
    shapes = Graph().parse(data=files("kg_ontology").joinpath("shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    queries = []
    for shape, constraint in list(shapes.subject_objects(SH.sparql)):
        severity: Severity = "warning" if (shape, SH.severity, SH.Warning) in shapes else "violation"
        queries.append((str(shape), str(shapes.value(constraint, SH.message)), str(shapes.value(constraint, SH.select)), severity))
        shapes.remove((shape, None, None))
        shapes.remove((constraint, None, None))
    return shapes, tuple(sorted(queries))


def _constraints(graph: GraphStore, queries: Iterable[tuple[str, str, str, Severity]]) -> Iterator[Violation]:
    for shape, message, query, severity in queries:
        for row in graph.query(query):  # type: ignore[union-attr]
            value = row["value"].value if "value" in query and row["value"] is not None else ""
            yield Violation(row["this"].value, "", message, severity, shape, value)


def _core(graph: GraphStore, shapes: Graph) -> Iterator[Violation]:
    _, report, _ = pyshacl.validate(_checked(graph), shacl_graph=shapes, inference=None, advanced=False)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        severity: Severity = "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "violation"
        yield Violation(_text(report, result, SH.focusNode), _text(report, result, SH.resultPath),
                        _text(report, result, SH.resultMessage), severity, _text(report, result, SH.sourceShape),
                        _text(report, result, SH.value))


def _text(report: Graph, result: Node, predicate: URIRef) -> str:
    return str(report.value(result, predicate) or "")


def _checked(graph: GraphStore) -> Graph:
    """The default graph as pyshacl takes it, without what no shape looks at; texts are cut short."""
    resources: dict[str, URIRef] = {}

    def resource(token: str) -> URIRef:
        return resources.get(token) or resources.setdefault(token, URIRef(token[1:-1]))

    checked = Graph()
    for line in graph.lines():
        subject, predicate, object_ = line[:-2].split(" ", 2)
        if predicate in _TEXTS:
            checked.add((resource(subject), resource(predicate), _SHORT))
        elif predicate not in _UNCHECKED:
            checked.add((resource(subject), resource(predicate), resource(object_) if object_[0] == "<" else _literal(object_)))
    return checked


def _literal(token: str) -> Literal:
    lexical, _, tail = token.rpartition('"')
    text = unquote(lexical[1:]) if "\\" in lexical else lexical[1:]
    if tail.startswith("@"):
        return Literal(text, lang=tail[1:])
    return Literal(text, datatype=URIRef(tail[3:-1])) if tail else Literal(text)
