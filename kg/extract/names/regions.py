"""Doc → regions, landforms and protected areas by the suffix grammar of `place_suffixes.tsv`, and parts of places (安徽南部)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.around import lines_with
from kg.extract.names.name_tables import Ending, endings
from kg.extract.names.place_names import Spot, spot_at, spot_until
from kg.extract.names.stem_words import alternatives
from kg.extract.names.stems import ACTING, STOPS, is_proper, name_start
from kg.extract.words import Words, words_of
from kg.gazetteer import Gazetteer
from kg.model import Mention
from kg.tables import rows

NEVER = re.compile(alternatives("generic-place"))
_GENERIC = re.compile(rf"(?:{NEVER.pattern})+")
PHYSICAL = frozenset(("山脉", "沙漠", "沙地", "草原", "大草原", "高原", "平原", "盆地", "三角洲", "半岛", "群岛", "列岛", "大峡谷", "峡谷",
                      "丘陵", "山地", "岛", "山", "岭", "林区", "绿洲"))
"""Landforms: a province before one is no part of its name (新疆|塔里木盆地)."""
POINTING = re.compile(r"(?:[本我全该][省市州县区]|位于|称|公开|将|把|第?[一二三四五六七八九十]+[次届期轮批个])*")
"""What a word cutter may leave before a name."""
CONTINUES = {"湾": "区里仔流曲头大", "区": "域位块委别间", "山": "区水体村镇乡地坡林路县市", "岛": "屿", "岭": "南", "滩": "涂地",
             "原": "则因本理料", "园": "区林"}
"""By the last character of a suffix, what may not follow it."""
LIST = re.compile(r"(?:[\u4e00-\u9fff]{2,6}、){1,3}$")
PART = re.compile(r"\ue000\ue001*(?:以[东西南北]|[东西南北中]{1,2})(?:部地区|地区|部)?")
_LETTERS = "东西南北中华粤苏皖浙闽赣湘鄂豫鲁冀晋陕甘青宁新藏云贵川渝桂琼沪京津辽吉黑蒙"
_REACHES = "中下游|上中游|上游|中游|下游|以南|以北|以东|以西|沿海|沿边|沿江|沿黄"
SIDE = re.compile(rf"(?=[\ue000\ue001东西中长黄珠淮海上下以沿{_LETTERS}])"
                  rf"(?:[\ue000-\ue001]|[东西中]部|长江|黄河|珠江|淮河|海河|黄淮海|{_REACHES}|[{_LETTERS}]){{1,24}}+"
                  r"(?:沿海地区|地区(?!生产总值)|沿岸地区|两岸地区)")
SHARED = re.compile(r"(?P<names>(?:[\u4e00-\u9fff]{2,5}、)+[\u4e00-\u9fff]{2,5}?)(?:等|[两三四五六七八九]大)+"
                    r"(?P<head>沙漠|沙地|盆地|平原|草原)")
_PARKS = re.compile(r"(?P<names>(?:[\u4e00-\u9fff]{2,8}、)+(?:(?!等)[\u4e00-\u9fff]){2,8}?)"
                    r"等?(?:首批|第一批|一批|[\d两三四五六七八九十]+个)*(?P<head>国家公园)")
_COUNTED_LAND = re.compile("[等大](?:沙漠|沙地|盆地|平原|草原)")
_COMPASS = re.compile(r"\ue000\ue001*[东西南北中]{1,2}部(?:地区|林区)?(?![门委队署])")
_MACRO = frozenset(("东北", "华北", "西北", "西南", "华南", "华东", "华中", "江南", "江淮", "黄淮", "江汉"))
"""The great regions of the country, whose parts the weather and the forests are told of: 华北|西部."""
LETTERS = {row[0]: row[1] for row in rows("kg.extract.names", "place_letters.tsv")}
_ONE = f"[{''.join(LETTERS)}]"
_LETTER_LIST = re.compile(rf"(?={_ONE}[、和]?{_ONE})(?:(?<![\u4e00-\u9fff、])|(?<=[至到及和与在由对向于])){_ONE}(?:[、和]?{_ONE})+"
                          r"(?=交界|毗邻|接壤|[两三四五六七八九]省|[两三四五][地市]|等省|等地)")
_STEM_END = re.compile(f"(?:{alternatives('stem-end')})$")
"""What no stem of a name ends with (北京人均|公园)."""
_GENERAL_AREA = re.compile(alternatives("general-zone"))
"""What makes a general zone of a 保护区 (某水库堤防安全|保护区)."""
_VAGUE = re.compile(rf"(?:{_REACHES}|[东西中]部|中)++")


def named_regions(doc: Doc, spots: tuple[Spot, ...]) -> list[Mention]:
    """Regions, landforms and protected areas by suffix; `spots` are the places already known.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> [m.text for m in named_regions(segment(Document("a.txt", "地处鼎湖山自然保护区和毛乌素沙漠边缘", "")), ())]
    ['鼎湖山自然保护区', '毛乌素沙漠']
    """
    text: str = doc.user_data["folded"]
    table, pattern = endings("place_suffixes.tsv")
    words = words_of(doc)
    starts = [each.start for each in spots]
    by_start = {each.start: each for each in spots}
    inner = {each.end: each.start for each in spots}
    found: list[Mention] = []
    for match in pattern.finditer(text):
        suffix, at = table[match.group()], match.start()
        after = "" if text.startswith("位于", match.end()) else text[match.end():match.end() + 1]
        if suffix.kind in ("none", "side") or after in tuple(CONTINUES.get(suffix.word[-1], "")):
            continue
        begin = name_start(words, text, at, spots=spots, starts=starts, limit=16, joins="", place=True)
        follows = suffix.kind == "land" and begin < at and text[begin - 1:begin] == "的" and any(m.end == begin - 1 for m in found[-3:])
        begin = begin if follows else _fitted(text, begin, at, suffix, by_start)
        sided = suffix.subtype == "ProtectedArea" and _OF_SIDE.match(text, begin, at)
        begin = sided.end() if sided else begin
        whole = _of_division(words, text, at, spots, starts) if suffix.subtype == "ProtectedArea" else None
        begin = begin if whole is None else whole
        if inner.get(match.end(), -1) > begin:
            continue
        if follows or whole is not None or (begin < at and _is_name(text, begin, at, suffix, spots) and (
                bool(sided) or is_proper(words, begin, at, spots=spots, starts=starts, generic=_GENERIC, long=suffix.kind != "land")
                or _beside_division(words, text, begin, at, suffix, spots))):
            form = doc.user_data["text"][begin:match.end()]
            found.append(Mention(begin, match.end(), form, "Place", suffix.subtype, rule=f"suffix:{suffix.word}"))
            found += _listed(doc, text, begin, suffix)
    return found


def _fitted(text: str, begin: int, at: int, suffix: Ending, by_start: dict[int, Spot]) -> int:
    """The left end without a province before a landform, pointing words and what a conjunction joins."""
    each = by_start.get(begin)
    scenic = suffix.word in ("景区", "风景区") and each is not None and bool(each.entry.level)
    if each is not None and at - each.end >= 2 and (scenic or suffix.word in (*PHYSICAL, "垸", "石窟", "古镇", "古城", "湾")):
        begin = each.end
    dash = text.rfind("——", begin, at)
    begin = dash + 2 if dash >= 0 else begin
    within = _WITHIN.match(text, begin, at) if suffix.subtype == "ProtectedArea" else None
    begin = within.end() if within else begin
    pointing = POINTING.match(text, begin, at)
    begin = pointing.end() if pointing else begin
    joined = text.rfind("区和", begin, at)
    return joined + 2 if joined > 0 and joined + 1 not in by_start else begin


_WITHIN = re.compile(r"[\u4e00-\u9fff]{2,}(?:源头|深处|腹地|脚下|之滨|候选区)(?=[\u4e00-\u9fff]{2})")
"""Where a protected area lies, told right before its name: 清江源头|白石山国家公园."""


def _of_division(words: Words, text: str, at: int, spots: tuple[Spot, ...], starts: list[int]) -> int | None:
    """Where the name of a protected area begins that opens a line or a list item with its divisions: 某省某县某乡白水滩|…保护区."""
    number = bisect_left(starts, at) - 1
    if number < 0 or not 0 < at - spots[number].end <= _OWN_LONGEST:
        return None
    begin = spots[number].start
    while number > 0 and spots[number - 1].end == begin:
        begin = spots[number := number - 1].start
    if not spots[number].entry.level:
        return None
    own = text[spots[bisect_left(starts, at) - 1].end:at]
    if (begin and "\u4e00" <= text[begin - 1] <= "\u9fff") or not _OWN.fullmatch(own) or _GENERIC.fullmatch(own):
        return None
    first, last = bisect_left(words.offsets, begin), bisect_left(words.offsets, at)
    return None if any((form in STOPS or form in ACTING) and len(form) > 1 for form in words.forms[first:last]) else begin


_OWN_LONGEST = 12
_OWN = re.compile(r"(?!境内|区域内|辖区|各|有|内)(?:(?![的和与及在是为了等有])[\u4e00-\u9fff])+")


def _listed(doc: Doc, text: str, begin: int, suffix: Ending) -> Iterator[Mention]:
    """Names before one with a shared head: 库布其、腾格里沙漠."""
    before = LIST.search(text, max(0, begin - 24), begin) if suffix.word in PHYSICAL else None
    if before is None:
        return
    for part in re.finditer(r"[\u4e00-\u9fff]+", before.group()):
        start, end = before.start() + part.start(), before.start() + part.end()
        span = doc.char_span(start, end)
        if span is not None and all(token.tag_ in ("ns", "nr", "nrt", "nz") for token in span):
            form = doc.user_data["text"][start:end]
            yield Mention(start, end, form, "Place", suffix.subtype, form + suffix.word, rule="shared")


def letters(doc: Doc) -> Iterator[Mention]:
    """Provinces of one character in a list whose end shows it: 川、滇、藏交界."""
    for match in _LETTER_LIST.finditer(doc.user_data["folded"]):
        for at in range(match.start(), match.end()):
            name = LETTERS.get(doc.user_data["folded"][at])
            if name is not None:
                yield Mention(at, at + 1, doc.user_data["text"][at], "Place", "AdministrativeDivision", name, rule="letter", entry=name)


def shared_heads(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Known landforms that share a head which a count or 等 parts from them: 科尔沁、浑善达克两大沙地."""
    text: str = doc.user_data["folded"]
    shared = SHARED.finditer(text) if _COUNTED_LAND.search(text) else ()
    for match in (*shared, *(m for line in lines_with("国家公园", text) for m in _PARKS.finditer(text, *line))):
        for part in re.finditer(r"[\u4e00-\u9fff]+", match["names"]):
            for start in range(part.start(), part.end() - 1):
                own = part.group()[start - part.start():]
                known = [e for head in (match["head"], "沙漠", "沙地") for e in gazetteer.lookup(own + head, ("Place",))]
                if known:
                    at = match.start("names") + start
                    form = doc.user_data["text"][at:at + len(own)]
                    yield Mention(at, at + len(own), form, "Place", known[0].subtype, known[0].name, rule="shared", entry=known[0].id)
                    break


