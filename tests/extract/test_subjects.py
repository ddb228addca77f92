"""Subjects: each case marks its mentions in the text as [type:name], and says what its first value is about."""

from __future__ import annotations

import re

import pytest

from kg.extract.values.quantities import find_values
from kg.extract.values.subjects import find_subjects
from kg.model import CONTEXT_PLACE, Context, Document, Mention
from kg.text.segment import segment

TYPES = {"P": "Place", "W": "WaterFeature", "J": "Project", "A": "Agency", "G": "Programme"}
CASES = [
    ("[W:甲河]水质优良比例达到95%。", "甲河"),
    ("今年，[W:甲湖]水域面积达到120平方公里。", "甲湖"),
    ("[P:乙县]地处上游。全年治理河道30公里。", "乙县"),
    ("[P:乙县]腾退了[P:丙保护区]内的30处设施。", "乙县"),
    ("在长江上游的[P:丁省][P:乙县]，12个治理项目正在施工。", "乙县"),
    ("总投资3亿元的[J:甲灌区工程]已经开工。", "甲灌区工程"),
    ("[J:甲灌区工程]开工建设，总投资3亿元。", "甲灌区工程"),
    ("[J:甲灌区工程]将保障[P:乙县]8万亩农田灌溉。", "甲灌区工程"),
    ("位于[P:乙县]的[J:甲水厂]日处理能力达5万吨。", "甲水厂"),
    ("[P:乙市]累计完成[W:甲湖]生态清淤285万立方米。", "甲湖"),
    ("[A:甲市生态环境局]检查企业120家次。", "甲市生态环境局"),
    ("[A:甲市生态环境局]治理河道12公里。", None),
    ("在上游的[P:甲县]，210个湖泊星罗棋布。", "甲县"),
    ("蜿蜒320公里的[W:甲河]重现生机。", "甲河"),
    ("受理投诉案件89件。", None),
    ("PM2.5浓度比[P:乙县]低4微克。", None),
    ("[P:丙国家级保护区]风景优美。目前，保护区已修复湿地300亩。", "丙国家级保护区"),
    ("[G:第一轮督察]转办的25件信访件已办结23件。", None),
    ("[P:乙市]投资4亿元，建成了[J:甲水厂]。", "甲水厂"),
    ("[J:甲再生水设施]投入使用。2023年，经该设施处理回用水量900万吨。", "甲再生水设施"),
    ("[W:甲河]、[W:乙河]水质达标率为100%。", "甲河"),
    ("[P:乙县]今年出台了方案，目前建成污水处理厂6座。", "乙县"),
    ("通过[J:甲调水工程]的实施，把水引到[W:乙河流域]，改善灌溉面积30万亩。", "甲调水工程"),
    ("[J:甲水库]建成后，[P:乙县]新增供水2000万立方米。", "甲水库"),
    ("东部沿海风电带的重要一环——[J:甲海上风电场]并网发电，共有风机30台。", "甲海上风电场"),
    ("我国首个[J:甲光伏基地]在[P:乙区]启用，20种方案投入试验。", "甲光伏基地"),
    ("近年来，我国垃圾分类工作持续推进，290个城市开展分类。", None),
    ("中国13个城市入选。", None),
    ("[A:乙资金委员会]安排补助资金2亿元，重点支持[P:丙县]灾后恢复。", "丙县"),
    ("[A:乙资金委员会]安排补助资金2亿元，重点支持[P:丙县]、[P:丁县]灾后恢复。", None),
    ("[J:甲引水工程]向[W:乙湖]实施生态补水，累计补水量达到3亿立方米。", "乙湖"),
    ("[J:甲引水工程]向[P:丙市]送水，累计送水量达到3亿立方米。", "甲引水工程"),
    ("[P:乙省]丙河、[P:丁省][J:戊灌区改造工程]等4个项目已开工。", None),
    ("今天，[P:乙县]内的列车停运，40条航线停航。", "乙县"),
    ("[W:甲河]水质好转。市城区优良天数占比提高6%。", None),
    ("[J:甲水厂]建成。\n丙、丁两市入选，获得补助资金3亿元。", None),
    ("近日，总投资6亿元的重点水利工程[J:甲水库]开工，总库容将达到2亿立方米。", "甲水库"),
    ("未来之城[P:乙新区]，新开工项目56个。", "乙新区"),
    ("截至8月，[A:甲县产权交易中心]累计成交300宗。", "甲县产权交易中心"),
    ("[A:甲县产权交易中心]发布的数据显示，累计成交300宗。", None),
    ("在[P:甲保护区]里，3株冷杉成功繁殖。", "甲保护区"),
    ("[P:乙县]治沙造林。去年，[W:甲河]两岸就完成造林6万亩。", "甲河"),
    ("通过[J:甲调水工程]沿线的泵站，[P:乙县]取水200万立方米。", "乙县"),
    ("十年来，我国完成[W:甲江]干流河道整治900公里。", "甲江"),
    ("[W:甲江]支流乙江水质达到Ⅳ类。", None),
    ("[P:乙县]遭灾。省财政下达资金7亿元。", None),
    ("[P:乙县]遭灾。省财政下达资金7亿元，支持[P:丙县]修渠。", "丙县"),
    ("[P:乙县]遭灾。损失资金7亿元。", "乙县"),
    ("[A:乙市委]、[A:市政府]累计投资7亿元。", "乙市委"),
    ("[P:乙市]地处上游。[A:乙市委]、[A:市政府]累计投资7亿元。", "乙市"),
    ("[A:市委]、[A:市政府]累计投资7亿元。", None),
    ("[A:甲河管理局]组织向[W:乙水库]下泄生态水2亿立方米。", "乙水库"),
    ("[A:甲河管理局]组织向[P:乙县]派出专家2名。", None),
    ("[P:乙县]、[P:丙县]共关停窑厂70家。", None),
    ("[P:乙县]共关停窑厂70家。", "乙县"),
    ("串起[P:南疆]绿洲的[W:甲河]，滋养着4500万亩良田。", "甲河"),
    ("[W:甲水库]西岸的[P:乙镇]种植彩叶树3万株。", "乙镇"),
    ("我国“[G:甲流域工程]”已累计完成治理面积80万亩。", "甲流域工程"),
    ("出台《[G:绿化三年行动计划]》，提出每年造林不少于20万亩。", "绿化三年行动计划"),
    ("[A:甲林场]成立多年。林场的有林地面积达到12万亩。", "甲林场"),
    ("[J:甲国家公园]成立五周年。今年该园新增野生鸟类20种。", "甲国家公园"),
    ("在[P:乙县]，园区发展很快。\n园区引进企业30家。", "乙县"),
    ("[P:乙县]至[P:丙县]铁路年货运量达120万吨。", "乙县"),
    ("在[P:乙县]，[W:甲河]沿岸出现险情。当地已转移群众900人。", "乙县"),
    ("[J:甲灌区工程]提速，[J:乙灌区改造一期工程]同步推进。一期工程建成后，可改善灌溉面积8万亩。", "乙灌区改造一期工程"),
    ("[P:乙省]在[W:甲湖流域]新增污水处理能力每天4万吨。", "乙省"),
    ("产粮大县[P:乙县]推进治理，目前已疏浚沟渠300公里。", "乙县"),
    ("[J:甲调水工程]首个开工项目[J:乙引水工程]加速推进，目前隧洞掘进超过3公里。", "乙引水工程"),
    ("[P:乙市]向最难治理的[W:甲河]源头进发，修建拦沙坝30座。", "乙市"),
    ("[J:甲枢纽工程]建成后，[W:乙河]行洪能力将达到每秒7000立方米。", "乙河"),
    ("[J:甲引水工程]可将[J:乙调水工程]年调水规模提高到115亿立方米。", "乙调水工程"),
    ("[J:甲引水工程]加快推进，将为[P:乙市]300万人提供水源。", "甲引水工程"),
    ("[J:甲引水工程]加快推进，将为[P:乙市]、[P:丙市]等城市300万人提供水源。", "甲引水工程"),
    ("在[P:甲岛热带雨林国家公园]，[P:甲岛]长臂猿种群数量恢复到40只。", "甲岛热带雨林国家公园"),
]
NATIONAL = [
    ("我国已建成水库300座。[P:乙省]推进治理。", None),
    ("[P:乙省]推进治理。我国加快改革，地方开展交易60单，交易金额3亿元。", None),
    ("[P:乙省]、[P:丙省]等8省新建灌区20处。", None),
    ("[A:甲部]组织工作组12个分赴各地。", "甲部"),
    ("[A:甲部]发布的数据显示，新建水库12座。", None),
    ("[A:甲部]组织12个工作组。目前，项目已开工40个。", "甲部"),
    ("全国绿化工作方案\n实施[J:甲林场工程]。新建林场20处。", None),
    ("按照《[G:甲布局方案]》，我国规划了候选区49个。", "甲布局方案"),
    ("[J:甲制氢项目]投产。在长江下游的某某段，输变电工程开工，输电能力将达到30万千瓦。", None),
    ("[A:甲水文局]预计[W:乙湖]可能发生超过警戒水位2米的洪水。", "乙湖"),
    ("小城[P:乙县]，人来人往。\n八是推进治理。制定规章30部。", None),
    ("[P:乙公园]投入资金。\n虎豹在[P:甲公园]定居繁衍，种群数量恢复到50只以上。", "甲公园"),
    ("各地代表在[P:甲市]召开会议，签署文件50份。", None),
    ("[A:甲部]安排[P:乙县]中央水利救灾资金3亿元。", "乙县"),
    ("[J:甲制氢项目]投产。\n输变电工程开工，项目建成后，输电能力将达到30万千瓦。", None),
    ("[P:甲林场]成立。\n今年，林场将培育混交林2万亩。", "甲林场"),
    ("保护[W:甲江]。\n[P:乙县]推进治理。2022年，甲江江豚种群数量达到300头。", "甲江"),
    ("今年，“[G:甲北工程]”安排项目20个。\n[P:乙省][G:甲北攻坚战]任务量占全国近一半。", "甲北工程"),
    ("特别是在[P:甲北地区]，草原面积有22亿亩。", "甲北地区"),
    ("[P:乙市]的林业碳汇交易额突破1000万元。全国各类城市公园达6.5万个。", "乙市"),
    ("“[G:清河行动]”覆盖重点园区30个。", "清河行动"),
    ("小城[P:乙县]，人来人往。\n竹林里，传感器多达2万个。", "乙县"),
    ("小城[P:乙县]，人来人往。\n全国各地，传感器多达2万个。", None),
    ("[G:清河攻坚战]取得进展\n今年，[G:清河攻坚战]提速。\n各项目开工，[G:清河攻坚战]推进。\n项目已开工40个。", "清河攻坚战"),
]


