"""Doc → mentions: the proposals of the five modules, overlaps settled."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract import agencies, places, programmes, projects, waters
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

_RANK = {"Programme": 0, "Project": 1, "Agency": 2, "WaterFeature": 3, "Place": 4}


def find_mentions(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> tuple[Mention, ...]:
    """Mentions in text order, none inside another: the longest wins, then the order of _RANK."""
    proposed = [m for module in (agencies, places, waters, programmes, projects)
                for m in module.propose(doc, gazetteer=gazetteer, context=context)]
    proposed.sort(key=lambda m: (m.start - m.end, _RANK[m.type], m.start))
    taken = bytearray(len(doc.text))
    kept = []
    for mention in proposed:
        if not any(taken[mention.start:mention.end]):
            kept.append(mention)
            taken[mention.start:mention.end] = b"\1" * (mention.end - mention.start)
    return tuple(sorted(kept, key=lambda m: m.start))
