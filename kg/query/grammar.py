"""The grammar of asking: which ready question the tokens of a phrase fit, and with which parameters.

A pattern (phrases.tsv) needs some slots and classes of words and allows others; what it leaves unexplained counts against it. No
pattern is a sentence: the order matters only where it tells who does what to whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg import tables
from kg.model import ENTITY_TYPES
from kg.query.linking import Candidate
from kg.query.words import NEUTRAL, Token, weight

ENOUGH = 0.75
"""Share of the telling characters of a phrase that a pattern has to explain."""
_SLOT = re.compile(r"\{(\w+):([\w|]+)\}")
_LITERAL = {"day": ("year", "date"), "indicator": ("indicator",)}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a pattern: a slot with its parameter and types, or classes of words; needed or allowed."""

    parameter: str
    kinds: tuple[str, ...]
    needed: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of asking a ready question."""

    question: str
    parts: tuple[Part, ...]
    ordered: bool

    @property
    def needed(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.needed)

    @property
    def words(self) -> frozenset[str]:
        """The classes of words that it knows."""
        return frozenset(kind for part in self.parts if not part.parameter for kind in part.kinds)


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase read as a question: the parameters as tokens with the candidate chosen, and how well it fits.

    `explained` is the share of the telling characters that the pattern accounts for.
    """

    pattern: Pattern
    filled: Mapping[str, tuple[Token, Candidate | None]]
    explained: float
    score: float


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """All patterns, in the order of the table."""
    return tuple(_pattern(question, text) for question, text in tables.rows("kg.query", "questions/phrases.tsv"))


def _pattern(question: str, text: str) -> Pattern:
    parts = []
    for word in text.removeprefix("> ").split():
        needed, body = not word.endswith("?"), word.removesuffix("?")
        slot = _SLOT.fullmatch(body)
        parts.append(Part(slot[1], tuple(slot[2].split("|")), needed) if slot else Part("", tuple(body.split("|")), needed))
    return Pattern(question, tuple(parts), text.startswith("> "))


def readings(found: Sequence[Token]) -> list[Reading]:
    """All readings of a phrase, the best first; of a question the best only."""
    best: dict[str, Reading] = {}
    for pattern in patterns():
        reading = _best(pattern, found)
        if reading and (pattern.question not in best or reading.score > best[pattern.question].score):
            best[pattern.question] = reading
    return sorted(best.values(), key=lambda r: -r.score)


def near(found: Sequence[Token]) -> list[str]:
    """The questions that share most words with a phrase, the best first."""
    scored: dict[str, float] = {}
    for pattern in patterns():
        known = pattern.words - NEUTRAL
        slots = {kind for part in pattern.parts if part.parameter for kind in part.kinds}
        first = {kind for part in pattern.needed for kind in part.kinds} & known
        shared = sum(len(t.text) * (1 + bool(t.classes & first)) for t in found if t.classes & known)
        shared += sum(1 for t in found for c in t.candidates[:1] if c.type in slots or "entity" in slots)
        missing = sum(not any(_fits(part, t) for t in found) for part in pattern.needed)
        scored[pattern.question] = max(scored.get(pattern.question, 0.0), shared - missing)
    return [name for name, score in sorted(scored.items(), key=lambda pair: (-pair[1], pair[0])) if score > 0]


def _best(pattern: Pattern, found: Sequence[Token]) -> Reading | None:
    made = [_reading(pattern, found, chosen) for chosen in _choices(pattern, found, 0, -1, frozenset())]
    return max(made, key=lambda r: r.score, default=None)


