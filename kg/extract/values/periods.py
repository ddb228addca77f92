"""When a figure holds: the time nearest to it, else what its sentence, its paragraph, the title or the context year give."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.extract.values import wording
from kg.extract.values.amounts import Amount
from kg.extract.values.times import Time, find_times, paragraphs
from kg.model import Kind

PARAGRAPH = 2000
"""Characters back at most that a time carries."""

_HYPOTHESIS = wording.pattern("finish", after="后[^。;]{0,30}$"
                         "|将(?:有效|直接|可|能够?|进一步)?(?:保障|满足|惠及|解决)[^。;]{0,40}$"
                         "|(?:每年(?:可|能|约|造)|年均可|年可)[^。;]{0,40}$"
                         "|设计[^,。;、]{0,12}$")
_MARKED = re.compile("(?<!未)已(?!知)|正在|正由|近期|全年|目前|现有|累计|全面(?!推)|顺利|(?<!形)成功|实现"
                     "|全部|达(?!标)|完成|办结|建成(?!后)|得到|成效"
                     "|划分为|划定|纳入")
_RUNNING = re.compile("连续[一二三四五六七八九十\\d]{1,3}年")
_ACTED = re.compile("(?:开展|进行|实施)了|先后|共计[^,。;]{0,6}次|追责|问责")
_REPORTED = re.compile("今年以来|前[一二三]季度|[一二三四]季度|上半年|截[至止]|本年度")
_BEFORE = re.compile(r"[从由](?:[^,。;\d]{0,12}|[^,。;\d]{0,12}\d{1,4}[群个处家座只头种],?、?)(?<![至到为])$")
_ONCE = re.compile("(?:曾经?|过去|原来|原先|当初|当年|最初|以前)(?!以来)[^,。;:]{0,10}$")
"""What marks a number of the past that has no year (曾经仅有3株)."""
_ENDED = re.compile("[。!?]")
_NOWADAYS = re.compile("如今|现在|目前")
_REPORTING = re.compile("近日|日前|近期|目前|当前|眼下|现在")
_COME_TO = re.compile(r"(?<!自)[从由][^,。;]{2,30}(?:到|至|为)了?$")
_ADJUSTED = re.compile(r"[^,。;\d]{1,10}的\d[^,。;]{2,40}(?:到|至|为)了?$")
"""The old number of something has its own year (2016年实施的24项措施增加为30项)."""
_REACHED = re.compile("(?<!设计)[^计]{2}(?:达到|已达)$")
_AS_OF = re.compile("截[至止]")
_MODIFIER = re.compile("[^,。;的\\d至底末年月]{2,8}的[^,。;\\d]{2,20}(?<!未)已(?:经|累计)?")
_FORETELLS = wording.pattern("finish", after="后|可将|能将|拟将|预计|力争")
"""Words by which the old level of a change to come is the one of now."""
_RISEN = re.compile("(?:增加|增长|提高|提升|上升|恢复|扩大|降低|下降|减少|缩短|跃升|攀升|回升|[升降增减])(?:到|至)了?$")
_COME_UP = re.compile("(?:达到?|[提增升]高?[到至]|增加[到至]|上升[到至]|恢复[到至]|扩大[到至])了?$")
_STANDS = re.compile("(?:率|盖度|覆盖度|比例|比重|占比|面积|蓄积量|保有量|能力|人口|里程)$")
_EACH = re.compile("(?<!每人)每[年天日月]|日均|一天(?!内)")
_TODAY = re.compile("目前|现在|今天|如今")
_TOLD = re.compile("讲话|通报|汇报|述职|工作报告|年报|季报|月报|公报")
_HEADING = re.compile(r"^[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]部分)[ :]*([^。;\n]{2,32})$", re.MULTILINE)
_DATED = re.compile("年|五")
_NEXT = re.compile("下一?步|打算|工作(?:安排|部署|计划|任务|思路|举措)|重点任务|目标任务|主要任务|主要目标|今后")
_PLANNING = re.compile("规划|计划|方案|纲要|行动|意见|要点|目标|攻坚|条例|办法|清单|任务")
_OF_YEAR = re.compile(r"[^\d《]{0,4}(20\d\d)年(?!第)(?![^\n]{0,40}(?:规划|方案|计划|纲要|目标|任务|将))")
"""The year that a headline reports on (2023年某省完成…)."""
_PUBLISHED = re.compile(r"(20\d\d) ?年?度?(?!第)[^,。;\d]{0,16}(?:公报|年报|统计)")
_SPAN = re.compile("绵延|蜿蜒|距|串联|滋养|汇聚|哺育|相距|流经|途经|横跨|全程|地跨"
                   "|(?:项目|工程|线路|全线|干线|沿线|沿途)(?:涉及|途经|串联|穿越|跨越|覆盖)")
"""Words by which a thing is described once for all."""
_LETTER = re.compile("(?:函|批复|答复)$")
_EXTENTS = ("海岸线", "岸线", "面积", "总面积", "规划面积", "保护面积")
_TIMELESS = ("length", "class", "none", "ratio", "years")
_FIRST_MONTHS = tuple(f"-{month:02d}-" for month in range(1, 7))
HEAD = 400
"""Characters at the head of a text in which it says what time it reports on."""
_DECIDED = re.compile("同意|公布|公告|批准|命名|认定|授予|予以|决定(?!性)")
_LEADING = re.compile(r"[\s,、:(“\"]*(?:截至|截止到?|到|至|自|从|在|于|其中|目前|全年|力争|预计|计划|的)*[“\"]?")
_RATES = ("率", "比例", "比重", "覆盖度", "盖度")
_STATE = re.compile("(?:率|比例|比重|占比|浓度|盖度|覆盖度|指数|能力|天数|保有量|蓄积量?|储量|总量|资源量|水位"
                    "|供水量|耕地面积|水体面积|水域面积|湿地面积|湿地"
                    "|得分|满意度|浊度|噪声|声级|透明度|气温|温度|水温|pH值?|硬度|含量|密度)$")


@dataclass(frozen=True, slots=True)
class Section:
    """The part of a text from `start` on, up to the next one: the time its heading states, and whether it says what is to be done."""

    start: int
    time: Time | None
    plans: bool


def sections(text: str, year: int | None) -> tuple[Section, ...]:
    """The parts of a text that numbered headings open.

    >>> [(s.time and s.time.period, s.plans) for s in sections("一、2023年工作回顾\\n成效明显。\\n二、下一步工作打算\\n抓好落实。", 2024)]
    [('2023', False), (None, True)]
    """
    found = []
    for match in _HEADING.finditer(text):
        time = next((t for t in find_times(match[1], year) if not t.vague), None) if _DATED.search(match[1]) else None
        if time is not None:
            time = replace(time, start=match.start(1), end=match.end(1), deadline=None, reach="section")
        found.append(Section(match.start(), time, _NEXT.search(match[1]) is not None))
    return tuple(found)


class Calendar:
    """The times of one document and the rules by which a number takes one of them."""

    def __init__(self, text: str, title: str, year: int | None, *, offsets: Iterable[int], plan: bool = False,
                 law: bool = False, issued: str | None = None) -> None:
        self._text, self._year, self._plan = text, year, plan
        self._early = issued is not None and issued[4:8] in _FIRST_MONTHS
        found = find_times(text, year, paragraphs(text, offsets))
        self._times = [t for t in found if not t.baseline and not (law and text.startswith("当年", t.start))]
        self._baselines = [t for t in found if t.baseline]
        self._starts = [t.start for t in self._times]
        self._title = self._title_period(title)
        self._sections = sections(text, year)
        self._section_starts = [s.start for s in self._sections]
        published = _PUBLISHED.search(title)
        self._current = int(published[1]) if published and year is not None and int(published[1]) < year else year
        told = _TOLD.search(title) is not None or _REPORTED.search(text, 0, HEAD) is not None
        of_year = _OF_YEAR.match(title)
        self._told = int(of_year[1]) if of_year else None
        self._letter = _LETTER.search(title) is not None
        self._asks = plan or self._letter
        self._reports = told and not self._asks

    def _title_period(self, title: str) -> str | None:
        """The period that the title of a plan covers (“十四五”…规划, …行动计划(2022—2025年))."""
        if _PLANNING.search(title) is None:
            return None
        ranges = [t.period for t in find_times(title, self._year) if "/" in t.period]
        return ranges[-1] if ranges else None

    @property
    def year(self) -> int | None:
        """The context year."""
        return self._year

    @property
    def early(self) -> bool:
        """Whether the document is of the first half of its year."""
        return self._early

    def skip(self, start: int, end: int) -> int:
        """The offset behind a time that opens text[start:end], with the words that lead to it."""
        at = bisect_left(self._starts, start)
        while at < len(self._times) and self._times[at].end <= end and _LEADING.fullmatch(self._text[start:self._times[at].start]):
            start = self._times[at].end
            at += 1
        return start

    def time(self, low: int, amount: Amount) -> Time | None:
        """The time stated for an amount in the sentence that begins at `low`, or carried over from its paragraph."""
        if self._hypothetical(low, amount):
            return None
        if self._text.startswith("相比", amount.outer_end):
            return next((t for t in self._baselines if 0 <= amount.start - t.end <= 12), None)
        return self._nearest(low, amount) or self._carried(low) or self._headed(low)

    def plans(self, offset: int) -> bool:
        """Whether the part of the text around an offset says what is to be done next."""
        at = bisect_right(self._section_starts, offset)
        return at > 0 and self._sections[at - 1].plans

    def _headed(self, offset: int) -> Time | None:
        """The time that the heading of the part around an offset states."""
        at = bisect_right(self._section_starts, offset)
        return self._sections[at - 1].time if at else None

    def period(self, low: int, amount: Amount, name: str, kind: Kind, time: Time | None) -> str | None:
        """The period of an amount, None where nothing tells it."""
        if kind == "result" and (moved := self._moved(low, amount, time)) is not None:
            return moved or None
        if time is not None and ((time.start < low and amount.unit != "次" and self._outlived(time, name))
                                 or (time.vague and kind == "result" and name.endswith(_RATES))):
            time = None
        if (kind == "target" and wording.pattern("investment").search(name)) or self._hypothetical(low, amount):
            return None
        if kind == "target" and time is not None and _REPORTING.fullmatch(self._text[time.start:time.end]):
            return self._title
        if _SPAN.match(name) or self._constant(low, amount, name):
            return None
        if time is not None and (kind != "target" or time.start >= low or not self._title):
            risen = _RISEN.search(self._text, max(low, amount.outer_start - 8), amount.outer_start) if time.vague and self._year else None
            if risen and kind == "result":
                return str(self._current)
            if kind == "result" and self._reached_by_now(time, amount, name):
                return str(self._current)
            return None if time.vague else self._stated(time, kind)
        if kind == "target":
            return None if self._letter else self._title
        state = (_STATE.search(name) or amount.dimension == "class") and not wording.verbal_with_object(name)
        if self._year and (state or amount.dimension in ("concentration", "rank", "points") or amount.unit in ("%", "‰", "倍")):
            return str(self._current)
        shifted = kind == "change" and amount.dimension == "length"
        return str(self._current) if self._year and (shifted or self._holds_now(low, amount, name)) else None

    def _reached_by_now(self, time: Time, amount: Amount, name: str) -> bool:
        """Whether a state is what years of work have come to (十年来,…覆盖率达到24%), which holds at their end."""
        if self._year is None or not time.period.endswith(f"/{self._year}") or self._text.startswith(("近", "过去", "最近"), time.start):
            return False
        risen = _COME_UP.search(self._text, max(0, amount.outer_start - 6), amount.outer_start) is not None
        return risen and _STANDS.search(name) is not None and not wording.verbal_with_object(name)

    def _moved(self, low: int, amount: Amount, time: Time | None) -> str | None:
        """The year of an old or a new level (从5%提高到13%), empty where it is an old one without year; None for any other number."""
        now = "" if self._year is None else str(self._year)
        before = _BEFORE.search(self._text, max(low, amount.start - 24), amount.start)
        if time is None or time.vague or time.end <= amount.start - 24 or time.start < low:
            once = _ONCE.search(self._text, max(low, amount.start - 16), amount.start)
            if once and "的" not in once[0]:
                return ""
        if before and not (time is not None and before.start() <= time.start < amount.start):
            if time is not None and "/" in time.period and time.start >= low:
                return time.period.split("/")[0]
            return now if _TODAY.search(before[0]) or _FORETELLS.search(self._text, low, before.start()) else ""
        if time is None:
            return None
        if _ADJUSTED.match(self._text[time.end:amount.outer_start]):
            return now
        if self._come_to(low, amount) and (self._text[time.start - 1] in "从由自" or "/" in time.period):
            return now if self._text[time.start - 1] in "从由自" else time.period.split("/")[1]
        return None

    def _holds_now(self, low: int, amount: Amount, name: str) -> bool:
        """Whether a result without a time is one of the time that the document reports on.

        Things counted, what is done or under way, and all that a report of a period tells; not what describes for all time.
        """
        if amount.dimension != "class" and self._come_to(low, amount):
            return True
        if name in _EXTENTS or (amount.dimension in _TIMELESS and not self._reports):
            return False
        listed = self._text[amount.outer_start - 1:amount.outer_start] == "("
        if _RUNNING.search(self._clause(low, amount)) or _EACH.search(self._clause(low, amount)):
            return False
        if self._reports or listed or "投资" in name or _DECIDED.search(self._sentence(low, amount)):
            return True
        clause = self._clause(low, amount)
        if _ACTED.search(clause) or (amount.unit == "次" and not _MARKED.search(clause)):
            return False
        acts = wording.verbal_with_object(name) or wording.verbal(name)
        return _MARKED.search(clause) is not None or not (self._asks or acts)

    def _constant(self, low: int, amount: Amount, name: str) -> bool:
        """Whether a name describes a thing once for all (全长, 总库容), unless its level is told as reached."""
        if amount.dimension == "length" and name[-1:] in tuple("长宽高深厚") and self._text.startswith("的", amount.outer_end):
            return True
        if wording.pattern("constant", after="(?:约|为)?$").search(name) is None or wording.pattern("investment").search(name):
            return False
        return _REACHED.search(self._text, low, amount.outer_start) is None and _AS_OF.match(self._text[low:low + 12].lstrip()) is None

    def _hypothetical(self, low: int, amount: Amount) -> bool:
        """Whether works not yet built would bring the number, or each year brings it (建成后年供水…, 每年可…)."""
        before = self._text[low:amount.start]
        return _HYPOTHESIS.search(before) is not None and _NOWADAYS.search(before) is None

    def _come_to(self, low: int, amount: Amount) -> bool:
        """Whether a level is what something has come to (从5%提高到13%)."""
        return _COME_TO.search(self._text, max(low, amount.outer_start - 40), amount.outer_start) is not None

    def _outlived(self, time: Time, name: str) -> bool:
        """Whether a past year of an earlier sentence no longer holds: what stands now is told of now."""
        past = time.reach != "section" and self._year is not None and (time.years[1] or self._year) < self._year
        acts = wording.verbal_with_object(name) or wording.verbal(name)
        return past and not acts and not self._asks and not self._reports and time.years != (self._told, self._told) \
            and not self._opens(time)

    def _opens(self, time: Time) -> bool:
        """Whether a paragraph begins with a year whose figures it tells (2024年全国空气质量改善。PM2.5浓度为…)."""
        first = self._text[self._text.rfind("\n", 0, time.start) + 1:time.start].strip(" \u3000")
        return not first and self._text[time.end:time.end + 2] in ("全国", "全省", "全市", "我国", "我省", "我市", "全县", "全区", "全州")

    def _clause(self, low: int, amount: Amount) -> str:
        start = max(self._text.rfind(mark, low, amount.start) + 1 for mark in ",;。\n")
        ends = [at for mark in ",;。\n" if (at := self._text.find(mark, amount.end, amount.end + 40)) >= 0]
        return self._text[max(low, start):min(ends, default=amount.end + 40)]

    def _sentence(self, low: int, amount: Amount) -> str:
        end = self._text.find("。", amount.end, amount.end + 200)
        return self._text[low:amount.end + 60 if end < 0 else end].split("\n")[0]

    def _stated(self, time: Time, kind: Kind) -> str:
        return time.deadline if kind == "target" and time.deadline else time.period

    def _nearest(self, low: int, amount: Amount) -> Time | None:
        """The last time before the amount in its sentence, else the first one behind it in the same sentence."""
        at = bisect_left(self._starts, amount.start)
        before = at
        while before and self._times[before - 1].start >= low and self._left_behind(self._times[before - 1], amount):
            before -= 1
        if before and self._times[before - 1].start >= low:
            return self._times[before - 1]
        if before < at:
            return None
        if at < len(self._times):
            after = self._times[at]
            gap = self._text[amount.end:after.start]
            apart = "," in gap or re.search("的[^,。;]*(?:计划|将|拟)", gap) is not None
            own = apart and not (after.deadline and self._text[after.end - 1] in "前内")
            if len(gap) <= 40 and not own and not re.search(r"[。;\n]", gap) and after.reach != "clause" and not after.vague:
                return self._last_deadline(at)
        return None

    def _left_behind(self, time: Time, amount: Amount) -> bool:
        """Whether a time is that of an old level told before (从去年的四成增加到七成,收获…), or only of what modifies the subject
        of a state reached by now (去年受灾的甲县已…)."""
        between = self._text[time.end:amount.start]
        if self._text[time.start - 1] in "从由" and between.startswith("的") and "," in between:
            return True
        past = self._year is not None and (time.years[1] or self._year) < self._year
        return past and _MODIFIER.match(between) is not None

    def _last_deadline(self, at: int) -> Time:
        """The last of several deadlines that follow one another in a sentence (4月底前开工,10月底前建成)."""
        while at + 1 < len(self._times) and self._times[at].deadline and self._times[at + 1].deadline \
                and re.fullmatch(r"[^。;\n\d]{1,16}", self._text[self._times[at].end:self._times[at + 1].start]):
            at += 1
        return self._times[at]

    def _lasts(self, time: Time, low: int) -> bool:
        """Whether a time since when something is done still holds behind a semicolon (从2022年起,…;实施补水…)."""
        since = time.period.endswith(f"/{self._year}") and self._text.endswith(("起", "以来"), time.start, time.end)
        return since and low - time.end <= PARAGRAPH and _ENDED.search(self._text, time.end, low) is None

    def _carried(self, low: int) -> Time | None:
        """A time of an earlier sentence of the paragraph that still holds."""
        at = bisect_left(self._starts, low)
        paragraph = max(self._text.rfind("\n", max(0, low - PARAGRAPH), low) + 1, low - PARAGRAPH)
        if not at or self._times[at - 1].start < paragraph:
            return None
        time = self._times[at - 1]
        if self._text[low - 1:low] == ";" and self._lasts(time, low):
            return time
        if time.reach != "paragraph" or time.vague or "/" in time.period:
            return None
        divided = self._text.startswith("其中", low)
        if not self._plan and not divided and self._year is not None and (time.years[1] or 0) > self._year:
            return None
        return time
