"""The whole graph read predicate by predicate says what the queries say."""

import kg
from kg.query import reading
from kg.query.whole import Whole


def test_columns_and_joins_give_the_same_rows(built):
    with kg.open(built) as graph:
        whole = Whole(graph.store)
        assert whole.entities() == reading.entities(graph.store)
        claims = whole.claims()
        assert claims == tuple(sorted(reading.claims(graph.store), key=lambda claim: claim.iri))
        assert whole.values() == reading.values(graph.store)
        assert len(claims) > 5


def test_escapes_and_commas_come_back(tmp_path):
    (tmp_path / "a.txt").write_text("平凉市生态环境局印发《“清水”\\行动方案》，治理泾河。", encoding="utf-8")
    kg.build(tmp_path / "a.txt", tmp_path / "graph")
    with kg.open(tmp_path / "graph") as graph:
        texts = [evidence.text for evidence in Whole(graph.store).sentences().values()]
    assert texts == ["平凉市生态环境局印发《“清水”\\行动方案》，治理泾河。"]