def parse(marked: str) -> tuple[str, tuple[Mention, ...]]:
    text, mentions, at = "", [], 0
    for match in re.finditer(r"\[(\w):([^\]]+)\]", marked):
        text += marked[at:match.start()]
        mentions.append(Mention(len(text), len(text) + len(match[2]), match[2], TYPES[match[1]]))  # type: ignore[arg-type]
        text, at = text + match[2], match.end()
    return text + marked[at:], tuple(mentions)


def subjects(marked: str, place: str | None = "甲市") -> list[int | None]:
    text, mentions = parse(marked)
    doc = segment(Document("a.txt", text, ""))
    context = Context(place=place, year=2024)
    values = find_values(doc, mentions=mentions, context=context)
    assert values
    return list(find_subjects(doc, values, mentions=mentions, context=context))


@pytest.mark.parametrize(("marked", "about"), CASES)
def test_the_first_value_is_about(marked: str, about: str | None) -> None:
    first = subjects(marked)[0]
    mentions = parse(marked)[1]
    assert (None if first is None or first == CONTEXT_PLACE else mentions[first].text) == about


@pytest.mark.parametrize(("marked", "about"), NATIONAL)
def test_the_first_value_of_a_text_about_the_nation_is_about(marked: str, about: str | None) -> None:
    first = subjects(marked, place="中国")[0]
    mentions = parse(marked)[1]
    assert (None if first is None or first == CONTEXT_PLACE else mentions[first].text) == about


