"""Doc → proposed mentions: agencies.

Three grammars meet here. Bodies of party and government: a place or a level word and a body of the department
table (甘肃省|人民政府, 市|住建局), coordinations completed (市住建、国土、环保局). Heads of `agency_heads.tsv` with
the stem before them (…整改工作领导小组). National bodies and what else the gazetteer knows. To these come names
that the text defines and words that point back (该局, 我厅).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc

from kg.departments import Departments
from kg.divisions import LEVEL_WORDS, at_level
from kg.extract.agency_names import NOT_BEFORE_LEVEL, counted, firms_of, long_names
from kg.extract.place_names import Spot, mask
from kg.extract.places import DEFINED, defined, located, named_regions
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

_DEPARTMENTS = Departments.load()
_LEVEL = "自治区|自治州|自治县|自治旗|兵团|省|市|县|区|州|盟|旗"
_STEMS = _DEPARTMENTS.stem_pattern
_HEADS = _DEPARTMENTS.head_pattern
_PLACE = r"\ue000\ue001*"
_SESSION = r"(?:第[一二三四五六七八九十百\d]{1,4}届)?"
_TAIL = r"(?:\ue000\ue001*(?:分局|分院|大队)|党组|督察专员办公室|(?:综合)?(?:行政)?执法(?:总队|支队|大队|队))?"
_BODY = rf"(?:{_SESSION}(?:{_DEPARTMENTS.organ_pattern})|(?:{_STEMS})(?:[和与及、]?(?:{_STEMS}))?(?:{_HEADS}){_TAIL})"
_TAIL_END = re.compile(rf"(?<=.){_TAIL[:-1]}$")
PREFIXED = re.compile(rf"(?P<party>(?:中国共产党|中共))?(?:(?P<place>{_PLACE})(?P<extra>(?:{_LEVEL})?)|(?P<level>{_LEVEL}))(?P<body>{_BODY})")
ELLIPTIC = re.compile(rf"(?:(?P<place>{_PLACE})(?:{_LEVEL})?|"
                      rf"(?P<level>{_LEVEL}))(?P<first>{_STEMS})(?P<rest>(?:[、和与及](?:{_STEMS}))+)(?P<head>局|厅|委)(?![办部])")
FOLLOWING = re.compile(rf"(?:[、和与及,，]|以及)(?P<body>(?:{_STEMS})(?:{_HEADS}))")
BARE = re.compile(rf"(?P<body>(?:{_STEMS})(?:厅|局))")
SHARED = re.compile(rf"(?P<places>(?:{_PLACE}(?:、|和|与|,|，)?)+){_PLACE}(?P<body>(?:人民政府)?[\u4e00-\u9fff]{1,8}?(?:行政)?主管部门|人民政府|政府|"
                    rf"人民代表大会常务委员会|人大常委会|党委|(?:{_STEMS})(?:厅|局))")
DEICTIC = re.compile(r"(?:我|本|该|贵|你)(?P<head>厅|局|委|办|部|院|公司|集团|中心|站|银行)(?![门长署分员属族])")
POSITION = re.compile(r"(?:副)?(?:书记|局长|厅长|主任|市长|省长|县长|区长|州长|部长|主席|院长|检察长|常务)")
PARTY_TAIL = "员托派任屈"
NOT_AFTER = re.compile(r"(?:员(?!会)|托|派[出驻]|任[命职]|屈|统[一筹]|属|采购|和社会资本|引导|主导|投资|购买|性基金|债券|职能)")
LISTED = re.compile(r"[^。；;\n]{0,24}?等(?:有关|相关|市直|省直|各)?(?:部门|单位)")


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterable[Mention]:
    """Proposed mentions of agencies, which may overlap those of other modules.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "湖北省政府和宜昌市住建局、水利局共同检查。", ""))
    >>> [(m.text, m.name) for m in propose(doc, gazetteer=Gazetteer.load(), context=Context())]
    [('湖北省政府', '湖北省人民政府'), ('宜昌市住建局', '宜昌市住房和城乡建设局'), ('水利局', '宜昌市水利局')]
    """
    spots = tuple(e for e in located(doc, gazetteer=gazetteer, context=context) if e.entry.level != "country")
    place_mentions = named_regions(doc, spots)
    text: str = doc.user_data["folded"]
    masked = mask(text, spots)
    found = list(_prefixed(doc, masked, spots, context, gazetteer))
    found += list(_elliptic(doc, masked, spots))
    found += list(_following(doc, masked, found))
    found += list(_shared(doc, masked, spots))
    found += list(_national(doc, text, gazetteer, context))
    found += list(_shortened(doc, text, gazetteer, context, found))
    found += list(long_names(doc, text, spots, frozenset(m["short"] for m in DEFINED.finditer(text))))
    found += [*firms_of(doc, text), *counted(doc, text)]
    found += list(_bare(doc, masked, found, gazetteer, context))
    found = list(_branches(doc, text, found))
    known = list(defined(doc, text, place_mentions))
    found = [_completed(m, known) for m in found]
    found = [*(m for m in defined(doc, text, found) if m.type == "Agency"), *found]
    found += list(_deictic(doc, text, context, found))
    return found


def _branches(doc: Doc, text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions, a branch joined to the body before it (中国人民银行|湖北省分行)."""
    ending = {m.end: m for m in found if m.entry}
    for mention in found:
        whole = ending.get(mention.start) if mention.text.endswith(("分行", "支行", "分公司", "分局", "分院", "监管局", "管理局", "办事处", "监督局")) else None
        yield mention
        if whole is not None:
            yield Mention(whole.start, mention.end, doc.text[whole.start:mention.end], "Agency", mention.subtype,
                          (whole.name or whole.text) + (mention.name or mention.text), rule="branch")


