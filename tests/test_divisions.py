"""Divisions: which one a name or a level word means."""

from __future__ import annotations

import pytest

from kg.divisions import at_level, choose, is_valid
from kg.gazetteer import Gazetteer
from kg.model import Context

G = Gazetteer.load()


def context(chain: str) -> Context:
    parts = tuple(chain.split("/"))
    return Context(place=parts[-1], place_id=chain, chain=parts)


@pytest.mark.parametrize(("word", "chain", "name"), [
    ("省", "云南省/大理白族自治州", "云南省"), ("州", "云南省/大理白族自治州", "大理白族自治州"), ("市", "江苏省/苏州市/昆山市", "昆山市"),
    ("市", "湖北省/荆州市/公安县", "荆州市"), ("区", "上海市/青浦区", "青浦区"), ("市", "上海市/青浦区", "上海市"),
    ("自治区", "广西壮族自治区/桂林市", "广西壮族自治区"), ("县", "江苏省/苏州市", None), ("省", "重庆市", None),
])
def test_a_level_word_stands_for_a_division_of_the_context(word: str, chain: str, name: str | None) -> None:
    found = at_level(word, context=context(chain), gazetteer=G)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(("form", "chain", "near", "chosen"), [
    ("鼓楼区", "江苏省/徐州市", (), "江苏省/徐州市/鼓楼区"), ("鼓楼区", "", ("福建省/福州市",), "福建省/福州市/鼓楼区"),
    ("吉林", "", (), "吉林省"), ("吉林", "", ("黑龙江省",), "吉林省"), ("海南", "", (), "海南省"),
])
def test_same_names_are_told_apart(form: str, chain: str, near: tuple[str, ...], chosen: str) -> None:
    where = context(chain) if chain else Context()
    found = choose(G.lookup(form, ("Place",)), form=form, context=where, gazetteer=G, near=near)
    assert found is not None
    assert found.id == chosen


def test_a_former_division_is_valid_in_its_time_only() -> None:
    former = G.get("甘肃省/平凉市/华亭县")
    assert [is_valid(former, year) for year in (2010, 2023, None)] == [True, False, False]
