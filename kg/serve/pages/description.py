"""What is told of a resource in RDF: its own triples, and the statements that it stands in with their sentences."""

from __future__ import annotations

from string import Template
from typing import Final

from kg.serve.pages.address import RESOURCE, resource_of

_TRIPLES: Final = Template("""CONSTRUCT { ?x ?p ?o . ?claim ?cp ?co . ?document dcterms:title ?title .
  ?sentence nif:anchorOf ?text ; nif:referenceContext ?document }
WHERE { VALUES ?x { $node }
  { ?x ?p ?o } UNION {
    { ?claim rdf:subject ?x } UNION { ?claim rdf:object ?x } UNION { ?value eco:about ?x . ?claim eco:states ?value }
    ?claim ?cp ?co ; eco:evidence ?sentence . ?sentence nif:anchorOf ?text ; nif:referenceContext ?document .
    OPTIONAL { ?document dcterms:title ?title } } UNION {
    ?claim eco:about ?x . ?claim ?cp ?co } }""")


def triples_of(iri: str) -> str:
    """The query for what is told of a resource."""
    return _TRIPLES.substitute(node=_node(iri))


def exists(iri: str) -> str:
    """The query for whether anything is told of a resource."""
    return f"ASK {{ {_node(iri)} ?p ?o }}"


def _node(iri: str) -> str:
    """An IRI as SPARQL writes it: what may not stand in one is encoded.

    >>> _node('urn:a> <urn:b')
    '<urn:a%3E%20%3Curn:b>'
    """
    return f"<{resource_of(RESOURCE + iri)}>"
