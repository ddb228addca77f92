"""Doc → mentions: the proposals of the five modules, overlaps settled."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extract.names import agencies, places, programmes, projects, waters
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

_RANK = {"Programme": 0, "Project": 1, "Agency": 2, "WaterFeature": 3, "Place": 4}


def find_mentions(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> tuple[Mention, ...]:
    """Mentions in text order, none inside another but for bodies that only the title of what they issue names."""
    proposed = [m for module in (agencies, places, waters, programmes, projects)
                for m in module.propose(doc, gazetteer=gazetteer, context=context)]
    kept = settle(proposed)
    issuers = _issuers(doc.user_data["folded"], proposed, kept)
    return tuple(sorted((*kept, *issuers), key=lambda m: (m.start, -m.end))) if issuers else kept


def _issuers(folded: str, proposed: Iterable[Mention], kept: Iterable[Mention]) -> list[Mention]:
    """The bodies with which a title on a line of its own begins, where they stand nowhere else: 某市水利局|关于加强节水工作的通知."""
    known = {m.text for m in kept if m.type == "Agency"}
    fronts = {m.start: folded.find("关于", m.start, m.end) for m in kept
              if m.type == "Programme" and folded[m.start - 1:m.start] in ("", "\n")}
    starts = sorted(fronts)
    inside = [m for m in proposed if m.type == "Agency" and m.text not in known
              and (number := bisect_right(starts, m.start)) and m.end <= fronts[starts[number - 1]]]
    return list(settle(inside)) if inside else []


def settle(proposed: Iterable[Mention]) -> tuple[Mention, ...]:
    """Proposals that overlap, settled: the longest wins, then the order of the types, then the one that is known or named.

    >>> river = Mention(0, 3, "响水河", "WaterFeature")
    >>> works = Mention(0, 7, "响水河治理工程", "Project")
    >>> [m.type for m in settle([river, works])]
    ['Project']
    """
    ranked = sorted(proposed, key=lambda m: (m.start - m.end, _RANK[m.type], m.entry is None, m.name is None, m.deictic, m.start))
    taken = bytearray(max((m.end for m in ranked), default=0))
    kept = []
    for mention in ranked:
        if mention.start < mention.end and not any(taken[mention.start:mention.end]):
            kept.append(mention)
            taken[mention.start:mention.end] = b"\1" * (mention.end - mention.start)
    return tuple(sorted(kept, key=lambda m: m.start))
