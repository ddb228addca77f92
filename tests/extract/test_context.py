"""What 全省, 我市, 你省 and 今年 stand for, and for whom a document speaks."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract.context import find_context, find_year
from kg.gazetteer import Gazetteer
from kg.model import Context, Document
from kg.text.load import from_text
from kg.text.segment import segment

GAZETTEER = Gazetteer.load()


def context_of(text: str, **known: object) -> Context:
    document = replace(from_text(text), **known)  # type: ignore[arg-type]
    return find_context(segment(document), gazetteer=GAZETTEER)


PLACES = [
    ("甘肃省水污染防治工作方案\n到2025年，全省水质优良比例达到95%。", "甘肃省"),
    ("护好一河清水——甘南州推进环保督察整改综述\n全州各级各部门立行立改。", "甘南藏族自治州"),
    ("青海全力打造高原生态样板\n某某网消息：全省湿地面积持续增加。", "青海省"),
    ("【碧水行】陕西：节水润城\n某某网消息：当地加大治理力度。", "陕西省"),
    ("济宁市湿地保护条例\n第一条 结合本市实际，制定本条例。", "济宁市"),
    ("秀山土家族苗族自治县水源保护条例\n第一条 适用于自治县行政区域。", "秀山土家族苗族自治县"),
    ("在全市环保工作会议上的讲话\n同志们：我市水质好转。市委、市政府高度重视。"
     "平凉中心城区和华亭县、崆峒区建成污水管网，平凉工业园区完成整改。", "平凉市"),
    ("治水综述\n今年以来，全省水质改善，甘肃省建成管网，兰州市、武威完成整改，甘肃再添绿色。我省继续努力。", "甘肃省"),
    ("国务院办公厅关于四川省有关问题办理情况的函\n四川省人民政府：\n你省提出的建议收悉，现函复如下。", "四川省"),
    ("国务院办公厅关于节水建议的复函\n某某副主席：\n您的建议收悉，江苏省等地将开展试点。", "中国"),
    ("国家林业和草原局关于同意江苏盐城某湖等湿地公园范围调整的通知\n各省、自治区、直辖市林业和草原主管部门：\n我局决定。", "中国"),
    ("全国水环境质量稳中向好\n某某网消息：江苏省无锡市出台方案，贵州省绥阳县开展整治。", "中国"),
    ("江南运河保护条例\n2011年8月24日 国务院第169次常务会议通过\n第一条 江苏省、浙江省应当加强保护。", "中国"),
    ("一批工程加紧推进\n某某网消息：福建省大桥通车，山西省公路贯通，广东云浮取水，黑龙江省治理河流，青海开工。", "中国"),
    ("两江润绿洲\n某某网消息：新疆的河流滋养绿洲，海南的河水奔流入海，新疆若羌县发展林果，海南省琼海市护水。", None),
    ("太湖美\n某某网消息：江苏统筹治理太湖。江苏省生态环境厅制图，苏州、无锡、常州建成绿色工厂。", "江苏省"),
    ("浙江安吉：护好绿水青山\n某某网消息：全县竹林面积稳定。", "安吉县"),
    ("浙江安吉：护好绿水青山\n某某网消息：全省推广经验，全省水质好转。", "浙江省"),
    ("兰州：护好绿水青山\n某某网消息：当地经验向全省推广。", "兰州市"),
    ("甘肃：治水见成效\n某某网消息：全市水质好转，平凉市建成管网，全市、全市的断面达标。", "平凉市"),
    ("河北省实施《某某台湾同胞保护法》办法\n第一条 结合本省实际。", "河北省"),
    ("水的故事\n水是生命之源，节约用水人人有责。", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_place(text: str, place: str | None) -> None:
    context = context_of(text)
    assert context.place == place
    assert (context.place_reason != "") == (place is not None) or place is None


def test_the_chain_runs_from_the_province_down() -> None:
    context = context_of("济宁市湿地保护条例\n第一条 制定本条例。")
    assert (context.chain, context.place_id) == (("山东省", "济宁市"), "山东省/济宁市")


def test_an_unnamed_city_of_a_named_province() -> None:
    context = context_of("在全市环保工作会议上的讲话\n我市要落实省委部署，全市治水，守好甘肃大地，建设美丽家园。")
    assert (context.place, context.chain, context.place_id) == (None, (), "甘肃省")


def test_metadata_before_the_text_and_the_command_line_after() -> None:
    text = "济宁市湿地保护条例\n第一条 制定本条例。"
    assert context_of(text, place="泰安市").place == "泰安市"
    assert context_of(text, default_place="泰安市").place == "济宁市"
    assert context_of("水的故事\n节约用水。", default_place="平凉").place == "平凉市"
    assert context_of("水的故事\n节约用水。", place="全国").place == "中国"
    assert context_of("水的故事\n节约用水。", place="某某国").place is None


ROWS = [tuple(row) for row in csv.reader((Path(__file__).parents[1] / "specs" / "context.tsv").read_text(encoding="utf-8").splitlines()[2:],
                                         delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("place", "year", "issued", "publisher", "text"), ROWS)
def test_place_and_year(place: str, year: str, issued: str, publisher: str, text: str) -> None:
    known = {key: value for key, value in (("issued", issued), ("publisher", publisher)) if value}
    context = context_of(text.replace("\\n", "\n"), **known)
    assert (context.place or "", str(context.year or "")) == (place, year)


YEARS = [
    ("在2021年全市环保工作会议上的讲话\n今年要治水。", None, 2021), ("水污染防治行动计划（2022—2025年）\n今年要治水。", None, None),
    ("治水通知\n今年要治水。", "2023-03-14", 2023), ("治水通知\n今年要治水。", "2023", 2023),
    ("2022年生态环境状况公报\n全市水质好转。", "2023-06-05", 2022), ("关于2022年度治水情况的通知\n今年继续。", "2023-01-05", 2023),
    ("工作总结\n2021年工作回顾：治水三条。今年再治两条。", None, 2022),
    ("工作总结\n2023年，治水。2023年，治气。2022年，开工。到2035年建成。今年继续。", None, 2023),
    ("治水方案\n清政办发〔2019〕3号\n到2025年完成。", None, 2019),
    ("清河条例\n第一条 治水。\n第二条 本条例自2011年1月1日起施行。", None, 2011),
    ("清河治水方案\n2019年，安排资金三亿元。2025年，水质达到Ⅲ类。", None, 2019),
    ("治水方案\n贯彻党的二十大和二十届二中、三中全会精神，到2030年完成。", None, 2024),
    ("治水方案\n党的十八大以来，水质好转。", None, None),
    ("治水见成效\n某某网消息：2021年，水质好转。今年，水质更好。", None, None),
    ("2030年我国将基本实现目标\n某某网消息：好。", "2024-05-01", 2024),
]


@pytest.mark.parametrize(("text", "issued", "year"), YEARS)
def test_year(text: str, issued: str | None, year: int | None) -> None:
    context = context_of(text, issued=issued)
    assert context.year == year
    assert bool(context.year_reason) == (year is not None)


def test_year_of_metadata_and_command_line() -> None:
    assert find_year(Document("a", "", "", year=2019, issued="2020"), "") == (2019, "metadata")
    assert find_year(Document("a", "", "", default_year=2019), "")[0] == 2019
    assert find_year(Document("a", "", "", default_year=2019, issued="2020"), "")[0] == 2020


@pytest.mark.parametrize(("text", "publisher"), [
    ("国家林业和草原局关于造林的通知\n我局决定。", "国家林业和草原局"),
    ("甘肃省治水方案\n省水利厅牵头实施。我厅将抓好落实。", "甘肃省水利厅"),
    ("治水见成效\n2020-01-11 来源: 某某网\n甘肃省水质好转。", None),
    ("杭州市建筑节能条例\n2014年8月29日 市十二届人大常委会第二十一次会议通过\n第一条 节能。", "杭州市人民代表大会常务委员会"),
])
def test_publisher(text: str, publisher: str | None) -> None:
    assert context_of(text).publisher == publisher
