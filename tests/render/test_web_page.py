"""The browsing page as a file: complete in itself, escaped, within its size, the same from run to run."""

import base64
import json
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import numpy
import pytest

import kg
from kg.errors import RenderError
from kg.query.reading import ClaimRow, EntityRow, Evidence
from kg.query.whole import Mentions
from kg.render import web_page
from kg.render.columns import columns, edges
from kg.render.forces import arrange, communities
from kg.render.page import page
from kg.render.picture import Picture

MARKS = Mentions()
MARKS.add("urn:d1", 7, 9, "urn:jh")
MARKS.add("urn:d1", 0, 6, "urn:st")


def unpacked(text, block):
    found = re.search(rf'<script type="text/plain" id="{block}">([^<]*)</script>', text)[1]
    return json.loads(zlib.decompress(base64.b64decode(found)))


def head(text):
    return json.loads(re.search(r'<script type="application/json" id="page">(.*?)</script>', text, re.S)[1])


def row_of(table, n):
    return {name: column[n] for name, column in table.items() if isinstance(column, list)}


def test_what_comes_from_documents_stays_text(shown, hostile):
    text = web_page.html(shown, {}, Mentions)
    assert hostile not in text
    assert "<img" not in text
    assert "onerror" not in re.sub(r"(?s)<script>.*?</script>", "", text)
    assert unpacked(text, "graph")["entity"]["name"][5] == hostile


def test_the_columns_say_what_the_rows_say(shown):
    text = web_page.html(shown, {"urn:jh": "urn:gs", "urn:xm": "urn:gs"}, lambda: MARKS)
    graph, page_ = unpacked(text, "graph"), head(text)
    entity = row_of(graph["entity"], 1)
    assert (entity["name"], page_["types"][entity["type"]], entity["weight"]) == ("甘肃省生态环境厅", "Agency", 3)
    assert graph["entity"]["hidden"]["1"] == ["省生态环境厅"]
    assert graph["places"]["name"] == ["甘肃省"]
    assert graph["entity"]["place"] == [-1, -1, 0, -1, 0, -1]
    starts = numpy.cumsum(graph["edge"]["from"]).tolist()
    found = {(graph["entity"]["name"][s], page_["predicates"][p], graph["entity"]["name"][o], page_["modalities"][how])
             for s, o, p, how in zip(starts, graph["edge"]["to"], graph["edge"]["predicate"], graph["edge"]["how"], strict=True)}
    assert ("甘肃省生态环境厅", "issues", "甘肃省水生态保护规划", "done") in found
    assert ("甘肃省水生态保护规划", "covers", "泾河", "planned") in found
    assert len(found) == page_["counts"]["relations"] == 6
    assert page_["legend"] == {"types": [2, 1, 1, 1, 1], "modalities": [1, 1, 1, 1, 1, 1]}
    value = row_of(graph["value"], 0)
    assert (graph["indicators"][value["indicator"]][:6], value["operator"], value["number"], value["scope"]) == ("优良断面比例", "≥", "95", 0)


def test_a_sentence_carries_the_places_of_its_mentions(shown):
    text = web_page.html(shown, {}, lambda: MARKS)
    sentences = unpacked(text, "sentences-0")
    assert len(sentences) == head(text)["kept"] == 8
    first = next(s for s in sentences if "第0句" in s[0])
    assert first[1:] == [0, 6, 1, 7, 9, 2]
    assert [first[0][a:b] for a, b in ((0, 6),)] == ["省生态环境厅"]


def marked(sentences, mentions, number):
    found = Mentions()
    for mention in mentions:
        found.add(*mention)
    return web_page._Marks(found, number).of(sentences)


def test_offsets_count_as_the_browser_counts():
    evidence = Evidence("urn:d#char=10,16", "𬇙𬇙治理泾河", "urn:d")
    row, = marked([evidence], [("urn:d", 14, 16, "urn:jh")], {"urn:jh": 4})
    assert row[1:] == [6, 8, 4]
    assert row[0].encode("utf-16-le")[12:16].decode("utf-16-le") == "泾河"


def test_a_sentence_carries_its_own_mentions_alone_in_their_order():
    sentences = [Evidence("urn:e#char=5,11", "泾河汇入渭河", "urn:e"), Evidence("urn:none#char=0,4", "治理泾河", "urn:none"),
                 Evidence("urn:d#char=5,9", "泾河治理", "urn:d"), Evidence("urn:d#one", "泾河", "urn:d")]
    mentions = [("urn:e", 9, 11, "urn:wh"), ("urn:e", 5, 7, "urn:jh"), ("urn:d", 5, 9, "urn:xm"), ("urn:d", 5, 7, "urn:jh"),
                ("urn:d", 3, 6, "urn:jh"), ("urn:d", 8, 10, "urn:jh"), ("urn:d", 7, 9, "urn:unseen"), ("urn:d", 9, 11, "urn:jh")]
    assert marked(sentences, mentions, {"urn:xm": 0, "urn:jh": 1, "urn:wh": 2}) == [
        ["泾河汇入渭河", 0, 2, 1, 4, 6, 2], ["治理泾河"], ["泾河治理", 0, 2, 1, 0, 4, 0], ["泾河"]]
    assert marked(sentences[:1], [], {}) == [["泾河汇入渭河"]]


