"""Who is the subject of a clause: the nearest eligible mention, else that of an earlier clause, sentence or paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from kg.extract.clauses import ANY, CLAUSE_END, SYMBOLS, Shape
from kg.extract.grammar import ELLIPSIS
from kg.model import EntityType

_JOIN = "(?:、|和|与|及|以及|暨| |会同|联合|同)"
_LEAD = re.compile(
    r"^(?:\s|[一二三四五六七八九十]+[、是要]|\d+[.、)]|第[一二三四五六七八九十百\d]+[条章节款项]|近年来?|今年(?:以来)?|去年|同时|目前|此外|其中|另外|据悉|日前|近日|近期"
    r"|昨日|今天|当前|眼下|随后|为此|因此|但是?|而|并|且|即|由|请|待|如今|截至[^,]{0,12}|自[^,]{0,12}|(?:20|19)\d\d年(?:\d+月)?(?:\d+日)?|\d+月\d*日?|十[^,]{0,6}年来"
    r"|与此同时|下一步|今后|期间|会后|经[^,]{0,8}|通过|记者[^,]{0,8}|原标题|图为|据)*")
"""What may stand before the subject at the start of a clause."""
_PIVOT = re.compile(r"(?:由|请|待|使|让|令|要求|指导|督促|支持|组织|推动|引导|鼓励|帮助|协助|责成|委托|授权|促使|带动|是|为|经|建议|成立|交由|责令)$")
"""Verbs whose object is the subject of the next verb."""
_OBLIQUE = re.compile(r"(?:对|向|给|把|将|在|从|到|于|据|以|按|至|往|入|被|针对|关于|按照|根据|依据|依照|位于|地处|涉及|流经|覆盖|进驻|深入|来到|赴|围绕|聚焦|紧盯|贯彻"
                      r"|落实|推进|实施|开展|建设|印发|制定|听取|审议|符合|经由|参加|视察|考察|走进|走访|包括|除|比|像|如|作为|沿|距离|上报|报|报请|报送|呈报|提请|下达|安排|投入|支付|据|距|源自|来自|服务|经过|命名|授予|同意)$")
_COMPANION = re.compile(r"(?:会同|联合|协同|联手|与|和|同)$")
_OBLIQUE_FAR = re.compile(r"(?:对|向|在|从|针对|关于|按照|根据|依据|距离|除)[^,]{0,14}的$|(?:按照|根据|依据|依照)[^,]{0,8}$")
_GENERIC = re.compile(r"^(?:各[级地县市省州区乡镇部单有流域成]|有关(?:部门|单位|方面|地区)|相关(?:部门|单位|方面)|县级以上|地方各级|国家|中央|企业|群众|市民|居民|村民|单位和个人|任何单位|双方|会议|记者|专家|我们|大家|他|她|该)")
_JURISDICTION = re.compile(r"^(?:各[级地县市省州区乡]|地方各级|县级以上|省级|市级|州级)|(?:全|我|本)(?:省|市|州|县|区)(?!级)")
_MODIFIER = re.compile(rf"^[^,;:。!?{ANY}]{{0,8}}(?:印发|发布|批复|出台|制定|提出|下发|转发|交办|移交|反馈|通报|颁布|审议通过|主办|召开|批准|确定|下达|组织)的")
_PREDICATE = re.compile(r"^(?:主要领导|负责同志|有关部门|各级|执法人员|工作人员|全面|部署|着力|全力|大力|统筹|联合|率先|重点推进|重点实施|党组|党委|有关|相关|等|已|将|也|还|要|应|均|都|正|拟|研究|表示|一直|先后|:)")
_PURPOSE = re.compile(r"^(?:为|为了|以|根据|依据|按照|围绕|聚焦|结合)")
_NOMINAL = ("n", "uj", "f", "b", "l", "s", "j", "i", "z")


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
    return re.compile(f"[{kind}](?:{_JOIN}[{kind}])*{ELLIPSIS}")


def clauses(shape: Shape) -> list[tuple[int, int]]:
    """The clauses of a shape as spans of it."""
    found, at = [], 0
    for match in CLAUSE_END.finditer(shape.text):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, len(shape.text)))
    return [(a, b) for a, b in found if a < b]


def subjects(shape: Shape, start: int, end: int, types: frozenset[EntityType]) -> Iterator[Subject]:
    """Coordinations in a clause that can be the subject of what follows, in text order."""
    text = shape.text
    lead = start + len(_LEAD.match(text[start:end])[0])  # type: ignore[index]
    for group in _groups(types).finditer(text, start, end):
        before, after = text[start:group.start()], text[group.end():end]
        if before.endswith(("、", "和", "与", "及")) and text[group.start() - 2:group.start() - 1] in ANY:
            before = before[:-2].rstrip("、和与及" + ANY)
        companion = bool(_COMPANION.search(before))
        if group.start() > lead and not companion and not _PIVOT.search(before) and (_OBLIQUE.search(before) or _OBLIQUE_FAR.search(before)):
            continue
        kind = text[group.start()]
        loose = kind not in (SYMBOLS["Place"], SYMBOLS["WaterFeature"]) or (kind == SYMBOLS["WaterFeature"] and group.start() <= lead)
        if _MODIFIER.match(after) or not _can_predicate(after, loose):
            continue
        yield Subject(shape.members(group.start(), group.end()), group.start(), group.end(), companion)


def in_clause(shape: Shape, at: int, types: frozenset[EntityType]) -> Subject | None:
    """The nearest subject left of `at` in its clause."""
    found = list(subjects(shape, shape.clause_start(at), at, types))
    return found[-1] if found else None


def in_sentence(shape: Shape, at: int, types: frozenset[EntityType]) -> Subject | None:
    """The nearest subject in the clause, else the first of the nearest earlier clause that has one."""
    here = in_clause(shape, at, types)
    if here and not here.companion:
        return here
    if generic(shape, at):
        return here
    begin = shape.clause_start(at)
    spans = clauses(shape)
    earlier = _first(shape, reversed([c for c in spans if c[1] < begin]), types)
    if here:
        return Subject(tuple(dict.fromkeys(earlier.members + here.members)), earlier.start, here.end) if earlier else here
    if earlier is None and _PURPOSE.match(_stripped(shape, begin, at)):
        return _first(shape, iter([c for c in spans if c[0] > at]), types)
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
    return bool(_GENERIC.match(_stripped(shape, shape.clause_start(at), at)))


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
    return loose or not _tag(after[:6]).startswith(_NOMINAL)


@lru_cache(maxsize=8192)
def _tag(text: str) -> str:
    tags = rjieba.tag(text)
    return tags[0][1] if tags else ""
