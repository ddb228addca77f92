"""The clause around an amount: the words on both sides up to its neighbours, times and owners left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.values import indicators, nouns, wording
from kg.extract.values.amounts import Amount
from kg.extract.values.periods import Calendar

NEAR = 300
"""Characters on each side of an amount that are looked at."""
LONGEST = 80
"""Characters of the left side at most."""

_SEPARATOR = re.compile(r"[,;:!?。\n]| {2,}")
_LIST_GAP = re.compile(r" ?(?:、|和|(?<![涉普])及(?!其|以上)|与|以及|并) ?")
_AMONG = re.compile(r"[\s,、;:]*(?:其中|分别为?|包括)[:,]?")
_COORDINATED = re.compile(r"(?:和|(?<![涉以普])及(?!以上)|与|以及|、)[^和与、()]{0,12}$")
_ENUMERATION = re.compile(r"、[^、,和及与了]{1,9}、[^、,和及与了的]{1,12}$")
_JOINT = re.compile("以及|[与和、及]")
_SUMMED = re.compile("[两三四五六七八九十]{1,2}个?(?:省份|省区|[省市县区州镇乡村地河湖江])(?!级)")
"""What sums up the owners before it (甲市、乙市 | 两市)."""
_BETWEEN = re.compile("之间|交[界汇]|境内|[沿两]岸|沿线|的")
"""What stands behind owners of which something is no subject but a part (甲江、乙江 | 交汇处水质)."""
_APART = re.compile("[至到等]")
"""What stands behind the first end of a line or the examples of a number, which are no owners (甲市至乙市年送电量)."""
_SAYS = re.compile("[^,。;:、“”\\d]{0,12}?(?:提出|明确|要求|强调|指出)了?[,:]?"
                   "(?=到|至|力争|确保|今年|明年|[全我][国省市县区州]|20\\d\\d年)")
"""Who sets what follows (会议提出到2025年…)."""
_EACH = re.compile("各(?!类|种|级|项|地|方|界)|(?<!平)均(?![衡匀价值]|为主)|都(?!市|江)")
"""What says that all those named before have the same amount."""
_PURSE = re.compile("[^,。;:、\\d]{0,6}财政[厅局部]?(?=(?:已|累计|共|先后|再)*(?:安排|下达|拨付|投入|筹措|补助|列支|划拨|支持|资助|奖补))")
"""Whose money it is (省财政下达资金)."""
_PIVOT = re.compile("(?:先后|累计|已|共|重点|积极|大力|专项|用于){0,3}(?:支持|帮助|指导|推动|组织|引导|督促|责令|责成|要求|鼓励)了?")
"""What one does that others do (支持甲县建设管网)."""
_GIVEN_TO = re.compile("(?:专项|重点|主要)?(?:用于)?(?:支持|补助|资助)")
"""Behind money, to whom it goes (安排2亿元支持甲县治理沙地)."""
_GIVES = re.compile("(?:先后|累计|已|共|组织|持续|开始|通过\\w{2,8}){0,3}(?:向|给|为)")
_SUPPLIES = re.compile("(?:生态|应急|常态化)?(?:[补输供调送引放][水电气热]|下泄|泄放|输送|补给|供应|调拨|捐赠|发放)")
"""What is given to those whom 向 names (向甲湖下泄生态水)."""
_REST = ("其余", "其他", "其它", "另外", "剩余")
_HEADING = re.compile(r"[ 　\t]*(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.]|[一二三四五六七八九十]+是)\s*"
                      r"([^。,;:、\n\s]{2,16})[。\n]")


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause text[start:end] of an amount: `left` and `right` of it up to neighbouring amounts.

    `last` where no other amount follows in the clause, `listed` where the amount continues a list (、和), `among` where
    it is a part (其中), `bare` where nothing but such words precedes it;
    `heading` is the short heading of its paragraph, `prior` the measured subject of the clause before a bare one
    (用水总量零增长,总体稳定在6100亿立方米); `sharers` how many coordinated owners each have the amount (甲市、乙市各30万亩).
    """

    start: int
    end: int
    left: str
    right: str
    last: bool
    listed: bool
    among: bool
    bare: bool
    heading: str
    prior: str = ""
    sharers: int = 1


