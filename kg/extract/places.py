"""Doc → proposed mentions: places.

Divisions and known regions from the gazetteer, townships and villages by their suffix after a place, regions,
landforms and protected areas by the suffix grammar of `place_suffixes.tsv`, parts of places (安徽南部), names that
the text itself defines (以下简称示范区), and words that point to the context's place (全省, 我市).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Doc

from kg.divisions import LEVEL_WORDS, at_level, divisions
from kg.extract.place_names import Spot, mask, spot
from kg.extract.stem_words import alternatives
from kg.extract.stems import STOPS, is_proper, name_start, words_of
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

TOWNSHIP = re.compile(r"\ue000\ue001*(?:\ue000\ue001*)*(?P<own>(?:[\u4e00-\u9fff]{1,7}?(?:街道|苏木|嘎查|镇|乡|村|林班)|\d{1,3}林班)+)")
NO_TOWNSHIP = re.compile(r"[的了在是和与及等将对为有各全以个或每位从到把被向中内外上下前后近本该多名]|" + alternatives("no-village"))
VILLAGE = re.compile(r"(?<=[的在到畔于进，,、。\n])(?P<own>(?![的在于进和与])[\u4e00-\u9fff]{2,3}(?:村|镇|苏木|嘎查))(?=[^\u4e00-\u9fff]|的|[位有党村驻建迎是在里民人等])")
PART = re.compile(r"\ue000\ue001*(?:以[东西南北]|[东西南北中]{1,2})(?:部地区|地区|部|麓|缘|端|岸)?")
SIDE = re.compile(r"(?:[\ue000-\ue001]+|[东西南北中华粤苏皖浙闽赣湘鄂豫鲁冀晋陕甘青宁新藏云贵川渝桂琼沪京津辽吉黑蒙]{1,3}|东南|西北|东北|西南|[东西中]部|沿海|沿边|沿江|沿黄|长江|黄河|珠江|淮河|海河|黄淮海|"
                  r"中下游|上中游|上游|中游|下游|以南|以北|以东|以西)+(?:沿海地区|地区|沿岸地区|两岸地区)")
_VAGUE = re.compile(r"(?:上游|中下游|上中游|中游|下游|沿海|沿边|沿江|沿黄|以南|以北|以东|以西|中)+")
DEICTIC = re.compile(r"(?P<who>我|全|本|你|贵|该)(?P<word>自治区|自治州|自治县|自治旗|省|市|州|县|区|盟|旗|镇|乡)(?![级委政直长府有])|(?<![全各两该此跨出外多])(?P<inner>省|市|州|"
                     r"县)(?P<kind>内|域|境内)(?=[的各外])")
DEFINED = re.compile(r"\((?:以下|下文|下|后文)?(?:统一)?(?:简称|统称)(?:为|作)?[:]?[“\"「]?(?P<short>[\u4e00-\u9fffA-Za-z0-9·—-]{1,20})[”\"」]?\)")
NEVER = re.compile(alternatives("generic-place"))


@dataclass(frozen=True, slots=True)
class Suffix:
    """A word that ends the name of a region; `kind` says what must stand before it."""

    word: str
    subtype: str
    kind: str


@lru_cache(maxsize=1)
def suffixes() -> tuple[dict[str, Suffix], re.Pattern[str]]:
    """The table of suffixes by word, and one pattern over all, the longest first."""
    rows = [line.split("\t") for line in files("kg.extract").joinpath("place_suffixes.tsv").read_text(encoding="utf-8").splitlines()
            if line and not line.startswith(("#", "suffix\t"))]
    table = {word: Suffix(word, subtype, kind) for word, subtype, kind in rows}
    return table, re.compile("|".join(map(re.escape, sorted(table, key=lambda w: (-len(w), w)))))


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterable[Mention]:
    """Proposed mentions of places, which may overlap those of other modules.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "云南大理州境内的苍山国家级自然保护区", ""))
    >>> [m.text for m in propose(doc, gazetteer=Gazetteer.load(), context=Context())][:2]
    ['云南大理州', '苍山国家级自然保护区']
    """
    spots = located(doc, gazetteer=gazetteer, context=context)
    text: str = doc.user_data["folded"]
    masked = mask(text, spots)
    found = [_known(doc, each) for each in spots if each.entry.level != "country"]
    found += _townships(doc, masked, spots, gazetteer)
    found += named_regions(doc, spots)
    found += _parts(doc, masked, spots)
    found += list(_deictic(doc, text, gazetteer, context))
    found += list(defined(doc, text, found))
    found += list(_within(doc, text, found))
    found += list(_clipped(doc, text, found, gazetteer))
    return found


def located(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> tuple[Spot, ...]:
    """The known places of a document, found once."""
    if "spots" not in doc.user_data:
        doc.user_data["spots"] = spot(doc, gazetteer=gazetteer, context=context)
    spots: tuple[Spot, ...] = doc.user_data["spots"]
    return spots


def _known(doc: Doc, each: Spot) -> Mention:
    text = doc.text[each.start:each.end]
    if not each.entry.level and each.entry.subtype == "Region" and _AREA.match(doc.text, each.end):
        return Mention(each.start, each.end + 1, text + "区", "Place", "Region", rule="area")
    return Mention(each.start, each.end, text, "Place", each.entry.subtype, each.entry.name, rule="gazetteer", entry=each.entry.id)


_AREA = re.compile(r"(?<![区部])区(?![域块位划间别内])")


def _townships(doc: Doc, masked: str, spots: tuple[Spot, ...], gazetteer: Gazetteer) -> list[Mention]:
    """Townships and villages by their suffix after a division (文昌文南村, 夏河县阿木去乎镇), villages alone where a boundary shows them."""
    found = []
    by_start = {each.start: each for each in spots if divisions([each.entry])}
    for match in TOWNSHIP.finditer(masked):
        each = by_start.get(match.start())
        own = doc.text[each.end:match.end()] if each else ""
        if each is None or NO_TOWNSHIP.search(own) or not _ends_word(doc, match.end(), 2 if own.endswith(("街道", "苏木", "嘎查", "林班")) else 1):
            continue
        if any(own.endswith(word) for word in ("城镇", "农村", "乡村")) or len(own) < 2:
            continue
        last = doc.text[each.first:each.end]
        name = last + own if each.entry.name == last and each.entry.level == "county" else re.split(r"(?<=[镇乡])(?=.)", own)[-1]
        found.append(Mention(each.start, match.end(), doc.text[each.start:match.end()], "Place", "AdministrativeDivision", name,
                             rule="township", entry=None))
    for match in VILLAGE.finditer(masked):
        own = match["own"]
        if not NO_TOWNSHIP.search(own) and not (set(own[:-1]) & set("农山乡全城小进出同邻某一两几沿导居")) and _ends_word(doc, match.end(), 1):
            found.append(Mention(match.start("own"), match.end("own"), doc.text[match.start("own"):match.end("own")], "Place",
                                 "AdministrativeDivision", rule="village"))
    return found


def _ends_word(doc: Doc, at: int, suffix: int) -> bool:
    """Whether a word ends at an offset or the suffix before it begins one (words such as 镇因 are cut wrongly)."""
    span = doc.char_span(max(0, at - suffix - 1), min(len(doc.text), at + 1), alignment_mode="expand") or ()
    return any(not any(token.idx < edge < token.idx + len(token) for token in span) for edge in (at, at - suffix))


def named_regions(doc: Doc, spots: tuple[Spot, ...]) -> list[Mention]:
    """Regions, landforms and protected areas by the suffix grammar."""
    text: str = doc.user_data["folded"]
    table, pattern = suffixes()
    words = words_of(doc)
    starts = [each.start for each in spots]
    found = []
    for match in pattern.finditer(text):
        suffix = table[match.group()]
        if suffix.kind in ("none", "side") or text[match.end():match.end() + 1] in tuple(_CONTINUES.get(suffix.word[-1], "")):
            continue
        begin = name_start(words, text, match.start(), spots=spots, starts=starts, limit=16, joins="", place=True)
        if suffix.kind == "land" and any(m.end == begin - 1 for m in found[-3:]) and text[begin - 1:begin] == "的" and begin < match.start():
            found.append(Mention(begin, match.end(), doc.text[begin:match.end()], "Place", suffix.subtype, rule=f"suffix:{suffix.word}"))
            continue
        if suffix.word in PHYSICAL and (each := next((e for e in spots if e.start == begin), None)) and match.start() - each.end >= 2:
            begin = each.end
        begin = _POINTING.match(text, begin, match.start()).end()
        joined = text.rfind("区和", begin, match.start())
        begin = joined + 2 if joined > 0 else begin
        if any(e.end == match.end() and e.start > begin for e in spots):
            continue
        if begin < match.start() and _is_name(text, begin, match.start(), suffix, spots, starts) \
                and is_proper(words, begin, match.start(), spots=spots, starts=starts, generic=_GENERIC):
            found.append(Mention(begin, match.end(), doc.text[begin:match.end()], "Place", suffix.subtype, rule=f"suffix:{suffix.word}"))
            if suffix.word in PHYSICAL:
                found += _listed(doc, text, begin, suffix)
    return found


def _listed(doc: Doc, text: str, begin: int, suffix: Suffix) -> Iterator[Mention]:
    """Names before one with a shared head: 库布其、腾格里沙漠."""
    before = _LIST.search(text, max(0, begin - 24), begin)
    if before:
        for part in re.finditer(r"[\u4e00-\u9fff]+", before.group()):
            start, end = before.start() + part.start(), before.start() + part.end()
            span = doc.char_span(start, end)
            if span is not None and all(token.tag_ in ("ns", "nr", "nrt", "nz") for token in span):
                yield Mention(start, end, doc.text[start:end], "Place", suffix.subtype, text[start:end] + suffix.word, rule="shared")


_LIST = re.compile(r"(?:[\u4e00-\u9fff]{2,6}、){1,3}$")


PHYSICAL = frozenset(["山脉", "沙漠", "沙地", "草原", "大草原", "高原", "平原", "盆地", "三角洲", "半岛", "群岛", "列岛", "大峡谷", "峡谷", "丘陵", "山地", "岛", "山", "岭", "林区", "绿洲"])
"""Landforms: a province before one is no part of its name (新疆|塔里木盆地)."""
_GENERIC = re.compile(rf"(?:{NEVER.pattern})+")
_POINTING = re.compile(r"(?:[本我全该][省市州县区]|位于|称|公开|将|把|第?[一二三四五六七八九十]+[次届期轮批个])*")
_CONTINUES = {"区": "域位块委别间", "山": "区水体村镇乡地坡林路县市", "岛": "屿", "岭": "南", "滩": "涂地", "原": "则因本理料", "园": "区林"}


def _is_name(text: str, begin: int, at: int, suffix: Suffix, spots: tuple[Spot, ...], starts: list[int]) -> bool:
    stem = text[begin:at]
    rest = stem
    while (match := NEVER.match(rest)) is not None:
        rest = rest[match.end():]
    if not rest or len(stem) > 16:
        return False
    placed = begin in starts
    if suffix.subtype == "ProtectedArea" and any(e.start == begin and e.end == at and (
            not suffix.word.startswith("国") or e.entry.level == "province") for e in spots):
        return False
    if suffix.kind == "zone":
        return placed and any(e.start == begin and e.entry.level != "country" for e in spots)
    if suffix.kind == "land":
        return 1 < len(stem) <= 4 and not placed and text[begin - 1:begin] == "的" and any(e.end in (begin - 1, begin - 3) for e in spots)
    return len(stem) >= 2


def _parts(doc: Doc, masked: str, spots: tuple[Spot, ...]) -> list[Mention]:
    """Parts of a place (安徽南部) and areas named by direction (粤西地区, 东南沿海地区, 长江中下游地区)."""
    found = []
    by_start = {each.start: each for each in spots}
    for match in PART.finditer(masked):
        each = by_start.get(match.start())
        if each is not None and match.group()[-1] in "部区" and each.entry.level == "province":
            found.append(Mention(match.start(), match.end(), doc.text[match.start():match.end()], "Place", "Region", rule="part"))
    for match in SIDE.finditer(masked):
        body = doc.text[match.start():match.end()]
        stem = body.removesuffix("地区").removesuffix("沿海")
        if len(stem) >= 2 and not _VAGUE.fullmatch(stem):
            each = by_start.get(match.start())
            if each is None or each.end < match.end() - 2 or each.entry.level == "":
                found.append(Mention(match.start(), match.end(), body, "Place", "Region", rule="side"))
    return found


def _deictic(doc: Doc, text: str, gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    """Words that point to the place of the context: 全省, 我市, 省内."""
    for match in DEICTIC.finditer(text):
        word = match["word"] or match["inner"]
        entry = at_level(word, context=context, gazetteer=gazetteer)
        if entry is not None:
            end = match.end() if match["word"] else match.end("kind")
            yield Mention(match.start(), end, doc.text[match.start():end], "Place", "AdministrativeDivision", entry.name, True, "deictic", entry.id)


def _within(doc: Doc, text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Zones inside a place that the text defines (示范区先行启动区), and the zone alone after that."""
    whole = {m.text: m.name for m in mentions if m.rule == "defined" and m.name}
    if not whole:
        return
    zones: dict[str, str] = {}
    inner = re.compile(rf"(?P<short>{'|'.join(map(re.escape, whole))})(?P<zone>(?![和与及内的])[\u4e00-\u9fff]{{2,4}}区)(?![域块位划])")
    for match in inner.finditer(text):
        if match["zone"] not in whole and not NO_TOWNSHIP.search(match["zone"].removesuffix("示范区")) and "区" not in match["zone"][:-1]:
            zones.setdefault(match["zone"], (whole[match["short"]] or "") + match["zone"])
    for zone, name in zones.items():
        for use in re.finditer(rf"(?:{'|'.join(map(re.escape, whole))})?{re.escape(zone)}", text):
            yield Mention(use.start(), use.end(), doc.text[use.start():use.end()], "Place", "Region", name, rule="within")


