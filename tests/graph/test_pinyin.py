"""Names in pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.pinyin import pinyin_of


@pytest.mark.parametrize(("name", "spelled", "initials"), [
    ("长江流域", "chang jiang liu yu", "cjly"),
    ("六安市生态环境局", "lu an shi sheng tai huan jing ju", "lassthjj"),
    ("宕昌县", "tan chang xian", "tcx"),
    ("洪洞县河长制办公室", "hong tong xian he zhang zhi ban gong shi", "htxhzzbgs"),
    ("“三北”工程（二期）", "san bei gong cheng er qi", "sbgceq"),
    ("ＰＭ2.5 治理", "pm2.5 zhi li", "pzl"),
    ("<>", "", ""),
])
def test_pinyin(name: str, spelled: str, initials: str) -> None:
    assert pinyin_of(name) == (spelled, initials)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_name_has_as_many_initials_as_words(name: str) -> None:
    spelled, initials = pinyin_of(name)
    assert spelled == " ".join(spelled.split())
    assert bool(spelled) == bool(initials)
