"""Which entities a question names: by full name, alias, form in context, and the shorter forms that people use when they ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg import tables
from kg.query.forms import folded
from kg.query.reading import DocumentRow, EntityRow

LEVELS = "省市县区州旗镇乡"
"""First characters of a form in context: 市环保局, 省政府."""
SHORTEST = 3
"""Characters of the shortest form that is made by leaving a place out: 水务局."""
FEWEST = 5
"""Characters of a question that must stand in a longer name, in its order, for the name to be meant."""
_PARTS = re.compile(r"[、，,（）()·—\-]")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]$")
_WATERS = ("流域", "水系", "干流", "沿线")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity or document that a form may name; the lower the rank, the closer the form is to its full name."""

    iri: str
    type: str
    name: str
    documents: int
    rank: int


@dataclass
class Names:
    """All forms that name something: form → candidates; `tails` leads from the last character of a long name to it."""

    forms: dict[str, list[Candidate]] = field(default_factory=dict)
    tails: dict[str, list[tuple[str, Candidate]]] = field(default_factory=dict)
    longest: int = 0

    def at(self, text: str, start: int) -> tuple[int, tuple[Candidate, ...]]:
        """The end of the longest form that begins at `start`, and what it names; `start` and nothing where none does."""
        for end in range(min(len(text), start + self.longest), start + 1, -1):
            if (found := ranked(self.forms.get(text[start:end], ()))) and not _is_generic(found):
                return end, found
        return start, ()

    def around(self, text: str, end: int) -> tuple[int, tuple[Candidate, ...]]:
        """The begin of the words before `end` that stand, in their order, in a longer name that ends as they do."""
        best, found = end, list[Candidate]()
        for name, candidate in self.tails.get(text[end - 1:end], ()):
            begin = _backwards(text, end, name)
            whole = name.endswith(text[begin:end])
            length = end - begin
            share = length / len(name)
            enough = (length >= FEWEST and (whole or share >= 0.35)) or (length == FEWEST - 1 and share >= 0.5)
            if enough and begin <= best:
                found = [*found, candidate] if begin == best else [candidate]
                best = begin
        named = ranked(found)
        return best, () if _is_generic(named) else named


def _is_generic(found: Sequence[Candidate]) -> bool:
    """Whether words that are no name of their own stand in the names of several things: 污水处理厂, 整改方案."""
    return bool(found) and found[0].rank >= 4 and found[0].type not in ("Agency", "Place") and len({c.name for c in found}) > 1


