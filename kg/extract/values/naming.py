"""The name of each number in a sentence, with what the numbers before it leave: totals and parts, topics, verbs, shares."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.values import indicators, nouns, units, wording
from kg.extract.values.amounts import Amount
from kg.extract.values.clauses import Clause
from kg.extract.values.indicators import Phrase

COUNTED: dict[str, str] = {"人": "人数", "户": "户数"}
"""Names of counts that have no noun of their own (505户1748人)."""
DIVIDED = ("任务", "投资", "资金", "面积", "贷款", "经费", "总量", "规模", "投入")
"""Heads of totals whose parts are named by them (其中甲区建设任务)."""
QUANTITIES = ("数量", "总数", "总量", "规模", "总规模", "面积", "产量", "占比", "增速", "增幅", "产值")
"""Nouns of quantity that a ranking leaves without what they are of (223家工厂,数量居第二)."""
SHORT = ("长", "宽", "高", "深", "县", "村", "市", "乡", "镇", "路", "桥", "井", "水", "牛", "羊", "树")
"""Names of one character; any other is a remnant."""

_RANKED = re.compile("(?:综合|稳)?(?:排名|位居|位列|名列|居|列|排|进入|跻身|升至|位于|保持)?"
                     "(?:全国|全省|全市|全区|全州|全球|世界|亚洲|同类|西北|西部)?"
                     "(?:地区|城市|首位)?(?:排名)?$")
_SEVERAL = re.compile("[^,。;:]{0,30}[、和与及][^,。;:、的]{0,10}?[河江湖库溪渠淀泊海](?=水质|水体|水环境)")
"""Waters coordinated before what is told of each of them (甲河、乙河 | 水质)."""
_EXAMPLES = re.compile("^(?:[^,。;:的]{1,16}?)?等(?=[两三四五六七八九十]{1,3}[大个条座])")
"""What is left of the examples of a number (甲江 | 等六大水系优良率)."""
_PEERS = re.compile("(?:位?[居列]|排在?|在)[^,。;:、在\\d]{0,8}\\d+[^,。;:、\\d]{2,20}(?<![集其])中[的,]?"
                    "(?:分别|均)?(?:综合)?(?:排名?|位居|位列|名列|[居列])?$")
"""Those among whom somebody has a rank (在全国337个城市中排名 | 第二)."""
_STATED = re.compile("(?:为|是|属于?|可?用于|来自)(?!了)(.{2,20})")
_BECAME = re.compile("正在|已|均已|全部|尚未|未|达到|基本")
_MOVED = re.compile("(?:移动|后退|退缩|前移|外移|[东西南北]移|向[^,。;向]{1,12}推进)(?:了|大约)?$")
"""What has moved by a length (沙漠边缘后退20公里)."""
_QUALITY = re.compile(".*(?:水质|水环境质量|水环境|断面)")


_EMPTY = re.compile("(?:继续|稳定|保持|力争|批次|同批次|同期|各|余|其余|其他|分别|增长|达到?|水平"
                    "|平均|连续|共计?|累计|均|总计|合计|此外|同时|包括|主要|是|为|在|有|城区|市区|县城|全域|境内|建成区|全市|全省"
                    "|我国|中国|全国|及? ?(?:19|20)\\d\\d ?年){0,3}")
"""Words that name nothing by themselves."""
_OPENING = re.compile("^(?:惟|(?:党的)?(?:十[六七八九]|二十)大以来|近 ?[一二三四五六七八九十\\d]{1,3} ?年|"
                      "【[^】]{0,20}】|.{0,12}】|前[一二三四五六七八九十\\d]{1,3}个月|"
                      "(?:今年|去年|本年|当年|全年|年内)(?:以来)?(?:深入|再|又)?|\\)|主要是|包括|即|"
                      "(?:19|20)\\d\\d ?年(?:度|底|末)?|近? ?(?:\\d{1,3}|[一二三四五六七八九十]{1,3}) ?年来|"
                      "\\d{1,2}月[初底末份]?|\\d{1,2}大|[省市县区乡镇村]{2,5}[两二三四五]级|这一?[个片条座种]?|那[个片条座种]"
                      ")+(?=.{2})")
_BASELINE = re.compile("(?:与|较|同)[^,。;]{0,8}(?:年|期)[^,。;]{0,8}$")
_BESIDE = re.compile("((?:好|快|优|高|低|多|少|大|小|早|慢|差)于|超出|领先|落后|比)[^,。;]{2,20}|(?:[^,。;]{0,24}、)?[^,。;、]{2,14}各")
"""A comparison without its subject (好于年度目标), and one of several that have the same number each (甲省、乙省各2个)."""
_MULTIPLIED = re.compile("(?:是|为|达到?|相当于)了?[^,。;占]{1,12}的$")
_SHARE = re.compile("占(?!比|地|用|有|道|补)[^,。;的]{0,24}(?:的[^,。;]{0,10}[量积口例重额数])?")
_SHARED = re.compile("(?<=..)占(?!比|地|用|有|道|补)[^占]*$")
"""The share told before, which the next one does not build on (煤炭占甲市供热八成,占乙市供热六成)."""
_WHEN = re.compile("(?<=..)将?(?:在|于)(?:今年|明年|去年|年内|年底)(?:底|内)?$")
"""A time between a name and its number (分拣站将在今年突破600个)."""
_FULFILLED = re.compile("(?:已经?)?(?:全部|均已?|都已?)(达到[^,。;:、]{2,14}标准|入选)|(入选|上榜)(?=[,。;]|$)")
"""What all those counted have come up to, a part of the name (36个县全部达到节水标准)."""
_BELONGING = re.compile("(?:分别)?(?:隶属|分属|属)于?$")
_BENEFITED = re.compile("(?:人口|群众|居民|百姓)?(?:从中|因此|直接|间接)*(?:受益|获益)")
_RUN = re.compile("已?连续[一二三四五六七八九十\\d]{1,3}年(?:共|累计|共计)?(?=.{2})")
_SPENDING = re.compile("(?:计划|已|将|拟)?(?:安排|下达|投入|拨付|筹措|落实|争取|整合|列支)")
_GIVEN = re.compile("^[^的]{2,8}的(?=[^的]{6,}$)")
_BENEFITS = ("惠及", "受益", "覆盖", "服务", "保障", "转移", "安置", "培训")
_PLACES = re.compile("[^、]{1,8}(?:、[^、]{1,8})+[省市县区州盟旗](?:\\([^()]{1,12}\\)?)?")
"""A list of places that share a number (河北、山西等8省超过400亿元)."""
_ADDED = re.compile("新增|净增")
"""What a share is of, not the share, grew (全球新增绿化面积的四分之一来自…)."""
_USED = re.compile("(?:可?用于|支持|专项用于)[^,。;:]{2,24}")
_WATERS = re.compile("[河湖江库溪渠淀泊海段面]$")
_ASIDE = re.compile("^(?:几乎|大约|甚至|又|[^,。;“]{1,12}就是|“[^“”]{1,8}”就是|[^,。;]{0,10}(?:计划|力争|争取|预计|拟)到20\\d\\d年[底末]?|"
                    "内(?=[各共已的现])|里(?=[又的已共现])|、|[^,。;让]{1,12}(?<![转出忍礼])让(?!利|路|步)(?=[^,。;]{4,})|这?[台艘辆架](?=新|正|已|刚))+")
"""What stands before the name: an adverb, the rest of a place, who brings it about (禁渔让…资源量增长)."""
_HELD = re.compile("(?:干流|连续|首次|全线|稳定|均|全部|持续|保持|达到){1,5}")
"""Adverbs of what lasts or is reached, which name nothing (连续3年全线达到Ⅱ类水质)."""
_SETTING = re.compile("的[^的,]{0,4}(?:现场|[映支帮协保守推带]\\w下)$")
"""Where or under what something goes on (3万亩良田的施工现场, 千个摄像头的守护下)."""
_POWERED = re.compile("(?:发出?|节约|节省下?|省下?|输送|送出?|生产|产出?|消耗|用|耗)$")
_CLOSING = re.compile("(?:将?在[^,。;]{2,10}基础上再?|首次(?:全线)?|拟按|再度|"
                      "(?:在|于)?(?:去年|今年|目前|当前|如今|前年|上年|同期|每年|过去[一二三四五六七八九十\\d]{1,3}年间?)"
                      "|在[^,。;]{0,8}(?:年间|期间)"
                      "|连续[一二三四五六七八九十\\d]{0,3}年?共?|正由|(?<!实)现在|历史性|(?<![集其])中|(?<![通经超])过|正式|陆续|继续|曾经?|一度|共计?|总计|合计|仍|更|也|还|就|又)+$")
"""What an indicator does not begin or end with: headline marks, times, adverbs."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a number leaves for the next ones of its sentence.

    `base` is the last name, `topic` the noun it speaks of, `total` the name of the whole that 其中 divides, `verb` what
    governs a list, `sign` the direction of a list, `among` whether parts are being told.
    """

    base: str = ""
    topic: str = ""
    total: str = ""
    unit: str = ""
    verb: str = ""
    sign: int = 0
    among: bool = False


def name(clause: Clause, amount: Amount, carried: Carried, respective: str | None) -> tuple[Phrase, Carried]:
    """The phrase of an amount, and what is carried on; `respective` is the name that 分别 gives it."""
    counted = amount.dimension in ("count", "division")
    right = "" if amount.dimension == "class" else clause.right
    if _BASELINE.search(clause.left) and right.startswith(("相比", "比", "比较")):
        return Phrase(carried.base, topic=carried.topic), carried
    left = _MULTIPLIED.sub("", clause.left) if amount.dimension == "ratio" and amount.unit in ("倍", "") else clause.left
    left = _WHEN.sub("", left)
    left = _PEERS.sub("", left) if amount.dimension == "rank" else left
    phrase = indicators.describe(left, right, counted=counted, last=clause.last)
    if beside := _BESIDE.fullmatch(phrase.name):
        phrase = replace(phrase, name=carried.base + beside[0] if beside[1] else carried.base)
    among = clause.among or (carried.among and amount.unit == carried.unit)
    phrase = _settled(_named(phrase, clause, amount, carried, respective, among), clause, amount, carried)
    if _SHARE.fullmatch(phrase.name) and carried.base and not carried.base.endswith(phrase.name):
        base = _SHARED.sub("", carried.base)
        whole = base + phrase.name if len(base) + len(phrase.name) <= nouns.LONGEST else phrase.name
        return replace(phrase, name=whole), replace(carried, sign=phrase.sign)
    if carried.base and phrase.name == carried.base + "占比":
        return phrase, replace(carried, sign=phrase.sign)
    topic = phrase.topic if phrase.topic and not wording.verbal(phrase.topic) else carried.topic
    verb = phrase.verb or (carried.verb if clause.listed else "")
    total = carried.total if among else phrase.name
    return phrase, Carried(phrase.name or carried.base, topic, total, amount.unit, verb, phrase.sign, among)


def _named(phrase: Phrase, clause: Clause, amount: Amount, carried: Carried, respective: str | None, among: bool) -> Phrase:
    """The phrase as the kind of the amount, 分别 and the numbers before it complete it."""
    if amount.dimension == "rank":
        ranked = _tidied(_RANKED.sub("", phrase.name, count=1))
        whole = carried.base + ranked if ranked in QUANTITIES and ranked not in carried.base else ranked or carried.base
        return replace(phrase, name=whole.removesuffix("排名") + "排名", measure="rank", sign=0)
    if amount.dimension == "length" and phrase.measure == "level" and _MOVED.search(phrase.name):
        return replace(phrase, sign=1, measure="difference")
    if amount.dimension == "multiple":
        return replace(phrase, name=indicators.without_comparison(phrase.name) or carried.base, sign=1, measure="growth")
    if amount.dimension == "class":
        quality = _QUALITY.match(_SEVERAL.sub("", phrase.name) or carried.base)
        if _HELD.fullmatch(phrase.name) and clause.right.startswith(("水质", "水体")):
            return replace(phrase, name="水质")
        water = phrase.name + "水质" if _WATERS.search(phrase.name) else phrase.name
        return replace(phrase, name=quality[0] if quality and not _WATERS.search(quality[0]) else water or carried.base)
    if respective is not None:
        sign = phrase.sign or (carried.sign if clause.listed else 0)
        return replace(phrase, name=respective, topic=respective, sign=sign, measure="growth" if sign else "level")
    if amount.dimension == "ratio" and phrase.measure == "difference" and _ADDED.search(phrase.name):
        phrase = replace(phrase, sign=0, measure="level")
    return _reported(phrase, clause, amount, carried) or _unnamed(phrase, clause, amount, carried) \
        or _joined(phrase, clause, amount, carried, among)


def _settled(phrase: Phrase, clause: Clause, amount: Amount, carried: Carried) -> Phrase:
    """The phrase with a tidy name; one that names nothing takes the name before it, money the purpose behind it."""
    name = _tidied(phrase.name or (nouns.head(clause.right) if clause.right else ""))
    part = name in ("比例", "比率") and carried.base.endswith(("率", "比例"))
    if amount.dimension == "years" and clause.left.rstrip().endswith("连续") and _HELD.fullmatch(name):
        name = "连续" + nouns.first_part(clause.right).removeprefix("、")
    elif amount.dimension == "years" and clause.left.rstrip().endswith("连续") and "连续" not in name:
        name = "连续" + name
    met = _FULFILLED.match(clause.right, len(nouns.head(clause.right))) if amount.dimension == "count" and name else None
    if met and (met[1] or met[2]) not in name:
        name += met[1] or met[2]
    if amount.unit in units.RANKS:
        name = _BELONGING.sub("", name) + amount.unit
    if amount.unit == "人" and _BENEFITED.match(clause.right) and "益" not in name and not wording.verbal_with_object(name):
        name += "受益人口"
    if amount.unit == "度" and clause.left.rstrip().endswith("发"):
        name = "发电"
    if part or (len(name) == 1 and name not in SHORT) or _EMPTY.fullmatch(name):
        name = clause.prior or carried.base
    if carried.base and amount.dimension not in ("count", "division") and _PLACES.fullmatch(name):
        name = carried.base
    if amount.unit == "度" and _POWERED.search(name):
        name += "电"
    if amount.dimension == "count" and name == carried.base and name.endswith("面积") and len(name) > 3:
        name = name.removesuffix("面积")
    if amount.dimension == "money" and _SPENDING.fullmatch(name) and (used := _USED.match(clause.right)):
        name = used[0]
    return replace(phrase, name=name)


def _tidied(name: str) -> str:
    """The name without times and adverbs at its ends.

    >>> _tidied("森林覆盖率去年"), _tidied("今年深入实施修复工程")
    ('森林覆盖率', '实施修复工程')
    """
    name = _RUN.sub("", _OPENING.sub("", _ASIDE.sub("", name)))
    name = _EXAMPLES.sub("", name)
    while (match := _CLOSING.search(name)) and match.start() >= 2:
        name = name[:match.start()].rstrip(" ,、")
    return _SETTING.sub("", name).removesuffix("的")


def _reported(phrase: Phrase, clause: Clause, amount: Amount, carried: Carried) -> Phrase | None:
    """A number that opens its clause and is followed by what became of the topic: 2件正在整改, 21项完成了任务."""
    if not clause.bare or not clause.last:
        return None
    report = nouns.closing(clause.right)
    if not report and amount.dimension == "count" and carried.topic:
        whole = nouns.first_part(clause.right)
        if (_BECAME.match(whole) or wording.verbal_with_object(whole)) and len(whole) + len(carried.topic) <= nouns.LONGEST:
            report = whole
    if not report:
        return None
    topic = phrase.topic if phrase.topic and phrase.topic in report else carried.topic
    return replace(phrase, name=report if topic in report else topic + report, topic=topic)


def _unnamed(phrase: Phrase, clause: Clause, amount: Amount, carried: Carried) -> Phrase | None:
    """A number whose left side names nothing: what follows it, else the name before it with 占比 where it is a share."""
    if phrase.name not in ("", "占", "占比"):
        return None
    share = phrase.name != ""
    whole = nouns.first_part(clause.right)
    if not share:
        if stated := _STATED.match(whole):
            return replace(phrase, name=stated[1])
        noun = nouns.head(clause.right)
        if noun and not clause.right.startswith("的"):
            return replace(phrase, name=noun)
        if not phrase.sign and 2 <= len(whole) <= 18 and clause.last and not whole.startswith("的"):
            return replace(phrase, name=whole)
        if amount.dimension == "count" and amount.unit != carried.unit and amount.unit in COUNTED:
            return replace(phrase, name=(carried.verb if carried.verb in _BENEFITS else "") + COUNTED[amount.unit])
    base = carried.total if phrase.sign and carried.among and carried.total else carried.base
    base = _GIVEN.sub("", base) if phrase.sign else clause.prior or base
    return replace(phrase, name=base + ("占比" if share else "") if base else "")


def _joined(phrase: Phrase, clause: Clause, amount: Amount, carried: Carried, among: bool) -> Phrase:
    """A name completed by the verb of its list, the heading of its paragraph, the topic or the total it is a part of."""
    own = phrase.name
    governed = clause.listed and carried.verb and amount.dimension != "ratio" and (clause.bare or len(own) <= 8)
    if governed and not (wording.verbal_with_object(own) or wording.verbal(own) or wording.measured(own)):
        return replace(phrase, name=carried.verb + own, verb=carried.verb)
    generic = wording.strip_verb(own)
    if clause.heading and generic in wording.words("generic") and clause.heading not in own:
        return replace(phrase, name=clause.heading + generic, topic=clause.heading + generic)
    if amount.unit != carried.unit:
        return phrase
    if amount.dimension == "count" and not phrase.sign and wording.verbal(own) and carried.topic and carried.topic not in own:
        return replace(phrase, name=carried.topic + own, topic=carried.topic)
    if among and carried.total and not clause.right and not wording.measured(own):
        total = wording.strip_verb(carried.total)
        divided = (wording.verbal(total) and amount.dimension == "count") or total[-2:] in DIVIDED or own[-1] in "级类性型"
        if divided and total[-2:] not in own and len(total) + len(own) <= nouns.LONGEST:
            return replace(phrase, name=total + own if wording.verbal(total) else own + total)
    return phrase
