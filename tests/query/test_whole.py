"""The whole graph, read by one query for each kind, says what is said of each of its entities."""

import shutil

import pyoxigraph as ox
import pytest

import kg
from kg.graph.store import GraphStore
from kg.query import reading, whole
from kg.query.reading import DocumentRow, EntityRow
from kg.vocab import PREFIXES

DOUBLED = """
<urn:e> a eco:Place, eco:Agency, eco:Region, eco:GovernmentBody ; rdfs:label "乙局"@zh, "甲局" ; eco:pinyin "jia", "yi" ;
  eco:pinyinInitials "j" ; skos:altLabel "甲", "乙" ; eco:documentCount 10, 9 .
<urn:o> a eco:Place ; rdfs:label "泾河" .
<urn:d#char=0,5> nif:anchorOf "甲局治泾河", "乙局治泾河" .
<urn:d#char=98,120> nif:anchorOf "又治了。" .
<urn:d#char=120,140> nif:anchorOf "再治。" .
<urn:c> rdf:subject <urn:e> ; rdf:predicate eco:manages, eco:supervises ; rdf:object <urn:o> ; eco:modality eco:planned, eco:done ;
  eco:confidence 0.9, 0.5 ; eco:evidence <urn:d#char=0,5> .
<urn:c2> rdf:subject <urn:e> ; rdf:predicate eco:manages ; rdf:object <urn:o> ; eco:modality eco:done ;
  eco:evidence <urn:d#char=98,120>, <urn:d#char=120,140> .
<urn:i> rdfs:label "水质"@zh, "断面" .
<urn:v> a eco:Target, eco:Result ; eco:indicator <urn:i> ; eco:value 7, 8 ; eco:about <urn:e> ; eco:period "2024", "2025" .
<urn:vc> eco:states <urn:v> ; eco:modality eco:done, eco:planned ; eco:evidence <urn:d#char=0,5> ; eco:asWritten "七", "八" .
<urn:d> a eco:Document .
<urn:d2> a eco:Document ; dcterms:title "乙", "甲" ; dcterms:source "b.md", "a.md" ; dcterms:issued "2024", "2023" ;
  dcterms:publisher <urn:e>, "某局" ; eco:jurisdiction <urn:o> .
"""


@pytest.fixture
def doubled():
    """A graph in which all is said twice that is else said once, as an update can leave it."""
    store = ox.Store()
    store.update("".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + f"INSERT DATA {{ {DOUBLED} }}")
    return GraphStore(store)


def test_the_whole_is_the_sum_of_what_is_said_of_each_entity(built):
    with kg.open(built) as graph:
        entities, claims, values, documents = (
            read(graph.store) for read in (whole.entities, whole.claims, whole.values, whole.documents))
        assert {e.iri: e for e in entities} == reading.entities_of(graph.store, (e.iri for e in entities))
        assert claims == tuple(sorted({c for e in entities for c in reading.claims(graph.store, e.iri)}, key=lambda c: c.iri))
        assert set(values) == {v for document in documents for v in reading.stated_in(graph.store, document)[1]}
        assert {v for v in values if v.about or v.scope} == {v for e in entities for v in reading.values(graph.store, e.iri)}
        assert documents == reading.documents_of(graph.store, [*documents, entities[0].iri])
        assert len(claims) > 5
        assert len(values) > 3
        assert len(documents) > 1


def test_of_what_is_said_twice_both_readings_choose_the_same(doubled):
    entities = whole.entities(doubled)
    assert {e.iri: e for e in entities} == reading.entities_of(doubled, ["urn:e", "urn:o"])
    assert entities[0] == EntityRow("urn:e", "Agency", "GovernmentBody", "乙局", ("乙", "甲"), (), "jia yi j", 9)
    assert {c.iri: c for c in whole.claims(doubled)} == {c.iri: c for c in reading.claims(doubled, "urn:e")}
    assert [(c.iri, c.predicate, c.modality, c.evidence.sentence) for c in whole.claims(doubled)] == [
        ("urn:c", "manages", "done", "urn:d#char=0,5"), ("urn:c2", "manages", "done", "urn:d#char=98,120")]
    assert whole.values(doubled) == reading.values(doubled, "urn:e") == reading.stated(doubled, "urn:v")[1]
    assert [(v.kind, v.indicator, v.number, v.period, v.written) for v in whole.values(doubled)] == [("Result", "断面", "7", "2024", "七")]


def test_a_document_without_title_and_source_is_a_document(doubled):
    found = whole.documents(doubled)
    assert found == reading.documents_of(doubled, ["urn:d", "urn:d2", "urn:e"])
    assert found == {"urn:d": DocumentRow("urn:d", "urn:d"),
                     "urn:d2": DocumentRow("urn:d2", "乙", "2023", "乙局", ("a.md", "b.md"), 2023, "泾河")}


def test_mentions_stand_where_the_graph_puts_them(built):
    with kg.open(built) as graph:
        found = whole.mentions(graph.store)
        documents, entities = list(found.documents), list(found.entities)
        told = {f"{documents[document]}#char={begin},{end}": entities[entity] for document, begin, end, entity in zip(
            found.document, found.begin, found.end, found.entity, strict=True)}
        stated = reading.rows(graph.store, "SELECT ?mention ?entity { ?mention itsrdf:taIdentRef ?entity }")
        assert told == {row["mention"]: row["entity"] for row in stated}


def test_escapes_and_commas_come_back(tmp_path):
    (tmp_path / "a.txt").write_text("平凉市生态环境局印发《“清水”\\行动方案》，治理泾河。", encoding="utf-8")
    kg.build(tmp_path / "a.txt", tmp_path / "graph")
    with kg.open(tmp_path / "graph") as graph:
        texts = {claim.evidence.text for claim in whole.claims(graph.store)}
    assert texts == {"平凉市生态环境局印发《“清水”\\行动方案》，治理泾河。"}


def test_a_second_process_reads_the_same(built, monkeypatch):
    monkeypatch.setattr(whole, "_BESIDE", -1)
    with kg.open(built) as graph, whole.beside(graph.store, whole.related, whole.mentions) as (related, mentions):
        assert related.func.__self__._process.wait() == 0
        assert whole.claims(graph.store, found=related()) == whole.claims(graph.store)
        assert mentions() == whole.mentions(graph.store)


def test_a_graph_that_took_the_place_of_another_is_not_mixed_with_it(built, tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "_BESIDE", -1)
    folder = tmp_path / "graph"
    shutil.copytree(built, folder)
    with kg.open(folder) as graph:
        before = whole.claims(graph.store)
        (tmp_path / "a.txt").write_text("平凉市生态环境局印发《泾河治理方案》。", encoding="utf-8")
        kg.build(tmp_path / "a.txt", folder)
        with whole.beside(graph.store, whole.claims, whole.related) as (claims, _):
            assert claims() == before


def test_where_the_folder_is_gone_the_graph_that_is_open_is_read(built, tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "_BESIDE", -1)
    folder = tmp_path / "graph"
    shutil.copytree(built, folder)
    with kg.open(folder) as graph:
        before = whole.claims(graph.store)
        shutil.rmtree(folder)
        with whole.beside(graph.store, whole.claims, whole.related) as (claims, _):
            assert claims() == before
