"""What a number measures: the noun phrase beside it, and whether it is a level or a change.

The words are a table (`seeds/gazetteer/indicators.tsv`); `left` and `right` are the folded text of the
clause on both sides of an amount, up to its neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.extract.values.nouns import LONGEST, first_part, head
from kg.extract.values.wording import measured, pattern, verbal, verbal_with_object, words

Measure = Literal["level", "difference", "growth", "rank"]
_COMPARISON = re.compile(r"(?:同比|环比|同期|年均|平均|总体|分别|每年|连年|各自|相比|累计|共|仅|又|则|,|、|呈|实现|均|可|约"
                         "|[^,。;:]{0,4}以来)$")
_COMPARED = re.compile(r"(?:较|(?<![占对可同])比(?![例重率值拟])|(?<![参])与|相较|相比)[^,。;:]{0,40}$")
_BASELINE = re.compile(r"相比|同期|\d年|[去上前]年|年度|同?批次|月份?|水平|指标|基数|平均|规划|标准|目标")
_NUMBERED = re.compile(r"^[ (]*(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)|、|\.(?!\d)) *"
                       r"|^第[一二三四五六七八九十百]+条 *|^[*•—\-]+ *|^(?:用)?[一二三四五六七八九十半\d]{1,2}年(?:左右)?的?时间")
_WHERE = re.compile("[内中上下外里间境围区级类在]的$")
_AGED = re.compile(r"^[^,。;、的]{0,12}\d+[^,。;、的\d]{0,4}的(?=[一-鿿]{2})")
"""A measure that modifies what is counted (360名平均年龄24岁的建设者)."""
_RUNNING = re.compile("连续[一二两三四五六七八九十\\d]{1,3}[年月](?=.{2})")
_LASTING = re.compile(r"(?:已经?)?连续[一二两三四五六七八九十\d]{1,3}[年月天]$")
_AREA = ("范围", "区域", "范围内", "以内", "陆域", "水域", "地带")
_SPLIT_LINK = re.compile(r"(?:(?<![节职功产阳热电动核智性])能|(?<![国所特没现共])有|(?<![需主重])要|(?<![即计])将)$")
_ONE = re.compile("[一两][道座条个片处批项]|(?<=[一-鿿])[了着将把](?=[一-鿿]{2})")
_FROM = re.compile(r"(?:从|由)[^,。;、的向往]{0,14}(?:的(?:仅[存有]?|不足)?)?$")
_PACE = re.compile("的(?:速度|频率)(?=[一-鿿])")
"""What stands between a rate and what is done at it (以每年3万亩的速度种草)."""
_OF_BASE = re.compile("(?:达到|达|为|是|到|只有|仅有|相当于|接近)了?"
                      "(?:去年|上年|前年|往年|同期|过去|原来|以前|[^,。;的]{0,6}前|\\d{4}年)[^,。;的]{0,4}的$")
"""What a ratio is a multiple or a part of (达到了去年的两倍)."""
HAVING = re.compile("(?:拥有|占有|含有|具有|坐拥|守护着|分布着|栖息着|生活着|生长着)(?P<of>[^,。;:、的]{0,8})$")
OWNED = re.compile("([^,。;:、的]{1,12})的(?=[一-鿿]{2})")
"""What someone has, where the possessor follows as the head of a relative clause (拥有30公里岸线的甲县)."""
_EXTENDED = re.compile("(?:仅有|只有|达到?|足有)$")
_STEPS = re.compile("(?:等级|级别|位次|名次|档次|台阶)(?=[,。;]|$)")
_STARTING = re.compile("[由从][^,。;]{1,20}$")
_SIZE = re.compile("(?:^|[一-鿿])(总长|全长|长|宽|高|深|厚|占地)$")
_TREATED = re.compile("[^,。;:对]对([^,。;:、对]{2,12}的)$")
"""What something is done to, with its attribute (甲区组织人员对受损的28座桥梁进行检修)."""
_APPOSED = re.compile("^[^“”]*——(?=[^—“”]{4})")
_DOER = re.compile("^[^,。;:、]{1,10}(?:地区|工程区|流域|沿线|沿岸|库区|灌区)(?=(?:累计|共|已)[^率]{4})")
"""Who or where stands before the adverb that opens the predicate (甲工程区累计完成造林)."""
_MODIFIER = r"(?:了|着|过)?(?:[^,。;:《》“”]{0,16}的)?$"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The name of an indicator as the clause gives it: empty where the clause has none.

    `sign` is +1 or -1 where the number is a change and 0 where it is a level; `topic` is the noun
    counted or spoken of, on which later parts of the sentence build (问题 in 25件问题已办结23件); `verb`
    governs the noun and those coordinated with it (修复3亩湿地、2亩草地).
    """

    name: str
    sign: int = 0
    measure: Measure = "level"
    topic: str = ""
    verb: str = ""


