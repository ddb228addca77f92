"""Doc → the jurisdiction and year that 我省, 市委 and 今年 stand for."""

from __future__ import annotations

import re
from collections import Counter

from spacy.tokens import Doc

from kg.extract.jurisdiction import find_jurisdiction
from kg.gazetteer import Gazetteer
from kg.model import Context, Document

# Meetings after which a text was written that names them, and their years.
MEETINGS: tuple[tuple[str, int], ...] = (
    ("十六大", 2002), ("十七大", 2007), ("十八大", 2012), ("十八届三中", 2013),
    ("十八届四中", 2014), ("十八届五中", 2015), ("十八届六中", 2016),
    ("十九大", 2017), ("十九届三中", 2018), ("十九届四中", 2019), ("十九届五中", 2020), ("十九届六中", 2021),
    ("二十大", 2022), ("二十届二中", 2023), ("二十届三中", 2024), ("二十届四中", 2025),
)
_RELATIVE = re.compile(r"今年|本年度|去年|上年|明年|今后|年初|年内|上半年|下半年|前三季度|截至目前|目前|近年来|近日|今天")
_TITLE_YEAR = re.compile(r"(?<![\d到至—–-])((?:19|20)\d{2})年?(?!.{0,8}将|\s*[-—–至到~]\s*(?:20\d{2}|\d{2}年))(?!\d)")
_QUOTED = re.compile(r"《[^》]*》|[（(][^）)]*[-—–~至][^）)]*[）)]")
_OF_ITS_YEAR = re.compile(r"讲话|致辞|发言|公报|月报|年报|状况|工作报告|年度报告|工作总结|工作要点|工作计划|年度计划|工作会议")
_REVIEW = re.compile(r"((?:19|20)\d{2})年(?:度)?(?:以来)?(?:主要|重点|政府)?(?:各项)?工作(?:的)?(?:回顾|总结|情况|完成情况)")
_AHEAD = re.compile(r"((?:19|20)\d{2})年(?:度)?(?:的)?(?:主要|重点|政府|总体)?(?:各项)?(?:工作)?(?:重点|目标|任务|安排|打算|要点"
                    r"|思路|总体要求|重点工作|主要任务)")
_STATED = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!代|底前|末|年?前|以前|[-—–至到~])")
_TARGET_BEFORE = re.compile(r"(?:到|至|力争|确保|截止|[-—–~]|(?:19|20)\d{2}年?[-—–至~、])$")
_TARGET_AFTER = re.compile(r"\d{0,2}月?(?:\d{1,2}日)?(?:底|末)?(?:前|之前|以前)|提前|[,，]?(?:力争|将|计划|建成|实现|达到|基本)")
_TOPIC = re.compile(r"(?:^|[。；;\n])((?:19|20)\d{2})年[,，](?![^。；;\n]{0,40}(?:达到|力争|实现|建成|完成|提高|控制在))")
_ARRANGING = ("plan", "rectification-scheme", "report", "notice")
_YEARLY = re.compile(r"《[^》]{0,24}?((?:19|20)\d{2})年?度?[一-鿿]{0,8}(?:工作要点|工作计划|工作安排|重点工作|实施计划|工作方案|行动方案"
                     r"|推进计划|任务清单)[^》]{0,4}》")
_SERIAL = re.compile(r"[(（]((?:19|20)\d{2})年第?\d+号[)）]|^[^《]{0,30}(?:公告|通告|令)\s*[(（]?((?:19|20)\d{2})年?第\d+号")
_OWN_NUMBER = re.compile(r"(?<![^\s:：])(?![^〔\[(（\s]*(?:关于|根据|按照|废止|依据))[^\s，,。；;《》“”（()]{0,16}"
                         r"[〔\[(（]((?:19|20)\d{2})[〕\])）]"
                         r"\s*(?:第\s*)?\d+\s*号(?=\s|$)")
_NUMBER_OF_PAPER = re.compile(r"[〔\[(（](20\d{2}|19\d{2})[〕\])）]\s*\d+\s*号")
_ORGAN = re.compile(r".+(?:[厅局部署院委]|常委会|办公厅|办公室|领导小组|人民政府|政府|委员会|大会|中心|总站|管委会|公司|集团|法院"
                    r"|检察院|国务院)$")
_WE = re.compile(r"我(厅|局|委|部|署|办|院)(?![一-鿿]{0,2}(?:属|长))")
_IN_FORCE = re.compile(r"本(?:条例|办法|规定|决定|细则|法|解释|规则|规范)自(\d{4})年\d{1,2}月\d{1,2}日起(?:施行|实施|执行)")
_BY_MEETING = "the latest party meeting named"
_HEAD = 600
_OPENING = 1500
_SHARE = 0.4


def find_context(doc: Doc, *, gazetteer: Gazetteer) -> Context:
    """The context of a document, with the reason of each part; what text, metadata and command line leave open stays None.

    Where the jurisdiction is not named but surely lies in a province (全市 in a text that names 甘肃 alone),
    `place` is None and `place_id` is that province: 省委 can be told, 市委 cannot.
    """
    document: Document = doc.user_data["document"]
    folded: str = doc.user_data["folded"]
    found = find_jurisdiction(document, folded, gazetteer=gazetteer)
    entry = found.entry if found else None
    above = found.above if found else None
    year, year_reason = find_year(document, folded)
    publisher = find_publisher(document, folded, entry.name if entry else None, gazetteer)
    if year is not None and year_reason == _BY_MEETING:
        year = max(year, *(e.valid_from or 0 for e in gazetteer.lookup(publisher or "", ("Agency",))), 0)
    chain = tuple(e.name for e in gazetteer.chain(entry)) if entry else ()
    if len(chain) > 1 and chain[0] == "中国":
        chain = chain[1:]
    return Context(place=entry.name if entry else None, year=year, place_id=entry.id if entry else above.id if above else None, chain=chain,
                   issued=document.issued, publisher=publisher,
                   place_reason=found.reason if found else "", year_reason=year_reason)


