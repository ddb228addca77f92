"""Doc, mentions → relations between mentions, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.claims.assigned import assigned
from kg.extract.claims.attach import Subject
from kg.extract.claims.bars import barred, nominal
from kg.extract.claims.bases import bases
from kg.extract.claims.enumerations import enumerated
from kg.extract.claims.grammar import Rule, candidates, symbols
from kg.extract.claims.headed import headed
from kg.extract.claims.implied import implied
from kg.extract.claims.reading import Reading, begin, introduces
from kg.extract.claims.seeking import subject_of
from kg.extract.claims.shapes import ANY, Mentions, Shape, evidence, shape
from kg.extract.claims.signed import labelled, signed
from kg.extract.modality import modality_of
from kg.extract.words import words_of
from kg.model import Context, EntityType, Mention, Modality, Predicate, RelationMention

_PLACE = symbols("L")
_INNER = re.compile(f"的{_PLACE}(?:(?:、|和|与|及){_PLACE})*")
"""Divisions of the one named before: 流经甲市 | 的乙县和丙县."""
_RUN = re.compile(f"{_PLACE}(?:(?:、|和|与|及){_PLACE})*")
"""Places right behind a water, parts of its basin: 白河流域 | 桐北和彰东."""
_STATES = ("locatedIn", "partOf", "basedOn")
"""Predicates that no verb group makes planned or required."""
_AREAS, _WORKS = ("Place", "WaterFeature"), ("Programme", "Project")
_TOLD = re.compile("以来|期间|截至|近年|去年|上年|年来|已|先后|年(?:底|末)?[^,]{0,6},|[了过](?=[,;。])")
"""Words of a sentence that reports rather than demands."""
_DUE = re.compile("(?:\\d{1,2}月(?:\\d{1,2}日|[底中初])?|年[底末内]|季度末?)(?:之)?[前内](?![^。;]{0,24}[已了])|限期")
"""A day by which the tasks of a plan are due: 6月底前报省政府."""
_MOST_PAIRS = 64
"""Pairs of one rule at one place: a list of hundreds of names is cut."""
_MOST_MEMBERS = 48
_MOST_PARTNERS = 12
_MOST_CLAUSES = 6
"""Clauses before a verb whose obligation or plan may hold for it."""
_NEXT_TO = 2
"""Characters between a place and what stands beside it: 祁连山(境内) | 黑河, but not 祁连山 | 黑河、岷江."""
_LONGEST = 1000
"""Characters of a sentence that are read as one."""
_INSPECTION = re.compile("督察|巡视|检查|核查|普查|抽查|巡查")
_STANDING = re.compile(r"(?:制|督察|检查|战|巡视|审核|工程|战略|试点)$")
"""Ends of programmes that are set up or fought, not issued."""
_LAW, _PARTY = re.compile("(?<![办方])法$"), re.compile("(?:中共中央|党中央|[省市州县区]委)$")
"""Laws are made by congresses: what stands in a paragraph on the Party's decisions is not the Party's."""
_LABEL = re.compile("(?:重要|重点|重大|控制性|标志性|骨干|配套|民生|关键)(?:项目|工程)$")
"""Ends of what describes works and does not name any: 高速控制性工程."""
_SEATED = re.compile("(?:[林农牧渔工]场|公司|集团|[工电钢]厂|学|学院|研究[院所]|监测站|基地|学校|医院|银行)$")
"""Bodies that stand somewhere, not over somewhere."""
_NATURAL = re.compile("(?:沙漠|沙地|山|山脉|岭|草原|高原|平原|盆地|丘陵|绿洲|半岛|群岛|岛|保护区|公园|林场|灌区|湖|水库|湿地|滩|泊|淀)$")
"""Ends of what lies in the division that does something there: 新疆在塔克拉玛干沙漠种树."""
_COUNTED = re.compile("[两三四五六七八九十]+大")
"""Beginnings of what counts rather than names: 七大流域."""
_AREA = re.compile("(?:新区|开发区|高新区|示范区|自贸区|试验区|产业园|园区|景区|保护区|公园|林场|农场|牧场|灌区|湿地|沙地|沙漠|草原|山)$")
"""Ends of zones and areas of which a scene is told: 在某省,某湿地公园…."""
_BASIN = re.compile("(?:流域|水系|干流|[上中下]{1,2}游)$")
_GREAT = re.compile("(?:长江|黄河|淮河|海河|珠江|松花江|辽河|京杭大运河|大运河|渤海|黄海|东海|南海)(?:干流|流域)?")
_BESIDE = ("located-scene-water", "located-scene-go", "located-topic")
"""Rules by which what a sentence tells of a place lies in it, which a river of the nation does not: 在湖北黄石,人们来到 | 长江."""
_DAMMED = re.compile("(?:水库|水电站|枢纽)$")
_GOVERNING = re.compile("(?:[党省市州县区旗工]委|政府|国务院|中央)$")
"""Bodies whose foundations are no parts of them."""


def find_relations(doc: Doc, *, mentions: Sequence[Mention], context: Context) -> tuple[RelationMention, ...]:
    """Relations in text order, each triple of mentions once a sentence.

    `mentions` are those of the document in text order; CONTEXT_PLACE stands for the jurisdiction. The evidence runs from the
    first clause involved to the last, within one sentence.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> text = "近日,市政府拟印发《清河行动方案》。"
    >>> mentions = [Mention(3, 6, "市政府", "Agency"), Mention(10, 16, "清河行动方案", "Programme")]
    >>> found = find_relations(segment(Document("a.txt", text, "0")), mentions=mentions, context=Context())
    >>> [(r.subject, r.predicate, r.object, r.modality, text[r.start:r.end]) for r in found]
    [(0, 'issues', 1, 'planned', '市政府拟印发《清河行动方案》')]
    """
    folded: str = doc.user_data["folded"]
    table = Mentions(mentions, folded)
    reading = begin(folded, mentions, context)
    words = words_of(doc).bounds
    found: list[RelationMention] = []
    for start, end in _pieces(doc, folded):
        if folded[max(0, start - 1):start] == "\n" or start == 0:
            reading.begin_paragraph(folded, start)
        if not table.within(start, end) and not introduces(folded[start:end]):
            continue
        one = shape(folded, start, end, table, words)
        found.extend(_sentence(one, folded, reading))
        reading.remember(one)
    found.extend(assigned(folded, mentions))
    found.extend(enumerated(folded, mentions, reading.publisher))
    found.extend(headed(folded, mentions))
    found.extend(signed(folded, mentions, reading.title))
    found.extend(labelled(folded, mentions, reading.title))
    stated = {_claim(relation, mentions) for relation in found}
    found.extend(relation for relation in implied(folded, mentions, context)
                 if not relation.implicit or _claim(relation, mentions) not in stated)
    return tuple(found)


def _claim(relation: RelationMention, mentions: Sequence[Mention]) -> tuple[str, Predicate, str]:
    """What a relation says, by the forms of its ends: a name implies nothing that a sentence states."""
    subject, object_ = ("" if i < 0 else mentions[i].text for i in (relation.subject, relation.object))
    return subject, relation.predicate, object_


def _pieces(doc: Doc, folded: str) -> Iterator[tuple[int, int]]:
    """The sentences as offsets, those beyond all prose (tables, lists) cut at a comma where there is one."""
    for start, end in doc.user_data["bounds"]:
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
    for rule in candidates(one.text):
        for match in rule.pattern.finditer(one.text):
            yield from _apply(rule, match, one, folded, reading)


def _apply(rule: Rule, match: re.Match[str], one: Shape, folded: str, reading: Reading) -> Iterator[RelationMention]:
    if barred(rule, match, one, reading):
        return
    verb = match.start("verb") if "verb" in match.re.groupindex else match.start()
    if rule.seek == "place" and nominal(one.text, verb, match.end()):
        return
    subject = subject_of(rule, match, verb, one, reading)
    if not subject.members:
        return
    objects, last = _objects(rule, match, one, reading)
    first = min(match.start(), subject.start if subject.start >= 0 else match.start())
    start, end = evidence(one, folded, first, last)
    past = "verb" in match.re.groupindex and one.text.startswith(("了", "过"), match.end("verb"))
    modality: Modality = "done" if past or rule.predicate in _STATES else _modality(rule, one, folded, verb, subject, reading)
    for s, predicate, o in _pairs(rule, subject.members, objects, reading):
        yield RelationMention(s, predicate, o, start, end, modality, rule=rule.id)


def _modality(rule: Rule, one: Shape, folded: str, verb: int, subject: Subject, reading: Reading) -> Modality:
    """The modality of a verb: by its own clause, and by those before it as far as they have the same subject."""
    start = one.clause_start(verb)
    spans = [(one.starts[start], one.starts[verb])]
    if rule.predicate == "covers":
        return modality_of(folded, spans)
    while subject.start < start and start > 0 and one.text[start - 1] in ",:" and len(spans) <= _MOST_CLAUSES:
        before = one.clause_start(start - 1)
        spans.append((one.starts[before], one.starts[start - 1]))
        start = before
    asked = one.text[subject.start - 1:subject.start] in tuple("由请") and not rule.id.startswith("issues-pass")
    charged = asked or _DUE.search(one.text, verb) is not None
    told = (subject.start >= 0 and not charged) or _TOLD.search(one.text, 0, verb) is not None
    return modality_of(folded, spans, demanded=(reading.demands or reading.directive) and not told)


def _pairs(rule: Rule, subjects: Sequence[int], objects: Sequence[int], reading: Reading) -> list[tuple[int, Predicate, int]]:
    """The triples of a match: every subject with every object, turned to what their types allow."""
    if rule.seek == "pair" and len(subjects) < _MOST_PARTNERS:
        objects = subjects[1:]
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
    """The triple that a subject and an object of a rule make: what a place issues it implements, a river is covered by works."""
    kinds = (reading.kind(s), reading.kind(o))
    if kinds[0] not in rule.subjects or kinds[1] not in rule.objects or reading.same(s, o) or _vetoed(rule, s, o, reading):
        return None
    predicate = rule.predicate
    if predicate == "issues" and kinds[0] == "Place":
        addressee = reading.government(s) if s >= 0 and reading.mentions[s].text.startswith("你") else None
        return (s, "implements", o) if addressee is None else (addressee, predicate, o)
    if predicate == "collaboratesWith" and "Place" in kinds:
        partners = tuple(reading.partner(i) for i in (s, o))
        return None if None in partners else (partners[0] or 0, predicate, partners[1] or 0)
    if rule.id == "part-found":
        return o, predicate, s
    if predicate == "implements" and kinds[0] == "WaterFeature":
        return None if reading.mentions[o].text.endswith(("教育", "活动")) else (o, "covers", s)
    if rule.id == "located-nested" and not reading.division(s) and not reading.division(o):
        return s, "partOf", o
    if predicate == "partOf" and kinds[0] != kinds[1]:
        return (o, "covers", s) if rule.id in ("part-is", "part-as") and kinds[0] in _AREAS and kinds[1] in _WORKS else None
    return s, predicate, reading.whole(o) if predicate == "partOf" and kinds[1] == "WaterFeature" else o


def _vetoed(rule: Rule, s: int, o: int, reading: Reading) -> bool:
    """Whether what the names say of themselves speaks against a rule."""
    subject, object_ = (reading.mentions[i].text if i >= 0 else "" for i in (s, o))
    if rule.predicate == "issues":
        return bool(_STANDING.search(object_)) or (bool(_LAW.search(object_)) and bool(_PARTY.search(subject)))
    if rule.predicate == "partOf" and reading.kind(s) == "WaterFeature":
        counted = rule.id == "part-such" and _COUNTED.match(object_) is not None
        return object_.startswith(subject) or counted or (rule.id == "part-basin" and not _beside(subject, object_))
    if rule.predicate == "locatedIn" and rule.id in _BESIDE and _GREAT.fullmatch(subject):
        return True
    if rule.predicate == "locatedIn":
        return _vetoed_place(rule, s, o, subject, reading)
    match rule.id:
        case "part-found" | "part-dash":
            return bool(_GOVERNING.search(subject) if rule.id == "part-found" else _LABEL.search(object_))
        case "covers-inspect-at":
            return not _INSPECTION.search(subject)
    return False


def _vetoed_place(rule: Rule, s: int, o: int, subject: str, reading: Reading) -> bool:
    """Whether the kinds of two places, or where they stand, speak against one being in the other."""
    match rule.id:
        case "located-beside":
            return not reading.division(o) and not 0 <= reading.mentions[s].start - reading.mentions[o].end <= _NEXT_TO
        case "located-topic":
            return not reading.division(o) or (reading.kind(s) == "Place" and not _NATURAL.search(subject)) or subject.endswith("流域")
        case "located-among":
            return not _below(reading, s, o)
        case "located-body":
            return not _SEATED.search(subject)
        case "located-cross" | "located-cross-extent" | "located-cross-of":
            return reading.kind(s) == "Place" and reading.division(s)
        case "located-most":
            return reading.kind(s) == "Place" and reading.division(s) and not _below(reading, s, o)
        case "located-such":
            apart = reading.division(s) and reading.division(o) and not _below(reading, s, o)
            return apart or (reading.kind(s) != "Place" and not reading.division(o))
        case "located-scene-land":
            return reading.division(s) or not reading.division(o) or not _AREA.search(subject)
        case "located-within":
            return reading.division(s) or not reading.division(o) or not _NATURAL.search(subject)
        case "located-scene-water":
            return not reading.division(o) or subject.endswith("流域")
    return False


def _below(reading: Reading, s: int, o: int) -> bool:
    """Whether a division lies in another by what the gazetteer tells."""
    inner, outer = (reading.mentions[i].entry if i >= 0 else None for i in (s, o))
    return inner is not None and outer is not None and inner != outer and inner.startswith(outer)


def _beside(inner: str, outer: str) -> bool:
    """Whether two waters side by side are one inside the other: 松花江流域 | 梧桐河, 沁河 | 河口村水库."""
    return bool(_DAMMED.search(inner)) or (_BASIN.search(outer) is not None and _BASIN.search(inner) is None)


def _objects(rule: Rule, match: re.Match[str], one: Shape, reading: Reading) -> tuple[tuple[int, ...], int]:
    if rule.seek == "whole":
        return reading.paragraph.get("Project", ()), match.end()
    if rule.seek == "context":
        return reading.jurisdiction, match.end()
    if rule.seek == "pair":
        return (), match.end()
    if not rule.names_object:
        return (() if reading.title is None else (reading.title,)), match.end()
    members, end = one.members(*match.span("o")), match.end()
    if rule.id == "located-cross" and (inner := _INNER.match(one.text, match.end("o"))):
        members, end = members + one.members(*inner.span()), inner.end()
    elif rule.id == "covers-by" and (beside := _RUN.match(one.text, match.end("o"))):
        members, end = members + one.members(*beside.span()), beside.end()
    elif rule.predicate in ("funds", "supervises") and members and one.text[match.end("o"):match.end("o") + 1] == _PLACE:
        members = members[:-1] + one.members(match.end("o"), match.end("o") + 1)
    elif rule.predicate == "locatedIn" and not rule.names_subject:
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
    link = re.compile(rf"[^,;:。!?\n{ANY}]{{0,8}}(?:、|和|与|及|以及)[^,;:。!?\n{ANY}]{{0,10}}([{kind}]+)")
    match = link.match(one.text, at)
    while match and len(more) < _MOST_MEMBERS:
        more.extend(one.members(*match.span(1)))
        at = match.end()
        match = link.match(one.text, at)
    return tuple(more), at
