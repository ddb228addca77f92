"""Doc → proposed mentions: agencies.

Three grammars meet here. Bodies of party and government over a place (`agency_bodies`), heads with the stem before
them (`agency_names`: …整改工作领导小组), and what the gazetteer knows (`agency_nation`). To these come branches,
names that the text defines, and words that point back (该局, 我厅).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.divisions import LEVEL_WORDS, at_level
from kg.extract.names.agency_bodies import bare, bodies
from kg.extract.names.agency_names import long_names
from kg.extract.names.agency_nation import department, known
from kg.extract.names.corps import corps_divisions
from kg.extract.names.enterprises import cases, counted
from kg.extract.names.place_names import mask
from kg.extract.names.places import located
from kg.extract.names.pointing import beside, together
from kg.extract.names.regions import named_regions
from kg.extract.names.short_names import DEFINED, defined
from kg.extract.names.zone_bodies import area_bodies, listed_committees
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

HEADS = ("厅", "局", "委", "办", "部", "院", "公司", "集团", "中心", "站", "银行")
DEICTIC = re.compile(rf"(?:我|本|该|贵|你)(?P<head>{'|'.join(HEADS)})(?![门长署分员属族])")
OFFICE = re.compile(r"(?:(?<![一-鿿])|(?P<own>我|本))局(?P<office>(?![的与和及将已在各机有直])[一-鿿]{2,9}?"
                    r"(?:办公室|(?<![公上])司|中心))(?![长法]|[一-鿿]{0,2}主任)")
"""An office of the publisher named after 局: 局造林司."""
PARTY_GROUP = re.compile(r"(?<![市县区州省各分总站某该])局党组(?![书成])")
BRANCHES = ("税务局", "调查总队", "分行", "支行", "分公司", "分局", "分院", "监管局", "管理局", "办事处", "监督局")
"""Heads of bodies that belong to the one named before them (中国人民银行|湖北省分行)."""


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterable[Mention]:
    """Proposed mentions of agencies, which may overlap those of other modules.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "湖北省政府和宜昌市住建局、水利局共同检查。", ""))
    >>> [(m.text, m.name) for m in propose(doc, gazetteer=Gazetteer.load(), context=Context())]
    [('湖北省政府', '湖北省人民政府'), ('宜昌市住建局', '宜昌市住房和城乡建设局'), ('水利局', '宜昌市水利局')]
    """
    spots = tuple(e for e in located(doc, gazetteer=gazetteer, context=context) if e.entry.level != "country")
    text: str = doc.user_data["folded"]
    masked = mask(text, spots)
    shorts = frozenset(m["short"] for m in DEFINED.finditer(text))
    found = bodies(doc, masked, spots, context=context, gazetteer=gazetteer)
    found += list(beside(text, doc.user_data["text"], found))
    found += known(doc, text, spots, gazetteer=gazetteer, context=context)
    strange = frozenset(level for level in LEVEL_WORDS
                        if context.place and at_level(level, context=context, gazetteer=gazetteer) is None)
    found += [*long_names(doc, text, spots, shorts, strange), *cases(doc, text), *counted(doc, text)]
    found += list(_committees(doc, text))
    found += list(bare(doc, masked, found, context=context))
    found += [*_branches(doc, found), *_seated(doc, text, found, {each.start: each.end for each in spots}, gazetteer)]
    found += [*area_bodies(doc, spots), *listed_committees(doc, spots), *corps_divisions(doc, spots)]
    places = {m.text: m.name for m in defined(doc, text, named_regions(doc, spots)) if m.name} if shorts else {}
    found = [_completed(m, places) for m in found]
    found = [*(m for m in defined(doc, text, found) if m.type == "Agency"), *found]
    found += [*_deictic(doc, text, context, found), *together(text, doc.user_data["text"], found)]
    publisher = _own_body(context.publisher or "")
    if publisher.endswith("局"):
        found += [_body(doc, m.start("office") if m["own"] else m.start(), m.end(), publisher + department(publisher, m["office"]))
                  for m in OFFICE.finditer(text)]
        found += [_body(doc, *m.span(), f"中共{publisher}党组") for m in PARTY_GROUP.finditer(text)]
    return found + list(_offices_again(doc, text, found))


_COMMITTEE = re.compile(r"(?P<village>[\u4e00-\u9fff]{1,3}?村)(?:村?民委员会|村?委会)(?!成员|主任|委员)")
_VILLAGE = re.compile(r"(?<=[县市区镇乡])[\u4e00-\u9fff]{1,3}?村(?!民委|委会)")


def _committees(doc: Doc, text: str) -> Iterator[Mention]:
    """The committee of a village that the text names after its town or county: 清水县白石村 … 白石村|民委员会."""
    if "村民委员会" not in text and "村委会" not in text:
        return
    villages = {match.group() for match in _VILLAGE.finditer(text)}
    for match in _COMMITTEE.finditer(text):
        for start in range(match.start(), match.end("village") - 2):
            if text[start:match.end("village")] in villages:
                yield Mention(start, match.end(), doc.user_data["text"][start:match.end()], "Agency", "GovernmentBody", rule="committee")
                break


def _own_body(publisher: str) -> str:
    """The body that a publisher's 我局, 我部 means: that of its office, where the office publishes."""
    if publisher.endswith(("局办公室", "厅办公室", "委员会办公室")):
        return publisher.removesuffix("办公室")
    return publisher.removesuffix("办公厅") if publisher.endswith(("部办公厅", "委员会办公厅")) else publisher


