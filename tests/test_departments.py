"""Bodies over a place: short form → full official name."""

from __future__ import annotations

import pytest

from kg.departments import Departments

D = Departments.load()


@pytest.mark.parametrize(("body", "place", "name", "subtype"), [
    ("委", "贵州省", "中共贵州省委", "PartyBody"), ("委常委会", "三亚市", "中共三亚市委常务委员会", "PartyBody"),
    ("政府办公厅", "江苏省", "江苏省人民政府办公厅", "GovernmentBody"), ("第十三届人大常委会", "福建省", "福建省人民代表大会常务委员会", "GovernmentBody"),
    ("纪委监委", "泰州市", "泰州市纪委监委", "PartyBody"), ("工信厅", "陕西省", "陕西省工业和信息化厅", "GovernmentBody"),
    ("国资委", "天津市", "天津市国有资产监督管理委员会", "GovernmentBody"), ("扶贫办", "凤凰县", "凤凰县扶贫开发办公室", "GovernmentBody"),
    ("环保局", "嵊泗县", "嵊泗县环境保护局", "GovernmentBody"), ("河长办", "抚州市", "抚州市河长制办公室", "GovernmentBody"),
    ("人大常委会农业委员会", "安徽省", "安徽省人民代表大会常务委员会农业委员会", "GovernmentBody"), ("蓝藻打捞队", "无锡市", "无锡市蓝藻打捞队", ""),
])
def test_a_body_is_named_in_full_over_its_place(body: str, place: str, name: str, subtype: str) -> None:
    assert D.full_name(body, place) == (name, subtype)


@pytest.mark.parametrize(("body", "known"), [("住建局", True), ("农业农村和水务局", True), ("政府", True), ("旅游组", False), ("生态环境办", False)])
def test_the_table_knows_which_heads_a_stem_takes(body: str, known: bool) -> None:
    assert D.knows(body) is known
