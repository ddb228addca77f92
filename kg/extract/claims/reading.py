"""What reading a text so far has told: the subjects named last, the place spoken for, the document's own programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from kg.extract.claims import attach
from kg.extract.claims.shapes import ANY, SYMBOLS, Shape
from kg.model import CONTEXT_PLACE, Context, EntityType, Mention

_KINDS: tuple[EntityType, ...] = ("Agency", "Place", "Project", "WaterFeature")
_NATIONAL = ("中国", "全国", "中华人民共和国")
_DIVISION = re.compile(r"(?:[省市州县盟旗镇乡村]|(?<![地原片范护灌矿园发新景库流林牧社厂示])区)$")
_SALUTATION = re.compile(f"^[^。!?]*[{ANY}门局厅委位司会府院团校部]:\\s*$")
"""The line that names the addressees of a letter."""
_TITLE_END = re.compile(r"[)》\s]*(?:的?(?:通知|公告|决定|函|批复|意见|报告|请示|令|通报|答复))?[)》\s]*(?:\([^)]*\))?\s*$")
_COUNTRY_WIDE = re.compile("(?:中央|政治局|国务院|政协|人大|常务委员会|常委会|代表大会|法院|检察院|总局|国家[^市县]{1,12}局|部)$")
"""Organs that lead or speak rather than carry out what the sentences after them demand."""
_DEMANDS = re.compile("(?:方案|规划|计划|要点|意见|通知|条例|办法|规定|细则|措施|决定|行动|制度|法|清单)(?:\\([^()]*\\))?$")
"""Ends of documents that set tasks."""
_DIRECTIVE = re.compile("[^。!?,\\n]{0,24}(?:强调|指出|要求|提出)[,:]"
                        "(?=[^\\n]*?(?:[,;。:]|各地|我们|必须|全党|部门|[省市州县区])[还必都]?[要应须](?!求))")
"""The beginning of a paragraph that reports what somebody demands: 会议强调,各地要抓好整改。"""
_APPROVAL = re.compile(r"\s*[^\n]{0,80}的批复\s*\n")
_ITEM = re.compile(r"\s*(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、)])")
"""What begins an item of a list, whose subject stands in the line before the list: 市水利局履行下列职责: | (一)."""
_INTRODUCES = re.compile(r"(?:下列|以下|如下)[^,;。!?]{0,16}[:。]?\s*$")
_STRETCH = re.compile("(?:干流)?(?:[上中下]{1,2}游|干流)$")
_LINE = re.compile(r"[^\s][^\n]*")
_HEADLINE = re.compile(r"(?!关于|文件|办公室|公告|通知|通报|令|函|网|局|厅|、|和)[^。,;\n]{4,40}$")
_TITLE_LINES, _TITLE_SHARE = 5, 0.4
"""How many opening lines may hold the document's own name, and how much of its line that name must fill."""


