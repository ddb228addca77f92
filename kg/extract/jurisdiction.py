"""The division that 全省, 我市, 州委 and 你省 stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.gazetteer import Entry, Gazetteer
from kg.model import Document

# Level → the words by which a document speaks of its own jurisdiction, and the endings of the names it may have.
OWN: dict[str, tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]] = {
    "country": (re.compile(r"我国|全国(?!人大|人民代表|政协|两会|妇联|总工会)"), ("country",), ("国",)),
    "province": (re.compile(r"[全我本]省(?!道)|(?<![一-鿿])省委、省政府|我区(?=党委)|自治区党委"), ("province",), ("省", "自治区")),
    "city": (re.compile(r"[全我本]市(?!场|民|值|政)|(?<![一-鿿])市委、市政府|(?<![一-鿿])市(?:人民政府|人民代表大会"
    r"|人大)(?!.{0,6}(?:各|所属))"),
             ("prefecture", "county", "province"), ("市",)),
    "prefecture": (re.compile(r"[全我本]州(?!各省)|(?<!自治)州委、州政府|[全我]盟|盟委、盟行署"
    r"|[全我]地区"), ("prefecture",), ("州", "盟", "地区")),
    "county": (re.compile(r"[全我本]县|县委、县政府|自治县(?=人民政府|人民代表大会|行政区域)|[全我本]旗"
    r"|旗委、旗政府"), ("county",), ("县", "旗")),
    "district": (re.compile(r"[全我本]区(?!域|划|间|块|位|段|内)|区委、区政府"), ("province", "county"), ("区",)),
}
_ANCHOR = re.compile("(?=[全我本省市州盟县旗区自])(?:[全我本][国省市州盟县旗区地]|[省市州盟县旗区]委|市人[民大]|自治[区县])")
"""Where a word of OWN may begin; looking there alone takes a fifth of the time."""
YOUR = re.compile(r"[你贵](?:省|市|自治区|州|县|区|厅|局|委|们)")
_SALUTATION = re.compile(r"(?<![一-鿿])([一-鿿]{2,16}?(?:省|市|自治区|州|盟|县|区|旗))(?:人民政府|政府|党委|委|人大常委会"
                         r"|[一-鿿]{2,14}[厅局委])[、，,：:\s]")
_EVERY = re.compile(r"^各(?:有关)?(?:省|自治区|直辖市)")
_NATIONAL_ORGAN = re.compile(r"(?:国务院|中共中央|国家(?!公园|级|森林|湿地|重点)[一-鿿]{1,12}[局委部署院]"
                             r"|全国人民代表大会|全国人大|中华人民共和国|最高人民"
                             r"|中央[一-鿿]{0,16}(?:委员会|办公室|领导小组)|财政部|科技部|建设部|农业部|铁道部"
                             r"|(?:自然资源|生态环境|水利|农业农村|住房和城乡建设|住房城乡建设|交通运输|工业和信息化|环境保护"
                             r"|国土资源|科学技术|公安|民政|商务|应急管理|文化和旅游|人力资源和?社会保障)部)")
_NATIONAL_LAW = re.compile(r"国务院(?:[^，。\n]{0,10})?(?:批准|发布|公布)|中华人民共和国(?:国务院|主席)令|国务院第\d+次常务会议"
                           r"|全国人民代表大会(?:常务委员会)?第?[^，。]{0,20}(?:会议|通过)|我代表国务院")
_QUOTED = re.compile(r"《[^》]*》?")
_COLUMN = re.compile(r"^(?:【[^】]{1,40}】|\[[^\]]{1,40}\]|(?:原标题|标题)\s*[:：])\s*")
_WHOLE_COUNTRY = re.compile(r"全国|我国|中国")
_SHORT_IN_TITLE = re.compile(r"[:：市县区省州旗]|[^一-鿿]|坚持|推进|打造|扎实|持续|全面|深入|实施|加强|着力|强力|积极|开展")
_ELSEWHERE = re.compile(r"行政院|环保署|海保署")
_NATIONAL_OFFICE = re.compile(r"国家(?:副)?主席|国务院(?:副)?总理|国务委员|中共中央总书记|中共中央政治局|中共中央、国务院|中央军委主席"
                              r"|委员长|全国政协(?:副)?主席|国务院(?:总理|常务会议|印发|新闻办)|中办|国办|中央财办|中央农办")
_ABROAD = re.compile(r"当地时间|^国际")
_VENUE = re.compile(r"新华社[一-鿿]{2,10}\d{1,2}月\d{1,2}日电|北京时间"
                    r"|(?:在|于|赴|抵达)[一-鿿]{2,10}(?:以视频方式)?(?:举行|召开|举办|开幕|闭幕|会见|出席|主持)")
_NATIONAL_MEETING = re.compile(f"(?:中央|中共|全国|中国|国家|国际|世界|全球)[^\n]{{0,40}}?(?:{_VENUE.pattern})")
"""A national meeting in a headline, which the place where it is held says nothing of: 中央农村工作会议在北京举行."""
_STREET = re.compile("[路街道桥镇乡村站港口湾]")
_LEAD = 400
_OF_STATE = re.compile(r"国务院|中华人民共和国领域|省、自治区、直辖市|国家[一-鿿]{2,8}局")
_SCHOLARLY = re.compile(r"(?:^|\n)\s*(?:摘\s*要|关键词|参考文献|基金项目|收稿日期|Abstract|Key ?words)\s*[:：\n]|中图分类号")
NATION = "中国"
_OPENING = 1500
_MANY = 4
_OFTEN = 3
_DOMINANT = 0.6
_ALONE = 0.75


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A division with the reason; `entry` None where no division is known, `above` then a division it surely lies in."""

    entry: Entry | None
    reason: str
    above: Entry | None = None


