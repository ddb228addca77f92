"""The page as text: complete in itself, escaped, the same from run to run."""

import json
import os
import re
import subprocess
import sys

import pytest

import kg
from kg.render.page import page
from kg.render.picture import MOST, around, everything, picture
from kg.render.pyvis_page import content_of, html


def test_what_comes_from_documents_stays_text(shown, hostile):
    page = html(shown)
    assert hostile not in page
    assert "<img" not in page
    assert len(re.findall(r"(?m)^<script", page)) == 3
    block = re.search(r'<script type="application/json" id="graph">(.*?)</script>', page, re.S)[1]
    assert not set("<>&\u2028\u2029") & set(block)
    assert hostile in [e["n"] for e in json.loads(block)["entities"]]


def test_nothing_is_loaded_from_outside(shown):
    page = html(shown)
    own = page.replace(re.search(r"/\*\*\n \* vis-network.*?</script>", page, re.S)[0], "")
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", own)
    assert not re.search(r"<(?:link|script|img|iframe)[^>]+(?:src|href)=(?![\"']?data:)", own)
    assert "default-src 'none'" in page
    assert "sourceMappingURL" not in page


def test_the_content_hangs_together(shown):
    content = content_of(shown)
    assert [n["id"] for n in content["nodes"]] == list(range(6))
    assert all({"x", "y", "shape"} <= set(n) for n in content["nodes"])
    assert len(content["edges"]) == len(content["lines"]) == 6
    assert {line["m"] for line in content["lines"]} == {"done", "ongoing", "planned", "required", "negated", "prohibited"}
    assert all(content["sentences"][c[4]] for c in content["claims"])
    assert content["total"] == 9
    assert len({(n["x"], n["y"]) for n in content["nodes"]}) == 6


def test_the_same_graph_gives_the_same_page_whatever_the_hash_seed(built):
    code = f"import kg, hashlib\nwith kg.open({str(built)!r}) as g: print(hashlib.sha256(g.render().encode()).hexdigest())"
    made = {subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
            for seed in ("1", "2")}
    assert len(made) == 1


def test_focus_type_and_document_choose_what_is_drawn(built):
    with kg.open(built) as graph:
        facts, focus = everything(graph.store), graph.find("平凉市泾河综合治理方案").iri
    whole = picture(facts)
    near = picture(facts, focus=focus, depth=1)
    places = picture(facts, types=("Place",))
    paper = next(d.iri for d in whole.documents.values() if "规划.txt" in d.sources)
    one = picture(facts, document=paper)
    few = picture(facts, most=3)
    assert near.drawn[0].iri == focus
    assert 1 < len(near.drawn) < len(whole.drawn)
    assert {e.type for e in places.drawn} == {"Place"}
    assert {c.evidence.document for c in one.claims} == {paper}
    assert len(few.drawn) == 3
    assert few.total == whole.total > 3
    assert len(whole.drawn) <= MOST


def test_a_view_around_a_focus_is_read_outwards_and_is_what_the_whole_graph_gives(built, monkeypatch):
    with kg.open(built) as graph:
        facts = everything(graph.store)
        views = [{"focus": iri, "depth": depth, "document": document, "types": types} for n, iri in enumerate(facts.known)
                 for depth, document, types in ((n % 3, None, ()), (1, sorted(facts.documents)[n % len(facts.documents)], ("Place",)))]
        expected = [html(picture(facts, **view)) for view in views]
        monkeypatch.setattr("kg.query.whole._written", lambda *_: pytest.fail("the whole graph was read"))
        assert [page(graph.store, **view) for view in views] == expected
    assert len(set(expected)) > 10


def test_around_a_focus_with_too_many_neighbours_the_whole_graph_is_read(built, monkeypatch):
    monkeypatch.setattr("kg.render.picture.MOST", 3)
    with kg.open(built) as graph:
        focus = graph.find("平凉市泾河综合治理方案").iri
        assert around(graph.store, focus, 3) is None
        assert "vis-network" in page(graph.store, focus=focus, depth=3, engine="pyvis")