def _completed(mention: Mention, known: Sequence[Mention]) -> Mention:
    """A name that begins with a short name the text defines, completed by it: 示范区理事会."""
    for short in known:
        if mention.name is None and short.name and mention.text.startswith(short.text) and len(mention.text) > len(short.text):
            return replace(mention, name=short.name + mention.text[len(short.text):])
    return mention


def _prefixed(doc: Doc, masked: str, spots: Sequence[Spot], context: Context, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A place or a level word with a body of the table."""
    by_start = {each.start: each for each in spots}
    for match in PREFIXED.finditer(masked):
        body, end = match["body"], match.end()
        if _is_position(masked, body, end) or (body in ("人大", "政府", "法院") and NOT_AFTER.match(masked, end)):
            continue
        if body == "委" and masked[end:end + 1] in PARTY_TAIL:
            continue
        if not _DEPARTMENTS.knows(_TAIL_END.sub("", body)):
            continue
        text = doc.text[match.start():end]
        if match["place"]:
            each = by_start[match.start("place")]
            name, subtype = _DEPARTMENTS.full_name(_unmask(doc, match.start("body"), end), _place_name(doc, each, match["extra"]))
            yield Mention(match.start(), end, text, "Agency", subtype, name, rule="place+body")
        elif match["level"] and _stands_alone(doc, masked, match.start("level"), match["level"], context, gazetteer):
            yield Mention(match.start(), end, text, "Agency", _DEPARTMENTS.full_name(body, "")[1], rule="level+body")


def _unmask(doc: Doc, start: int, end: int) -> str:
    text: str = doc.user_data["folded"][start:end]
    return text


def _place_name(doc: Doc, each: Spot, extra: str) -> str:
    """The official name of the place before a body: 甘南州 → 甘南藏族自治州, a chain of full names as it stands."""
    text: str = doc.user_data["folded"][each.start:each.end]
    if each.first > each.start and each.full and each.entry.name == text[each.first - each.start:]:
        return text
    return each.entry.name


def _stands_alone(doc: Doc, masked: str, start: int, level: str, context: Context, gazetteer: Gazetteer) -> bool:
    """Whether a level word before a body means one place: not 各市, not 县 in the document of a city."""
    if NOT_BEFORE_LEVEL.search(masked, max(0, start - 3), start):
        return level in ("省", "市") and masked[start - 1:start] in "、的" and masked[start - 2:start - 1] not in "省市州县区)" and _known(level, context, gazetteer)
    if start and not _at_boundary(doc, start) and masked[start - 1] not in "\ue000\ue001":
        return False
    return _known(level, context, gazetteer)


def _known(level: str, context: Context, gazetteer: Gazetteer) -> bool:
    if level == "兵团" or context.place is None:
        return True
    return at_level(level, context=context, gazetteer=gazetteer) is not None


def _at_boundary(doc: Doc, at: int) -> bool:
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    return span is None or span.start_char == at or doc.text[span.start_char:at] in ("由", "在", "经", "报", "对")


def _is_position(masked: str, body: str, end: int) -> bool:
    return POSITION.match(masked, end) is not None and not masked.startswith(("主任会议", "常务会议", "主席团"), end)


def _elliptic(doc: Doc, masked: str, spots: Sequence[Spot]) -> Iterator[Mention]:
    """Departments with one head: 市住建、国土、环保局 → three, each completed with the prefix and the head."""
    by_start = {each.start: each for each in spots}
    for match in ELLIPTIC.finditer(masked):
        head, folded = match["head"], doc.user_data["folded"]
        prefix = match["level"] or _place_name(doc, by_start[match.start("place")], "")
        starts = [m.end() for m in re.finditer("[、和与及]", masked[match.start("rest"):match.end("rest")])]
        edges = [match.start("first"), *(match.start("rest") + n for n in starts), match.end("rest") + 1]
        for number, edge in enumerate(edges[:-1]):
            final = number == len(edges) - 2
            end = match.end() if final else edges[number + 1] - 1
            start = match.start() if number == 0 else edge
            stem = folded[edge:end].removesuffix(head) if final else folded[edge:end]
            if not _DEPARTMENTS.takes(stem, head):
                continue
            name = _DEPARTMENTS.full_name(stem + head, prefix)[0]
            yield Mention(start, end, doc.text[start:end], "Agency", "GovernmentBody", name, rule="elliptic")


def _following(doc: Doc, masked: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """A department after a prefixed one in a coordination takes its prefix: 市财政局、水利局."""
    ending = {m.end: m for m in found if m.rule in ("place+body", "level+body", "elliptic")}
    for match in FOLLOWING.finditer(masked):
        before = ending.get(match.start())
        if before is None or _is_position(masked, match["body"], match.end()):
            continue
        prefix = _prefix_of(before)
        if prefix is None:
            continue
        name = _DEPARTMENTS.full_name(match["body"], prefix)[0]
        start = match.start("body")
        mention = Mention(start, match.end(), doc.text[start:match.end()], "Agency", "GovernmentBody", name, rule="elliptic")
        ending[match.end()] = mention
        yield mention


def _prefix_of(mention: Mention) -> str | None:
    """What stands before the body of a department's name: 宜昌市 in 宜昌市水利局, 市 in 市水利局."""
    name = mention.name or mention.text
    for level in sorted(LEVEL_WORDS, key=len, reverse=True):
        if name.startswith(level):
            return level
    match = re.match(rf"(?P<prefix>.+?(?:{_LEVEL}))(?:{_STEMS}|人民政府|委)", name.removeprefix("中共"))
    return match["prefix"] if match else None


def _shared(doc: Doc, masked: str, spots: Sequence[Spot]) -> Iterator[Mention]:
    """Places with one body: 江苏省、浙江省人民政府 → two governments."""
    by_start = {each.start: each for each in spots}
    for match in SHARED.finditer(masked):
        for part in re.finditer(_PLACE, match["places"]):
            start, end = match.start("places") + part.start(), match.start("places") + part.end()
            each = by_start.get(start)
            if each is not None and each.entry.level:
                name = _DEPARTMENTS.full_name(match["body"], _place_name(doc, each, ""))[0]
                yield Mention(start, end, doc.text[start:end], "Agency", "GovernmentBody", name, rule="shared")


def _national(doc: Doc, text: str, gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    """Bodies the gazetteer knows; short forms (林业局) only where the document speaks for the whole country."""
    national = _is_national(text, gazetteer, context)
    for hit in gazetteer.find(text, ("Agency",)):
        entries = hit.exact or (hit.short if national else ())
        if not entries or (not hit.exact and text[hit.start - 1:hit.start] in tuple("省市县区州盟旗各级")) or text[hit.end:hit.end + 1] in tuple(_AFTER_NATIONAL.get(hit.text[-1], "")) or _NUMBER.match(text, hit.end):
            continue
        if POSITION.match(text, hit.end):
            continue
        entry = next((e for e in entries if (e.valid_from or 0) <= (context.year or 9999) <= (e.valid_to or 9999)), entries[0])
        yield Mention(hit.start, hit.end, doc.text[hit.start:hit.end], "Agency", entry.subtype, entry.name, rule="gazetteer", entry=entry.id)


_NUMBER = re.compile(r"[发函办秘字电明厅传]{1,3}[〔\[(]")
"""What follows a short name inside the number of a document (国办函〔2004〕71号)."""
_AFTER_NATIONAL = {"部": "门署分位长级委队", "局": "面势部长", "委": "员托派", "办": "理法公事", "院": "长校士子落", "央": "企财政预行银媒气国音美苑"}


def _is_national(text: str, gazetteer: Gazetteer, context: Context) -> bool:
    """Whether the document speaks for the whole country: no narrower place, or a national body opens it (a letter to a province)."""
    if context.place in (None, "中国") or context.place_id is None:
        return True
    first = next(iter(gazetteer.find(text[:40], ("Agency",))), None)
    return first is not None and bool(first.exact) and not text[:first.start].strip("# \n【《")


def _shortened(doc: Doc, text: str, gazetteer: Gazetteer, context: Context, found: Sequence[Mention]) -> Iterator[Mention]:
    """National bodies without 国务院 or 国家 (扶贫办, 林草局), where the document speaks for the whole country."""
    if not _is_national(text, gazetteer, context) or not any(m.entry for m in found):
        return
    shorts = _short_names(gazetteer)
    for match in NATIONAL_SHORT.finditer(text):
        for length in range(len(match.group()), 2, -1):
            form = match.group()[-length:]
            start = match.end() - length
            if form in shorts and text[start - 1:start] not in tuple("省市县区州盟旗各级院家") and not _is_position(text, form, match.end()):
                name, subtype, entry = shorts[form]
                yield Mention(start, match.end(), doc.text[start:match.end()], "Agency", subtype, name, rule="national:short", entry=entry)
                break


NATIONAL_SHORT = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:委(?!员|托|派)|办(?!理|法|公|事)|局(?!面|部))")


@lru_cache(maxsize=4)
def _short_names(gazetteer: Gazetteer) -> dict[str, tuple[str, str, str]]:
    """National bodies by what is left of a name or alias without 国务院 or 国家."""
    found: dict[str, tuple[str, str, str]] = {}
    for entry in gazetteer.entries.values():
        if (entry.type == "Agency" and entry.valid_to is None) or entry.type == "Agency":
            for form in (entry.name, *entry.aliases):
                for front in ("国务院", "国家"):
                    short = form.removeprefix(front)
                    if short != form and 3 <= len(short) <= 6 and short[-1] in "委办局":
                        found.setdefault(short, (entry.name, entry.subtype, entry.id))
    return found


def _bare(doc: Doc, masked: str, found: Sequence[Mention], gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    """A department without prefix (环保局) in the document of a place, where the same stands with its prefix or heads a clause."""
    level = "省" if context.place and len(context.chain) == 1 else "市" if context.place and context.place.endswith("市") else None
    named = {m.text[1:]: m for m in found if m.rule in ("level+body", "place+body")}
    taken = bytearray(len(masked))
    for mention in found:
        taken[mention.start:mention.end] = b"\1" * (mention.end - mention.start)
    for match in BARE.finditer(masked):
        body = match["body"]
        if any(taken[match.start():match.end()]) or NOT_BEFORE_BARE.search(masked, max(0, match.start() - 3), match.start()) or _is_position(masked, body, match.end()):
            continue
        before = named.get(body)
        if before is not None:
            yield Mention(match.start(), match.end(), body, "Agency", before.subtype, before.name or before.text, rule="bare")
        elif level and level + body and _DEPARTMENTS.takes(body[:-1], body[-1]) and body[-1] == ("厅" if level == "省" else "局") and _at_boundary(doc, match.start()):
            yield Mention(match.start(), match.end(), body, "Agency", "GovernmentBody", level + body, rule="bare")


NOT_BEFORE_BARE = re.compile(r"[\u4e00-\u9fff]*(?:各|每|级|区|县|市|州|省|旗|盟|乡|镇|家|分|总|国家|原|和|与|、|的|\ue001|\ue000)$")


def _deictic(doc: Doc, text: str, context: Context, found: Sequence[Mention]) -> Iterator[Mention]:
    """Words that point to the publisher (我厅) or to the agency last named with the same head (该局)."""
    ordered = sorted((m for m in found if not m.deictic), key=lambda m: m.start)
    for match in DEICTIC.finditer(text):
        head = match["head"]
        if match.group()[0] in "我本":
            name = context.publisher if context.publisher and context.publisher.endswith(head) else None
            if name:
                yield Mention(match.start(), match.end(), doc.text[match.start():match.end()], "Agency", "", name, True, "deictic")
            continue
        before = [m for m in ordered if m.end <= match.start() and (m.text.endswith(head) or (m.name or "").endswith(head))]
        if before:
            yield replace(before[-1], start=match.start(), end=match.end(), text=doc.text[match.start():match.end()],
                          name=before[-1].name or before[-1].text, deictic=True, rule="deictic")