def find_jurisdiction(document: Document, folded: str, *, gazetteer: Gazetteer) -> Jurisdiction | None:
    """Metadata, then title, salutation and publisher, then what the text says of itself, then the command line.

    >>> g = Gazetteer.load()
    >>> text = "济宁市水源保护条例\\n第一条 本市行政区域内适用本条例。"
    >>> find_jurisdiction(Document("a", text, "", title="济宁市水源保护条例"), text, gazetteer=g).entry.id
    '山东省/济宁市'
    """
    stated = _named(document.place, gazetteer)
    if stated is not None:
        return Jurisdiction(stated, "metadata")
    levels = own_levels(folded)
    found = _from_title(document, folded, levels, gazetteer) or _from_text(document, folded, levels, gazetteer)
    if found is not None and found.entry is not None:
        return found
    default = _named(document.default_place, gazetteer)
    return Jurisdiction(default, "command line") if default is not None else found


def own_levels(folded: str) -> Counter[str]:
    """How often a text speaks of its own country, province, city, prefecture, county or district.

    >>> own_levels("全市上下贯彻省委、省政府部署，我市水质好转。").most_common(1)
    [('city', 2)]
    """
    found: Counter[str] = Counter()
    for anchor in _ANCHOR.finditer(folded):
        found.update(level for level, (pattern, _, _) in OWN.items() if pattern.match(folded, anchor.start()))
    return found


def _from_title(document: Document, folded: str, levels: Counter[str], gazetteer: Gazetteer) -> Jurisdiction | None:
    title = _COLUMN.sub("", (document.title or "").translate(_WIDTH)).strip()
    meeting = _NATIONAL_MEETING.match(title) if document.genre == "news" else None
    title = _VENUE.sub(_blank, title) if meeting else title
    opening = folded[:_OPENING]
    addressed = _addressed(opening, folded, gazetteer)
    national = _NATIONAL_ORGAN.match(title) or (document.publisher and _NATIONAL_ORGAN.match(document.publisher))
    if national:
        return Jurisdiction(addressed, "salutation") if addressed else _nation(gazetteer, "national organ")
    column = _COLUMN.match((document.title or "").translate(_WIDTH).strip())
    places = _divisions_in(_QUOTED.sub("", title), gazetteer) or _divisions_in(title, gazetteer) \
        or _divisions_in(column[0].strip("【】[] ") if column else "", gazetteer)
    single = _single(places, gazetteer)
    publisher = None if _is_media(document.publisher) else _single(_divisions_in(document.publisher or "", gazetteer), gazetteer)
    if single is not None and publisher is not None and document.genre == "regulation" \
            and (gazetteer.within(single, publisher.id) or (gazetteer.within(publisher, single.id) and not title.startswith(single.name))):
        return Jurisdiction(publisher, "publisher")
    if single is not None:
        return Jurisdiction(_fitted(single, folded, levels, gazetteer), "title")
    if len(places) > 1:
        return Jurisdiction(None, "title names several provinces") if document.genre == "news" else None
    if addressed:
        return Jurisdiction(addressed, "salutation")
    if _WHOLE_COUNTRY.search(title[:20]) or _NATIONAL_LAW.search(folded[:600]) \
            or any(_EVERY.match(line) for line in opening.split("\n")[:8]):
        return _nation(gazetteer, "title" if _WHOLE_COUNTRY.search(title[:20]) else "national organ")
    return Jurisdiction(publisher, "publisher") if publisher else None


