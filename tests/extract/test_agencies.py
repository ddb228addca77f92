"""Agencies: sentence → forms and the names the grammar gives them."""

from __future__ import annotations

import pytest

from kg.extract.names import agencies
from kg.gazetteer import Gazetteer
from kg.model import Context, Document, Mention
from kg.text.segment import segment

G = Gazetteer.load()
NOWHERE = Context()
CHINA = Context(place="中国", year=2023)
YICHANG = Context(place="宜昌市", place_id="湖北省/宜昌市", chain=("湖北省", "宜昌市"), year=2023)
YUNNAN = Context(place="云南省", place_id="云南省", chain=("云南省",), year=2023)


def mentions(text: str, context: Context = NOWHERE) -> list[Mention]:
    found: dict[tuple[int, int], Mention] = {}
    for mention in agencies.propose(segment(Document("a.txt", text, "")), gazetteer=G, context=context):
        found.setdefault((mention.start, mention.end), mention)
    longest = [m for m in found.values() if not any(o.start <= m.start and m.end <= o.end and o is not m for o in found.values())]
    return sorted(longest, key=lambda m: m.start)


def forms(text: str, context: Context = NOWHERE) -> list[str]:
    return [m.text for m in mentions(text, context) if not m.deictic]


@pytest.mark.parametrize(("text", "context", "expected"), [
    ("云南省人民政府、省林草局共同召开会议。", YUNNAN, ["云南省人民政府", "省林草局"]),
    ("市委、市政府高度重视，市生态环境局牵头落实。", YICHANG, ["市委", "市政府", "市生态环境局"]),
    ("市委市政府印发通知。", YICHANG, ["市委", "市政府"]),
    ("省纪委监委成立长江岸线问题整改工作专班。", YUNNAN, ["省纪委监委", "长江岸线问题整改工作专班"]),
    ("德宏州委、瑞丽市政府和芒市水务局到场。", YUNNAN, ["德宏州委", "瑞丽市政府", "芒市水务局"]),
    ("江西省第十四届人民代表大会常务委员会第三次会议通过", NOWHERE, ["江西省第十四届人民代表大会常务委员会"]),
    ("中央第七生态环境保护督察组进驻广西。", NOWHERE, ["中央第七生态环境保护督察组"]),
    ("石家庄市城乡建设局副局长介绍情况。", NOWHERE, []),
    ("湖南桃江某矿业公司与湖南湘水环保科技有限公司签约。", NOWHERE, ["湖南湘水环保科技有限公司"]),
    ("中国农业银行山东省分行提供贷款。", NOWHERE, ["中国农业银行山东省分行"]),
    ("水利部、自然资源部联合印发意见。", CHINA, ["水利部", "自然资源部"]),
    ("林业局会同扶贫办研究。国务院同意。", Context(place="中国", year=2009), ["林业局", "扶贫办", "国务院"]),
    ("水利部水资源司和自然资源部第三海洋研究所参加。", CHINA, ["水利部水资源司", "自然资源部第三海洋研究所"]),
    ("代表团会见欧盟委员会代表。", CHINA, ["欧盟委员会"]),
    ("苏丹卫生部通报情况。", CHINA, ["苏丹卫生部"]),
    ("河南、安徽两省人民政府共同负责。", NOWHERE, ["河南", "安徽"]),
    ("鞍钢、首钢等钢铁企业完成改造。", NOWHERE, ["鞍钢", "首钢"]),
    ("辽源、白城森工集团参加。", NOWHERE, ["辽源", "白城森工集团"]),
])
def test_names_that_stand_in_a_sentence(text: str, context: Context, expected: list[str]) -> None:
    assert forms(text, context) == expected


@pytest.mark.parametrize("text", [
    "各县区和有关部门要压实责任。",
    "各级党委政府高度重视。",
    "环保、住建、工信等部门加强联动。",
    "9个专项督查组分赴各地。",
    "县级以上人民政府应当加强领导。",
    "设区的市人民政府负责。",
    "市、县（区）人民政府应当组织实施。",
    "各乡镇均成立了整改工作领导小组。",
    "村（居）民委员会协助开展工作。",
    "政府采购和政府引导基金支持环保企业。",
    "由上级主管部门和行业协会评定。",
    "污水处理公司和商业银行参与项目。",
])
def test_what_is_no_single_agency(text: str) -> None:
    assert forms(text, YICHANG) == []


@pytest.mark.parametrize(("text", "context", "expected"), [
    ("市住建、国土、环保局到现场。", YICHANG,
     [("市住建", "市住房和城乡建设局"), ("国土", "市国土资源局"), ("环保局", "市环境保护局")]),
    ("岳阳市发改委、财政局联合发文。", NOWHERE, [("岳阳市发改委", "岳阳市发展和改革委员会"), ("财政局", "岳阳市财政局")]),
    ("落实省、市政府工作安排。", YICHANG, [("省", "省政府"), ("市政府", None)]),
    ("由辽宁省、吉林省人民政府共同负责。", NOWHERE, [("辽宁省", "辽宁省人民政府"), ("吉林省人民政府", "吉林省人民政府")]),
    ("黔东南州政府作出部署。", NOWHERE, [("黔东南州政府", "黔东南苗族侗族自治州人民政府")]),
    ("海南省委办公厅印发通知。", NOWHERE, [("海南省委办公厅", "中共海南省委办公厅")]),
    ("福建闽水环境（集团）有限公司（以下简称“闽水环境”）投产后，闽水环境增资。", NOWHERE,
     [("福建闽水环境（集团）有限公司", None), ("闽水环境", "福建闽水环境（集团）有限公司"), ("闽水环境", "福建闽水环境（集团）有限公司")]),
])
def test_names_the_text_completes(text: str, context: Context, expected: list[tuple[str, str | None]]) -> None:
    assert [(m.text, m.name) for m in mentions(text, context)] == expected


def test_words_that_point_back_give_no_form() -> None:
    found = mentions("泸州市水务局制定方案。该局已派员检查。")
    assert [(m.text, m.name, m.deictic) for m in found] == [("泸州市水务局", "泸州市水务局", False), ("该局", "泸州市水务局", True)]


def test_long_hostile_input_is_read_in_linear_time() -> None:
    assert len(forms("省、市、县" * 3000 + "（集团）" * 2000)) == 0
