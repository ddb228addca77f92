"""Tasks with those who answer for them, in brackets or in lines of their own.

实施清河行动。(市水利局牵头,市财政局参与), (责任单位:市水利局), 责任单位:市水利局 | 督导单位:省水利厅.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from kg.extract.claims.grammar import alternatives
from kg.model import Mention, Predicate, RelationMention

_ROLES = "负责|牵头|指导|督导|配合|参与|参加|协助|落实|承担"
_LABEL = "(?P<label>责任|牵头|配合|落实|负责|主管|主办|参与|实施|指导)(?:单位|部门):"
_BRACKET = re.compile(rf"\((?:{_LABEL}[^()\n]{{2,200}}|[^()\n]{{2,200}}?(?:{_ROLES})[^()\n]{{0,8}})\)")
_PART = re.compile(rf"(?:{_LABEL})?[^,;:]+?(?:(?P<role>{_ROLES})[^,;:]*)?(?=[,;:)]|$)")
_LINE = re.compile(r"(?:^|(?<=[\n。;]))[ \t\u3000]*(?:\d+[.、)])?(?P<role>责任|牵头|配合|负责|落实|主管|主办|参与|实施|督导|督办|验收|监督)"
                   r"(?:责任)?(?:单位|部门):(?P<who>[^。\n;:]{2,200})")
_WATCH = ("督导", "督办", "监督", "验收")
_LEAD = ("责任", "牵头")
_NEAR = 4
"""Characters between the lines of one task."""
_GUIDE = ("指导", "督导")
_ISSUE, _IMPLEMENT = (re.compile(f"{alternatives(name)}[^,;:。!?]{{0,14}}$") for name in ("issue", "implement"))
_ASIDE = re.compile(r"(?:^|[,;:。、!?\s])(?:对|结合|为|按照|根据|围绕|依托|利用)[^,;:。!?]{0,30}$")
"""A programme named by the way: 对 | 开展甲整治成效明显的县, 结合推进甲行动."""
_LONGEST = 300
"""Characters before the bracket that can hold its task."""


def assigned(folded: str, mentions: Sequence[Mention]) -> Iterator[RelationMention]:
    """Who implements, issues or guides the programmes and projects of the task before a bracket.

    >>> text = "启动清河行动。(市水利局负责,省水利厅指导)"
    >>> mentions = [Mention(2, 6, "清河行动", "Programme"), Mention(8, 12, "市水利局", "Agency"), Mention(15, 19, "省水利厅", "Agency")]
    >>> [(r.subject, r.predicate, r.object) for r in assigned(text, mentions)]
    [(1, 'implements', 0), (2, 'supervises', 0)]
    """
    order = sorted(range(len(mentions)), key=lambda i: mentions[i].start)
    starts = [mentions[i].start for i in order]
    reached = 0
    brackets = tuple(_BRACKET.finditer(folded))

    def within(start: int, end: int, *types: str) -> list[int]:
        return [i for i in order[bisect_left(starts, start):bisect_left(starts, end)] if mentions[i].type in types]

    for bracket in brackets:
        begin = max(reached, folded.rfind("\n", 0, bracket.start()) + 1, bracket.start() - _LONGEST)
        reached = bracket.end()
        tasks = [(i, verb) for i in within(begin, bracket.start(), "Programme", "Project")
                 if (verb := _verb(folded, begin, mentions[i])) is not None]
        if not tasks:
            continue
        for part in _PART.finditer(folded, bracket.start() + 1, bracket.end() - 1):
            guides = (part["role"] or part["label"]) in _GUIDE
            for agency in within(part.start(), part.end(), "Agency"):
                for task, verb in tasks:
                    predicate: Predicate = "supervises" if guides else verb
                    yield RelationMention(agency, predicate, task, mentions[task].start, bracket.end(), "required", rule="assigned")
    yield from _lines(folded, mentions, within, tuple(bracket.span() for bracket in brackets))


def _lines(folded: str, mentions: Sequence[Mention], within: Callable[..., list[int]],
           brackets: Sequence[tuple[int, int]]) -> Iterator[RelationMention]:
    """Lines outside brackets that say who is responsible for the task above them and who watches over those who are."""
    reached, responsible, since, tasks = 0, list[int](), 0, list[tuple[int, Predicate | None]]()
    for line in _LINE.finditer(folded) if "单位:" in folded or "部门:" in folded else ():
        around = bisect_left(brackets, (line.start(), 0)) - 1
        if around >= 0 and line.start() < brackets[around][1]:
            continue
        agencies, end = within(line.start("who"), line.end("who"), "Agency"), line.end("who")
        if line["role"] in _WATCH:
            watched = [i for i in responsible if line.start() - since <= _LONGEST]
            pairs: list[tuple[int, Predicate, int]] = [(a, "supervises", o) for a in agencies for o in watched]
        else:
            begin = max(reached, line.start() - _LONGEST)
            above = [(i, _verb(folded, begin, mentions[i])) for i in within(begin, line.start("role"), "Programme", "Project")]
            tasks = above if above or line.start() - since > _NEAR else tasks
            pairs = [(a, verb, task) for task, verb in tasks if verb for a in agencies]
            responsible = responsible + agencies if line.start() - since <= _NEAR and line["role"] not in _LEAD else agencies
            since = line.end()
        for subject, predicate, o in pairs:
            if mentions[subject].text != mentions[o].text:
                yield RelationMention(subject, predicate, o, mentions[o].start, end, "required", rule="assigned-line")
        reached = line.end()


def _verb(folded: str, begin: int, mention: Mention) -> Predicate | None:
    """What is done with a programme or project, by the verb before it."""
    before = folded[max(begin, mention.start - 20):mention.start].rstrip("《“\"")
    if _ASIDE.search(folded[max(begin, mention.start - 40):mention.start]):
        return None
    if mention.type == "Programme" and _ISSUE.search(before):
        return "issues"
    return "implements" if _IMPLEMENT.search(before) else None
