"""Which mention an indicator value is about.

A subject stands at the head of a clause (东营还腾退了…), at the end of a locative (在贵州省绥阳县,…) or behind the
number (总投资5亿元的甲工程); it carries over the clauses and sentences that follow it in its paragraph. Organs of party
and state stand for their jurisdiction, since what they did was done there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.values import wording
from kg.extract.values.times import find_times, paragraphs
from kg.model import CONTEXT_PLACE, Context, IndicatorValue, Mention

PARAGRAPH = 3000
"""Characters back at most that a subject carries."""

_CLAUSE = re.compile(r"[,;:!?。\n]")
_OPENING = re.compile(r"^(?:\s|其中|同时|此外|另外|并且?|而|今天|昨天|如今|最新数据显示|数据显示|据统计|据悉|截至|截止|到|至|在|位于|由|"
                      r"目前|眼下|近年来|近日|日前|随着|以|对|使|让|将|为|当前|通过|针对|作为|面对|围绕|整个|和|与|及|、|[“《〈(【】)》”—\-]|\d+[.、]|[一二三四五六七八九十]+、|"
                      r"\([一二三四五六七八九十]+\)|关于|[一二三四五六七八九十]+是|我国|全国|全面|年|月|日|底|前|末|期间|时期|以来|来)*$")
_HEADED = re.compile("(?:的|——|:)[“《]?$")
_TOWARDS = tuple("向对从沿把将")
_COPULA = re.compile(r"^\s*(?:这|该|是|它|即|属于|成为)")
_COMPARED = re.compile("(?:比|较|与|优于|高于|低于|占|距离?|距|达到)$")
_LOCATIVE_AFTER = re.compile("^(?:》|”)?(?:内|外|上的|的基础上|中的|[^,。;:、的了]{0,6}等|边缘|附近|一带|境内|之间|两岸|沿线|沿岸|周边|之畔|畔)")
_BEHIND = re.compile(r"^(?:以上|左右|以内|多|余)?的[“《]?$")
_NEW_SECTION = re.compile(r"\n[ 　]*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十百]+[章节])")
_NATIONAL = re.compile(r"^(?:\s|目前|今年|其中|截至目前|如今|,|、)*(?:全国|我国)(?!首|率先|最|唯一|各|平均)")
_BUILDS = re.compile("(?:建成|建设|修建|新建|实施|启动|用于)了?$")
_ALONG: dict[str, tuple[str, ...]] = {"沿黄": ("黄河流域", "黄河"), "沿江": ("长江流域", "长江"), "沿淮": ("淮河流域", "淮河"),
                                      "沿渭": ("渭河流域", "渭河"), "沿湖": (), "沿线": ()}
"""What 沿黄地区 and the like stand for, where the document names it."""
_LOCALLY = re.compile("^(?:\\s|目前|今年|现在|其中|同时|,)*(?:当地|该地)")
_RAISED = re.compile("[将把使让令]$")
_MEANS = re.compile("(?:通过|随着|依托|借助)$")
_BRINGS = re.compile("的?(?:实施|建设|建成|运行|投运|启用|通水)")
_AFTER = wording.pattern("finish", before="(?:全面|正式|全部)?(?:", after="){1,2}之?后")
"""What after works tells that the rest of the sentence is brought about by them."""
_PLACED = re.compile("^(?:[\\s,]*(?:同时|其中|此外|如今|目前|今年))?[\\s,]*(?:在|位于)")
_INTO = re.compile("[汇流注排]入$")
_APART = re.compile("[、和与及跟同为]$")
_ACTS = re.compile("^(?:[^,。;:]{0,6}(?:共|累计|先后|组织|统一))?(?:举办|检查|约谈|选派|培训|抽查|召开|接听|办理)")
_DEPARTMENT = re.compile("[厅局署]$")
_POOLED = re.compile("入库|纳入[^,。;]{0,12}项目库")
_POOL = re.compile("(?:项目|储备)库$")
_STRETCH = re.compile("^(?:多|余)?的[一-鿿]{0,2}$")
_PROPOSES = re.compile("(?:明确)?(?:提出|指出|要求|规定)(?!的)|(?<=[,》])明确")
_TAKES_UP = re.compile(r"[\s\u3000]*(?:现在|如今|目前|今年|近年来|而)?,?"
                       r"(?:工厂|产业园|当地|这里|园区|村里|镇上|县里|市里|该|公司|基地|厂区|景区|林场|湖区|库区)")
_SIDE = re.compile("(?:[东西南北中上下]?[岸部侧麓端游]|境内|腹地|沿岸|沿线|之滨|畔)的")
"""What stands between a place and another one that lies in or by it (甲湖西岸的乙镇)."""
_APPOSED = re.compile("[^,。;:、是在将被对向从把和与及为]{0,16}(?:[大强][县市省区镇]|[名古]城|省会|首府|重镇|老区|产[区地]|县城|城市|内陆河|淡水湖|咸水湖|支流|母亲河"
                      "|水源地|工程|项目|枢纽)[“]?$")
"""A common noun right before the name that it describes (产粮大县甲县, 首个项目乙工程)."""
_GENERIC = re.compile(r"^(?:\s|,|目前|今年|现在|经|由|该|本|此|这一|这项|这个|这座)*((?:[一二三四五]期)?工程|设施|保护区|国家公园|水库|项目|园区|机场|湿地公园|灌区|流域"
                      "|林场|农场|牧场|林区|景区|电站|矿区|库区|自然保护地|湿地|高铁|隧道|大桥|运河|(?<=该)[园厂县市区镇村湖河])(?!保护|建设|面积|修复)")


def find_subjects(doc: Doc, values: Sequence[IndicatorValue], *, mentions: Sequence[Mention], context: Context) -> tuple[int | None, ...]:
    """For each value the index of the mention it is about, CONTEXT_PLACE for the jurisdiction, None where unknown."""
    text: str = doc.user_data["folded"]
    reader = _Reader(text, mentions, context, paragraphs(text, [v.number_start for v in values]))
    subjects: list[int | None] = []
    for number, value in enumerate(values):
        before = values[number - 1] if number else None
        same = before is not None and before.start == value.start
        since = before.number_end if before is not None and same else value.start
        subjects.append(reader.subject(value, subjects[-1] if same else None, since))
    return tuple(subjects)


class _Reader:
    """The mentions of a document by position, and the subject of each clause."""

    def __init__(self, text: str, mentions: Sequence[Mention], context: Context, lines: tuple[tuple[int, int], ...]) -> None:
        self._text, self._mentions, self._context = text, mentions, context
        self._starts = [m.start for m in mentions]
        self._named = {m.name or m.text: i for i, m in reversed(list(enumerate(mentions)))}
        self._pools = [i for i, m in enumerate(mentions) if m.type == "Project" and _POOL.search(m.name or m.text)]
        self._breaks = [m.start() for m in _CLAUSE.finditer(text)]
        self._times = {t.start: t.end for t in find_times(text, context.year, lines)}
        self._default = CONTEXT_PLACE if context.place else None
        self._document = self._titled()

    def subject(self, value: IndicatorValue, before: int | None, since: int) -> int | None:
        """The mention that one value is about; `before` is what the value before it, which ends at `since`, in the sentence is about."""
        behind = self._behind(value)
        if behind is None and _POOLED.search(self._text, value.number_start, min(value.end, value.number_start + 100)):
            behind = self._pool(value)
        if behind is None and "投资" in value.indicator:
            behind = self._built(value)
        if behind is None and value.kind == "target":
            behind = self._proposed(value)
        if behind is not None:
            return behind
        through = self._through(value)
        if through is not None:
            return through
        clause = self._clause_start(value.number_start)
        if value.measure != "rank" and (whole := self._whole(clause, value.number_start)) is not None:
            return whole
        if self._national(clause, value.number_start) and not self._works_of_state(clause, value.number_start):
            water = self._owner(clause, value.number_start)
            if water is not None and water >= 0 and self._mentions[water].type == "WaterFeature":
                return water
            return self._nation()
        for found in (self._owner(clause, value.number_start), self._generic(clause, value.number_start),
                      self._local(clause, value.number_start), self._carried(clause, self._clause_end(since)), before, self._carried(clause, value.start), self._invested(value), self._carried(clause, 0),
                      self._continued(clause)):
            if found is not None:
                return found
        return self._document if self._document is not None and value.kind == "target" else self._default

    def _through(self, value: IndicatorValue) -> int | None:
        """The works by which a sentence says something is brought about: 通过甲工程的实施,…; 甲工程建成后,…."""
        first = bisect_left(self._starts, value.start)
        for at in range(bisect_left(self._starts, value.number_start) - 1, first - 1, -1):
            mention = self._mentions[at]
            if mention.type != "Project":
                continue
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
        return None

    def _clause_start(self, position: int) -> int:
        at = bisect_left(self._breaks, position)
        return self._breaks[at - 1] + 1 if at else 0

    def _clause_end(self, position: int) -> int:
        at = bisect_left(self._breaks, position)
        return self._breaks[at] + 1 if at < len(self._breaks) else len(self._text)

    def _owner(self, low: int, high: int) -> int | None:
        """The subject of the clause text[low:high], or a water that its object names."""
        head = self._head(low, high)
        if head is not None and (head < 0 or self._mentions[head].type != "Place"):
            return head
        first = bisect_left(self._starts, low) if head is None else head + 1
        for at in range(bisect_right(self._starts, high) - 1, first - 1, -1):
            mention = self._mentions[at]
            if mention.type == "WaterFeature" and mention.end <= high and not self._aside(low, mention) \
                    and not self._listed(mention) and self._treated(mention, head):
                return at
        return head

    def _treated(self, mention: Mention, head: int | None) -> bool:
        """Whether a water is what a clause with the subject `head` treats, not only where or whereto something happens."""
        if _INTO.search(self._text[max(0, mention.start - 2):mention.start]):
            return False
        return head is None or self._text[mention.start - 1:mention.start] not in tuple("在对向从沿于和与及")

    def _listed(self, mention: Mention) -> bool:
        """Whether a mention is one of an enumeration."""
        return self._text[mention.end:mention.end + 1] == "、" or self._text[mention.start - 1:mention.start] == "、"

    def _along(self, low: int) -> int | None:
        """The water that 沿黄 and the like at the head of a clause name shortly."""
        short = re.match("[\\s,]*(" + "|".join(_ALONG) + ")", self._text[low:low + 8])
        names = _ALONG[short[1]] if short else ()
        return next((self._named[name] for name in names if name in self._named), None)

    def _head(self, low: int, high: int) -> int | None:
        """The last mention in subject position between two offsets, CONTEXT_PLACE for an organ of state."""
        found = self._along(low)
        if _COPULA.match(self._text[low:low + 8]):
            return None
        for at in range(bisect_left(self._starts, low), bisect_left(self._starts, high)):
            mention = self._mentions[at]
            if mention.end > high:
                break
            chained = found is not None and found >= 0 and at == found + 1 and mention.start - self._mentions[found].end <= 0
            if (chained and mention.type != "Agency") or (found is not None and found >= 0 and self._narrows(found, mention)):
                found = at
            elif self._heads(low, mention) and not self._aside(low, mention):
                found = self._stand_in(at, found)
        return found

    def _narrows(self, found: int, mention: Mention) -> bool:
        """Whether a mention names what lies in the one before it, or what a noun after that describes (甲工程首个项目乙工程)."""
        between = self._text[self._mentions[found].end:mention.start]
        return mention.type not in ("Programme", "Agency") and (_SIDE.fullmatch(between) or _APPOSED.fullmatch(between)) is not None

    def _stand_in(self, at: int, found: int | None) -> int | None:
        mention = self._mentions[at]
        if mention.type == "Agency" and _DEPARTMENT.search(mention.text) and _ACTS.match(self._text[mention.end:mention.end + 14]):
            return at
        if mention.type == "Agency" and mention.subtype != "Enterprise":
            return found if found is not None else self._default
        if mention.type == "Programme" and (found is not None or not self._stands_alone(mention)):
            return found
        return at

    def _stands_alone(self, mention: Mention) -> bool:
        """Whether a programme is spoken of as a thing that has figures: a title, or works (“三北”工程累计造林…)."""
        return self._text[mention.start - 1:mention.start] in ("《", "〈") or mention.text.endswith("工程")

    def _heads(self, low: int, mention: Mention) -> bool:
        if self._text[mention.end:mention.end + 1] == "、" and self._text.count("、", mention.end, mention.end + 40) >= 3:
            return False
        before = self._without_times(low, mention.start)
        if mention.type == "Place" and self._text[mention.end:mention.end + 1] == "," and not _APART.search(before) \
                and (_PLACED.match(before) or before.endswith("所在地")):
            return True
        if mention.type in ("Place", "WaterFeature", "Project") and _APPOSED.fullmatch(before):
            return True
        return _OPENING.match(before) is not None or (_HEADED.search(before) is not None and mention.type != "Programme" and before[:1] not in _TOWARDS)

    def _without_times(self, low: int, high: int) -> str:
        kept, at = [], low
        while at < high:
            end = self._times.get(at)
            if end is not None and end <= high:
                at = end
            else:
                kept.append(self._text[at])
                at += 1
        return "".join(kept)

    def _aside(self, low: int, mention: Mention) -> bool:
        """Whether a mention is only compared with, or a place that something stands in."""
        return _COMPARED.search(self._text[max(low, mention.start - 3):mention.start]) is not None \
            or _LOCATIVE_AFTER.match(self._text[mention.end:mention.end + 8]) is not None

    def _last_of_chain(self, at: int) -> int:
        while at + 1 < len(self._mentions) and self._mentions[at + 1].start == self._mentions[at].end \
                and self._mentions[at + 1].type != "Agency":
            at += 1
        return at

    def _carried(self, clause: int, limit: int) -> int | None:
        """The subject of an earlier clause of the paragraph, not before `limit`, the nearest first."""
        paragraph = max(limit, self._text.rfind("\n", max(0, clause - PARAGRAPH), clause) + 1, clause - PARAGRAPH)
        end, steps = clause, 0
        while end > paragraph and steps < 40:
            start = self._clause_start(end - 1)
            head = self._head(max(start, paragraph), end)
            head = self._generic(max(start, paragraph), end) if head is None else head
            if head is not None:
                return head
            if self._national(max(start, paragraph), end):
                return self._nation()
            end, steps = max(start, paragraph), steps + 1
        return None

    def _national(self, low: int, high: int) -> bool:
        """Whether a clause is about the nation as a whole (我国已建成…, 截至目前,全国…)."""
        return "国" in self._text[low:min(high, low + 30)] and _NATIONAL.match(self._without_times(low, high)) is not None

    def _nation(self) -> int | None:
        return self._default if self._context.place in ("中国", "全国") else None

    def _continued(self, clause: int) -> int | None:
        """The subject of the paragraph before one that opens with 当地, 园区 and the like."""
        start = self._text.rfind("\n", max(0, clause - PARAGRAPH), clause) + 1
        return self._carried(start - 1, 0) if start > 1 and _TAKES_UP.match(self._text, start) else None

    def _generic(self, low: int, high: int) -> int | None:
        """The last mention that a common noun at the head of the clause takes up (保护区已…, 该工程…)."""
        match = _GENERIC.match(self._without_times(low, high))
        if match is None:
            return None
        for at in range(bisect_left(self._starts, low) - 1, max(-1, bisect_left(self._starts, low) - 40), -1):
            mention = self._mentions[at]
            if (mention.name or mention.text).endswith(match[1]) or (mention.type == "Project" and match[1] in ("工程", "项目", "设施")):
                return at
        return None

    def _local(self, low: int, high: int) -> int | None:
        """The place named last before a clause that 当地 opens, in its paragraph."""
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
        if not re.search("投资|全长|总长|资金$", value.indicator):
            return None
        at = bisect_left(self._starts, value.number_start) - 1
        for near in range(at, max(-1, at - 16), -1):
            mention = self._mentions[near]
            between = self._text[mention.end:value.number_start]
            if len(between) > 400 or _NEW_SECTION.search(between):
                break
            if mention.type == "Project" and not between.startswith("的"):
                return near
        return None

    def _built(self, value: IndicatorValue) -> int | None:
        """The project that the money of a sentence builds (投资4亿元,建成了甲水厂)."""
        for at in range(bisect_left(self._starts, value.number_end), len(self._mentions)):
            mention = self._mentions[at]
            if mention.end > value.end:
                return None
            if mention.type == "Project" and _BUILDS.search(self._text[value.number_end:mention.start]):
                return at
        return None

    def _proposed(self, value: IndicatorValue) -> int | None:
        """The programme that a sentence says to propose its targets (出台《甲规划》,提出到2030年…)."""
        said = _PROPOSES.search(self._text, value.start, value.number_start)
        if said is None:
            return None
        at = bisect_left(self._starts, said.start()) - 1
        mention = self._mentions[at] if at >= 0 else None
        return at if mention is not None and mention.type == "Programme" and mention.start >= value.start \
            and said.start() - mention.end <= 2 else None

    def _titled(self) -> int | None:
        """The programme that a national document announces, which its targets belong to."""
        if self._context.place not in (None, "中国", "全国"):
            return None
        first = next((i for i, m in enumerate(self._mentions) if m.type == "Programme" and m.start < 120), None)
        return first if first is not None and "印发" in self._text[:self._mentions[first].start] else None
