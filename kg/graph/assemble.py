"""Extraction → the quads of one document."""

from __future__ import annotations

from collections.abc import Sequence

from kg import iri
from kg.gazetteer import Gazetteer
from kg.graph.model import DocumentQuads
from kg.model import Extraction


def assemble(extraction: Extraction, *, gazetteer: Gazetteer, base: str = iri.BASE, files: Sequence[tuple[str, str]] = (),
             fingerprint: str = "") -> DocumentQuads:
    """The quads of one document; `files` (path, SHA-256) default to the file that the extraction names."""
    raise NotImplementedError
