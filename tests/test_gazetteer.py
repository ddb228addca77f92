"""The gazetteer's tables hold their own rules, and its matcher finds names, not fragments of words."""

from __future__ import annotations

import re
import time
from importlib.resources import files
from pathlib import Path

import pytest

from kg.errors import GazetteerError
from kg.gazetteer import COLUMNS, TABLES, Entry, Gazetteer
from kg.model import SUBTYPES

ORDINARY_WORDS = Path(__file__).with_name("specs").joinpath("ordinary_words.tsv").read_text(encoding="utf-8").split()[1:]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def divisions(gazetteer: Gazetteer) -> list[Entry]:
    return [entry for entry in gazetteer.entries.values() if entry.subtype == "AdministrativeDivision"]


def _lines(table: str) -> list[str]:
    return files("kg_gazetteer").joinpath(table).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_columns_and_full_rows(table: str) -> None:
    header, *rows = _lines(table)
    assert header.split("\t") == list(COLUMNS)
    assert [row for row in rows if row.count("\t") != len(COLUMNS) - 1] == []


def test_no_row_overwrites_another(gazetteer: Gazetteer) -> None:
    assert sum(len(_lines(table)) - 1 for table in TABLES) == len(gazetteer.entries)


def test_division_ids_are_chains(divisions: list[Entry]) -> None:
    assert all(entry.id == (f"{entry.parent}/{entry.name}" if entry.parent else entry.name) for entry in divisions)
    virtual = {"市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    assert [entry.id for entry in divisions if virtual & set(entry.id.split("/"))] == []


def test_parents_and_successors_exist(gazetteer: Gazetteer) -> None:
    entries = gazetteer.entries
    assert [e.id for e in entries.values() if e.parent and e.parent not in entries] == []
    assert [e.id for e in entries.values() if e.successor and e.successor not in entries] == []
    assert [e.id for e in entries.values() if e.successor and e.type == "Place" and entries[e.successor].valid_to] == []


def test_present_divisions_have_present_parents(gazetteer: Gazetteer, divisions: list[Entry]) -> None:
    assert [e.id for e in divisions if e.valid_to is None and e.parent and gazetteer.get(e.parent).valid_to] == []


def test_what_has_a_successor_is_over(gazetteer: Gazetteer) -> None:
    assert [e.id for e in gazetteer.entries.values() if e.successor and e.valid_to is None] == []


def test_years_are_in_order(gazetteer: Gazetteer) -> None:
    dated = [e for e in gazetteer.entries.values() if e.valid_from and e.valid_to]
    assert [e.id for e in dated if (e.valid_from or 0) > (e.valid_to or 0)] == []


def test_codes_and_levels(divisions: list[Entry]) -> None:
    assert [e.id for e in divisions if e.code and not re.fullmatch(r"\d{6}", e.code)] == []
    assert {e.level for e in divisions} == {"country", "province", "prefecture", "county"}
    present = [e.code for e in divisions if e.code and e.valid_to is None]
    assert len(present) == len(set(present))


def test_the_number_of_present_divisions(divisions: list[Entry]) -> None:
    present = [e for e in divisions if e.valid_to is None]
    assert sum(e.level == "province" for e in present) == 34
    mainland = [e for e in present if e.level == "prefecture" and not e.id.startswith("台湾省")]
    assert len(mainland) == 333


def test_no_waters_flow_in_a_circle(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.entries.values():
        top = gazetteer.chain(entry)[0]
        assert top.parent is None, entry.id


@pytest.mark.parametrize("type_", SUBTYPES)
def test_forms_are_sane(gazetteer: Gazetteer, type_: str) -> None:
    entries = [e for e in gazetteer.entries.values() if e.type == type_]
    assert [(e.id, form) for e in entries for form in (e.name, *e.aliases, *e.short) if len(form) < 2 or form.strip() != form] == []
    assert [e.id for e in entries if e.name in e.aliases or set(e.aliases) & set(e.short)] == []


def test_no_sure_form_is_an_ordinary_word(gazetteer: Gazetteer) -> None:
    assert [(word, hit.exact[0].id) for word in sorted(ORDINARY_WORDS) for hit in gazetteer.find(word)
            if hit.exact and hit.text == word] == []


LOOKUPS = [
    ("崆峒区", "甘肃省/平凉市/崆峒区"), ("甘肃", "甘肃省"), ("甘南", "甘肃省/甘南藏族自治州"), ("甘南州", "甘肃省/甘南藏族自治州"),
    ("内蒙古", "内蒙古自治区"), ("恩施州", "湖北省/恩施土家族苗族自治州"), ("秀山县", "重庆市/秀山土家族苗族自治县"),
    ("秀山自治县", "重庆市/秀山土家族苗族自治县"), ("临夏州", "甘肃省/临夏回族自治州"), ("新疆", "新疆维吾尔自治区"),
    ("吉林", "吉林省"), ("海南", "海南省"), ("石河子市", "新疆维吾尔自治区/石河子市"), ("济源市", "河南省/济源市"),
    ("万宁市", "海南省/万宁市"), ("高雄市", "台湾省/高雄市"), ("科左中旗", "内蒙古自治区/通辽市/科尔沁左翼中旗"),
    ("浦东", "上海市/浦东新区"), ("华亭县", "甘肃省/平凉市/华亭县"), ("襄樊", "湖北省/襄樊市"),
    ("东乡县", "甘肃省/临夏回族自治州/东乡族自治县"),
    ("国家发改委", "Agency:国家发展和改革委员会"), ("黄委", "Agency:水利部黄河水利委员会"), ("党中央", "Agency:中共中央"),
    ("环保总局", "Agency:国家环境保护总局"), ("水污染防治法", "Programme:中华人民共和国水污染防治法"),
    ("大气十条", "Programme:大气污染防治行动计划"), ("天保工程", "Programme:天然林资源保护工程"), ("京杭运河", "WaterFeature:京杭大运河"),
    ("长三角", "Place:长江三角洲"), ("引大入秦", "Project:引大入秦工程"),
]


@pytest.mark.parametrize(("form", "id_"), LOOKUPS, ids=[form for form, _ in LOOKUPS])
def test_lookup_gives_the_expected_entry_first(gazetteer: Gazetteer, form: str, id_: str) -> None:
    assert gazetteer.lookup(form)[0].id == id_


@pytest.mark.parametrize(("former", "present"), [
    ("甘肃省/平凉市/华亭县", "甘肃省/平凉市/华亭市"), ("湖北省/襄樊市", "湖北省/襄阳市"), ("云南省/思茅市", "云南省/普洱市"),
    ("四川省/达州市/达县", "四川省/达州市/达川区"), ("上海市/卢湾区", "上海市/黄浦区"), ("山东省/莱芜市", "山东省/济南市"),
    ("甘肃省/酒泉市/安西县", "甘肃省/酒泉市/瓜州县"), ("北京市/宣武区", "北京市/西城区"), ("甘肃省/平凉地区", "甘肃省/平凉市"),
    ("河北省/保定市/满城县", "河北省/保定市/满城区"), ("江苏省/淮阴市", "江苏省/淮安市"), ("浙江省/杭州市/余杭市", "浙江省/杭州市/余杭区"),
    ("浙江省/绍兴市/绍兴县", "浙江省/绍兴市/柯桥区"), ("云南省/丽江地区", "云南省/丽江市"),
    ("西藏自治区/日喀则地区", "西藏自治区/日喀则市"), ("青海省/海东地区", "青海省/海东市"), ("新疆维吾尔自治区/哈密地区", "新疆维吾尔自治区/哈密市"),
    ("北京市/密云县", "北京市/密云区"), ("上海市/崇明县", "上海市/崇明区"), ("重庆市/潼南县", "重庆市/潼南区"), ("天津市/蓟县", "天津市/蓟州区"),
    ("陕西省/西安市/户县", "陕西省/西安市/鄠邑区"), ("四川省/宜宾市/宜宾县", "四川省/宜宾市/叙州区"), ("江苏省/南通市/海门市", "江苏省/南通市/海门区"),
    ("Agency:环境保护部", "Agency:生态环境部"), ("Agency:国家林业局", "Agency:国家林业和草原局"),
    ("Agency:国家环境保护局", "Agency:国家环境保护总局"), ("Agency:国家环境保护总局", "Agency:环境保护部"),
    ("Agency:国土资源部", "Agency:自然资源部"), ("Agency:农业部", "Agency:农业农村部"), ("Agency:卫生部", "Agency:国家卫生和计划生育委员会"),
    ("Agency:国家卫生和计划生育委员会", "Agency:国家卫生健康委员会"), ("Agency:国家计划委员会", "Agency:国家发展计划委员会"),
    ("Agency:国家发展计划委员会", "Agency:国家发展和改革委员会"), ("Agency:城乡建设环境保护部", "Agency:建设部"), ("Agency:建设部", "Agency:住房和城乡建设部"),
])
def test_former_entries_name_their_successor(gazetteer: Gazetteer, former: str, present: str) -> None:
    assert gazetteer.get(former).valid_to
    assert gazetteer.get(former).successor == present


def test_present_entries_come_before_former_ones(gazetteer: Gazetteer) -> None:
    for form in ("静宁县", "鼓楼区", "新华区", "和县", "巢湖市"):
        over = [entry.valid_to is not None for entry in gazetteer.lookup(form, ("Place",)) if entry.name == form]
        assert over == sorted(over), form


def test_short_names_and_weak_names_are_not_exact(gazetteer: Gazetteer) -> None:
    for text in ("和平", "夏河", "城区", "和县", "黄山", "黑河"):
        hit, = gazetteer.find(text, ("Place",))
        assert not [entry for entry in hit.exact if entry.subtype == "AdministrativeDivision"]
        assert hit.short


def test_chains_and_containment(gazetteer: Gazetteer) -> None:
    district, river = gazetteer.get("甘肃省/平凉市/崆峒区"), gazetteer.get("WaterFeature:泾河")
    assert [e.name for e in gazetteer.chain(district)] == ["甘肃省", "平凉市", "崆峒区"]
    assert [e.name for e in gazetteer.chain(river)] == ["渤海", "黄河", "渭河", "泾河"]
    assert gazetteer.within(district, "甘肃省")
    assert not gazetteer.within(district, "陕西省")


FOUND = [
    ("河水流到入海口,海口市也有出海口。", "Place", ["海口市"]),
    ("长江西岸与渭河北岸", "Place", []),
    ("河南南部、湖南北部", "Place", ["河南", "湖南"]),
    ("山地的东南部和湖南岸", "Place", []),
    ("污水适应城市发展、供需均衡水平", "Place", []),
    ("美丽水乡,丽水市在浙江。", "Place", ["丽水市", "浙江"]),
    ("市财政部门和财政部", "Agency", ["财政部"]),
    ("遵守森林法律法规,依照森林法规定", "Programme", ["森林法"]),
    ("清河县在河北,洮河在甘肃。", "WaterFeature", ["洮河"]),
    ("黄河入海河道与海河", "WaterFeature", ["黄河", "海河"]),
    ("大气、水、土壤三个十条", "Programme", []),
    ("推进“三北”工程,打好蓝天保卫战", "Programme", ["“三北”工程", "蓝天保卫战"]),
]


@pytest.mark.parametrize(("text", "type_", "expected"), FOUND, ids=[text[:8] for text, _, _ in FOUND])
def test_find_gives_names_and_not_fragments(gazetteer: Gazetteer, text: str, type_: str, expected: list[str]) -> None:
    assert [hit.text for hit in gazetteer.find(text, (type_,)) if hit.exact] == expected  # type: ignore[arg-type]


def test_users_table_adds_to_the_standard_one(gazetteer: Gazetteer, tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("type\tname\tsubtype\taliases\tparent\nWaterFeature\t石榴河\tRiver\t榴河\t泾河\n", encoding="utf-8")
    own = Gazetteer.load(table)
    assert own.lookup("榴河")[0].parent == "WaterFeature:泾河"
    assert own.lookup("甘肃省")
    assert not gazetteer.lookup("榴河")


@pytest.mark.parametrize(("text", "message"), [
    ("name\nx\n", "lacks type"), ("type\tname\nRiver\tx\n", "own.tsv:2: type 'River'"), ("type\tname\nPlace\t \n", "name is empty"),
    ("type\tname\tsubtype\nPlace\t甲地\tRiver\n", "subtype 'River'"), ("type\tname\tfrom\nPlace\t甲地\t去年\n", "are years"),
])
def test_a_malformed_table_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=re.escape(message)):
        Gazetteer.load(table)


def test_loading_is_quick() -> None:
    began = time.perf_counter()
    entries = list(Gazetteer.load().entries.values())
    list(Gazetteer(entries).find("祁连山", ("Place",)))
    assert time.perf_counter() - began < 2
