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
_REST = ("其余", "其他", "其它", "另外", "剩余")
_HEADING = re.compile(r"[ 　\t]*(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.]|[一二三四五六七八九十]+是)\s*"
                      r"([^。,;:、\n\s]{2,16})[。\n]")


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause text[start:end] of an amount: `left` and `right` of it up to neighbouring amounts.

    `last` where no other amount follows in the clause, `listed` where the amount continues a list (、和), `among` where
    it is a part (其中), `bare` where nothing but such words precedes it;
    `heading` is the short heading of its paragraph, `prior` the measured subject of the clause before a bare one
    (用水总量零增长,总体稳定在6100亿立方米).
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
    first = number
    while first and group[first - 1].outer_end == group[first].outer_start:
        first -= 1
    before = group[first - 1] if first and group[first - 1].outer_end > start else None
    left_end = group[first].outer_start
    left_start, listed = _after_neighbour(text, before, group[first], start)
    among = _AMONG.match(text, max(low, left_start - 1), left_end)
    left_start = among.end() if among and among.end() > left_start else left_start
    left_start = calendar.skip(left_start, left_end)
    owner = owners.get(left_start)
    if owner and left_end >= owner and text[owner] not in "至到与和、及":
        left_start = calendar.skip(owner, left_end)
    left = text[max(left_start, left_end - LONGEST):left_end]
    counted = amount.dimension in ("count", "division", "class")
    enumerated = counted and "、" in left and (_ENUMERATION.search(left) is not None or _sums_up(left, amount))
    right_start, right_number = amount.outer_end, number
    while right_number + 1 < len(group) and group[right_number + 1].outer_start == right_start:
        right_number += 1
        right_start = group[right_number].outer_end
    after = group[right_number + 1] if right_number + 1 < len(group) and group[right_number + 1].outer_start < end else None
    right = text[right_start:min(end, after.outer_start) if after else end]
    if after:
        right = _COORDINATED.sub("", right)
        right = right[:_act(text, amount, right_start, right_start + len(right)) - right_start]
    right = right[:LONGEST]
    if enumerated and (nouns.head(right) or left.rstrip().endswith("等")):
        left = "等"
    bare = left.strip(" ,、:的") in _REST or left.strip().endswith("等") or not indicators.without_links(left.strip(" ,、:的"))
    prior = _prior(text, low, start, group[first - 1] if first else None) if bare and before is None else ""
    return Clause(start, end, left, right, after is None, listed, among is not None and "其中" in among[0], bare, heading, prior)


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
