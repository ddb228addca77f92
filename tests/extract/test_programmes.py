"""Programmes: sentence → mentions with their names."""

from __future__ import annotations

import pytest

from kg.extract.mentions import settle
from kg.extract.names import programmes
from kg.extract.names.titles import subtype_of
from kg.gazetteer import Gazetteer
from kg.model import Context, Document
from kg.text.segment import segment

MARKED = [
    ("市里印发《响水市治水方案》《响水市护林规划》和《响水市净土办法》。", ["响水市治水方案", "响水市护林规划", "响水市净土办法"]),
    ("《响水晚报》《大河奔流》报道了此事，依据是《响水市湿地保护条例（试行）》。", ["响水市湿地保护条例（试行）"]),
    ("县里出台了《关于落实〈响水市河道管理办法〉的实施意见》。", ["关于落实〈响水市河道管理办法〉的实施意见"]),
    ("审议了《关于检查〈响水市河道管理办法〉执行情况的报告》。", ["响水市河道管理办法"]),
    ("《行政处罚决定书》《排污许可证》由县局核发。", []),
    ("按照《方案》抓好落实。", []),
    ("他读完了《山水之间", []),
    ("响水省实施《中华人民共和国水法》办法\n\n第一条 为了管水，制定本办法。", ["响水省实施《中华人民共和国水法》办法"]),
    ("响水县林业局关于切实做好护鸟工作的通知\n各乡镇：", ["响水县林业局关于切实做好护鸟工作的通知"]),
    ("响水县人民政府办公室关于开展河塘\n清淤检查工作的通知\n各乡镇：", ["响水县人民政府办公室关于开展河塘\n清淤检查工作的通知"]),
    ("响水省治沙任务整改方案（摘编）\n为了整改，制定本方案。", ["响水省治沙任务整改方案"]),
]
UNMARKED = [
    ("全县深入打好蓝天保卫战和响水河攻坚战。", ["蓝天保卫战", "响水河攻坚战"]),
    ("坚持打好碧水、净土保卫战。", ["碧水", "净土保卫战"]),
    ("在全县范围内开展护水清源专项行动，集中开展专项行动。", ["护水清源专项行动"]),
    ("深入推进“清源护水”行动和“三查三改”活动。", ["“清源护水”行动", "“三查三改”活动"]),
    ("全面推行河长制、林长制，强化河长履职。", ["河长制", "林长制"]),
    ("建立健全生态环境损害赔偿制度，完善管理制度和招标投标制度。", ["生态环境损害赔偿制度"]),
    ("实行水环境质量行政首长负责制。", ["水环境质量行政首长负责制"]),
    ("省级生态环境保护督察期间，中央生态环境保护督察组交办了问题。", ["省级生态环境保护督察"]),
    ("第二轮中央环保督察反馈了三个问题。", ["第二轮中央环保督察"]),
    ("已纳入全国造纸工业中长期发展规划，并编制实施方案。", ["全国造纸工业中长期发展规划"]),
    ("编制甘肃省“十四五”水网规划，推进年度工作。", ["甘肃省“十四五”水网规划"]),
    ("深入落实\"双碳达标\"行动，形成合力。", ["\"双碳达标\"行动"]),
    ("严格执行主要污染物总量减排制度。", ["主要污染物总量减排制度"]),
    ("探索实施“水田轮作休耕补偿机制”，“三大工程”同步启动。", ["水田轮作休耕补偿机制"]),
    ("启动2021年“清水绿岸护河行动”。", ["2021年“清水绿岸护河行动”"]),
    ("开展“学思想、见行动”主题教育。", ["“学思想、见行动”主题教育"]),
    ("推动黄河流域生态保护和高质量发展，召开黄河流域生态保护和高质量发展座谈会。", ["黄河流域生态保护和高质量发展"]),
    ("四月起施行黄河保护法，坚决打赢蓝天保卫战。", ["黄河保护法", "蓝天保卫战"]),
    ("新造林地与退耕还林地块相连。", []),
    ("各地积极行动，用实际行动爱护河湖。", []),
    ("深入学习领会会议精神，坚持绿水青山就是金山银山。", []),
]