def describe(left: str, right: str, *, counted: bool, last: bool = True) -> Phrase:
    """The phrase of one amount; `last` where no other amount follows it in its clause.

    >>> describe("空气质量优良天数比率达到", "", counted=False).name
    '空气质量优良天数比率'
    >>> describe("立案查处", "环境违法案件", counted=True).name
    '立案查处环境违法案件'
    >>> phrase = describe("细颗粒物平均浓度同比下降", "", counted=False)
    >>> phrase.name, phrase.sign, phrase.measure
    ('细颗粒物平均浓度', -1, 'growth')
    """
    left = _NUMBERED.sub("", left.strip(" \n")).lstrip(",、:() ").removeprefix("其中").lstrip(",: ")
    if _reached().match(left):
        left = ""
    left, right = _OF_BASE.sub("", left), _AGED.sub("", right)
    if pace := _PACE.match(right):
        right = "" if len(_nominal(without_links(left)).removesuffix("以")) > 1 else right[pace.end():]
    if (attributed := _attributed(left, right, counted)) is not None:
        return attributed
    changed = _direction(left, right)
    if changed is not None:
        return changed
    if from_ := _FROM.search(left):
        left = left[:from_.start()]
    bare = without_links(_LASTING.sub("", without_links(left)))
    noun = head(right, last=last)
    if away := re.search("距离?[^,。;]{2,20}$", bare):
        return Phrase(_trim(away[0]))
    rated = right.startswith("的") and (measured(bare) or noun in words("rate"))
    spent = noun.endswith(("资金", "经费")) and verbal(_nominal(_RUNNING.sub("", bare)))
    beside = measured(bare) and not (verbal(bare) or spent) and not left.endswith("的") and not counted
    if noun and not rated and not beside:
        return _attributive(left, bare, noun, right if last or "、" in right else "")
    return _predicative(bare)


def _attributed(left: str, right: str, counted: bool) -> Phrase | None:
    """The phrase of a number inside a relative clause, whose head is a place or a thing and not what is measured.

    >>> _attributed("在拥有甲湖", "水域的乙市,政府", False).name, _attributed("岸线仅有", "的城区曾经", False).name
    ('甲湖水域', '岸线')
    >>> _attributed("建成总长", "的护林带", False).name
    '护林带总长'
    """
    if (having := HAVING.search(left)) and (owned := OWNED.match(right)):
        return Phrase(_trim(having["of"] + owned[1]), topic=owned[1])
    if counted or not right.startswith("的"):
        return None
    extended = _EXTENDED.sub("", left)
    if (size := _SIZE.search(extended.removesuffix("约"))) and (noun := head(right).removesuffix("里")):
        return Phrase(_trim(noun + size[1]), topic=noun)
    own = _nominal(extended)
    plain = extended != left and 2 <= len(own) <= 6 and not verbal_with_object(own) and not verbal(own)
    return Phrase(own, topic=own) if plain and not re.search("[了着过将把对在于]", own) else None


