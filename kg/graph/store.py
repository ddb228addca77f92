"""The built graph on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

import pyoxigraph

from kg import iri
from kg.gazetteer import Gazetteer
from kg.graph.model import BuildActivity, Counts, DocumentQuads, StoredDocument


class GraphStore:
    """The graph of a folder; opened, asked or changed, closed. It is a context manager.

    Open an existing one read-only with `GraphStore.open(directory)`; NoStore and LayoutMismatch say what is wrong.
    `GraphStore.build(directory, …)` applies changes to a copy and puts it in place when all is done, so that a build that is
    broken off leaves the last good graph.
    """

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store

    @classmethod
    def open(cls, directory: Path) -> GraphStore:
        """The graph in `directory` (the store's own folder), for reading."""
        raise NotImplementedError

    @classmethod
    def memory(cls, adds: Iterable[DocumentQuads] = (), *, gazetteer: Gazetteer | None = None, base: str = iri.BASE) -> GraphStore:
        """A graph that is never written to disk."""
        raise NotImplementedError

    @staticmethod
    def exists(directory: Path) -> bool:
        """Whether a graph stands in `directory`."""
        raise NotImplementedError

    @classmethod
    def build(cls, directory: Path, adds: Iterable[DocumentQuads], removes: Iterable[str] = (), *, gazetteer: Gazetteer,
              activity: BuildActivity | None = None, base: str = iri.BASE, fresh: bool = False) -> GraphStore:
        """Apply the adds and removes to the graph in `directory` (made where missing; `fresh` starts from nothing) and open the outcome.

        An add of a document that is already there replaces it. Nothing changes in `directory` until everything is applied.
        """
        raise NotImplementedError

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents, by IRI."""
        raise NotImplementedError

    def fingerprints(self) -> Mapping[str, tuple[str, str, str]]:
        """File path → (SHA-256 of the file, fingerprint, document IRI)."""
        raise NotImplementedError

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None) -> (
            pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples):
        """The answer to a SPARQL query; the project's prefixes are declared. Raises QueryError."""
        raise NotImplementedError

    def counts(self) -> Counts:
        """How much the graph holds."""
        raise NotImplementedError

    def lines(self, *, all_graphs: bool = False) -> Iterator[str]:
        """N-Triples lines of the default graph, or N-Quads lines of all graphs; in no order."""
        raise NotImplementedError

    @property
    def store(self) -> pyoxigraph.Store:
        """The Oxigraph store underneath."""
        return self._store

    def close(self) -> None:
        """Let go of the files."""

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
