"""Names known beforehand: divisions, regions, waters, national agencies and programmes, with one matcher over all.

The tables are `seeds/gazetteer/*.tsv` (columns in their README); they travel in the wheel as the
package `kg_gazetteer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs

from kg.errors import GazetteerError
from kg.model import ENTITY_TYPES, SUBTYPES, EntityType

TABLES: dict[str, EntityType] = {
    "divisions.tsv": "Place", "regions.tsv": "Place", "waters.tsv": "WaterFeature",
    "national.tsv": "Agency", "programmes.tsv": "Programme", "projects.tsv": "Project",
}
COLUMNS = ("name", "subtype", "aliases", "short", "parent", "code", "level", "from", "to", "successor")


@dataclass(frozen=True, slots=True)
class Entry:
    """One known entity.

    `id` is the chain of full names for a division (甘肃省/平凉市/华亭县), else `<type>:<name>`.
    `aliases` name it anywhere; `short` only where context supports them (和平 for 和平县). A name that
    stands among its own `short` needs context too: 城区, 和县 and 应县 are divisions and ordinary words.
    `parent` is an id: the division above, the water it flows into, the body it belongs to.
    `level` is province, prefecture, county or township for divisions.
    """

    id: str
    type: EntityType
    subtype: str
    name: str
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    parent: str | None = None
    code: str | None = None
    level: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    successor: str | None = None


class Hit(NamedTuple):
    """A known name found at text[start:end]; `exact` entries bear it as name or alias, `short` ones as a short name."""

    start: int
    end: int
    text: str
    exact: tuple[Entry, ...]
    short: tuple[Entry, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.exact + self.short


class Gazetteer:
    """All entries, looked up by form or found in a text.

    >>> g = Gazetteer.load()
    >>> [h.text for h in g.find("祁连山在甘肃省。", ("Place",))]
    ['祁连山', '甘肃省']
    >>> g.lookup("崆峒区")[0].id
    '甘肃省/平凉市/崆峒区'
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: dict[str, Entry] = {entry.id: entry for entry in entries}
        self._bearing: dict[tuple[EntityType, ...], dict[int, _Bearers | None]] = {}
        self._chains: dict[str, tuple[Entry, ...]] = {}
        self._exact: dict[str, list[Entry]] = {}
        self._short: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries.values(), key=_rank):
            for form in _sure_forms(entry):
                self._exact.setdefault(form, []).append(entry)
            for form in entry.short:
                self._short.setdefault(form, []).append(entry)

    @classmethod
    def load(cls, extra: Path | None = None) -> Gazetteer:
        """The gazetteer of the project, with the user's own table (columns type, name, …) added where given.

        Raises GazetteerError with the file and line of a malformed row.
        """
        return _standard() if extra is None else cls([*_standard().entries.values(), *_read_user_table(extra)])

    def get(self, id_: str) -> Entry:
        """The entry of an id; KeyError where there is none."""
        return self.entries[id_]

    def lookup(self, form: str, types: tuple[EntityType, ...] = ENTITY_TYPES) -> tuple[Entry, ...]:
        """Entries that bear the form as name or alias first, as a short name after; within each, present ones before
        former ones, and the higher division before the lower.

        >>> [entry.id for entry in Gazetteer.load().lookup("吉林")]
        ['吉林省', '吉林省/吉林市']
        """
        found = [*self._exact.get(form, ()), *self._short.get(form, ())]
        return tuple(entry for entry in dict.fromkeys(found) if entry.type in types)

    def forms(self, text: str) -> list[tuple[int, int, int]]:
        """Every form of any entry in a text as (start, -end, its number), by start, the longest first: what `find` chooses from."""
        matcher, _ = self._matcher
        return sorted((start, -end, number) for number, start, end in matcher.find_matches_as_indexes(text, overlapping=True))

    def find(self, text: str, types: tuple[EntityType, ...] = ENTITY_TYPES,
             forms: Sequence[tuple[int, int, int]] | None = None) -> Iterator[Hit]:
        """Leftmost-longest known names in a text, not overlapping one another.

        A longer word that only contains a name hides it (decoys.tsv: 入海口 is not 海口), a river hides the division
        that seems to begin in it (长江西岸 is not 江西) and a division the river (清河县 is not 清河), a name that ends in
        a direction is none before 岸 and the like (湖南岸), 财政部 none in 财政部门, 森林法 none in 森林法律. `forms` are those of
        the text where they are at hand.

        >>> [hit.text for hit in Gazetteer.load().find("渭河北岸和入海口,海口市的水库", ("Place",))]
        ['海口市']
        """
        known = self._matcher[1]
        bearing = self._bearing.setdefault(types, {})
        reached = 0
        for start, minus_end, number in self.forms(text) if forms is None else forms:
            if start < reached:
                continue
            if number not in bearing:
                bearing[number] = self._bearers(known[number], types)
            bearers = bearing[number]
            if bearers is None:
                continue
            reached, form, (exact, short) = -minus_end, known[number], bearers
            if (exact or short) and not ((after := _BREAKS.get(form[-1])) and after.match(text, reached)):
                yield Hit(start, reached, form, exact, short)

    def chain(self, entry: Entry) -> tuple[Entry, ...]:
        """The entry with everything above it, the topmost first (甘肃省, 平凉市, 崆峒区)."""
        known = self._chains.get(entry.id)
        if known is None:
            found: dict[str, Entry] = {}
            at: Entry | None = entry
            while at is not None and at.id not in found:
                found[at.id] = at
                at = self.entries.get(at.parent) if at.parent else None
            known = self._chains[entry.id] = tuple(reversed(found.values()))
        return known

    def within(self, entry: Entry, top: str) -> bool:
        """Whether the entry is the entry `top` (an id) or lies below it."""
        return any(e.id == top for e in self.chain(entry))

    @cached_property
    def division_names(self) -> frozenset[str]:
        """Full names of all divisions, present and former."""
        return frozenset(e.name for e in self.entries.values() if e.subtype == "AdministrativeDivision")

    @cached_property
    def national_names(self) -> frozenset[str]:
        """Names of the national lists, which stand alone without a jurisdiction."""
        return frozenset(e.name for e in self.entries.values() if e.subtype != "AdministrativeDivision")

    def stands_alone(self, name: str) -> bool:
        """Whether a name needs no jurisdiction before it: it is on a national list or begins with a division's full name.

        >>> g = Gazetteer.load()
        >>> g.stands_alone("平凉市督查考核局"), g.stands_alone("督查考核局")
        (True, False)
        """
        return name in self.national_names or any(name[:n] in self.division_names for n in range(2, min(len(name), 16) + 1))

    @cached_property
    def _matcher(self) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
        """One matcher over the forms of all entries and what hides them, with the forms by number."""
        forms = tuple(sorted(self._exact.keys() | self._short.keys() | _decoys()))
        return ahocorasick_rs.AhoCorasick(forms), forms

    def _bearers(self, form: str, types: tuple[EntityType, ...]) -> _Bearers | None:
        """The entries of these types that bear a form; none where it only hides names inside it, None where it means nothing here."""
        exact = tuple(entry for entry in self._exact.get(form, ()) if entry.type in types)
        short = tuple(entry for entry in self._short.get(form, ()) if entry.type in types and entry not in exact)
        return (exact, short) if exact or short or form in _decoys() or self._hides(form, types) else None

    def _hides(self, form: str, types: tuple[EntityType, ...]) -> bool:
        """Whether the name of a water hides places, or that of a place waters."""
        hiding = {_HIDDEN_BY[type_] for type_ in types if type_ in _HIDDEN_BY}.difference(types)
        bearing = (*self._exact.get(form, ()), *self._short.get(form, ()))
        return any(entry.name == form and entry.type in hiding and entry.subtype in _HIDING for entry in bearing)