def _from_text(document: Document, folded: str, levels: Counter[str], gazetteer: Gazetteer) -> Jurisdiction | None:
    hits = _divisions_in(_VENUE.sub(_blank, folded) if document.genre == "news" else folded, gazetteer, short=False)
    provinces = Counter(chain[0].id for entry in hits if (chain := _chain(entry, gazetteer)))
    level = _own_level(levels)
    if document.genre == "news" and (level in (None, "country") or (len(provinces) >= _OFTEN > levels[level])):
        lead = folded[:_LEAD]
        return _of_news(provinces, levels, lead, _divisions_in(_VENUE.sub(_blank, lead), gazetteer), gazetteer)
    if level and level != "country":
        return _of_level(document, hits, provinces, level, gazetteer)
    if _SCHOLARLY.search(folded, 0, 4 * _OPENING):
        return None
    if (levels["country"] >= 2 or (document.genre == "regulation" and _OF_STATE.search(folded))) and not _ELSEWHERE.search(folded):
        return _nation(gazetteer, "text: the whole country")
    return None


def _of_level(document: Document, hits: Sequence[Entry], provinces: Counter[str], level: str, gazetteer: Gazetteer) -> Jurisdiction | None:
    """The division of the level that a text speaks of as its own: the one named most, else that of the newspaper."""
    entry = _dominant(hits, level, gazetteer)
    if entry is not None:
        return Jurisdiction(entry, f"text: the {level} named most")
    paper = _single(_divisions_in(document.publisher or "", gazetteer), gazetteer)
    if paper is not None and paper.level in OWN[level][1] and paper.name.endswith(OWN[level][2]):
        return Jurisdiction(paper, "publisher")
    above = provinces.most_common(1)
    sure = len(above) == 1 and len(provinces) == 1 and level != "province"
    return Jurisdiction(None, "text names no such division", gazetteer.entries[above[0][0]] if sure else None)


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match[0])


def _of_news(provinces: Counter[str], levels: Counter[str], lead: str, early: Sequence[Entry], gazetteer: Gazetteer) -> Jurisdiction | None:
    """The one province a report is about, which its first lines name; the country where those name national organs or the
    report goes through many; nothing where it is about two or three, or about other countries."""
    if _ABROAD.search(lead):
        return None
    nation = _NATIONAL_OFFICE.search(lead)
    if nation:
        return _nation(gazetteer, "national office")
    whole = levels["country"] > (1 if 1 < len(provinces) < _MANY else 0) or _NATIONAL_ORGAN.search(lead) is not None
    if provinces:
        top, count = provinces.most_common(1)[0]
        leading = any(gazetteer.within(entry, top) for entry in early)
        if leading and levels["country"] < _OFTEN and count >= (_DOMINANT if len(provinces) <= 1 else _ALONE) * provinces.total():
            return Jurisdiction(gazetteer.entries[top], "text: the province named most")
    if whole:
        return _nation(gazetteer, "text: the whole country" if levels["country"] else "national organ")
    if len(provinces) < _MANY:
        return Jurisdiction(None, "text names several provinces") if provinces else None
    return _nation(gazetteer, "text: many provinces")


def _own_level(levels: Counter[str]) -> str | None:
    """The level a text speaks of most; a lower one goes before the country and before an equal higher one."""
    local = [(n, level) for level, n in levels.items() if level != "country"]
    if not local:
        return "country" if levels["country"] else None
    count, level = max(local, key=lambda pair: (pair[0], list(OWN).index(pair[1])))
    return "country" if levels["country"] >= 3 * count else level


def _dominant(hits: Sequence[Entry], level: str, gazetteer: Gazetteer) -> Entry | None:
    """The division of a level that most of the names lie in: itself counts twice, what lies below it once."""
    _, levels, endings = OWN[level]
    counts: Counter[str] = Counter()
    for entry in hits:
        for above in _chain(entry, gazetteer):
            if above.level in levels and above.name.endswith(endings) and above.valid_to is None:
                counts[above.id] += 2 if above is entry else 1
    if not counts:
        return None
    (top, count), total = counts.most_common(1)[0], counts.total()
    nested = sum(n for id_, n in counts.items() if gazetteer.within(gazetteer.entries[id_], top))
    return gazetteer.entries[top] if count >= 2 and nested >= _DOMINANT * total else None


def _fitted(entry: Entry, folded: str, levels: Counter[str], gazetteer: Gazetteer) -> Entry:
    """The division of the title at the level the text speaks of: the province where it only says 全省, the one below that is
    named most where the title names only the province and the text says 全市, the city where the title names a county and the text
    only says 我市."""
    level = _own_level(levels)
    if level == "province" and levels[level] > 1 and not any(levels[below] for below in ("city", "prefecture", "county", "district")):
        return _chain(entry, gazetteer)[0]
    if level in (None, "country", "province") or entry.name.endswith(OWN[level][2]):
        return entry
    if entry.level == "county" and not any(levels[own] for own, (_, _, endings) in OWN.items() if entry.name.endswith(endings)):
        return next((e for e in _chain(entry, gazetteer) if e.level in OWN[level][1] and e.name.endswith(OWN[level][2])), entry)
    if entry.level != "province":
        return entry
    if levels[level] < _OFTEN or levels["province"]:
        return entry
    inside = [e for e in _divisions_in(folded, gazetteer, short=False) if gazetteer.within(e, entry.id)]
    return _dominant(inside, level, gazetteer) or entry


