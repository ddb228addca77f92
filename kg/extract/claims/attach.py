"""Who is the subject of a clause: the nearest eligible mention, else that of an earlier clause, sentence or paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from kg.extract.claims.grammar import ELLIPSIS, STAGE, alternatives
from kg.extract.claims.shapes import ANY, CLAUSE_END, SYMBOLS, Shape
from kg.model import EntityType

_JOIN = "(?:、|和|与|及|以及|暨| |会同|联合|同)"
_PLAIN = f"[^,{ANY}]"
_DATES = (rf"截至{_PLAIN}{{1,12}}|自{_PLAIN}{{1,12}}|十{_PLAIN}{{0,6}}年来|经{_PLAIN}{{1,8}}|记者{_PLAIN}{{0,8}}"
          r"|(?:20|19)\d\d年(?:\d+月)?(?:\d+日)?|\d+月\d*日?"
          r"|[一二三四五六七八九十]+[、是要]|\d+[.、)]|第[一二三四五六七八九十百\d]+[条章节款项]|\s")
_LEAD = re.compile(f"^(?:{alternatives('lead')}|{_DATES})*")
"""What may stand before the subject at the start of a clause."""
_PIVOT = re.compile(f"(?<![提报申邀呈]){alternatives('pivot')}$")
"""Verbs whose object is the subject of the next verb."""
_COMPANION = re.compile(r"(?:会同|联合|协同|联手|与|和|同)$")
_OBLIQUE = re.compile(f"{alternatives('oblique')}了?$")
_OBLIQUE_FAR = re.compile(r"(?:对|向|在|从|针对|关于|按照|根据|依据|距离|除)[^,]{0,14}的$|(?:按照|根据|依据|依照)[^,]{0,8}$")
_PRIVATE = re.compile(r"(?:单位|企业|者|人|公司|用户|农户|学校|个人|场所)[^,]{0,6}(?:应当|应|必须|须|可以|要|不得|负责|依法)"
                      r"|(?:建设|管理|施工|经营|运营|排污|用水|养护|使用)单位$"
                      r"|的[^,;:。]{0,8}(?:保护|管理|利用|建设|开发|治理|活动)(?:应当|必须|须)")
_GENERIC = re.compile(f"^(?:{alternatives('generic')}|各[^,;:。{ANY}]{{0,6}}(?:单位|部门|机构|地区))")
_GENERIC_NEAR = re.compile(f"(?<![{ANY}赴到对向在为与给从和])(?:国家|各地|各级|各方|各部门|各单位|各有关部门)[^,、的{ANY}]{{0,4}}$")
"""A subject that names nothing right before a verb: 呈现 | 各地 | 健全."""
_OWNED = re.compile(f"[{SYMBOLS['Agency']}{SYMBOLS['Place']}]的?(?:有关|相关|各|所属|直属)[^,;:。{ANY}]{{0,6}}(?:部门|单位|方面|机构)")
"""Unnamed bodies of a named one: 国务院 | 有关部门."""
_UNNAMED = re.compile(f"[^,;:。!?{ANY}]{{0,24}}?(?:部门|机构|机关|单位|政府|组织|企业|人员)"
                      f"[^,;:。!?{ANY}]{{0,12}}?(?:应当|应|必须|负责|可以|须|要|不得|会同)")
"""A clause whose subject is a body without a name: 市卫生行政主管部门应当."""
_JURISDICTION = re.compile(f"^{alternatives('jurisdiction')}|(?:全|我|本)(?:省|市|州|县|区)(?!级)")
_MODIFIER = re.compile(f"^[^,;:。!?{ANY}]{{0,8}}{alternatives('modifier')}的")
_PERSON = re.compile(f"[^,;:。、的{ANY}]{{0,4}}{alternatives('person')}")
"""A title that makes the agency before it a person's: 国务院 | 总理."""
_OFFICER = re.compile(f"[^,;:。!?、的{ANY}]{{0,10}}(?P<of>[{SYMBOLS['Agency']}{SYMBOLS['Place']}])[^,;:。!?的和{ANY}]{{0,4}}?"
                      f"{alternatives('person')}(?!办公室|办公厅|的|令|会议|专题会)")
"""An officer at the head of a clause: 甲市 | 委书记到, 甲市 | 副市长."""
_DEPARTMENT = re.compile(
    rf"(?!等|会同|联合|协同|联手|组织|督促|指导|协调|商)(?:[^,;:。!?、的{ANY}]{{1,12}}、)*[^,;:。!?、的和与{ANY}]{{0,10}}?(?:部门|机构|单位)")
