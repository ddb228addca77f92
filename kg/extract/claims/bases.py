"""What a programme rests on: 根据《甲》和《乙》，结合实际，制定本方案."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.claims.grammar import alternatives
from kg.extract.claims.shapes import SYMBOLS, Shape, evidence
from kg.model import RelationMention

_P = SYMBOLS["Programme"]
_PLAN = alternatives("plan")
_OWN = rf"(?:特)?{alternatives('make')}了?(?:本{_PLAN}|(?:如下|以下)[^,;:。!?]{{0,6}}{_PLAN}|{_PLAN}如下)"
_PUBLISHED = rf"现将[^,;:。!?{_P}]{{0,12}}(?P<published>{_P})[^,;:。!?{_P}]{{0,8}}(?:予以)?(?:公布|公告|公示|印发|发布)"
_OWN += r"|现[^,;:。!?]{0,24}(?:通知|公告|通告|批复|答复|决定|意见)如下"
_MADE = re.compile(rf"{_OWN}|(?<![年月日])(?:{alternatives('make')})了?[^,;:。!?{_P}根据依按]{{0,10}}(?P<made>{_P})|{_PUBLISHED}")
_BASE = re.compile(rf"{alternatives('base')}[^,;:。!?{_P}]{{0,16}}(?P<first>{_P})")
_FURTHEST = 400
"""Characters of a shape between the first basis and the verb."""


def bases(one: Shape, folded: str, title: int | None) -> Iterator[RelationMention]:
    """The programmes named as basis before 制定本方案 (the document's own, `title`) or 制定《丙》 in one sentence."""
    first = _BASE.search(one.text)
    while first:
        made = _MADE.search(one.text, first.end())
        if made is None or made.start() - first.start() > _FURTHEST:
            return
        named = "published" if made["published"] else "made"
        subject = one.mentions[made.start(named)] if made[named] else title
        if subject is not None:
            start, end = evidence(one, folded, first.start(), made.end())
            for at in range(first.start(), made.start()):
                basis = one.mentions[at]
                if basis >= 0 and one.text[at] == _P and basis != subject:
                    yield RelationMention(subject, "basedOn", basis, start, end, rule="based-made" if made[named] else "based-own")
        first = _BASE.search(one.text, made.end())