_ZONES = re.compile(r"(?P<places>(?:\ue000\ue001*+[、和与]){1,8})(?P<last>\ue000\ue001*)"
                    r"(?P<count>(?:等)?(?:[2-9]|1\d|[两三四五六七八九十])个)?(?:国家级?)?"
                    r"(?P<head>高新技术产业开发区|经济技术开发区|高新区|经开区|自由贸易试验区|自贸试验区|综合保税区|综合试验区|自由贸易港)")


def zones(doc: Doc, masked: str, spots: Sequence[Spot]) -> Iterator[Mention]:
    """Zones of several places that share a head: 甲市、乙市、丙市3个|高新技术产业开发区; pilot free trade zones by their full name."""
    for match in _FREE_TRADE.finditer(masked) if "自由贸易试验区" in masked else ():
        yield Mention(*match.span(), doc.user_data["text"][match.start():match.end()], "Place", "Region", rule="zone")
    ends = {each.start: each.end for each in spots}
    for match in _ZONES.finditer(masked) if "区" in masked and "、\ue000" in masked else ():
        last = match.end("last") if match["count"] else match.start("last")
        head = _WHOLE_ZONES.get(match["head"], match["head"])
        for start in (at for at in range(match.start(), last) if at in ends):
            form = doc.user_data["text"][start:ends[start]]
            if form[-1] not in "省市县区州盟旗":
                yield Mention(start, ends[start], form, "Place", "Region", form + head, rule="shared")


