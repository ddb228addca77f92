"""The built graph: opened for reading, asked, counted."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import LayoutMismatch, NoStore, QueryError, StoreError
from kg.graph.model import Counts, StoredDocument
from kg.graph.sparql import select
from kg.model import ENTITY_TYPES, PREDICATES
from kg.vocab import PREFIXES, WATER_RELATIONS, eco


class Layout(NamedTuple):
    """The file inside a store that names its layout, and the layout that this version reads and writes."""

    name: str
    version: str


class Dataset(NamedTuple):
    """The graphs (IRIs) that a query sees as its default graph, merged, and under their names."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def graphs(self) -> tuple[list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph], list[ox.NamedNode | ox.BlankNode]]:
        """Their nodes; raises ValueError for what is no absolute IRI."""
        return [ox.NamedNode(iri) for iri in self.default], [ox.NamedNode(iri) for iri in self.named]


LAYOUT = Layout("shanshui-layout", "1\n")
_DOCUMENTS = """
SELECT ?document (SAMPLE(?name) AS ?title) ?path ?sha256 ?fingerprint
WHERE {
  GRAPH graph:build { ?document prov:wasDerivedFrom ?file .
    ?file dcterms:source ?path ; eco:fileSha256 ?sha256 ; eco:fingerprint ?fingerprint }
  OPTIONAL { ?document dcterms:title ?name }
}
GROUP BY ?document ?path ?sha256 ?fingerprint ORDER BY ?document ?path"""
_SWAPPING = 50
"""Hundredths of a second that a swap may take, which is two renames."""
_STATED = "SELECT DISTINCT ?x ?y {{ ?x <{0}> ?y . GRAPH ?d {{ ?x <{0}> ?y }} ?d a eco:Document }}"


def settle(directory: Path) -> None:
    """Clear up after a build that was broken off while one graph was taking the place of another.

    Where one is taking its place at this moment, that is waited for.
    """
    replaced = directory.with_name(directory.name + ".old")
    for _ in range(_SWAPPING):
        if directory.exists() or not replaced.exists():
            break
        time.sleep(0.01)
    if replaced.exists():
        if directory.exists():
            shutil.rmtree(replaced, ignore_errors=True)
        else:
            replaced.rename(directory)


Identity = tuple[int, int, int]


class GraphStore:
    """The graph of a folder, for reading. A context manager; `kg.graph.build` makes and changes graphs.

    The default graph holds what `graph.ttl` holds; a named graph a document holds its support; `graph:ontology`,
    `graph:gazetteer` and `graph:build` hold the rest.
    """

    def __init__(self, store: ox.Store, directory: Path | None = None, opened: Identity | None = None) -> None:
        """A graph in an Oxigraph store; `directory` is where it was opened, `opened` which of the graphs there it is (see `identity`)."""
        self._store: ox.Store | None = store
        self.directory, self.opened = directory, opened

    @classmethod
    def open(cls, directory: Path) -> GraphStore:
        """The graph in `directory` (the store's own folder, such as output/store).

        Raises NoStore where there is none, LayoutMismatch where another version wrote it.
        """
        directory = Path(directory)
        settle(directory)
        if not cls.exists(directory):
            if cls.exists(directory.parent):
                raise NoStore(f"{directory.parent}: this is the store inside a graph's folder. Give the folder: {directory.parent.parent}")
            raise NoStore(f"{directory}: there is no graph here. Build one with: kg build FOLDER -o {directory.parent}")
        layout = directory / LAYOUT.name
        found = layout.read_text(encoding="utf-8") if layout.exists() else "none\n"
        if found != LAYOUT.version:
            raise LayoutMismatch(f"{directory}: the store has layout {found.strip()}, this version reads {LAYOUT.version.strip()}. "
                                 f"Delete {directory} and build again.")
        try:
            opened = cls.identity(directory)
            return cls(ox.Store.read_only(str(directory)), directory, opened)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{directory}: the store cannot be opened ({error}). Delete it and build again.") from None

    @staticmethod
    def exists(directory: Path) -> bool:
        """Whether a store stands in `directory`."""
        return (Path(directory) / "CURRENT").exists()

    @staticmethod
    def size(directory: Path) -> int:
        """Bytes of the store in `directory`; 0 where none is, or where another is taking its place."""
        try:
            return sum(file.stat().st_size for file in Path(directory).iterdir())
        except OSError:
            return 0

    @staticmethod
    def identity(directory: Path) -> Identity | None:
        """What tells the graph in `directory` from each that takes its place, which has a file CURRENT of its own; None where none is."""
        try:
            found = (Path(directory) / "CURRENT").stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_mtime_ns

    @property
    def store(self) -> ox.Store:
        """The Oxigraph store underneath; StoreError once closed."""
        if self._store is None:
            raise StoreError("the graph is closed; open it again")
        return self._store

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents, by IRI, with their files."""
        rows: dict[str, StoredDocument] = {}
        for row in select(self.store, _DOCUMENTS):
            document, title = row["document"].value, row["title"]
            before = rows[document].files if document in rows else ()
            rows[document] = StoredDocument(document, title and title.value, (*before, (row["path"].value, row["sha256"].value)),
                                            row["fingerprint"].value)
        return tuple(rows.values())

    def fingerprints(self) -> Mapping[str, tuple[str, str, str]]:
        """File path → (SHA-256 of the file, fingerprint, document IRI)."""
        return {path: (sha256, document.fingerprint, document.iri) for document in self.documents() for path, sha256 in document.files}

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None, base: str | None = None,
              dataset: Dataset | None = None) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The answer to a SPARQL query over the default graph and the named graphs; the project's prefixes are declared.

        Relative IRIs are read against `base`; a `dataset` stands in place of what the query says with FROM.
        Raises QueryError with the parser's message.
        """
        try:
            default, named = (None, None) if dataset is None else dataset.graphs()
            declared = {**PREFIXES, **(prefixes or {})}
            return self.store.query(text, prefixes=declared, base_iri=base, default_graph=default, named_graphs=named)
        except SyntaxError as error:
            raise QueryError(f"the query cannot be parsed: {error}") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from None

    def counts(self) -> Counts:
        """How much the graph holds."""
        return Counts(
            documents=self._count("?x a eco:Document"),
            sentences=self._count("?x a eco:Sentence"),
            mentions=self._count("?x a eco:Mention"),
            claims=self._count("?x a rdf:Statement"),
            entities={name: self._count(f"?x a eco:{name} ; eco:documentCount ?n FILTER(?n > 0)") for name in ENTITY_TYPES},
            relations={name: self._count(_STATED.format(eco(name))) for name in (*PREDICATES, *WATER_RELATIONS)},
            indicator_values=self._count("?x a eco:IndicatorValue"),
            triples=self._count("?x ?y ?z"),
            quads=len(self.store),
        )

    def _count(self, pattern: str) -> int:
        row = next(select(self.store, f"SELECT (COUNT(*) AS ?n) {{ {{ {pattern} }} }}"))
        return int(row["n"].value)

    def lines(self, *, all_graphs: bool = False) -> Iterator[str]:
        """N-Triples lines of the default graph, or N-Quads lines of all graphs, in no order, without line ends."""
        if all_graphs:
            text = self.store.dump(format=ox.RdfFormat.N_QUADS)
        else:
            text = self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        return iter(text.decode().removesuffix("\n").split("\n")) if text else iter(())

    def close(self) -> None:
        """Let go of the files."""
        self._store = None

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
