"""Units and counter words: how they are written, and what they are normalised to (`seeds/gazetteer/units.tsv`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.tables import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """One way to write a unit: `factor` multiplies the number into `unit`; `not_before` starts another word."""

    written: str
    unit: str
    factor: float
    dimension: str
    not_before: tuple[str, ...] = ()


PER: dict[str, str] = {"秒": "s", "小时": "h", "日": "d", "天": "d", "年": "a", "立方米": "m³", "方": "m³", "吨": "t", "亩": "亩",
                       "升": "L", "公顷": "ha", "平方米": "m²", "平方公里": "km²", "千克": "kg", "公斤": "kg", "公里": "km"}
"""Divisors written before the number (每立方米2.4元)."""
TIMELESS_PER = ("年",)
"""每年 says how often, and the unit stays as it is (每年可供水2.37亿立方米)."""
DAILY = ("t", "m³", "L", "kg", "CNY", "千瓦时", "度")
"""Units of capacities, which 每天 makes ones of a day (每天5万吨); the rest stay as they are (每天治沙800亩)."""


RANKS: dict[str, str] = {"目": "(?=\\d)", "科": r"(?=\d)|(?<=\d目\d科)|(?<=\d目\d\d科)|(?<=\d目\d\d\d科)"}
"""Orders and families count only in a chain of ranks of living things (12目31科76种鸟类)."""
SCALED_ONLY = ("度",)
"""度 counts electricity only after 万 or 亿; else it is an angle or a temperature (二十五度以上陡坡)."""


@cache
def units() -> dict[str, Unit]:
    """All units by the way they are written.

    >>> units()["微克/立方米"].unit, units()["亩"].dimension
    ('µg/m³', 'area')
    """
    return {row[0]: Unit(row[0], row[1], float(row[2]), row[3], tuple(s for s in row[4].split("|") if s))
            for row in rows("kg_gazetteer", "units.tsv")}


@cache
def unit_pattern() -> str:
    """A regular expression for any unit, the longest first, on folded text."""
    parts = []
    for unit in sorted(units().values(), key=lambda u: (-len(u.written), u.written)):
        after = "(?![A-Za-z])" if unit.written[-1].isascii() and unit.written[-1].isalpha() else ""
        other = f"(?!{'|'.join(map(re.escape, sorted(set(unit.not_before))))})" if unit.not_before else ""
        scaled = "(?<=[万亿])" if unit.written in SCALED_ONLY else ""
        chained = f"(?:{RANKS[unit.written]})" if unit.written in RANKS else ""
        parts.append(scaled + re.escape(unit.written) + chained + after + other)
    return "|".join(parts)


def per(unit: str, divisor: str) -> str:
    """The unit of a number that stands after 每秒, 每立方米 and the like.

    >>> per("CNY", "立方米"), per("m³", "秒"), per("µg", "立方米"), per("m³", "年"), per("t", "天"), per("亩", "天")
    ('CNY/m³', 'm³/s', 'µg/m³', 'm³', '吨/日', '亩')
    """
    if divisor in TIMELESS_PER or (divisor in ("天", "日") and unit not in DAILY):
        return unit
    named = units().get(f"吨/{divisor}") if unit == "t" else None
    return named.unit if named else f"{unit}/{PER[divisor]}"
