"""Doc → agencies of the department table: a place or a level word and a body (甘肃省|人民政府, 市|住建局), lists completed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.departments import Departments
from kg.divisions import LEVEL_WORDS, at_level
from kg.extract.around import around
from kg.extract.names.agency_names import NOT_BEFORE_LEVEL
from kg.extract.names.corps import CORPS
from kg.extract.names.place_names import Spot, spot_until
from kg.extract.names.townships import is_town
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

_DEPARTMENTS = Departments.load()
LEVEL = "自治区|自治州|自治县|自治旗|兵团|省|市|县|区|州|盟|旗"
"""Words for a division that stand before a body: 省|人民政府, 市|水利局."""
_STEMS = _DEPARTMENTS.stem_pattern
_HEADS = _DEPARTMENTS.head_pattern
_PLACE = r"\ue000\ue001*"
_SESSION = r"(?:第?[一二三四五六七八九十百\d]{1,4}届)?"
_TAIL = (r"(?:(?:\ue000\ue001*|(?<=局)(?!各)[\u4e00-\u9fff]{2,3})(?:分局|分院|大队)|党组"
         r"|督察专员办公室|(?:综合)?(?:行政)?执法(?:总队|支队|大队|队))")
_BODY = rf"(?:{_SESSION}(?:{_DEPARTMENTS.organ_pattern})|(?:{_STEMS})(?:[和与]?(?:{_STEMS}))?(?:{_HEADS})(?:{_TAIL})?)"
_TAIL_END = re.compile(rf"(?<=.){_TAIL}$")
_CORPS_BESIDE = re.compile(r"(?<=[区府委][、和与及])兵团(?![一-鿿]{1,8}[师局厅委院司部处])")
_ARMED_POLICE = re.compile(rf"武警(?:部队)?{_PLACE}(?:省|市)?(?:森林|机动|内卫)?(?:总队|支队)")
_PREFIX = rf"(?:(?P<corps>(?:{_PLACE})?生产建设兵团)|(?P<place>{_PLACE})(?P<extra>(?:{LEVEL})?)|(?P<level>{LEVEL}))"
_OPENS = r"(?=[\ue000中生自兵省市县区州盟旗])"
PREFIXED = re.compile(rf"{_OPENS}(?:中国共产党|中共)?{_PREFIX}(?P<body>{_BODY})")
ELLIPTIC = re.compile(rf"{_OPENS}{_PREFIX}(?P<first>{_STEMS})(?P<rest>(?:[、和与及](?:{_STEMS}))+)(?P<head>局|厅|委)(?![办部])")
FOLLOWING = re.compile(rf"(?:[、和与及,，]|以及)(?P<body>(?:{_STEMS})(?:{_HEADS}))|(?<=党委)[和、]?(?P<government>政府)(?!采购|部门|投资)")
BARE = re.compile(rf"(?P<body>(?:{_STEMS})(?:厅|局))")
_BARE_HEAD, _LONGEST_STEM = re.compile("[厅局]"), max(map(len, _STEMS.split("|")))
_WHOLE = "(?!办公[厅室]|组织部|宣传部|统战部|政法委|政策研究|采购|部门|投资|政府)"
_CONGRESS = f"(?:人民政府|政府|党委){_WHOLE}|人民代表大会常务委员会|人大常委会|(?:高级|中级)?人民法院|人民检察院"
"""Bodies of party, government and law that places share: 甲市、乙市|人民政府; no department of a committee (党委|组织部)."""
SHARED = re.compile(rf"(?P<places>(?:{_PLACE}(?:、|和|与|,|，)?){{1,60}})(?:{_PLACE}|[\u4e00-\u9fff]{{2}}(?=军区))"
                    r"(?P<count>[二两三四五六七八九十][省市县区州地](?:\([^()\n]{1,12}\))?)?"
                    rf"(?P<body>(?:人民政府)?[\u4e00-\u9fff]{{1,8}}?(?:行政)?主管部门|{_CONGRESS}|(?:{_STEMS})(?:厅|局|委(?![员托派任]))|军区)")
TWO_LEVELS = re.compile(r"(?P<upper>省|市|州)[、和](?P<lower>市|州|县|区|旗)"
                        rf"(?P<body>人民政府|政府|委(?![员托派任])|(?:{_STEMS})(?:局|厅|委(?![员托派任])))")
POSITION = re.compile(r"(?:副)?(?:书记|局长|厅长|主任|市长|省长|县长|区长|州长|部长|主席|院长|检察长|常务)")
"""What makes of a body the position of a person (省委|书记)."""
NOT_POSITION = ("主任会议", "常务会议", "主席团")
ORDINARY = re.compile(r"员(?!会)|托|派[出驻]|任[命职]|屈|统[一筹]|属|采购|和社会资本|引导|主导|投资|购买|性基金|债券|职能|定价|非税"
                      r"|网(?!络)|公报")
"""What shows after 政府, 人大, 法院 that a common noun is meant (政府采购)."""
NO_COMMITTEE = "员托派任屈"
NOT_BEFORE_BARE = re.compile(r"(?:\)|电子|网上|智慧|掌上|各|每|级|区|县|市|州|省|旗|盟|乡|镇|家|分|总|国家|原|和|与|、|的|\ue001|\ue000)$")


def bodies(doc: Doc, masked: str, spots: Sequence[Spot], *, context: Context, gazetteer: Gazetteer) -> list[Mention]:
    """Agencies of the table in a text whose places are masked (`place_names.mask`)."""
    found = list(_prefixed(doc, masked, spots, context, gazetteer))
    found += list(_elliptic(doc, masked, spots))
    found += list(_two_levels(doc, masked, context, gazetteer))
    found += list(_following(doc, masked, found))
    found += list(_shared(doc, masked, spots))
    found += [*_towns(doc, masked, spots), *_streets(doc, masked, spots)]
    if "武警" in masked:
        found += [Mention(m.start(), m.end(), doc.user_data["text"][m.start():m.end()], "Agency", "GovernmentBody", rule="armed-police")
                  for m in _ARMED_POLICE.finditer(masked)]
    if "兵团" in masked:
        found += [Mention(m.start(), m.end(), doc.user_data["text"][m.start():m.end()], "Agency", "GovernmentBody", CORPS, rule="corps")
                  for m in _CORPS_BESIDE.finditer(masked)]
    return found


def is_position(text: str, end: int) -> bool:
    """Whether the word that ends at an offset is part of a person's position: 省委|书记."""
    return POSITION.match(text, end) is not None and not text.startswith(NOT_POSITION, end)