def ranked(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates, the closest and best documented first, each once."""
    ordered = sorted(found, key=lambda c: (c.rank, -c.documents, c.name, c.iri))
    return tuple({c.iri: c for c in reversed(ordered)}[iri] for iri in dict.fromkeys(c.iri for c in ordered))


def names(known: Sequence[EntityRow], papers: Iterable[DocumentRow] = ()) -> Names:
    """The forms of entities and documents.

    >>> rows = [EntityRow("urn:1", "Place", "", "甘肃省", ("甘肃",)), EntityRow("urn:2", "Agency", "", "甘肃省水利厅", (), ("省水利厅",))]
    >>> [names(rows).at(form, 0)[1][0].name for form in ("甘肃水利厅", "水利厅", "省水利厅")]
    ['甘肃省水利厅', '甘肃省水利厅', '甘肃省水利厅']
    """
    made = Names()
    places = {form: e for e in known if e.type == "Place" for form in (e.name, *e.aliases) if len(form) > 1}
    for e in known:
        for rank, forms in enumerate(((e.name,), e.aliases, e.hidden, tuple(_shorter(e, places)), tuple(_shortest(e, places)))):
            for form in forms:
                _add(made, form, Candidate(e.iri, e.type, e.name, e.documents, rank))
        if len(folded(e.name)) > FEWEST:
            name = folded(e.name)
            made.tails.setdefault(name[-1:], []).append((name, Candidate(e.iri, e.type, e.name, e.documents, 5)))
    for paper in papers:
        for form in {paper.title, _BRACKETED.sub("", paper.title), _BRACKETED.sub("", paper.title).removeprefix("在")}:
            _add(made, form, Candidate(paper.iri, "document", paper.title, 1, 0))
        title = folded(paper.title)
        made.tails.setdefault(title[-1:], []).append((title, Candidate(paper.iri, "document", paper.title, 1, 5)))
    return made


def _add(made: Names, form: str, candidate: Candidate) -> None:
    for spelled in {folded(form), _PARTS.sub("", folded(form))}:
        if len(spelled) > 1:
            made.forms.setdefault(spelled, []).append(candidate)
            made.longest = max(made.longest, len(spelled))


def _shorter(e: EntityRow, places: Mapping[str, EntityRow]) -> Iterable[str]:
    """Forms with the place in any of its names: 平凉环保局, 平凉市环保局, 甘肃生态环境厅; a river as its basin is asked for."""
    if e.type == "WaterFeature":
        yield from (e.name + ending for ending in _WATERS if not e.name.endswith(_WATERS))
        yield from (e.name.removesuffix(ending) for ending in _WATERS if e.name.endswith(ending))
        return
    place = _place(e.name, places)
    if place is None or e.type == "Place":
        return
    rest = e.name.removeprefix("中共").removeprefix(place[0])
    endings = {rest, *_abbreviated(rest), *(form[1:] for form in e.hidden if form[:1] in LEVELS)}
    yield from (form + ending for form in (place[1].name, *place[1].aliases) for ending in endings if len(ending) > 1)


def _shortest(e: EntityRow, places: Mapping[str, EntityRow]) -> Iterable[str]:
    """Forms without the place: 水务局, 生态环境保护规划."""
    place = _place(e.name, places)
    if place and e.type not in ("Place", "WaterFeature"):
        rest = e.name.removeprefix("中共").removeprefix(place[0])
        short = {rest, *_abbreviated(rest), *(form[1:] for form in e.hidden if form[:1] in LEVELS)}
        yield from sorted(form for form in short if len(form) >= SHORTEST)
        yield from sorted(place[0][-1] + form for form in short if place[0][-1] in LEVELS and e.type == "Agency")


def _place(name: str, places: Mapping[str, EntityRow]) -> tuple[str, EntityRow] | None:
    bare = name.removeprefix("中共")
    for end in range(min(len(bare) - 1, 12), 1, -1):
        if found := places.get(bare[:end]):
            return bare[:end], found
    return None


def _abbreviated(rest: str) -> Iterable[str]:
    """Short forms of a department, by the table of departments.

    >>> "林草局" in _abbreviated("林业和草原局"), "发改委" in _abbreviated("发展和改革委员会"), list(_abbreviated("人民政府"))
    (True, True, ['政府'])
    """
    for ending, short in _departments():
        if rest.startswith(ending) and rest != short:
            yield short + rest.removeprefix(ending)
            if rest.endswith("委员会"):
                yield short + "委"


@lru_cache(maxsize=1)
def _departments() -> tuple[tuple[str, str], ...]:
    rows = tables.rows("kg_gazetteer", "departments.tsv")
    organs = [(name.removeprefix("中共").removeprefix("{p}"), short) for kind, name, short, *_ in rows if kind == "organ"]
    stems = [(name, short) for kind, name, shorts, *_ in rows if kind == "stem" for short in shorts.split("|") if short]
    return tuple((name, short) for name, short in (*organs, *stems) if len(name) > 1)


@lru_cache(maxsize=1)
def elsewhere() -> frozenset[str]:
    """Names of divisions and waters of the whole country, by which a question may ask for what the graph does not hold."""
    rows = tables.rows("kg_gazetteer", "divisions.tsv")
    high = {name for row in rows if row[6] in ("province", "prefecture") for part in (row[0], row[2], row[3]) for name in part.split("|")}
    counties = {row[0] for row in rows if len(row[0]) > 2}
    waters = {row[0] for row in tables.rows("kg_gazetteer", "waters.tsv") if len(row[0]) > 1}
    return frozenset(name for name in high | counties | waters if len(name) > 1)


def _backwards(text: str, end: int, name: str) -> int:
    """How far back from `end` the words of a text go that stand in the name in their order."""
    at = len(name)
    for begin in range(end - 1, -1, -1):
        at = name.rfind(text[begin], 0, at)
        if at < 0:
            return begin + 1
    return 0