def crowd(count):
    entities = tuple(EntityRow(f"urn:{n}", "Agency", "", f"第{n}局") for n in range(count))
    claims = tuple(ClaimRow(f"urn:c{n}", f"urn:{n}", "supervises", f"urn:{n // 7}", "done",
                            Evidence(f"urn:d#char={n * 40},{n * 40 + 40}", f"{n * 7919 % 10007}号检查由第{n}局会同第{n // 7}局开展。", "urn:d"))
                   for n in range(1, count))
    return Picture(entities, {e.iri: e for e in entities}, claims, (), {}, {e.iri: 1 for e in entities}, count)


def test_sentences_of_the_least_supported_are_left_out_beyond_the_size():
    shown = crowd(3000)
    everything = web_page.html(shown, {}, Mentions)
    blocks = re.findall(r'<script type="text/plain" id="sentences-\d+">[^<]*</script>\n', everything)
    limit = (len(everything.encode()) - sum(map(len, blocks[4:]))) / 1e6
    cut = web_page.html(shown, {}, Mentions, max_size=limit)
    assert len(cut.encode()) <= limit * 1e6
    assert 0 < head(cut)["kept"] < head(everything)["kept"] == 2999
    assert unpacked(cut, "graph") == unpacked(everything, "graph")
    with pytest.raises(RenderError, match="--max-size"):
        web_page.html(shown, {}, Mentions, max_size=0.01)


def test_a_pair_of_node_and_edge_takes_little_room():
    shown = crowd(5000)
    graph = web_page.packed(columns(shown, edges(shown), {}).tables)
    assert len(graph) / 5000 < 250


def test_the_same_graph_gives_the_same_bytes(built):
    script = ("import sys, kg\nwith kg.open(sys.argv[1]) as graph:\n"
              "    sys.stdout.buffer.write(graph.render().encode())")
    made = {subprocess.run([sys.executable, "-c", script, str(built)], capture_output=True, check=True).stdout for _ in range(2)}
    assert made == {(built / "graph.html").read_bytes()}


def test_a_large_layout_is_the_same_and_keeps_nodes_apart():
    random = numpy.random.default_rng(3)
    lines = numpy.stack([numpy.arange(1, 2000), numpy.maximum(numpy.arange(1, 2000) - random.integers(1, 60, 1999), 0)], axis=1)
    one, two = arrange(2000, lines), arrange(2000, lines)
    assert (one.places == two.places).all()
    assert len(numpy.unique(one.places, axis=0)) > 1950
    joined = numpy.hypot(*(one.places[lines[:, 0]] - one.places[lines[:, 1]]).T).mean()
    strangers = numpy.hypot(*(one.places[lines[:, 0]] - one.places[::-1][lines[:, 0]]).T).mean()
    assert joined < strangers / 2


def test_small_components_stand_together():
    pairs = numpy.array([[n, n + 1] for n in range(0, 1000, 2)])
    groups, rest = communities(1000, pairs)
    assert (groups == rest).all()


def test_the_engine_by_default_and_as_asked(built):
    with kg.open(built) as graph:
        focus = graph.find("泾河").iri
        assert "vis-network" in page(graph.store, focus=focus)
        assert 'id="sentences-0"' in page(graph.store, focus=focus, engine="webgl")
        assert 'id="sentences-0"' in page(graph.store)
        assert graph.render(engine="pyvis").startswith("<!DOCTYPE html>")


def test_a_notebook_shows_the_page_in_a_frame(shown, built):
    with kg.open(built) as graph:
        framed = graph.render()._repr_html_()
    assert framed.startswith("<iframe srcdoc=")
    assert framed.count("<") == 2
    assert 'sandbox="allow-scripts allow-downloads"' in framed


def test_without_the_bundle_the_error_says_what_to_do(shown, monkeypatch, tmp_path):
    (tmp_path / "templates").symlink_to(Path(web_page.__file__).with_name("templates"))
    monkeypatch.setattr(web_page, "files", lambda _: tmp_path)
    with pytest.raises(RenderError, match=r"npm ci && npm run build.*pyvis"):
        web_page.html(shown, {}, Mentions)


def test_without_the_bundle_nothing_is_read(built, monkeypatch, tmp_path):
    (tmp_path / "templates").symlink_to(Path(web_page.__file__).with_name("templates"))
    monkeypatch.setattr(web_page, "files", lambda _: tmp_path)
    monkeypatch.setattr("kg.query.whole._written", lambda *_: pytest.fail("the graph was read"))
    with kg.open(built) as graph:
        focus = graph.find("泾河").iri
        for asked in ({}, {"engine": "webgl"}, {"engine": "webgl", "focus": focus}):
            with pytest.raises(RenderError, match=r"npm ci && npm run build"):
                page(graph.store, **asked)
        assert "vis-network" in page(graph.store, focus=focus)


def test_an_empty_picture_is_a_page(shown):
    empty = replace(shown, drawn=(), claims=(), values=(), documents={}, support={}, total=0)
    assert head(web_page.html(empty, {}, Mentions))["counts"]["entities"] == 0
