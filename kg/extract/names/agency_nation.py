"""Doc → agencies that the gazetteer knows, the nation's bodies by short names too where the document speaks for the whole country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Doc

from kg.extract.around import around
from kg.extract.names.agency_bodies import is_position
from kg.extract.names.known import hits
from kg.extract.names.name_tables import alternatives
from kg.extract.names.place_names import Spot, spot_until
from kg.gazetteer import Entry, Gazetteer, Hit
from kg.model import Context, Mention
from kg.tables import rows

_QUALIFIED = re.compile("(?:物理|地方|当地|基层|分管|农垦|森工)$")
"""Words before a short name that make another body of it: 地球物理|气象局."""
NUMBER = re.compile(r"[发函办秘字电明厅传]{1,3}[〔\[(]")
"""What follows a name inside the number of a document (国办函〔2004〕71号)."""
CONTINUES = {"部": "门署分位长级委队", "局": "面势部长", "委": "员托派", "办": "理法公事", "院": "长校士子落",
             "央": "企财政预行银媒气国音美苑"}
"""By the last character of a name, what may not follow it."""
LOCAL = tuple("省市县区州盟旗各级院家营")
"""What shows before a short name that a local body is meant."""
_SHORT_HEAD = re.compile("[委办局院]")
SHORT = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:委(?!员|托|派)|办(?!理|法|公|事)|局(?!面|部))|"
                   r"(?<![\u4e00-\u9fff])(?:社科|工程)院(?![士校子落])")


def known(doc: Doc, text: str, spots: Sequence[Spot], *, gazetteer: Gazetteer, context: Context) -> list[Mention]:
    """Agencies of the gazetteer; short forms (林业局) only where the document speaks for the whole country."""
    national = is_national(text, gazetteer=gazetteer, context=context)
    addressed = [m.span() for m in _ADDRESSED.finditer(text)] if national else []
    found = []
    for hit in hits(doc, gazetteer, "Agency"):
        entries = hit.exact or (hit.short if national and not _within(hit.start, addressed) else ())
        if entries and not _is_other(hit, text):
            entry = _of_year(entries, context.year)
            if entry.subtype == "WorkingGroup" and text[hit.start - 1:hit.start] in _LEVEL_ENDS and not _NATIONAL.match(hit.text):
                found += _of_level(doc, text, hit, entry, spot_until(spots, hit.start))
                continue
            if entry.name == "联合国":
                found += _united_nations(doc, text, hit, entry)
                continue
            found.append(Mention(hit.start, hit.end, doc.user_data["text"][hit.start:hit.end], "Agency", entry.subtype, entry.name,
                                 rule="gazetteer", entry=entry.id))
            found += _offices(doc, text, hit, entry)
    if _ABROAD_NAMED.search(text):
        found += foreign(doc, text)
    if national and found:
        found += [m for m in _shortened(doc, text, gazetteer) if not _within(m.start, addressed)]
    return found


_LEVEL_ENDS = tuple("省市县区州盟旗")
_LEVEL_BEFORE = re.compile(r"(?<![各每全个级两三四几多该所、或])(?P<level>自治区|自治州|省|市|县|区|州|盟|旗)$")
"""A level word before the short name of a national group, whose local one is meant: 省|长江办."""
_NATIONAL = re.compile("^(?:国务院|国家|中央|全国)")


def _of_level(doc: Doc, text: str, hit: Hit, entry: Entry, place: Spot | None) -> list[Mention]:
    """The group of a level or of a place of which the nation has one by the same short name; none of 各省."""
    level = _LEVEL_BEFORE.search(text, max(0, hit.start - 4), hit.start)
    if place is None and level is None:
        return []
    start, before = (place.start, place.entry.name) if place else (level.start(), level["level"]) if level else (hit.start, "")
    body = hit.text if _NATIONAL.match(entry.name) else entry.name
    return [Mention(start, hit.end, doc.user_data["text"][start:hit.end], "Agency", entry.subtype, before + body, rule="level+body")]


_DEPARTMENTS = {(body, short): name for body, short, name in rows("kg.extract.names", "office_names.tsv")}


def department(body: str, office: str) -> str:
    """The full name of a department of a national body.

    >>> department("国家林业和草原局", "动植物司"), department("国家林业和草原局", "人事司")
    ('野生动植物保护司', '人事司')
    """
    return _DEPARTMENTS.get((body, office), office)


def _offices(doc: Doc, text: str, hit: Hit, entry: Entry) -> Iterator[Mention]:
    """An office of a known body right after it, which it becomes a part of (教育部|教材局), or in brackets (市场监管总局（网监司）)."""
    if (office := _OFFICE.match(text, hit.end)) and (entry.subtype == "GovernmentBody" or hit.text.endswith("科学院")):
        form, name = doc.user_data["text"][hit.start:office.end()], entry.name + department(entry.name, office.group())
        clipped = hit.text.endswith("科学院") and name.endswith("所") and not name.endswith("研究所")
        yield Mention(hit.start, office.end(), form, "Agency", entry.subtype, name[:-1] + "研究所" if clipped else name,
                      rule="gazetteer:office")
    elif beside := _BRACKETED.match(text, hit.end):
        start, end = beside.span("office")
        yield Mention(start, end, doc.user_data["text"][start:end], "Agency", "GovernmentBody",
                      entry.name + department(entry.name, beside["office"]), rule="gazetteer:office")


_BRACKETED = re.compile(r"\((?P<office>(?!公)[\u4e00-\u9fff]{2,8}(?<!公)司)\)")
_ORGAN = re.compile(r"(?:(?!大会)[一-鿿]){1,9}?(?:署|理事会|委员会|秘书处|基金会|办事处)|大会(?!堂)")
_EVENT = re.compile(r"[一-鿿]{0,12}?(?:大会|峰会|会议|公约|议定书|议程|宪章)")


def _united_nations(doc: Doc, text: str, hit: Hit, entry: Entry) -> list[Mention]:
    """The United Nations or one of its organs (联合国|难民署); none where a meeting or a convention is meant."""
    organ = _ORGAN.match(text, hit.end)
    if organ is None and _EVENT.match(text, hit.end):
        return []
    end = organ.end() if organ else hit.end
    form = doc.user_data["text"][hit.start:end]
    return [Mention(hit.start, end, form, "Agency", entry.subtype, text[hit.start:end] if organ else entry.name, rule="gazetteer",
                    entry=None if organ else entry.id)]


_ADDRESSED = re.compile(r"^(?:各[^。\n]{2,300}|[^。\n]{0,150}(?:自治区|直辖市)[^。\n]{2,200})[:：][ \t]*$", re.MULTILINE)
"""The line that names whom a document goes to; short names in it are those of the provinces' departments."""


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