@cache
def _reached() -> re.Pattern[str]:
    """增长到去年的: only where a level has come to; the name stands before."""
    return pattern("up down", before="^", after="了?(?:到|至|为)了?[^,。;]{0,7}$")


def _direction(left: str, right: str) -> Phrase | None:
    match = pattern("up down", before="(?P<verb>", after=r")(?:了|约|近|超过?|达|将近)?(?P<of>[^,。;:]{0,10}?的)?$").search(left)
    noun = "" if _STEPS.match(right) else head(right)
    if match is None or (match["of"] and not noun):
        return _inner_direction(left, noun)
    verb = match["verb"]
    if len(verb) == 1 and not re.search("[比较][^,]*$|[,同环]比?$|逐年|净$", left[:match.start()]):
        return None
    quantity_verbs = ("新增", "增加", "减少", "净增", "减排", "削减", "压减", "净增加", "压缩")
    sign = -1 if verb in words("down") else 1
    if noun and right[:1] not in ",。;" and not right.startswith("的"):
        if verb not in quantity_verbs:
            return None
        return Phrase(_trim(verb + ("的" if match["of"] else "") + noun), sign, "difference", noun, verb)
    before = without_links(without_comparison(left[:match.start()]))
    before = _STARTING.sub("", before) if _STEPS.match(right) else before
    name = _trim(_nominal(without_comparison(before)))
    if verb not in words("pure") and not name:
        name = verb
    return Phrase(name, sign, "growth", name)


def _inner_direction(left: str, noun: str) -> Phrase | None:
    bare = without_links(left)
    if bare.endswith("增量") and ("占" in bare or left.endswith("有")):
        return None
    if pattern("growth", after="$").search(bare):
        return Phrase(_trim(_nominal(bare)), 1, "growth", _nominal(bare))
    if pattern("decline", after="$").search(bare):
        return Phrase(_trim(_nominal(bare)), -1, "growth", _nominal(bare))
    inner = re.search(r"(?<!累计)(新增|净增|增加|减少|削减|减排)(?!到|至|为|值)([^,。;:、]{2,16})$", bare)
    if inner and not noun and "占" not in bare:
        return Phrase(_trim(_nominal(bare)), 1 if inner[1] in words("up") else -1, "difference", inner[2])
    return None


def without_comparison(left: str) -> str:
    """The text without 同比, 较上年, 与2020年相比, at its end or before the name.

    >>> without_comparison("用水量较2010年"), without_comparison("较上年PM2.5浓度")
    ('用水量', 'PM2.5浓度')
    """
    while (match := _COMPARISON.search(left)) and match[0]:
        left = left[:match.start()]
    compared = _COMPARED.search(left)
    if compared is None:
        return left
    baselines = list(_BASELINE.finditer(compared[0]))
    if baselines and len(compared[0]) - baselines[-1].end() >= 3 and compared.start() == 0:
        return compared[0][baselines[-1].end():]
    return without_comparison(left[:compared.start()]) if compared.start() else ""


def without_links(left: str) -> str:
    """The text without the verbs and adverbs that join a name to its number.

    >>> without_links("污水集中处理率已经达到"), without_links("清淤总量将超过")
    ('污水集中处理率', '清淤总量')
    """
    link = pattern("link", after="$")
    while True:
        left = left.rstrip(" ,、:(")
        if left.endswith(("节约", "集约", "下达", "送达")):
            return left
        match = link.search(left) or _SPLIT_LINK.search(left)
        if match is None or len(match[0]) == 0:
            return left
        if match[0] in ("有", "能", "要", "将") and _SPLIT_LINK.search(left) is None:
            return left
        left = left[:match.start()]


