"""Doc, mentions → relations between mentions, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extract import attach
from kg.extract.bases import bases
from kg.extract.enumerations import enumerated
from kg.extract.grammar import Rule, rules, symbols
from kg.extract.implied import implied
from kg.extract.modality import modality_at
from kg.extract.shapes import ANY, Mentions, Shape, evidence, shape
from kg.model import CONTEXT_PLACE, Context, EntityType, Mention, Predicate, RelationMention

_PLACE, _WET = symbols("L"), symbols("W")
_AREAS, _WORKS = ("Place", "WaterFeature"), ("Programme", "Project")
_KINDS: tuple[EntityType, ...] = ("Agency", "Place", "Project", "WaterFeature")
_MOST_PAIRS = 64
"""Pairs of one rule at one place: a list of hundreds of names is cut."""
_MOST_MEMBERS = 48
_LONGEST = 1000
"""Characters of a sentence that are read as one."""
_TITLE_END = re.compile(r"[^。,;]{0,8}$")
_TITLE_LINES, _TITLE_SHARE = 5, 0.4
"""How many opening lines may hold the document's own name, and how much of its line that name must fill."""
_DIVISION = re.compile(r"(?:[省市州县盟旗镇乡村]|(?<![地原片范护灌矿园发新景库流林牧社厂示])区)$")
_COPULA = re.compile(r"[^,;:。!?]{0,8}?(?<!还|不|但|也|都|就)是")
_NOT_ISSUED = re.compile(
    r"(?:等)?(?:的?(?:相关|有关|配套|具体|年度)?(?:工作|情况|信息|考核|任务|责任|实施细则|配套|台账|措施|进展|要求)|相关|有关|的实施)")
_STANDING = re.compile(r"(?:制|督察|检查|战|巡视|审核)$")
"""Ends of programmes that are set up or fought, not issued."""
_SALUTATION = re.compile(f"^[^。!?]*[{ANY}门局厅委位司会府院团校部]:\\s*$")
"""The line that names the addressees of a letter."""
_REPORTED = re.compile(r"[^,;:。!?]{0,6}(?:情况|汇报|的报告|讲话|重要讲话)")
_RELATIVE = re.compile(r"[^,;:。!?]{0,8}的")
_PROPER = re.compile(r"[山岭峰湖岛区县市州镇乡村场园原地漠峡谷湾滩洲林洞脉丘泽泉坡沟川塬梁台]$")
"""Ends of names of places that can lie inside another."""
_ADDRESS = re.compile(r"[东南西北中]?(?:路|街|大道|大街|巷|弄|里|号|大厦|大学|宾馆|酒店|饭店|公司|银行|机场|博物馆|大桥|高速|高铁|铁路)")
_LOCAL = re.compile(r"(?:当地|该[省市州县区镇])")
_LOCATIVE = re.compile(f"(?:在|于)([{symbols('L')}])(?:[^,;:。!?的]{{0,8}}$|(?:范围内|境内|全境|全域))")
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
    last_place: tuple[int, ...] = ()

    def kind(self, index: int) -> EntityType:
        return "Place" if index == CONTEXT_PLACE else self.mentions[index].type

    def division(self, index: int) -> bool:
        """Whether a mention names an administrative division rather than a region or a protected area."""
        mention = self.mentions[index]
        return mention.subtype == "AdministrativeDivision" if mention.subtype else bool(_DIVISION.search(mention.name or mention.text))

    def local(self, index: int) -> bool:
        """Whether a mention names a division inside the jurisdiction, as far as its entry tells."""
        entry, above = self.mentions[index].entry, self.context.place_id
        inside = entry is None or not above or self.context.place in _NATIONAL or entry.startswith(above)
        return inside and self.division(index)

    def same(self, s: int, o: int) -> bool:
        """Whether two mentions are one, or of one form."""
        if s == o or s < 0 or o < 0 or self.kind(s) != self.kind(o):
            return s == o
        texts = (self.mentions[s].text, self.mentions[o].text)
        return texts[0] == texts[1] or (self.kind(s) == "Place" and texts[0] in texts[1])

    def government(self, index: int) -> int | None:
        """The mention of the government of a place, where the document names it."""
        place = self.context.place if index == CONTEXT_PLACE or self.mentions[index].deictic else None
        place = place or self.mentions[index].name or self.mentions[index].text
        names = {f"{place}人民政府", f"{place}政府"}
        if place == self.context.place:
            names |= {f"{place[-1]}政府", f"{place[-1]}人民政府"}
        return next((i for i, m in enumerate(self.mentions) if m.type == "Agency" and (m.text in names or m.name in names)), None)