def found(text: str, gazetteer: Gazetteer) -> list[tuple[str, str | None]]:
    doc = segment(Document("a.txt", text, ""))
    return [(m.text, m.name) for m in settle(programmes.propose(doc, gazetteer=gazetteer, context=Context()))]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(("text", "expected"), MARKED + UNMARKED)
def test_forms(text: str, expected: list[str], gazetteer: Gazetteer) -> None:
    assert [form for form, _ in found(text, gazetteer)] == expected


def test_a_short_name_stands_for_the_full_title_to_the_end(gazetteer: Gazetteer) -> None:
    text = "县里印发《响水县治水总体方案》（以下简称《总体方案》）。各乡镇落实《总体方案》，总体方案由水务局解释。"
    assert found(text, gazetteer) == [("响水县治水总体方案", "响水县治水总体方案")] + [("总体方案", "响水县治水总体方案")] * 2


def test_a_short_name_after_a_document_number(gazetteer: Gazetteer) -> None:
    text = "根据《响水省关于治水投入的决定》（响发〔2004〕20号，以下简称《决定》）精神，按照《决定》办理。"
    assert [name for _, name in found(text, gazetteer)] == ["响水省关于治水投入的决定"] * 3


def test_a_generic_title_refers_to_the_last_one_that_ends_so(gazetteer: Gazetteer) -> None:
    text = "《响水县河道条例》与《响水县湿地条例》同日施行。《条例》共六章。"
    assert found(text, gazetteer)[-1] == ("条例", "响水县湿地条例")


def test_a_national_law_has_its_full_name(gazetteer: Gazetteer) -> None:
    text = "依照《中华人民共和国测试保护法》和《测试促进法》，测试保护法的规定从严。"
    names = [name for _, name in found(text, gazetteer)]
    assert names == ["中华人民共和国测试保护法", "中华人民共和国测试促进法", "中华人民共和国测试保护法"]


def test_the_documents_own_title_and_its_annex(gazetteer: Gazetteer) -> None:
    text = "响水县落实督察反馈意见\n整改方案\n\n为做好工作，制定本方案。\n\n附件：响水县整改任务清单\n"
    broken = found("响水县关于河道治理\n和保护的实施意见\n各乡镇：\n", gazetteer)
    assert [form for form, _ in broken] == ["响水县关于河道治理\n和保护的实施意见"]
    assert ("响水县整改任务清单", "响水县整改任务清单") in found(text, gazetteer)
    assert found("响水县出台治水新方案\n本报讯\n", gazetteer) == []


def test_numbered_annexes_are_titles_without_their_numbers(gazetteer: Gazetteer) -> None:
    text = "响水县落实督察反馈意见整改方案\n\n附件：1.响水县整改任务清单\n2.响水县河道巡查办法\n"
    assert ("响水县河道巡查办法", "响水县河道巡查办法") in found(text, gazetteer)


def test_a_title_known_once_is_found_without_marks(gazetteer: Gazetteer) -> None:
    text = "印发《响水县苇草防治计划（2022—2025年）》。\n附件：响水县苇草防治计划（2022—2025年）\n"
    assert [form for form, _ in found(text, gazetteer)] == ["响水县苇草防治计划（2022—2025年）"] * 2


@pytest.mark.parametrize(("title", "subtype"), [
    ("响水县河道条例", "Law"), ("中华人民共和国测试法", "Law"), ("治水方案（2021—2025年）", "Plan"), ("关于治水的意见", "PolicyDocument"),
    ("治水办法", "Law"), ("响水晚报", ""), ("山水之间", "")])
def test_subtypes(title: str, subtype: str) -> None:
    assert subtype_of(title) == subtype


@pytest.mark.parametrize("text", ["《" * 20_000, "《a》" * 5_000, "“" * 20_000, "蓝天、" * 20_000, "（以下简称" * 8_000, "方案" * 20_000])
def test_hostile_input_takes_linear_time(text: str, gazetteer: Gazetteer) -> None:
    found(text, gazetteer)
