"""Doc, mentions → relations between mentions, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extract import attach
from kg.extract.clauses import ANY, Mentions, Shape, shape
from kg.extract.grammar import Rule, rules, symbols
from kg.extract.modality import modality_at
from kg.model import CONTEXT_PLACE, Context, EntityType, Mention, RelationMention

_MOST_PAIRS = 64
"""Pairs of one rule at one place: a list of hundreds of names is cut."""
_MOST_MEMBERS = 48
_NATIONAL = ("中国", "全国", "中华人民共和国")


@dataclass
class Reading:
    """What reading the text so far has told: the subjects named last, and the document's own programme."""

    mentions: Sequence[Mention]
    context: Context
    title: int | None = None
    publisher: int | None = None
    paragraph: dict[EntityType, tuple[int, ...]] = field(default_factory=dict)
    last_agency: tuple[int, ...] = ()

    def kinds(self, members: Sequence[int]) -> set[EntityType]:
        return {self.mentions[i].type for i in members}


def find_relations(doc: Doc, *, mentions: Sequence[Mention], context: Context) -> tuple[RelationMention, ...]:
    """Relations in text order, each triple of mentions once a sentence.

    `mentions` are those of the document in text order; CONTEXT_PLACE stands for the jurisdiction. The evidence runs from the
    first clause involved to the last, within one sentence.
    """
    folded: str = doc.user_data["folded"]
    table = Mentions(mentions)
    reading = Reading(mentions, context)
    reading.title = _title(folded, mentions, context)
    reading.publisher = _publisher(mentions, context)
    found: list[RelationMention] = []
    for span in doc.sents:
        start, end = span.start_char, span.end_char
        if folded[max(0, start - 1):start] == "\n" or start == 0:
            reading.paragraph = {}
        if not table.within(start, end):
            continue
        one = shape(folded, start, end, table)
        found.extend(_sentence(one, folded, reading))
        _remember(one, reading)
    return tuple(found)


def _sentence(one: Shape, folded: str, reading: Reading) -> Iterator[RelationMention]:
    seen: set[tuple[int, str, int]] = set()
    for rule in rules():
        for match in rule.pattern.finditer(one.text):
            for relation in _apply(rule, match, one, folded, reading):
                key = (relation.subject, relation.predicate, relation.object)
                if key not in seen:
                    seen.add(key)
                    yield relation


def _apply(rule: Rule, match: re.Match[str], one: Shape, folded: str, reading: Reading) -> Iterator[RelationMention]:
    if rule.bar and _barred(rule, match, one):
        return
    verb = match.start("verb") if "verb" in match.re.groupindex else match.start()
    subject = _subject(rule, match, verb, one, reading)
    if not subject.members:
        return
    objects, last = _objects(rule, match, one, reading)
    first = min(match.start(), subject.start if subject.start >= 0 else match.start())
    start, end = _evidence(one, folded, first, last)
    modality = modality_at(folded, one.starts[one.clause_start(verb)], one.starts[verb])
    pairs = 0
    for s in subject.members:
        for o in objects:
            if s != o and pairs < _MOST_PAIRS and _fits(rule, s, o, reading):
                pairs += 1
                yield RelationMention(s, rule.predicate, o, start, end, modality, rule=rule.id)


def _barred(rule: Rule, match: re.Match[str], one: Shape) -> bool:
    assert rule.bar is not None
    begin = match.end("verb") if "verb" in match.re.groupindex else match.start()
    inner = one.text[min(begin, match.end()):match.start("o") if rule.names_object else match.end()]
    return bool(rule.bar.search(inner))


def _subject(rule: Rule, match: re.Match[str], verb: int, one: Shape, reading: Reading) -> attach.Subject:
    if rule.names_subject:
        return attach.Subject(one.members(*match.span("s")), match.start("s"), match.end("s"))
    at = min(verb, match.start("o")) if rule.names_object else verb
    if rule.seek == "title":
        return attach.Subject(() if reading.title is None else (reading.title,))
    near = attach.in_clause(one, at, rule.subjects) if rule.seek == "clause" else attach.in_sentence(one, at, rule.subjects)
    if near:
        return near
    return _far(rule, at, one, reading)


