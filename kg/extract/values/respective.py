"""Lists whose members answer one another: A、B和C分别为1、2和3."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kg.extract.values.amounts import Amount
from kg.extract.values.indicators import without_links
from kg.extract.values.wording import measured, pattern
from kg.tables import rows

MOST = 100
"""Amounts of one sentence at most; a longer one is a table."""

_GAP = re.compile(r" ?(?:、|和|及|与|以及|,) ?")
_COME_TO = re.compile("(?:增长|增加|提高|上升|下降|降低|减少|扩大|提升|恢复|[升降增减])(?:到|至|为)了?")
_PARTS = re.compile(r"、|和|及(?!以)|与|以及")
_PLACE = re.compile("^.{1,8}?(?:省|市|县|区|州|旗|盟|流域|河|江|湖|水库|断面)(?!级)")
_NOBODY: Mapping[int, int] = {}
_LEADING = re.compile("^(?:其中|我国|全国|全省|全市|将|把|对|使|,)+")
_RATE = re.compile("(?:[一-鿿]{2}化|[一-鿿]{2})率$")
_TWO_SIDED = re.compile("(.*)(产销|产需|进出口|供需|收支|投入产出)(量|额|值)?$")
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]{1,3}(?:项|种|个|类|大)(?:主要)?(?:污染物|指标|因子|地区|城市|流域|行业)?")


@cache
def _pollutant() -> re.Pattern[str]:
    names = {n for row in rows("kg_gazetteer", "pollutants.tsv") for n in (row[0], *row[1].split("|")) if n}
    return re.compile("^(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?:\([^()]{1,12}\))?")


def respective_names(text: str, low: int, amounts: Sequence[Amount], owners: Mapping[int, int] = _NOBODY) -> dict[int, str]:
    """The name of each amount (by its place in `amounts`, which stand in one sentence beginning at `low`) that 分别 assigns.

    >>> from kg.extract.values.amounts import find_amounts
    >>> t = "PM10和PM2.5平均浓度分别为60、28微克/立方米,同比分别下降5%、3%"
    >>> respective_names(t, 0, find_amounts(t))
    {0: 'PM10平均浓度', 1: 'PM2.5平均浓度', 2: 'PM10平均浓度', 3: 'PM2.5平均浓度'}
    """
    names: dict[int, str] = {}
    latest: list[str] = []
    if not 2 <= len(amounts) <= MOST:
        return names
    for at in (m.start() for m in re.finditer("分别", text[low:amounts[-1].end])):
        run = _run(text, low + at, amounts)
        if len(run) < 2:
            continue
        own = _names(text, low, low + at, len(run), amounts, owners)
        told = without_links(text[low + at + 2:amounts[run[0]].outer_start])
        if len(told) >= 2 and all(_owns(text, low, low + at, name, owners) for name in own):
            own = [told] * len(own)
        chosen = own or (latest if len(latest) == len(run) else [])
        if chosen:
            names.update(zip(run, chosen, strict=True))
            latest = chosen
            after = _list(text, run[-1] + 1, amounts)
            if len(after) == len(run) and _COME_TO.fullmatch(text[amounts[run[-1]].outer_end:amounts[after[0]].outer_start]):
                names.update(zip(after, chosen, strict=True))
    return names


def _run(text: str, at: int, amounts: Sequence[Amount]) -> list[int]:
    """The amounts that follow 分别 and one another without other words between."""
    run: list[int] = []
    for number, amount in enumerate(amounts):
        if amount.start < at or (run and not _GAP.fullmatch(text[amounts[run[-1]].outer_end:amount.outer_start])):
            if run:
                break
            continue
        if not run and amount.start - at > 30:
            break
        run.append(number)
    return run


def _list(text: str, first: int, amounts: Sequence[Amount]) -> list[int]:
    """The amounts from `first` on that follow one another without other words between."""
    found = list(range(first, min(first + 1, len(amounts))))
    while found and found[-1] + 1 < len(amounts) \
            and _GAP.fullmatch(text[amounts[found[-1]].outer_end:amounts[found[-1] + 1].outer_start]):
        found.append(found[-1] + 1)
    return found


def _names(text: str, low: int, at: int, count: int, amounts: Sequence[Amount], owners: Mapping[int, int]) -> list[str]:
    start = max([low, *(a.outer_end for a in amounts if a.outer_end <= at)])
    clause = re.split(r"[,;:。\n]", text[start:at])[-1]
    clause = _LEADING.sub("", re.sub(r"(?:同比|环比|较[^,]{0,12}|(?<![占对])比(?![例重值])[^,]{0,12}|也|均)$", "", clause))
    parts = [p for p in _PARTS.split(clause) if p.strip()]
    if len(parts) < count or count < 2:
        both = _TWO_SIDED.match(clause) if count == 2 else None
        return [both[1] + side + (both[3] or "量") for side in both[2][:2]] if both and len(both[2]) == 2 else []
    parts = [p.strip() for p in parts[-count:]]
    last = without_links(parts[-1])
    begin = text.rfind(parts[-1], start, at)
    named_to = owners.get(begin, begin) - begin
    found = None
    if 0 < named_to < len(last):
        tail = last[named_to:]
    elif found := _pollutant().match(last):
        tail = _COUNTED.sub("", last[found.end():], count=1)
    elif measured(last) and not all(measured(p) for p in parts[:-1]):
        named = _PLACE.match(last)
        tail = last[named.end():] if named else _measure(last)
    else:
        tail = ""
    stem = last[:found.end()] if found else last[:len(last) - len(tail)] if tail else last
    tail = without_links(tail) if tail else ""
    members = [_owner(p) for p in (*parts[:-1], stem)]
    return [m if m.endswith(tail) else m + tail for m in members]


def _owns(text: str, low: int, at: int, name: str, owners: Mapping[int, int]) -> bool:
    """Whether a name is nothing but that of an owner in text[low:at] (甲县、乙县 | 分别建成泵站)."""
    start = text.rfind(name, low, at)
    return start >= 0 and owners.get(start) == start + len(name)


def _measure(name: str) -> str:
    """The measured noun at the end of a name, with 平均 before it (新能源汽车产量 → 产量)."""
    found = _RATE.search(name) or re.search("(?:平均|年均|总)?" + pattern("measure", after="$").pattern, name)
    return found[0] if found and len(found[0]) < len(name) else ""


def _owner(part: str) -> str:
    """A member of the list without what stands before the pollutant in it (2023年全市PM10 → PM10)."""
    for start in range(len(part)):
        if found := _pollutant().match(part[start:]):
            return found[0] if start else part
    return part
