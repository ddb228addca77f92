"""Doc → programmes named without title marks: campaigns, standing systems, inspections, plans and laws in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.around import around
from kg.extract.names.head_nouns import HeadNoun, HeadNouns
from kg.extract.names.name_tables import Head, alternatives, programme_heads, words
from kg.extract.names.phrases import Phrase
from kg.extract.names.quotes import curled
from kg.gazetteer import Hit
from kg.model import Mention

HEADS = programme_heads()
_AFTER = tuple(re.compile(head.after) if head.after else None for head in HEADS)
_QUOTED = re.compile(rf"“([^“”\n]{{1,16}})”{alternatives('quoted-head')}(?!方案|组|领导|布局|伙伴|支点)")
_PERIOD_ONLY = re.compile(r".*十条|十[一二三四五六]五|[0-9.]+|一带一路")
_ROUND = "(?:第[一二三四五六]轮)?(?:第[一二三四五六七八九]批)?"
_INSPECTION = re.compile(
    rf"{_ROUND}(?:中央|国家|省级|市级|州级|[^\W\d_]{{2,3}}省|省|市|州){_ROUND}(?:生态环境保护|生态环境|生态环保|环境保护|环保)(?:例行|专项)?督察"
    r"(?:“回头看”)?(?![组办局员处司长室])(?!工作(?:领导小组|办公室|条例|规定|办法|实施细则|细则))"
    r"(?!整改[一-鿿]{0,6}(?:办公室|小组|专班|工作组|实施细则))|国务院(?:第[一二三四五六七八九十]次)?大督查(?![组办])")
_LINE_OF_WATER = re.compile(alternatives("line-of-water-pattern"))
_INSPECTED = re.compile("督察|大督查")
_INSIDE = re.compile(rf"“((?![一二两三四五六七八九十]+[项大个类]|头号|重点|民生|以)"
                     rf"[^“”‘’、，,。：:；;！!？?\n]{{2,28}}{alternatives('quoted-inside')})”"
                     rf"(?!{alternatives('quoted-head')})")
_MOTTO = re.compile("“[^“”\n]{4,20}”的(?:发展|总体)?(?:战略|方略)(?![性目定部举思眼地支意要机决布高选])")
"""A motto that a strategy is called by: “提升老城、建设新城”的战略."""
_BASIN = re.compile(r"(?:(?<![东西南北清])[黄淮海辽]河|"
                    r"长江|珠江|松花江|汉江|赣江|湘江|闽江|汾河|渭河|洮河|泾河|大运河)流域生态保护和高质量发展"
                    r"(?!先行|座谈|示范|重大问题|领导|立法|联合|工作|规划|条例|目标|研究|大局|需要|要求|新篇章)")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年$")
_GRAND = "重大国家战略"
_EXPANDED = (("生态环保督察", "生态环境保护督察"), ("环保督察", "环境保护督察"))
_PERIOD_BEFORE = re.compile(r"“十[一二三四五六]?五”(?:期间|时期)$")
_COLOURS = "蓝天|碧水|净土|青山|绿水|清水|清废|清洁空气|宁静|碧海|秀水|绿地|绿色|乡村"
_COLOUR_FIRST = "".join(sorted({colour[0] for colour in _COLOURS.split("|")}))
_COLOUR_WARS = re.compile(rf"(?=[{_COLOUR_FIRST}]..?.?.?[、和与及])(?:(?:{_COLOURS})[、和与及]){{1,6}}(?:{_COLOURS})"
                          r"(?P<whole>[三四五]?大?(?P<head>保卫战|攻坚战|行动|工程))")
_MEDIUM = re.compile("大气|水|土壤")
_MEDIA = re.compile(r"大气、水(?:、|和)土壤(?P<whole>(?P<head>(?:环境)?污染防治(?:行动计划|攻坚战|三大战役|攻坚行动)))")
_COLOUR = re.compile(_COLOURS)
_HEADS = HeadNouns([(h.pattern, h.after) for h in HEADS])
_HEAD = re.compile("|".join(f"(?:{h.pattern})" + (f"(?!{h.after})" if h.after else "") for h in HEADS))
_LONG = re.compile(r"(?:(?:河湖林|河湖库|河湖|湖库|林田|河|湖|林|田|路|湾|滩|警|链|山|库|渠)|河\(湖\)|河(?:长制)?、湖)长制(?!度)")
_STRATEGY = re.compile(rf"{alternatives('strategy')}(?:国家)?战略(?!性|布局|支撑|科技|咨询)")
_WORKS = re.compile(rf"(?P<works>{alternatives('national-works')}[^\W\d_]{{0,8}}?工程)(?![区师学院技款])")
_RETURNED = re.compile(r"退[一-鿿]还[林草湖滩湿海河江水岸田山绿](?:还[林草湖滩湿海河江水岸])?"
                       "(?:示范|重点|试点|生态|修复|建设|综合|治理|整治)*工程(?![区师学院技款])")
_NATIONAL_WORKS = HeadNouns([("|".join(words("national-works")), "")])
_FIELD = re.compile(alternatives("field-pattern"))
_PROPER = re.compile(r"“[^”]{1,12}”|^(?:国家(?!级)|全国(?!性)|中央|中华人民共和国|中国|跨省)|十[一二三四五六]五|中长期|\d{4}")
_LEAD = re.compile(f"{alternatives('lead-programme-pattern')}+")


_PLAIN = (("长制", _LONG, "StandingSystem", "campaign:长制"), ("流域生态保护和高质量发展", _BASIN, "Plan", "campaign:basin"),
          ("战略", _STRATEGY, "Plan", "campaign:strategy"), ("还", _RETURNED, "Campaign", "campaign:works"))
"""Patterns whose match is the name, each after words that it cannot lack."""


def propose_campaigns(doc: Doc, *, found: Sequence[Phrase], hits: Sequence[Hit]) -> Iterator[Mention]:
    """Programmes without marks, in the phrases `found`; `hits` are the known places and waters of the text."""
    text, folded = doc.user_data["text"], curled(doc)
    starts = {h.start: h.end if any(e.level for e in h.entries) else h.start for h in hits}
    for number, nouns in _HEADS.of(folded, found):
        yield from _headed(text, folded, nouns, found[number], found[number - 1] if number else None, starts)
    for literal, pattern, subtype, rule in _PLAIN:
        for match in pattern.finditer(folded) if literal in folded else ():
            yield _mention(text, match.start(), match.end(), subtype, rule)
    for match in around(_INSPECTED, 40, _INSPECTION, folded):
        name = folded[match.start():match.end()]
        for short, long in _EXPANDED:
            name = name.replace(short, long) if long not in name else name
        yield Mention(*match.span(), text[match.start():match.end()], "Programme", "Campaign", name, rule="campaign:inspection")
    yield from _quoted(text, folded)
    yield from _national_works(text, folded, found)
    yield from _coordinated(text, folded, _COLOUR_WARS, _COLOUR)
    yield from _coordinated(text, folded, _MEDIA, _MEDIUM)


def _quoted(text: str, folded: str) -> Iterator[Mention]:
    """“三北”工程, “清废行动”."""
    for match in _QUOTED.finditer(folded):
        if not _PERIOD_ONLY.fullmatch(match.group(1)) and not _LINE_OF_WATER.match(match.group(1)):
            yield _mention(text, match.start(), match.end(), "Campaign", "campaign:quoted")
    for match in _MOTTO.finditer(folded) if "”的" in folded else ():
        name = match.group().replace("”的", "”")
        yield Mention(*match.span(), text[match.start():match.end()], "Programme", "Plan", name, rule="campaign:motto")
    for match in _INSIDE.finditer(folded):
        dated = _YEAR_BEFORE.search(folded, max(0, match.start() - 5), match.start())
        start, end = (dated.start(), match.end()) if dated else match.span(1)
        if folded.startswith("国家“", match.start() - 2) and folded.endswith("战略”", 0, match.end()):
            start, end = match.start() - 2, match.end()
        yield _mention(text, start, end, "Campaign", "campaign:inside")


def _national_works(text: str, folded: str, found: Sequence[Phrase]) -> Iterator[Mention]:
    """Programmes of works that the whole country runs: 退牧还草工程; those of a list are read in `listed_programmes`."""
    for number, _ in _NATIONAL_WORKS.of(folded, found):
        phrase = found[number]
        for works in _WORKS.finditer(folded, phrase.start, phrase.end):
            yield _mention(text, _left(folded, phrase, works.start()), works.end(), "Campaign", "campaign:works")


def _headed(text: str, folded: str, nouns: Sequence[HeadNoun], phrase: Phrase, before: Phrase | None,
            starts: dict[int, int]) -> Iterator[Mention]:
    """The name that ends in the last head noun of a phrase; one inside quotation marks is taken without what stands before."""
    for noun in reversed(nouns):
        head = HEADS[noun.row]
        if _goes_on(folded, phrase, noun):
            continue
        start = _left(folded, phrase, noun.start)
        if head.subtype in ("Plan", "Law") and before is not None and start == phrase.start:
            start = _joined(folded, phrase, before, starts)
        elif head.subtype == "Campaign" and noun.start - start < head.least and before is not None:
            start = _left(folded, before, before.end) if _continues(folded, before, phrase) else start
        elif head.subtype == "Campaign" and before is not None and start == phrase.start and _quotes(folded, before, phrase):
            start = before.start
        elif folded.startswith("打击", start - 2) or (_TERM.search(folded, start, noun.start) and _HASTENED.search(folded, 0, start)):
            start -= 2
        modifier = folded[start:noun.start]
        own = folded[starts.get(start, start):noun.start]
        spatial = own != modifier and own in _SPATIAL and head.subtype == "Plan"
        least = 3 if head.subtype == "Plan" and _OF_LANDFORM.fullmatch(modifier) else head.least
        if len(modifier) < least or (_generic(own, head) and not spatial):
            continue
        if not _fits(folded, start, noun, head, starts):
            continue
        end = noun.end + (folded[noun.end:noun.end + 1] == "”" and "“" in modifier and "”" not in modifier)
        yield _mention(text, start, end, head.subtype, f"campaign:{head.pattern[:6]}")
        return


_TERM = re.compile("[二三四五两]年$")
_HASTENED = re.compile("(?<=[、，实施展开进])(?:加快|打赢|打好)$")
"""A verb that opens the name of a campaign over some years, since another governs it: 实施|加快油茶产业发展三年行动."""


_SPATIAL = ("城市", "城乡", "城镇", "国土空间")
"""What each place has one plan of: 杭州市|城市|总体规划."""


def _fits(folded: str, start: int, noun: HeadNoun, head: Head, starts: dict[int, int]) -> bool:
    """Whether the words before a head noun make a name of its kind, and those that govern it do not deny it."""
    modifier = folded[start:noun.start]
    if modifier.endswith("十条”") or (head.subtype == "Law" and modifier.startswith("国家")):
        return False
    if head.subtype == "Plan" and (modifier.endswith(("内", "后", "前", "标准", "编制")) or modifier.startswith(("年度", "本级"))):
        return False
    if head.field and (not _FIELD.search(modifier) or modifier.endswith(("法律", "法规", "政策", "规章"))):
        return False
    if head.governed and not _is_governed(folded, start, modifier):
        return False
    if head.subtype == "PolicyDocument" and _ORDERED.search(folded, max(0, start - 40), start):
        return False
    if head.field and "“" not in modifier and _PRESCRIBED.search(folded, max(0, start - 80), start):
        return False
    if folded.startswith(_GRAND, noun.end - len(_GRAND)):
        return False
    if head.subtype == "Plan" and _OF_LANDFORM.match(modifier) and folded.endswith("规划", noun.start, noun.end):
        return True
    if not (head.proper or head.anchored) or _PROPER.search(modifier) or any(at in starts for at in range(start, noun.start)):
        return True
    return head.anchored and _FIELD.search(modifier) is not None and _is_governed(folded, start, modifier)


_OF_LANDFORM = re.compile("(?:(?![江河湖海岛山湾流沿全各大中小内外入跨近本该城乡县市省区无居民矿荒绿青农林"
                          "水库重点主要骨干上下游支编制定订修组织及和与])"
                          "[一-鿿]){1,3}[湖岛江河山湾](?:水域|流域|景区|风景区|风景名胜区)?"
                          "(?:控制性|修建性|保护|生态|综合|开发|利用|总体|详细|专项|旅游|岸线|环境|$)")
"""A plan of an island, a mountain or a water by its name: 白石岛|保护规划."""


def _continues(folded: str, before: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase continues the one before it with 和 or 与 and perhaps a noun of action: 美丽河湖保护|与建设行动."""
    return before.end - before.start > 3 and phrase.start - before.end in (1, 3) and folded[before.end] in "和与"


