"""IRIs are readable, safe and the same everywhere."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iri


@pytest.mark.parametrize(("name", "expected"), [
    ("甘肃省生态环境厅", "甘肃省生态环境厅"),
    ("甘肃省“十四五”规划", "甘肃省“十四五”规划"),
    ("国家林业局（试点）", "国家林业局%28试点%29"),
    ("ＰＭ２．５", "PM2.5"),
    ("泾河\u202e规划\u0000", "泾河规划"),
    (" 泾 河　规划 ", "泾_河_规划"),
    ("<script>", "%3Cscript%3E"),
    ("a/b#c?d%e", "a%2Fb%23c%3Fd%25e"),
    (".", "%2E"),
    ("..", "%2E%2E"),
    ("\ud800", "%3F"),
])
def test_segment(name: str, expected: str) -> None:
    assert iri.segment(name) == expected


@pytest.mark.parametrize("name", ["", "\u200b", "_", "　"])
def test_segment_is_never_empty(name: str) -> None:
    assert re.fullmatch(r"~[0-9a-f]{16}", iri.segment(name))


def test_long_names_keep_their_head_and_a_hash() -> None:
    name = "黄河流域综合治理" * 20
    found = iri.segment(name)
    assert re.fullmatch(name[:80] + "~[0-9a-f]{16}", found)
    assert found != iri.segment(name + "二期")


@given(st.text(min_size=1, max_size=200))
def test_any_name_gives_a_valid_iri_that_is_stable_under_repetition(name: str) -> None:
    minted = iri.mint("Agency", name)
    assert pyoxigraph.NamedNode(minted).value == minted
    list(pyoxigraph.parse(f"<{minted}> <{minted}> <{minted}> .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert minted.startswith(iri.BASE + "agency/")
    assert minted.count("/") == iri.BASE.count("/") + 1
    if "~" not in minted and not iri.segment(name).startswith("%"):
        assert iri.segment(unquote(iri.segment(name))) == iri.segment(name)


def test_a_place_is_its_chain_and_a_jurisdiction_stands_before_the_name() -> None:
    assert iri.mint("Place", "甘肃省/平凉市").endswith("/place/甘肃省/平凉市")
    assert iri.mint("Agency", "督查考核局", "甘肃省/平凉市").endswith("/agency/甘肃省/平凉市/督查考核局")
    assert iri.mint("Project", "甲/乙").endswith("/project/甲%2F乙")
    assert iri.mint("Agency", "水利厅", base="https://example.org/") == "https://example.org/agency/水利厅"
