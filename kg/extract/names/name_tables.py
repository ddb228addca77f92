"""The tables of words and head nouns that bound names: `name_words.tsv`, `programme_heads.tsv`, `project_heads.tsv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.tables import rows


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun of programmes without marks; the columns of `programme_heads.tsv`."""

    subtype: str
    pattern: str
    least: int
    proper: bool
    field: bool
    governed: bool
    anchored: bool
    after: str
    generic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Works:
    """A head noun of projects; the columns of `project_heads.tsv`."""

    subtype: str
    pattern: str
    anchor: str
    after: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A word that ends a name; `kind` says what must stand before it. The columns of `agency_heads.tsv` and `place_suffixes.tsv`."""

    word: str
    subtype: str
    kind: str


@cache
def endings(table: str) -> tuple[dict[str, Ending], re.Pattern[str]]:
    """The ending words of a table, and one pattern over all, the longest first.

    >>> endings("agency_heads.tsv")[0]["领导小组"].subtype
    'WorkingGroup'
    """
    found = {word: Ending(word, subtype, kind) for word, subtype, kind in rows("kg.extract.names", table)}
    return found, re.compile("|".join(map(re.escape, sorted(found, key=lambda w: (-len(w), w)))))


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list of `name_words.tsv`, in its order; KeyError where there is none.

    >>> "推进" in words("cut"), "河长" in words("cut")
    (True, False)
    """
    return _lists()[name]


def alternatives(name: str) -> str:
    """The words of a list as alternatives of a regular expression, in its order."""
    return "(?:" + "|".join(words(name)) + ")"


def longest_first(name: str) -> str:
    """The words of a list, escaped, as alternatives of a regular expression, the longest first."""
    return "|".join(map(re.escape, sorted(words(name), key=lambda w: (-len(w), w))))


def programme_heads() -> tuple[Head, ...]:
    """The head nouns of programmes, the more specific first."""
    return tuple(Head(subtype, pattern, int(least), "proper" in needs, "field" in needs, "governed" in needs, "anchored" in needs, after,
                      tuple(sorted(generic.split(), key=lambda w: (-len(w), w))))
                 for subtype, pattern, least, needs, after, generic in rows("kg.extract.names", "programme_heads.tsv"))


def project_heads() -> tuple[Works, ...]:
    """The head nouns of projects, the more specific first."""
    return tuple(Works(*row) for row in rows("kg.extract.names", "project_heads.tsv"))


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, row in rows("kg.extract.names", "name_words.tsv"):
        found[name] = (*found.get(name, ()), *row.split())
    return found
