"""Doc → proposed mentions: projects, that is individually named works, facilities, sites and project pools."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.names.anchors import COMMON_SHORT, Anchors, anchors_of, city_before
from kg.extract.names.coordinated import parts_of_works, propose_coordinated
from kg.extract.names.head_nouns import HeadNoun, HeadNouns
from kg.extract.names.known import hits
from kg.extract.names.lines_of_works import lines, repeated
from kg.extract.names.name_tables import alternatives, longest_first, project_heads, words
from kg.extract.names.phrases import Phrase, phrases
from kg.extract.names.quotes import curled
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

WORKS = project_heads()
_GREAT = frozenset(words("great-water"))
_HEADS = HeadNouns([(w.pattern, w.after) for w in WORKS])
_HEAD = re.compile("|".join(f"(?:{w.pattern})" + (f"(?!{w.after})" if w.after else "") for w in WORKS))
_FIRM = re.compile(alternatives("firm"))
_GENERIC = re.compile(longest_first("project-generic"))
_GENERIC_AT_WATER = re.compile(longest_first("project-generic-at-water"))
_LEAD = re.compile(f"{alternatives('lead-project-pattern')}+")
_TO_THE_NAME = re.compile(f".*{alternatives('before-project-pattern')}")
_NUMBER = "[0-9一二三四五六七八九十两百千几多数.]+(?:余|多)?"
_COUNTED = re.compile(r"[^\W\d_]{0,6}(?:第[一二三四五六七八九十]+大|最大|最长|首个|首条|首座|唯一)"
                      rf"|第?{_NUMBER}(?:个|座|家|条|项|处|批|类|套|大|种|期|台|片|块|眼|口)"
                      r"|[0-9.]+(?:余|多)?万?(?:亩|公里|米|吨|千瓦|平方|立方)")
_COUNT_INSIDE = re.compile(r"[0-9四五六七八九]+(?:多|余)?(?:个|座|家|条|处|批|件|台|类|起|项(?!工程|目))|[两二三四五六七八九十]大")
_NOT_INSIDE = re.compile(alternatives("not-in-project-pattern"))
_NUMBERED = re.compile(r"(?:进一步)?[百千万十0-9.]+(?:余|多)?(?:万|千)?(?:亩|公里|吨|千瓦|立方米)[一-鿿]{2,12}")
_PART = re.compile(r"\([^()\n]{1,8}(?:段|期)\)|(?![多各等两三四全个])[一-鿿]{2,4}标段")
_PHASE = re.compile(r"[一二三四]期(?:扩建|建设)?(?:工程|项目)?(?![、和与])|[一二三四]期")
_TAIL = re.compile(r"航道(?![局处管养])|(?:工程|项目)(?![区师款学院技量质建主管设措][^设]|建议书|管理|资金|部)")
_PLANT = re.compile("(?:船闸|枢纽|电厂|电站|水库|大桥|隧道|机场|泵站|水厂|灌区|隧洞|运河|码头|风电场)$")
"""A facility whose name 项目 after it is no part of: 蜀山船闸|项目."""
_FULL = re.compile(r"[一-鿿]{1,8}?(?:自治区|自治州|自治县|省|市|县|区|州|旗)|(?<=[市县区旗])[一-鿿]{2,6}?(?:镇|乡|街道|村)")
_CLOSED = re.compile(r"等(?:一大?批)?(?P<count>[0-9一二三四五六七八九十百]+(?:个|项|大|座|条))?"
                     r"(?:重大|重点|生态|环保|环境|水利|水源|调蓄水?|防洪|交通|能源|治理|修复|基础设施|建设|民生|标志性|骨干)*(?P<head>工程|项目)(?![区师院技款造勘监]|审批|质量|建设项目)")
_PLACED = re.compile(r"[镇乡村县市区州旗]的$")
"""A place before the name of works, joined by 的: 位于某县某镇的|白水滩堆场."""
_WITH_PARTS = ("工程", "铁路", "高铁", "高速", "高速公路", "水网", "新通道")
"""Ends of works whose parts have names of their own."""
_NO_PART = ("项目", "的", "一期", "二期", "三期", "四期", "段", "建设", "配套", "改扩建", "改造", "扩建")
"""What after works goes on to tell of them: 某高速|改扩建项目."""
_LINE_NOUNS = ("高速公路", "高速铁路", "城际铁路", "高铁", "铁路", "高速")
_JOINED = re.compile(r"[及和与至](?=[^及和与至]{2,4}$)")
_GRADES = "(?:控制性|标志性|关键性?|骨干|重大|重点|重要|超级|世纪|支撑性|保障性|先导性|枢纽性|特大型|大型|专项|公共|样板)"
_KINDS = "(?:水利|交通|能源|铁路|公路|航空|航运|节点|水网|民生|基础设施|调水|引水|供水|水电|生态|环保|综合|建设|规划|配套|治理|科技攻关)"
_DESCRIBED = re.compile(f"{_GRADES}{_KINDS}*(?:工程|项目)(?![一二三四]期)")
"""What tells the kind of a project before its name: 国家重大水利工程|白石岭水库工程."""
_GRADED = re.compile(f"{_GRADES}{_KINDS}*$")
"""A modifier that ends so tells only the kind: 某江流域控制性|工程."""
_WORKS_OF_WATER = re.compile("防洪|度汛|应急|已建|小水电|水土保持|河道|兴利|干流|防护|堤防|流域|山水|湿地|森林|草原")
_REACH = re.compile(r"[一-鿿]{2,6}?段(?![时落长])")
_PORT_GOES_ON = re.compile("港[口区务湾航]")
_LINE_LETTERS = re.compile(alternatives("line-letter-pattern"))
_RENEWED = re.compile("(?:安全|改扩建|扩建|扩容|改造|提升|升级|除险|加固|更新|续建|配套"
                      "|现代化|延伸|拓宽|整治|修复|重建|迁建|建设|与|和|[一二三四五六]期)+")
"""What is done to works before 工程 or 项目: 某船闸|扩容改造|工程."""
_TOWN = re.compile("(?![乡各全某本该沿我建心山中新])[一-鿿]{2,3}(?<!乡)(?<!中心)(?:镇|乡|村|街道)")
"""A township or a village, which names a facility: 茅台镇|污水处理厂."""
_LANDED = re.compile(alternatives("landed-name-pattern"))
"""A short modifier that ends in a landform is a name, whatever the words in it: 盘道山|抽水蓄能电站."""
_QUOTED = re.compile(r"“[^“”]{2,12}”(?P<kind>[^“”]{2,10})")
_TESTING = ("实证", "实验", "试验", "观测", "科研")
"""What makes of 基地 and 平台 a facility rather than an honour: “清水湾”光伏实证|基地."""
_TOLD_APART = "新老大小东西南北上下"
"""Characters that make another name of a name: 新|川沙泵闸."""
_OWN_HEADS = words("own-head")
"""Ends of names in a list that need no 工程 to be whole."""
_BELTS = ("廊道", "长廊", "绿道", "碧道")  # works along a landform or a water, which names them
_GENERAL = ("工程", "项目", "基地", "平台")


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    """Proposed mentions, which may overlap those of other modules.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "建成白沟河灌区工程和清水县城区污水处理厂，新建34座污水处理站。", ""))
    >>> [m.text for m in propose(doc, gazetteer=Gazetteer.load(), context=Context())]
    ['白沟河灌区工程', '清水县城区污水处理厂']
    """
    named = list(_proposed(doc, gazetteer=gazetteer, context=context))
    yield from named
    yield from repeated(doc, named)


def _proposed(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    text, folded = doc.user_data["text"], curled(doc)
    anchors = anchors_of(doc, gazetteer, context)
    found = phrases(doc, gazetteer)
    for number, nouns in _HEADS.of(folded, found):
        yield from _headed(text, folded, number, nouns, found, anchors)
    yield from _enumerated(text, folded, found, anchors)
    yield from propose_coordinated(doc, found=found, gazetteer=gazetteer)
    yield from parts_of_works(doc, gazetteer)
    yield from lines(doc, anchors.divisions, {h.start: h.end for h in hits(doc, gazetteer, "WaterFeature", "Project")})
    for hit in hits(doc, gazetteer, "Project"):
        for entry in hit.exact[:1] if not _PORT_GOES_ON.match(folded, hit.end - 1) else ():
            part, tail = _PART.match(folded, hit.end) or _reach(folded, hit.end, hit.text, anchors), _TAIL.match(folded, hit.end)
            end = part.end() if part else tail.end() if tail else hit.end
            start = city_before(hit.start, entry.name, anchors)
            if folded.startswith("”工程", hit.end) and folded[hit.start - 1:hit.start] == "“":
                start, end = hit.start - 1, hit.end + len("”工程")
            yield Mention(start, end, text[start:end], "Project", entry.subtype, None if part else entry.name,
                          rule="project:known", entry=None if part else entry.id)


def _headed(text: str, folded: str, number: int, nouns: Sequence[HeadNoun], found: Sequence[Phrase],
            anchors: Anchors) -> Iterator[Mention]:
    """The name that ends in the last head noun of a phrase."""
    reached = found[number].end
    for at in reversed(range(len(nouns))):
        noun = nouns[at]
        head, works = folded[noun.start:noun.end], WORKS[noun.row]
        if noun.end > reached or (head == "运河" and noun.end in anchors.waters):
            continue
        start = _beginning(folded, number, nouns[:at + 1], found, anchors)
        if start is None:
            continue
        tail = _TAIL.match(folded, noun.end) if works.anchor == "name" else None
        part = _PART.match(folded, noun.end) or _PHASE.match(folded, noun.end) or _reach(folded, noun.end, head, anchors) or tail
        end = part.end() if part else noun.end - 2 * (head == "项目" and folded.endswith("工程", start + 4, noun.start))
        plant = folded.endswith("项目", noun.end - 2, end) and _PLANT.search(folded, start + 2, end - 2) is not None
        yield Mention(start, end, text[start:end], "Project", works.subtype, text[start:end - 2] if plant else None,
                      rule=f"project:{works.pattern[:5]}")
        if noun.start - start == 2 and head in _LINE_NOUNS:
            yield from _lines(text, number, found, head, anchors)
        reached = start


def _beginning(folded: str, number: int, nouns: Sequence[HeadNoun], found: Sequence[Phrase], anchors: Anchors) -> int | None:
    """Where the name begins that the last of some head nouns of a phrase ends; None where that names nothing."""
    noun, phrase = nouns[-1], found[number]
    works = WORKS[noun.row]
    if works.anchor == "place":
        return _place_before(noun.start, phrase, anchors)
    if len(nouns) > 1 and nouns[-2].end == noun.start and folded.endswith(_WITH_PARTS, 0, noun.start):
        return None
    inner = _line_before(folded, number, nouns, found, anchors)
    renewed = nouns[-2] if len(nouns) > 1 and _RENEWED.fullmatch(folded, nouns[-2].end, noun.start) else None
    if renewed and works.anchor == "site" and WORKS[renewed.row].anchor in ("name", "line") and (
            whole := _beginning(folded, number, nouns[:-1], found, anchors)) is not None:
        return whole
    start = _left(folded, phrase, noun, anchors)
    if inner is not None:
        start = max(inner, start)
        own = start == inner and works.anchor == "name" and 2 <= noun.start - start <= 4 and _may_name(folded[start:noun.start])
        return start if own or _named(folded, start, noun, works.anchor, anchors) else None
    whole = _extended(folded, number, found, start, noun, anchors)
    if not any(_named(folded, at, noun, works.anchor, anchors) for at in (start, whole)):
        last = nouns[-2].end if len(nouns) > 1 else noun.start
        short = works.anchor == "name" and 2 <= noun.start - last <= 4 and _coined(folded[last:noun.start], last, "name", anchors)
        return last if short else None
    return _site(folded, start, noun.start, works.subtype, anchors) if start == whole else whole


def _line_before(folded: str, number: int, nouns: Sequence[HeadNoun], found: Sequence[Phrase], anchors: Anchors) -> int | None:
    """Where works end of which the last noun names a part: 甲乙铁路|某河特大桥, 某蓄滞洪区安全建设工程|主体工程."""
    noun = nouns[-1]
    if len(nouns) < 2:
        return None
    main = folded[nouns[-2].end:noun.end] == "主体工程"
    first = next((each for each in nouns[:-1] if not folded.endswith("区", each.start, each.end)), nouns[0])
    before = nouns[-2] if main else first
    head, between = folded[before.start:before.end], folded[before.end:noun.start]
    if not main and (not head.endswith(_WITH_PARTS) or len(between) < 2 or between.startswith(_NO_PART)):
        return None
    same = main or between.startswith(("全线", "沿线")) or (folded[noun.start:noun.end] == "工程" and head.endswith("工程"))
    touching = WORKS[noun.row].anchor == "name" and len(between) <= 4 and _may_name(between)
    if not (same or touching or _named(folded, before.end, noun, WORKS[noun.row].anchor, anchors)):
        return None
    return None if _beginning(folded, number, [before], found, anchors) is None else before.end


def _reach(folded: str, end: int, name: str, anchors: Anchors) -> re.Match[str] | None:
    """The part of a line that a place tells: 沪昆铁路|贵州西段."""
    return _REACH.match(folded, end) if end in anchors.divisions and name.endswith(_LINE_NOUNS) else None


def _place_before(head: int, phrase: Phrase, anchors: Anchors) -> int | None:
    """The start of the division that ends at a head (西安|东站, 广州|港), with the divisions before it."""
    start = None
    for at in range(head - 2, max(phrase.start, head - 12) - 1, -1):
        if anchors.divisions.get(at) == (head if start is None else start):
            start = at
    return start


def _left(folded: str, phrase: Phrase, noun: HeadNoun, anchors: Anchors) -> int:
    """Where the name begins: after an open quotation mark, else at the phrase, less what governs or describes it."""
    head = noun.start
    opened = folded.rfind("“", phrase.start, head)
    if opened >= 0 and folded.find("”", opened, head) < 0:
        return opened + 1
    closed = folded.rfind("”", phrase.start, head)
    start = closed + 1 if closed >= 0 and folded.rfind("“", phrase.start, closed) < 0 else phrase.start
    lead = _LEAD.match(folded[start:head])
    start += lead.end() if lead else 0
    if folded.startswith("灌区", start):
        start += 2
    until = _TO_THE_NAME.match(folded, start, head)
    if until and head - until.end() >= 2:
        start = until.end()
    reach = anchors.divisions.get(start, head)
    if folded.startswith("段", reach) and reach + 1 in anchors.regions:
        start = reach + 1
    for described in _DESCRIBED.finditer(folded, phrase.start, head):
        start = described.end() if head - described.end() >= 2 else start
    joined = _JOINED.search(folded[start:head]) if folded[noun.start:noun.end] in _LINE_NOUNS else None
    return start + joined.end() if joined and joined.start() else _after_verb(start, head, anchors)


def _after_verb(start: int, head: int, anchors: Anchors) -> int:
    """The start without a verb that stands before a proper name: 征收|西湖龙井茶基地."""
    at = found = start
    while at < head:
        end, tag = anchors.words.at(at) if anchors.words.begins(at) else (at + 1, "")
        named = end in anchors.divisions or end in anchors.regions or anchors.proper(end)
        acting = tag == "v" and end - at > 1 and at not in anchors.divisions and anchors.regions.get(at, 0) <= end
        if acting and named and end < head - 1 and anchors.folded[at] not in "省市县区镇乡村":
            found = end
        at = end
    return found


def _site(folded: str, start: int, head: int, subtype: str, anchors: Anchors) -> int:
    """Full names of divisions before a name that stands alone: 某县某镇加甘滩堆场, 某省国家机器人创新中心."""
    at = start
    while at < head and (anchors.divisions.get(at, 0) > at or at > start):
        match = _FULL.match(folded, at, head) if at > start else None
        stop = anchors.divisions.get(at, 0) or (match.end() if match else 0)
        if not stop or folded[stop - 1] not in "省市县区州旗镇乡道村":
            break
        at = stop
    rest = folded[at:head]
    if at > start and (rest.startswith("国家") or (subtype == "Facility" and _proper_word(rest, at, anchors))):
        return at
    return start


def _proper_word(rest: str, at: int, anchors: Anchors) -> bool:
    return 2 <= len(rest) <= 4 and at not in anchors.divisions and len(_GENERIC.sub("", rest)) == len(rest)


def _named(folded: str, start: int, noun: HeadNoun, wanted: str, anchors: Anchors) -> bool:
    """Whether the modifier before a head noun names one project."""
    head, own = noun.start, folded[noun.start:noun.end]
    modifier = folded[start:head]
    if wanted == "free" or (own[:2] in ("工程", "项目") and _NUMBERED.fullmatch(modifier)):
        return True
    if not _may_name(modifier):
        return False
    divisions = _within(anchors.divisions, start, head)
    regions = _within(anchors.regions, start, head)
    great = regions and folded[start:regions[0][1]] in _GREAT \
        and len(_WORKS_OF_WATER.sub("", _left_over(folded, start, head, regions, _GENERIC))) < 2
    if wanted == "water":
        return bool(regions) and regions[0][0] == start and len(modifier) - (regions[0][1] - start) >= 2 and not great
    if great and own in ("工程", "项目"):
        return False
    own_kind = own not in _GENERAL or modifier.endswith(_TESTING)
    if own_kind and (quoted := _QUOTED.match(modifier)) and len(_GENERIC.sub("", quoted["kind"])) >= 2:
        return True
    if regions:
        left = _left_over(folded, start, head, [*regions, *divisions], _GENERIC_AT_WATER)
        whole = regions[0][1] == head and not left and not modifier.endswith("流域")
        facility = WORKS[noun.row].subtype == "Facility" and not great
        belt = own.endswith(_BELTS) and regions[0][0] == start and not great
        return bool(left) or belt or (whole and (wanted in ("name", "line") or facility or modifier.endswith(("水库", "水道", "灌区"))))
    rest = _FIRM.sub("", _left_over(folded, start, head, divisions, _GENERIC))
    firm = _FIRM.search(modifier)
    if divisions or firm:
        return bool(divisions and firm) or len(rest) >= 2 or (wanted in ("name", "line") and len(divisions) > 0)
    if WORKS[noun.row].subtype == "Facility" and _TOWN.fullmatch(modifier) and own not in _GENERAL:
        return True
    if WORKS[noun.row].subtype == "Facility" and folded.endswith("——", 0, start) and len(modifier) < 8 and len(rest) == len(modifier):
        return True
    if wanted == "site" and _PLACED.search(folded, max(0, start - 2), start):
        return len(rest) >= 2 and _coined(modifier, start, wanted, anchors)
    if wanted in ("name", "line"):
        return len(rest) >= 2 and (anchors.proper(start) or _coined(modifier, start, wanted, anchors))
    return False


def _may_name(modifier: str) -> bool:
    """Whether a modifier is of a length to name a project, counts nothing and tells more than a kind."""
    if not 2 <= len(modifier) <= 45 or modifier.count("“") != modifier.count("”"):
        return False
    if _COUNTED.match(modifier) or _COUNT_INSIDE.search(modifier) or _NOT_INSIDE.search(modifier):
        return False
    return _GRADED.search(modifier) is None


def _coined(modifier: str, start: int, wanted: str, anchors: Anchors) -> bool:
    """Whether a short modifier is a name that no dictionary knows (雄商, 亭子口)."""
    if wanted == "name" and len(modifier) < 5 and anchors.folded.endswith("——", 0, start) and not _GENERIC.search(modifier):
        return True
    apart = len(modifier) < 5 and modifier[0] in _TOLD_APART and anchors.proper(start + 1)
    if wanted == "name" and (apart or _LANDED.fullmatch(modifier)):
        return True
    common = sum(anchors.common(at) for at in range(start, start + len(modifier)))
    line = wanted == "line" and len(modifier) == 2
    if line and _LINE_LETTERS.fullmatch(modifier):
        return True
    if len(modifier) > 4 or modifier in COMMON_SHORT or (anchors.acting(start) and not (line and anchors.words.at(start)[1] == "a")):
        return False
    if any(len(m.group()) > 1 for m in _GENERIC.finditer(modifier)):
        return False
    return line or common * 2 < len(modifier)


def _within(spans: dict[int, int], start: int, end: int) -> list[tuple[int, int]]:
    return [(at, min(spans[at], end)) for at in range(start, end) if at in spans]


def _left_over(folded: str, start: int, head: int, spans: Sequence[tuple[int, int]], generic: re.Pattern[str]) -> str:
    """What remains of a modifier without its proper names and its generic words."""
    inside = {at for a, b in spans for at in range(a, b)}
    return generic.sub("", "".join(folded[at] if at not in inside else "|" for at in range(start, head))).replace("|", "")


def _extended(folded: str, number: int, found: Sequence[Phrase], start: int, noun: HeadNoun, anchors: Anchors) -> int:
    """石羊河、黑河综合治理项目 begins at its first water; 湿地与生物多样性保护项目 at the place before 与."""
    first, head = start, folded[noun.start:noun.end]
    while number > 0 and start == found[number].start:
        phrase, before = found[number], found[number - 1]
        between = folded[before.end:phrase.start]
        places = anchors.places
        line = head in _LINE_NOUNS and 2 <= before.end - before.start <= 4 and anchors.words.at(before.start)[1] not in ("v", "p")
        if between in ("至", "到", "—") and (line or (before.start in places and phrase.start in places and (
                any(places.get(at) == before.end for at in range(before.start, before.end))))):
            return before.start
        if between != phrase.before or not between or _whole_name(folded, before):
            break
        whole = anchors.regions.get(before.start) == before.end and phrase.start in anchors.regions
        joined = between in ("与", "和", "及") and head.endswith(("工程", "项目", "基地"))
        joined = joined and before.end - before.start > 3 and before.start in places
        if not ((joined and not _within(places, phrase.start, noun.start)) or (whole and head.endswith(("工程", "项目")))):
            break
        first = start = before.start
        number -= 1
    return first


def _whole_name(folded: str, phrase: Phrase) -> bool:
    """Whether a phrase holds a head noun, and so names a project of its own; 清水灌区续建|与改造工程 holds none."""
    return _HEAD.search(folded, phrase.start, phrase.end) is not None


def _lines(text: str, number: int, found: Sequence[Phrase], head: str, anchors: Anchors) -> Iterator[Mention]:
    """京广、京沪高铁: the head of the last completes the line before it."""
    while number > 0 and found[number].before in ("、", "和") and found[number - 1].end - found[number - 1].start == 2:
        number -= 1
        phrase = found[number]
        if anchors.acting(phrase.start):
            break
        yield Mention(phrase.start, phrase.end, text[phrase.start:phrase.end], "Project", "Works",
                      anchors.folded[phrase.start:phrase.end] + head, rule="project:line")


def _enumerated(text: str, folded: str, found: Sequence[Phrase], anchors: Anchors) -> Iterator[Mention]:
    """民勤绿洲扩容、八步沙生态提质等工程: each a project, the head completed in the name where nothing counts them."""
    at_end = {p.end: i for i, p in enumerate(found)}
    for match in _CLOSED.finditer(folded):
        number = at_end.get(match.start())
        items: list[Phrase] = []
        while number is not None and number >= 0:
            items.append(found[number])
            before = found[number].before
            joined = before in ("、", "和", "与") and number > 0 and found[number - 1].end + len(before) == found[number].start
            number = number - 1 if joined else None
        single = len(items) == 1 and folded.endswith(_OWN_HEADS, items[0].start, items[0].end)
        if (len(items) < 2 and not single) or not all(_anchored(folded, p, anchors) for p in items):
            continue
        for phrase in reversed(items):
            own = folded[phrase.start:phrase.end]
            head = "" if match.group("count") or own.endswith((match.group("head"), *_OWN_HEADS)) else match.group("head")
            yield Mention(phrase.start, phrase.end, text[phrase.start:phrase.end], "Project", "Works", own + head, rule="project:listed")


def _anchored(folded: str, phrase: Phrase, anchors: Anchors) -> bool:
    if phrase.end - phrase.start < 5:
        return False
    if _COUNTED.match(folded, phrase.start, phrase.end) or phrase.start in anchors.divisions:
        return not _COUNTED.match(folded, phrase.start, phrase.end)
    return any(at in anchors.regions or anchors.proper(at) for at in range(phrase.start, phrase.end))