def find_relations(doc: Doc, *, mentions: Sequence[Mention], context: Context) -> tuple[RelationMention, ...]:
    """Relations in text order, each triple of mentions once a sentence.

    `mentions` are those of the document in text order; CONTEXT_PLACE stands for the jurisdiction. The evidence runs from the
    first clause involved to the last, within one sentence.
    """
    folded: str = doc.user_data["folded"]
    table = Mentions(mentions, folded)
    reading = Reading(mentions, context)
    reading.title = _title(folded, mentions)
    reading.publisher = _publisher(mentions, context)
    found: list[RelationMention] = []
    for start, end in _pieces(doc, folded):
        if folded[max(0, start - 1):start] == "\n" or start == 0:
            reading.paragraph = {}
        if not table.within(start, end):
            continue
        one = shape(folded, start, end, table)
        found.extend(_sentence(one, folded, reading))
        _remember(one, reading)
    found.extend(enumerated(folded, mentions, reading.publisher))
    found.extend(implied(folded, mentions, context))
    return tuple(found)


def _pieces(doc: Doc, folded: str) -> Iterator[tuple[int, int]]:
    """The sentences as offsets, those beyond all prose (tables, lists) cut at a comma where there is one."""
    for span in doc.sents:
        start, end = span.start_char, span.end_char
        while end - start > _LONGEST:
            cuts = [folded.rfind(mark, start + _LONGEST // 2, start + _LONGEST) + 1 for mark in ",;:、 "]
            cut = next((c for c in cuts if c), start + _LONGEST)
            yield start, cut
            start = cut
        yield start, end


def _sentence(one: Shape, folded: str, reading: Reading) -> Iterator[RelationMention]:
    seen: set[tuple[int, str, int]] = set()
    for relation in (*bases(one, folded, reading.title), *_matches(one, folded, reading)):
        key = (relation.subject, relation.predicate, relation.object)
        if key not in seen:
            seen.add(key)
            yield relation


def _matches(one: Shape, folded: str, reading: Reading) -> Iterator[RelationMention]:
    for rule in rules():
        for match in rule.pattern.finditer(one.text):
            yield from _apply(rule, match, one, folded, reading)


def _apply(rule: Rule, match: re.Match[str], one: Shape, folded: str, reading: Reading) -> Iterator[RelationMention]:
    if _barred(rule, match, one, reading):
        return
    verb = match.start("verb") if "verb" in match.re.groupindex else match.start()
    if rule.seek == "place" and _nominal(one.text, verb, match.end()):
        return
    subject = _subject(rule, match, verb, one, reading)
    if not subject.members:
        return
    objects, last = _objects(rule, match, one, reading)
    first = min(match.start(), subject.start if subject.start >= 0 else match.start())
    start, end = evidence(one, folded, first, last)
    modality = modality_at(folded, one.starts[one.clause_start(verb)], one.starts[verb])
    for s, predicate, o in _pairs(rule, subject.members, objects, reading):
        yield RelationMention(s, predicate, o, start, end, modality, rule=rule.id)


def _nominal(text: str, verb: int, end: int) -> bool:
    """Whether a verb and its object are the subject or an attribute of 是: 实施甲战略是…, 是实施甲战略的…."""
    return bool(_COPULA.match(text, end)) or (text[verb - 1:verb] == "是" and text[end:end + 1] == "的")


def _pairs(rule: Rule, subjects: Sequence[int], objects: Sequence[int], reading: Reading) -> list[tuple[int, Predicate, int]]:
    """The triples of a match: every subject with every object, turned to what their types allow."""
    if rule.predicate == "collaboratesWith" and len(subjects) < 8:
        objects = (*objects, *subjects[1:])
    found: list[tuple[int, Predicate, int]] = []
    for s in subjects[:_MOST_MEMBERS]:
        for o in objects:
            turned = _turned(rule, s, o, reading)
            if turned and turned[0] != turned[2] and (turned[2], turned[1], turned[0]) not in found:
                found.append(turned)
            if len(found) >= _MOST_PAIRS:
                return found
    return found


def _turned(rule: Rule, s: int, o: int, reading: Reading) -> tuple[int, Predicate, int] | None:
    """The triple that a subject and an object of a rule make: a place issues through its government, a river is covered by works."""
    kinds = (reading.kind(s), reading.kind(o))
    if kinds[0] not in rule.subjects or kinds[1] not in rule.objects or reading.same(s, o):
        return None
    predicate = rule.predicate
    if predicate == "issues" and _STANDING.search(reading.mentions[o].text):
        return None
    if predicate in ("issues", "collaboratesWith") and "Place" in kinds:
        subject, object_ = (reading.government(i) if reading.kind(i) == "Place" else i for i in (s, o))
        if object_ is None or (subject is None and predicate == "collaboratesWith"):
            return None
        return (s, "implements", o) if subject is None else (subject, predicate, object_)
    if predicate == "implements" and kinds[0] == "WaterFeature":
        return o, "covers", s
    if rule.id == "located-nested" and not reading.division(s) and not reading.division(o):
        return s, "partOf", o
    if predicate == "partOf" and kinds[0] != kinds[1]:
        return (o, "covers", s) if rule.id == "part-is" and kinds[0] in _AREAS and kinds[1] in _WORKS else None
    return s, predicate, o


def _barred(rule: Rule, match: re.Match[str], one: Shape, reading: Reading) -> bool:
    """Whether the words between verb, subject and object, or what follows them, speak against the rule."""
    if rule.names_object and _barred_behind(rule, match, one):
        return True
    if rule.id == "located-nested" and not _nested(match, one, reading):
        return True
    if rule.bar is None:
        return False
    spans = sorted(match.span(name) for name in ("s", "o", "verb") if name in match.re.groupindex)
    at, between = match.start(), []
    for start, end in spans:
        between.append(one.text[at:start])
        at = max(at, end)
    between.append(one.text[at:match.end()])
    return bool(rule.bar.search("\n".join(between)))


def _barred_behind(rule: Rule, match: re.Match[str], one: Shape) -> bool:
    """Whether what follows the object or the subject shows that the name is an attribute of something else."""
    text, end = one.text, match.end("o")
    if rule.id == "issues-title":
        return not one.titled(match.start("o"))
    if rule.predicate == "issues":
        return bool(_NOT_ISSUED.match(text, end))
    if rule.predicate == "implements":
        return bool(_REPORTED.match(text, end))
    if rule.predicate == "recognises":
        return attach.attributive(one, end)
    if rule.id == "located-in":
        return bool(_RELATIVE.match(text, end)) and text[match.start() - 1:match.start()] in ("", "在", ",", "。", "对")
    if rule.predicate == "locatedIn" and rule.names_subject:
        after = match.end("s")
        return bool(_ADDRESS.match(text, after)) or (text[match.start("s")] in _WET and attach.attributive(one, after))
    return False


def _nested(match: re.Match[str], one: Shape, reading: Reading) -> bool:
    """Whether two places side by side are one inside the other: 岷县维新镇, but not 中亚南亚."""
    outer, inner = (one.mentions[match.start(name)] for name in ("o", "s"))
    entries = [reading.mentions[i].entry for i in (outer, inner)]
    if reading.division(outer) and reading.division(inner) and None not in entries:
        return str(entries[1]).startswith(str(entries[0]))
    if not _PROPER.search(reading.mentions[inner].text):
        return False
    return reading.division(outer) or one.text[match.end("o"):match.start("s")] == "的"


def _subject(rule: Rule, match: re.Match[str], verb: int, one: Shape, reading: Reading) -> attach.Subject:
    if rule.names_subject:
        return attach.Subject(one.members(*match.span("s")), match.start("s"), match.end("s"))
    if rule.seek == "title":
        return attach.Subject(() if reading.title is None else (reading.title,))
    at = min(verb, match.start("o")) if rule.names_object else verb
    near = attach.in_clause(one, at, rule.subjects) if rule.seek == "clause" else attach.in_sentence(one, at, rule.subjects)
    if near and near.companion and rule.seek in ("paragraph", "agency"):
        far = _far(rule, at, one, reading)
        return attach.Subject(tuple(dict.fromkeys(far.members + near.members)), near.start, near.end)
    return near or _inside(rule, match, one, reading) or _far(rule, at, one, reading)


def _inside(rule: Rule, match: re.Match[str], one: Shape, reading: Reading) -> attach.Subject | None:
    """全省 and the like between verb and object, or 在 and a place before the verb: 在全州开展甲行动."""
    if rule.seek != "place":
        return None
    inner = one.members(match.start(), match.start("o"))
    deictic = tuple(i for i in inner if reading.mentions[i].deictic and reading.kind(i) == "Place")
    if deictic:
        return attach.Subject(deictic[:1])
    clause = one.clause_start(match.start())
    if _LOCAL.search(one.text, clause, match.start()):
        here = [i for i in one.members(0, match.start()) if reading.kind(i) == "Place" and reading.division(i)]
        return attach.Subject(tuple(here[-1:]) or reading.last_place)
    locative = _LOCATIVE.search(one.text, clause, match.start())
    return attach.Subject(one.members(*locative.span(1))) if locative else None


def _far(rule: Rule, at: int, one: Shape, reading: Reading) -> attach.Subject:
    """A subject outside the sentence."""
    if rule.seek == "place":
        return _far_place(at, one, reading)
    if rule.seek in ("clause", "sentence") or attach.generic(one, at):
        return attach.Subject(())
    if rule.seek == "agency" and attach.overt(one, at):
        return attach.Subject(())
    if rule.seek == "agency":
        return attach.Subject(reading.last_agency or (() if reading.publisher is None else (reading.publisher,)))
    for kind in sorted(rule.subjects):
        if kind in reading.paragraph:
            return attach.Subject(reading.paragraph[kind])
    return attach.Subject(())


def _far_place(at: int, one: Shape, reading: Reading) -> attach.Subject:
    """The place that a clause without a subject speaks for: that of the paragraph where it is a division, else the jurisdiction."""
    jurisdiction = _place(reading)
    if attach.jurisdiction(one, at):
        return attach.Subject(jurisdiction)
    if attach.generic(one, at):
        return attach.Subject(())
    local = reading.paragraph.get("Place", ())
    return attach.Subject(local if local and reading.local(local[0]) else jurisdiction)


def _place(reading: Reading) -> tuple[int, ...]:
    place = reading.context.place
    return () if place is None or place in _NATIONAL else (CONTEXT_PLACE,)


def _objects(rule: Rule, match: re.Match[str], one: Shape, reading: Reading) -> tuple[tuple[int, ...], int]:
    if rule.seek == "whole":
        return reading.paragraph.get("Project", ()), match.end()
    if rule.seek == "context":
        return _place(reading), match.end()
    if not rule.names_object:
        return (() if reading.title is None else (reading.title,)), match.end()
    members, end = one.members(*match.span("o")), match.end()
    if rule.predicate == "locatedIn":
        at = match.end("o")
        while at < min(len(one.text), match.end("o") + 2) and one.text[at] == _PLACE:
            members += one.members(at, at + 1)
            at += 1
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


def _remember(one: Shape, reading: Reading) -> None:
    if _SALUTATION.search(one.text):
        return
    places = [i for i in one.members(0, len(one.text)) if reading.kind(i) == "Place" and not reading.mentions[i].deictic]
    reading.last_place = tuple([i for i in places if reading.division(i)][-1:]) or reading.last_place
    for start, end in attach.clauses(one):
        for kind in _KINDS:
            for subject in attach.subjects(one, start, end, frozenset((kind,))):
                if subject.companion:
                    continue
                reading.paragraph[kind] = subject.members
                if kind == "Agency":
                    reading.last_agency = subject.members
                break


def _title(folded: str, mentions: Sequence[Mention]) -> int | None:
    """The mention of the document's own programme: the longest in the first of the opening lines that has one."""
    at = seen = 0
    while at < len(folded) and seen < _TITLE_LINES:
        end = folded.find("\n", at)
        end = len(folded) if end < 0 else end
        if folded[at:end].strip():
            seen += 1
            heads = [i for i, m in enumerate(mentions) if m.type == "Programme" and at <= m.start < end]
            best = max(heads, key=lambda i: mentions[i].end - mentions[i].start, default=None)
            if best is not None:
                share = (mentions[best].end - mentions[best].start) / len(folded[at:end].strip())
                return best if share >= _TITLE_SHARE and _TITLE_END.match(folded, mentions[best].end, end) else None
        at = end + 1
    return None


def _publisher(mentions: Sequence[Mention], context: Context) -> int | None:
    if not context.publisher:
        return None
    return next((i for i, m in enumerate(mentions) if m.type == "Agency" and context.publisher in (m.text, m.name)), None)
