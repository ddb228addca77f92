"""Doc → national programmes of works in a list with a shared head: 天然林保护、退耕还林等重点生态工程, 京津风沙源和石漠化治理工程."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ahocorasick_rs
from spacy.tokens import Doc

from kg.extract.names.quotes import curled
from kg.gazetteer import Gazetteer
from kg.model import Mention
from kg.tables import rows

_NAMES = {row[0]: row[1] or row[0] + "工程" for row in rows("kg.extract.names", "listed_programmes.tsv")}
_FORMS = sorted(_NAMES)
_MATCHER = ahocorasick_rs.AhoCorasick(_FORMS, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
_MEMBER = r"[、和及与][^、和及与等，,。；;：:\n]{1,18}"
_OWN = r"(?:等[^、等，,。；;：:\n]{2,14}(?=[、和及与]))?"
_CLOSED = re.compile(rf"”?{_OWN}(?:{_MEMBER}){{0,10}}等[^等，,。；;：:、\n]{{0,16}}?(?:等[^等，,。；;：:、\n]{{0,12}}?)?(?:工程|项目)"
                     r"(?![师院质监]|(?:建设)?(?:工作)?(?:座谈会|推进会|现场会|会议))")
_ANY = "|".join(map(re.escape, sorted(_FORMS, key=len, reverse=True)))
_DIRECT = re.compile(rf"(?:[、和及与](?:{_ANY}))+[一-鿿]{{0,8}}?工程(?![师院质监])")
_BELTS = re.compile(r"”?(?:[、和及与][^、，,。；;：:\n]{2,6})?等(?:[一-鿿]{2}地区)?防护林")
_GOES_ON = ("工程", "成果", "面积", "任务", "地", "政策", "资金", "区", "率", "战略")
"""What after a form makes another phrase of it: 退耕还林|成果."""


def listed_programmes(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    """The members of such lists, each with its whole name.

    >>> from kg.gazetteer import Gazetteer
    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "推进“三北”、退耕还林等重点生态工程。", ""))
    >>> [(m.text, m.name) for m in listed_programmes(doc, Gazetteer.load())]
    [('“三北”', '“三北”工程'), ('退耕还林', '退耕还林工程')]
    """
    folded = curled(doc)
    if "工程" not in folded and "项目" not in folded:
        return
    for number, start, end in _MATCHER.find_matches_as_indexes(folded):
        if folded.startswith(_GOES_ON, end) or not (_CLOSED.match(folded, end) or _DIRECT.match(folded, end)):
            continue
        name = _NAMES["三北防护林体系建设" if _FORMS[number] == "三北" and _BELTS.match(folded, end) else _FORMS[number]]
        known = gazetteer.lookup(name, ("Programme",))
        quoted = folded[start - 1:start] == "“" and folded[end:end + 1] == "”"
        start, end = (start - 1, end + 1) if quoted else (start, end)
        yield Mention(start, end, doc.user_data["text"][start:end], "Programme", "Campaign", name, rule="campaign:works",
                      entry=known[0].id if known else None)
