"""Doc → works that no head noun alone marks: lines from one place to another, models of works, names that stand again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from kg.extract.names.again import uses
from kg.extract.names.name_tables import alternatives
from kg.extract.names.quotes import curled
from kg.model import Mention

_DIVERSION = re.compile(f"(?=[南引东北西滇大])(?:南水北调(?:东线|中线|西线)(?=引))?{alternatives('line-of-water-pattern')}"
                        + "(?:东线|中线|西线|输水|供水|调水)?(?:一期|二期|三期|四线|后续水源|后续|配套|主体)?工程")
_POWER = re.compile(r"(?P<from>[一-鿿]{2,8}?)(?:至|到|[—~-]{1,2})[一-鿿]{2,8}?±?\d{3,4}千伏(?=[特柔直交输联外背线通工项])"
                    r"(?:特高压|柔性|直流|交流|输变电|输电|联网|外送|背靠背)*(?:线路|通道)?(?:工程|项目)?(?:\([^()\n]{1,6}段\))?")
"""A line of power by its ends and its voltage: 甲地至乙地±800千伏特高压直流输电线路."""
_JOINED = re.compile("(?:工程|项目|线路|通道)[和与及](?=[一-鿿]{2,6}$)")
"""The works before a line of power whose start no list knows: 引白济清工程和|甲州至乙州."""
_METRO = re.compile(r"(?:轨道交通|地铁|城轨|有轨电车|轻轨)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[SRTFXL][0-9]{1,2})号?线"
                    r"(?:[一二三四五]期)?(?:工程)?")
"""A line of a city's railway by its number: 轨道交通22号线."""
_MODEL = re.compile(r"数字孪生(?P<named>[一-鿿]{1,4}?[江河湖])?")
_MODEL_TAIL = re.compile(r"(?:流域|工程)?(?:[东中西]线)?(?:\d(?:\.\d)?)?(?:系统|平台|水库|枢纽|工程)?")
_SHORTEST = 4
"""Characters of a name that is looked for wherever else it stands."""


def lines(doc: Doc, divisions: Mapping[int, int], known: Mapping[int, int]) -> Iterator[Mention]:
    """Works that carry water, gas or power from one place to another, and digital twins.

    `divisions` are places by their start, `known` waters and works, each with its end.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "建成引白济清工程和甲州至乙州±500千伏直流输电工程。", ""))
    >>> [m.text for m in lines(doc, {}, {})]
    ['引白济清工程', '甲州至乙州±500千伏直流输电工程']
    """
    text, folded = doc.user_data["text"], curled(doc)
    for match in _DIVERSION.finditer(folded):
        yield Mention(*match.span(), text[match.start():match.end()], "Project", "Works", rule="project:diversion")
    for match in _POWER.finditer(folded) if "千伏" in folded else ():
        begun = [at for at in range(match.start(), match.end("from")) if divisions.get(at) == match.end("from")]
        joined = _JOINED.search(folded, match.start(), match.end("from"))
        start = min(begun, default=joined.end() if joined else match.start())
        if begun or joined or not "一" <= folded[start - 1:start] <= "鿿" or folded[start - 1] in "和与及":
            yield Mention(start, match.end(), text[start:match.end()], "Project", "Works", rule="project:power")
    for match in _METRO.finditer(folded) if "线" in folded else ():
        start = next((at for at in range(match.start() - 2, max(match.start() - 5, -1), -1) if divisions.get(at) == match.start()),
                     match.start())
        yield Mention(start, match.end(), text[start:match.end()], "Project", "Works", rule="project:metro")
    for match in _MODEL.finditer(folded) if "数字孪生" in folded else ():
        of = known.get(match.start() + len("数字孪生"), match.end() if match["named"] else 0)
        if of and (tail := _MODEL_TAIL.match(folded, of)):
            yield Mention(match.start(), tail.end(), text[match.start():tail.end()], "Project", "Works", rule="project:model")


def repeated(doc: Doc, named: Sequence[Mention]) -> Iterator[Mention]:
    """The works named once, wherever else their names stand: 甲乙高铁 … 甲乙高铁|建设.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "白石岭隧道贯通。白石岭隧道内灯光明亮。", ""))
    >>> [(m.start, m.text) for m in repeated(doc, [Mention(0, 5, "白石岭隧道", "Project")])]
    [(8, '白石岭隧道')]
    """
    text, folded = doc.user_data["text"], curled(doc)
    once = {folded[m.start:m.end]: m for m in named if m.entry is None and m.end - m.start >= _SHORTEST}
    taken = {m.start for m in named}
    for form, start, end in uses(once, folded):
        if start not in taken and not folded.startswith("断面", end):
            first = once[form]
            yield Mention(start, end, text[start:end], "Project", first.subtype, first.name, rule="project:again", entry=first.entry)
