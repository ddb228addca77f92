"""The public names, and what they give a notebook."""

from pathlib import Path

import networkx
import pyoxigraph
import pytest
from rdflib.compare import isomorphic

import kg
from kg.errors import NoStore, UnreadableFile


def test_the_public_names():
    assert kg.__all__ == ["Graph", "KgError", "__version__", "build", "extract", "open", "to_json"]
    assert all(getattr(kg, name) for name in kg.__all__)
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError):
        kg.nothing  # noqa: B018


def test_extract_stays_a_function_beside_the_room_of_that_name():
    first = kg.extract("泾河流经平凉市。")
    from kg.extract.mentions import find_mentions
    assert find_mentions
    assert kg.extract("泾河流经平凉市。") == first


def test_extract_of_a_text_and_of_a_file(folder, tmp_path):
    text = kg.extract("2024年，全省空气质量优良天数比率达到91.5%。", place="甘肃省")
    assert text.context.place == "甘肃省"
    assert [v.value for v in text.indicator_values] == [91.5]
    assert kg.extract(folder / "规划.txt").document.name == "规划.txt"
    (tmp_path / "空.txt").write_bytes(b"")
    with pytest.raises(UnreadableFile):
        kg.extract(tmp_path / "空.txt")


def test_to_rdflib_equals_graph_ttl(built):
    import rdflib
    with kg.open(built) as graph:
        triples = graph.to_rdflib()
    file = rdflib.Graph().parse(built / "graph.ttl", format="turtle")
    assert len(triples) == len(file)
    assert isomorphic(triples, file)
    assert len(set(pyoxigraph.parse(path=built / "graph.ttl"))) == len(file)


def test_to_networkx_has_types_labels_and_weights(built):
    with kg.open(str(built)) as graph:
        drawn = graph.to_networkx()
    labels = networkx.get_node_attributes(drawn, "label")
    assert "平凉市人民政府" in labels.values()
    assert set(networkx.get_node_attributes(drawn, "type").values()) <= {"Agency", "Programme", "WaterFeature", "Project", "Place"}
    assert all(weight >= 1 for *_, weight in drawn.edges(data="weight"))


def test_export_and_render_write_files_too(built, tmp_path):
    with kg.open(built) as graph:
        assert graph.export("turtle", tmp_path / "g.ttl") == (built / "graph.ttl").read_bytes()
        assert graph.render(tmp_path / "g.html") == (built / "graph.html").read_text(encoding="utf-8")
    assert (tmp_path / "g.html").read_bytes() == (built / "graph.html").read_bytes()


def test_a_closed_graph_and_no_graph(built, tmp_path):
    with pytest.raises(NoStore, match="kg build"):
        kg.open(tmp_path)
    graph = kg.open(built)
    graph.close()
    with pytest.raises(kg.KgError, match="closed"):
        graph.counts()


def test_the_package_says_that_it_is_typed():
    assert (Path(kg.__file__).parent / "py.typed").exists()
