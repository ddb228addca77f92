"""A question in Chinese as tokens: entities of the graph, days and years, indicators, words of asking, and what is none of them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kg import tables
from kg.query.forms import folded
from kg.query.linking import Candidate, Names, elsewhere

NEUTRAL = frozenset(("filler", "ask"))
"""Classes of words that say nothing of what is asked for."""
INTERROGATIVE = NEUTRAL | {"who", "bywho", "place"}
ORDER = ("unknown", "elsewhere", "indicator", "cue", "day", "quoted", "entity")
"""Of readings of one length, the later kind wins."""
_QUOTED = re.compile(r"[“\"「『‘']([^”\"」』’']{2,30})[”\"」』’']")
_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)(?:年|-(?=\d))?(?:(?P<month>1[0-2]|0?[1-9])(?:月份?|-(?=\d)))?"
                  r"(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]?)?(?P<end>年?底|年?末|年终)?(?P<by>之前|以前|前|为止|止)?")
_PLAN = re.compile(r"十(?P<which>[二三四五六])五(?P<end>期?末|收官)?(?:时期|期间)?")
_RELATIVE = {"今天": 0, "今日": 0, "今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1,
             "后年": 2}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR = re.compile(r"(?<![〇零一二三四五六七八九])[一二][〇零一二三四五六七八九]{3}(?=年)")
_POINTING = re.compile(r"[那这](?:个|家|座|条|项|份|部|些)")
_VERBS = frozenset(("RESULT", "RESPONSIBLE", "DUE", "TARGET", "ISSUE", "CHANGE", "SUPERVISE", "ask", "filler", "who", "place", "HOWMUCH"))
_LONG = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a question: its kind (entity, day, indicator, quoted, cue, unknown, elsewhere), what it may name, its classes, its day.

    `exact` where a day is more than a year: a month, a day, an end, a limit.
    """

    start: int
    end: int
    text: str
    kind: str
    candidates: tuple[Candidate, ...] = ()
    classes: frozenset[str] = frozenset()
    day: date | None = None
    exact: bool = False

    @property
    def neutral(self) -> bool:
        """Whether it only makes a question of the words around it."""
        return bool(self.classes & INTERROGATIVE)


@lru_cache(maxsize=1)
def cues() -> Mapping[str, frozenset[str]]:
    """Word of asking → its classes."""
    found: dict[str, set[str]] = {}
    for name, words in tables.rows("kg.query", "questions/cues.tsv"):
        for word in words.split("|"):
            if spelled := folded(word):
                found.setdefault(spelled, set()).add(name)
    return {word: frozenset(classes) for word, classes in found.items()}


def tokens(phrase: str, names: Names, indicators: str, *, today: date) -> list[Token]:
    """The tokens of a question, in order; the longest reading at each place wins, an entity before a word.

    `indicators` are the names of all indicators, a line each.

    >>> [t.text for t in tokens("请问2025年有哪些目标？", Names(), "", today=date(2024, 5, 1)) if not t.neutral]
    ['2025年', '目标']
    """
    text = _POINTING.sub("", _YEAR.sub(lambda found: found[0].translate(_DIGITS), folded(phrase)))
    quoted = {text.find(folded(q[1])): folded(q[1]) for q in _QUOTED.finditer(phrase)}
    vague = _vague(text, names)
    found: list[Token] = []
    at = 0
    while at < len(text):
        token = max(_readings(text, at, names, vague, quoted, indicators, today), key=lambda t: (t.end, ORDER.index(t.kind)))
        at = token.end
        if token.kind == "unknown" and found and found[-1].kind == "unknown":
            before = found.pop()
            token = Token(before.start, at, text[before.start:at], "unknown")
        found.append(token)
    return [_told(token, indicators) for token in found]