def find_year(document: Document, folded: str) -> tuple[int | None, str]:
    """The year that 今年 means, and why.

    >>> find_year(Document("a", "", "", title="在2019年全市林业工作会议上的讲话"), "")
    (2019, 'title')
    >>> find_year(Document("a", "", "", issued="2022-05"), "")
    (2022, 'date of issue')
    >>> find_year(Document("a", "", ""), "2021年治理三条河，2021年新建管网，到2025年完成。今年再治两条。")
    (2021, 'text')
    """
    if document.year is not None:
        return document.year, "metadata"
    title = _title_year(document.title)
    serial = _SERIAL.search(document.title or "")
    if serial:
        return int(serial[1] or serial[2]), "number of the document"
    issued = int(document.issued[:4]) if document.issued and document.issued[:4].isdigit() else None
    if title is not None and (issued is None or (title <= issued and _OF_ITS_YEAR.search(document.title or ""))):
        return title, "title"
    if issued is not None:
        return issued, "date of issue"
    if document.genre != "news":
        dated = _dated_year(folded)
        if dated is not None:
            return dated
        stated = _stated_year(folded, document.genre)
        if stated is not None:
            return stated, "text"
    if document.default_year is not None:
        return document.default_year, "command line"
    return _meeting_year(folded) if document.genre != "news" else (None, "")


def find_publisher(document: Document, folded: str, place: str | None, gazetteer: Gazetteer) -> str | None:
    """The full name of the agency that a document speaks for: its publisher, or the one that 我厅 stands for.

    >>> g = Gazetteer.load()
    >>> find_publisher(Document("a", "", "", publisher="国务院办公厅"), "", None, g)
    '国务院办公厅'
    >>> find_publisher(Document("a", "", ""), "省生态环境厅召开会议。我厅将落实责任。", "甘肃省", g)
    '甘肃省生态环境厅'
    """
    first = re.split(r"[,，、;；\s]", document.publisher.strip())[0] if document.publisher else ""
    if first and _ORGAN.fullmatch(first):
        known = gazetteer.lookup(first, ("Agency",))
        return known[0].name if known else _full(first, place)
    we = _WE.search(folded)
    if we is None:
        return None
    named = re.search(rf"(?:(?<![一-鿿])|(?<=[由经和与是]))([省市州县区](?!直|级|内"
                      rf"|外)[一-鿿]{{2,12}}?{we[1]})(?![一-鿿]?[长属])", folded[:_OPENING])
    return _full(named[1], place) if named and place else None


def _full(name: str, place: str | None) -> str:
    """An agency's name with its jurisdiction before it: 省林业厅 → 甘肃省林业厅."""
    name = re.sub(r"人大(?=常委会$)", "人民代表大会", name)
    name = re.sub(r"(?<=人民代表大会)常委会$", "常务委员会", name)
    if place and name[0] in "省市县区州旗盟" and place.endswith(name[0]):
        return place + name[1:]
    return name


def _title_year(title: str | None) -> int | None:
    years = [int(y) for y in (*_TITLE_YEAR.findall(_NUMBER_OF_PAPER.sub("", _QUOTED.sub("", title or ""))), *_YEARLY.findall(title or ""))]
    return max(years) if years else None


def _stated_year(folded: str, genre: str | None) -> int | None:
    """The latest year that a text speaks of as its own time; asked only where it says 今年 or the like."""
    if not _RELATIVE.search(folded):
        return max((int(match[1]) for match in _TOPIC.finditer(folded)), default=None) if genre in _ARRANGING else None
    ahead = _AHEAD.search(folded)
    review = _REVIEW.search(folded)
    if review:
        return int(review[1]) + 1 if not ahead or int(ahead[1]) != int(review[1]) else int(review[1])
    if ahead:
        return int(ahead[1])
    counts: Counter[int] = Counter()
    for match in _STATED.finditer(folded):
        if not _TARGET_BEFORE.search(folded, max(0, match.start() - 6), match.start()) and not _TARGET_AFTER.match(folded, match.end()):
            counts[int(match[1])] += 1
    papers = max((int(y) for y in _NUMBER_OF_PAPER.findall(folded)), default=0)
    if not counts:
        return papers or None
    most = max(counts.values())
    return max(max(year for year, n in counts.items() if n >= _SHARE * most), papers)


def _dated_year(folded: str) -> tuple[int, str] | None:
    """The year of the paper's own number (国办发〔2018〕128号), or of the day from which a law is in force."""
    number = next((m for line in folded[:_HEAD].split("\n") if "号" in line and (m := _OWN_NUMBER.search(line))), None)
    if number:
        return int(number[1]), "number of the document"
    force = _IN_FORCE.search(folded[-_OPENING:])
    return (int(force[1]), "day in force") if force else None


def _meeting_year(folded: str) -> tuple[int | None, str]:
    """The year of the latest party congress or plenary session that the text names; 二中、三中全会 names both."""
    spread = re.sub(r"(十[六七八九]届|二十届)([一二三四五六七]中)((?:、[一二三四五六七]中)+)",
                    lambda m: "、".join(m[1] + part for part in (m[2] + m[3]).split("、")), folded)
    named = [year for name, year in MEETINGS if re.search(rf"{name}(?!以来)[^。；]{{0,24}}精神", spread)]
    return (max(named), _BY_MEETING) if named else (None, "")
