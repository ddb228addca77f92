"""Names found by any part of any of their forms."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.query.index import DOCUMENT, Index, index_of
from kg.query.reading import DocumentRow, EntityRow

ROWS = [
    EntityRow("urn:gs", "Place", "AdministrativeDivision", "甘肃省", ("甘肃",), pinyin="gan su sheng gss", documents=9),
    EntityRow("urn:st", "Agency", "GovernmentBody", "甘肃省生态环境厅", (), ("省生态环境厅",), "gan su sheng sheng tai huan jing ting gssthjt", 4),
    EntityRow("urn:jh", "WaterFeature", "River", "泾河", pinyin="jing he jh", documents=2),
    EntityRow("urn:gc", "Project", "Works", "泾河生态修复工程", documents=5),
    EntityRow("urn:x", "Agency", "", "<b>&\n'\"", documents=1),
]
INDEX = Index.of(ROWS, [DocumentRow("urn:d", "平凉市泾河简报", sources=("简报/一.txt",))])


@pytest.mark.parametrize(("query", "types", "names"), [
    ("泾河", (), ["泾河", "泾河生态修复工程", "平凉市泾河简报"]),
    ("泾河", ("Project",), ["泾河生态修复工程"]),
    ("简报/一", (DOCUMENT,), ["平凉市泾河简报"]),
    ("gss", (), ["甘肃省", "甘肃省生态环境厅"]),
    ("GAN SU", (), ["甘肃省", "甘肃省生态环境厅"]),
    ("省生态环境厅", (), ["甘肃省生态环境厅"]),
    ("甘肅", (), ["甘肃省", "甘肃省生态环境厅"]),
    ("生态 甘肃", (), ["甘肃省生态环境厅"]),
    ("ｊｉｎｇｈｅ", (), ["泾河"]),
    ("<B>", (), ["<b>&\n'\""]),
    ("《甘肃省》", (), ["甘肃省", "甘肃省生态环境厅"]),
    ("《》", (), []),
    ("没有", (), []),
    ("urn:jh", (), ["泾河"]),
    ("urn%3Ajh", (), []),
    ("urn:nothing", (), []),
    ("", ("WaterFeature",), ["泾河"]),
    ("   ", (), ["甘肃省", "泾河生态修复工程", "甘肃省生态环境厅", "泾河", "平凉市泾河简报", "<b>&\n'\""]),
])
def test_finds(query: str, types: tuple[str, ...], names: list[str]) -> None:
    assert [found.row.name for found in INDEX.find(query, types)] == names


def test_says_which_form_answered_and_how_many() -> None:
    count, found = INDEX.count("省生态环境厅", most=1)
    assert (count, found[0].form) == (1, "省生态环境厅")
    assert INDEX.count("泾河", most=1)[0] == 3
    assert INDEX.find("泾河")[0].form == ""


@pytest.mark.parametrize(("name", "types", "names"), [
    ("环境厅", (), ["甘肃省生态环境厅"]),
    ("甘肃生态环竟厅", (), ["甘肃省生态环境厅"]),
    ("甘肃生态环竟厅", ("Place",), []),
    ("甘肃省市", ("Place",), ["甘肃省"]),
    ("泾河修复工程", ("Project", "Place"), ["泾河生态修复工程"]),
    ("jinhe", (), ["泾河"]),
    ("qqqq", (), []),
    ("泾" * 2000, (), []),
    ("", (), []),
    ("\ud800", (), []),
])
def test_what_a_name_may_be_meant_for(name: str, types: tuple[str, ...], names: list[str]) -> None:
    assert [row.name for row in INDEX.near(name, types)] == names


def test_the_index_of_a_graph_is_made_once_and_holds_its_documents(built: Path) -> None:
    with kg.open(built) as graph:
        index = index_of(graph.store)
        assert index_of(graph.store) is index
        assert {found.row.name for found in index.find("甘肃省生态环境厅", most=9)} >= {"甘肃省生态环境厅", "甘肃省生态环境厅关于水生态保护的通报"}


def test_an_empty_index_finds_nothing() -> None:
    assert Index.of([]).near("泾河") == ()
    assert Index.of([]).find("泾河") == []
    assert Index.of([]).find("") == []