_FREE_TRADE = re.compile(r"(?:中国|\ue000\ue001)\(\ue000\ue001*\)自由贸易试验区"
                         r"(?:\ue000\ue001*片区|(?:(?![和与及])[\u4e00-\u9fff]){2,4}片区)?")
_WHOLE_ZONES = {"高新区": "高新技术产业开发区", "经开区": "经济技术开发区", "自贸试验区": "自由贸易试验区"}


def _is_name(text: str, begin: int, at: int, suffix: Ending, spots: Sequence[Spot]) -> bool:
    """Whether text[begin:at] is a stem that the suffix takes."""
    stem = rest = text[begin:at]
    while (match := NEVER.match(rest)) is not None:
        rest = rest[match.end():]
    each = spot_at(spots, begin)
    if not rest or len(stem) > 16:
        return False
    if _STEM_END.search(stem) or (suffix.word == "保护区" and _GENERAL_AREA.search(stem)):
        return False
    if suffix.word in PHYSICAL and each is not None and each.end == at and not each.entry.level:
        return False
    if suffix.subtype == "ProtectedArea" and each is not None and each.end == at and (
            not suffix.word.startswith("国") or each.entry.level == "province"):
        return False
    if suffix.word.endswith(_ZONE_ENDS) and each is not None and each.end == at and each.entry.name.endswith("地区"):
        return False
    if suffix.word == "公园" and each is not None and each.end == at:
        return False
    if suffix.kind == "zone":
        return each is not None and each.entry.level != "country"
    if suffix.word == "石窟" and each is not None and each.end == at and not each.entry.level:
        return True
    if suffix.kind == "land":
        beside = text[begin - 1:begin] == "的" and any(spot_until(spots, end) is not None for end in (begin - 1, begin - 3))
        below = suffix.word in _BELOW_DIVISION and _division_until(spots, begin) and not _SIDE_WORD.search(stem)
        return 1 < len(stem) <= 4 and each is None and (beside or below)
    return len(stem) >= 2


