"""The graph in RDF formats: byte-identical from run to run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from kg import iri
from kg.graph.store import GraphStore

RdfFormat = Literal["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "csv"]


def turtle(graph: GraphStore, *, facts_only: bool = False, mentions: bool = True, base: str = iri.BASE) -> Iterator[str]:
    """Chunks of Turtle: prefixes first, a block a subject, its type first."""
    raise NotImplementedError


def write(graph: GraphStore, format_: RdfFormat, *, facts_only: bool = False, mentions: bool = True, base: str = iri.BASE) -> Iterator[str]:
    """Chunks of text (UTF-8 when written) in any of the formats; N-Quads and TriG hold all graphs, the others the default graph."""
    raise NotImplementedError
