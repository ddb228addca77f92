"""N-Triples as text: canonical literals, one line a triple."""

from __future__ import annotations

import calendar
import datetime
import re
from decimal import Decimal

from kg.vocab import XSD

_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t",
            8: "\\b", 12: "\\f",
            **{code: f"\\u{code:04X}" for code in (*range(8), 11, *range(14, 32), 127)},
            **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_RANGE = re.compile(r"(\d{4})/(\d{4})")


def string(text: str) -> str:
    """A plain string literal; what no UTF-8 text may hold becomes U+FFFD.

    >>> print(string('“水”\\n"山"'))
    "“水”\\n\\"山\\""
    """
    return f'"{text.translate(_ESCAPES)}"'


def chinese(text: str) -> str:
    """A literal in Chinese.

    >>> print(chinese("泾河"))
    "泾河"@zh
    """
    return f'"{text.translate(_ESCAPES)}"@zh'


def integer(number: int) -> str:
    """An integer literal."""
    return f'"{number}"^^<{XSD}integer>'


def decimal(number: float) -> str:
    """A decimal literal in canonical form, to fifteen significant digits; ValueError for what is no finite number.

    >>> print(decimal(87.20), decimal(405730000.0))
    "87.2"^^<http://www.w3.org/2001/XMLSchema#decimal> "405730000"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """
    return f'"{plain_number(number)}"^^<{XSD}decimal>'


def plain_number(number: float) -> str:
    """A number in the canonical form of xsd:decimal.

    >>> plain_number(-8.80), plain_number(0.00001), plain_number(1e20), plain_number(-0.0)
    ('-8.8', '0.00001', '100000000000000000000', '0')
    """
    exact = Decimal(f"{number:.15g}")
    if not exact.is_finite():
        raise ValueError(f"{number} is no finite number")
    text = f"{exact.normalize():f}" if exact else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date(day: datetime.date) -> str:
    """A date literal."""
    return f'"{day.isoformat()}"^^<{XSD}date>'


def days_of(period: str) -> tuple[datetime.date, datetime.date, str]:
    """First and last day of a period, and the term of its kind; ValueError where it is none.

    >>> [d.isoformat() for d in days_of("2024")[:2]], days_of("2021/2025")[2], days_of("2024-02")[1].day, days_of("2026-12-31")[2]
    (['2024-01-01', '2024-12-31'], 'rangePeriod', 29, 'dayPeriod')
    """
    if span := _RANGE.fullmatch(period):
        first, last = int(span[1]), int(span[2])
        if first > last:
            raise ValueError(f"{period}: the period ends before it begins")
        return datetime.date(first, 1, 1), datetime.date(last, 12, 31), "rangePeriod"
    parts = _PARTIAL.fullmatch(period)
    if parts is None:
        raise ValueError(f"{period!r} is neither a year, a month, a day nor a range of years")
    year, month, day = int(parts[1]), parts[2], parts[3]
    if day:
        exact = datetime.date(year, int(month), int(day))
        return exact, exact, "dayPeriod"
    if month:
        last_day = calendar.monthrange(year, int(month))[1] if 1 <= int(month) <= 12 else 0
        return datetime.date(year, int(month), 1), datetime.date(year, int(month), last_day), "monthPeriod"
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31), "yearPeriod"
