"""Doc → townships and villages: by their suffix after a division, where they stand again, and where a boundary shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.divisions import divisions
from kg.extract.names.again import uses
from kg.extract.names.place_names import Spot
from kg.extract.names.stem_words import alternatives, word_set
from kg.extract.names.stems import ACTING, STOPS
from kg.extract.words import words_of
from kg.model import Mention

_HAN = r"\u4e00-\u9fff"
_TOWN = rf"[{_HAN}](?:(?![乡镇])[{_HAN}](?:(?![村乡镇])[{_HAN}])??)(?:街道|镇|乡(?![镇村亲音愁土情间风]))"
_ANY = rf"[{_HAN}]{{1,7}}?(?:街道|苏木|嘎查|社区|镇|乡|村|林班)|\d{{1,3}}林班"
TOWNSHIP = re.compile(rf"\ue000[\ue000\ue001]*+(?:{_TOWN}(?:{_ANY})*|(?:{_ANY})+)")
_PARTS = re.compile(rf"(?<=[{_HAN}][镇乡])(?=.)|(?<=街道)(?=.)")
_NO_NAME = re.compile(r"[的了在是和与及等将对为有各全以个或每位从到把被向中内外上下前后近本该多名]|" + alternatives("no-village"))
"""What the name of a village never contains, nor that of a town of which nothing else is known."""
_NO_TOWN = re.compile("|".join([
    "[的了在是与及等为以或每从到把被该位个各本近有]|全[省市县区域部体国镇乡街村]|名[镇乡]|[省市县区州乡镇村城]和",
    alternatives("no-township"), *sorted(w for w in word_set("no-village") if "村" not in w)]))
"""What the name of a town right behind its division does not contain: it may well hold 中, 上, 下, 和 (中和镇, 下江镇)."""
_NO_LONG_TOWN = re.compile("[和向将对内全]|.和|.{2}(?:和|下乡)")
"""With what a town of three characters does not begin, and where it holds no conjunction: 和|白石镇, 干部|下乡."""
_GOVERNS = "和向将对"
"""Characters that begin the name of a town only as part of a word (和平|乡), not before one (和|白石镇)."""
VILLAGE = re.compile(r"(?<=[的在到畔于进入赴抵访和，,、。\n])(?P<own>(?![的在于进和与镇乡])[\u4e00-\u9fff]{2,4}(?:村|镇|苏木|嘎查))"
                     r"(?=[^\u4e00-\u9fff]|的|[位有党村驻建迎是在里人等和与及已被将]|进一步|通过|正在|已经|党支部|调研|考察|走访|慰问|看望|视察)")
NO_VILLAGE = frozenset("农山乡全城小进出同邻某一两几沿导居")
_SIDED = re.compile("[^的了在是和与及等将对为有各全以个或每位从到把被向境之省市县区乡镇山城农][上下前后]村")
"""A village named by its side of something: 庄上村, 岭下村."""
_COMMON_ENDS = ("城镇", "农村", "乡村")


def townships(doc: Doc, masked: str, spots: Sequence[Spot]) -> list[Mention]:
    """Townships and villages by their suffix after a division, and wherever else they stand, by one name in a document.

    `masked` is the text with its places masked (`place_names.mask`). A township goes by its own name; one that stands with its
    county alone keeps it.

    >>> from kg.extract.names.place_names import mask, spot
    >>> from kg.gazetteer import Gazetteer
    >>> from kg.model import Context, Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "清水县白石镇植树。白石镇的茶园开放。", ""))
    >>> spots = spot(doc, gazetteer=Gazetteer.load(), context=Context())
    >>> [(m.text, m.name) for m in townships(doc, mask(doc.user_data["folded"], spots), spots)]
    [('清水县白石镇', '白石镇'), ('白石镇', '白石镇')]
    """
    found = [(mention, whole) for mention, whole in _below(doc, masked, spots)]
    again = list(_again(doc, [mention for mention, _ in found]))
    called = {m.name for m in again} | {m.name for m, whole in found if not whole}
    return [*(replace(m, name=m.text) if whole and m.name not in called else m for m, whole in found), *again]


def _below(doc: Doc, masked: str, spots: Sequence[Spot]) -> Iterator[tuple[Mention, bool]]:
    """Townships and villages after a division: 文昌文南村, 夏河县阿木去乎镇; with each whether it is a township after its county's
    full name and nothing else."""
    by_start = {each.start: each for each in spots if divisions([each.entry])}
    text = doc.user_data["text"]
    for match in TOWNSHIP.finditer(masked):
        each = by_start.get(match.start())
        own = _named(doc, each.end, text[each.end:match.end()]) if each else []
        if each is None or not own:
            continue
        end = each.end + sum(map(len, own))
        county = each.entry.level == "county" and each.first == each.start and each.entry.name == text[each.start:each.end]
        whole = county and len(own) == 1 and own[0][-1] in "镇乡道木"
        yield Mention(each.start, end, text[each.start:end], "Place", "AdministrativeDivision", own[-1], rule="township"), whole


def _named(doc: Doc, start: int, own: str) -> list[str]:
    """What of a stretch after a division names a town, a village or both: 中和镇, 红花村."""
    kept: list[str] = []
    for part in _PARTS.split(own):
        end = start + len(part)
        named = is_town(doc, start, part) if not kept and _is_short_town(part) else _is_village(part)
        if not named or not _ends_word(doc, end, _suffix(part)) or _holds_verb(doc, start, end):
            break
        kept.append(part)
        start = end
    return kept


def _is_short_town(own: str) -> bool:
    return own.endswith(("镇", "乡", "街道")) and 2 <= len(own) - _suffix(own) <= 3


def is_town(doc: Doc, start: int, own: str) -> bool:
    """Whether a stem of two or three characters with 镇, 乡 or 街道, which begins at an offset right behind a division, names a town.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> [is_town(segment(Document("a.txt", own + "开会", "")), 0, own) for own in ("中和镇", "和平乡", "和白石镇", "各乡镇")]
    [True, True, False, False]
    """
    stem = len(own) - _suffix(own)
    if own[-1] == own[-2] or _NO_TOWN.search(own) or (stem == 3 and _NO_LONG_TOWN.match(own)):
        return False
    return own[0] not in _GOVERNS or words_of(doc).at(start)[0] > start + 1


def _again(doc: Doc, towns: Sequence[Mention]) -> Iterator[Mention]:
    """Townships and villages named after their division once, wherever else they stand alone: 宁夏闽宁镇 … 闽宁镇."""
    text: str = doc.user_data["folded"]
    taken = {at for town in towns for at in range(town.start, town.end)}
    names = {part: town.name for town in towns for part in _last_parts(town) if len(part) > 2}
    for own, start, end in uses(names, text):
        whole = not text.startswith(("村", "镇", "乡", "民委", "委会"), end) or text.startswith("村民委", end)
        if whole and start not in taken and _ends_word(doc, end, 1):
            form = doc.user_data["text"][start:end]
            yield Mention(start, end, form, "Place", "AdministrativeDivision", names[own], rule="township")


def _last_parts(town: Mention) -> set[str]:
    """By what a township or a village is named again: 根子镇柏桥村, 柏桥村."""
    own = re.split(r"[省市县区州旗盟](?=.{3})", town.text)[-1]
    return {own, town.name or own}


def villages(doc: Doc, masked: str) -> Iterator[Mention]:
    """Villages and towns without a division before them where a boundary shows them: 河畔的加脑村."""
    for match in VILLAGE.finditer(masked):
        own, start, end = match["own"], match.start("own"), match.end("own")
        if not NO_VILLAGE & set(own[:-1]) and _is_village(own) and _ends_word(doc, end, _suffix(own)) and not _acts(doc, start, end - 1):
            yield Mention(start, end, doc.user_data["text"][start:end], "Place", "AdministrativeDivision", rule="village")


def _suffix(own: str) -> int:
    return 2 if own.endswith(("街道", "苏木", "嘎查", "社区", "林班")) else 1


def _is_village(own: str) -> bool:
    if len(own) < 2 or own[-1] == own[-2] or own.endswith(_COMMON_ENDS):
        return False
    return not _NO_NAME.search(own) or (len(own) == 3 and _SIDED.fullmatch(own) is not None)


def _holds_verb(doc: Doc, start: int, end: int) -> bool:
    """Whether a word of governing of two characters stands between a division and a township (夏河县|负责|…镇)."""
    span = doc.char_span(start, end, alignment_mode="expand") or ()
    return any(len(token) > 1 and start <= token.idx < end and (token.text in STOPS or token.text in ACTING) for token in span)


def _acts(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch holds a verb or a function word (组织村|民)."""
    span = doc.char_span(start, end, alignment_mode="expand") or ()
    return any(token.text in STOPS or token.text.rstrip("村镇") in STOPS or token.tag_[:1] in ("v", "p", "d", "c") for token in span)


def _ends_word(doc: Doc, at: int, suffix: int) -> bool:
    """Whether a word ends at an offset or the suffix before it begins one (words such as 镇因 are cut wrongly)."""
    span = doc.char_span(max(0, at - suffix - 1), min(len(doc.user_data["text"]), at + 1), alignment_mode="expand") or ()
    return any(not any(token.idx < edge < token.idx + len(token) for token in span) for edge in (at, at - suffix))
