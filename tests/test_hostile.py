"""Texts that nobody writes in good faith take no longer than their length."""

import time

import pytest

import kg

TEXTS = {
    "a title that repeats a character": "甘肃省水利厅印发《" + "长" * 10_000 + "规划》。",
    "a title that repeats a word": "《" + "治理" * 5_000 + "方案》印发。",
    "open marks": "《" * 5_000 + "（" * 5_000,
    "one sentence": "泾河、" * 5_000 + "。",
    "numbers": "1" * 2_000 + "%，" + "3.5万吨" * 500,
    "organs": "省委、" * 3_000 + "印发通知。",
    "connectives": "会同" * 3_000 + "和" * 3_000,
    "spaces": "甘 肃 省　" * 3_000,
    "places": "甘肃省" * 600 + "平凉市" * 400,
    "Latin": "a" * 20_000 + " " + "B2" * 5_000,
    "years": "2024年" * 3_000,
    "heads": "一、" * 5_000 + "第一条" * 3_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_takes_seconds_at_most(text):
    kg.extract("泾河流经平凉市。")
    before = time.process_time()
    kg.extract(text)
    assert time.process_time() - before < 8
