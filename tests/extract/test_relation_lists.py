"""Relations that stand in the layout of a document: divisions behind the one above them, signatures, lists under a heading of honour."""

import pytest

from kg.extract.claims.headed import headed
from kg.extract.claims.signed import labelled, signed
from kg.model import EntityType, Mention


def mention(text: str, form: str, kind: EntityType, entry: str | None = None, nth: int = 0) -> Mention:
    at = -1
    for _ in range(nth + 1):
        at = text.index(form, at + 1)
    return Mention(at, at + len(form), form, kind, entry=entry)


PLACES = {"甲省": "甲省", "乙市": "甲省/乙市", "乙市丙县": "甲省/乙市/丙县", "丁县": "甲省/乙市/丁县", "戊市": "己省/戊市"}


@pytest.mark.parametrize(("text", "heads", "inside"), [
    ("甲省:乙市丙县、丁县。", "甲省", ["乙市丙县", "丁县"]),
    ("  一、甲省(2个):乙市丙县,丁县。\n", "甲省", ["乙市丙县", "丁县"]),
    ("甲省:丁县,戊市。", "甲省", ["丁县"]),
    ("甲省强调:丁县要整改。", "甲省", []),
    ("甲省:\n丁县整改。", "甲省", []),
    ("督察组在甲省:丁县整改。", "甲省", []),
])
def test_divisions_behind_the_one_above_them(text: str, heads: str, inside: list[str]) -> None:
    forms = [heads, *(form for form in ("乙市丙县", "丁县", "戊市") if form in text)]
    mentions = [mention(text, form, "Place", PLACES[form]) for form in forms]
    assert [(r.subject, r.predicate, r.object) for r in headed(text, mentions)] == [(forms.index(form), "locatedIn", 0) for form in inside]


LETTER = "关于印发《节水规划》的通知\n各县:\n《节水规划》已经同意,现印发给你们。\n"


@pytest.mark.parametrize(("text", "programmes", "agencies", "expected"), [
    (f"{LETTER}市水利局\n市林业局\n2021年3月5日\n", ["节水规划"], ["市水利局", "市林业局"], {("市水利局", "节水规划"), ("市林业局", "节水规划")}),
    (f"{LETTER}市水利局 市林业局\n二○二一年三月五日\n", ["节水规划"], ["市水利局", "市林业局"], {("市水利局", "节水规划"), ("市林业局", "节水规划")}),
    (f"{LETTER}市水利局印发。2021年3月5日\n", ["节水规划"], ["市水利局"], set()),
    (f"{LETTER}市水利局\n2021年3月5日\n附件。\n市林业局\n2020年1月2日\n", ["节水规划"], ["市水利局", "市林业局"], {("市水利局", "节水规划")}),
    ("公告\n根据《水法》,我局编写了《节水指南》,现予发布。\n市水利局\n2021年3月5日\n", ["水法", "节水指南"], ["市水利局"], {("市水利局", "节水指南")}),
    ("市水利局\n2021年3月5日\n《节水指南》现予发布。\n", ["节水指南"], ["市水利局"], set()),
])
def test_who_signs_issues(text: str, programmes: list[str], agencies: list[str], expected: set[tuple[str, str]]) -> None:
    nth = 1 if text.startswith("关于印发") else 0
    mentions = [mention(text, form, "Programme", nth=nth) for form in programmes] + [mention(text, form, "Agency") for form in agencies]
    found = {(mentions[r.subject].text, mentions[r.object].text) for r in signed(text, mentions, None)}
    assert found == expected


def test_a_document_is_issued_by_its_signature_unless_its_title_names_what_it_repeals() -> None:
    for title, found in (("节水规划\n正文。\n市水利局\n2021年3月5日", 1), ("公告(废止《节水规划》)\n正文。\n市水利局\n2021年3月5日", 0)):
        mentions = [mention(title, "节水规划", "Programme"), mention(title, "市水利局", "Agency")]
        assert len(list(signed(title, mentions, 0))) == found


@pytest.mark.parametrize(("line", "agencies"), [
    ("【颁布单位】 市水利局, 市林业局", ["市水利局", "市林业局"]),
    ("发文机关:市水利局 联系人:市林业局办公室", ["市水利局"]),
    ("发布单位应当报市水利局备案", []),
])
def test_who_the_page_names_as_the_origin_issues(line: str, agencies: list[str]) -> None:
    text = f"节水规划\n{line}\n"
    forms = [form for form in ("市水利局", "市林业局") if form in line]
    mentions = [mention(text, "节水规划", "Programme"), *(mention(text, form, "Agency") for form in forms)]
    assert [mentions[r.subject].text for r in labelled(text, mentions, 0)] == agencies
    assert list(labelled(text, mentions, None)) == []