_COUNTRY, _FIELD = alternatives("country"), alternatives("ministry-field")
_FOREIGN = re.compile(rf"{_COUNTRY}(?:联邦|国家|皇家)?{_FIELD}(?:[、和与及]?{_FIELD}){{0,4}}"
                      r"(?:部(?![长门队分落署委])|署(?!长)|总?局(?![长势面部])|省(?=[、，。在于的发公表宣称])|厅(?!长))")
_FOREIGN_HEAD = re.compile("[部署局省厅]")


_GOVERNMENT = re.compile(rf"{_COUNTRY}(?:联邦)?政府(?![采网间各公])")
_ABROAD_NAMED = re.compile(_COUNTRY)


_OF_STATE = re.compile(rf"{_COUNTRY}(?:联邦|国家|皇家)?$")
"""A state before a short name, whose body is meant: 德国联邦|统计局."""


def foreign(doc: Doc, text: str) -> Iterator[Mention]:
    """Governments, ministries and offices of other states: 苏丹政府, 苏丹卫生部, 日本环境省."""
    for match in (*around(_FOREIGN_HEAD, 18, _FOREIGN, text), *_GOVERNMENT.finditer(text)):
        yield Mention(*match.span(), doc.user_data["text"][match.start():match.end()], "Agency", "GovernmentBody", rule="foreign")


def is_national(text: str, *, gazetteer: Gazetteer, context: Context) -> bool:
    """Whether the document speaks for the whole country: no narrower place, or a national body opens it (a letter to a province)."""
    if context.place in (None, "中国") or context.place_id is None:
        return True
    first = next(iter(gazetteer.find(text[:40], ("Agency",))), None)
    return first is not None and bool(first.exact) and not text[:first.start].strip("# \n【《")


