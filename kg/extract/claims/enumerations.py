"""Lists under a heading: 三、授予国家湿地公园称号（2处） / 1.甲国家湿地公园 / 2.乙国家湿地公园."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Mention, RelationMention

_HEADING = re.compile(
    r"^[ \t]*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])?[^,;。\n]{0,16}?"
    r"(?:授予|晋升|命名|认定为|认定|评为|新建|确定为|获评|表彰)[^,;。\n]{0,40}\(?\d+ ?(?:处|个|家|名|项|条|座)\)?:?[ \t]*$", re.MULTILINE)
_MEMBER = re.compile(r"[ \t]*(?:\d{1,3}[.、)]|\(\d{1,3}\)|[-•·])[ \t]*")
_MOST = 400
_NAMED = ("Place", "Project", "Agency")


def enumerated(folded: str, mentions: Sequence[Mention], agency: int | None) -> Iterator[RelationMention]:
    """What the members of numbered lists under a heading of honour are recognised as, by the agency the document speaks for."""
    if agency is None:
        return
    begins = {m.start: i for i, m in enumerate(mentions) if m.type in _NAMED}
    for heading in _HEADING.finditer(folded):
        at = heading.end() + 1
        for _ in range(_MOST):
            end = folded.find("\n", at)
            end = len(folded) if end < 0 else end
            number = _MEMBER.match(folded, at, end)
            if number is None:
                if folded[at:end].strip() or at >= len(folded):
                    break
            elif number.end() in begins:
                yield RelationMention(agency, "recognises", begins[number.end()], at, end, rule="recognises-list")
            at = end + 1
