"""Indicator values as people read them, and as points over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.query.periods import ending
from kg.query.reading import ValueRow

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 360, 150, 52, 12, 14, 24
"""Pixels of a chart and of what surrounds its points."""
_OPERATORS: Final = {"=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}
_LARGE: Final = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_MONEY: Final = {"CNY": "元"}


@dataclass(frozen=True, slots=True)
class Point:
    """A value in a chart: where it stands, what is said of it, and whether it is a target."""

    x: float
    y: float
    target: bool
    text: str
    period: str
    iri: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The values of one indicator in one unit over time, with the marks of its axes as (place, text)."""

    indicator: str
    unit: str
    points: tuple[Point, ...]
    line: str
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    subject: str = ""


def figure(value: ValueRow) -> str:
    """A value as its document writes it, else its number and unit.

    >>> from kg.query.reading import Evidence
    >>> figure(ValueRow("", "", "Target", "投资", ">=", "406000000", "", "CNY", "2024", "done", "", Evidence("", "", "")))
    '≥4.06亿元'
    """
    return written(value.written, value.operator, value.number, value.upper, value.unit)


def written(words: str, operator: str, number: str, upper: str, unit: str) -> str:
    """The words of a value with the sign of their comparison, else its number and unit.

    >>> written("95%", ">=", "95", "", "%"), written("5—10公里", "=", "5", "10", "km")
    ('≥95%', '5—10公里')
    """
    return f"{'' if upper else _OPERATORS.get(operator, operator)}{words}" if words else exact(operator, number, upper, unit)


def exact(operator: str, number: str, upper: str, unit: str) -> str:
    """A number with its comparison and unit: large ones in 万 and 亿.

    >>> exact(">=", "87.2", "", "%"), exact("=", "30", "50", "km")
    ('≥87.2%', '30–50km')
    """
    sign = _OPERATORS.get(operator, operator)
    end = f"–{short(upper)}" if upper else ""
    return f"{'' if upper else sign}{short(number)}{end}{_MONEY.get(unit, unit)}"


def short(number: str) -> str:
    """A number in few characters.

    >>> short("406000000"), short("23500"), short("87.20"), short("-0.5")
    ('4.06亿', '2.35万', '87.2', '-0.5')
    """
    value = Decimal(number)
    for size, name in _LARGE:
        if abs(value) >= size:
            return f"{_plain((value / size).quantize(Decimal('0.0001')))}{name}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def charts(values: Iterable[ValueRow], *, subject: str = "", most: int = 6) -> list[Chart]:
    """A chart for each indicator and unit that has values of two times or more; those with most points first."""
    grouped: dict[tuple[str, str], dict[str, ValueRow]] = {}
    for value in values:
        if value.kind != "Change" and ending(value.period) is not None and value.modality not in ("negated", "prohibited"):
            grouped.setdefault((value.indicator, value.unit), {}).setdefault(value.iri, value)
    fitting = [(key, list(found.values())) for key, found in grouped.items() if len({v.period for v in found.values()}) > 1]
    fitting.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    return [chart(name, unit, found, subject) for (name, unit), found in fitting[:most]]


def chart(indicator: str, unit: str, values: Sequence[ValueRow], subject: str = "") -> Chart:
    """The points of values over time, and a line through the results."""
    times = sorted((ending(v.period) or 0, v.kind, float(v.number), v.iri, v) for v in values)
    first, last = times[0][0], times[-1][0]
    numbers = [time[2] for time in times]
    low, high = min(numbers), max(numbers)
    low = 0 if 0 <= low < high / 2 else low
    span, room = (last - first) or 1, (high - low) or 1

    def x(time: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (time - first) / span, 1)

    def y(number: float) -> float:
        if low == high:
            return (TOP + HEIGHT - BOTTOM) / 2
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * ((number - low) / room), 1)

    points = tuple(Point(x(time), y(number), kind == "Target", figure(value), value.period, value.evidence.sentence)
                   for time, kind, number, _, value in times)
    line = " ".join(f"{p.x},{p.y}" for p in points if not p.target)
    years = sorted({int(time[0]) for time in times})
    step = max(1, -(-len(years) // 5))
    across = tuple((x(year), str(year)) for year in years[::step])
    ends = sorted({min(numbers), high})
    up = tuple((y(n), short(str(Decimal(repr(n)).normalize()))) for n in ends if n == high or y(n) - y(high) > 12)
    return Chart(indicator, unit, points, line, across, up, subject)