_BRANCH = re.compile(r"[^、]{1,10}、|(?!会同|联合|要求|组织|督促|指导|责成|委托|由)[^、]{1,8}(?:主管|行政|管理)(?:部门|机构)$")
"""What a department is called after: 国务院 | 教育、水利部门, 市政府 | 卫生主管部门."""
_DATELINE = re.compile(r"(?:消息|讯|电|报道|记者|供图|摄)")
_PREDICATE = re.compile(f"^(?:{alternatives('predicate')}|:)")
_MANNER = re.compile(f"{alternatives('manner')}(?!的)")
"""Words that the segmentation takes for nouns and that say how something is done: 某省 | 科学 | 推进."""
_VERBAL = ("v", "d", "p")
_PURPOSE = re.compile(r"^(?:为|为了|以|根据|依据|按照|围绕|聚焦|结合)")
_CALLS = ("打好", "打赢")
"""Verbs of a call, after which the subject stands: 打好甲战役,某省将…."""
_AIM = re.compile("(?:为了?|根据|按照|依据)(?=深入|全面|进一步|切实|认真|更好|加快|推进|贯彻|落实|做好|加强|规范|有效|持续|积极)")
"""A clause of purpose at the head of a sentence, whose subject may stand after several of them: 为深入落实…,加强…,我局拟…."""
_FOR = re.compile(r"\s*(?:第[一二三四五六七八九十百\d]+条\s*)?为了?[^了]")
"""A clause of purpose, whose nouns are no subjects: 为了做好 | 省人大 | 的工作."""
_NOUN = ("n", "b", "s", "j")
_OPEN_ENDS = ANY + "、,;:。等为作畔岸沿口上中下两河干支流入段境内"
_ADVERBIAL = re.compile(
    r"^现?(?:对|将|把)[^,;:。]{1,40}的$|从[^,;:。]{1,10}$|在[全我本各][国省市州县区系][^,;:。]{0,4}?(?=率先|首)|(?:在|通过|围绕|针对|经)[^,;:。]{1,12}?(?:上|中|下|内|方面|基础上|后|前|期间|,)")
"""Adverbials whose nouns are no subjects: 在全国 | 率先."""
_OVERT = 24
"""How many characters before a verb are searched for a noun."""
_NOMINAL = ("n", "uj", "f", "b", "l", "s", "j", "z")
"""Tags of what makes a place before it an attribute: 甲市 | 生态环境 | 质量."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject found: its members and where it stands in the shape (start < 0 where it stands in an earlier sentence).

    A companion (会同财政部, 与你省共同) acts together with the subject of an earlier clause.
    """

    members: tuple[int, ...]
    start: int = -1
    end: int = -1
    companion: bool = False


@lru_cache(maxsize=16)
def _groups(types: frozenset[EntityType]) -> re.Pattern[str]:
    kind = "".join(SYMBOLS[t] for t in sorted(types))
    loose = "?" if {"Programme", "Agency"} & types else ""
    stage = STAGE if "Project" in types else ""
    return re.compile(f"[{kind}](?:{_JOIN}{loose}原?{stage}[{kind}])*{ELLIPSIS}")


def clauses(shape: Shape) -> list[tuple[int, int]]:
    """The clauses of a shape as spans of it."""
    found, at = [], 0
    for match in CLAUSE_END.finditer(shape.text):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, len(shape.text)))
    return [(a, b) for a, b in found if a < b]


def subjects(shape: Shape, start: int, end: int, types: frozenset[EntityType]) -> Iterator[Subject]:
    """Coordinations in a clause that can be the subject of what follows, in text order; a body that ends one is its object."""
    text = shape.text
    lead = -1
    for group in _groups(types).finditer(text, start, end):
        lead = start + len(_LEAD.match(text[start:end])[0]) if lead < 0 else lead  # type: ignore[index]
        before, after = text[start:group.start()], text[group.end():end]
        if before.endswith(("、", "和", "与", "及")) and text[group.start() - 2:group.start() - 1] in ANY:
            before = before[:-2].rstrip("、和与及" + ANY)
        companion = bool(_COMPANION.search(before))
        if _FOR.match(before) and group.end() < end:
            continue
        direct = group.start() <= lead or companion or _PIVOT.search(before)
        if not direct and not after and text[group.start()] == SYMBOLS["Agency"] and CLAUSE_END.match(text, end):
            continue
        if not direct and (_OBLIQUE.search(before) or _OBLIQUE_FAR.search(before)) and not (before.endswith("是") and not after):
            continue
        kind = text[group.start()]
        loose = kind not in (SYMBOLS["Place"], SYMBOLS["WaterFeature"]) or (kind == SYMBOLS["WaterFeature"] and group.start() <= lead)
        if kind == SYMBOLS["WaterFeature"] and not direct:
            continue
        owner = _DATELINE.match(after) or _PERSON.match(after) or _MODIFIER.match(after) or department(after)
        if owner or not _can_predicate(after, loose):
            continue
        yield Subject(shape.members(group.start(), group.end()), group.start(), group.end(), companion)


def in_clause(shape: Shape, at: int, types: frozenset[EntityType]) -> Subject | None:
    """The nearest subject left of `at` in its clause."""
    found = list(subjects(shape, shape.clause_start(at), at, types))
    return found[-1] if found else None


