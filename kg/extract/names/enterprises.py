"""Doc → enterprises in lists: with a shared head (吉林、龙江森工集团), with a count, or as cases of a kind (宝钢等钢铁企业)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.around import around
from kg.extract.names.place_names import Spot, spot_at
from kg.extract.names.stem_words import alternatives
from kg.model import Mention

_NAME = r"[\u4e00-\u9fff]"
_GENERIC = re.compile(f"(?:{alternatives('generic-agency')})+")
LIST = re.compile(rf"(?<!{_NAME})(?:{_NAME}{{2,4}}、)+$")
COUNTED = re.compile(rf"(?:(?<!{_NAME})|(?<=[及和]))(?P<names>{_NAME}{{2,4}}(?:、{_NAME}{{2,4}}){{1,9}})[\d两三四五六七八九十]{{1,2}}[个家]"
                     rf"(?P<head>{_NAME}{{2,6}}(?:\({_NAME}{{1,4}}\))?(?:集团|公司|银行))")
CASES = re.compile(rf"(?<!{_NAME})(?P<names>{_NAME}{{2,6}}(?:、{_NAME}{{2,6}}){{0,6}})等"
                   r"(?:\d+家|多家|一批|大型|重点|国有|知名|龙头|骨干|钢铁|化工|电力|能源)*企业")
_COUNT = re.compile(r"[\d两三四五六七八九十][个家][\u4e00-\u9fff()]{2,14}?(?:集团|公司|银行)")
_KIND = re.compile(r"等[^,;。\n]{0,12}?企业")
_NO_FIRM = re.compile("[省市县区州]$|教授|研究员|院士|主任|记者|专家|学者|代表|大学|学院|研究院|委员|编审|教师|书记|所长|院长|工程师|等地")
"""What stands in a list before a body and is none of its kind: a division, a person."""
NAME_TAGS = ("nr", "nrt", "nz", "nt", "j")


def counted(doc: Doc, text: str) -> Iterator[Mention]:
    """Groups told by a list and a count: 吉林、龙江、伊春3个森工集团 → three groups."""
    for match in around(_COUNT, 60, COUNTED, text):
        head = re.sub(r"\([^()]*\)", "", match["head"])
        for part in re.finditer(f"{_NAME}+", match["names"]):
            start, end = match.start("names") + part.start(), match.start("names") + part.end()
            yield Mention(start, end, doc.user_data["text"][start:end], "Agency", "Enterprise", text[start:end] + head, rule="shared")


def cases(doc: Doc, text: str) -> Iterator[Mention]:
    """Enterprises that a list gives as cases of their kind."""
    for match in around(_KIND, 50, CASES, text):
        for part in re.finditer(f"{_NAME}+", match["names"]):
            start, end = match.start("names") + part.start(), match.start("names") + part.end()
            span = doc.char_span(start, end)
            named = span is not None and len(span) == 1 and (span[0].tag_ in NAME_TAGS or span.text[-1] in "钢铝铜煤")
            if named and not _GENERIC.fullmatch(text[start:end]):
                yield Mention(start, end, doc.user_data["text"][start:end], "Agency", "Enterprise", rule="list")


def listed(doc: Doc, text: str, begin: int, end: int, spots: Sequence[Spot]) -> Iterator[Mention]:
    """Names before the one at text[begin:end] that share its head."""
    each = spot_at(spots, begin)
    before = LIST.search(text, max(0, begin - 36), begin)
    if each is None or before is None or end - each.end < 3:
        return
    head = re.sub(r"[(（][^()（）]*[)）]", "", doc.user_data["text"][each.end:end])
    for part in re.finditer(f"{_NAME}+", before.group()):
        if _NO_FIRM.search(part.group()):
            continue
        start, stop = before.start() + part.start(), before.start() + part.end()
        form = doc.user_data["text"][start:stop]
        yield Mention(start, stop, form, "Agency", "Enterprise", form + head, rule="shared")
