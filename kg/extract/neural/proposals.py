"""Labelled spans → mentions beside those of rules and gazetteer.

Rules and gazetteer win where they speak: a span is taken only where it meets none of their mentions, where `labels.tsv`
names its label, its probability is high enough, and its shape is that of a name of the type: the recogniser labels
有关部门 and 污水处理厂 as readily as names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from kg.extract.names.name_tables import words
from kg.extract.names.stem_words import word_set
from kg.extract.neural.recogniser import Recogniser, Span
from kg.gazetteer import Gazetteer
from kg.model import EntityType, Mention
from kg.tables import rows

TABLE = "labels.tsv"
_NAME_TAGS = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt"))
_LEAD = re.compile(r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新][东西南北中](?:部|水乡|山区)?(?=..)")
"""Part of a province before a name that is no part of it: 浙中|大盘山."""
_DESCRIBING = frozenset(("a", "b", "d", "f", "m", "q", "r"))
_HILL = "山岭峰沟坪"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is taken of one label: a row of `labels.tsv`."""

    name: str
    label: str
    type: EntityType
    subtype: str
    least: float
    stem: str
    form: re.Pattern[str]


@cache
def rules() -> tuple[Rule, ...]:
    """The rows of `labels.tsv`.

    >>> sorted({rule.type for rule in rules()})
    ['Agency', 'Place', 'Project']
    """
    types: dict[str, EntityType] = {"Agency": "Agency", "Place": "Place", "Project": "Project", "Programme": "Programme",
                                    "WaterFeature": "WaterFeature"}
    return tuple(Rule(name, label, types[type_], subtype, float(least), stem, re.compile(form))
                 for name, label, type_, subtype, least, stem, form in rows("kg.extract.neural", TABLE))


def with_recognised(mentions: Sequence[Mention], doc: Doc, *, recogniser: Recogniser, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The mentions of the rules and what the recogniser adds to them, in text order."""
    text = doc.user_data["text"]
    spans = recogniser.spans(text, list(promising(text, doc.user_data["bounds"], mentions)), labels={rule.label for rule in rules()})
    return join(mentions, spans, doc, gazetteer=gazetteer)


def promising(text: str, sentences: Iterable[tuple[int, int]], mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The sentences (in text order) with something of the form of a name where no rule speaks; the others need not be read.

    >>> text = "清水县白石沟村。水质改善。清水县。"
    >>> list(promising(text, [(0, 8), (8, 13), (13, 17)], [Mention(0, 3, "清水县", "Place"), Mention(13, 16, "清水县", "Place")]))
    [(0, 8)]
    """
    number = 0
    for start, end in sentences:
        while number < len(mentions) and mentions[number].end <= start:
            number += 1
        at, free = number, start
        gaps: list[tuple[int, int]] = []
        while at < len(mentions) and mentions[at].start < end:
            gaps.append((free, mentions[at].start))
            free = max(free, mentions[at].end)
            at += 1
        gaps.append((free, end))
        if any(b - a > 1 and any(rule.form.search(text, a, b) for rule in rules()) for a, b in gaps):
            yield start, end


def join(mentions: Sequence[Mention], spans: Iterable[Span], doc: Doc, *, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The mentions and the spans that are taken beside them, in text order.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "有关部门赴白石沟村调研。", ""))
    >>> spans = [Span(0, 4, "gov", 0.99), Span(5, 9, "loc", 0.97)]
    >>> [(m.text, m.rule) for m in join([], spans, doc, gazetteer=Gazetteer.load())]
    [('白石沟村', 'neural-village')]
    """
    taken = bytearray(len(doc.user_data["text"]))
    for mention in mentions:
        taken[mention.start:mention.end] = b"\1" * (mention.end - mention.start)
    free = (span for span in spans if not any(taken[span.start:span.end]))
    return tuple(sorted([*mentions, *_named(free, doc, gazetteer)], key=lambda m: m.start))


def _named(spans: Iterable[Span], doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    text = doc.user_data["text"]
    for whole in spans:
        lead = _LEAD.match(text, whole.start, whole.end) if whole.label == "loc" else None
        span = replace(whole, start=lead.end()) if lead else whole
        rule = next((rule for rule in rules() if _fits(rule, span, doc, gazetteer)), None) if _is_whole(whole, doc) else None
        if rule is not None:
            yield Mention(span.start, span.end, text[span.start:span.end], rule.type, rule.subtype, rule=rule.name)


def _fits(rule: Rule, span: Span, doc: Doc, gazetteer: Gazetteer) -> bool:
    form = doc.user_data["text"][span.start:span.end]
    match = rule.form.fullmatch(form) if rule.label == span.label and span.probability >= rule.least else None
    if match is None:
        return False
    stem = form[:match.start("head")] if "head" in rule.form.groupindex else form
    return _STEMS[rule.stem](stem, span, doc, gazetteer)


def _is_whole(span: Span, doc: Doc) -> bool:
    """Whether the span cuts no word in two, names that the words run into left aside (到|白石沟村|调研)."""
    around = doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    return all(token.tag_ in _NAME_TAGS for token in around if not span.start <= token.idx <= token.idx + len(token) <= span.end)


def _listed(stem: str, _span: Span, _doc: Doc, gazetteer: Gazetteer) -> bool:
    """Whether a division of the gazetteer bears the name in full, and the name is no ordinary word (新建|区)."""
    return stem[:-1] not in word_set("common") and any(e.level and e.name == stem for e in gazetteer.lookup(stem, ("Place",)))


def _plain(stem: str, span: Span, doc: Doc, _gazetteer: Gazetteer) -> bool:
    """Whether a stem holds no adjective, numeral or pronoun, as no name does (各森工|集团)."""
    inside = doc.char_span(span.start, span.start + len(stem), alignment_mode="expand") or ()
    return not any(token.tag_ in _DESCRIBING for token in inside)


def _unusual(stem: str, span: Span, doc: Doc, gazetteer: Gazetteer) -> bool:
    """Whether a plain stem holds no word that describes a kind of place either."""
    kinds = word_set("generic-place") | word_set("no-village")
    form = doc.user_data["text"][span.start:span.end]
    pieces = {form[i:j] for i in range(len(stem)) for j in range(i + 2, len(form) + 1)}
    return not pieces & kinds and stem not in kinds and _plain(stem, span, doc, gazetteer)


def _proper(stem: str, span: Span, doc: Doc, _gazetteer: Gazetteer) -> bool:
    """Whether a stem begins with a word tagged as a name or one that ends like a hill (杜家台|分蓄洪区, 包子山|提水)."""
    first = next(iter(doc.char_span(span.start, span.start + len(stem), alignment_mode="expand") or ()), None)
    if first is None or len(first) < 2 or not stem.startswith(first.text):
        return False
    usual = first.text in words("project-generic") or first.text in word_set("generic-place")
    return not usual and (first.tag_ in _NAME_TAGS or first.text[-1] in _HILL)


_STEMS = {"listed": _listed, "plain": _plain, "unusual": _unusual, "proper": _proper}
