"""When an extracted row counts as a gold row though some of it differs: the relaxed figures.

They start from the strict figures. Within a document and a level, rows that strict comparison left over are paired one
to one where they agree by the looser rule, the closest first; a pair is one right row instead of a wrong and a missed one. What is
wrong still but agrees with an optional gold row is left out. So a relaxed figure is never below the strict one. For
entities this is the "type" measure of SemEval-2013 task 9.1 (right type, overlapping extent), after the one-to-one alignment of MUC.

| level | agrees where |
|---|---|
| entities | the type is the same, and one form contains the other or they overlap by two or more characters at their ends |
| names | the type is the same, and one name contains the other |
| relations | the predicate is the same, and both arguments agree with the gold ones as entities do, by name or any form |
| values | value and unit are the same, whatever the indicator |
| indicator_values | value, unit, indicator and kind are the same, whatever the operator, upper bound, period and subject |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg.evaluate.matching import SYMMETRIC, Row, fold, fold_unit, is_number, keys_of, same_indicator, same_number, same_value
from kg.evaluate.statements import Statement

_SHORTEST = 2
Closeness = Callable[[Statement, Statement], int]


def overlap(one: str, other: str) -> int:
    """How many characters two folded strings share where one contains the other or the end of one begins the other, else 0.

    >>> overlap("崆峒区", "平凉市崆峒区"), overlap("泾河平镇桥", "平镇桥断面"), overlap("渭河", "河口")
    (3, 3, 0)
    """
    shorter, longer = sorted((one, other), key=len)
    if shorter and shorter in longer:
        return len(shorter)
    ends = (n for n in range(len(shorter) - 1, _SHORTEST - 1, -1) if shorter[:n] == longer[-n:] or shorter[-n:] == longer[:n])
    return next(ends, 0)


def contained(one: str, other: str) -> int:
    """The length of the shorter string where the other contains it, else 0.

    >>> contained("甘肃省水利厅", "水利厅"), contained("甘肃省水利厅", "水利局")
    (3, 0)
    """
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) if shorter in longer else 0


def pairs(level: str, gold: Sequence[Statement], found: Sequence[Statement]) -> list[tuple[int, int]]:
    """One-to-one pairs of indexes (gold, found) that agree by the rule of the level, the closest first.

    >>> gold = [Statement("Agency", "", key=key) for key in ("省水利厅", "水利厅河湖处")]
    >>> pairs("entities", gold, [Statement("Agency", "", key=key) for key in ("水利厅河湖处的", "省林业厅")])
    [(1, 0)]
    """
    close = _CLOSENESS[level]
    scored = [(close(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if g.part == f.part]
    chosen: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = set(), set()
    for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score > 0 and i not in used[0] and j not in used[1]:
            chosen.append((i, j))
            used[0].add(i)
            used[1].add(j)
    return chosen


def agrees(level: str, gold: Sequence[Statement], found: Statement) -> bool:
    """Whether an extracted statement agrees with any of the gold ones by the rule of the level.

    >>> agrees("names", [Statement("Place", "", key="宜昌市长阳县")], Statement("Place", "", key="长阳县"))
    True
    """
    return any(g.part == found.part and _CLOSENESS[level](g, found) > 0 for g in gold)


def _forms(gold: Statement, found: Statement) -> int:
    return overlap(gold.key, found.key)


def _names(gold: Statement, found: Statement) -> int:
    return contained(gold.key, found.key)


def _relations(gold: Statement, found: Statement) -> int:
    ways = [found.ends, found.ends[::-1]] if found.part in SYMMETRIC else [found.ends]
    return max((_arguments(gold.ends, ends) for ends in ways), default=0)


def _arguments(gold: Sequence[Row], found: Sequence[Row]) -> int:
    scores = [_alike(g, f) for g, f in zip(gold, found, strict=True)]
    return sum(scores) if all(scores) else 0


def _alike(gold: Row, found: Row) -> int:
    return max((overlap(a, b) for kind, a in keys_of(gold) for other, b in keys_of(found) if kind == other), default=0)


def _number_and_unit(gold: Row, found: Row) -> bool:
    same = is_number(found.get("value")) and same_number(gold["value"], found["value"])
    return same and fold_unit(gold.get("unit")) == fold_unit(found.get("unit"))


def _values(gold: Statement, found: Statement) -> int:
    if not _number_and_unit(gold.row, found.row):
        return 0
    named, other = str(gold.row["indicator"]), str(found.row.get("indicator") or "")
    return 2 + contained(fold(named), fold(other)) if same_indicator(named, other) else 1


def _indicator_values(gold: Statement, found: Statement) -> int:
    if not same_value(gold.row, found.row) or gold.row["kind"] != found.row.get("kind"):
        return 0
    return 1 + sum(1 for field in ("operator", "upper", "period") if gold.row.get(field) == found.row.get(field))


_CLOSENESS: Mapping[str, Closeness] = {"entities": _forms, "names": _names, "relations": _relations, "values": _values,
                                       "indicator_values": _indicator_values}
