"""Sentences as shapes: symbols, what falls away, anaphors, clauses and offsets."""

import pytest

from kg.extract.claims.shapes import SYMBOLS, Mentions, evidence, shape
from kg.model import EntityType, Mention

LETTER = {symbol: letter for letter, symbol in zip("APWJL", SYMBOLS.values(), strict=True)}


def spots(text: str, *names: tuple[str, EntityType]) -> list[Mention]:
    return [Mention(text.index(name), text.index(name) + len(name), name, kind) for name, kind in names]


def drawn(text: str, mentions: list[Mention]) -> str:
    one = shape(text, 0, len(text), Mentions(mentions, text))
    return "".join(LETTER.get(c, c) for c in one.text)


@pytest.mark.parametrize(("text", "names", "expected"), [
    ("省厅印发《护林令》。", [("省厅", "Agency"), ("护林令", "Programme")], "A印发P。"),
    ("县局(下称甲局)开展“清滩行动”", [("县局", "Agency"), ("清滩行动", "Programme")], "A开展P"),
    ("(市人大第一次会议通过)", [("市人大", "Agency")], "(A第一次会议通过)"),
    ("乌江和清水江交汇", [("乌江", "WaterFeature"), ("清水江", "WaterFeature")], "W和W交汇"),
    ("北塘水闸完工,该工程位于滨海县", [("北塘水闸", "Project"), ("滨海县", "Place")], "J完工,J位于L"),
    ("实施护林条例。该条例有效", [("护林条例", "Programme")], "实施P。P有效"),
    ("该工程先于任何名字", [], "该工程先于任何名字"),
])
def test_shape(text: str, names: list[tuple[str, EntityType]], expected: str) -> None:
    assert drawn(text, spots(text, *names)) == expected


def test_offsets_lead_back_to_the_text() -> None:
    text = "近日,省厅(以下简称厅)印发《护林令》,成效明显。"
    mentions = spots(text, ("省厅", "Agency"), ("护林令", "Programme"))
    one = shape(text, 0, len(text), Mentions(mentions))
    at = one.text.index(SYMBOLS["Programme"])
    assert text[one.starts[at]:one.ends[at]] == "护林令"
    assert one.titled(at)
    assert one.members(0, len(one.text)) == (0, 1)
    start, end = evidence(one, text, at, at + 1)
    assert text[start:end] == "省厅(以下简称厅)印发《护林令》"


def test_overlapping_mentions_are_read_once() -> None:
    text = "长湖县政府发布"
    mentions = [Mention(0, 3, "长湖县", "Place"), Mention(0, 5, "长湖县政府", "Agency"), Mention(3, 5, "政府", "Agency")]
    assert drawn(text, mentions) == "A发布"