def _addressed(opening: str, folded: str, gazetteer: Gazetteer) -> Entry | None:
    """The place of the government that a letter is addressed to, where the letter speaks to it (你省)."""
    if not YOUR.search(folded):
        return None
    for line in opening.split("\n")[:8]:
        if line.rstrip().endswith((":", "：")) and not _EVERY.match(line):
            named = [entry for match in _SALUTATION.finditer(line.strip() + " ") if (entry := _named(match[1], gazetteer)) is not None]
            if named:
                return named[0] if _single(_divisions_in(line, gazetteer), gazetteer) is not None else None
    return None


def _single(places: Sequence[Entry], gazetteer: Gazetteer) -> Entry | None:
    """The lowest of places that lie in one another; None where they do not, or there are none."""
    if not places:
        return None
    lowest = max(places, key=lambda e: len(_chain(e, gazetteer)))
    line = {e.id for e in gazetteer.chain(lowest)}
    return lowest if all(p.id in line for p in places) else None


def _divisions_in(text: str, gazetteer: Gazetteer, *, short: bool = True) -> list[Entry]:
    """Divisions named in a text, a same-named one chosen by the others; short names only at the head of a title or
    right behind what they lie in (浙江安吉); none inside an agency's name (上海合作组织) or a street's (嘉兴路街道)."""
    found: list[Entry] = []
    end = -1
    for hit in gazetteer.find(text, ("Place", "Agency")):
        headed = short and hit.start <= 1 and _SHORT_IN_TITLE.match(text, hit.end)
        usable = hit.exact or (hit.short if headed else _inside(hit.short, found) if short and hit.start == end else ())
        entries = [e for e in usable if e.subtype == "AdministrativeDivision" and e.level != "country"]
        if not entries and short and hit.start <= 1:
            entries = _before(hit.exact, gazetteer)
        if entries and (hit.text == entries[0].name or not _STREET.match(text, hit.end)):
            found.append(_nearest(entries, found, gazetteer))
            end = hit.end
    return found


def _before(entries: Sequence[Entry], gazetteer: Gazetteer) -> list[Entry]:
    """The province whose usual name a protected area's name begins with: 山东 of 山东黄河三角洲国家级自然保护区."""
    names = {e.name[:n] for e in entries if e.subtype == "ProtectedArea" for n in (2, 3)}
    return [e for name in sorted(names) for e in gazetteer.lookup(name, ("Place",)) if e.level == "province" and name in e.aliases]


def _inside(entries: Sequence[Entry], found: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(e for e in entries if found and e.id.startswith(found[-1].id + "/"))


def _nearest(entries: Sequence[Entry], before: Sequence[Entry], gazetteer: Gazetteer) -> Entry:
    if before:
        for entry in entries:
            if before[-1].id in {e.id for e in gazetteer.chain(entry)[:-1]}:
                return entry
        tops = {gazetteer.chain(e)[0].id for e in before[-20:]}
        for entry in entries:
            if gazetteer.chain(entry)[0].id in tops:
                return entry
    return entries[0]


def _chain(entry: Entry, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    return tuple(e for e in gazetteer.chain(entry) if e.level != "country")


def _named(name: str | None, gazetteer: Gazetteer) -> Entry | None:
    """The division that a user or a salutation names: a full name, a chain of them, or a usual short name."""
    if not name or not name.strip():
        return None
    name = name.strip()
    if name in ("全国", "国家", "中央"):
        name = NATION
    known = gazetteer.entries.get(name.replace(" ", "/"))
    if known is not None and known.type == "Place":
        return known
    entries = [e for e in gazetteer.lookup(name, ("Place",)) if e.subtype == "AdministrativeDivision"]
    return entries[0] if entries else _single(_divisions_in(name, gazetteer), gazetteer)


def _nation(gazetteer: Gazetteer, reason: str) -> Jurisdiction | None:
    entry = gazetteer.entries.get(NATION)
    return Jurisdiction(entry, reason) if entry else None


def _is_media(publisher: str | None) -> bool:
    return not publisher or publisher.endswith(("网", "报", "台", "社", "央视", "客户端", "日报", "晚报", "新闻", "公众号", "在线"))


_WIDTH = {ord(a): b for a, b in zip("：，（）　", ":,() ", strict=True)}


def names(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The full names of entries."""
    return tuple(entry.name for entry in entries)