def _prefixed(doc: Doc, masked: str, spots: Sequence[Spot], context: Context, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A place or a level word with a body of the table."""
    by_start = {each.start: each for each in spots}
    for match in PREFIXED.finditer(masked):
        body, end = match["body"], match.end()
        if is_position(masked, end) or (body in ("人大", "政府", "法院") and ORDINARY.match(masked, end)):
            continue
        if body == "委" and masked[end:end + 1] in tuple(NO_COMMITTEE):
            continue
        if body == "人大" and match["place"] and not by_start[match.start("place")].entry.level:
            continue
        if not _DEPARTMENTS.knows(_TAIL_END.sub("", body)):
            continue
        text = doc.user_data["text"][match.start():end]
        if body in ("委", "委员会") and (party := _PARTY.search(masked, max(0, match.start() - 4), match.start())):
            text = party.group() + text
            yield Mention(party.start(), end, text, "Agency", "PartyBody", text.removesuffix("员会") + "员会", rule="place+body")
        elif match["corps"]:
            name, subtype = _DEPARTMENTS.full_name(_unmask(doc, match.start("body"), end), CORPS)
            yield Mention(match.start(), end, text, "Agency", subtype, name, rule="place+body")
        elif match["place"]:
            each = by_start[match.start("place")]
            if body in ("管委会", "管理委员会") and (before := _zone_of(masked, each, spots)) is not None:
                form = doc.user_data["text"][before.start:end]
                yield Mention(before.start, end, form, "Agency", "GovernmentBody", rule="place+body")
                continue
            name, subtype = _DEPARTMENTS.full_name(_unmask(doc, match.start("body"), end), _place_name(doc, each))
            if not each.entry.level or (text.endswith(_CENTRAL) and not text.startswith(each.entry.name)):
                name = text
            yield Mention(match.start(), end, text, "Agency", subtype, name, rule="place+body")
        elif match["level"] and _stands_alone(doc, masked, match.start("level"), match["level"], context, gazetteer):
            yield Mention(match.start(), end, text, "Agency", _DEPARTMENTS.full_name(body, "")[1], rule="level+body")


_PARTY = re.compile("(?:共青团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)$")
"""Organisations other than the ruling party whose committee a place has: 民建|甘肃省委."""
_CENTRAL = ("海事局", "河务局", "海关", "铁路运输法院", "铁路运输检察院", "军区", "军分区", "警备区")
"""Bodies of the nation at a place, which bear its short name: 上海海事局, 西藏军区."""


def _zone_of(masked: str, each: Spot, spots: Sequence[Spot]) -> Spot | None:
    """The division right before a place that is none of its own: 漯河市|西城区, a zone of that city, not the district of another."""
    if masked[each.start - 1:each.start] not in ("\ue000", "\ue001") or each.start == 0:
        return None
    before = spot_until(spots, each.start)
    if before is None or not before.entry.level or before.entry.name in each.entry.id:
        return None
    return before


def _unmask(doc: Doc, start: int, end: int) -> str:
    text: str = doc.user_data["folded"][start:end]
    return text


def _place_name(doc: Doc, each: Spot) -> str:
    """The official name of the place before a body: 甘南州 → 甘南藏族自治州, a chain of full names as it stands."""
    text: str = doc.user_data["folded"][each.start:each.end]
    if each.first > each.start and each.full and each.entry.name == text[each.first - each.start:]:
        return text
    return each.entry.name


def _stands_alone(doc: Doc, masked: str, start: int, level: str, context: Context, gazetteer: Gazetteer) -> bool:
    """Whether a level word before a body means one place: not 各市, not 县 in the document of a city."""
    if NOT_BEFORE_LEVEL.search(masked, max(0, start - 3), start):
        listed = masked[start - 1:start] in tuple("、的") and masked[start - 2:start - 1] not in tuple("省市州县区)")
        return listed and _known(level, context, gazetteer)
    if start and not _at_boundary(doc, start) and masked[start - 1] not in "\ue000\ue001":
        return False
    return _known(level, context, gazetteer)


def _known(level: str, context: Context, gazetteer: Gazetteer) -> bool:
    if level == "兵团" or context.place is None:
        return True
    return at_level(level, context=context, gazetteer=gazetteer) is not None


def _at_boundary(doc: Doc, at: int) -> bool:
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    return span is None or span.start_char == at or doc.user_data["text"][span.start_char:at] in ("由", "在", "经", "报", "对")


_LISTED = re.compile("[、及]")
"""What shows that departments are listed; two fields joined by 和 or 与 alone make one department (海洋与渔业|局)."""


def _elliptic(doc: Doc, masked: str, spots: Sequence[Spot]) -> Iterator[Mention]:
    """Departments with one head: 市住建、国土、环保局 → three, each completed with the prefix and the head."""
    by_start = {each.start: each for each in spots}
    for match in ELLIPTIC.finditer(masked):
        if not _LISTED.search(match["rest"]) and len(re.findall("[和与]", match["rest"])) == 1:
            continue
        head, folded = match["head"], doc.user_data["folded"]
        prefix = match["level"] or (CORPS if match["corps"] else _place_name(doc, by_start[match.start("place")]))
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
            yield Mention(start, end, doc.user_data["text"][start:end], "Agency", "GovernmentBody", name, rule="elliptic")


def _following(doc: Doc, masked: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """A department after a prefixed one in a coordination takes its prefix: 市财政局、水利局."""
    ending = {m.end: m for m in found if m.rule in ("place+body", "level+body", "elliptic")}
    for at in sorted(ending):
        before = ending.pop(at, None)
        while before is not None and (match := FOLLOWING.match(masked, before.end)) and not is_position(masked, match.end()):
            prefix = _prefix_of(before)
            if prefix is None:
                break
            name = _DEPARTMENTS.full_name(match["body"] or "政府", prefix)[0]
            start, end = match.start("body" if match["body"] else "government"), match.end()
            before = Mention(start, end, doc.user_data["text"][start:end], "Agency", "GovernmentBody", name, rule="elliptic")
            ending.pop(end, None)
            yield before


def _prefix_of(mention: Mention) -> str | None:
    """What stands before the body of a department's name: 宜昌市 in 宜昌市水利局, 市 in 市水利局."""
    name = mention.name or mention.text
    for level in sorted(LEVEL_WORDS, key=len, reverse=True):
        if name.startswith(level):
            return level
    match = re.match(rf"(?P<prefix>.+?(?:{LEVEL}))(?:{_STEMS}|人民政府|委)", name.removeprefix("中共"))
    return match["prefix"] if match else None


def _shared(doc: Doc, masked: str, spots: Sequence[Spot]) -> Iterator[Mention]:
    """Places with one body: 江苏省、浙江省人民政府 → two governments."""
    by_start = {each.start: each for each in spots}
    for match in SHARED.finditer(masked):
        last = match["places"] + (masked[match.end("places"):match.start("count")] if match["count"] else "")
        for part in re.finditer(_PLACE, last):
            start, end = match.start("places") + part.start(), match.start("places") + part.end()
            each = by_start.get(start)
            if each is not None and each.entry.level:
                form = doc.user_data["text"][start:end]
                military = match["body"] == "军区"
                name = form + "军区" if military else _DEPARTMENTS.full_name(match["body"], _place_name(doc, each))[0]
                yield Mention(start, end, form, "Agency", "GovernmentBody", name, rule="shared")


_TOWN = re.compile(rf"(?P<place>{_PLACE})(?P<town>[\u4e00-\u9fff]{{1,5}}[镇乡])?(?P<body>人民政府|政府|党委){_WHOLE}")


def _towns(doc: Doc, masked: str, spots: Sequence[Spot]) -> Iterator[Mention]:
    """The government of a town after the division above it: 清水县|石门镇|人民政府."""
    by_start = {each.start: each for each in spots}
    for match in _TOWN.finditer(masked) if "镇" in masked or "乡" in masked else ():
        each = by_start.get(match.start())
        town = match["town"]
        if each is None or not town or not each.entry.level or is_position(masked, match.end()):
            continue
        if _NO_TOWN.search(town) and not (len(town) in (3, 4) and is_town(doc, match.start("town"), town)):
            continue
        party, place = match["body"] == "党委", _place_name(doc, each) + town
        name = f"中共{place}委员会" if party else place + "人民政府"
        yield Mention(match.start(), match.end(), doc.user_data["text"][match.start():match.end()], "Agency",
                      "PartyBody" if party else "GovernmentBody", name, rule="place+body")


_STREET = re.compile(rf"(?P<place>{_PLACE})(?P<street>(?:{_PLACE})?[\u4e00-\u9fff]{{0,6}}?街道)(?P<body>办事处|党工委)(?![主书副])")


def _streets(doc: Doc, masked: str, spots: Sequence[Spot]) -> Iterator[Mention]:
    """The office of a subdistrict after the division above it, or with an island or the like in its name: 清水区|石门街道|办事处."""
    by_start = {each.start: each for each in spots}
    for match in _STREET.finditer(masked) if "街道办事处" in masked or "街道党工委" in masked else ():
        each, stem = by_start.get(match.start()), match["street"].removesuffix("街道")
        if each is None or _NO_TOWN.search(stem) or bool(each.entry.level) != bool(stem):
            continue
        text, party = doc.user_data["text"], match["body"] == "党工委"
        own = text[match.start("street"):match.end()]
        name = (_place_name(doc, each) if stem else text[match.start():match.end("place")]) + own
        yield Mention(match.start(), match.end(), text[match.start():match.end()], "Agency",
                      "PartyBody" if party else "GovernmentBody", name, rule="place+body")


_NO_TOWN = re.compile("[各等有所的和与及、级省市县区州]|相关|沿线|乡镇|涉|全|当地|下辖|其")


def _two_levels(doc: Doc, masked: str, context: Context, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Two levels with one body: 省、市政府 → the government of the province and that of the city."""
    if context.place is not None and len(context.chain) < 2:
        return
    for match in TWO_LEVELS.finditer(masked):
        if is_position(masked, match.end()) or NOT_BEFORE_LEVEL.search(masked, max(0, match.start() - 3), match.start()):
            continue
        if context.place is not None and not all(_known(match[level], context, gazetteer) for level in ("upper", "lower")):
            continue
        subtype = _DEPARTMENTS.full_name(match["body"], "")[1]
        upper = (match.start(), match.end("upper"), match["upper"] + match["body"])
        for start, end, name in (upper, (match.start("lower"), match.end(), None)):
            yield Mention(start, end, doc.user_data["text"][start:end], "Agency", subtype, name, rule="level+body")


def bare(doc: Doc, masked: str, found: Sequence[Mention], *, context: Context) -> Iterator[Mention]:
    """A department without prefix (环保局) where the same stands with its prefix, or in the document of a place."""
    level = _context_level(context)
    named = {m.text[1:]: m for m in found if m.rule in ("level+body", "place+body")}
    taken = bytearray(len(masked))
    for mention in found:
        taken[mention.start:mention.end] = b"\1" * (mention.end - mention.start)
    for match in around(_BARE_HEAD, _LONGEST_STEM, BARE, masked):
        body, start, end = match["body"], match.start(), match.end()
        if any(taken[start:end]) or NOT_BEFORE_BARE.search(masked, max(0, start - 3), start) or is_position(masked, end):
            continue
        before = named.get(body)
        if before is not None:
            yield Mention(start, end, body, "Agency", before.subtype, before.name or before.text, rule="bare")
        elif level and body[-1] == level[1] and _DEPARTMENTS.takes(body[:-1], body[-1]) and _at_boundary(doc, start):
            yield Mention(start, end, body, "Agency", "GovernmentBody", level[0] + body, rule="bare")


def _context_level(context: Context) -> tuple[str, str] | None:
    """The level word of the document's place and the head its departments bear: 省 and 厅, 市 and 局."""
    if context.place and len(context.chain) == 1 and not context.place.endswith("市"):
        return ("省", "厅")
    return ("市", "局") if context.place and context.place.endswith("市") else None
