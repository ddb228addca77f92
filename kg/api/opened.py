"""A built graph, opened for reading: query it, look at an entity, export it, draw it."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg import render as pictures
from kg.errors import LookupFailed
from kg.graph import shapes, write
from kg.graph.model import Counts, Report
from kg.graph.store import GraphStore
from kg.query import profile, reading, runner

if TYPE_CHECKING:
    import networkx
    import rdflib

STORE = "store"
PICTURES = ("graphml", "gexf")


def open(directory: str | Path = "output") -> Graph:
    """Open the graph that `build` wrote, for reading. Close it, or use it in a `with` statement.

    Raises NoStore where there is none, LayoutMismatch where another version wrote it.

    >>> import kg
    >>> folder = getfixture("sample_graph")
    >>> with kg.open(folder) as graph:
    ...     [row["name"] for row in graph.query("SELECT ?name WHERE { ?a a eco:Agency ; rdfs:label ?name }")]
    ['青溪市生态环境局']
    """
    return Graph(GraphStore.open(Path(directory) / STORE))


class Graph:
    """An opened graph; see `kg.open`."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store

    def query(self, query: str) -> runner.Answer:
        """Answer a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) or the ready question of that name.

        Iterate over the answer for rows as dictionaries, or `serialize` it. Raises QueryError.
        """
        return runner.ask(self.store, query)

    def show(self, entity: str) -> profile.Profile:
        """An entity by name, alias or IRI, with everything the graph says of it and the sentences that say so.

        Raises LookupFailed with what there is when none or several answer to the name.
        """
        return profile.profile(self.store, self.find(entity))

    def find(self, entity: str) -> reading.EntityRow:
        """The one entity that bears a name, alias or IRI; raises LookupFailed."""
        known = reading.entities(self.store)
        found = reading.find_entities(known, entity)
        if len(found) == 1:
            return found[0]
        if found:
            listed = "".join(f"\n  {e.name} ({e.subtype or e.type})  {e.iri}" for e in found)
            raise LookupFailed(f"{len(found)} entities answer to {entity}. Give the IRI of one:{listed}")
        near = "".join(f"\n  {name}" for name in reading.suggestions(known, entity))
        raise LookupFailed(f"No entity answers to {entity}." + (f" Similar names:{near}" if near else " See: kg query best-supported"))

    def counts(self) -> Counts:
        """How much the graph holds."""
        return self.store.counts()

    def validate(self) -> Report:
        """The SHACL report."""
        return shapes.validate(self.store)

    def export(self, form: str = "turtle", output: str | Path | None = None, *, facts_only: bool = False, mentions: bool = True) -> bytes:
        """The graph as turtle, ntriples, nquads, trig, jsonld, rdfxml, graphml, gexf or csv (a row a claim).

        Also written to `output` where given. Turtle has the same bytes from run to run.
        """
        if form in PICTURES:
            body = pictures.graph_file(pictures.to_networkx(self.store), form)
        else:
            body = "".join(write.write(self.store, form, facts_only=facts_only, mentions=mentions)).encode()
        if output is not None:
            Path(output).write_bytes(body)
        return body

    def render(self, output: str | Path | None = None, *, focus: str | None = None, depth: int = 1, types: tuple[str, ...] = (),
               document: str | None = None) -> str:
        """An interactive HTML page of the 300 best supported entities that opens offline.

        `focus` (a name or IRI) draws an entity and what lies up to `depth` relations around it, `types` only
        some types, `document` (title, file or IRI) only what one document states. Also written to `output`.
        """
        text = pictures.page(self.store, focus=self.find(focus).iri if focus else None, depth=depth, types=types,
                             document=self._document(document) if document else None)
        if output is not None:
            Path(output).write_text(text, encoding="utf-8", newline="\n")
        return text

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Entities and their relations as a networkx graph: nodes by IRI, an edge for each subject, predicate and object."""
        return pictures.to_networkx(self.store)

    def to_rdflib(self) -> rdflib.Graph:
        """The default graph (facts, claims, evidence) as an rdflib Graph."""
        return write.to_rdflib(self.store)

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _document(self, name: str) -> str:
        found = [d for d in reading.documents(self.store).values() if name in (d.iri, d.title, *d.sources)]
        if len(found) == 1:
            return found[0].iri
        listed = "".join(f"\n  {d.title}  {d.iri}" for d in found)
        raise LookupFailed(f"{len(found)} documents are named {name}. Give the IRI of one:{listed}" if found
                           else f"No document is named {name}. See: kg query documents")