def surroundings(text: str, low: int, high: int, group: Sequence[Amount], number: int, owners: Mapping[int, int],
                 calendar: Calendar) -> Clause:
    """The clause of group[number], the amounts of the sentence text[low:high]; `owners` are mentions by their start.

    A mention or a time that opens the left side is no part of the name and is left out.
    """
    amount = group[number]
    low, high = max(low, amount.outer_start - NEAR), min(high, amount.outer_end + NEAR)
    start = max((m.end() for m in _SEPARATOR.finditer(text, low, amount.outer_start)), default=low)
    found = _SEPARATOR.search(text, amount.outer_end, high)
    end = found.start() if found else high
    heading = _heading(text, low)
    if bracketed := _bracketed(text, amount, max(low, text.rfind("\n", max(0, amount.start - 2000), amount.start) + 1)):
        return Clause(start, end, bracketed, "", True, False, False, False, heading)
    first, last = _adjoining(group, number)
    before = group[first - 1] if first and group[first - 1].outer_end > start else None
    left_end = group[first].outer_start
    left_start, listed = _after_neighbour(text, before, group[first], start)
    among = _AMONG.match(text, max(low, left_start - 1), left_end)
    left_start = among.end() if among and among.end() > left_start else left_start
    left_start, coordinated = _name_start(text, left_start, left_end, owners, calendar)
    each = amount.dimension == "class" or _EACH.search(text, left_start, amount.outer_start) is not None
    left = text[max(left_start, left_end - LONGEST):left_end]
    after = group[last + 1] if last + 1 < len(group) and group[last + 1].outer_start < end else None
    right = _right(text, amount, group[last].outer_end, end, after, owners)
    counted = amount.dimension in ("count", "division", "class")
    enumerated = counted and "、" in left and (_ENUMERATION.search(left) is not None or _sums_up(left, amount))
    if enumerated and (nouns.head(right) or left.rstrip().endswith("等")):
        left = "等"
    bare = left.strip(" ,、:的") in _REST or left.strip().endswith("等") or not indicators.without_links(left.strip(" ,、:的"))
    prior = _prior(text, low, start, group[first - 1] if first else None) if bare and before is None else ""
    return Clause(start, end, left, right, after is None, listed, among is not None and "其中" in among[0], bare, heading, prior,
                  coordinated if each else 1)


def _adjoining(group: Sequence[Amount], number: int) -> tuple[int, int]:
    """The first and the last of the amounts that stand side by side with group[number]."""
    first = last = number
    while first and group[first - 1].outer_end == group[first].outer_start:
        first -= 1
    while last + 1 < len(group) and group[last + 1].outer_start == group[last].outer_end:
        last += 1
    return first, last


def _right(text: str, amount: Amount, start: int, end: int, after: Amount | None, owners: Mapping[int, int]) -> str:
    """The words behind an amount, up to what belongs to the next one, `after`."""
    right = text[start:min(end, after.outer_start) if after else end]
    if after:
        right = _COORDINATED.sub("", right)
        right = right[:_act(text, amount, start, start + len(right)) - start]
    if amount.dimension == "money" and (given := _GIVEN_TO.match(text, start, start + len(right))):
        served, several = _behind_owners(text, given.end(), start + len(right), owners)
        right = right[served - start:] if several else right
    return right[:LONGEST]


def _name_start(text: str, start: int, end: int, owners: Mapping[int, int], calendar: Calendar) -> tuple[int, int]:
    """Where the name in text[start:end] begins, and how many owners coordinated before it are left out.

    Left out are times, who says or pays it, whose it is, and those for whom or by whom something is to be done.
    """
    start = calendar.skip(start, end)
    for opening in (_PURSE, _SAYS):
        if opened := opening.match(text, start, end):
            start = calendar.skip(opened.end(), end)
    owned, count = _behind_owners(text, start, end, owners)
    start = calendar.skip(owned, end) if count else start
    for pivot, act in ((_PIVOT, wording.pattern("verb")), (_GIVES, _SUPPLIES)):
        served = pivot.match(text, start, end)
        owned, several = _behind_owners(text, served.end(), end, owners) if served else (start, 0)
        if several and act.match(text, owned, end):
            return owned, several
    placed = text.rfind("的", start + 1, end) + 1
    where = placed and text[placed - 2] in "里中内上下边畔旁侧处"
    owned, lying = _behind_owners(text, placed, end, owners) if where else (start, 0)
    if lying and wording.verbal_with_object(text[owned:end]):
        return owned, lying
    return start, max(1, count)