def in_sentence(shape: Shape, at: int, types: frozenset[EntityType]) -> Subject | None:
    """The nearest subject in the clause, else the first of the nearest earlier clause that has one."""
    here = in_clause(shape, at, types)
    near = _GENERIC_NEAR.search(shape.text, shape.clause_start(at), at)
    if here and not here.companion:
        return None if near and near.start() >= here.end else here
    if near or generic(shape, at):
        return here
    begin = shape.clause_start(at)
    spans = clauses(shape)
    earlier = _first(shape, reversed([c for c in spans if c[1] < begin]), types)
    if here:
        return Subject(tuple(dict.fromkeys(earlier.members + here.members)), earlier.start, here.end) if earlier else here
    if earlier is None and (_PURPOSE.match(_stripped(shape, begin, at)) or shape.text.startswith(_CALLS, at)
                            or _AIM.match(_stripped(shape, *spans[0]))):
        called = types - {"Agency"} if shape.text.startswith(_CALLS, at) else types
        return _first(shape, iter([c for c in spans if c[0] > at]), called)
    return earlier


def _first(shape: Shape, spans: Iterator[tuple[int, int]], types: frozenset[EntityType]) -> Subject | None:
    """The first subject proper of the first clause that has one; None as soon as a clause has a subject that names nothing."""
    for start, end in spans:
        for subject in subjects(shape, start, end, types):
            if not subject.companion:
                return subject
        if _GENERIC.match(_stripped(shape, start, end)):
            return None
    return None


def generic(shape: Shape, at: int) -> bool:
    """Whether the clause of `at` has a subject that names no entity: 各级部门, 企业, 群众."""
    start = shape.clause_start(at)
    words = _stripped(shape, start, at)
    return bool(_GENERIC.match(words) or _OWNED.match(words) or _GENERIC_NEAR.search(shape.text, start, at))


def unnamed(shape: Shape, at: int) -> bool:
    """Whether the clause of `at` or one before it in the sentence has an unnamed body as its subject: 市卫生部门应当检测,并制定."""
    return any(_UNNAMED.match(_stripped(shape, start, min(end, at))) for start, end in clauses(shape) if start < at)


def person(shape: Shape, at: int) -> int | None:
    """The place or agency whose officer is the subject of the clause of `at` or of the one before it that has one: 甲市 | 委书记到….

    None where no clause up to `at` begins with an officer's title."""
    for start, end in reversed([c for c in clauses(shape) if c[0] < at]):
        found = _OFFICER.match(shape.text, start, min(end, at))
        if found:
            return shape.members(found.start("of"), found.end("of"))[0]
    return None


def private(shape: Shape, at: int) -> bool:
    """Whether enterprises or persons are told to act in the clause of `at` or before it: 供水企业应当建立, 用水单位应当节约,建立."""
    return any(_PRIVATE.search(_stripped(shape, start, min(end, at))) for start, end in clauses(shape) if start < at)


def overt(shape: Shape, at: int) -> bool:
    """Whether a noun that names no entity stands before position `at` in its clause, as a subject would: 试点城市负责编制."""
    words = _ADVERBIAL.sub("", _stripped(shape, shape.clause_start(at), at))
    return any(tag.startswith("n") and len(word) > 1 for word, tag in rjieba.tag(words[-_OVERT:])) if words else False


def department(after: str) -> bool:
    """Whether what follows an agency's name makes it the owner of unnamed bodies: 国务院 | 有关部门, 市政府 | 林业主管部门."""
    found = _DEPARTMENT.match(after)
    if found is None:
        return False
    return bool(_BRANCH.match(found[0])) or after[0] in "有相各所直组职及" or _tag(after[:6]).startswith(_NOMINAL)


def attributive(shape: Shape, at: int) -> bool:
    """Whether the place that ends at position `at` is an attribute of a noun after it: 甲省 | 英雄."""
    after = shape.text[at:at + 6]
    return bool(after) and after[0] not in _OPEN_ENDS and not _PREDICATE.match(after) and _tag(after).startswith(_NOUN)


def jurisdiction(shape: Shape, at: int) -> bool:
    """Whether the clause of `at` has the whole jurisdiction as its subject: 全省各地, 各级政府."""
    return bool(_JURISDICTION.match(_stripped(shape, shape.clause_start(at), at)))


def _stripped(shape: Shape, start: int, end: int) -> str:
    clause = shape.text[start:end]
    return clause[len(_LEAD.match(clause)[0]):]  # type: ignore[index]


def _can_predicate(after: str, loose: bool) -> bool:
    """Whether what follows a mention can be its predicate (持续推进) rather than its head noun (生态环境质量)."""
    if not after or after[0] in ANY or _PREDICATE.match(after):
        return not after or after[0] not in ANY or loose
    if after[0] in "的等之":
        return False
    manner = _MANNER.match(after)
    if manner and (manner.end() == len(after) or _tag(after[manner.end():manner.end() + 6]).startswith(_VERBAL)):
        return True
    return loose or not _tag(after[:6]).startswith(_NOMINAL)


@lru_cache(maxsize=8192)
def _tag(text: str) -> str:
    tags = rjieba.tag(text)
    return tags[0][1] if tags else ""
