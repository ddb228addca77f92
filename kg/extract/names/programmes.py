"""Doc → proposed mentions: programmes, that is plans, laws, policy documents, campaigns and standing systems."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extract.names.campaigns import propose_campaigns
from kg.extract.names.known import hits
from kg.extract.names.listed_programmes import listed_programmes
from kg.extract.names.phrases import phrases
from kg.extract.names.quotes import curled
from kg.extract.names.titles import propose_titles
from kg.gazetteer import Entry, Gazetteer, Hit
from kg.model import Context, Mention


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    """Proposed mentions, which may overlap those of other modules.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "县里印发《清水县治水方案》（以下简称《方案》），打响碧水保卫战，全面推行河长制。", ""))
    >>> [(m.text, m.name) for m in propose(doc, gazetteer=Gazetteer.load(), context=Context()) if m.rule.startswith("title")]
    [('清水县治水方案', '清水县治水方案'), ('方案', '清水县治水方案')]
    """
    yield from propose_titles(doc, gazetteer=gazetteer, context=context)
    planned = (h for h in hits(doc, gazetteer, "Project") if _PLANNED.match(curled(doc), h.end))
    found = [h for h in (*hits(doc, gazetteer, "Place", "WaterFeature"), *planned) if h.exact]
    titled = [m.span() for m in _TITLED.finditer(curled(doc))]
    starts = [start for start, _ in titled]
    completed = set()
    ends = {h.end for h in found}
    placed = {k.end: k.start for k in hits(doc, gazetteer, "Programme") if k.exact and k.text[:1] == "“" and k.start in ends}
    for mention in propose_campaigns(doc, found=phrases(doc, gazetteer), hits=found):
        if mention.start < placed.get(mention.end, 0):
            continue
        number = bisect_right(starts, mention.start) - 1
        if number < 0 or mention.end > titled[number][1]:
            yield mention
        if mention.rule == "campaign:works" and mention.name:
            completed.add((mention.start, mention.end))
    for mention in listed_programmes(doc, gazetteer):
        completed.add((mention.start, mention.end))
        yield mention
    yield from _first_documents(doc)
    yield from (m for m in _known(doc, gazetteer) if (m.start, m.end) not in completed)


_PLANNED = re.compile("(?:总体|专项|综合|建设|实施|后续)*(?:规划|方案)")
"""What makes the plan of known works after their name: 南水北调工程|总体规划."""
_FIRST_DOCUMENT = re.compile(r"(?:(?:19|20)\d\d年)?中央(?:一|1)号文件")
"""The policy document with which the central bodies open a year: 2019年中央一号文件."""


def _first_documents(doc: Doc) -> Iterator[Mention]:
    text, folded = doc.user_data["text"], curled(doc)
    for match in _FIRST_DOCUMENT.finditer(folded) if "号文件" in folded else ():
        yield Mention(*match.span(), text[match.start():match.end()], "Programme", "PolicyDocument", rule="programme:first-document")


_TITLED = re.compile(r"《[^《》\n]{1,120}》")
"""Titles: a campaign inside the title of a book or a speech is not spoken of."""
_LOCAL = re.compile(r"[省市县区州旗]$")


def _is_part(hit: Hit, folded: str, written: dict[str, bool], gazetteer: Gazetteer) -> bool:
    """Whether a known name is part of a longer one (某省|基本农田保护条例) or the words of an ordinary activity (退耕还林|还草).

    Works that a place begins the name of are no ordinary activity (京津风沙源治理).
    """
    if any(e.subtype == "Law" and hit.text.endswith("条例") for e in hit.exact) and _LOCAL.search(folded, max(0, hit.start - 1), hit.start):
        return True
    if hit.text.endswith("还草") and folded.startswith("还", hit.end):
        return True
    works = next((e.name for e in hit.exact if e.name == hit.text + "工程"), None)
    if works is None or any(place.start == 0 for place in gazetteer.find(hit.text, ("Place",))):
        return False
    if works not in written:
        written[works] = works in folded
    return folded.startswith(("还", "面积", "地", "成果", "项目"), hit.end) or not written[works]


_GOVERNS = re.compile(r"(?:(?:写入|载入|根据|依据|依照|按照|违反|触犯|适用|遵守|修改|修订|施行|维护|拥护)|(?:修改|修订|修正)后的)[《〈]?$")
_CITED = re.compile(r"[》〉]?(?:的|[和与、]|规定|有关|相关|等|第[一二三四五六七八九十百零]|[，。；,;\n])")


def _is_meant(hit: Hit, entry: Entry, folded: str, named: set[str]) -> bool:
    """Whether a short name means its entry: a law that is cited (依照刑法第…条), a campaign named in full before (主题教育)."""
    if entry.subtype == "Law":
        return _GOVERNS.search(folded, max(0, hit.start - 5), hit.start) is not None and _CITED.match(folded, hit.end) is not None
    return entry.id in named


_DRAFT = re.compile("(?:修订|修正)?草案(?!审议稿)")
"""What makes the draft of a law: 国家公园法|草案."""
_PHASE = re.compile("[一二三四五六七八]期工程")


def _known(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Programmes of the national lists, by their name or an alias."""
    text, folded = doc.user_data["text"], curled(doc)
    written: dict[str, bool] = {}
    named: set[str] = set()
    for hit in hits(doc, gazetteer, "Programme"):
        if hit.text.endswith("体系") and "防护林" not in hit.text:
            continue
        if hit.text.endswith("督察") and folded[hit.end:hit.end + 1] in ("组", "办", "局", "员", "专"):
            continue
        if _is_part(hit, folded, written, gazetteer):
            continue
        named.update(entry.id for entry in hit.exact)
        for entry in hit.exact[:1] or [e for e in hit.short[:1] if _is_meant(hit, e, folded, named)]:
            draft = _DRAFT.match(folded, hit.end) if entry.subtype == "Law" else None
            phase = _PHASE.match(folded, hit.end) if hit.text.endswith("工程") else None
            end, name = (draft.end(), f"{entry.name}（{draft.group()}）") if draft else (hit.end, entry.name)
            end, name = (phase.end(), entry.name + phase.group()) if phase else (end, name)
            yield Mention(hit.start, end, text[hit.start:end], "Programme", entry.subtype, name,
                          rule="programme:known", entry=None if draft or phase else entry.id)
