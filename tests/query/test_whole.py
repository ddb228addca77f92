"""The whole graph, read by one query for each kind, says what is said of each of its entities."""

import shutil

import kg
from kg.graph.store import GraphStore
from kg.query import reading, whole


def test_the_whole_is_the_sum_of_what_is_said_of_each_entity(built):
    with kg.open(built) as graph:
        entities, claims, values = (read(graph.store) for read in (whole.entities, whole.claims, whole.values))
        assert {e.iri: e for e in entities} == reading.entities_of(graph.store, (e.iri for e in entities))
        assert claims == tuple(sorted({c for e in entities for c in reading.claims(graph.store, e.iri)}, key=lambda c: c.iri))
        about = {v for e in entities for v in reading.values(graph.store, e.iri)}
        assert {v for v in values if v.about or v.scope} == about
        assert len(claims) > 5
        assert len(values) > 3


def test_mentions_stand_where_the_graph_puts_them(built):
    with kg.open(built) as graph:
        found = {f"{document}#char={begin},{end}": entity
                 for document, mentions in whole.mentions(graph.store).items() for begin, end, entity in mentions}
        stated = reading.rows(graph.store, "SELECT ?mention ?entity { ?mention itsrdf:taIdentRef ?entity }")
        assert found == {row["mention"]: row["entity"] for row in stated}
        assert all(mentions == sorted(mentions) for mentions in whole.mentions(graph.store).values())


def test_escapes_and_commas_come_back(tmp_path):
    (tmp_path / "a.txt").write_text("平凉市生态环境局印发《“清水”\\行动方案》，治理泾河。", encoding="utf-8")
    kg.build(tmp_path / "a.txt", tmp_path / "graph")
    with kg.open(tmp_path / "graph") as graph:
        texts = {claim.evidence.text for claim in whole.claims(graph.store)}
    assert texts == {"平凉市生态环境局印发《“清水”\\行动方案》，治理泾河。"}


def test_a_second_process_reads_the_same(built, monkeypatch):
    monkeypatch.setattr(GraphStore, "large", lambda directory: True)
    with kg.open(built) as graph:
        assert whole.claims(graph.store, whole.ahead(graph.store, whole.CLAIMS)) == whole.claims(graph.store)


def test_a_graph_that_took_the_place_of_another_is_not_mixed_with_it(built, tmp_path, monkeypatch):
    monkeypatch.setattr(GraphStore, "large", lambda directory: True)
    folder = tmp_path / "graph"
    shutil.copytree(built, folder)
    with kg.open(folder) as graph:
        before = whole.claims(graph.store)
        (tmp_path / "a.txt").write_text("平凉市生态环境局印发《泾河治理方案》。", encoding="utf-8")
        kg.build(tmp_path / "a.txt", folder)
        assert whole.claims(graph.store, whole.ahead(graph.store, whole.CLAIMS)) == before