def _clipped(doc: Doc, text: str, mentions: Iterable[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Protected areas named again without their kind: 江苏无锡梁鸿 for 江苏无锡梁鸿国家湿地公园."""
    _, pattern = suffixes()
    clipped: dict[str, Mention] = {}
    for mention in mentions:
        if mention.subtype != "ProtectedArea" or mention.rule == "clipped":
            continue
        suffix = next((m for m in pattern.finditer(mention.text) if m.end() == len(mention.text)), None)
        if suffix is None:
            continue
        stem = mention.text[:suffix.start()]
        own = stem
        for hit in gazetteer.find(stem, ("Place",)):
            if hit.start == len(stem) - len(own) and divisions(hit.entries):
                own = stem[hit.end:]
        if own and own != stem and len(stem) >= 5:
            clipped.setdefault(stem, mention)
        if len(own) >= 3 and own != stem and own[-1] not in "湖河江海山水库岭岛溪泉" and not gazetteer.lookup(own):
            clipped.setdefault(own, mention)
    if clipped:
        for use in re.finditer("|".join(map(re.escape, sorted(clipped, key=len, reverse=True))), text):
            mention = clipped[use.group()]
            yield Mention(use.start(), use.end(), doc.text[use.start():use.end()], "Place", mention.subtype, mention.name or mention.text,
                          rule="clipped", entry=mention.entry)


def defined(doc: Doc, text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions of short names that the text defines right after a mention (以下简称“太钢”), wherever they stand after it."""
    ending: dict[int, Mention] = {}
    for mention in mentions:
        if not mention.deictic and (mention.end not in ending or ending[mention.end].start > mention.start):
            ending[mention.end] = mention
    for match in DEFINED.finditer(text):
        antecedent = ending.get(match.start())
        short = match["short"]
        if antecedent is None or short in STOPS or len(short) < 2 or short[0] in "两三四五六七八九十各" or short in LEVEL_WORDS:
            continue
        for use in re.finditer(re.escape(short), text[match.start():]):
            start, end = match.start() + use.start(), match.start() + use.end()
            yield Mention(start, end, doc.text[start:end], antecedent.type, antecedent.subtype, antecedent.name or antecedent.text,
                          rule="defined", entry=antecedent.entry)
