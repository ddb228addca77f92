"""Folded text → times: years, ranges and deadlines that tell when a figure holds.

A period is a year (2024), a range (2021/2025) or a deadline date (2026-12-31); 今年 and 近三年 count from the context year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from kg.extract.values import numerals

Reach = Literal["clause", "sentence", "paragraph", "section"]

PLAN_PERIODS: dict[str, tuple[int, int]] = {
    "八五": (1991, 1995), "九五": (1996, 2000), "十五": (2001, 2005), "十一五": (2006, 2010), "十二五": (2011, 2015),
    "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030), "十六五": (2031, 2035),
}
CONGRESSES: dict[str, int] = {"十六大": 2002, "十七大": 2007, "十八大": 2012, "十九大": 2017, "二十大": 2022}
RELATIVE: dict[str, int] = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1,
                            "后年": 2}

_YEAR = r"(?P<{0}>(?:19|20)\d\d|[一二][〇零九一二三四五六七八]{{3}})"
_MONTH = r"(?P<month>1[0-2]|[1-9]|0[1-9]|十[一二]?|[一二三四五六七八九])"
_PLANS = "|".join(sorted(PLAN_PERIODS, key=len, reverse=True))
_PLAN = rf"(?:[“\"](?P<plan>{_PLANS})[”\"]|(?<![第月一二三四五六七八九十])(?P<bare>{_PLANS})(?=期|时期|末|以来|后[两二三]年))"
_REL = "(?P<rel>" + "|".join(sorted(RELATIVE, key=len, reverse=True)) + ")"
_END = r"(?P<end>年?底(?:之?前)?|年?末(?:之?前)?|年?内(?![容部涝陆外蒙]))"


@dataclass(frozen=True, slots=True)
class Time:
    """A time at text[start:end]. `deadline` is set beside `period` where the words name a last day.

    `reach` says how far it carries when no other time is given; `baseline` marks a year that is only compared with,
    `vague` words that give no year (近年来).
    """

    start: int
    end: int
    period: str
    deadline: str | None = None
    reach: Reach = "sentence"
    baseline: bool = False
    vague: bool = False

    @property
    def years(self) -> tuple[int | None, int | None]:
        """First and last year, None where the words give none."""
        parts = [int(part) for part in self.period.split("/") if part]
        return (parts[0], parts[-1]) if parts else (None, None)


def last_day(year: int, month: int = 12) -> str:
    """The last day of a month.

    >>> last_day(2026), last_day(2025, 4)
    ('2026-12-31', '2025-04-30')
    """
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


def _number(text: str | None) -> int | None:
    value = numerals.value_of(text) if text else None
    return None if value is None else int(value)


def _deadline(match: re.Match[str], year: int, month: int | None) -> str:
    """The day that a match names as the last one, else the last day of its month or year."""
    last = last_day(year, month or 12)
    day = int(match["day"] or 0) if month else 0
    return f"{last[:8]}{day:02d}" if 1 <= day <= int(last[8:]) else last


def _plain_year(match: re.Match[str], context: int | None) -> Time | None:
    year, month = _number(match["year"]), _number(match["month"])
    if year is None:
        return None
    opens = match.string[match.end():match.end() + 1] in tuple("至起到-—")
    ends = match["end"] or match["before"] or (month and not opens and context is not None and year >= context)
    deadline = _deadline(match, year, month) if ends else None
    return Time(match.start(), match.end(), str(year), deadline, "paragraph")


def _relative(match: re.Match[str], context: int | None) -> Time | None:
    if context is None:
        return None
    year, month = context + RELATIVE[match["rel"]], _number(match["month"])
    deadline = _deadline(match, year, month) if match["end"] or match["before"] or (month and RELATIVE[match["rel"]] > 0) else None
    return Time(match.start(), match.end(), str(year), deadline, "sentence" if RELATIVE[match["rel"]] else "paragraph")


def _since_last_year(match: re.Match[str], context: int | None) -> Time | None:
    return None if context is None else Time(match.start(), match.end(), f"{context - 1}/{context}")


def _since_century(match: re.Match[str], context: int | None) -> Time | None:
    return _range_to_now(match, 2001, context)


def _decade(match: re.Match[str], context: int | None) -> Time:
    first = int(f"{int(match['century']) - 1 if match['century'] else 19}{match['decade'][0]}0")
    return Time(match.start(), match.end(), f"{first}/{first + 9}")


def _span(match: re.Match[str], context: int | None) -> Time | None:
    first, last = _number(match["first"]), _number(match["last"])
    return Time(match.start(), match.end(), f"{first}/{last}", reach="paragraph") if first and last and first < last else None


def _range_to_now(match: re.Match[str], first: int | None, context: int | None) -> Time | None:
    if first is None or context is None or first > context:
        return None
    return Time(match.start(), match.end(), f"{first}/{context}" if first < context else str(context))


def _since(match: re.Match[str], context: int | None) -> Time | None:
    return _range_to_now(match, _number(match["year"]), context)


def _since_congress(match: re.Match[str], context: int | None) -> Time | None:
    return _range_to_now(match, next(year for name, year in CONGRESSES.items() if name in match[0]), context)


def _since_plan(match: re.Match[str], context: int | None) -> Time | None:
    return _range_to_now(match, PLAN_PERIODS[match["plan"] or match["bare"]][0], context)


def _plan(match: re.Match[str], context: int | None) -> Time | None:
    first, last = PLAN_PERIODS[match["plan"] or match["bare"]]
    part = match["part"] or ""
    if part.startswith("后"):
        count = _number(part[1]) or 2
        return Time(match.start(), match.end(), f"{last - count + 1}/{last}")
    if part.startswith("前"):
        return Time(match.start(), match.end(), f"{first}/{first + (_number(part[1]) or 2) - 1}")
    if part in ("末", "期末", "末期"):
        return Time(match.start(), match.end(), str(last), reach="paragraph")
    return Time(match.start(), match.end(), f"{first}/{last}", reach="paragraph")


def _years_back(match: re.Match[str], context: int | None) -> Time | None:
    count = _number(match["count"])
    if context is None or count is None or not 1 <= count <= 60:
        return None
    if count == 1:
        return Time(match.start(), match.end(), str(context - 1))
    return Time(match.start(), match.end(), f"{context - count}/{context}")


def _years_ago(match: re.Match[str], context: int | None) -> Time | None:
    count = _number(match["count"])
    if context is None or count is None or not 1 <= count <= 60:
        return None
    return Time(match.start(), match.end(), str(context - count))


def _years_ahead(match: re.Match[str], context: int | None) -> Time | None:
    count = _number(match["count"])
    if context is None or count is None or not 1 <= count <= 60:
        return None
    return Time(match.start(), match.end(), f"{context}/{context + count}")


def _month_end(match: re.Match[str], context: int | None) -> Time | None:
    month = _number(match["month"])
    if context is None or month is None or not 1 <= month <= 12:
        return None
    return Time(match.start(), match.end(), str(context), _deadline(match, context, month))


def _year_end(match: re.Match[str], context: int | None) -> Time | None:
    if context is None:
        return None
    return Time(match.start(), match.end(), str(context), None if match[0] == "年内" else last_day(context))


def _now(reach: Reach) -> Callable[[re.Match[str], int | None], Time | None]:
    def now(match: re.Match[str], context: int | None) -> Time | None:
        return None if context is None else Time(match.start(), match.end(), str(context), reach=reach)
    return now


def _unknown(match: re.Match[str], context: int | None) -> Time | None:
    start = match.start()
    while match[0] == "以来" and start and match.start() - start < 24 and match.string[start - 1] not in ",。;:!? \n\u3000":
        start -= 1
    return Time(start, match.end(), "", vague=True)


_HALF = r"(?:第?[一二三四1-4]季度|[上下]半年|前[一二三]季度|1?\d ?[-—~至到] ?1?\d月)?"
_DAY = rf"(?: ?{_MONTH} ?月(?:份|(?P<day>\d{{1,2}})日)?)?"
_BEFORE = "(?P<before>(?:之)?前|以前)?"
_COUNT = r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_START = "(?:召开|启动|实施|开始|成立|开展)?(?:以来|起|开始)(?!施行|执行|实施)"

Rule = Callable[[re.Match[str], int | None], Time | None]
RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple((re.compile(pattern), rule) for pattern, rule in (
    (_YEAR.format("first") + r"年?(?:--?|——?|–|~|至|到)" + _YEAR.format("last") + "年", _span),
    (r"(?:(?P<century>20|21)|上个?)世纪(?P<decade>\d0)年代", _decade),
    (_YEAR.format("year") + rf"年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:{_START}|[迄至]今)", _since),
    (_YEAR.format("year") + "年[一-鿿“”《》]{1,20}?以来", _since),
    ("(?<=自)" + _YEAR.format("year") + "年[一-鿿“”《》]{2,20},(?=迄今|至今)", _since),
    ("(?:" + "|".join(CONGRESSES) + f"){_START}", _since_congress),
    (f"{_PLAN}{_START}", _since_plan),
    (_YEAR.format("year") + rf" ?年度?{_HALF}{_DAY}(?:{_END})?{_BEFORE}", _plain_year),
    ("(?:本|新|21|二十一)世纪以来", _since_century),
    (r"(?:去年|上年)(?:\d{1,2}月份?)?以来", _since_last_year),
    (rf"{_REL}度?(?:以来)?{_HALF}{_DAY}(?:{_END})?{_BEFORE}", _relative),
    (f"{_PLAN}(?P<part>期间|时期|期末|末期|末|后[两二三]年|前[两二三四]年)?(?!规划|环境|生态|时代)", _plan),
    (rf"(?:近|过去|最近|前) ?{_COUNT} ?年(?:来|以来|间|中(?!国|央|部|游|心|小)|里)?(?!后)", _years_back),
    (rf"(?<![\d一二两三四五六七八九十多几余第]){_COUNT}年(?:之|以)?前(?![一-鿿]?期|提|置|后)", _years_ago),
    (rf"(?:今后|未来|接下来){_COUNT}年(?:内|间|里)?", _years_ahead),
    (rf"(?<![\d一二两三四五六七八九十多几第近]){_COUNT}年多?(?:来|间|(?=生态治理|治理|建设))(?!后)", _years_back),
    (rf"(?<!\d){_MONTH}月(?:底(?:之?前)?|末(?:之?前)?|份?前|(?P<day>\d{{1,2}})日(?:之?前))", _month_end),
    (r"年底(?:之?前)?|年末前|年内", _year_end),
    (r"截[至止](?:到)?(?:目前|当前|日前|现在)|前[一二三]季度|[上下]半年|[一二三四]季度|(?<!\d)1 ?[-—~至到] ?1?\d月份?", _now("paragraph")),
    (r"(?:今[春夏秋冬年]|入[春夏秋冬汛伏]|开[春年]|春节|汛期|本[月季轮次]|(?<!\d)(?:1[0-2]|[1-9])月(?:份|\d{1,2}日)?)[^,。;\d]{0,6}以来",
     _now("paragraph")),
    (r"目前|眼下|如今|今天(?=,|\(|凌晨|清晨|上午|下午|早|中午|晚|\d)|今早|今晨|昨[天日晚]"
     r"|当前|现阶段|现在|近日|近期|日前|本年度", _now("sentence")),
    (r"近年来|多年来|近些年|长期以来|[一二三四五六七八九十几数多百\d]{1,3}年前|以来", _unknown),
))
_COMPARED = re.compile(r"(?:(?<![占对])比(?![例重率值])|较|与|同|相比于?|相对于?)[^,。;:\d]{0,4}$")
_NOT_A_PERIOD = re.compile("(?:"
                           "相比|同期|的?基础|的[一二两三四五六七八九十\\d.]{1,5}(?:倍|分之)|基数|水平|的?价格|为基准|年?计划(?=的|内|数|任务|指标|完成率|[,。;、)]|$)|第[一二三四五六七八九十\\d]{1,3}[批届次])")


@lru_cache(maxsize=2)
def find_times(text: str, context: int | None, spans: tuple[tuple[int, int], ...] | None = None) -> tuple[Time, ...]:
    """Times of a folded text in text order, the earlier rule winning where two overlap; `context` is the year of 今年.

    With `spans` only those parts of the text are read.

    >>> [(t.period, t.deadline) for t in find_times("去年完成;到2027年达标,10月底前开工;“十四五”末建成;近三年投入", 2024)]
    [('2023', None), ('2027', None), ('2024', '2024-10-31'), ('2025', None), ('2021/2024', None)]
    """
    found: list[Time] = []
    for start, end in ((0, len(text)),) if spans is None else spans:
        found.extend(sorted(_found(text, context, start, end), key=lambda t: t.start))
    return tuple(found)


def paragraphs(text: str, offsets: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The lines of a text that hold the offsets (in rising order).

    >>> paragraphs("甲\\n乙丙\\n丁", [2, 3, 5])
    ((2, 4), (5, 6))
    """
    spans: list[tuple[int, int]] = []
    for offset in offsets:
        if not spans or offset >= spans[-1][1]:
            end = text.find("\n", offset)
            spans.append((text.rfind("\n", spans[-1][1] if spans else 0, offset) + 1 or (spans[-1][1] if spans else 0),
                          len(text) if end < 0 else end))
    return tuple(spans)


def _found(text: str, context: int | None, low: int, high: int) -> Iterator[Time]:
    taken = bytearray(high - low)
    for pattern, rule in RULES:
        for match in pattern.finditer(text, low, high):
            start, end = match.span()
            if 1 in taken[start - low:end - low] or _quoted(text, start):
                continue
            time = rule(match, context)
            if time is None:
                continue
            taken[start - low:end - low] = b"\1" * (end - start)
            compared = _COMPARED.search(text, max(0, start - 7), start) or _NOT_A_PERIOD.match(text, end)
            yield replace(time, baseline=True) if compared else time


def _quoted(text: str, start: int) -> bool:
    """Whether a time stands inside a quotation, as a part of its words (“到2030年零增长”)."""
    before = text[max(0, start - 14):start]
    return before.rfind("“") > before.rfind("”")
