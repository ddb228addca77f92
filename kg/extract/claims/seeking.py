"""The subject of a match: in the pattern itself, in the clause, the sentence, the paragraph, or the place spoken for."""

from __future__ import annotations

import re

from kg.extract.claims import attach
from kg.extract.claims.grammar import Rule, symbols
from kg.extract.claims.reading import Reading
from kg.extract.claims.shapes import Shape

_OWN_SUBJECT = ("covers", "locatedIn")
"""Predicates whose clause takes no subject from elsewhere once it has a noun of its own: 清淤工程改善太湖水质."""
_OWN_ACT = ("issues-ba", "recognises-publish", "part-found")
"""Rules of what the publisher itself does in a document (现将甲方案印发); what a plan of its own demands is for others to do."""
_LOCAL = re.compile(r"(?:当地|该[省市州县区镇])")
_COMMITTEE = re.compile("..[省市州县区旗](?:委|政府|人民政府)$")
"""The governing bodies of a division that they name: 甲市委, but not 省委."""
_LOCATIVE = re.compile(f"(?:在|于)([{symbols('L')}])(?:[^,;:。!?的]{{0,8}}$|(?:范围内|境内|全境|全域))")


def subject_of(rule: Rule, match: re.Match[str], verb: int, one: Shape, reading: Reading) -> attach.Subject:
    if rule.names_subject:
        return attach.Subject(one.members(*match.span("s")), match.start("s"), match.end("s"))
    if rule.seek == "title":
        return attach.Subject(() if reading.title is None else (reading.title,))
    at = min(verb, match.start("o")) if rule.names_object else verb
    near = attach.in_clause(one, at, rule.subjects) if rule.seek == "clause" else attach.in_sentence(one, at, rule.subjects)
    if near and near.companion and rule.seek in ("paragraph", "agency"):
        far = _far(rule, at, one, reading)
        return attach.Subject(tuple(dict.fromkeys(far.members + near.members)), near.start, near.end)
    if rule.predicate in _OWN_SUBJECT and (near is None or near.start < one.clause_start(at)) and attach.overt(one, at):
        return attach.Subject(())
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
    if rule.seek == "agency" and (reading.unnamed or attach.overt(one, at) or attach.unnamed(one, at)):
        return attach.Subject(())
    if rule.seek == "agency":
        said = reading.paragraph.get("Agency") or reading.hero or (reading.last_agency if reading.jurisdiction else ())
        own = reading.publisher is not None and (reading.title is None or rule.id in _OWN_ACT)
        return attach.Subject(said or ((reading.publisher,) if own and reading.publisher is not None else ()))
    for kind in sorted(rule.subjects):
        if kind in reading.paragraph:
            return attach.Subject(reading.paragraph[kind])
    return attach.Subject(reading.hero if "Agency" in rule.subjects else ())


def _far_place(at: int, one: Shape, reading: Reading) -> attach.Subject:
    """The place that a clause without a subject speaks for: that of the paragraph where it is a division, else the jurisdiction."""
    jurisdiction = reading.jurisdiction
    if reading.unnamed or attach.private(one, at):
        return attach.Subject(())
    speaker = attach.person(one, at)
    speaker = reading.officer if speaker is None else speaker
    if speaker is not None and (own := _officer(speaker, reading)) is not None:
        return attach.Subject(own)
    if attach.jurisdiction(one, at):
        return attach.Subject(jurisdiction)
    if attach.generic(one, at):
        return attach.Subject(())
    if reading.speaker == "Agency":
        return attach.Subject(reading.paragraph["Agency"])
    if reading.speaker is None and reading.hero:
        return attach.Subject(reading.hero)
    local = reading.paragraph.get("Place", ())
    fresh = bool(jurisdiction) or reading.place_age <= 1
    return attach.Subject(local if local and fresh and reading.local(local[0]) else jurisdiction)


def _officer(speaker: int, reading: Reading) -> tuple[int, ...] | None:
    """The division whose officer speaks: 甲市 for 甲市委书记; nobody for another division's committee; None for any other body."""
    mention = reading.mentions[speaker]
    if mention.type == "Place":
        return (speaker,) if reading.division(speaker) and not mention.deictic else None
    elsewhere = _COMMITTEE.search(mention.text) is not None and str(reading.context.place) not in str(mention.name)
    return () if elsewhere else None
