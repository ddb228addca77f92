"""Names in pinyin, for people who type without Chinese characters."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from pypinyin import lazy_pinyin, load_phrases_dict

_READINGS = {
    "崆峒": "kong tong", "浚县": "xun xian", "洪洞县": "hong tong xian", "郫都": "pi du", "涡阳": "guo yang", "单县": "shan xian",
    "会稽": "kuai ji", "宕昌": "tan chang", "长治市": "chang zhi shi", "珲春": "hun chun", "什邡": "shi fang", "筠连": "jun lian",
    "荥经": "ying jing", "繁峙": "fan shi", "解州": "xie zhou", "大城县": "dai cheng xian", "长效": "chang xiao", "还林": "huan lin",
    "还草": "huan cao", "还湿": "huan shi", "还湖": "huan hu",
}
"""Readings of names and words of the field that the library's dictionary lacks."""

load_phrases_dict({phrase: [[syllable] for syllable in reading.split()] for phrase, reading in _READINGS.items()})


@lru_cache(maxsize=65536)
def pinyin_of(name: str) -> tuple[str, str]:
    """A name in pinyin without tones, and its initials.

    >>> pinyin_of("重庆市“PM2.5”方案")
    ('chong qing shi pm2.5 fang an', 'cqspfa')
    >>> pinyin_of("崆峒区退耕还林工程")[0]
    'kong tong qu tui geng huan lin gong cheng'
    """
    syllables = lazy_pinyin(normalize("NFKC", name), errors=_words)  # type: ignore[arg-type]
    return " ".join(syllables).lower(), "".join(syllable[0] for syllable in syllables).lower()


def _words(text: str) -> list[str]:
    return "".join(ch if ch.isalnum() or ch == "." else " " for ch in text).replace(". ", " ").strip(" .").split()
