"""RDF terms as people read them: a name for an entity, a short form for other IRIs, the bare text of a literal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph

from kg.graph.store import GraphStore
from kg.query.reading import names_of, unit_name
from kg.vocab import ECO, ECO_UNIT, LABELS, PREFIXES, UNIT


def readable(graph: GraphStore, answer: Sequence[Sequence[Any]]) -> list[tuple[str, ...]]:
    """Rows of terms → rows of text; unbound cells are empty."""
    names = names_of(graph, (t.value for row in answer for t in row if isinstance(t, pyoxigraph.NamedNode)))
    return [tuple(text(term, names) for term in row) for row in answer]


def text(term: Any, names: Mapping[str, str]) -> str:
    """A term by the name of its IRI where that has one."""
    if not isinstance(term, pyoxigraph.NamedNode):
        return "" if term is None else str(getattr(term, "value", term))
    return names.get(term.value) or short(term.value)


def short(iri: str) -> str:
    """An IRI in its shortest form: a unit or a term of the project by its name, another by its prefix.

    >>> short("https://w3id.org/shanshui/ontology#issues"), short("http://www.w3.org/2000/01/rdf-schema#label"), short("urn:x")
    ('eco:issues', 'rdfs:label', 'urn:x')
    """
    if iri.startswith((UNIT, ECO_UNIT)):
        return unit_name(iri)
    if iri.startswith(ECO) and iri.removeprefix(ECO) in LABELS:
        return f"eco:{iri.removeprefix(ECO)}"
    fitting = [(namespace, name) for name, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    namespace, name = max(fitting, key=lambda pair: len(pair[0]))
    return f"{name}:{iri.removeprefix(namespace)}"
