"""Doc → agencies whose head word marks the right end of their name: task forces, bodies, institutions, enterprises."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.names.enterprises import listed
from kg.extract.names.name_tables import Ending, endings
from kg.extract.names.place_names import Spot, spot_at, spot_until
from kg.extract.names.stem_words import alternatives
from kg.extract.names.stems import is_proper, name_start, spot_ending
from kg.extract.words import Words, words_of
from kg.model import Mention

GENERIC = re.compile(f"(?:{alternatives('generic-agency')})+")
"""What describes a kind of agency; a stem of nothing else names none."""
DISTRIBUTIVE = re.compile(r"(?:各(?:[地县市州区省级]|部门|单位)|均|都|分别|层层|也|县级以上|乡镇|村)"
                          r"[^。；;\n]{0,12}(?:成立|组建|设立|建立)[^。；;\n]{0,6}$|"
                          r"(?:\d+|[两三四五六七八九十几]|多|若)个[^，。；;、\n]{0,8}$")
"""What shows before a task force that there are many of them."""
NOT_BEFORE_LEVEL = re.compile(r"(?:[各每全个级两三四几多该所城郊街社园小地省县市区山林矿灌库景牧辖跨外沿的下、（(/或]|"
                              r"有关|相关|设区的|其他|其它)$")
"""What shows that a level word after it names no single place: 各市, 设区的市, 市、县."""
LEVEL_START = re.compile(r"(?:自治区|自治州|自治县|兵团|省|市|县|区|州|盟|旗)(?![级域场外区内县区际辖直属容]|政(?!务|府|协|法))")
NATIONAL_START = re.compile(r"(?:中央|国家|全国|国务院|中国|中华|首都)")


def long_names(doc: Doc, text: str, spots: Sequence[Spot], shorts: frozenset[str] = frozenset(),
               strange: frozenset[str] = frozenset()) -> Iterator[Mention]:
    """Agencies named by head and stem.

    `shorts` are the short names that the text defines, `strange` the level words that stand for no one place in it.
    """
    table, pattern = endings("agency_heads.tsv")
    words = words_of(doc)
    starts = [each.start for each in spots]
    by_start = {each.start: each for each in spots}
    for match in pattern.finditer(text):
        head = table[match.group()]
        begin = _trimmed(text, _start(words, text, match.start(), spots, starts), match.start(), spots)
        after = "" if text.startswith("位于", match.end()) else text[match.end():match.end() + 1]
        if (over := spot_until(spots, match.end())) is not None and over.start < match.start():
            continue
        if begin >= match.start() or after in tuple(_CONTINUES.get(head.word[-1], "")) or _is_clipped(text, begin, spots):
            continue
        if head.kind == "level" and text.endswith("人民政府", 0, begin):
            begin = _governed(text, begin, spots, starts)
        begin = _branded(words, begin, text) if head.kind == "firm" and begin in by_start else begin
        stem = text[begin:match.start()]
        opened = stem[0].isascii() or stem.startswith(_BRANDS) or any(stem.startswith(short) for short in shorts)
        proper = opened or is_proper(words, begin, match.start(), spots=spots, starts=starts, generic=GENERIC, long=False)
        if (level := LEVEL_START.match(stem)) and level.group() in strange:
            continue
        short = head.word in shorts and not _DEFINING.match(text, match.end())
        if not _names(stem, head, begin in by_start, text, begin, proper, short):
            continue
        branch = _BRANCHES[head.word[-1]].match(text, match.end()) if head.word[-1] in _BRANCHES else None
        end = branch.end() if branch else match.end()
        body, name = doc.user_data["text"][begin:end], None
        each = by_start.get(begin)
        if each is not None and _bears_place(text, head, stem, each):
            name = each.entry.name + doc.user_data["text"][each.end:end]
        yield Mention(begin, end, body, "Agency", head.subtype, name, rule=f"head:{head.word}")
        if head.kind == "firm":
            yield from listed(doc, text, begin, match.end(), spots)


def _governed(text: str, begin: int, spots: Sequence[Spot], starts: Sequence[int]) -> int:
    """The left end of a department at the government that stands before its name: 福建省人民政府|台湾事务主管部门."""
    at = begin - len("人民政府")
    before = spot_ending(spots, starts, at)
    return before.start if before is not None else at - 1 if text[at - 1:at] in tuple("省市县州区") else begin


def _bears_place(text: str, head: Ending, stem: str, each: Spot) -> bool:
    """Whether the place that a name begins with stands in it by its full name, since it is written with its level (甘南州)."""
    if head.word in ("管委会", "管理委员会") or head.subtype in ("Enterprise", "Institution") or "兵团" in stem:
        return False
    written = text[each.end - 1] in "省市县区盟旗" or (text[each.end - 1] == "州" and each.entry.name.endswith("州"))
    return each.first == each.start and bool(each.entry.level) and written


def _is_clipped(text: str, begin: int, spots: Sequence[Spot]) -> bool:
    """Whether a name would begin in the middle of one of a part of a region: 西|太平洋."""
    each = spot_at(spots, begin)
    clipped = each is not None and not each.entry.level and text[begin - 1:begin] in tuple("东西南北")
    return clipped and spot_until(spots, begin) is None


_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,3}(?<!各)分局")
"""A branch right after the body that it belongs to: 国家公园管理局|张掖分局."""
_BRANCHES = {"局": _BRANCH, "学": re.compile(r"\([\u4e00-\u9fff]{2,4}\)(?!以下)")}
"""By the last character of a head, what follows it and belongs to the name: 管理局|张掖分局, 中国地质大学|（武汉）."""
_CONTINUES = {
    "组": "织成长", "院": "士校长子落", "局": "面部", "会": "议长上", "站": "点位", "场": "所地", "所": "有在",
    "学": "生校者习院", "司": "长法", "行": "业政为动", "厂": "区房", "办": "理公法", "部": "门", "心": "城", "校": "长",
    "团": "结体", "社": "会区", "盟": "员",
    "处": "罚理置分方于", "机": "制",
}
"""By the last character of a head, what may not follow it."""


def _start(words: Words, text: str, at: int, spots: Sequence[Spot], starts: Sequence[int]) -> int:
    """The left end, over the quotation marks and brackets inside a name: 太原钢铁（集团）有限公司."""
    begin = name_start(words, text, at, spots=spots, starts=starts, limit=32)
    if begin < at and text.startswith(("应对", "打击"), begin - 2):
        begin = name_start(words, text, begin - 2, spots=spots, starts=starts, limit=24)
    if begin and text[begin - 1] in _BRAND_END and (brand := _BRAND.search(text, max(0, begin - 16), begin)):
        before = spot_ending(spots, starts, brand.start())
        return before.start if before is not None else brand.start()
    opened = {")": "(", "”": "“"}.get(text[begin - 1:begin])
    if begin and opened and begin >= at - 1:
        left = text.rfind(opened, max(0, begin - 14), begin)
        if left > 0:
            inner = name_start(words, text, left, spots=spots, starts=starts, limit=24)
            return inner if inner < left or opened == "“" else begin
    return begin


_BRAND_END = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&.")
_BRAND = re.compile(r"(?<![A-Za-z0-9.])[A-Z][A-Za-z0-9&.]*$")
"""A brand in Latin letters at the front of a name: TCL|环保有限公司."""


def _branded(words: Words, begin: int, text: str) -> int:
    """The left end with a brand before the place that a name begins with: 国网|沅陵县供电公司."""
    number = bisect_left(words.offsets, begin) - 1
    if number < 0 or words.offsets[number + 1] != begin:
        return begin
    brand = words.forms[number]
    return words.offsets[number] if brand in BRANDS or (words.tags[number] in ("nz", "nt") and len(brand) > 1) else begin


BRANDS = frozenset(("国网", "南网", "华能", "大唐", "国电", "华电", "国能", "国投", "中电", "中核", "中铁", "中建", "中交", "中粮",
                    "中石油", "中石化", "工行", "农行", "中行", "建行", "交行", "农发行", "国开行", "中国铝业", "中铝"))
_BRANDS = tuple(sorted(BRANDS))
"""Brands that stand before a place: 国网, 华能."""
_FRONT = re.compile(r"(?:.{0,12}(?:[由向经报对在被让请等和与及给将受原率同日为补]"
                    r"|联合|会同|会见|会晤|并入|撤销|直辖市|建议|允许|支持|组织|委托)"
                    r"(?=自治[区州县]|全国|省|市|县|州|中央|中国|中华|国家(?!级)|国务院|最高|新疆|欧盟|联合国|国际))")


def _trimmed(text: str, begin: int, at: int, spots: Sequence[Spot]) -> int:
    """The left end without function words that a word cutter joined to the name (由省|整改办), and after a verb between place and name."""
    match = _FRONT.match(text, begin, at)
    begin = match.end() if match else begin
    for verb in _OPENING:
        if text.startswith(verb, begin):
            begin += len(verb)
    for joined in _JOINED.finditer(text, begin, at):
        begin = joined.end()
    each = spot_at(spots, begin)
    if each is not None and each.end < at and text[each.end] in "和与及":
        begin = each.end + 1
    verb_before = _PLACED_VERB.search(text, max(0, begin - 8), begin)
    if verb_before:
        placed = spot_until(spots, verb_before.start("verb"))
        return placed.start if placed else verb_before.start() if verb_before["level"] else begin
    return begin


_JOINED = re.compile(r"(?:部门|政府|[厅局会室司所]|(?<![东西南北中])部|机构|单位|公司|银行|企业|集团|大学|医院)"
                     r"(?:和|与|及|以及|会同|受|或者|或)(?=[\u4e00-\u9fff])")
_OPENING = ("并报", "并商", "并由", "并经", "应报", "依法", "给予", "组成", "撤销", "原", "充分发挥", "发挥",
            "成立", "设立", "组建", "组织", "未经", "必要时", "西至", "东至", "南至", "北至")
_PLACED_VERB = re.compile(r"(?P<level>(?<![\u4e00-\u9fff])[省市州县区])?(?P<verb>贯彻落实|落实|推进|创建|打击|防治|实施|开展|深化|应对)$")


def _names(stem: str, head: Ending, placed: bool, text: str, begin: int, proper: bool, short: bool) -> bool:
    """Whether a stem makes an individual name of a head; `short` where the head alone is a name that the text defines."""
    level = LEVEL_START.match(stem) is not None
    national = NATIONAL_START.match(stem) is not None
    if (level and _is_one_of_many(text, begin)) or stem.startswith(("人民政府", "政府")):
        return False
    if (head.word == "管理机构" and _MANAGED.search(stem) is None) or _ANY.search(text, max(0, begin - 3), begin):
        return False
    if _COMMON.search(stem) or NATIONAL_START.fullmatch(stem):
        return False
    anchored = level or national or placed
    if head.kind == "level":
        return (level or placed or stem.startswith("国务院")) and len(stem) > 1 and LEVEL_START.fullmatch(stem) is None
    if head.kind == "court":
        return (placed and not _COUNTED.search(stem)) or stem == "最高"
    if head.kind == "firm":
        own = 0 if placed or level else 2
        proper = proper or (head.word.endswith(_LEGAL) and 4 <= len(stem) <= 12 and len(GENERIC.sub("", stem)) >= 2)
        return (proper or national or level) and len(GENERIC.sub("", stem)) >= own and (
            len(stem) > 1 + 2 * level or (level and _UTILITY.search(stem) is not None))
    if head.kind == "proper":
        return (anchored or proper) and len(stem) > 1 and not (head.word == "常务委员会" and not anchored)
    return _is_group(head.word, stem, text, begin, anchored, short) if head.kind == "group" else anchored or proper


def _is_one_of_many(text: str, begin: int) -> bool:
    """Whether what stands before a level word shows that it means no one place (各|市, 市、|县), unless it is in a list of bodies."""
    if NOT_BEFORE_LEVEL.search(text, max(0, begin - 4), begin) is None:
        return False
    return text[begin - 1] != "、" or text[begin - 2:begin - 1] in tuple("省市州县区乡镇级旗村)")


def _is_group(head: str, stem: str, text: str, begin: int, anchored: bool, short: bool) -> bool:
    """Whether a stem names one task force: not those that each place sets up, nor the bare kind."""
    if head == "联席会议" and not anchored and not _BETWEEN.search(stem):
        return False
    if len(stem) < 3 or (short and not anchored):
        return False
    if _PRESCRIBED.search(text, max(0, begin - 40), begin) or DISTRIBUTIVE.search(text[max(0, begin - 30):begin]):
        return False
    return stem not in ("整改工作", "整改", "工作") and (GENERIC.fullmatch(stem) is None or stem.endswith("工作") or "整改" in stem)


_COUNTED = re.compile("[二两三四五六七八九十][省市县区州地](?:高级|中级)?$")
"""A count of the places that share a court, no part of its name: 宣城市、宁国市|两地|人民法院."""
_LEGAL = ("有限公司", "有限责任公司")
"""Legal forms, which end the name of one firm whatever the words before them: 同光半导体|股份有限公司."""
_UTILITY = re.compile("(?:水务|城投|农发|交投|水投|环投|建投|文旅|国投|城发|城建|水发|环保|林投|农投)$")
"""Short names of the enterprises of which a division has one: 市|水务|集团."""
_BETWEEN = re.compile("部际|部门|省部|部省|省际|跨省|部委|厅际")
"""What a conference of several bodies bears in its name where there is one of its kind: 部际联席会议."""
_PRESCRIBED = re.compile(r"(?:应当|可以?|必须|鼓励)[^。；;，,\n]{0,20}(?:成立|设立|建立|组建|召开|聘请|组织)[^。；;，,\n]{0,6}$")
"""What a rule says of bodies that each place sets up."""
_MANAGED = re.compile(r"(?<![江河])[江河湖海](?:流域)?(?:保护)?$|(?<!自然)(?:自然)?保护区$|(?:国家|湿地|森林|地质)公园$|风景名胜区$")
"""What has a body of its own to manage it: 清水湖|管理机构, 白石岭保护区|管理机构."""
_DEFINING = re.compile(r"\((?:以下|下)?(?:简称|统称)")
_COMMON = re.compile(r"[二两三四五六七八九十\d](?:起|座)(?:特大|重大|大型|较大)?"
                     r"|^(?:常委会|常务委员会|法制工作$|自然保护区|区县|县市|[省市县区]级)"
                     r"|上一级|中心建设|^(?:同级|本级|上级|下级|[省市县区州](?:[和与及或、(]|辖))"
                     r"|行业$|属地$|^国家(?:一般|基本|重点|地方)$"
                     r"|以上|以下|和中$|协$|公安$|村民|居民|[(（]居[)）]|业主|公立|私立|绿色$|办事处和|职工$|学生$")
_ANY = re.compile(r"(?:各级|各类|各|若干|每个|[两三四五六七八九\d]个|等)$")