_Bearers = tuple[tuple[Entry, ...], tuple[Entry, ...]]
_HIDDEN_BY: dict[EntityType, EntityType] = {"WaterFeature": "Place", "Place": "WaterFeature"}
_HIDING = ("AdministrativeDivision", "River", "Lake")
_LEVELS = {"country": 0, "province": 1, "prefecture": 2, "county": 3}
_BREAKS = {
    "部": re.compile("门"), "法": re.compile("[律制院官人庭治]|规(?!定)"),
    **dict.fromkeys("东南西北", re.compile("[岸麓侧坡缘翼]|部(?![分门署委队级位])")),
}
"""What after a last character shows that the form is no name there."""


def _rank(entry: Entry) -> tuple[bool, int, int]:
    """Sorts present entries before former ones, the latest former ones first, higher divisions before lower."""
    return entry.valid_to is not None, -(entry.valid_to or 0), _LEVELS.get(entry.level, 4)


def _sure_forms(entry: Entry) -> Iterator[str]:
    return (form for form in dict.fromkeys((entry.name, *entry.aliases)) if form not in entry.short)


@lru_cache(maxsize=1)
def _decoys() -> frozenset[str]:
    lines = files("kg_gazetteer").joinpath("decoys.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines[1:] if line)


@lru_cache(maxsize=1)
def _standard() -> Gazetteer:
    folder = files("kg_gazetteer")
    return Gazetteer(entry for table, type_ in TABLES.items()
                     for entry in _read(folder.joinpath(table).read_text(encoding="utf-8"), table, type_))


def _read_user_table(path: Path) -> list[Entry]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: {error}; give a UTF-8 table with the columns type and name") from None
    return list(_read(text, str(path), None))


def _read(text: str, source: str, type_: EntityType | None) -> Iterator[Entry]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return
    header = lines[0][1].split("\t")
    needed = {"name"} if type_ else {"name", "type"}
    if not needed <= set(header):
        missing = ", ".join(sorted(needed - set(header)))
        raise GazetteerError(f"{source}:{lines[0][0]}: the header lacks {missing}; see seeds/gazetteer/README.md")
    places = [header.index(column) if column in header else len(header) for column in ("type", *COLUMNS)]
    for number, line in lines[1:]:
        cells = line.split("\t")[:len(header)]
        cells += [""] * (len(header) + 1 - len(cells))
        yield _entry([cells[place] for place in places], type_, f"{source}:{number}")


def _entry(cells: list[str], type_: EntityType | None, where: str) -> Entry:
    """The entry of a row's cells, in the order of type and COLUMNS."""
    type_cell, name, subtype, aliases, short, parent, code, level, first, last, successor = map(str.strip, cells)
    kind = type_ or type_cell
    if kind not in ENTITY_TYPES:
        raise GazetteerError(f"{where}: type {kind!r} is none of {', '.join(ENTITY_TYPES)}")
    if not name:
        raise GazetteerError(f"{where}: the name is empty")
    if subtype and subtype not in SUBTYPES[kind]:
        raise GazetteerError(f"{where}: subtype {subtype!r} is none of {', '.join(SUBTYPES[kind])}")
    if subtype == "AdministrativeDivision":
        id_ = f"{parent}/{name}" if parent else name
    else:
        id_ = f"{kind}:{name}"
        parent = f"{kind}:{parent}" if parent and ":" not in parent else parent
    try:
        years = [int(year) if year else None for year in (first, last)]
    except ValueError:
        raise GazetteerError(f"{where}: from and to are years, or empty") from None
    return Entry(id_, kind, subtype, name, _split(aliases), _split(short), parent or None, code or None, level,
                 years[0], years[1], successor or None)


def _split(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    return tuple(form.strip() for form in cell.split("|") if form.strip())
