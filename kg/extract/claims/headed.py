"""Divisions listed behind the one above them: 江苏省:苏州市常熟市、昆山市。 — each lies in the division that heads the line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.model import Mention, RelationMention

_HEADS = re.compile(r"^[ \t\u3000]*(?:[一二三四五六七八九十\d]+[、.)]|\([一二三四五六七八九十\d]+\))?[ \t]*([\u4e00-\u9fff]{2,16})"
                    r"(?:\([^()\n]{1,12}\)|\d+[个处]?)?[ \t]*:(?=[^\n])", re.MULTILINE)
_STOP = re.compile(r"[。\n]")
_MOST = 300
"""Divisions of one line."""


def headed(folded: str, mentions: Sequence[Mention]) -> Iterator[RelationMention]:
    """That the divisions of a line lie in the one that stands before its colon, as far as the gazetteer agrees.

    >>> text = "江苏省:苏州市常熟市,南京市。"
    >>> entries = ((0, 3, "江苏省"), (4, 10, "江苏省/苏州市/常熟市"), (11, 14, "江苏省/南京市"))
    >>> mentions = [Mention(a, b, text[a:b], "Place", entry=entry) for a, b, entry in entries]
    >>> [(r.subject, r.predicate, r.object) for r in headed(text, mentions)]
    [(1, 'locatedIn', 0), (2, 'locatedIn', 0)]
    """
    order = sorted((i for i, m in enumerate(mentions) if m.type == "Place" and m.entry and not m.deictic), key=lambda i: mentions[i].start)
    starts = [mentions[i].start for i in order]
    for head in _HEADS.finditer(folded):
        at = bisect_left(starts, head.start(1))
        if at == len(order) or starts[at] != head.start(1) or mentions[order[at]].end != head.end(1):
            continue
        outer, stop = order[at], _STOP.search(folded, head.end())
        end = stop.start() if stop else len(folded)
        for inner in order[at + 1:min(bisect_left(starts, end), at + 1 + _MOST)]:
            if str(mentions[inner].entry).startswith(f"{mentions[outer].entry}/"):
                yield RelationMention(inner, "locatedIn", outer, head.start(1), mentions[inner].end, rule="located-headed")
