"""Who signs a document issues it: 现予以发布。 … | 市水利局 | 2021年3月5日."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.model import Mention, RelationMention

_NUMERAL = "[一二三四五六七八九十○〇零O0]"
_DATE = re.compile(rf"[ \t\u3000]*\n[ \t\u3000]*(?:(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日|[一二]{_NUMERAL}{{3}}年{_NUMERAL}{{1,2}}月)")
_PUBLISHES = re.compile("现(?:予以?|将其?|正式)?(?:发布|公布|印发|颁布|公告)(?:给|实施|施行|如下|你)?")
_SENTENCE = re.compile(r"[。!?\n]")
_BASIS = re.compile("(?:根据|依据|按照|依照|贯彻|落实|遵照)[^,;:]{0,60}$")
_REPEALED = re.compile("(?:废止|撤销|停止执行|取消|修改|转发)[《(]*$")
"""What stands before the name of a document that another one repeals: 公告(废止《甲办法》)."""
_LABEL = re.compile(r"(?:颁布|发布|制定|发文|印发|公布)(?:单位|机关|机构|部门)[】\])]?[ \t\u3000]*:?[ \t\u3000]*(?=[\u4e00-\u9fff])")
"""What a page says of a document's origin: 发布机构: | 市水利局."""
_GAP = re.compile(r"[ \t\u3000,、;]{0,4}")
_INDENT = 40
"""Characters before an agency among which its line begins."""
_BEFORE = 200
"""Characters before 现予发布 in which the programmes published are named."""


def signed(folded: str, mentions: Sequence[Mention], title: int | None) -> Iterator[RelationMention]:
    """The agencies of the signature issue the document's own programme and those that a sentence says are published herewith.

    >>> text = "本局编写了《节水指南》,现予以发布。\\n  市水利局\\n  2021年3月5日\\n"
    >>> mentions = [Mention(6, 10, "节水指南", "Programme"), Mention(21, 25, "市水利局", "Agency")]
    >>> [(r.subject, r.predicate, r.object) for r in signed(text, mentions, None)]
    [(1, 'issues', 0)]
    """
    signers = _signers(folded, mentions)
    if not signers:
        return
    order = sorted((i for i, m in enumerate(mentions) if m.type == "Programme"), key=lambda i: mentions[i].start)
    starts = [mentions[i].start for i in order]
    own = {} if title is None or _before(_REPEALED, folded, mentions[title]) else {title: mentions[title].end}
    for match in _PUBLISHES.finditer(folded, 0, mentions[signers[0]].start):
        begin = max(0, match.start() - _BEFORE)
        begin = max([begin, *(mark.end() for mark in _SENTENCE.finditer(folded, begin, match.start()))])
        for i in order[bisect_left(starts, begin):bisect_left(starts, match.start())]:
            if folded[mentions[i].start - 1:mentions[i].start] == "《" and not _BASIS.search(folded, begin, mentions[i].start):
                own.setdefault(i, match.end())
    for programme, end in own.items():
        for signer in signers:
            yield RelationMention(signer, "issues", programme, mentions[programme].start, max(end, mentions[programme].end), rule="signed")


def labelled(folded: str, mentions: Sequence[Mention], title: int | None) -> Iterator[RelationMention]:
    """The agencies that a page names as the origin of the document's own programme.

    >>> text = "节水规划\\n发布机构:市水利局 发布日期:2021年3月5日\\n"
    >>> mentions = [Mention(0, 4, "节水规划", "Programme"), Mention(10, 14, "市水利局", "Agency")]
    >>> [(r.subject, r.predicate, r.object, text[r.start:r.end]) for r in labelled(text, mentions, 0)]
    [(1, 'issues', 0, '发布机构:市水利局')]
    """
    if title is None:
        return
    order = sorted((i for i, m in enumerate(mentions) if m.type == "Agency" and not m.deictic), key=lambda i: mentions[i].start)
    starts = [mentions[i].start for i in order]
    for label in _LABEL.finditer(folded):
        at, end = bisect_left(starts, label.end()), label.end()
        while at < len(order) and _GAP.fullmatch(folded, end, starts[at]):
            end = mentions[order[at]].end
            yield RelationMention(order[at], "issues", title, label.start(), end, rule="labelled-issuer")
            at += 1


def _signers(folded: str, mentions: Sequence[Mention]) -> list[int]:
    """The agencies that fill the lines above the first date after the text, attachments having signatures of their own."""
    order = sorted((i for i, m in enumerate(mentions) if m.type == "Agency" and not m.deictic), key=lambda i: mentions[i].start)
    body = folded.find("。")
    last = next((at for at, i in enumerate(order) if 0 <= body < mentions[i].start and _DATE.match(folded, mentions[i].end)), None)
    if last is None:
        return []
    first = last
    while first and not folded[mentions[order[first - 1]].end:mentions[order[first]].start].strip():
        first -= 1
    return order[first:last + 1] if _begins_line(folded, mentions[order[first]].start) else []


def _begins_line(folded: str, at: int) -> bool:
    _, newline, indent = folded[max(0, at - _INDENT):at].rpartition("\n")
    return bool(newline) and not indent.strip()


def _before(pattern: re.Pattern[str], folded: str, mention: Mention) -> bool:
    return bool(pattern.search(folded, max(0, mention.start - _INDENT), mention.start))