def _attributive(left: str, bare: str, noun: str, right: str) -> Phrase:
    whole = first_part(right.removeprefix("的"))
    if left.startswith(("将", "把")):
        return Phrase(_trim(noun), topic=noun)
    if treated := _TREATED.search(left):
        return Phrase(_trim(treated[1] + noun), topic=noun)
    if left.endswith("等") or left.startswith("对") or not bare or bare.endswith("中") or bare in words("lead"):
        told = noun in whole and len(whole) <= 20 and not whole[len(noun):].startswith(("让", "使", "给"))
        return Phrase(whole if told else _trim(noun), topic=noun)
    verb = pattern("verb", before="(?P<v>(?:", after="){1,3})" + _MODIFIER).search(_last_part(bare))
    if left.endswith("的") and verb and len(left) > 18:
        relative = pattern("verb", before="(?:", after="){1,2}$").search(bare.removesuffix("的"))
        own = relative[0] + "的" + noun if relative else verb["v"] + noun if verb.start() == 0 else noun
        return Phrase(_trim(own), topic=noun)
    governed = verb is not None and len(verb[0]) > len(verb["v"]) + 2 and len(left) > 12 and _WHERE.search(left) is not None
    if left.endswith("的") and len(left) <= 18 and not governed:
        owner = _nominal(left)
        return Phrase(_trim(owner + noun), topic=noun if len(owner) > 10 else owner + noun)
    if verb:
        return Phrase(_trim(verb["v"] + noun), topic=noun, verb=verb["v"])
    owner = _nominal(bare)
    owner = "" if owner in words("lead") else owner
    short = 2 <= len(owner) <= (20 if noun in _AREA else 8) and not re.search("[于在对为向把被将让从]", owner)
    acted = pattern("verb", before="^").match(owner) if short and verbal_with_object(owner) else None
    return Phrase(_trim(owner + noun if short else noun), topic=noun, verb=acted[0] if acted else "")


def _last_part(text: str) -> str:
    return re.split(r"[,。;:、]", text)[-1]


def _predicative(bare: str) -> Phrase:
    name = _trim(_nominal(bare))
    if measured(name) or _ONE.search(name):
        name = _ONE.split(name)[-1] or name
    if verbal(name) and bare.endswith("已" + name):
        name = "已" + name
    name = re.split("仅为|仅占|相当于|仅相当", name)[0].rstrip("的") or name
    split = pattern("split", before="(.+?)").match(name)
    verb = pattern("verb", before="^").match(name) if verbal_with_object(name) else None
    return Phrase(name, topic=split[1] if split and len(split[1]) >= 2 else name, verb=verb[0] if verb else "")


def _nominal(text: str) -> str:
    """The text without leading adverbs, and from the last adverb on where a verb with its object follows it."""
    text = text.strip(" ,、:()")
    lead = pattern("lead", before="^")
    kept = pattern("kept", before="^")
    while (match := lead.match(text)) and len(text) > match.end() and not kept.match(text):
        if match[0] == "受" and "影响" in text[:16]:
            break
        if len(match[0]) == 1 and pattern("measure verb", before="^").match(text):
            break
        text = text[match.end():].lstrip(" ,、:")
    best = text
    for split in pattern("split").finditer(text):
        rest = text[split.end():]
        if kept.match(text, split.start()):
            continue
        if verbal_with_object(rest) or (split.start() == 0 and rest):
            best = rest
    return best


def _trim(name: str) -> str:
    name = _DOER.sub("", name)
    name = re.sub(r"(?<=[一-鿿])(?:先后|累计(?!投)|共计|(?<!公)共(?=[一-鿿]{2}))(?!同|和|用|享|建|治|产)", "", name)
    name = _APPOSED.sub("", name.strip(" ,、:;").removeprefix("的"))
    if "(" not in name:
        name = name.rstrip(")")
    if len(name) <= LONGEST:
        return name
    cut = name[-LONGEST:]
    boundary = re.search("[的、,在对将]", cut[:LONGEST - 6])
    return cut[boundary.end():] if boundary else cut
