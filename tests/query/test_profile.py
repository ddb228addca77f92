"""One entity with its evidence."""

import pytest

import kg
from kg.errors import LookupFailed
from kg.query import whole
from kg.query.reading import EntityRow, find_entities


def test_facts_both_ways_with_their_sentences(built):
    with kg.open(built) as graph:
        profile = graph.show("平凉市泾河综合治理方案")
    stated = {(f.predicate, f.other.name, f.outgoing) for f in profile.facts}
    assert ("issues", "平凉市人民政府", False) in stated
    assert ("implements", "崆峒区人民政府", False) in stated
    for fact in profile.facts:
        assert all(evidence.text and evidence.document in profile.documents for _, evidence in fact.statements)


def test_figures_of_a_place(built):
    with kg.open(built) as graph:
        figures = graph.show("甘肃省").figures
    assert {f.value.number for f in figures} >= {"91.5", "95"}
    assert all(f.value.evidence.text for f in figures)


def test_the_rows_of_the_whole_graph_hang_together(built):
    with kg.open(built) as graph:
        known = {e.iri for e in whole.entities(graph.store)}
        papers = whole.documents(graph.store)
        assert {c.subject for c in whole.claims(graph.store)} | {c.object for c in whole.claims(graph.store)} <= known
        assert {v.evidence.document for v in whole.values(graph.store)} <= set(papers)
        assert {s for d in papers.values() for s in d.sources} >= {"平凉/信息.md"}


def test_several_entities_of_one_name_are_listed():
    rows = [EntityRow("urn:1", "Agency", "", "督查考核局"), EntityRow("urn:2", "Agency", "", "督查考核局")]
    assert len(find_entities(rows, "督查考核局")) == 2
    assert len(find_entities(rows, "urn:2")) == 1


def test_nothing_found_raises(built):
    with kg.open(built) as graph, pytest.raises(LookupFailed, match="No entity answers to 无此机构"):
        graph.show("无此机构")


def test_former_bodies_and_divisions_lead_to_their_successors_and_back(tmp_path):
    (tmp_path / "a.txt").write_text("华亭县治水方案\n华亭县环境保护局会同平凉市国土资源局实施《华亭县治水方案》。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("环境保护部印发《清洁水体行动方案》。平凉市生态环境局会同平凉市自然资源和规划局检查。", encoding="utf-8")
    kg.build(tmp_path, tmp_path / "graph")
    with kg.open(tmp_path / "graph") as graph:
        later = {name: [(e.name, t.first[:4]) for e, t in graph.show(name).later]
                 for name in ("华亭县", "华亭县环境保护局", "平凉市国土资源局", "环境保护部")}
        former = {name: [(e.name, t.last[:4]) for e, t in graph.show(name).former] for name in ("华亭市", "平凉市自然资源和规划局", "生态环境部")}
        stood = graph.show("华亭县").tenure
        rows = {(row["a"], row["b"]) for row in graph.query(
            "SELECT ?a ?b { ?x dcterms:isReplacedBy ?y ; eco:validTo ?t . ?x rdfs:label ?a . ?y rdfs:label ?b }")}
        assert not graph.validate().violations
    assert later == {"华亭县": [("华亭市", "2018")], "华亭县环境保护局": [("华亭市环境保护局", "2018")],
                     "平凉市国土资源局": [("平凉市自然资源和规划局", "2019")], "环境保护部": [("生态环境部", "2018")]}
    assert former == {"华亭市": [("华亭县", "2017")], "平凉市自然资源和规划局": [("平凉市国土资源局", "2019")], "生态环境部": [("环境保护部", "2018")]}
    assert (stood.first, stood.last) == ("2002-01-01", "2017-12-31")
    assert ("华亭市环境保护局", "平凉市生态环境局") in rows