def _behind_owners(text: str, at: int, end: int, owners: Mapping[int, int]) -> tuple[int, int]:
    """The offset behind the mention that begins at `at` or behind all that are coordinated with it, and how many these are."""
    first, owner, count = at, owners.get(at), 0
    while owner is not None and owner <= end:
        count += 1
        joint = _JOINT.match(text, owner, end)
        if joint is None:
            if count > 1 and _BETWEEN.match(text, owner, end):
                return owner, 1
            if count > 1 and (summed := _SUMMED.match(text, owner, end)):
                return summed.end(), count
            apart = _APART.match(text, owner, end) and (count > 1 or text[owner] != "等")
            return (first, 0) if apart else (owner, count)
        owner = owners.get(joint.end())
    return first, 0


def _prior(text: str, low: int, start: int, number: Amount | None) -> str:
    """What the clause before `start` measures, where no number stands in it."""
    if start <= low or text[start - 1] != ",":
        return ""
    begin = max((m.end() for m in _SEPARATOR.finditer(text, low, start - 1)), default=low)
    noun = nouns.head(text[begin:start - 1]) if number is None or number.outer_end <= begin else ""
    return noun if wording.measured(noun) and not wording.verbal(noun) else ""


def _after_neighbour(text: str, before: Amount | None, amount: Amount, start: int) -> tuple[int, bool]:
    """Where the left side begins after the amount before, and whether the two make a list."""
    if before is None:
        return start, False
    at = before.outer_end
    if gap := _LIST_GAP.match(text, at):
        return gap.end(), True
    if (owned := indicators.OWNED.match(text, at)) and indicators.HAVING.search(text, max(0, before.outer_start - 16), before.outer_start):
        return owned.end(), False
    if (act := _act(text, before, at, amount.outer_start)) < amount.outer_start:
        return act, False
    between = text[at:amount.outer_start].removeprefix("的")
    noun = nouns.head(between, last=False)
    if noun and between.rstrip("的、和及与") == noun:
        return amount.outer_start, between[-1] in "、和及与"
    cut = re.match(".*?(?:和|(?<![涉普])及(?!以上)|与)", between)
    if cut and between.startswith(noun) and cut.end() - 1 <= len(noun) and 2 <= len(between) - cut.end() <= 12:
        return (amount.outer_start, True) if between[-1] == "、" else (amount.outer_start - len(between) + cut.end(), False)
    return at, False


def _act(text: str, amount: Amount, low: int, high: int) -> int:
    """Where what is done for those that `amount` counts begins in text[low:high] (向9个街镇调拨物资19批次), else `high`."""
    if text[amount.outer_start - 1:amount.outer_start] not in tuple("向对为给"):
        return high
    act = wording.pattern("verb").search(text, low + 2, high)
    return act.start() if act else high


def _sums_up(left: str, amount: Amount) -> bool:
    """Whether a small count numbers the members of the list before it (造林、并网发电2类项目)."""
    if not 2 <= amount.value <= 12 or left.endswith(("、", "和", "及", "与", "的", "了")):
        return False
    return left.count("、") + 1 + (re.search("[和及与][^、]{1,10}$", left) is not None) == amount.value


def _bracketed(text: str, amount: Amount, line: int) -> str:
    """The words before a bracket that holds nothing but the amount: 名单(40处)."""
    if text[amount.outer_start - 1:amount.outer_start] in ("(", "共") and text[amount.outer_end:amount.outer_end + 1] == ")":
        opened = text.rfind("(", line, amount.outer_start)
        if opened >= 0 and amount.outer_start - opened <= 2:
            words = re.split(r"[,。;:!?\n]", text[line:opened])[-1].strip()
            words = re.sub(r"^(?:[(]?[一二三四五六七八九十]+[)、.]+|\d{1,2}[、.])", "", words)
            return re.sub("(?:名单|清单|目录)$", "", words)
    return ""


def _heading(text: str, low: int) -> str:
    line = max(text.rfind("\n", max(0, low - 2000), low) + 1, low - 2000, 0)
    match = _HEADING.match(text, line)
    return match[1] if match and not re.search("^关于|问题$|意见$", match[1]) else ""