def _is_other(hit: Hit, text: str) -> bool:
    """Whether what stands around a known name makes another word of it."""
    if not hit.exact and (text[hit.start - 1:hit.start] in LOCAL or _QUALIFIED.search(text, max(0, hit.start - 2), hit.start)):
        return True
    after = "" if _LONG_CITY.match(text, hit.end) else text[hit.end:hit.end + 1]
    if hit.text.endswith("部") and len(hit.text) < 6 and _ABROAD.search(text, max(0, hit.start - 6), hit.start):
        return True
    if after in tuple(CONTINUES.get(hit.text[-1], "")):
        return True
    if text[hit.start - 1:hit.start] == "(" and text.startswith("令第", hit.end):
        return True
    return NUMBER.match(text, hit.end) is not None or (not hit.exact and _is_office_holder(text, hit.start, hit.end))


_LONG_CITY = re.compile("长(?:春|沙|治|江)")
"""Names that begin like the head of a body after one: 国家林业局|长春专员办."""


def _is_office_holder(text: str, start: int, end: int) -> bool:
    """Whether a short name is part of a person's position (林业局|局长), not the body of one in a list of members (某某　　宗教局|局长)."""
    return is_position(text, end) and text[start - 1:start] not in _BEFORE_MEMBER


_BEFORE_MEMBER = (" ", "\u3000", "\t", "、")
"""What stands before the body of a member of a committee: after the name, or after another position."""
_OFFICE = re.compile(r"办公厅|(?<=局)办公室(?!主任|副主任)|(?<=[^全]部)(?!各|有关|直属|所属|等|原|印发|会同|和|商|同|与)"
                     r"[\u4e00-\u9fff]{2,6}?(?<![和与及、对向由在国省市县区])局(?![长面限部势])|(?<=科学院)(?!院)[\u4e00-\u9fff]{2,10}?所(?![有在以示属谓述])|"
                     r"(?!各|有关|机关|直属|相关|所属|等|的|副|正|原|印发|会同|和)(?:[\u4e00-\u9fff]{2,10}?(?<!公)(?<!上)司(?![法长机令局])"
                     r"|(?:西南|西北|华东|中南|东北|华北|昆明|东南)(?:林业)?(?:调查|勘察|监测)?(?:规划)?(?:设计)?院(?![长士校子落])"
                     r"|第[一二三四五六七八九十][\u4e00-\u9fff]{2,8}?(?:研究所|研究院|规划院|设计院|督察局)"
                     r"|[\u4e00-\u9fff]{2,8}?(?:受理|服务|监测|信息|研究|发展|保障|预报|执法|生态|宣传教育)中心)")
"""A department of a ministry, right after it: 国家林业和草原局|造林司."""
_ABROAD = re.compile("(?:[斯亚兰国丹巴拿利坦尔]|日本|俄罗斯|印度|以色列|阿根廷|墨西哥|土耳其|巴西|伊朗|古巴|韩|越南)$")
"""The last characters of foreign countries: 苏丹|卫生部 is none of the nation's."""


def _of_year(entries: tuple[Entry, ...], year: int | None) -> Entry:
    """The body that bore the name in a year."""
    return next((e for e in entries if (e.valid_from or 0) <= (year or 9999) <= (e.valid_to or 9999)), entries[0])


def _shortened(doc: Doc, text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """National bodies without 国务院 or 国家 (扶贫办, 林草局)."""
    shorts = _short_names(gazetteer)
    for match in around(_SHORT_HEAD, 6, SHORT, text):
        for length in range(len(match.group()), 2, -1):
            form, start = match.group()[-length:], match.end() - length
            if form in shorts and text[start - 1:start] not in LOCAL and not _is_office_holder(text, start, match.end()) \
                    and not _OF_STATE.search(text, max(0, start - 10), start):
                entry = shorts[form]
                yield Mention(start, match.end(), doc.user_data["text"][start:match.end()], "Agency", entry.subtype, entry.name,
                              rule="national:short", entry=entry.id)
                break


@lru_cache(maxsize=4)
def _short_names(gazetteer: Gazetteer) -> dict[str, Entry]:
    """National bodies by what is left of a name or alias without 国务院 or 国家."""
    found: dict[str, Entry] = {}
    for entry in gazetteer.entries.values():
        if entry.type == "Agency":
            for form in (entry.name, *entry.aliases):
                short = form.removeprefix("国务院").removeprefix("国家").removeprefix("中国")
                if short != form and 3 <= len(short) <= 6 and (short[-1] in "委办局" or short in ("社科院", "工程院")):
                    found.setdefault(short, entry)
    return found
