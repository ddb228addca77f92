"""Sentences with their mentions marked → relations."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.extract.claims.relations import find_relations
from kg.model import CONTEXT_PLACE, MODALITIES, Context, Document, Mention, RelationMention
from kg.text.segment import segment

KINDS = {"A": "Agency", "P": "Programme", "W": "WaterFeature", "J": "Project", "L": "Place", "l": "Place"}
PLACE = Context(place="澄江市", place_id="云南省/玉溪市/澄江市", chain=("云南省", "玉溪市", "澄江市"))
TABLE = Path(__file__).parents[1] / "specs" / "relations.tsv"


def marked(sentence: str) -> tuple[str, list[Mention]]:
    """`[A市政府]印发…` → the text and its mentions."""
    text, mentions = "", []
    for part in re.split(r"(\[[APWJLl][^\]]+\])", sentence):
        body = part[2:-1] if part.startswith("[") else part
        if part.startswith("["):
            mentions.append(Mention(len(text), len(text) + len(body), body, KINDS[part[1]], deictic=part[1] == "l"))  # type: ignore[arg-type]
        text += body
    return text, mentions


def read(sentence: str, context: Context = PLACE) -> tuple[str, list[Mention], tuple[RelationMention, ...]]:
    text, mentions = marked(sentence)
    return text, mentions, find_relations(segment(Document("a.txt", text, "0")), mentions=mentions, context=context)


def triples(sentence: str, context: Context = PLACE) -> set[str]:
    _, mentions, found = read(sentence, context)

    def name(index: int) -> str:
        return "<place>" if index == CONTEXT_PLACE else mentions[index].text

    stated = (r for r in found if not r.implicit and r.modality not in ("negated", "prohibited"))
    return {f"{name(r.subject)}|{r.predicate}|{name(r.object)}" for r in stated}


def cases() -> list[tuple[str, set[str]]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(row["sentence"], set(filter(None, (row["expected"] or "").split(";")))) for row in csv.DictReader(lines, delimiter="\t")]


@pytest.mark.parametrize(("sentence", "expected"), cases())
def test_sentence(sentence: str, expected: set[str]) -> None:
    assert triples(sentence) == expected


def test_the_subject_of_an_earlier_sentence_goes_on() -> None:
    text = "[A州委]、[A州政府]召开会议部署整改。及时制定印发了《[P洱海整改方案]》。"
    assert triples(text) == {"州委|issues|洱海整改方案", "州政府|issues|洱海整改方案"}


def test_what_a_place_puts_out_it_implements() -> None:
    assert triples("[A丽水市人民政府]:\n[L丽水市]出台《[P瓯江保护方案]》。") == {"丽水市|implements|瓯江保护方案"}


def test_the_government_addressed_issues() -> None:
    text = "[A丽水市人民政府]:\n请[l你市]编制《[P瓯江保护方案]》。"
    assert triples(text, Context(place="丽水市")) == {"丽水市人民政府|issues|瓯江保护方案"}


def test_the_agency_of_the_headline_speaks_on() -> None:
    text = "[A省水利厅]全力推进河湖治理\n\n今年以来,在全国率先出台《[P岸线管控办法]》,深入开展[P清河行动]。\n"
    assert triples(text) == {"省水利厅|issues|岸线管控办法", "省水利厅|implements|清河行动"}


def test_the_own_programme_of_a_document() -> None:
    text = "[P洪湖保护条例]\n第一条 根据《[P湿地保护法]》,制定本条例。\n第二条 本条例适用于[L洪湖市]和[L监利市]。\n"
    found = triples(text)
    assert {"洪湖保护条例|basedOn|湿地保护法", "洪湖保护条例|covers|洪湖市", "洪湖保护条例|covers|监利市"} <= found


def test_the_scope_of_a_document() -> None:
    text = "[P白马湖保护条例]\n第二条 [l本市]行政区域内[W白马湖]的治理和利用,适用本条例。\n第九条 [A市人大常委会]对本条例的实施进行监督检查。\n"
    assert triples(text) == {"白马湖保护条例|covers|白马湖", "白马湖保护条例|covers|本市", "市人大常委会|supervises|白马湖保护条例"}


def test_the_date_line_of_a_regulation() -> None:
    text = "[P九龙江保护办法]\n(2020年6月3日[A漳州市人民代表大会常务委员会]第十次会议通过)\n"
    assert triples(text) == {"漳州市人民代表大会常务委员会|issues|九龙江保护办法"}


def test_a_regulation_amended_and_approved() -> None:
    text = "[P沱河条例]\n2004年[A宿州市人民代表大会常务委员会]第九次会议修订\n"
    assert triples(text) == {"宿州市人民代表大会常务委员会|issues|沱河条例"}
    text = "[A宿州市人民代表大会常务委员会]第九次会议通过并经[A安徽省人民代表大会常务委员会]第三次会议批准的《[P修改沱河条例的决定]》第一次修正"
    assert triples(text) == {"宿州市人民代表大会常务委员会|issues|修改沱河条例的决定"}


def test_the_title_of_a_document_names_who_issues_it() -> None:
    text = "[P省水利厅 省林业局关于湿地修复的意见]\n[A省水利厅]、[A省林业局]提出要求。"
    assert triples(text) == {"省水利厅|issues|省水利厅 省林业局关于湿地修复的意见", "省林业局|issues|省水利厅 省林业局关于湿地修复的意见"}


def test_what_a_plan_demands_its_publisher_does_not_issue() -> None:
    text = "[P清河实施意见]\n[A省林业局]\n制定《[P林长清单]》,压实责任。"
    assert triples(text, Context(place="中国", publisher="省林业局")) == set()
    assert "省林业局|issues|清河实施意见" in triples("[A省林业局]\n现将《[P清河实施意见]》印发给你们。", Context(place="中国", publisher="省林业局"))


def test_items_of_a_list_have_the_subject_of_the_line_before() -> None:
    text = "[A市河长办]履行下列职责:\n(一)落实[P巡河制度];\n(二)推动[J西溪清淤工程]。\n三、其他\n"
    assert triples(text) == {"市河长办|implements|巡河制度", "市河长办|implements|西溪清淤工程"}
    assert triples("施工单位应当遵守下列规定:\n(一)建立[P扬尘防治责任制];\n(二)实施[P洒水降尘制度]。\n") == set()


def test_items_that_no_line_introduces_stand_alone() -> None:
    text = "(一)强化组织。[A市整改办]统筹协调。\n(二)严格验收。认真执行[P销号办法]。\n"
    assert triples(text) == {"<place>|implements|销号办法"}


def test_a_list_under_a_heading_of_honour() -> None:
    text = "[A国家林草局]通知\n一、授予国家湿地公园称号(2处)\n1.[L云龙湖湿地]\n2.[L雾渡河湿地]\n二、其他\n3.[L野马川]\n"
    found = triples(text, Context(place="中国", publisher="国家林草局"))
    assert found == {"国家林草局|recognises|云龙湖湿地", "国家林草局|recognises|雾渡河湿地"}


def test_names_imply_relations() -> None:
    _, mentions, found = read("[L黟县]属皖南。[A黟县水利局]巡查[W漳水流域],[W漳水]水清。《[P黟县漳水条例]》已施行。")
    implied = {f"{mentions[r.subject].text}|{r.predicate}|{mentions[r.object].text}" for r in found if r.implicit}
    assert implied == {"黟县水利局|locatedIn|黟县", "漳水流域|partOf|漳水", "黟县漳水条例|covers|黟县"}


def test_a_form_that_borrows_its_head_is_the_parent_of_nothing() -> None:
    text = "衢州市、丽水市水利局联合巡河。衢州市柯城区水利局清淤。"
    spans = ((0, 3, "shared", "衢州市水利局"), (4, 10, "", None), (15, 24, "", None))
    mentions = [Mention(a, b, text[a:b], "Agency", name=name, rule=rule) for a, b, rule, name in spans]
    found = find_relations(segment(Document("a.txt", text, "0")), mentions=mentions, context=Context())
    assert not [r for r in found if r.predicate == "partOf"]
    whole = [Mention(m.start, m.end, m.text, "Agency") for m in mentions]
    assert (2, "partOf", 0) in {(r.subject, r.predicate, r.object)
                                for r in find_relations(segment(Document("a.txt", text, "0")), mentions=whole, context=Context())}


def test_a_bracket_of_responsibilities_is_one_piece_of_evidence() -> None:
    _, _, found = read("实施[P清河行动]。(责任单位:[A市水利局];配合单位:[A市财政局])\n")
    assert {(r.subject, r.rule) for r in found if r.subject >= 0 and not r.implicit} == {(1, "assigned"), (2, "assigned")}
    _, _, found = read("实施[P清河行动]。\n责任单位:[A市水利局]\n配合单位:[A市财政局]\n")
    assert {(r.subject, r.rule) for r in found if r.subject >= 0 and not r.implicit} == {(1, "assigned-line"), (2, "assigned-line")}


def test_what_a_plan_charges_somebody_with_is_required() -> None:
    text = "[P清河工作方案]\n1.由[L衢州市]牵头,编制《[P护岸规划]》,6月底前报省政府。\n2.[L丽水市]编制了《[P护滩规划]》。\n"
    _, mentions, found = read(text)
    assert {mentions[r.object].text: r.modality for r in found if r.predicate == "implements"} == {"护岸规划": "required", "护滩规划": "done"}


def test_a_name_implies_nothing_that_a_sentence_states() -> None:
    _, _, found = read("《[P漳水保护条例]》保护[W漳水]。")
    assert [(r.predicate, r.rule) for r in found if r.predicate == "covers"] == [("covers", "covers-treat")]
    _, _, found = read("[W漳水]水清。《[P漳水保护条例]》已施行。")
    assert [(r.predicate, r.rule) for r in found if r.predicate == "covers"] == [("covers", "named-covers")]


def test_what_a_title_states_stays_beside_the_signature() -> None:
    text = "[P省水利厅关于护河的通知]\n现予发布。\n[A省水利厅]\n2021年3月5日\n"
    _, _, found = read(text)
    assert {r.rule for r in found if r.predicate == "issues"} == {"named-issuer", "signed"}


def test_evidence_is_the_clauses_involved() -> None:
    text, _, found = read("天气转凉,[A县政府]印发《[P封山方案]》,各村响应。")
    assert [text[r.start:r.end] for r in found] == ["县政府印发《封山方案》"]


def test_modality_of_a_claim() -> None:
    _, _, found = read("[A县政府]尚未印发《[P封山方案]》。")
    assert [r.modality for r in found] == ["negated"]


def test_no_national_place_implements() -> None:
    assert triples("深入实施[P岸线复绿行动]。", Context(place="中国")) == set()


def test_a_sentence_of_hundreds_of_names_stays_small() -> None:
    names = "、".join(f"[L第{i}县]" for i in range(400))
    _, _, found = read(f"[A省厅]对{names}开展督导检查,会同{names.replace('[L', '[A')}实施[J引水工程]。")
    assert len(found) < 400


WORDS = ["印发", "根据", "制定本方案", "、", "和", ",", "。", "位于", "的", "会同", "对", "开展检查", "实施", "(", ")", "\n", "是", "支流"]
WORDS += ["在", "该工程", "授予2处:"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *(f"[{kind}名{i}]" for kind in "APWJLl" for i in range(3))]), max_size=40))
def test_any_text_gives_sound_relations(parts: list[str]) -> None:
    text, mentions, found = read("甲" + "".join(parts))
    for r in found:
        assert 0 <= r.start < r.end <= len(text)
        assert r.subject != r.object
        assert all(CONTEXT_PLACE <= i < len(mentions) for i in (r.subject, r.object))
        assert r.modality in MODALITIES
        assert r.rule


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="甲乙印发实施、,。的(《》", min_size=1, max_size=40),
       st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_any_mentions_are_survived(text: str, spans: list[tuple[int, int]]) -> None:
    mentions = [Mention(min(a, len(text)), min(a + b, len(text)), text[a:a + b], "Agency" if b % 2 else "Programme") for a, b in spans]
    for r in find_relations(segment(Document("a.txt", text, "0")), mentions=mentions, context=Context()):
        assert 0 <= r.start <= r.end <= len(text)


@pytest.mark.parametrize(("text", "modality"), [
    ("[P清水行动方案]\n深入推进[P清河战]。", "required"),
    ("[P清水行动方案]\n“十三五”以来,深入推进[P清河战]。", "done"),
    ("[P清水行动方案]\n全面启动了[P清河战]。", "done"),
    ("[P清水行动报告]\n全面启动[P清河战]。", "done"),
    ("[A市水务局]强调,要巡查河道,开展[P清河战]。", "required"),
    ("[L临江市]要巡查河道。[A市水务局]开展[P清河战]。", "done"),
])
def test_tasks_of_a_plan_are_demanded(text: str, modality: str) -> None:
    _, mentions, found = read(text)
    assert {r.modality for r in found if r.predicate == "implements" and mentions[r.object].text == "清河战"} == {modality}


def test_lines_that_name_who_is_responsible_and_who_watches() -> None:
    text = ("实施[J清河治理工程]。\n责任单位:[A市水务局]、[A市林业局]\n督导单位:[A省水利厅]\n"
            "推进[P绿屏行动]。\n牵头单位:[A市林业局]\n配合单位:[A市财政局]\n")
    assert triples(text) >= {
        "市水务局|implements|清河治理工程", "市林业局|implements|清河治理工程", "省水利厅|supervises|市水务局", "省水利厅|supervises|市林业局",
        "市林业局|implements|绿屏行动"}
    assert not {"市财政局|implements|清河治理工程", "省水利厅|implements|清河治理工程", "省水利厅|supervises|市财政局"} & triples(text)
    assert triples("明确责任单位:[A市水务局]。") == set()


@pytest.mark.parametrize(("speech", "modality"), [
    ("会议强调，澄江市要抓好节水。统筹山水治理，打好碧水保卫战。", "required"),
    ("会议指出，各县必须守住底线。澄江市抓好整改。打好碧水保卫战。", "required"),
    ("会议指出，澄江市节水成绩明显。打好碧水保卫战。", "done"),
    ("会议指出，澄江市要抓好节水。近年来澄江市打响碧水保卫战。", "done"),
    ("澄江市要抓好节水。\n打好碧水保卫战。", "done"),
])
def test_what_a_speech_demands_is_required_to_the_end_of_its_paragraph(speech: str, modality: str) -> None:
    text = f"记者从澄江市获悉。\n{speech}\n"
    found = [r for r in kg.extract(text, place="澄江市").relations if r.predicate == "implements"]
    assert {r.modality for r in found} <= {modality}
    assert found or "\n" in speech


@pytest.mark.parametrize("line", ["1993年12月11日 林业部公布", "（1993年12月11日林业部第3号令发布）"])
def test_the_line_under_a_title_names_who_issued_it(line: str) -> None:
    found = kg.extract(f"森林公园管理办法\n\n{line}\n\n第一条 为了加强管理，制定本办法。\n")
    names = {e.id: e.name for e in found.entities}
    assert [(names[r.subject], r.predicate, names[r.object]) for r in found.relations if r.predicate == "issues"] == [
        ("林业部", "issues", "森林公园管理办法")]


def test_who_approved_does_not_issue() -> None:
    found = kg.extract("渔业管理办法\n\n1985年6月21日 国务院批准\n\n第一条 为了节水，制定本办法。\n")
    assert not [r for r in found.relations if r.predicate == "issues"]