def _readings(text: str, at: int, names: Names, vague: Mapping[int, tuple[int, tuple[Candidate, ...]]], quoted: Mapping[int, str],
              indicators: str, today: date) -> Iterator[Token]:
    yield Token(at, at + 1, text[at], "unknown")
    end, named = names.at(text, at)
    if named and not (named[0].rank and text[at:end] in cues()):
        yield Token(at, end, text[at:end], "entity", named)
    elif strange := next((text[at:e] for e in range(min(len(text), at + 12), at + 1, -1) if text[at:e] in elsewhere()), ""):
        yield Token(at, at + len(strange), strange, "elsewhere")
    if at in vague and vague[at][0] > end:
        yield Token(at, vague[at][0], text[at:vague[at][0]], "entity", vague[at][1])
    if at in quoted and quoted[at] and not named:
        yield Token(at, at + len(quoted[at]), quoted[at], "quoted")
    yield from _days(text, at, today)
    word = next((text[at:e] for e in range(min(len(text), at + 10), at, -1) if text[at:e] in cues()), "")
    if word:
        yield Token(at, at + len(word), word, "cue", classes=cues()[word])
    if not (len(word) > 1 and cues()[word] & _VERBS) and (long := _measured(text, at, indicators, _LONG)):
        yield Token(at, at + len(long), long, "indicator")


def _vague(text: str, names: Names) -> dict[int, tuple[int, tuple[Candidate, ...]]]:
    """Words that stand, in their order, in a longer name, by where they begin; none cuts the name of another entity."""
    exact = [(at, end) for at in range(len(text)) for end, named in [names.at(text, at)] if named]
    found: dict[int, tuple[int, tuple[Candidate, ...]]] = {}
    for end in range(2, len(text) + 1):
        begin, named = names.around(text, end)
        cuts = any(at < begin < stop or (at < end < stop and stop - at >= end - begin) for at, stop in exact)
        if named and text[begin:end] not in cues() and not cuts:
            found[begin] = (end, named)
    return found


def _days(text: str, at: int, today: date) -> Iterator[Token]:
    if (said := _DAY.match(text, at)) and not text[at - 1:at].isdigit():
        year, month = int(said["year"]), int(said["month"] or 12)
        last = min(int(said["day"] or 31), monthrange(year, month)[1])
        exact = any(said[name] for name in ("month", "end", "by"))
        yield Token(at, said.end(), said[0], "day", day=date(year, month, last), exact=exact)
    if plan := _PLAN.match(text, at):
        year = 2015 + 5 * "二三四五六".index(plan["which"])
        yield Token(at, plan.end(), plan[0], "day", day=date(year, 12, 31))
    for word, years in _RELATIVE.items():
        if text.startswith(word, at):
            end = at + len(word)
            tail = re.compile(r"(?:年?底|末)?(?:之前|以前|前)?").match(text, end)
            stop = tail.end() if tail else end
            day = today if word in ("今天", "今日") else date(today.year + years, 12, 31)
            yield Token(at, stop, text[at:stop], "day", day=day, exact=stop > end or day == today)


def _measured(text: str, at: int, indicators: str, shortest: int) -> str:
    """The longest piece from a place on, of at least some length, that stands in the name of an indicator."""
    best = ""
    for end in range(at + shortest, min(len(text), at + 30) + 1):
        if text[at:end] not in indicators:
            break
        best = text[at:end]
    return best


def _told(token: Token, indicators: str) -> Token:
    """Unknown words that name a pollutant or stand in an indicator's name as an indicator, and that with the classes of its ends."""
    if token.kind == "unknown" and (token.text in pollutants() or (len(token.text) > 1 and token.text in indicators)):
        return Token(token.start, token.end, token.text, "indicator")
    if token.kind == "indicator":
        ends = [c for word, c in cues().items() if len(word) > 1 and (token.text.endswith(word) or token.text.startswith(word))]
        return Token(token.start, token.end, token.text, "indicator", classes=frozenset().union(*ends) & {"MONEY", "AIRQ", "WATERQ"})
    return token


@lru_cache(maxsize=1)
def pollutants() -> frozenset[str]:
    """Names and formulas of pollutants."""
    return frozenset(folded(form) for row in tables.rows("kg_gazetteer", "pollutants.tsv") for form in (row[0], *row[1].split("|")) if form)


def weight(token: Token, *, explained: bool) -> float:
    """What a token counts for: its characters; nothing where it only asks, less where it is left over and may be an ornament."""
    left = 2.0 if "OPINION" in token.classes else {"unknown": 0.5, "cue": 0.7, "entity": 1.3}.get(token.kind, 1.0)
    return 0.0 if token.neutral else (token.end - token.start) * (1.0 if explained and token.kind != "unknown" else left)
