"""The noun that a counter counts: the text behind it, up to its predicate."""

from __future__ import annotations

import re

from kg.extract.values.wording import pattern

LONGEST = 30
"""Characters of a name at most; what is longer is cut at a 的 or a preposition."""
_MASK = "\ue000"
"""Stands for the characters of a quotation."""
_SINGLE = re.compile(r"(?<!平)均|(?<![行作认成以])为(?!主|民)|(?<![但凡])是(?!否)|将(?!军)|被|占(?!比|地|用)"
                     r"|获(?!得感)|(?<![主重需])要(?!求|素)|(?<![国所公民私共具含稀没负])有(?!机|害|毒|色|关|限|效|序)|都(?!市|江)|(?<![存现所外内])在(?!线|建|册|岗|用|校|编|地)|尚|已|把(?!关|握|控|手)|(?<![转出忍礼])让(?!利|路|步)|未(?!来)|从(?![业化严重事])")
_ASPECT = re.compile("[一-鿿]{2}(?:着|了)(?![力眼手重陆解结])")
"""A verb of two characters with its aspect: what follows the noun (森林覆盖率涵养着水源)."""
_ASIDE = re.compile(r"\((?:名单|清单|详见|见|以下|附|不含|含(?!\))|简称|图|表)|的(?:通知|批复|函|公告|意见|决定|复函)$")
_QUOTED = re.compile(f"([^,。;:、“”]{{0,6}})“([^“”{_MASK}]{{2,16}})”")
"""A name in quotation marks at the head of what is counted, one word whatever stands in it."""
_EMPTY = ("时", "内", "外", "后", "前", "者", "间", "中", "里")
_INSIDE = re.compile("(?<![集其])中$")
_MOVED = re.compile("(?:逐步|逐年)?(?:增加|减少|增长|提升|提高|下降|上升|降低|扩大|缩减|延长|拓展|扩展|缩短|压减"
                    "|恢复|发展|上涨|攀升|跃升|回升|缩小|壮大|跃居|降|升|增|减)(?:到|至|为)")
_AMID = re.compile("的(?:情况|同时|基础|前提|背景|价格|标准|比例)(?:下|上)?")
"""What a number only accompanies (增长近一倍的情况下)."""
_DESCRIBED = re.compile("(?:有|符合|具备|具有)[^,。;:]{1,30}的([^,。;:、的和]{2,14})")
_PICTURED = re.compile("^(?:[一-鿿]{4}、)+[一-鿿]{4}的(?=[一-鿿“])")
"""Set phrases of four characters before the noun (小巧多样、舒适宜人的公园)."""
_LIKENED = re.compile("“[^“”]{4,}(?:”|$)")
_THRESHOLD = re.compile("(?:的|这个|这一)(?:新|历史|重要)?(?:台阶|门槛|大关|关口|高位|水平线|目标)(?=[,。;、]|$)")
_PRICED = re.compile("(?<=.{2})(?:计划|累计|总|概算)投资")
_JOINED = "湖部陆容央小型草药流华低游网源耗机害心间林科江层"
"""Characters with which an adverb of one character is the head of another word (内湖, 中央, 能源)."""
_COMPOUND = "(?:[一-鿿]{0,4}(?:项目|工程|任务|设施|设备|基地|试点)(?:[^一-鿿]|$)|示范[区县市村镇乡带点])"
"""What makes a verb of action a part of the noun (灌区建设改造项目)."""
_BRACKETED = re.compile(r"^\([^()]{1,20}\)")


def head(right: str, *, last: bool = True) -> str:
    """The noun that follows a counter, up to its predicate; where another amount follows (`last` false), up to the thing counted.

    >>> head("地表水监测断面均已达标"), head("的森林覆盖率"), head(",其中")
    ('地表水监测断面', '森林覆盖率', '')
    >>> head("地表水监测断面水质达标率达", last=False)
    '地表水监测断面'
    """
    if _MOVED.match(right) or _AMID.match(right) or right.startswith("从中"):
        return ""
    if quoted := _QUOTED.match(right):
        masked = head(quoted[1] + "“" + _MASK * len(quoted[2]) + "”" + right[quoted.end():], last=last)
        return masked.replace(_MASK * len(quoted[2]), quoted[2])
    right = _PICTURED.sub("", right)
    if _THRESHOLD.match(right):
        return ""
    if described := _DESCRIBED.match(right):
        return described[1]
    body = _PRICED.split(first_part(right.removeprefix("的").lstrip(" ")), maxsplit=1)[0]
    measure = re.match(r".*?(?:率|比例|比重|浓度|盖度|水位|水头)", body)
    if measure and last:
        return measure[0][:LONGEST]
    opening = None if pattern("kept", before="^").match(body) else pattern("adverbial", after=f"(?![{_JOINED}])").match(body)
    predicate = opening or pattern("predicate", after=f"(?!区|后|率|{_COMPOUND})").search(body, 2)
    likened = _LIKENED.search(body, 3)
    if likened and not pattern("verb", after="$").search(body, 0, likened.start()):
        body = body[:likened.start()]
    if (aspect := _ASPECT.search(body, 2)) and (predicate is None or aspect.start() < predicate.start()):
        predicate = aspect
    single = _SINGLE.search(body, 2, predicate.start() if predicate else len(body))
    predicate = single or predicate
    cut = body[:predicate.start()] if predicate else body
    thing = pattern("countable", before="^.*?", after="(?=水质|空气|环境|平均)" if last else "").match(cut) if measure or last else None
    noun = _shorter(thing[0] if thing else cut)
    joined = re.search("和|(?<![涉以普])及(?!以上|其)|与", noun[2:]) if not last else None
    noun = noun if noun not in _EMPTY else ""
    return _INSIDE.sub("", (noun[:2 + joined.start()] if joined else noun).rstrip("的在对了等和及与并或、 ").removesuffix("以来"))


def _shorter(noun: str) -> str:
    """A long coordination keeps its first member."""
    cut = re.search("和|(?<![涉以普])及(?!以上|其)|与", noun[6:]) if len(noun) > 18 else None
    return (noun[:6 + cut.start()] if cut else noun)[:LONGEST]


def first_part(text: str) -> str:
    """The text up to the first mark or 、 outside brackets; a bracket at its head is passed over.

    >>> first_part("省(自治区、直辖市)、兵团"), first_part("(套)设备,其中")
    ('省(自治区、直辖市)', '设备')
    """
    if bracketed := _BRACKETED.match(text):
        text = text[bracketed.end():]
    text = _ASIDE.split(text, maxsplit=1)[0]
    depth = 0
    for at, ch in enumerate(text):
        if ch == "(":
            depth += 1
        elif ch == ")":
            depth -= 1
        if depth < 0 or (depth == 0 and ch in ",。;:!?、\n ") or ch == "\n":
            return text[:at]
    return text if depth == 0 else text[:text.find("(")]


def closing(right: str) -> str:
    """The report of a state after a counter (正在整改, 已整改完成), else empty.

    >>> closing("正在整改"), closing("问题已整改完成"), closing("企业")
    ('正在整改', '问题已整改完成', '')
    """
    body = first_part(right)
    return body if len(body) <= 18 and pattern("closing", after="$").search(body) else ""
