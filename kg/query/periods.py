"""The periods of indicator values and documents, as the graph has them: 2025, 2024-06, 2024-06-30, 2021/2025."""

from __future__ import annotations

from kg.graph.lines import days_of


def ending(period: str) -> float | None:
    """The end of a period as a year and its part; None where it is no period.

    >>> ending("2024"), ending("2017/2020"), ending("2024-07"), ending("2024-07-15"), ending("近年来")
    (2024.0, 2020.0, 2024.5, 2024.5, None)
    """
    try:
        _, last, kind = days_of(period)
    except ValueError:
        return None
    return last.year + (last.month - 1) / 12 if kind in ("monthPeriod", "dayPeriod") else float(last.year)


def covers(period: str, year: int) -> bool:
    """Whether a period touches a year; none does that is no period.

    >>> [covers(period, 2025) for period in ("2025", "2025-06", "2021/2025", "2024", "近年来", "")]
    [True, True, True, False, False, False]
    """
    try:
        first, last, _ = days_of(period)
    except ValueError:
        return False
    return first.year <= year <= last.year


def year_of(*said: str) -> int:
    """The year of the first that is a period or begins with a day; 0 where none is.

    >>> year_of("时间不详", "2024-03-01"), year_of("2024-03-01T08:00:00"), year_of("")
    (2024, 2024, 0)
    """
    ended = (ending(text[:10]) for text in said)
    return next((int(year) for year in ended if year is not None), 0)
