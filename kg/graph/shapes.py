"""SHACL: what a graph must hold, and what a claim must be before it enters."""

from __future__ import annotations

from kg.graph.model import Report
from kg.graph.store import GraphStore


def validate(graph: GraphStore) -> Report:
    """The SHACL report on a built graph."""
    raise NotImplementedError