def _body(doc: Doc, start: int, end: int, name: str) -> Mention:
    return Mention(start, end, doc.user_data["text"][start:end], "Agency", "GovernmentBody", name, rule="office")


def _offices_again(doc: Doc, text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Offices of a body that stand again without it: 造林司 after 国家林业和草原局造林司."""
    named = {m["office"]: mention.name for mention in found if mention.rule in ("office", "gazetteer:office") and mention.name
             and (m := _OWN_OFFICE.search(mention.name)) and len(m["office"]) > 2}
    for office, name in named.items():
        for use in re.finditer(rf"(?<![一-鿿]){office}(?![长一-鿿]长)", text):
            yield _body(doc, *use.span(), name)


_OWN_OFFICE = re.compile(r"[局部会署](?P<office>(?:(?![局部会署])[一-鿿]){2,8}司)$")


def _branches(doc: Doc, found: Sequence[Mention]) -> Iterator[Mention]:
    """A branch joined to the body before it."""
    ending = {m.end: m for m in found if m.entry}
    for mention in found:
        whole = ending.get(mention.start) if mention.text.endswith(BRANCHES) else None
        if whole is not None:
            name = (whole.name or whole.text) + (mention.name or mention.text)
            form = doc.user_data["text"][whole.start:mention.end]
            yield Mention(whole.start, mention.end, form, "Agency", mention.subtype, name, rule="branch")


_SEATED = re.compile("分署|总部|特派办|特派员办事处|(?:森林资源监督|财政监察)?专员办(?:事处)?|中心支行|督察局|分局"
                     "|(?:环境保护|环保)?督查中心|(?:生态环境|能源|证券)?(?:监督管理局|监管局)|(?:核与辐射安全)?监督站")


def _seated(doc: Doc, text: str, found: Sequence[Mention], places: dict[int, int], gazetteer: Gazetteer) -> Iterator[Mention]:
    """An office of a national body at a place: 海关总署|广东分署, 国家林业局|驻长春专员办."""
    for mention in found:
        posted = text.startswith("驻", mention.end)
        after = places.get(mention.end + posted) if mention.entry else None
        office = _SEATED.match(text, after) if after is not None else None
        if office is not None:
            end, body = office.end(), mention.name or mention.text
            whole = department(body, office.group())
            name = f"{body}驻{text[mention.end + posted:after]}{whole}" if whole != office.group() else body + text[mention.end:end]
            listed = next(iter(gazetteer.lookup(name, ("Agency",))), None)
            yield Mention(mention.start, end, doc.user_data["text"][mention.start:end], "Agency", mention.subtype,
                          listed.name if listed else name, rule="branch", entry=listed.id if listed else None)


def _completed(mention: Mention, places: dict[str, str]) -> Mention:
    """A name that begins with a short name of a place which the text defines, completed by it: 示范区理事会."""
    if mention.name is None:
        for short, name in places.items():
            if mention.text.startswith(short) and mention.text != short:
                return replace(mention, name=name + mention.text[len(short):])
    return mention


def _deictic(doc: Doc, text: str, context: Context, found: Sequence[Mention]) -> Iterator[Mention]:
    """Words that point to the publisher (我厅) or to the agency last named with the same head (该局)."""
    waiting = sorted((m for m in found if not m.deictic), key=lambda m: (m.end, m.start), reverse=True)
    last: dict[str, Mention] = {}
    for match in DEICTIC.finditer(text):
        head, start, end = match["head"], match.start(), match.end()
        while waiting and waiting[-1].end <= start:
            mention = waiting.pop()
            last.update((h, mention) for h in HEADS if mention.text.endswith(h) or (mention.name or "").endswith(h))
        form = doc.user_data["text"][start:end]
        if form[0] in "我本":
            publisher = _own_body(context.publisher or "")
            if publisher.endswith(head):
                yield Mention(start, end, form, "Agency", "", publisher, True, "deictic")
        elif (before := last.get(head)) is not None:
            yield replace(before, start=start, end=end, text=form, name=before.name or before.text, deictic=True, rule="deictic")
