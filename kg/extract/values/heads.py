"""The subject of each clause: the mention at its head, the one it carries on, the one a common noun takes up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.extract.values.times import find_times
from kg.model import CONTEXT_PLACE, Context, IndicatorValue, Mention

PARAGRAPH = 3000
"""Characters back at most that a subject carries."""
NOBODY = -2
"""The subject of what follows a clause about the nation, in a text of another place."""
NATION = ("中国", "全国")
"""The places whose figures are about no entity of their own."""
_SAYS = re.compile("^(?:[^,。;]{0,6}(?:和|与|会同|联合)|[^,。;]{0,10}(?:显示|发布|公布|数据|介绍|表示|通报|获悉|了解|消息|报道"
                   "|提出|指出|强调|负责人|发言人|专家|科研|团队|观测|研究人员|记者|预计|预测|预报))")
"""What an agency only tells (水利部发布的数据显示)."""
_INSTITUTION = re.compile("(?:交易中心|服务中心|救护中心|繁育中心|交易所|医院|大学|学院|学校|林场|农场|牧场|合作社|博物馆|植物园|动物园)$")
"""Bodies that have figures of their own and do not govern."""
_GOVERNS = re.compile("(.{1,8}?(?:省|市|州|县|区|旗|盟))(?:委|政府|人民政府)$")
"""A committee or government that names its division (甲市委, not 省委)."""
_TOLD = re.compile("(?:显示|表示|预计|预测|预报)(?:今年|\\d{0,2}月[初末底]?)?$")
_ACTING = re.compile("[”\"》]?(?:行动)?(?:已|共|累计|覆盖|涉及|惠及|实施|启动|完成|目前|聚焦)")
"""Verbs of which a campaign is the subject (“清河”行动覆盖…)."""
_CLAUSE = re.compile(r"[,;:!?。\n]")
_OPENING = re.compile(r"^(?:\s|其中|同时|此外|另外|并且?|而|今天|昨天|如今|最新数据显示|数据显示|据统计|据悉|截至|截止|到|至|在|位于|由|"
                      r"目前|眼下|近年来|近日|日前|随着|以|对|使|让|将|为|当前|通过|针对|作为|面对|围绕|整个|特别是|尤其是|和|与|及|、|[“《〈(【】)》”—\-]|\d+[.、]|[一二三四五六七八九十]+、|"
                      r"\([一二三四五六七八九十]+\)|关于|[一二三四五六七八九十]+是|我国|全国|全面|年|月|日|底|前|末|期间|时期|以来|来)*$")
_HEADED = re.compile("(?:的|——|:)[“《]?$")
_TOWARDS = re.compile("(?:[向对从把将]|沿(?![海江河湖线岸边途黄淮]))[^,。;:]*$")
_COSTING = re.compile("(?:近日|日前|今天|目前|,|、)*(?:计划|概算|预计)?(?:总?投资|全长|总长|总库容|装机)[^,。;的]{0,16}的")
"""Figures that modify works before their name (总投资5亿元的重点工程甲水库)."""
_COPULA = re.compile(r"^\s*(?:这|该|是|它|即|属于|成为)")
_COMPARED = re.compile("(?:比|较|与|优于|高于|低于|占|距离?|距|达到)$")
_LOCATIVE_AFTER = re.compile("^(?:》|”)?(?:的?(?:[一二三]级|最大|主要|重要)?支流[^,。;:水域]{1,6}[河江溪沟]"
                             "|内|外|上的|的基础上|中的|边缘|附近|一带|境内|之间|两岸|沿线|沿岸|周边|之畔|之滨|畔"
                             "|[^,。;:、的了]{0,6}(?:、[^,。;:、的]{1,12}){0,4}等)")
_BANKS = re.compile("(?:两岸|沿岸|沿线|流域|全线|全域|全流域)(?:就|已|共|累计|先后)")
"""A region along a water or a line, of which something is told (甲江两岸已造林…)."""
"""What stands behind a place that something is only in, and behind the examples of a list (甲、乙等八省)."""
_NATIONAL = re.compile(r"^(?:\s|目前|今年|其中|截至目前|如今|,|、)*"
                       r"(?:全国|我国|中国|全球|全世界|国内生产总值)(?!首|率先|最|唯一|各[地省市县区]|平均|占比|比重|排名|第|前列)")
_FIRST = re.compile("^[\\s,]*(?:今天|日前|近日|不久前)?,?(?:我国|全国|全球|世界|国内|亚洲)(?:首|率先|最|唯一)"
                    "[^,。;:、的在向从]{0,8}(?:的[^,。;:、的在向从]{0,8})?“?$")
"""What sets off the works that are the first or largest of their kind (我国首个“甲基地”)."""
_SCENE = re.compile("在[^,。;]{2,24}(?:[县市区镇乡村段岸港]|现场|工地|基地|园|场|厂|站|沿线|沿岸|游)$")
"""A new scene that no mention names (在长江下游的某段,…)."""
_STATE = re.compile("国|全球|世界")
_ALONG: dict[str, tuple[str, ...]] = {"沿黄": ("黄河流域", "黄河"), "沿江": ("长江流域", "长江"), "沿淮": ("淮河流域", "淮河"),
                                      "沿渭": ("渭河流域", "渭河"), "沿湖": (), "沿线": ()}
"""What 沿黄地区 and the like stand for, where the document names it."""
_PLACED = re.compile("^(?:[\\s,]*(?:同时|其中|此外|如今|目前|今年))?[\\s,]*(?:在|位于)")
_INSIDE = re.compile("(?:里|内|境内)?,|(?:境|辖区)?内的(?!基础)")
"""Behind a place where something is told to be (在甲园里,…; 甲省内的列车…)."""
_COMMA = re.compile("(?:里|内|境内)?,")
_REPLENISHED = re.compile("(?:实施|进行|开展)?(?:应急|生态)?(?:[补输放调]水|下泄|泄放|输送|补给)")
"""What a water or a wetland is given (向甲湖实施生态补水,累计…)."""
_EXAMPLES = re.compile("[^,。;:、的了\\d]{0,10}等(?:\\d|[两三四五六七八九十]{1,3}[大个条座家])")
"""What stands behind the last of the examples of a number (甲县乙灌区改造等4个项目)."""
_INTO = re.compile("[汇流注排]入$")
_MEMBER = re.compile("[^,。;:、的了和与\\d]{0,5}、")
"""What stands behind one of an enumeration (甲河河口、乙湖、…)."""
_APART = re.compile("[、和与及跟同为]$")
_ACTS = re.compile("^(?:[^,。;:]{0,6}(?:共|累计|先后|组织|统一))?(?:举办|检查|约谈|选派|培训|抽查|召开|接听|办理)")
_DEPARTMENT = re.compile("[厅局署]$")
_SIDE = re.compile("(?:[东西南北中上下]?[岸部侧麓端游]|境内|腹地|沿岸|沿线|之滨|畔)的")
"""What stands between a place and another one that lies in or by it (甲湖西岸的乙镇)."""
_APPOSED = re.compile("[^,。;:、是在将被对向从把和与及为]{0,16}(?:[大强][县市省区镇]|[名古小山]城|省会|首府|重镇|老区|产[区地]"
                      "|县城|城市|之[城乡都]|内陆河|淡水湖|咸水湖|支流|母亲河|水源地|工程|项目|枢纽)[“]?$")
"""A common noun right before the name that it describes (产粮大县甲县, 首个项目乙工程)."""
_TAKEN = re.compile("[该本此这]")
_GENERIC = re.compile(r"^(?:\s|,|目前|今年|现在|经|由|该|本|此|这一|这项|这个|这座)*((?:[一二三四五]期)?工程|设施"
                      "|保护区|国家公园|水库|项目|园区|机场|湿地公园|灌区|流域"
                      "|林场|农场|牧场|林区|景区|电站|矿区|库区|自然保护地|湿地|高铁|隧道|大桥|运河|(?<=该)[园厂县市区镇村湖河])(?!保护|建设|面积|修复)")

_MOST = 48
"""Mentions of a clause among which coordinated ones are looked for."""
_JOINT = re.compile("[、和与及]|以及")
_HELPS = re.compile("(?:支持|帮助|指导|推动|引导|督促|责令|责成|对|向|给|在)$")
_NOT_THEY = re.compile("的|等|境内|之间|交界|沿线|沿岸|[两二三四五六七八九十\\d]+[省市县区州地河湖](?:的|境内|交界|之间)")
"""What stands behind places or waters that are no subject but an attribute (甲县、乙县交界处)."""


class Heads:
    """The mentions of a document by position, and the subject of each clause: the index of one, CONTEXT_PLACE for the jurisdiction."""

    def __init__(self, text: str, mentions: Sequence[Mention], context: Context, lines: tuple[tuple[int, int], ...]) -> None:
        self._text, self._mentions, self._context = text, mentions, context
        self._starts = [m.start for m in mentions]
        self._named = {m.name or m.text: i for i, m in reversed(list(enumerate(mentions)))}
        self._breaks = [m.start() for m in _CLAUSE.finditer(text)]
        self._times = {t.start: t.end for t in find_times(text, context.year, lines)}
        self._default = CONTEXT_PLACE if context.place else None

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
        before = self._text[max(0, mention.start - 2):mention.start]
        if _INTO.search(before) or before.endswith(("向", "从", "往")):
            return False
        return head is None or not before.endswith(tuple("在对沿于和与及"))

    def _listed(self, mention: Mention) -> bool:
        """Whether a mention is one of an enumeration."""
        return self._text[mention.start - 1:mention.start] == "、" or _MEMBER.match(self._text, mention.end) is not None

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
            given = self._text[mention.start - 1:mention.start] == "向" and _REPLENISHED.match(self._text, mention.end) is not None \
                and not (found is not None and found >= 0 and self._mentions[found].type == "Place")
            chained = chained and mention.type not in ("Agency", "Programme")
            if given or chained or (found is not None and found >= 0 and self._narrows(found, mention)):
                found = at
            elif self._heads(low, mention) and (not self._aside(low, mention) or _INSIDE.match(self._text, mention.end)):
                found = self._stand_in(at, found)
        if found is not None and found >= 0 and _EXAMPLES.match(self._text, self._mentions[found].end):
            return None
        return found

    def _narrows(self, found: int, mention: Mention) -> bool:
        """Whether a mention names what lies in the one before it, or what a noun after that describes (甲工程首个项目乙工程)."""
        between = self._text[self._mentions[found].end:mention.start]
        return mention.type not in ("Programme", "Agency") and (_SIDE.fullmatch(between) or _APPOSED.fullmatch(between)) is not None

    def _stand_in(self, at: int, found: int | None) -> int | None:
        mention = self._mentions[at]
        if mention.type == "Agency" and _DEPARTMENT.search(mention.text) and _ACTS.match(self._text[mention.end:mention.end + 14]):
            return at
        if mention.type == "Agency" and mention.subtype != "Enterprise" and not (
                _INSTITUTION.search(mention.text) and _SAYS.search(self._text[mention.end:mention.end + 16]) is None):
            if found is None and self._context.place in NATION and _SAYS.search(self._text[mention.end:mention.end + 16]) is None:
                return at
            return found if found is not None else self._place_of(at)
        if mention.type == "Programme" and (found is not None or not self._stands_alone(mention)):
            return found
        return at

    def _place_of(self, at: int) -> int | None:
        """The division that an organ governs: the one it names where that is not the jurisdiction, else the jurisdiction."""
        mention, place = self._mentions[at], self._context.place
        governs = _GOVERNS.match(mention.text)
        if governs is None or place is None or place in NATION or governs[1] in place:
            return self._default
        return self._named.get(governs[1], at)

    def _stands_alone(self, mention: Mention) -> bool:
        """Whether a programme is spoken of as a thing that has figures: a title, or works (“三北”工程累计造林…)."""
        return self._text[mention.start - 1:mention.start] in ("《", "〈") or mention.text.endswith("工程") \
            or _ACTING.match(self._text[mention.end:mention.end + 6]) is not None

    def coordinated(self, value: IndicatorValue) -> tuple[int, ...]:
        """The places or waters, two at least, that are the subject of the clause of a value together: 甲县、乙县 | 关停20家."""
        clause = self._clause_start(value.number_start)
        at = bisect_left(self._starts, clause)
        stop = min(bisect_left(self._starts, value.number_start), at + _MOST)
        while at < stop:
            chain = [at]
            while chain[-1] + 1 < stop and self._joined(chain[-1]):
                chain.append(chain[-1] + 1)
            if len(chain) > 1:
                return tuple(chain) if self._act_together(chain, clause, value) else ()
            at += 1
        return ()

    def _act_together(self, chain: Sequence[int], clause: int, value: IndicatorValue) -> bool:
        """Whether coordinated mentions are the subject of a clause, or those helped; not what is counted, nor an attribute."""
        end = self._mentions[chain[-1]].end
        if (end == value.number_start and value.value == len(chain)) or _NOT_THEY.match(self._text, end):
            return False
        before = self._without_times(clause, self._mentions[chain[0]].start)
        return _OPENING.match(before) is not None or _HELPS.search(before) is not None

    def _joined(self, at: int) -> bool:
        """Whether a place or water is coordinated with the mention after it, of the same type."""
        one, other = self._mentions[at], self._mentions[at + 1]
        return one.type == other.type and one.type in ("Place", "WaterFeature") \
            and _JOINT.fullmatch(self._text, one.end, other.start) is not None

    def _heads(self, low: int, mention: Mention) -> bool:
        if self._text[mention.end:mention.end + 1] == "、" and self._text.count("、", mention.end, mention.end + 40) >= 3:
            return False
        before = self._without_times(low, mention.start)
        if mention.type == "Place" and _COMMA.match(self._text, mention.end) and not _APART.search(before) \
                and (_PLACED.match(before) or before.endswith("所在地")):
            return True
        plain = before.rpartition("的")[2] if _COSTING.match(before) else before
        if mention.type in ("Place", "WaterFeature", "Project") \
                and (_APPOSED.fullmatch(plain) or _FIRST.match(before) or _TOLD.search(before)):
            return True
        return _OPENING.match(before) is not None or (
            _HEADED.search(before) is not None and mention.type != "Programme" and _TOWARDS.search(before) is None)

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
        if _BANKS.match(self._text, mention.end):
            return False
        return _COMPARED.search(self._text[max(low, mention.start - 3):mention.start]) is not None \
            or _LOCATIVE_AFTER.match(self._text[mention.end:mention.end + 48]) is not None

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
            if head is not None and not self._acted_before(head, clause):
                return head
            if self._national(max(start, paragraph), end):
                nation = self._nation()
                return NOBODY if nation is None else nation
            if _SCENE.match(self._text, max(start, paragraph), end - 1) and self._text[start - 1:start] in ("。", "\n"):
                return None
            end, steps = max(start, paragraph), steps + 1
        return None

    def _acted_before(self, head: int, clause: int) -> bool:
        """Whether a subject is an organ of state of an earlier sentence, whose acts end with it."""
        if head < 0 or self._mentions[head].type != "Agency" or self._mentions[head].subtype == "Enterprise":
            return False
        return "。" in self._text[self._mentions[head].end:clause]

    def _national(self, low: int, high: int) -> bool:
        """Whether a clause is about the nation as a whole (我国已建成…, 截至目前,全国…)."""
        named = _STATE.search(self._text, low, min(high, low + 30))
        if named is None or _NATIONAL.match(self._without_times(low, high)) is None:
            return False
        at = bisect_left(self._starts, named.start() - 1)
        return at == len(self._mentions) or self._starts[at] != named.start() - 1 or self._mentions[at].type != "Agency"

    def _nation(self) -> int | None:
        return self._default if self._context.place in NATION else None

    def _generic(self, low: int, high: int) -> int | None:
        """The last mention that a common noun at the head of the clause takes up (保护区已…, 该工程…)."""
        match = _GENERIC.match(self._without_times(low, high))
        if match is None:
            return None
        paragraph = max(self._text.rfind("\n", max(0, low - PARAGRAPH), low) + 1, low - PARAGRAPH)
        works = match[1].endswith(("工程", "项目", "设施")) and not _TAKEN.search(match[0]) and self._context.place in NATION
        for at in range(bisect_left(self._starts, low) - 1, max(-1, bisect_left(self._starts, low) - 40), -1):
            mention = self._mentions[at]
            if mention.start < paragraph and works:
                return None
            if (mention.name or mention.text).endswith(match[1]) or (mention.type == "Project" and match[1] in ("工程", "项目", "设施")):
                return at
        return None
