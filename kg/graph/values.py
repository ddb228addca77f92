"""Indicator values, indicators and units as N-Triples lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import iri
from kg.graph.lines import chinese, date, days_of, decimal, string
from kg.model import IndicatorValue
from kg.vocab import CONCEPT, LABEL, QUDT, TYPE, eco, unit_iri

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def indicator_iri(name: str, *, base: str = iri.BASE) -> str:
    """The IRI of an indicator.

    >>> indicator_iri("细颗粒物浓度")
    'https://w3id.org/shanshui/id/indicator/细颗粒物浓度'
    """
    return f"{base}indicator/{iri.segment(name)}"


def value_of(value: IndicatorValue, *, about: str | None, scope: str | None, document: str, base: str = iri.BASE) -> tuple[str, list[str]]:
    """The IRI of a value, a hash of all that is said of it, and its lines; ValueError for a period that is none.

    Where neither `about` nor `scope` (IRIs) is known, the document enters the hash.
    """
    said = list(_said(value, about, scope, base))
    place = "" if about or scope else document
    node = f"{base}value/{iri.digest(''.join([*sorted(f'{p} {o}' for p, o in said), place]))}"
    return node, [f"<{node}> <{predicate}> {object_} .\n" for predicate, object_ in said]


def _said(value: IndicatorValue, about: str | None, scope: str | None, base: str) -> Iterator[tuple[str, str]]:
    yield TYPE, f"<{eco('IndicatorValue')}>"
    yield TYPE, f"<{eco(value.kind.capitalize())}>"
    if about:
        yield eco("about"), f"<{about}>"
    if scope:
        yield eco("scopePlace"), f"<{scope}>"
    yield eco("indicator"), f"<{indicator_iri(value.indicator, base=base)}>"
    yield eco("measure"), f"<{eco(value.measure)}>"
    yield eco("operator"), string(value.operator)
    yield eco("value"), decimal(value.value)
    if value.upper is not None:
        yield eco("upperValue"), decimal(value.upper)
    yield eco("unit"), f"<{unit_iri(value.unit)}>"
    if value.period is not None:
        first, last, kind = days_of(value.period)
        yield eco("period"), string(value.period)
        yield eco("periodKind"), f"<{eco(kind)}>"
        if value.kind == "target" and _DAY.fullmatch(value.period):
            yield eco("deadline"), date(last)
        else:
            yield eco("periodStart"), date(first)
        yield eco("periodEnd"), date(last)


def indicator_lines(value: IndicatorValue, *, base: str = iri.BASE) -> Iterator[str]:
    """The indicator and the unit of a value with their labels."""
    indicator = indicator_iri(value.indicator, base=base)
    yield f"<{indicator}> <{TYPE}> <{CONCEPT}> .\n"
    yield f"<{indicator}> <{LABEL}> {chinese(value.indicator)} .\n"
    unit = unit_iri(value.unit)
    yield f"<{unit}> <{TYPE}> <{QUDT}Unit> .\n"
    yield f"<{unit}> <{QUDT}symbol> {string(value.unit)} .\n"
