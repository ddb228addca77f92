"""Folded text → amounts: numbers with their units, comparators, ranges and ranks, whatever they measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.values import numerals
from kg.extract.values.units import PER, Unit, per, unit_pattern, units
from kg.model import Operator

PREFIXES: dict[str, Operator] = {
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "不得低于": ">=", "不得少于": ">=", "不应低于": ">=", "不应少于": ">=", "至少": ">=",
    "不得小于": ">=", "最低": ">=",
    "不超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=", "不得超过": "<=", "不得高于": "<=", "不应超过": "<=",
    "不应高于": "<=", "不应大于": "<=", "不应小于": ">=", "不得大于": "<=",
    "控制在": "<=", "至多": "<=", "最多": "<=", "最高": "<=", "未超过": "<=",
    "不突破": "<=", "不超": "<=",
    "低于": "<", "少于": "<", "小于": "<", "不足": "<", "不到": "<", "未满": "<",
    "高于": ">", "大于": ">", "多于": ">", "超过": ">", "突破": ">", "超": ">", "逾": ">", "超出": ">", "优于": ">", "高达": "=",
    "最高达": "=", "最低达": "=", "最大达": "=",
    "约": "~", "约为": "~",
    "大约": "~", "近": "~", "将近": "~", "接近": "~", "大概": "~", "约达": "~", "约占": "~", "约有": "~", "上": ">",
}
SUFFIXES: dict[str, Operator] = {
    "以上": ">=", "及以上": ">=", "或以上": ">=", "之上": ">=", "以内": "<=", "之内": "<=", "以下": "<=", "及以下": "<=", "左右": "~",
    "上下": "~", "多": ">", "余": ">",
}
PEOPLE = ("百姓", "群众", "人口", "儿女", "居民", "村民", "农民", "市民", "职工", "党员", "各族", "游客", "农牧民", "学生", "师生", "民众",
          "在校生", "移民", "观众", "志愿者", "从业者", "渔民", "牧民")

_SPACE = r" ?"
_RANGE = r" ?(?:--?|——?|–|~|至|到) ?"
_RANGE_GAP = re.compile(_RANGE)
_LIST_GAP = re.compile(r" ?(?:、|和|及|与|,|以及) ?")
_PREFIX = re.compile("(?<![节集公条契签迈跨站登])(?:" + "|".join(sorted(PREFIXES, key=len, reverse=True)) + r")[了到在至]? ?$")
_SUFFIX = re.compile(_SPACE + "(" + "|".join(sorted(SUFFIXES, key=len, reverse=True)) + ")"
                     "(?![样方边项种次元震名年下热量粮杭姚江干晖庆额款])")
_PER = re.compile("每(" + "|".join(sorted(PER, key=len, reverse=True)) + r")(?:仅|约|达|不超过|不低于|为)?$")
_SUBSTANCES = ("标准煤", "标煤", "二氧化碳")
_SAVED = re.compile("(?:节约|节省|替代|减少|消耗|少用|减排|吸收|固定|封存|少烧)了?(?:约|近|超|超过)? ?$")
_QUOTED = re.compile(r"(?=[《〈“「‘\"(〔\[h])(?:《[^《》\n]{1,80}》|〈[^〈〉\n]{1,60}〉|[“「‘][^“”「」‘’\n]{1,12}[”」’]|\"[^\"\n\d]{1,12}\""
                     r"|\([^()\n]{0,12}[〔\[]\d{4}[〕\]][^()\n]{0,12}\)"
                     r"|[〔\[]\d{4}[〕\]]\d+号|https?://\S{1,200})")
_BESIDES = re.compile("(不(?:得|应)?(?:低于|少于|小于|高于|大于|超过))(?:了|其)?[^,。;:、\\d]{2,18}的$")
"""A bound that names what a share is of (不低于建成区面积的百分之二)."""
_PEOPLE_BEFORE = re.compile("(?:人口|人数)(?:已|约|近|超过?|突破|达到?|为)*$")
_SECTION = re.compile(r"(?:^|\n) *$")
_ORDINAL = r"[一二三四五六七八九十]{1,3}|\d{1,3}"
_CLOSED = r"(?=[,。;、)\s]|$)"
_RANK = re.compile(r"(?=[排位名列居升跃进上跻全世亚国西])(?:"
                   r"(?:排名|位居|位列|名列|列|居|排在|排|升至|跃居|跃升至|进入|上升到|跻身|位于)[^,。;、\n第前]{0,12}?"
                   r"|(?<!在)(?:全国|全省|全区|全市|全球|世界|亚洲|国内|西部)(?=第))(?P<from>倒数)?"
                   rf"(?:第(?P<rank>{_ORDINAL})(?:位|名|{_CLOSED})|(?P<top>前)(?P<within>{_ORDINAL})(?:位|名|强)?(?:行列|以内)?{_CLOSED})")
_FRACTION = re.compile(r"(?=\d{1,3}/|[零一二三四五六七八九十百千两]{1,6}分之)"
                       r"(?:(?<![\d./])(\d{1,3})/(\d{1,4})(?![\d/.]|页)|([零一二三四五六七八九十百千两]{1,6})分之"
                       r"([零一二三四五六七八九十百两]{1,8}(?:点[零一二三四五六七八九]{1,6})?))")
_HALF = re.compile("(?=[近过约超一])(?:(?<![经通越])(?:近|过|约|超过|超)(一?半)|(?<![另这那每一])(一半)(?=以上|左右|的|来自|[,。;、)]|$))"
                   "(?!导|岛|年|月|天|个|小时|山|坡|径)")
_DOUBLED = re.compile("(?:实现)?翻了?(?:([一两二三四])番|番(?!茄|阅))")
_CLASS = re.compile(r"(?=[ⅠⅡⅢⅣⅤIV1-5一二三四五]{1,4}类)"
                    r"(?<![劣第\dIVⅠ-Ⅴ])(?<![IVⅠ-Ⅴ一二三1-4][—\-~至到、])([ⅠⅡⅢⅣⅤ]|I{1,3}V?|VI?|[1-5一二三四五])类(?:及以上|或更好|以上)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at text[start:end]; `outer_start` and `outer_end` take in its comparators.

    `scaled` holds where the numeral bears 万 or 亿, `chinese` where it is written in characters.
    """

    start: int
    end: int
    value: float
    unit: str
    dimension: str
    operator: Operator = "="
    upper: float | None = None
    chinese: bool = False
    scaled: bool = False
    outer_start: int = 0
    outer_end: int = 0


