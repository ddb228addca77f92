"""A pattern that begins with a look-ahead for its first letter finds what it would find without it.

Searches over a whole document begin so, as it takes a fifth of the time (docs/decisions/0011); a word added to such a pattern whose
first letter the look-ahead lacks would never be found.
"""

import importlib
import pkgutil
import re
from re import _constants as code
from re import _parser as parser

import pytest

import kg.extract
import kg.text

ZERO_WIDTH = (code.AT, code.ASSERT_NOT)
GROUPED = {code.SUBPATTERN: 3, code.ATOMIC_GROUP: None}
REPEATED = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


def guarded():
    """Each module-level pattern that begins with a look-ahead for one of some letters, by module and name."""
    rooms = [module.name for room in (kg.extract, kg.text) for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
             if "neural" not in module.name]
    for room in rooms:
        for name, value in vars(importlib.import_module(room)).items():
            if isinstance(value, re.Pattern) and str(value.pattern).startswith("(?=["):
                yield pytest.param(value, id=f"{room}:{name}")


def letters(items):
    """What a class of letters allows: the letters, and the names of the categories of letters."""
    found = set()
    for kind, value in items:
        if kind is code.LITERAL:
            found.add(chr(value))
        elif kind is code.RANGE:
            found |= set(map(chr, range(value[0], value[1] + 1)))
        elif kind is code.CATEGORY:
            found.add(str(value))
        else:
            raise AssertionError(f"a class that excludes letters: {kind} {value}")
    return found


def first(items):
    """The letters that a match may begin with, and whether it may be empty."""
    found = set()
    for kind, value in items:
        if kind in ZERO_WIDTH or kind is code.ASSERT:
            continue
        if kind is code.LITERAL:
            return found | {chr(value)}, False
        if kind is code.IN:
            return found | letters(value), False
        if kind is code.BRANCH:
            sides = [first(side) for side in value[1]]
            found |= set().union(*(side for side, _ in sides))
            empty = any(empty for _, empty in sides)
        elif kind in GROUPED:
            inner, empty = first(value if GROUPED[kind] is None else value[GROUPED[kind]])
            found |= inner
        elif kind in REPEATED:
            inner, empty = first(value[2])
            found |= inner
            empty = empty or value[0] == 0
        else:
            raise AssertionError(f"may begin with anything: {kind} {value}")
        if not empty:
            return found, False
    return found, True


def test_first_letters_of_a_pattern_are_told():
    assert first(parser.parse("(?<=。)(?:甘|[陕青])?(?:(?!市)省|县)+.")) == (set("甘陕青省县"), False)
    assert first(parser.parse("(?:河)?")) == ({"河"}, True)


@pytest.mark.parametrize("pattern", guarded())
def test_a_look_ahead_knows_every_first_letter(pattern):
    (kind, (_, ahead)), *rest = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    assert kind is code.ASSERT
    known, _ = first(ahead)
    wanted, empty = first(rest)
    assert not empty
    assert wanted <= known
