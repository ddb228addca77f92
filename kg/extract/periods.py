"""When a figure holds: the time nearest to it, else what its sentence, its paragraph, the title or the context year give."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.extract import indicators
from kg.extract.amounts import Amount
from kg.extract.times import Time, find_times
from kg.model import Kind

_HYPOTHESIS = re.compile("(?:建成|投产|运行|达产|完工|通水|投用|投运|实施)后[^。;]{0,30}$|每年(?:可|能|约|造)|年均可|年可|设计")
_STATE = re.compile("(?:率|比例|比重|占比|浓度|盖度|覆盖度|指数|能力|天数|保有量|蓄积量?|储量|总量|资源量|水位|供水量|耕地面积|水体面积|水域面积|湿地面积|湿地"
                    "|得分|满意度)$")


class Calendar:
    """The times of one document and the rules by which a number takes one of them."""

    def __init__(self, text: str, title: str, year: int | None) -> None:
        self._text, self._year = text, year
        self._times = [t for t in find_times(text, year) if not t.baseline]
        self._starts = [t.start for t in self._times]
        self._title = self._title_period(title)

    def _title_period(self, title: str) -> str | None:
        """The period that the title of a plan covers (“十四五”…规划, …行动计划(2022—2025年))."""
        ranges = [t.period for t in find_times(title, self._year) if "/" in t.period]
        return ranges[-1] if ranges else None

    def period(self, low: int, amount: Amount, name: str, kind: Kind, number: int, left: str) -> str | None:
        """The period of an amount in the sentence that begins at `low`, None where nothing tells it."""
        if indicators.pattern("constant").search(name) and not self._between(amount.start - 8, amount.start):
            return self._title if kind == "target" and not indicators.pattern("investment").search(name) else None
        if _HYPOTHESIS.search(self._text[low:amount.start]):
            return None
        time = self._nearest(low, amount)
        if time is not None:
            return None if time.vague else self._stated(time, kind)
        if kind == "target" and self._title:
            return self._title
        carried = self._carried(low)
        if carried is not None:
            return self._stated(carried, kind)
        if kind == "result" and self._year and (_STATE.search(name) or amount.dimension in ("concentration", "ratio", "rank")):
            return str(self._year)
        return str(self._year) if kind == "change" and amount.dimension in ("ratio", "points") and self._year else None

    def _stated(self, time: Time, kind: Kind) -> str:
        return time.deadline if kind == "target" and time.deadline else time.period

    def _between(self, start: int, end: int) -> bool:
        return any(start <= t.start < end for t in self._times)

    def _nearest(self, low: int, amount: Amount) -> Time | None:
        """The last time before the amount in its sentence, else the first one behind it in the same sentence."""
        at = bisect_left(self._starts, amount.start)
        if at and self._times[at - 1].start >= low:
            return self._times[at - 1]
        if at < len(self._times):
            after = self._times[at]
            gap = self._text[amount.end:after.start]
            if len(gap) <= 40 and not re.search(r"[。;\n]", gap) and after.reach != "clause" and not after.vague:
                return after
        return None

    def _carried(self, low: int) -> Time | None:
        """A time of an earlier sentence of the paragraph that still holds."""
        at = bisect_left(self._starts, low)
        paragraph = self._text.rfind("\n", 0, low) + 1
        if not at or self._times[at - 1].start < paragraph:
            return None
        time = self._times[at - 1]
        if time.reach != "paragraph" or time.vague or "/" in time.period:
            return None
        return time
