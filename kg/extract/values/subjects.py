"""Which mention an indicator value is about.

A subject stands at the head of a clause (东营还腾退了…), at the end of a locative (在贵州省绥阳县,…) or behind the
number (总投资5亿元的甲工程); it carries over the clauses and sentences that follow it in its paragraph. Organs of party
and state stand for their jurisdiction, since what they did was done there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.values import wording
from kg.extract.values.heads import NATION, NOBODY, PARAGRAPH, Heads
from kg.extract.values.quantities import genre_of
from kg.extract.values.relevance import title_of
from kg.extract.values.times import paragraphs
from kg.model import Context, IndicatorValue, Mention

_NEXT = re.compile("[多余]?[、和与及,]|以及")
"""What parts the numbers of a run (5个、3个和2个)."""
_SUMMED = tuple(f"value:{dimension}" for dimension in ("count", "division", "area", "length", "mass", "volume", "money", "power"))
"""Rules of quantities that add up over several places."""
_COMPARED = re.compile("(?:比|较|与|优于|高于|低于|占|距离?|距|达到)$")
_BEHIND = re.compile(r"^(?:以上|左右|以内|多|余)?的[“《]?$")
_BUILDS = re.compile("(?:建成|建设|修建|新建|实施|启动|用于)了?$")
_LIVING = ("头", "只", "尾", "羽", "条")
"""Counters of animals."""
_STAYS = re.compile("(?!考察|调研|召开|主持|举[行办]|开幕|闭幕|出席|强调|发[布表]|表示|会见|参加|指出|的|等|和|与|、|,)[一-鿿]{2}")
"""What is not done in a place by those who only meet or speak there."""
_GRANTS = re.compile("(?:安排|下达|拨付|追加|补助)了?$")
_PURSE = re.compile("\\s*(?:今年|去年|同时|目前|截至目前)?,?[省市县区州](?:级|本级)?财政[厅局]?(?!收入|支出)")
"""Money of the jurisdiction itself (省财政下达…)."""
_SUPPORTS = re.compile("[^。;]{0,16},?(?:重点|专项|主要)?(?:用于)?支持(?:其中)?")
_TEACHES = re.compile("(?:教育|学习|活动|会议|论坛|宣传)$")
"""Campaigns that have no figures of their own."""
_RAISED = re.compile("(?:^|[将把使让令])$")
_MEASURED = re.compile("的?([^,。;:、的将已可达由从超在为约近提降增升扩减]{2,14})")
"""A measured noun right behind its owner, up to the verb of its number."""
_SERVED = re.compile("[为向给]$")
_LOCALLY = re.compile("^(?:\\s|目前|今年|现在|其中|同时|,)*(?:当地|该地)")
_TOWN = re.compile("\\s*[市县州]?(?:城区|主城区|建成区|市区)(?!域)")
"""The town of the jurisdiction at the head of a clause."""
_POINT = re.compile(r"[ \u3000]*(?:——|[一二三四五六七八九十]{1,3}(?:是|、)|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])")
"""What opens a point of a report, which goes on with no scene."""
_MEANS = re.compile("(?:通过|随着|依托|借助)$")
_BRINGS = re.compile("的?(?:实施|建设|建成|运行|投运|启用|通水)")
_AFTER = wording.pattern("finish", before="(?:全面|正式|全部)?(?:", after="){1,2}之?后")
"""What after works tells that the rest of the sentence is brought about by them."""
_OF_KIND = re.compile("的[^,。;:、的]{0,12}(?:工程|项目|枢纽|基地|电站|灌区)[“]?")
"""What stands between a figure of works and their name (总投资5亿元的重点水利工程甲水库)."""
_POOLED = re.compile("入库|纳入[^,。;]{0,12}项目库")
_POOL = re.compile("(?:项目|储备)库$")
_STRETCH = re.compile("^(?:多|余)?的[一-鿿]{0,2}$")
_ACCORDING = re.compile("(?:按照|根据|依据|依照)《")
_PROPOSES = re.compile("(?:明确)?(?:提出|指出|要求|规定)(?!的)|(?<=[,》])明确")
SCENE = 4
"""Paragraphs at most over which a scene goes on."""
_EVERYWHERE = re.compile("各地|我国|全国|中国|神州|祖国|大地上|数据显示|截至|部门|全球|世界")
_WORLD = re.compile("[^,。;\n]{0,24}(?:全球|世界上?[各的超近]|沿线国家)")
_TAKES_UP = re.compile(r"[\s\u3000]*(?:现在|如今|目前|今年|近年来|而)?,?"
                       r"(?:工厂|产业园|当地|这里|园区|村里|镇上|县里|市里|该|公司|基地|厂区|景区|林场|湖区|库区)")


def find_subjects(doc: Doc, values: Sequence[IndicatorValue], *, mentions: Sequence[Mention], context: Context) -> tuple[int | None, ...]:
    """For each value the index of the mention it is about, CONTEXT_PLACE for the jurisdiction, None where unknown."""
    text: str = doc.user_data["folded"]
    plan = genre_of(title_of(doc)) == "plan"
    reader = _Reader(text, mentions, context, paragraphs(text, [v.number_start for v in values]), plan)
    subjects: list[int | None] = []
    for number, value in enumerate(values):
        before = values[number - 1] if number else None
        same = before is not None and before.start == value.start
        since = before.number_end if before is not None and same else value.start
        each = reader.coordinated(value)
        own = _one_of(each, values, number, text) if each else None
        found = reader.subject(value, subjects[-1] if same else None, since) if own is None else own
        subjects.append(None if found == NOBODY else found)
    return tuple(subjects)


def _one_of(owners: Sequence[int], values: Sequence[IndicatorValue], number: int, text: str) -> int | None:
    """Which of several coordinated owners a value belongs to: one in turn where they share a number or each has its own.

    A quantity that stands alone is their sum and is about none of them (甲县、乙县共关停20家); None where this does not tell.
    """
    first = last = number
    while first and last - first < len(owners) and _beside(values[first - 1], values[first], text):
        first -= 1
    while last + 1 < len(values) and last - first < len(owners) and _beside(values[last], values[last + 1], text):
        last += 1
    if last - first + 1 == len(owners):
        return owners[number - first]
    return NOBODY if values[number].rule in _SUMMED else None


def _beside(one: IndicatorValue, other: IndicatorValue, text: str) -> bool:
    """Whether two values have one number, or numbers that only a conjunction parts."""
    return one.number_start == other.number_start or (
        one.unit == other.unit and _NEXT.fullmatch(text, one.number_end, other.number_start) is not None)


class _Reader(Heads):
    """The clues to what a value is about, in their order."""

    def __init__(self, text: str, mentions: Sequence[Mention], context: Context, lines: tuple[tuple[int, int], ...],
                 plan: bool) -> None:
        super().__init__(text, mentions, context, lines)
        self._pools = [i for i, m in enumerate(mentions) if m.type == "Project" and _POOL.search(m.name or m.text)]
        self._means = [i for i, m in enumerate(mentions) if m.type == "Project"
                       and any(after.match(text[m.end:m.end + 12]) for after in (_BRINGS, _AFTER))]
        self._scenes = [i for i, m in enumerate(mentions) if m.type == "Place" and not m.deictic
                        and text[m.start - 1:m.start] == "在" and _STAYS.match(text, m.end)]
        self._document = self._titled()
        self._topic = self._title_topic()
        self._plan = plan

    def subject(self, value: IndicatorValue, before: int | None, since: int) -> int | None:
        """The mention that one value is about; `before` is what the value before it, which ends at `since`, in the sentence is about."""
        behind = self._behind(value)
        if behind is None and _POOLED.search(self._text, value.number_start, min(value.end, value.number_start + 100)):
            behind = self._pool(value)
        if behind is None and value.unit == "CNY":
            behind = self._paid(value)
        if behind is None and value.kind == "target":
            behind = self._proposed(value)
        if behind is not None:
            return behind
        clause = self._clause_start(value.number_start)
        for found in (self._possessor(value, clause), self._through(value)):
            if found is not None:
                return found
        if value.measure != "rank" and (whole := self._whole(clause, value.number_start)) is not None:
            return whole
        if self._national(clause, value.number_start) and not self._works_of_state(clause, value.number_start):
            water = self._owner(clause, value.number_start)
            if water is not None and water >= 0 and self._mentions[water].type == "WaterFeature":
                return water
            according = self._according(value)
            return self._nation() if according is None else according
        for found in (self._own(clause, value), self._generic(clause, value.number_start),
                      self._local(clause, value.number_start), self._carried(clause, self._clause_end(since)), before,
                      self._carried(clause, value.start), self._sited(value), self._kin(clause, value), self._invested(value),
                      self._carried_over(clause, value),
                      self._continued(clause)):
            if found is not None:
                return found
        return self._fallback(value)

    def _carried_over(self, clause: int, value: IndicatorValue) -> int | None:
        """The subject of an earlier sentence; in a plan of the nation without a subject each sentence is a task of its own."""
        alone = self._plan and self._document is None and value.kind == "target" and self._context.place in NATION
        return None if alone else self._carried(clause, 0)

    def _fallback(self, value: IndicatorValue) -> int | None:
        """What a value without a subject is about: the plan that a document announces, the topic of its title, the jurisdiction."""
        if self._document is not None and value.kind == "target":
            return self._document
        return self._topic if self._topic is not None else self._default

    def _own(self, clause: int, value: IndicatorValue) -> int | None:
        """The subject of the clause of a value, unless the one before it in the sentence is nearer to the point.

        That is a place whose name begins with it (在甲县乙湿地,甲县…), or what serves the place (工程为甲市供水…).
        """
        own = self._owner(clause, value.number_start)
        if own is None or own < 0 or self._mentions[own].type != "Place":
            return own
        mention = self._mentions[own]
        served = _SERVED.search(self._text[max(clause, mention.start - 2):mention.start]) is not None
        before = self._carried(clause, value.start)
        if before is None or before < 0 or before == own:
            return own
        larger = self._mentions[before].text
        return before if served or (len(larger) > len(mention.text) and larger.startswith(mention.text)) else own

    def _possessor(self, value: IndicatorValue, clause: int) -> int | None:
        """The mention whose measure the clause names: 甲工程建成后,乙河行洪能力将达到…; 将丙工程年调水规模提高到…."""
        at = bisect_left(self._starts, value.number_start) - 1
        mention = self._mentions[at] if at >= 0 else None
        if mention is None or mention.start < clause or mention.deictic or mention.type == "Agency" or self._listed(mention):
            return None
        before = self._without_times(clause, mention.start)
        if before and _RAISED.search(before) is None:
            return None
        between = self._text[mention.end:value.number_start]
        named = _MEASURED.match(between)
        return at if named is not None and wording.measured(named[1]) and named[1] in value.indicator else None

    def _through(self, value: IndicatorValue) -> int | None:
        """The works by which a sentence says something is brought about: 通过甲工程的实施,…; 甲工程建成后,…."""
        for at in self._between(self._means, value):
            mention = self._mentions[at]
            means = _MEANS.search(self._text[max(value.start, mention.start - 3):mention.start]) is not None
            if _BRINGS.match(self._text[mention.end:mention.end + 12]) if means else _AFTER.match(self._text[mention.end:mention.end + 12]):
                return at
        return None

    def _works_of_state(self, low: int, high: int) -> bool:
        """Whether 我国 or 全国 at the head of a clause only says whose works are meant (我国“甲工程”已完成…)."""
        at = bisect_left(self._starts, low)
        mention = self._mentions[at] if at < len(self._mentions) else None
        return mention is not None and mention.end <= high and mention.type in ("Programme", "Project") \
            and self._text[max(low, mention.start - 3):mention.start].rstrip("“").endswith("国")

    def _whole(self, low: int, high: int) -> int | None:
        """The place that 全省 or 全市 right before a number names (对全省86个县区)."""
        at = bisect_left(self._starts, high) - 1
        mention = self._mentions[at] if at >= 0 else None
        if mention is None or not mention.deictic or mention.type != "Place" or mention.start <= low or mention.end < high - 1:
            return None
        return None if _COMPARED.search(self._text[max(low, mention.start - 3):mention.start]) else at

    def _pool(self, value: IndicatorValue) -> int | None:
        """The project pool named last before a number, else the first one after it."""
        at = bisect_left(self._pools, value.number_start, key=lambda i: self._mentions[i].start)
        return self._pools[max(0, at - 1)] if self._pools else None

    def _behind(self, value: IndicatorValue) -> int | None:
        """The head noun of a number that modifies it: 总投资5亿元的甲工程."""
        at = bisect_left(self._starts, value.number_end)
        if at < len(self._mentions):
            mention = self._mentions[at]
            between = self._text[value.number_end:mention.start]
            if len(between) <= 5 and mention.type != "Agency" \
                    and (_BEHIND.match(between) or (value.unit in ("km", "m") and _STRETCH.match(between))):
                return self._last_of_chain(at)
            if len(between) <= 20 and mention.type in ("Project", "WaterFeature", "Place") and _OF_KIND.fullmatch(between):
                return self._last_of_chain(at)
        return None

    def _continued(self, clause: int) -> int | None:
        """The subject of the paragraph before one that opens with 当地, 园区 and the like; in a text about the nation the scene
        of the paragraphs before one that names neither another place nor the nation."""
        start = self._text.rfind("\n", max(0, clause - PARAGRAPH), clause) + 1
        if start > 1 and _TAKES_UP.match(self._text, start):
            return self._carried(start - 1, 0)
        if self._context.place not in NATION or self._document is not None or _POINT.match(self._text, start):
            return None
        for _ in range(SCENE):
            if start <= 1 or _EVERYWHERE.search(self._text, start, clause) or _WORLD.match(self._text, clause):
                return None
            found = self._carried(start - 1, 0)
            if found is not None:
                return found if found >= 0 and self._mentions[found].type == "Place" else None
            start, clause = self._text.rfind("\n", max(0, start - PARAGRAPH), start - 1) + 1, start - 1
        return None

    def _local(self, low: int, high: int) -> int | None:
        """The place named last before a clause that 当地 opens, in its paragraph."""
        if self._context.place not in NATION and _TOWN.match(self._text, low):
            return self._default
        if "地" not in self._text[low:low + 20] or _LOCALLY.match(self._without_times(low, high)) is None:
            return None
        paragraph = max(self._text.rfind("\n", max(0, low - PARAGRAPH), low) + 1, low - PARAGRAPH)
        for at in range(bisect_left(self._starts, low) - 1, -1, -1):
            if self._starts[at] < paragraph:
                return None
            if self._mentions[at].type == "Place" and not self._mentions[at].deictic:
                return at
        return None

    def _invested(self, value: IndicatorValue) -> int | None:
        """The last project named before an investment or a length of works."""
        if not re.search("投资|全长|总长|资金$", value.indicator) or value.indicator.startswith(("完成", "落实")):
            return None
        at = bisect_left(self._starts, value.number_start) - 1
        for near in range(at, max(-1, at - 16), -1):
            mention = self._mentions[near]
            between = self._text[mention.end:value.number_start]
            if len(between) > 400 or "\n" in between:
                break
            if mention.type == "Project" and not between.startswith("的"):
                return near
        return None

    def _paid(self, value: IndicatorValue) -> int | None:
        """What money builds or supports, else the jurisdiction where the money is its own."""
        paid = self._supported(value) if "投资" not in value.indicator else self._built(value) or self._supported(value)
        own = _PURSE.match(self._text, self._clause_start(value.number_start)) is not None
        return self._default if paid is None and own else paid

    def _built(self, value: IndicatorValue) -> int | None:
        """The project that the money of a sentence builds (投资4亿元,建成了甲水厂)."""
        for at in range(bisect_left(self._starts, value.number_end), len(self._mentions)):
            mention = self._mentions[at]
            if mention.end > value.end:
                return None
            if mention.type == "Project" and _BUILDS.search(self._text[value.number_end:mention.start]):
                return at
        return None

    def _supported(self, value: IndicatorValue) -> int | None:
        """The place or project that money of the state is given to (安排资金1亿元,支持甲县…)."""
        near = bisect_left(self._starts, value.number_start) - 1
        if near >= 0 and self._starts[near] >= value.start and self._mentions[near].type == "Place" \
                and _GRANTS.search(self._text[max(0, self._starts[near] - 4):self._starts[near]]):
            return near
        said = _SUPPORTS.match(self._text, value.number_end, value.end)
        if said is None:
            return None
        at = bisect_left(self._starts, said.end())
        if at == len(self._mentions) or self._starts[at] - said.end() > 2 or self._mentions[at].type not in ("Place", "Project"):
            return None
        last = self._last_of_chain(at)
        while last > at and self._mentions[last].type != self._mentions[at].type:
            last -= 1
        return None if self._listed(self._mentions[last]) else last

    def _kin(self, clause: int, value: IndicatorValue) -> int | None:
        """The water that those counted are named for (甲江江豚数量达到…只), where the document names it."""
        if value.unit not in _LIVING:
            return None
        plain = self._without_times(clause, value.number_start).lstrip("\n ,\u3000")
        found = next((self._named[plain[:size]] for size in (4, 3, 2) if plain[:size] in self._named), None)
        return found if found is not None and self._mentions[found].type == "WaterFeature" else None

    def _sited(self, value: IndicatorValue) -> int | None:
        """In a text about the nation the place in which something is done earlier in the sentence (虎豹在甲公园定居,数量恢复到…)."""
        if self._context.place not in NATION:
            return None
        return next(iter(self._between(self._scenes, value)), None)

    def _between(self, indexes: Sequence[int], value: IndicatorValue) -> Sequence[int]:
        """Those of the mentions that stand in the sentence of a value before its number, the nearest first."""
        low, high = (bisect_left(self._starts, offset) for offset in (value.start, value.number_start))
        return indexes[bisect_left(indexes, low):bisect_left(indexes, high)][::-1]

    def _proposed(self, value: IndicatorValue) -> int | None:
        """The programme that a sentence says to propose its targets (出台《甲规划》,提出到2030年…)."""
        said = _PROPOSES.search(self._text, value.start, value.number_start)
        if said is None:
            return None
        at = bisect_left(self._starts, said.start()) - 1
        mention = self._mentions[at] if at >= 0 else None
        return at if mention is not None and mention.type == "Programme" and mention.start >= value.start \
            and said.start() - mention.end <= 2 else None

    def _according(self, value: IndicatorValue) -> int | None:
        """The programme by which a sentence sets what the nation is to have (按照《甲方案》,我国规划了…)."""
        opened = _ACCORDING.match(self._text, value.start, value.number_start)
        if opened is None:
            return None
        at = bisect_left(self._starts, opened.end())
        found = at < len(self._mentions) and self._mentions[at].start == opened.end() and self._mentions[at].type == "Programme"
        return at if found else None

    def _titled(self) -> int | None:
        """The programme that a national document announces, which its targets belong to."""
        if self._context.place not in (None, "中国", "全国"):
            return None
        first = next((i for i, m in enumerate(self._mentions) if m.type == "Programme" and m.start < 120), None)
        return first if first is not None and "印发" in self._text[:self._mentions[first].start] else None

    def _title_topic(self) -> int | None:
        """The works, the water or the campaign that the title of a text about the nation names, where the text comes back to it."""
        if self._context.place not in NATION:
            return None
        end = self._text.find("\n", 0, 120)
        named = [i for i, m in enumerate(self._mentions[:8]) if m.end <= end and m.type in ("Project", "WaterFeature", "Programme")]
        names = {self._mentions[i].name or self._mentions[i].text for i in named}
        if len(names) != 1 or _TEACHES.search(next(iter(names))):
            return None
        if self._text[self._mentions[named[0]].start - 1:self._mentions[named[0]].start] == "《":
            return None
        return named[0] if sum((m.name or m.text) in names for m in self._mentions) >= 3 else None
