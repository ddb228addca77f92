"""Mentions → entities: full official names, identity, labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.gazetteer import Gazetteer
from kg.link.resolve import resolve
from kg.model import Context, Document, Entity, Mention

G = Gazetteer.load()
DOCUMENT = Document("a.txt", "", "0123456789abcdef" * 4)
XIANGXI = Context(place="湘西土家族苗族自治州", place_id="湖南省/湘西土家族苗族自治州", chain=("湖南省", "湘西土家族苗族自治州"), year=2022)
QINGDAO = Context(place="青岛市", place_id="山东省/青岛市", chain=("山东省", "青岛市"), year=2023)
XIUYAN = Context(place="岫岩满族自治县", place_id="辽宁省/鞍山市/岫岩满族自治县", chain=("辽宁省", "鞍山市", "岫岩满族自治县"))


def entities(*mentions: Mention, context: Context = QINGDAO) -> tuple[Entity, ...]:
    return resolve(mentions, document=DOCUMENT, context=context, gazetteer=G)


@pytest.mark.parametrize(("form", "context", "name"), [
    ("省委", XIANGXI, "中共湖南省委"), ("州委", XIANGXI, "中共湘西土家族苗族自治州委"),
    ("州政府", XIANGXI, "湘西土家族苗族自治州人民政府"),
    ("省政府", QINGDAO, "山东省人民政府"), ("市发改委", QINGDAO, "青岛市发展和改革委员会"), ("市环保局", QINGDAO, "青岛市环境保护局"),
    ("市人大常委会", QINGDAO, "青岛市人民代表大会常务委员会"), ("市纪委监委", QINGDAO, "青岛市纪委监委"),
    ("市整改领导小组", QINGDAO, "青岛市整改领导小组"), ("自治县人民政府", XIUYAN, "岫岩满族自治县人民政府"),
    ("市政府", XIUYAN, "鞍山市人民政府"),
    ("国家防总办公室", QINGDAO, "国家防汛抗旱总指挥部办公室"), ("淮河水利委员会", QINGDAO, "淮河水利委员会"),
    ("县政府", QINGDAO, "县政府"), ("省政府", Context(), "省政府"),
])
def test_a_level_word_is_the_place_of_the_context(form: str, context: Context, name: str) -> None:
    assert [e.name for e in entities(Mention(0, len(form), form, "Agency"), context=context)] == [name]


def test_forms_of_one_body_are_one_entity_and_labels_tell_which_need_context() -> None:
    found, = entities(Mention(0, 3, "市政府", "Agency"), Mention(5, 10, "青岛市政府", "Agency", name="青岛市人民政府"))
    assert (found.name, found.forms) == ("青岛市人民政府", ("市政府", "青岛市政府"))
    assert (found.aliases, found.hidden) == (("青岛市政府",), ("市政府",))
    assert found.jurisdiction is None
    assert found.iri.endswith("/agency/青岛市人民政府")


def test_a_name_that_does_not_stand_alone_bears_its_jurisdiction() -> None:
    mention = Mention(0, 5, "现场督导组", "Agency")
    assert entities(mention)[0].iri.endswith("/agency/山东省/青岛市/现场督导组")
    assert entities(mention, context=Context())[0].jurisdiction == "~0123456789abcdef"


def test_bodies_of_two_counties_stay_two() -> None:
    found = entities(Mention(0, 8, "莱西市生态环境局", "Agency", name="莱西市生态环境局"),
                     Mention(9, 17, "平度市生态环境局", "Agency", name="平度市生态环境局"))
    assert len({e.iri for e in found}) == 2


def test_a_place_is_its_chain_and_a_township_stands_below_it() -> None:
    place, town = entities(Mention(0, 4, "山东东营", "Place", "AdministrativeDivision", "东营市", entry="山东省/东营市"),
                           Mention(5, 12, "利津县刁口乡", "Place", "AdministrativeDivision", "利津县刁口乡", rule="township"))
    assert (place.name, place.iri[-14:]) == ("东营市", "/place/山东省/东营市"[-14:])
    assert town.iri.endswith("/place/山东省/东营市/利津县/刁口乡")


def test_a_pointing_mention_joins_its_entity_and_gives_no_form() -> None:
    found, = entities(Mention(0, 2, "全市", "Place", "AdministrativeDivision", "青岛市", True, entry="山东省/青岛市"),
                      Mention(3, 5, "青岛", "Place", "AdministrativeDivision", "青岛市", entry="山东省/青岛市"))
    assert (found.forms, found.mentions) == (("青岛",), (0, 1))


def test_line_breaks_and_title_marks_are_no_part_of_a_form() -> None:
    assert entities(Mention(0, 9, "《清水\n  条例》", "Programme"))[0].forms == ("清水条例",)


def test_a_listed_name_spelt_otherwise_needs_no_jurisdiction():
    mention = Mention(0, 7, "淮河水利委员会", "Agency")
    document = Document("a.txt", "淮河水利委员会", "0" * 64)
    found = resolve([mention], document=document, context=Context(place="安徽省", place_id="安徽省", chain=("安徽省",)), gazetteer=Gazetteer.load())
    assert (found[0].name, found[0].jurisdiction) == ("淮河水利委员会", None)
    assert found[0].iri.endswith("/agency/水利部淮河水利委员会")


BEIJING = Context(place="北京市", place_id="北京市", chain=("北京市",))
FUZHOU = Context(place="福州市", place_id="福建省/福州市", chain=("福建省", "福州市"))
NATION = Context(place="中国", place_id="中国", chain=("中国",))


def agency_iri(name: str, context: Context) -> str:
    return entities(Mention(0, len(name), name, "Agency", name=name), context=context)[0].iri.split("/agency/")[1]


@pytest.mark.parametrize(("name", "one", "other"), [
    ("鼓楼区生态环境局", "福建省/福州市/鼓楼区生态环境局", "~0123456789abcdef/鼓楼区生态环境局"),
    ("中共鼓楼区委", "福建省/福州市/中共鼓楼区委", "~0123456789abcdef/中共鼓楼区委"),
    ("福州市鼓楼区人民政府", "福州市鼓楼区人民政府", "福州市鼓楼区人民政府"),
    ("静宁县生态环境局", "静宁县生态环境局", "静宁县生态环境局"),
])
def test_bodies_of_same_named_districts_are_not_merged_over_documents(name: str, one: str, other: str) -> None:
    assert (agency_iri(name, FUZHOU), agency_iri(name, NATION)) == (one, other)


def test_a_district_named_beside_its_body_tells_which_it_is() -> None:
    place = Mention(0, 6, "长春朝阳区", "Place", "AdministrativeDivision", "朝阳区", entry="吉林省/长春市/朝阳区")
    found = entities(place, Mention(7, 14, "朝阳区水利局", "Agency", name="朝阳区水利局"), context=NATION)
    assert found[1].iri.endswith("/agency/吉林省/长春市/朝阳区水利局")
    assert agency_iri("朝阳区水利局", BEIJING) == "北京市/朝阳区水利局"


@pytest.mark.parametrize(("first", "second"), [
    ("静宁县生态环境局", "庄浪县生态环境局"), ("庆城县林业局", "庆阳市林业局"), ("中共庄浪县委", "中共静宁县委"),
    ("吉林市人民政府", "吉林省人民政府"), ("青岛市环境保护局", "青岛市生态环境局"), ("海南省林业局", "海南藏族自治州林业局"),
])
def test_two_bodies_stay_two(first: str, second: str) -> None:
    found = entities(*(Mention(i, i + len(n), n, "Agency", name=n) for i, n in ((0, first), (20, second))))
    assert [e.name for e in found] == [first, second]
    assert len({e.iri for e in found}) == 2


@pytest.mark.parametrize(("form", "year", "name"), [
    ("省环保厅", 2015, "山东省环境保护厅"), ("省交通厅", 2005, "山东省交通厅"), ("省交通厅", 2024, "山东省交通运输厅"), ("市交通局", 2006, "青岛市交通局"),
    ("市环保局", 2024, "青岛市环境保护局"), ("国家环保总局", 2024, "国家环境保护总局"), ("环保部", 2024, "环境保护部"),
])
def test_a_former_name_is_not_rewritten(form: str, year: int, name: str) -> None:
    known = [e for e in G.lookup(form, ("Agency",)) if form in (e.name, *e.aliases)]
    mention = Mention(0, len(form), form, "Agency", entry=known[0].id if known else None)
    assert entities(mention, context=replace(QINGDAO, year=year))[0].name == name


@pytest.mark.parametrize(("river", "context", "local"), [
    ("白河", Context(place="南阳市", place_id="河南省/南阳市", chain=("河南省", "南阳市")), False), ("白河", BEIJING, True), ("白河", NATION, False),
    ("清河", BEIJING, True), ("沙河", Context(place="河北省", place_id="河北省", chain=("河北省",)), True), ("黄河", BEIJING, False),
    ("黑河", Context(place="陕西省", place_id="陕西省", chain=("陕西省",)), True), ("白河", Context(), False),
])
def test_waters_of_one_name_in_several_provinces_are_told_apart(river: str, context: Context, local: bool) -> None:
    mention = Mention(0, 2, river, "WaterFeature", "River", entry=f"WaterFeature:{river}")
    found = entities(mention, context=context)[0]
    own = "/".join((*context.chain, river)) if local else river
    assert (found.name, found.iri.split("/water/")[1], found.entry is None) == (river, own, local)


def test_a_town_named_alone_is_the_one_below_its_county() -> None:
    first = Mention(0, 9, "湖南湘西泸溪县浦市镇", "Place", "AdministrativeDivision", "浦市镇", rule="township")
    alone = Mention(20, 23, "浦市镇", "Place", "AdministrativeDivision", "浦市镇", rule="township")
    other = Mention(30, 33, "白石镇", "Place", "AdministrativeDivision", "白石镇", rule="township")
    assert [e.forms for e in entities(first, alone, other, context=XIANGXI)] == [("湖南湘西泸溪县浦市镇", "浦市镇"), ("白石镇",)]


def test_a_town_named_alone_between_two_of_its_name_is_the_one_before() -> None:
    here, there, alone = (Mention(0, 6, "泸溪县白石镇", "Place", name="白石镇", rule="township"),
                          Mention(9, 15, "凤凰县白石镇", "Place", name="白石镇", rule="township"),
                          Mention(20, 23, "白石镇", "Place", name="白石镇", rule="township"))
    assert [e.forms for e in entities(here, alone, there, context=XIANGXI)] == [("泸溪县白石镇", "白石镇"), ("凤凰县白石镇",)]


def test_works_named_by_another_full_name_are_one_entity() -> None:
    listed = Mention(0, 5, "天然林保护", "Programme", "Campaign", "天然林保护工程", rule="campaign:works", entry="Programme:天然林资源保护工程")
    known = replace(listed, start=9, end=18, text="天然林资源保护工程", name="天然林资源保护工程", rule="programme:known")
    assert [(e.name, e.forms) for e in entities(listed, known)] == [("天然林保护工程", ("天然林保护", "天然林资源保护工程"))]
    assert entities(listed)[0].iri == entities(known)[0].iri