def _quotes(folded: str, before: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase continues one that a quoted name opens: “清水2024”河道采砂|和水库执法行动."""
    joined = phrase.before in ("和", "与") and before.end + 1 == phrase.start and folded[before.start] == "“"
    return joined and not folded.endswith("”", before.start, before.end) and _HEAD.search(folded, before.start, before.end) is None


def _goes_on(folded: str, phrase: Phrase, noun: HeadNoun) -> bool:
    """Whether the word after a phrase makes another word of the head noun with which the phrase ends: 滩区规划|为城市用地."""
    after = _AFTER[noun.row]
    if after is None or noun.end != phrase.end or folded.startswith("编制", noun.end):
        return False
    return after.match(folded, noun.end) is not None


def _is_governed(folded: str, start: int, modifier: str) -> bool:
    """Whether a verb of carrying out stands before a name at an offset, or a quoted word or a number shows that it is one."""
    return _MARKED.search(modifier) is not None or _CARRIED.search(folded, max(0, start - 10), start) is not None


_MARKED = re.compile(r"“|^(?:全国|中国|国家)|[一二三四五六七八九十\d]年|[一二三四五六七八九十两]大|中长期")
_CARRIED = re.compile(r"(?:实施|开展|展开|开启|推进|启动|打响|发起"
                      r"|深化|落实|推动|部署|抓好|打好|推行|组织|出台|印发|制定|谋划|推出|完成|加快)"
                      r"(?:好|了|起|全面|深入|扎实|重点|新一轮|全国|全省|全市|全县|的)?$|(?:行动|工程|战役|攻坚战|保卫战)[、和与及]$")


_PRESCRIBED = re.compile(r"(?:单位|企业|经营者|责任人|服务人|生产者|产生者|业主|公司|养殖场|消纳场|学校|医院|用户|(?<!管理)机构)(?:和个人)?"
                         r"(?:应当|必须)"
                         r"[^。；;：\n]{0,60}$")
"""What a rule says of the arrangements that each firm makes for itself: 经营单位应当建立|水质检测制度."""
_ORDERED = re.compile(r"应当[^。；;\n]{0,30}(?:制定|编制|编写|发布|公布)$")
"""What a rule says of documents that each place writes."""


def _left(folded: str, phrase: Phrase, head: int) -> int:
    """Where the name begins: after an open or a stray closing quotation mark, else at the phrase, less what governs it."""
    start, opened = phrase.start, -1
    for at in range(phrase.start, head):
        if folded[at] == "“":
            opened = at
        elif folded[at] == "”":
            start, opened = (start, -1) if opened >= 0 else (at + 1, -1)
    if opened >= 0:
        return opened + 1
    lead = _LEAD.match(folded[start:phrase.end])
    return min(start + (lead.end() if lead else 0), head)


def _joined(folded: str, phrase: Phrase, before: Phrase, starts: dict[int, int]) -> int:
    """黄河流域生态保护和高质量发展规划 begins before its 和: the part before names a place and is no name itself."""
    if phrase.before in ("和", "与") and before.end + 1 == phrase.start and before.start in starts and phrase.start not in starts \
            and before.end - before.start > 3 and not _HEAD.search(folded, before.start, before.end):
        return before.start
    if _PERIOD_BEFORE.search(folded, max(phrase.start - 8, 0), phrase.start):
        return folded.rindex("“", 0, phrase.start)
    return phrase.start


def _generic(modifier: str, head: Head) -> bool:
    """Whether the modifier is made of words alone that name nothing (考核 评价 制度)."""
    rest = modifier.replace("“", "").replace("”", "")
    for word in head.generic:
        rest = rest.replace(word, "")
    return bool(head.generic) and len(rest) < 2


def _coordinated(text: str, folded: str, wars: re.Pattern[str], parts: re.Pattern[str]) -> Iterator[Mention]:
    """蓝天、碧水、净土保卫战: one campaign for each part, the head completed in the name."""
    for match in wars.finditer(folded):
        head = match.start(1)
        for part in parts.finditer(folded, match.start(), head):
            end = match.end() if part.end() == head else part.end()
            yield Mention(part.start(), end, text[part.start():end], "Programme", "Campaign", part.group() + match["head"],
                          rule="campaign:coordinated")


def _mention(text: str, start: int, end: int, subtype: str, rule: str) -> Mention:
    return Mention(start, end, text[start:end], "Programme", subtype, rule=rule)
