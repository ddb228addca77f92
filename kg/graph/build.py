"""Documents in and out of a graph, and what is derived from them.

A build changes a copy of the graph and puts the copy in its place when all is done: a build that is broken off leaves
the last good graph. What a build yields depends on the documents in the graph, never on how they came there; the graph
of edits is carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from kg import iri
from kg.gazetteer import Gazetteer
from kg.graph.choose import choose, restore
from kg.graph.cycles import break_cycles
from kg.graph.known import known_lines
from kg.graph.lines import string
from kg.graph.model import BuildActivity, DocumentQuads
from kg.graph.sparql import select, update
from kg.graph.store import GraphStore, settle
from kg.graph.succeeding import succession_lines
from kg.graph.swap import as_built, edits_of, forget_as_built, keep_edits, swap
from kg.vocab import BUILD_GRAPH, DCTERMS, DERIVED, GAZETTEER_GRAPH, ONTOLOGY_GRAPH, PROV, TYPE, eco

_CHUNK = 4_000_000
"""Characters of N-Quads that are loaded at once."""


def build(directory: Path, adds: Iterable[DocumentQuads], removes: Iterable[str] = (), *, gazetteer: Gazetteer,
          activity: BuildActivity | None = None, base: str = iri.BASE, fresh: bool = False) -> GraphStore:
    """Apply adds and removes to the graph in `directory`, made where missing, and open the outcome for reading.

    What updates changed since the last build is undone first, but for the graph of edits, which stays as it is.
    An add of a document that is there already replaces it; `fresh` starts from nothing. Close every reader of the old
    graph in this process first. Raises LayoutMismatch where the graph is of another layout, unless `fresh`.
    """
    directory = Path(directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    settle(directory)
    edits = edits_of(directory)

    def work(store: ox.Store) -> None:
        keep_edits(store, edits)
        change(store, adds, removes, gazetteer=gazetteer, activity=activity, base=base)

    swap(directory, work, origin=None if fresh else as_built(directory))
    forget_as_built(directory)
    return GraphStore.open(directory)


def in_memory(adds: Iterable[DocumentQuads] = (), *, gazetteer: Gazetteer, activity: BuildActivity | None = None,
              base: str = iri.BASE) -> GraphStore:
    """A graph that is never written to disk."""
    store = ox.Store()
    change(store, adds, (), gazetteer=gazetteer, activity=activity, base=base)
    return GraphStore(store)


def change(store: ox.Store, adds: Iterable[DocumentQuads], removes: Iterable[str] = (), *, gazetteer: Gazetteer,
           activity: BuildActivity | None = None, base: str = iri.BASE) -> None:
    """Apply adds and removes to a store in place, and derive again what is derived."""
    touched = _underive(store)
    for document in removes:
        touched |= _remove(store, document)
    registered: dict[str, DocumentQuads] = {}
    waiting: list[str] = []
    size = 0
    for quads in adds:
        before = registered.get(quads.iri)
        registered[quads.iri] = _register(quads, before)
        if before is not None:
            if before.files <= quads.files:
                continue
            _load(store, waiting)
            waiting, size = [], 0
        if _holds(store, quads.iri):
            touched |= _remove(store, quads.iri)
        waiting.extend(_lines(quads))
        size += len(quads.own) + len(quads.values) + 2 * len(quads.facts)
        if size > _CHUNK:
            _load(store, waiting)
            waiting, size = [], 0
    _load(store, waiting)
    _load(store, [line for quads in registered.values() for line in _file_lines(quads)])
    restore(store, touched)
    _derive(store, gazetteer, base)
    _describe(store, activity or BuildActivity())


def _register(quads: DocumentQuads, before: DocumentQuads | None) -> DocumentQuads:
    """The files and the fingerprint of a document; of files of equal text, the one that sorts first speaks for all."""
    files_ = {*quads.files, *(before.files if before else ())}
    first = quads if before is None or quads.files < before.files else before
    return DocumentQuads(quads.iri, "", "", "", tuple(sorted(files_)), first.fingerprint)


def _holds(store: ox.Store, document: str) -> bool:
    pattern = (ox.NamedNode(document), ox.NamedNode(TYPE), ox.NamedNode(eco("Document")), ox.DefaultGraph())
    return next(store.quads_for_pattern(*pattern), None) is not None


def _lines(quads: DocumentQuads) -> Iterator[str]:
    yield quads.own
    yield quads.values
    yield quads.facts
    yield quads.facts.replace(" .\n", f" <{quads.iri}> .\n")


def _load(store: ox.Store, parts: list[str]) -> None:
    if parts:
        store.bulk_load("".join(parts).encode(), format=ox.RdfFormat.N_QUADS)


def _file_lines(quads: DocumentQuads) -> Iterator[str]:
    for path, sha256 in sorted(set(quads.files)):
        yield f"<{quads.iri}> <{DCTERMS}source> {string(path)} .\n"
        if sha256:
            yield f"<{quads.iri}> <{eco('fileSha256')}> {string(sha256)} .\n"
        node, graph = f"{BUILD_GRAPH}#file-{iri.digest(path)}", f"<{BUILD_GRAPH}>"
        yield f"<{node}> <{TYPE}> <{PROV}Entity> {graph} .\n"
        yield f"<{node}> <{DCTERMS}source> {string(path)} {graph} .\n"
        yield f"<{node}> <{eco('fileSha256')}> {string(sha256)} {graph} .\n"
        yield f"<{node}> <{eco('fingerprint')}> {string(quads.fingerprint)} {graph} .\n"
        yield f"<{quads.iri}> <{PROV}wasDerivedFrom> <{node}> {graph} .\n"


def _remove(store: ox.Store, document: str) -> set[str]:
    """Take out a document with all that only it supports; returns the entities it spoke of."""
    name, graph = f"<{document}>", ox.NamedNode(document)
    touched = {quad.subject.value for quad in store.quads_for_pattern(None, None, None, graph) if isinstance(quad.subject, ox.NamedNode)}
    states = ox.NamedNode(eco("states"))
    values = list(select(store, f"SELECT DISTINCT ?v {{ ?s nif:referenceContext {name} . ?c eco:evidence ?s ; eco:states ?v }}"))
    update(store, f"""
        DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }}
            FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other NOT IN ({name}, graph:edits)) }} }} ;
        DROP SILENT GRAPH {name} ;
        DELETE {{ ?c ?p ?o }} WHERE {{ ?s nif:referenceContext {name} . ?c eco:evidence ?s . ?c ?p ?o }} ;
        DELETE {{ ?m ?p ?o }} WHERE {{ ?s nif:referenceContext {name} . ?m eco:inSentence ?s . ?m ?p ?o }} ;
        DELETE {{ ?s ?p ?o }} WHERE {{ ?s nif:referenceContext {name} . ?s ?p ?o }} ;
        DELETE WHERE {{ {name} ?p ?o }} ;
        DELETE {{ GRAPH graph:build {{ ?f ?p ?o }} }} WHERE {{ GRAPH graph:build {{ {name} prov:wasDerivedFrom ?f . ?f ?p ?o }} }} ;
        DELETE WHERE {{ GRAPH graph:build {{ {name} ?p ?o }} }}""")
    for solution in values:
        value = solution["v"]
        if next(store.quads_for_pattern(None, states, value, ox.DefaultGraph()), None) is None:
            for quad in list(store.quads_for_pattern(value, None, None, ox.DefaultGraph())):
                store.remove(quad)
    return touched


def _underive(store: ox.Store) -> set[str]:
    """Take out what rules and the gazetteer added; returns the entities that the gazetteer spoke of."""
    graph = ox.NamedNode(GAZETTEER_GRAPH)
    touched = {quad.subject.value for quad in store.quads_for_pattern(None, None, None, graph) if isinstance(quad.subject, ox.NamedNode)}
    update(store, """
        DELETE { ?s ?p ?o } WHERE { GRAPH graph:gazetteer { ?s ?p ?o }
            FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o } FILTER(?other NOT IN (graph:gazetteer, graph:edits)) } } ;
        DROP SILENT GRAPH graph:gazetteer ;""" + " ;\n".join(
            f"DELETE WHERE {{ ?s eco:{predicate} ?o }}" for predicate in DERIVED))
    return touched


def _derive(store: ox.Store, gazetteer: Gazetteer, base: str) -> None:
    used = [(row["e"].value, row["id"].value) for row in select(store, "SELECT ?e ?id { ?e eco:gazetteerEntry ?id }")]
    agencies = {row["e"].value: row["name"].value for row in select(store, """
        SELECT ?e (MIN(?label) AS ?name) { ?e a eco:Agency ; rdfs:label ?label FILTER NOT EXISTS { ?e eco:gazetteerEntry ?id } }
        GROUP BY ?e""")}
    lines = sorted(known_lines(used, gazetteer=gazetteer, base=base) | succession_lines(agencies, gazetteer=gazetteer, base=base))
    _load(store, [*lines, *(line.replace(" .\n", f" <{GAZETTEER_GRAPH}> .\n") for line in lines)])
    choose(store)
    break_cycles(store)
    for rule in sorted(files("kg.graph").joinpath("rules").iterdir(), key=lambda path: path.name):
        update(store, rule.read_text(encoding="utf-8"))


def _describe(store: ox.Store, activity: BuildActivity) -> None:
    """The graphs of the ontology and of the build."""
    ontology = ox.NamedNode(ONTOLOGY_GRAPH)
    store.clear_graph(ontology)
    text = files("kg_ontology").joinpath("shanshui.ttl").read_bytes()
    store.bulk_load(text, format=ox.RdfFormat.TURTLE, to_graph=ontology)
    node = f"<{BUILD_GRAPH}#activity>"
    update(store, f"DELETE WHERE {{ GRAPH graph:build {{ {node} ?p ?o }} }}")
    said = [f"<{TYPE}> <{PROV}Activity>"]
    said.extend(f"<{eco('version')}> {string(f'{name} {version}')}" for name, version in activity.versions.items())
    said.extend(f"<{eco('option')}> {string(f'{name}={value}')}" for name, value in activity.options.items())
    update(store, "INSERT DATA { GRAPH graph:build { " + " . ".join(f"{node} {pair}" for pair in said) + " } } ;"
            + f"INSERT {{ GRAPH graph:build {{ {node} prov:used ?f }} }} WHERE {{ GRAPH graph:build {{ ?f a prov:Entity }} }}")