def _choices(pattern: Pattern, found: Sequence[Token], number: int, after: int, used: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Ways of filling the needed parts with tokens, each its own."""
    if number == len(pattern.needed):
        yield ()
        return
    part = pattern.needed[number]
    for index, token in enumerate(found):
        if index in used or (pattern.ordered and index <= after) or not _fits(part, token, pattern.words):
            continue
        for rest in _choices(pattern, found, number + 1, index, used | {index}):
            yield (index, *rest)


def _fits(part: Part, token: Token, known: frozenset[str] = frozenset()) -> bool:
    if not part.parameter:
        return bool(token.classes & set(part.kinds))
    if part.kinds == ("text",):
        told = token.kind == "cue" and not token.neutral and not token.classes & known
        return told or token.kind in ("indicator", "quoted") or (token.kind == "unknown" and len(token.text) > 1)
    if token.kind in _LITERAL:
        return part.kinds[0] in _LITERAL[token.kind]
    return token.kind == "entity" and _candidate(part, token) is not None


def _candidate(part: Part, token: Token) -> Candidate | None:
    return next((c for c in token.candidates if c.type in part.kinds or ("entity" in part.kinds and c.type in ENTITY_TYPES)), None)


def _reading(pattern: Pattern, found: Sequence[Token], chosen: tuple[int, ...]) -> Reading:
    filled: dict[str, tuple[Token, Candidate | None]] = {}
    explained: set[int] = set(chosen)
    for part, index in zip(pattern.needed, chosen, strict=True):
        if part.parameter:
            token, more = _widened(found, index, explained, pattern.words) if part.kinds == ("text",) else (found[index], set())
            explained |= more
            filled[part.parameter] = (token, _candidate(part, token))
    for part in pattern.parts:
        if not part.needed and part.parameter:
            index = next((n for n, t in enumerate(found) if n not in explained and _fits(part, t)), -1)
            if index >= 0:
                explained.add(index)
                filled[part.parameter] = (found[index], _candidate(part, found[index]))
    _leave_nothing_out(pattern, found, filled, explained)
    explained |= {n for n, t in enumerate(found) if t.classes & pattern.words}
    told = sum(weight(found[n], explained=True) for n in explained)
    left = sum(weight(t, explained=False) for n, t in enumerate(found) if n not in explained)
    share = told / (told + left) if told + left else 1.0
    return Reading(pattern, filled, share, share * 20 + _merit(pattern, filled))


def _leave_nothing_out(pattern: Pattern, found: Sequence[Token], filled: dict[str, tuple[Token, Candidate | None]],
                       explained: set[int]) -> None:
    """Words that are unknown narrow a question down where it can be: 用于土壤修复的资金 asks for no other money."""
    for part in pattern.parts:
        if part.kinds == ("indicator",) and part.parameter not in filled:
            index = next((n for n, t in enumerate(found) if n not in explained and t.kind == "unknown" and len(t.text) > 1), -1)
            if index >= 0:
                token, more = _widened(found, index, explained, pattern.words)
                filled[part.parameter] = (token, None)
                explained |= more


def _merit(pattern: Pattern, filled: Mapping[str, tuple[Token, Candidate | None]]) -> float:
    """What speaks for a pattern beside the words it explains: what it needs; days for limits, years for periods; few words for a text."""
    merit = sum(1.0 if part.parameter or not set(part.kinds) <= NEUTRAL | {"who", "place"} else 0.5 for part in pattern.needed)
    for part in pattern.parts:
        if part.parameter in filled:
            token, candidate = filled[part.parameter]
            merit += 0.6 if part.needed else 0.5
            if part.kinds[0] in ("text", "indicator") and token.kind != "indicator":
                merit -= 3.0 if token.kind == "cue" else 1.5
            if token.kind == "day":
                merit += 0.8 if token.exact == (part.kinds[0] == "date") else -1.5
            if candidate is not None:
                merit -= 0.05 * candidate.rank + 0.3 * (token.candidates[0].iri != candidate.iri)
    return merit


def _widened(found: Sequence[Token], index: int, used: set[int], known: frozenset[str]) -> tuple[Token, set[int]]:
    """The words around a token that belong to the text asked for."""
    def belongs(n: int) -> bool:
        t = found[n]
        return n not in used and t.kind not in ("day", "entity") and not t.neutral and not t.classes & known
    first = last = index
    while last + 1 < len(found) and belongs(last + 1):
        last += 1
    while first > 0 and belongs(first - 1):
        first -= 1
    text = "".join(t.text for t in found[first:last + 1])
    kind = "cue" if all(t.kind == "cue" for t in found[first:last + 1]) else "quoted"
    return Token(found[first].start, found[last].end, text, kind), set(range(first, last + 1))