@dataclass
class Reading:
    """What reading the text so far has told: the subjects named last, and the document's own programme.

    `place_age` counts the sentences since a place was a subject; `speaker` is the kind of the paragraph's last subject,
    agency or place, `officer` the place or agency whose officer it told of last; `hero` the agency that the title tells of;
    an `approval` (批复) speaks of the plan approved, not for a place.
    """

    mentions: Sequence[Mention]
    context: Context
    title: int | None = None
    publisher: int | None = None
    paragraph: dict[EntityType, tuple[int, ...]] = field(default_factory=dict)
    last_agency: tuple[int, ...] = ()
    last_place: tuple[int, ...] = ()
    place_age: int = 0
    speaker: EntityType | None = None
    hero: tuple[int, ...] = ()
    approval: bool = False
    unnamed: bool = False
    listing: bool = False
    directive: bool = False
    officer: int | None = None

    def begin_paragraph(self, folded: str = "", start: int = 0) -> None:
        """Forget the subjects of the paragraph before, but for those of the line that introduces a list."""
        self.directive = _DIRECTIVE.match(folded, start) is not None
        if not (self.listing and _ITEM.match(folded, start)):
            self.paragraph, self.speaker, self.unnamed, self.listing, self.officer = {}, None, False, False, None

    def kind(self, index: int) -> EntityType:
        return "Place" if index == CONTEXT_PLACE else self.mentions[index].type

    def division(self, index: int) -> bool:
        """Whether a mention names an administrative division rather than a region or a protected area."""
        mention = self.mentions[index]
        return mention.subtype == "AdministrativeDivision" if mention.subtype else bool(_DIVISION.search(mention.name or mention.text))

    def local(self, index: int) -> bool:
        """Whether a mention names a division inside the jurisdiction, as far as its entry tells."""
        entry, above = self.mentions[index].entry, self.context.place_id
        inside = entry is None or not above or self.context.place in _NATIONAL or entry.startswith(above)
        return inside and self.division(index)

    def same(self, s: int, o: int) -> bool:
        """Whether two mentions are one, or of one form."""
        if s == o or s < 0 or o < 0 or self.kind(s) != self.kind(o):
            return s == o
        texts = (self.mentions[s].text, self.mentions[o].text)
        names = (self.mentions[s].name, self.mentions[o].name)
        return texts[0] == texts[1] or (names[0] is not None and names[0] == names[1]) or (self.kind(s) == "Place" and texts[0] in texts[1])

    def government(self, index: int) -> int | None:
        """The mention of the government of a place, where the document names it."""
        place = self.context.place if index == CONTEXT_PLACE or self.mentions[index].deictic else None
        place = place or self.mentions[index].name or self.mentions[index].text
        names = {f"{place}人民政府", f"{place}政府"}
        if place == self.context.place:
            names |= {f"{place[-1]}政府", f"{place[-1]}人民政府"}
        return min((self._agencies[name] for name in names if name in self._agencies), default=None)

    @cached_property
    def _agencies(self) -> dict[str, int]:
        """The first mention of each name and form of an agency."""
        found: dict[str, int] = {}
        for index, mention in enumerate(self.mentions):
            if mention.type == "Agency":
                found.setdefault(mention.text, index)
                if mention.name:
                    found.setdefault(mention.name, index)
        return found

    def whole(self, index: int) -> int:
        """The river of which a mention names a stretch, where the document names the river too: 清江上游 → 清江."""
        name = _STRETCH.sub("", self.mentions[index].text) if index >= 0 else ""
        return self._waters.get(name, index)

    @cached_property
    def _waters(self) -> dict[str, int]:
        """The first mention of each form of a water."""
        found: dict[str, int] = {}
        for index, mention in enumerate(self.mentions):
            if mention.type == "WaterFeature":
                found.setdefault(mention.text, index)
        return found

    def partner(self, index: int) -> int | None:
        """Who acts where a place works together with another: its government, where the document names it."""
        return self.government(index) if self.kind(index) == "Place" else index

    @cached_property
    def demands(self) -> bool:
        """Whether the document is a plan, a notice or a law, whose sentences without a subject set tasks."""
        return self.title is not None and bool(_DEMANDS.search(self.mentions[self.title].text))

    @property
    def jurisdiction(self) -> tuple[int, ...]:
        """CONTEXT_PLACE where the document speaks for a part of the country."""
        place = self.context.place
        return () if place is None or place in _NATIONAL or self.approval else (CONTEXT_PLACE,)

    def remember(self, one: Shape) -> None:
        """Note the subjects of a sentence for those that follow."""
        self.place_age += 1
        if ":" in one.text[-8:] and _SALUTATION.search(one.text):
            return
        if introduces(one.text):
            self.listing = True
            self.unnamed = attach.private(one, len(one.text)) or attach.unnamed(one, len(one.text))
        officer = attach.person(one, len(one.text))
        self.officer = self.officer if officer is None else officer
        places = [i for i in one.members(0, len(one.text)) if self.kind(i) == "Place" and not self.mentions[i].deictic]
        self.last_place = tuple([i for i in places if self.division(i)][-1:]) or self.last_place
        first = len(one.text)
        for start, end in attach.clauses(one):
            for kind in (kind for kind in _KINDS if one.text.find(SYMBOLS[kind], start, end) >= 0):
                for subject in attach.subjects(one, start, end, frozenset((kind,))):
                    if subject.companion:
                        continue
                    self.paragraph[kind] = subject.members
                    if kind in ("Agency", "Place") and subject.start < first:
                        first = subject.start
                        self.speaker = None if self._leads(subject.members[0]) else kind
                    if kind == "Agency":
                        self.last_agency = subject.members
                    elif kind == "Place":
                        self.place_age = 0
                    break

    def _leads(self, index: int) -> bool:
        return self.kind(index) == "Agency" and bool(_COUNTRY_WIDE.search(self.mentions[index].text))


def introduces(sentence: str) -> bool:
    """Whether a sentence leads over to the items of a list: 施工单位应当遵守下列规定:."""
    return any(word in sentence for word in ("下列", "以下", "如下")) and bool(_INTRODUCES.search(sentence))


def begin(folded: str, mentions: Sequence[Mention], context: Context) -> Reading:
    """The state before the first sentence."""
    return Reading(mentions, context, _title(folded, mentions), _publisher(mentions, context),
                   hero=_hero(folded, mentions), approval=bool(_APPROVAL.match(folded)))


def _hero(folded: str, mentions: Sequence[Mention]) -> tuple[int, ...]:
    """The agency with which one of the opening lines, a headline, begins and of which it tells something."""
    starts = {m.start: i for i, m in enumerate(mentions) if m.type == "Agency" and not m.deictic}
    for line in islice(_LINE.finditer(folded), _TITLE_LINES):
        index = starts.get(line.start())
        if index is not None and _HEADLINE.match(folded, mentions[index].end, line.end()):
            return () if _COUNTRY_WIDE.search(mentions[index].text) else (index,)
    return ()


def _title(folded: str, mentions: Sequence[Mention]) -> int | None:
    """The mention of the document's own programme: the longest in the first of the opening lines that has one."""
    at = seen = 0
    while at < len(folded) and seen < _TITLE_LINES:
        end = folded.find("\n", at)
        end = len(folded) if end < 0 else end
        if folded[at:end].strip():
            seen += 1
            heads = [i for i, m in enumerate(mentions) if m.type == "Programme" and at <= m.start < end]
            best = max(heads, key=lambda i: mentions[i].end - mentions[i].start, default=None)
            if best is not None:
                end = max(end, folded.find("\n", mentions[best].end) if "\n" in folded[mentions[best].end:] else len(folded))
                share = (mentions[best].end - mentions[best].start) / len(folded[at:end].strip())
                return best if share >= _TITLE_SHARE and _TITLE_END.match(folded, mentions[best].end, end) else None
        at = end + 1
    return None


def _publisher(mentions: Sequence[Mention], context: Context) -> int | None:
    if not context.publisher:
        return None
    return next((i for i, m in enumerate(mentions) if m.type == "Agency" and context.publisher in (m.text, m.name)), None)