@cache
def _token() -> re.Pattern[str]:
    people = "(?=(?:以[上下]|左右)?[一-鿿]{0,2}?(?:" + "|".join(PEOPLE) + "))"
    arabic = numerals.ARABIC + f"(?:{numerals.MORE}?{numerals.SCALE}{numerals.MORE}?|{numerals.MORE})?"
    chinese = f"[{numerals.MARKS}]{{1,18}}(?:点[零一二三四五六七八九]{{1,6}})?(?:{numerals.MORE}[万亿千百]?)?"
    first = "".join(sorted({u[0] for u in units()}))
    unit = f"(?=[{re.escape(first)}])(?:{unit_pattern()})"
    return re.compile(
        rf"(?<![A-Za-z0-9.])(?P<num>{arabic})(?:{_SPACE}(?P<unit>{unit})|(?P<people>(?<=[万亿多余]){people}))?"
        rf"|(?<![第唯统单专{numerals.MARKS}几数])(?P<znum>{chinese})(?:(?P<zunit>{unit})|(?P<zpeople>(?<=[万亿多余]){people})"
        rf"|(?P<zgap>至|到|—|-)(?P<zupper>{chinese})(?P<zupunit>{unit}))")


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Amounts of a folded text in text order; those inside titles, short quotations and document numbers are left out.

    >>> [(a.value, a.upper, a.unit, a.operator) for a in find_amounts("投入超4.06亿元,管控5-10公里,整治率不低于80%,外排1200多万吨")]
    [(406000000.0, None, 'CNY', '>'), (5.0, 10.0, 'km', '='), (80.0, None, '%', '>='), (12000000.0, None, 't', '>')]
    """
    hidden = bytearray(len(text))
    for match in _QUOTED.finditer(text):
        hidden[match.start():match.end()] = b"\1" * (match.end() - match.start())
    found = [*_fractions(text), *_halves(text), *_multiples(text), *_ranks(text), *_classes(text)]
    taken = bytearray(hidden)
    for amount in found:
        taken[amount.start:amount.end] = b"\1" * (amount.end - amount.start)
    plain = [a for a in _join(text, list(_tokens(text))) if 1 not in taken[a.start:a.end]]
    kept = [a for a in found if not hidden[a.start]] + plain
    return _shared(text, sorted((_compared(text, a) for a in kept), key=lambda a: (a.start, a.end)))


def _shared(text: str, amounts: list[Amount]) -> tuple[Amount, ...]:
    """The amounts with the comparator before the first of a list given to those after it (超过60%和80%)."""
    for i in range(1, len(amounts)):
        before, here = amounts[i - 1], amounts[i]
        if before.operator in (">", "<", "~") and here.operator == "=" and here.unit == before.unit and before.outer_end == before.end \
                and here.dimension == before.dimension and _LIST_GAP.fullmatch(text[before.end:here.start]):
            amounts[i] = replace(here, operator=before.operator)
    return tuple(amounts)


def _tokens(text: str) -> Iterator[Amount]:
    known = units()
    for match in _token().finditer(text):
        group = match.groupdict()
        written = group["num"] or group["znum"]
        value = numerals.value_of(written)
        if value is None:
            continue
        name = group["unit"] or group["zunit"] or group["zupunit"]
        end = match.end()
        if name and name.startswith("吨") and name.endswith(_SUBSTANCES) and _SAVED.search(text, max(0, match.start() - 8), match.start()):
            end, name = end - len(name) + 1, "吨"
        person = group["people"] is not None or group["zpeople"] is not None or (name is None and _counts_people(text, match.start(), end))
        unit = known[name] if name else Unit("", "人", 1, "count") if person else Unit("", "", 1, "none")
        if (match.start() and text[match.start() - 1] == "第") or (name and "." in written and _numbers_section(text, match)):
            continue
        upper = numerals.value_of(group["zupper"]) if group["zupper"] else None
        yield Amount(match.start(), end, _times(value, unit), unit.unit, unit.dimension,
                     ">" if re.search(numerals.MORE, written) else "=", None if upper is None else _times(upper, unit),
                     group["num"] is None, any(ch in numerals.LARGE for ch in written))


def _counts_people(text: str, start: int, end: int) -> bool:
    """Whether a number without a unit closes 受益人口1.7亿."""
    return text[end - 1] in "万亿" and _PEOPLE_BEFORE.search(text, max(0, start - 8), start) is not None


def _numbers_section(text: str, match: re.Match[str]) -> bool:
    """Whether a number opens a line and a blank parts it from the next word (7.2 本预案)."""
    return " " in match[0] and _SECTION.search(text, max(0, match.start() - 4), match.start()) is not None


def _times(value: float, unit: Unit) -> float:
    return float(f"{value * unit.factor:.12g}")


def _join(text: str, tokens: list[Amount]) -> list[Amount]:
    """Ranges (5-10公里, 20%—30%) become one amount; numbers of a list (27、47和18微克) take the unit at its end."""
    joined: list[Amount] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if before is not None and before.end <= token.start and before.upper is None and token.dimension != "none":
            gap = text[before.end:token.start]
            if before.unit in ("", token.unit) and _RANGE_GAP.fullmatch(gap) and not _from_to(text, before, gap):
                low = _lower(text, before, token)
                if low is not None and low < token.value:
                    joined[-1] = replace(token, start=before.start, value=low, upper=token.value)
                    continue
        joined.append(token)
    for i in range(len(joined) - 2, -1, -1):
        here, after = joined[i], joined[i + 1]
        if here.dimension == "none" and after.dimension not in ("none", "years") and _LIST_GAP.fullmatch(text[here.end:after.start]) \
                and not after.chinese and "别" in text[max(0, here.start - 60):here.start]:
            joined[i] = replace(here, unit=after.unit, dimension=after.dimension, value=here.value * (
                1e4 if after.scaled and not here.scaled and "万" in text[after.start:after.end] else 1))
    return [a for a in joined if a.dimension != "none" or _index(text, a)]


def _lower(text: str, before: Amount, token: Amount) -> float | None:
    """The lower bound takes 万 or 亿 from the upper where it has none of its own (3—5万元)."""
    written = text[token.start:token.end]
    if before.dimension == "none" and token.scaled and not before.scaled:
        return before.value * (1e8 if "亿" in written else 1e4)
    return before.value


def _from_to(text: str, before: Amount, gap: str) -> bool:
    if gap.strip() not in ("到", "至") or before.dimension == "none":
        return False
    return re.search("[从由自][^,。;]{0,8}$", text[max(0, before.start - 9):before.start]) is not None


def _index(text: str, amount: Amount) -> bool:
    return "." in text[amount.start:amount.end] and re.search("(?:指数|指标值|得分|pH值?)(?:平均)?(?:为|达到?|是|降至|升至|:)? ?$",
                                                             text[max(0, amount.start - 10):amount.start]) is not None


def _fractions(text: str) -> Iterator[Amount]:
    if "/" not in text and "分之" not in text:
        return
    for match in _FRACTION.finditer(text):
        if match[1]:
            below, above = float(match[2]), float(match[1])
        else:
            below, above = numerals.chinese_value(match[3]) or 0.0, numerals.chinese_value(match[4]) or 0.0
        if not below or above > below:
            continue
        unit = {"百": "%", "千": "‰"}.get(match[3] or "", "")
        value = above if unit else round(above / below, 4)
        if unit or above < below:
            yield Amount(match.start(), match.end(), value, unit, "ratio", chinese=bool(match[3]))


def _halves(text: str) -> Iterator[Amount]:
    for match in _HALF.finditer(text) if "半" in text else ():
        yield Amount(match.start(1 if match[1] else 2), match.end(), 50.0, "%", "ratio", ">" if match[0][0] in "过超" else "=")


def _ranks(text: str) -> Iterator[Amount]:
    """居全省第三 and 世界第一 are ranks; 进入全国前十 is one at most."""
    for match in _RANK.finditer(text) if "第" in text or "前" in text else ():
        value = numerals.value_of(match["rank"] or match["within"])
        if value is None:
            continue
        mark = match.start("top") if match["top"] else match.start("rank") - 1
        start = match.start("from") if match["from"] else mark
        yield Amount(start, match.end(), value, "", "rank", "<=" if match["top"] else "=")


def _multiples(text: str) -> Iterator[Amount]:
    """翻一番 is a growth by 100 %, 翻两番 one by 300 %."""
    for match in _DOUBLED.finditer(text) if "番" in text else ():
        times = numerals.DIGITS[match[1]] if match[1] else 1
        yield Amount(match.start(), match.end(), 100.0 * (2 ** times - 1), "%", "multiple")


def _classes(text: str) -> Iterator[Amount]:
    for match in _CLASS.finditer(text) if "类" in text else ():
        mark = match[1]
        value = numerals.ROMAN.get(mark) or numerals.DIGITS.get(mark) or (int(mark) if mark.isdigit() else None)
        if value:
            end = match.start() + len(mark) + 1
            yield Amount(match.start(), end, float(value), "类", "class", chinese=mark in numerals.DIGITS)


def _compared(text: str, amount: Amount) -> Amount:
    """The amount with the operator that stands before or after it (近, 不低于; 以上, 左右), and the divisor of 每立方米."""
    start, end, operator, unit = amount.start, amount.end, amount.operator, amount.unit
    if after := _SUFFIX.match(text, end):
        end, operator = after.end(), SUFFIXES[after[1]]
    before = _PREFIX.search(text, max(0, start - 7), start)
    if before and (before[0].strip() != "上" or text[start] in "百千万亿"):
        word = before[0].strip().rstrip("了到在至") if before[0].strip() not in PREFIXES else before[0].strip()
        start, operator = before.start(), operator if PREFIXES.get(word, "=") == "=" else PREFIXES[word]
        if word == "控制在" and text[end - 2:end] == "以上":
            operator = ">="
    if amount.dimension == "ratio" and text[start - 1:start] == "的" and (bound := _BESIDES.search(text, max(0, start - 26), start)):
        start, operator = bound.start(), PREFIXES.get(bound[1], ">=")
    if amount.dimension == "temperature" and text.endswith("零下", 0, start):
        start, amount = start - 2, replace(amount, value=-amount.value, upper=None if amount.upper is None else -amount.upper)
        operator = "<" if operator == ">" else operator
    if divisor := _PER.search(text, max(0, start - 8), start):
        start, unit = divisor.start(), per(unit, divisor[1])
    return replace(amount, outer_start=start, outer_end=end, operator=operator, unit=unit)
