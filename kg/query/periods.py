"""The periods of indicator values: 2025, 2024-06, 2021/2025."""

from __future__ import annotations

import re

_LAST = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$", re.ASCII)


def ending(period: str) -> float | None:
    """The end of a period as a year and its part; None where it has no year.

    >>> ending("2024"), ending("2017/2020"), ending("2024-07"), ending("近年来")
    (2024.0, 2020.0, 2024.5, None)
    """
    found = _LAST.search(period)
    if found is None:
        return None
    return int(found[1]) + (int(found[2]) - 1) / 12 if found[2] else float(found[1])


def covers(period: str, year: int) -> bool:
    """Whether a period touches a year.

    >>> [covers(period, 2025) for period in ("2025", "2025-06", "2021/2025", "2024", "近年来", "")]
    [True, True, True, False, False, False]
    """
    first, _, last = period.partition("/")
    years = [part[:4] for part in (first, last or first)]
    return all(part.isdecimal() for part in years) and int(years[0]) <= year <= int(years[1])