def test_what_an_organ_does_ends_with_its_sentence() -> None:
    assert subjects("[A:甲部]组织12个工作组。目前，项目已开工40个。", place="中国") == [0, CONTEXT_PLACE]


def test_without_a_jurisdiction_nothing_is_guessed() -> None:
    assert subjects("受理投诉案件89件。", place=None) == [None]
    assert subjects("受理投诉案件89件。") == [CONTEXT_PLACE]


def test_later_values_of_a_sentence_share_the_subject() -> None:
    assert subjects("[W:甲河]全长86公里，流域面积1200平方公里。\n全市建成水库3座。") == [0, 0, CONTEXT_PLACE]


def test_a_place_before_a_programme_is_the_subject() -> None:
    assert subjects("[P:乙省][G:甲北攻坚战]任务量占全国近一半。", place="中国") == [0]


def test_parks_of_all_kinds_in_the_nation() -> None:
    assert subjects("[P:乙市]有公园20个。全国各类公园达6.5万个。", place="中国") == [0, CONTEXT_PLACE]


def test_a_share_of_the_nation_is_about_the_place() -> None:
    assert subjects("[P:乙县]有企业1200家，全国占比29%。") == [0, 0]


def test_national_figures_are_not_about_the_place_named_before() -> None:
    assert subjects("[P:乙县]完成造林3万亩。\n全国森林覆盖率达到25%。") == [0, None]