_ZONE_ENDS = ("试验区", "开发区", "新区", "高新区", "自贸区", "保税区")
"""Zones of a region are many: 东北地区|自贸试验区."""
_OF_SIDE = re.compile("[东西南北中]部(?=[一-鿿]{2})")
"""The part of a city before the park that lies in it: 东部|清溪森林公园."""
_BELOW_DIVISION = ("山", "岛", "湾", "大峡谷", "峡谷", "垸", "石窟", "古镇", "古城", "景区", "风景区", "湿地")
"""Words that end the name of what lies right after its division, whatever kind of word its stem is: 某省某县|云台山."""
_SIDE_WORD = re.compile("[东西南北中上下前后两内外各近]$|^(?:境|周|附|沿|部|多|一|全|有|等|和|及|地|海|入|公|城|历史|百|千|万|省|市|县|区)")


def _division_until(spots: Sequence[Spot], end: int) -> bool:
    each = spot_until(spots, end)
    return each is not None and each.entry.level in ("prefecture", "county")


def _beside_division(words: Words, text: str, begin: int, at: int, suffix: Ending, spots: Sequence[Spot]) -> bool:
    """Whether a short stem right after a city or a county is a name though no word in it is known as one: 贵南县|木格滩|沙漠."""
    if not 2 <= at - begin <= 4 or suffix.word not in (*_BELOW_DIVISION, "沙漠", "沙地", "草原") or not _division_until(spots, begin):
        return False
    first, last = bisect_left(words.offsets, begin), bisect_left(words.offsets, at)
    pieces = list(zip(words.forms[first:last], words.tags[first:last], strict=True))
    plain = any(len(form) > 1 and (form in STOPS or form in ACTING or tag in ("v", "vn", "d", "m", "f")) for form, tag in pieces)
    joined = any(tag in ("uj", "c", "p") for _, tag in pieces)
    return not plain and not joined and not NEVER.search(text[begin:at])


def parts(doc: Doc, masked: str, spots: tuple[Spot, ...]) -> list[Mention]:
    """Parts of provinces (安徽南部) and of the great regions (华北西部), and areas named by direction (粤西地区, 长江中下游地区)."""
    found = []
    by_start = {each.start: each for each in spots}
    for match in PART.finditer(masked):
        each = by_start.get(match.start())
        if each is not None and match.group()[-1] in "部区" and each.entry.level == "province" \
                and each.end - each.start < len(each.entry.name):
            form = doc.user_data["text"][match.start():match.end()]
            found.append(Mention(match.start(), match.end(), form, "Place", "Region", rule="part"))
    for match in _COMPASS.finditer(masked):
        each = by_start.get(match.start())
        if each is not None and each.entry.name.removesuffix("地区") in _MACRO:
            form = doc.user_data["text"][match.start():match.end()]
            found.append(Mention(match.start(), match.end(), form, "Place", "Region", form.removesuffix("林区"), rule="part"))
    for number, each in enumerate(spots[1:]):
        before = spots[number]
        if each.entry.name in ("西部地区", "中部地区") and before.end == each.start and before.entry.level == "province":
            found.append(Mention(before.start, each.end, doc.user_data["text"][before.start:each.end], "Place", "Region", rule="part"))
    for match in SIDE.finditer(masked):
        body = doc.user_data["text"][match.start():match.end()]
        stem = body.removesuffix("地区").removesuffix("沿海")
        each = by_start.get(match.start())
        if len(stem) >= 2 and not _VAGUE.fullmatch(stem) and (each is None or each.end < match.end() - 2 or each.entry.level == ""):
            found.append(Mention(match.start(), match.end(), body, "Place", "Region", rule="side"))
    return found
