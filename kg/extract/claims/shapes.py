"""Sentence → shape: the sentence with each mention as one letter, so that a grammar of clauses can be regular.

This is the finite-state cascade of FASTUS (Hobbs et al. 1997) for official Chinese: names are found first, then each
becomes one symbol; title marks, quotation marks and parentheses fall away; what is left (州政府 印发 《…》 → A印发P) is
short enough for patterns over coordinations, triggers and particles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from kg.model import EntityType, Mention

SYMBOLS: dict[EntityType, str] = {
    "Agency": "\ue000", "Programme": "\ue001", "WaterFeature": "\ue002", "Project": "\ue003", "Place": "\ue004"}
ANY = "".join(SYMBOLS.values())
JOIN = "(?:、|和|与|及|以及|乃至|暨|及其|;| |/|-|—|~)"
"""What stands between the members of a coordination."""
CLAUSE_MARKS = ",;:。!?\n"
CLAUSE_END = re.compile(f"[{CLAUSE_MARKS}]")
_ANAPHOR = re.compile(r"(?=[该此这全流])(?:(?P<works>(?:该|此项|这一|这项|该项|这个)"
                      r"(?:重大|重点|水利|治理|绿化|生态|引水|调水|修复|民生|标志性){0,2}(?:工程|项目))"
                      r"|(?P<same>(?:该|这[座条个项])[^,。的和与]{0,2}(?:水库|大桥|电站|枢纽|灌区|铁路|高铁|高速|公路|隧道|运河|泵站|水厂|码头|渡槽))"
                      r"|(?P<basin>全流域|该流域|流域内)|(?P<here>(?<=于)此(?=[,;。、]))|(?P<basis>(?<=据)此)"
                      r"|该(?P<plan>条例|办法|规划|方案|计划|决定|意见|细则|规定|行动))")
_BARE = re.compile("(?=[工项大特水电铁高公隧泵灌枢管运保国湿森林])(?<=[。;!?,\n])"
                   "(?:(?:工程|项目|大桥|特大桥|水库|电站|水电站|铁路|高铁|高速|高速公路|公路|隧道|泵站|灌区|枢纽|管线|运河)"
                   "(?=全长|总|位于|地处|连接|建成|完工|投[用产入运]|是|由|起于|[东南西北]起|横跨|途经|穿越|贯穿|将|预计|可|设计|主[桥线]|涉及|惠及|覆盖|从)"
                   "|(?P<land>保护区|国家公园|湿地公园|森林公园|公园|湿地|林场)(?=总面积|规划面积|面积|位于|地处|地跨|横跨|东[起至]|[跨由]))")
"""A bare noun for the works or the protected area named last: 工程位于…, 大桥全长…, 保护区地跨…."""
_WORKS = ("灌区", "水库", "枢纽", "电站")
"""Ends of places and waters that 该工程 can mean too."""
_NEAR = 300
"""Characters back to the works that a bare noun can mean."""
_MEMORY = 60
"""How many mentions back an anaphor is looked for."""
_OPEN, _CLOSE = "([【〔", ")]】〕"
_LEFT_OUT = re.compile(rf"[《》〈〉“”\"'‘’「」『』\u3000\t{re.escape(_OPEN)}{ANY}]")
_TITLE_MARK, _OPEN_QUOTE = re.compile("[《〈]"), re.compile("[“\"「『]")
_LONGEST_PARENTHESIS = 80


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence in symbols; `starts[i]`, `ends[i]` are the document's offsets of the symbol `text[i]`.

    `mentions[i]` is the index of the mention that text[i] stands for, or -1; `marks` holds the offsets of title marks,
    `words` those where words begin (empty where unknown), `quotes` those of opening quotation marks.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    mentions: tuple[int, ...]
    marks: frozenset[int] = frozenset()
    words: frozenset[int] = frozenset()
    quotes: frozenset[int] = frozenset()

    def members(self, start: int, end: int) -> tuple[int, ...]:
        """Indexes of the mentions in text[start:end]."""
        return tuple(i for i in self.mentions[start:end] if i >= 0)

    def titled(self, at: int) -> bool:
        """Whether the symbol text[at] stood in title marks."""
        return self.starts[at] - 1 in self.marks

    def quoted(self, at: int) -> bool:
        """Whether a quotation opens before the symbol text[at]."""
        return at < len(self.text) and self.starts[at] - 1 in self.quotes

    def begins_word(self, at: int) -> bool:
        """Whether a word begins at the symbol text[at], as far as the segmentation tells; 落实 does in 全面落实, 建设 not in 自建设施."""
        if not self.words or at == 0 or self.mentions[at - 1] >= 0:
            return True
        return self.starts[at] in self.words or self.starts[at - 1] not in self.words

    def clause_start(self, at: int) -> int:
        """Where the clause that holds position `at` begins."""
        return 1 + max(self.text.rfind(mark, 0, at) for mark in CLAUSE_MARKS)

    def clause_end(self, at: int) -> int:
        """Where the clause that holds position `at` ends, its punctuation left out."""
        found = CLAUSE_END.search(self.text, at)
        return found.start() if found else len(self.text)


class Mentions:
    """The names and the anaphors of a text in text order, with a quick way to those of a span.

    An anaphor (该工程, 该条例, 全流域) stands for the nearest earlier mention that it fits, by that mention's index.

    >>> text = "清河大桥开工。该工程由市水务局实施。"
    >>> Mentions([Mention(0, 4, "清河大桥", "Project"), Mention(11, 15, "市水务局", "Agency")], text).within(7, len(text))
    [(7, 10, 0), (11, 15, 1)]
    """

    def __init__(self, mentions: Sequence[Mention], folded: str = "") -> None:
        self.all = mentions
        self._spans = sorted([(m.start, m.end, i) for i, m in enumerate(mentions)] + self._anaphors(folded), key=lambda s: (s[0], -s[1]))
        self._starts = [span[0] for span in self._spans]

    def _anaphors(self, folded: str) -> list[tuple[int, int, int]]:
        order = sorted(range(len(self.all)), key=lambda i: self.all[i].start)
        starts = [self.all[i].start for i in order]
        found = []
        for match in (*_ANAPHOR.finditer(folded), *_BARE.finditer(folded)):
            before = order[max(0, bisect_left(starts, match.start()) - _MEMORY):bisect_left(starts, match.start())]
            fits = next((i for i in reversed(before) if self._fits(match, self.all[i])), None)
            if fits is not None:
                found.append((match.start(), match.end(), fits))
        return found

    @staticmethod
    def _fits(match: re.Match[str], mention: Mention) -> bool:
        if match.re is _BARE:
            type_ = "Place" if match["land"] else "Project"
            near = mention.type == type_ and not mention.deictic and match.start() - mention.end <= _NEAR
            return near and (match[0] in ("工程", "项目") or mention.text.endswith(match[0]))
        if match["works"]:
            return mention.type == "Project" or mention.text.endswith(_WORKS)
        if match["same"]:
            return mention.type in ("Project", "Place", "WaterFeature") and mention.text.endswith(match["same"][-2:])
        if match["basin"]:
            return mention.type == "WaterFeature" and mention.text.endswith("流域")
        if match["here"]:
            return mention.type == "Place" and not mention.deictic
        return mention.type == "Programme" and (match["plan"] is None or mention.text.endswith(match["plan"]))

    def within(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """(start, end, index) of what begins in [start, end), in text order, none overlapping an earlier one."""
        kept: list[tuple[int, int, int]] = []
        reached = start
        for span in self._spans[bisect_left(self._starts, start):bisect_left(self._starts, end)]:
            if span[0] >= reached and span[0] < span[1] <= end:
                kept.append(span)
                reached = span[1]
        return kept


def shape(folded: str, start: int, end: int, mentions: Mentions, words: frozenset[int] = frozenset()) -> Shape:
    """The shape of the sentence folded[start:end].

    >>> text = "市政府印发《清河行动方案》(以下简称《方案》)。"
    >>> found = Mentions([Mention(0, 3, "市政府", "Agency"), Mention(6, 12, "清河行动方案", "Programme")])
    >>> shape(text, 0, len(text), found).text.translate({0xe000: "A", 0xe001: "P"})
    'A印发P。'
    """
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    which: list[int] = []
    for a, b, index in _runs(folded, start, end, mentions.within(start, end)):
        if index >= 0:
            text.append(SYMBOLS[mentions.all[index].type])
            starts.append(a)
            ends.append(b)
            which.append(index)
        else:
            text.append(folded[a:b])
            starts.extend(range(a, b))
            ends.extend(range(a + 1, b + 1))
            which.extend([-1] * (b - a))
    marks = frozenset(m.start() for m in _TITLE_MARK.finditer(folded, start, end))
    quotes = frozenset(m.start() for m in _OPEN_QUOTE.finditer(folded, start, end))
    return Shape("".join(text), tuple(starts), tuple(ends), tuple(which), marks, words, quotes)


def _runs(folded: str, start: int, end: int, inside: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """(start, end, index) of mentions and (start, end, -1) of what stays of the text between them."""
    at = start
    head = start + len(folded[start:end]) - len(folded[start:end].lstrip())
    for begin, stop, index in inside:
        if begin < at:
            continue
        at = yield from _plain(folded, at, begin, end, head)
        if at <= begin:
            yield begin, stop, index
            at = stop
    yield from _plain(folded, at, end, end, head)


def _plain(folded: str, at: int, until: int, end: int, head: int) -> Generator[tuple[int, int, int], None, int]:
    """What stays of text[at:until]; a parenthesis is left out whole, though it may reach beyond. Returns where reading goes on."""
    while at < until:
        found = _LEFT_OUT.search(folded, at, until)
        stop = found.start() if found else until
        if stop > at:
            yield at, stop, -1
        at = stop
        if found:
            close = _closing(folded, at, min(end, at + _LONGEST_PARENTHESIS)) if folded[at] in _OPEN else 0
            if close and (at > head or folded[close:end].strip(" \n。")):
                at = close
            else:
                if folded[at] in _OPEN:
                    yield at, at + 1, -1
                at += 1
    return at


def _closing(folded: str, start: int, end: int) -> int:
    depth = 0
    for at in range(start, end):
        if folded[at] in _OPEN:
            depth += 1
        elif folded[at] in _CLOSE:
            depth -= 1
            if depth == 0:
                return at + 1
    return 0


def evidence(one: Shape, folded: str, first: int, last: int) -> tuple[int, int]:
    """The document's offsets of the clauses from position `first` to position `last` of the shape."""
    begin, stop = one.clause_start(first), one.clause_end(max(last - 1, first))
    start = one.starts[begin]
    end = one.starts[stop] if stop < len(one.text) else one.ends[-1]
    while start < end and (folded[start].isspace() or folded[start] in ",;:、"):
        start += 1
    while end > start and (folded[end - 1].isspace() or folded[end - 1] in ",;:、"):
        end -= 1
    return start, end