def test_each_value_has_a_subject_in_range() -> None:
    text = "[P:乙县]建成公园12个。" * 30
    found = subjects(text)
    assert all(s is None or -1 <= s < 30 for s in found)


@pytest.mark.parametrize(("marked", "expected"), [
    ("[P:乙县]、[P:丙县]和[P:丁县]建成泵站6座、4座和9座。", [(6, "乙县"), (4, "丙县"), (9, "丁县")]),
    ("[P:乙县]、[P:丙县]建成泵站6座、水闸4座和涵洞9座。", [(6, None), (4, None), (9, None)]),
    ("[P:乙县]、[P:丙县]分别建成泵站6座、4座。", [(6, "乙县"), (4, "丙县")]),
    ("新增梯田60万亩，[P:乙县]、[P:丙县]各30万亩。", [(60e4, None), (30e4, "乙县"), (30e4, "丙县")]),
    ("新增梯田60万亩，[P:乙县]、[P:丙县]30万亩。", [(60e4, None), (30e4, None)]),
    ("[W:甲江]、[W:乙江]水质保持Ⅱ类。", [(2, "甲江"), (2, "乙江")]),
    ("[W:甲江]、[W:乙江]和[W:丙江]交汇处水质为Ⅱ类。", [(2, "甲江")]),
    ("[P:乙县]、[P:丙县]两县各造林30万亩。", [(30e4, "乙县"), (30e4, "丙县")]),
    ("[P:乙县]、[P:丙县]两县共造林30万亩。", [(30e4, None)]),
    ("[W:甲江]、[W:乙江]水质由Ⅳ类升至Ⅲ类。", [(4, "甲江"), (4, "乙江"), (3, "甲江"), (3, "乙江")]),
    ("[P:乙县]、[P:丙县]绿化率均达到60%。", [(60, "乙县"), (60, "丙县")]),
])
def test_what_several_have_each_or_together(marked: str, expected: list[tuple[float, str | None]]) -> None:
    text, mentions = parse(marked)
    doc = segment(Document("a.txt", text, ""))
    context = Context(place="甲市", year=2024)
    values = find_values(doc, mentions=mentions, context=context)
    subjects = find_subjects(doc, values, mentions=mentions, context=context)
    names = [None if at is None or at == CONTEXT_PLACE else mentions[at].text for at in subjects]
    assert [(v.value, name) for v, name in zip(values, names, strict=True)] == expected


def test_names_of_values_leave_their_owners_out() -> None:
    for marked, name in (("[P:乙县]、[P:丙县]两县造林30万亩。", "造林"), ("[A:乙市委]、[A:市政府]累计投资7亿元。", "投资"),
                         ("[P:乙县]至[P:丙县]年送电量30亿度。", "乙县至丙县年送电量"), ("财政支持[P:乙县]、[P:丙县]建设泵站9座。", "建设泵站"),
                         ("[A:甲局]向[W:乙湖]下泄生态水3亿立方米。", "下泄生态水"), ("[A:甲局]向[P:乙县]介绍泵站9座。", "乙县介绍泵站")):
        text, mentions = parse(marked)
        found = find_values(segment(Document("a.txt", text, "")), mentions=mentions, context=Context(place="甲市", year=2024))
        assert [v.indicator for v in found] == [name]
