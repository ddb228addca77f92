"""When an extracted row counts as a gold row: the comparisons behind every figure.

The rules are those of the annotation guidelines: strings are compared width-folded and without
white space, title marks and quotation marks; an indicator matches by containment or by at least
60 % of shared characters; an unknown gold subject matches any.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
NameOf = Callable[[str | None], str | None]

_DROPPED = re.compile(r"[\s《》〈〉“”\"'‘’「」]+")
_UNITS = {"米": "m", "公里": "km", "千米": "km", "吨": "t", "公顷": "ha", "平方公里": "km²", "平方米": "m²", "立方米": "m³",
          "元": "CNY", "百分点": "pp", "个百分点": "pp", "微克/立方米": "µg/m³", "μg/m³": "µg/m³", "毫克/升": "mg/L",
          "立方米/秒": "m³/s", "千瓦": "kW", "％": "%"}
SYMMETRIC = frozenset(("collaboratesWith",))
"""Predicates whose arguments have no order."""
_SHARED = 0.6
_TOLERANCE = 1e-6


def fold(text: str | None) -> str:
    """What two literal strings are compared by.

    >>> fold("《甘肃省 “十四五”规划》") == fold("甘肃省“十四五”规划")
    True
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def fold_unit(unit: str | None) -> str:
    """A unit in the form in which two are compared.

    >>> fold_unit("微克/立方米") == fold_unit("µg/m³")
    True
    """
    return fold(_UNITS.get((unit or "").strip(), unit))


def is_number(value: object) -> bool:
    """Whether a field holds a number."""
    return isinstance(value, (int, float))


def same_number(a: float, b: float) -> bool:
    """Equality up to a millionth."""
    return abs(a - b) <= _TOLERANCE * max(1.0, abs(a), abs(b))


def same_indicator(a: str, b: str) -> bool:
    """Whether two indicator phrases name the same thing.

    >>> same_indicator("优良天数比率", "空气质量优良天数比率"), same_indicator("森林覆盖率", "罚款")
    (True, False)
    """
    a, b = fold(a), fold(b)
    if not (a and b):
        return a == b
    if a in b or b in a:
        return True
    return 2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b)) >= _SHARED


def same_value(gold: Row, found: Row) -> bool:
    """Value, unit and indicator agree."""
    return (is_number(found.get("value")) and same_number(gold["value"], found["value"])
            and fold_unit(gold.get("unit")) == fold_unit(found.get("unit"))
            and same_indicator(gold["indicator"], found.get("indicator") or ""))


def same_value_in_full(gold: Row, found: Row, gold_about: str | None, found_about: str | None) -> bool:
    """Value, unit, indicator, kind, operator, upper bound, period and subject agree."""
    upper, found_upper = gold.get("upper"), found.get("upper")
    fields = (gold["kind"] == found.get("kind"), (gold.get("operator") or "=") == (found.get("operator") or "="),
              str(gold.get("period") or "") == str(found.get("period") or ""),
              upper is None or (isinstance(found_upper, (int, float)) and same_number(upper, found_upper)),
              gold_about is None or gold_about == found_about)
    return all(fields) and same_value(gold, found)


def pair_values(gold: Sequence[Row], found: Sequence[Row], gold_name: NameOf, found_name: NameOf, *, full: bool) -> list[tuple[int, int]]:
    """One-to-one pairs of indexes: required rows before optional ones, matches in full before matches by value."""
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(gold))), set(range(len(found)))
    for optional in (False, True):
        for in_full in (True,) if full else (True, False):
            for g in [g for g in sorted(left) if bool(gold[g].get("optional")) == optional]:
                for f in sorted(right):
                    matches = (same_value_in_full(gold[g], found[f], gold_name(gold[g].get("about")), found_name(found[f].get("about")))
                               if in_full else same_value(gold[g], found[f]))
                    if matches:
                        pairs.append((g, f))
                        left.discard(g)
                        right.discard(f)
                        break
    return pairs


def distinct_values(rows: Sequence[Row], name: NameOf) -> Iterator[Row]:
    """The rows without repetitions."""
    seen = set()
    for row in rows:
        key = (row.get("value"), fold_unit(row.get("unit")), fold(row.get("indicator")), row.get("kind"), row.get("operator") or "=",
               str(row.get("period") or ""), row.get("upper"), name(row.get("about")))
        if key not in seen:
            seen.add(key)
            yield row


def align(gold: Sequence[Row], found: Sequence[Row]) -> dict[str, str]:
    """Extracted entity id → id of the gold entity of its type that shares its name or a form, required ones first."""
    required_first = sorted(gold, key=lambda e: bool(e.get("optional")))
    owner: dict[tuple[str, str], str] = {}
    for entity in required_first:
        owner.setdefault((entity["type"], fold(entity["name"])), entity["id"])
    for entity in required_first:
        for key in sorted(keys_of(entity)):
            owner.setdefault(key, entity["id"])
    aligned = {}
    for entity in found:
        keys = [(entity["type"], fold(entity["name"])), *sorted(keys_of(entity))]
        match = next((owner[key] for key in keys if key in owner), None)
        if match is not None:
            aligned[entity["id"]] = match
    return aligned


def keys_of(entity: Row) -> set[tuple[str, str]]:
    """(type, folded string) of an entity's name and forms."""
    return {(entity["type"], fold(s)) for s in (entity["name"], *entity["forms"])}