def _far(rule: Rule, at: int, one: Shape, reading: Reading) -> attach.Subject:
    """A subject outside the sentence."""
    if rule.seek == "place" and attach.jurisdiction(one, at):
        return attach.Subject(_place(reading))
    if rule.seek in ("clause", "sentence") or attach.generic(one, at):
        return attach.Subject(())
    for kind in sorted(rule.subjects):
        if kind in reading.paragraph:
            return attach.Subject(reading.paragraph[kind])
    if rule.seek == "agency":
        return attach.Subject(reading.last_agency or (() if reading.publisher is None else (reading.publisher,)))
    return attach.Subject(_place(reading) if rule.seek == "place" else ())


def _place(reading: Reading) -> tuple[int, ...]:
    place = reading.context.place
    return () if place is None or place in _NATIONAL else (CONTEXT_PLACE,)


def _objects(rule: Rule, match: re.Match[str], one: Shape, reading: Reading) -> tuple[tuple[int, ...], int]:
    if not rule.names_object:
        return (() if reading.title is None else (reading.title,)), match.end()
    members, end = one.members(*match.span("o")), match.end()
    if rule.lists:
        more, end = _list(one, match.end("o"), rule.objects)
        members += more
        end = max(end, match.end())
    return members[:_MOST_MEMBERS], end


def _list(one: Shape, at: int, types: frozenset[EntityType]) -> tuple[tuple[int, ...], int]:
    """Further members of a list whose parts have words of their own: 甲工程、推进中的乙工程和丙行动."""
    kind = symbols("".join({"Agency": "A", "Programme": "P", "WaterFeature": "W", "Project": "J", "Place": "L"}[t] for t in types))
    more: list[int] = []
    link = re.compile(rf"[^,;:。!?\n{ANY}]{{0,8}}(?:、|和|与|及|以及)[^,;:。!?\n{ANY}]{{0,10}}([{kind}])")
    match = link.match(one.text, at)
    while match and len(more) < _MOST_MEMBERS:
        more.append(one.mentions[match.start(1)])
        at = match.end()
        match = link.match(one.text, at)
    return tuple(more), at


def _fits(rule: Rule, s: int, o: int, reading: Reading) -> bool:
    kinds = [("Place" if i == CONTEXT_PLACE else reading.mentions[i].type) for i in (s, o)]
    if kinds[0] not in rule.subjects or kinds[1] not in rule.objects:
        return False
    if rule.predicate == "partOf" and kinds[0] != kinds[1]:
        return False
    texts = [reading.mentions[i].text if i >= 0 else "" for i in (s, o)]
    return texts[0] != texts[1]


def _evidence(one: Shape, folded: str, first: int, last: int) -> tuple[int, int]:
    """The document's offsets of the clauses from position `first` to position `last` of the shape."""
    begin, stop = one.clause_start(first), one.clause_end(max(last - 1, first))
    start = one.starts[begin]
    end = one.starts[stop] if stop < len(one.text) else one.ends[-1]
    while start < end and (folded[start].isspace() or folded[start] in ",;:、"):
        start += 1
    while end > start and (folded[end - 1].isspace() or folded[end - 1] in ",;:、"):
        end -= 1
    return start, end


def _remember(one: Shape, reading: Reading) -> None:
    for start, end in attach.clauses(one):
        for kind in ("Agency", "Place"):
            for subject in attach.subjects(one, start, end, frozenset((kind,))):
                reading.paragraph[kind] = subject.members
                if kind == "Agency":
                    reading.last_agency = subject.members
                break


def _title(folded: str, mentions: Sequence[Mention], context: Context) -> int | None:
    """The mention of the document's own programme: the longest in the first lines."""
    head = folded[:400]
    lines = [len(line) for line in head.split("\n")]
    limit = sum(n + 1 for n in lines[:4])
    heads = [i for i, m in enumerate(mentions) if m.type == "Programme" and m.start < min(limit, 400)]
    return max(heads, key=lambda i: mentions[i].end - mentions[i].start, default=None)


def _publisher(mentions: Sequence[Mention], context: Context) -> int | None:
    if not context.publisher:
        return None
    return next((i for i, m in enumerate(mentions) if m.type == "Agency" and context.publisher in (m.text, m.name)), None)
