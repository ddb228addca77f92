"""The one entity or document that a name means; where none or several answer to it, what there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.errors import LookupFailed
from kg.graph.store import GraphStore
from kg.model import ENTITY_TYPES
from kg.query.index import index_of
from kg.query.reading import DocumentRow, EntityRow, bearers, bearing, documents_of, find_entities
from kg.query.whole import documents

ANY = ("entity",)
"""Entities of any type."""
_LISTED = 20
"""Entities of one name that are listed."""


def entity(graph: GraphStore, name: str, types: Collection[str] = ANY) -> EntityRow:
    """The entity of some types that bears a name, alias or IRI; raises LookupFailed with what there is."""
    known = bearers(graph, name)
    found = find_entities([e for e in known if "entity" in types or e.type in types], name)
    if len(found) == 1:
        return found[0]
    wanted = " or ".join(types)
    if found:
        raise LookupFailed(f"{len(found)} entities answer to {name}. Give the IRI of one:{_listed(found[:_LISTED])}")
    if others := find_entities(known, name):
        raise LookupFailed(f"{name} is no {wanted}, but a {others[0].type}.")
    near = index_of(graph).near(name, ENTITY_TYPES if "entity" in types else types)
    raise LookupFailed(f"No {wanted} answers to {name}." + (f" Similar names:{_listed(near)}" if near else " See: kg query best-supported"))


def document(graph: GraphStore, name: str) -> DocumentRow:
    """The document of a title, file or IRI, else the one whose title holds the words; raises LookupFailed with what there is."""
    found = _titled(graph, name) or [d for d in documents(graph).values() if name and name in d.title]
    if len(found) == 1:
        return found[0]
    listed = "".join(f"\n  {d.title}  {d.iri}" for d in found[:_LISTED])
    raise LookupFailed(f"{len(found)} documents are named {name}. Give the IRI of one:{listed}" if found
                       else f"No document is named {name}. See: kg query documents")


def _titled(graph: GraphStore, name: str) -> list[DocumentRow]:
    """The documents of a title, file or IRI, without reading all."""
    return list(documents_of(graph, bearing(graph, name, "dcterms:title|dcterms:source")).values())


def _listed(found: Iterable[EntityRow]) -> str:
    return "".join(f"\n  {e.name} ({e.subtype or e.type})  {e.iri}" for e in found)
