"""Updates of a built graph: the graph of edits outlasts every build, anything else is derived anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg.errors import NoStore, QueryError
from kg.gazetteer import Gazetteer
from kg.graph.build import build
from kg.graph.edit import edit
from kg.graph.model import DocumentQuads
from kg.graph.store import GraphStore
from kg.graph.write import turtle

Documents = tuple[DocumentQuads, ...]
NOTE = 'INSERT DATA { GRAPH graph:edits { place:平凉市 rdfs:comment "由人核对"@zh } }'
SPOIL = "DELETE WHERE { ?s rdfs:label ?o } ; DROP NAMED ; INSERT DATA { place:平凉市 a eco:Agency }"


def text_of(store: Path) -> str:
    with GraphStore.open(store) as graph:
        return "".join(turtle(graph))


def edits(store: Path) -> list[str]:
    with GraphStore.open(store) as graph:
        return [row[0].value for row in graph.query("SELECT ?o { GRAPH graph:edits { ?s ?p ?o } } ORDER BY ?o")]  # type: ignore[union-attr]


@pytest.fixture
def store(tmp_path: Path, documents: Documents, gazetteer: Gazetteer) -> Path:
    build(tmp_path / "store", documents, gazetteer=gazetteer).close()
    return tmp_path / "store"


def test_a_reader_keeps_the_graph_that_it_opened(store: Path) -> None:
    with GraphStore.open(store) as before:
        edit(store, NOTE)
        assert list(before.query("SELECT ?o { GRAPH graph:edits { ?s ?p ?o } }")) == []  # type: ignore[arg-type]
    assert edits(store) == ["由人核对"]


def test_a_build_keeps_the_edits_and_derives_the_rest_anew(store: Path, documents: Documents, gazetteer: Gazetteer) -> None:
    before = text_of(store)
    edit(store, SPOIL)
    edit(store, NOTE)
    assert text_of(store) != before
    build(store, [], gazetteer=gazetteer).close()
    assert text_of(store) == before
    assert edits(store) == ["由人核对"]
    build(store, documents[:1], [one.iri for one in documents[1:]], gazetteer=gazetteer).close()
    assert edits(store) == ["由人核对"]
    build(store, documents, gazetteer=gazetteer, fresh=True).close()
    assert (text_of(store), edits(store)) == (before, ["由人核对"])


def test_what_the_edits_repeat_changes_no_build(tmp_path: Path, store: Path, documents: Documents, gazetteer: Gazetteer) -> None:
    edit(store, "INSERT { GRAPH graph:edits { ?s ?p ?o } } WHERE { ?s ?p ?o }")
    edit(store, 'INSERT { GRAPH graph:edits { ?s rdfs:label "另一个名字"@zh } } WHERE { ?s a eco:Agency }')
    build(store, [], [documents[0].iri], gazetteer=gazetteer).close()
    build(tmp_path / "other", documents[1:], gazetteer=gazetteer).close()
    assert text_of(store) == text_of(tmp_path / "other")


@pytest.mark.parametrize("update", ["INSERT DATA { <a> <b> }", "DROP GRAPH <urn:none>", "LOAD <http://127.0.0.1:9/>", "LOAD <file:///a.ttl>",
                                    "INSERT { ?s ?p 1 } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
                                    "INSERT DATA { GRAPH graph:edits { <urn:a> <urn:b> 1 } } ; CREATE GRAPH graph:build"])
def test_what_cannot_be_carried_out_changes_nothing(store: Path, update: str) -> None:
    before = text_of(store)
    with pytest.raises(QueryError):
        edit(store, update)
    assert text_of(store) == before
    assert edits(store) == []


def test_a_swap_that_was_broken_off_is_finished(store: Path) -> None:
    edit(store, NOTE)
    store.rename(store.with_name("store.old"))
    assert edits(store) == ["由人核对"]


def test_without_a_graph_there_is_nothing_to_edit(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        edit(tmp_path / "store", NOTE)


def test_a_build_of_unchanged_files_undoes_updates(tmp_path: Path, built: Path, folder: Path) -> None:
    room = tmp_path / "room"
    shutil.copytree(built, room)
    edit(room / "store", NOTE)
    edit(room / "store", "CLEAR DEFAULT ; DROP GRAPH graph:build")
    report = kg.build(folder, room)
    assert (report.built, report.unchanged) == (0, 3)
    assert (room / "graph.ttl").read_bytes() == (built / "graph.ttl").read_bytes()
    assert edits(room / "store") == ["由人核对"]
    assert sorted(p.name for p in room.iterdir() if p.name.startswith("store")) == ["store"]
