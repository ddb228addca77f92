"""Which entities a few words may mean: by name, alias, part of a name, pinyin or initials.

The store picks the candidates, so that nothing has to be read beforehand; `index` is for those who ask often.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from urllib.parse import unquote

from pyoxigraph import Literal

from kg import vocab
from kg.graph.store import GraphStore
from kg.query.reading import EntityRow, bearers, entities, rows

_CUTOFF = 0.5
"""How much a name resembles the words, where none holds them."""
_READ = 400
"""Candidates that are looked at: those of the shortest names."""
_PAIRS = 40
"""Pairs of characters by which names are compared."""
_NAMES = ("rdfs:label", "skos:altLabel", "skos:hiddenLabel")


def find(graph: GraphStore, words: str, types: Collection[str] = ()) -> tuple[tuple[EntityRow, ...], int]:
    """The entities of a graph that the words may mean, as `search` has them, up to some hundreds; how many there may be in all."""
    parts, sound = words.split(), "".join(words.split()).casefold()
    if not parts:
        return (), 0
    exact = {e.iri for e in bearers(graph, words.strip())}
    held = {p: " && ".join(f"CONTAINS(STR(?name), {_literal(part)})" for part in parts) for p in _NAMES}
    spoken = {"eco:pinyin": f'CONTAINS(REPLACE(?name, " ", ""), {_literal(sound)})',
              "eco:pinyinInitials": f"STRSTARTS(?name, {_literal(sound)})"}
    pairs = sorted({part[at:at + 2] for part in parts for at in range(len(part) - 1)})[:_PAIRS]
    near = {_NAMES[0]: " || ".join(f"CONTAINS(STR(?name), {_literal(pair)})" for pair in pairs)} if pairs else {}
    for tests in (held | (spoken if sound.isascii() and sound.isalnum() else {}), near):
        found = _candidates(graph, tests, types, pairs if tests is near else ())
        if fitting := search(entities(graph, [*found[:_READ], *exact]), words, types):
            return fitting, len(fitting) if tests is near or len(found) <= _READ else len(found)
    return (), 0


def _candidates(graph: GraphStore, tests: Mapping[str, str], types: Collection[str], pairs: Sequence[str]) -> Sequence[str]:
    """The entities of which a name passes the test of its property: those that hold the most pairs first, then the shortest names."""
    kind = "".join(f" ?entity a <{vocab.eco(name)}> ." for name in types)
    best: dict[str, tuple[int, int]] = {}
    for name, test in tests.items():
        for row in rows(graph, f"SELECT ?entity ?name {{ ?entity {name} ?name .{kind} FILTER ({test}) }}"):
            rank = -sum(pair in row["name"] for pair in pairs), len(row["name"])
            best[row["entity"]] = min(best.get(row["entity"], rank), rank)
    return sorted(best, key=lambda iri: (best[iri], iri))


def _literal(text: str) -> str:
    return str(Literal(text))


def search(known: Iterable[EntityRow], words: str, types: Collection[str] = ()) -> tuple[EntityRow, ...]:
    """The entities that the words may mean, of some types or subtypes (none: of all), the closest and best documented first.

    >>> rows = [EntityRow("urn:1", "WaterFeature", "River", "泾河", pinyin="jing he jh"), EntityRow("urn:2", "Project", "", "泾河治理工程")]
    >>> [[row.name for row in search(rows, words)] for words in ("泾河", "jinghe", "JH", "治理 泾河")]
    [['泾河', '泾河治理工程'], ['泾河'], ['泾河'], ['泾河治理工程']]
    """
    fitting = [e for e in known if not types or e.type in types or e.subtype in types]
    wanted = unquote(words.strip()) if ":" in words else words.strip()
    if not wanted:
        return ()
    parts, sound = wanted.split(), "".join(wanted.split()).casefold()
    spoken = sound if sound.isascii() and sound.isalnum() else ""
    found = [(rank, e) for e in fitting if (rank := _rank(e, wanted, parts, spoken)) is not None]
    if not found:
        forms = {form: e for e in fitting for form in e.names}
        return tuple(dict.fromkeys(forms[form] for form in get_close_matches(wanted, sorted(forms), n=10, cutoff=_CUTOFF)))
    return tuple(e for _, e in sorted(found, key=lambda pair: (pair[0], -pair[1].documents, len(pair[1].name), pair[1].name, pair[1].iri)))


def _rank(e: EntityRow, wanted: str, parts: list[str], spoken: str) -> int | None:
    """How close the words come to an entity, 0 the closest; None where they do not mean it."""
    if wanted in (e.iri, e.name):
        return 0
    if wanted in e.aliases or wanted in e.hidden:
        return 1 if wanted in e.aliases else 2
    if e.name.startswith(wanted):
        return 3
    if any(all(part in form for part in parts) for form in e.names):
        return 4
    return _sounds(e.pinyin, spoken) if spoken and e.pinyin else None


def _sounds(pinyin: str, spoken: str) -> int | None:
    """Syllables with a blank between, then initials → how close what was typed comes to them."""
    *syllables, initials = pinyin.split()
    if spoken in (initials, "".join(syllables)):
        return 5
    if initials.startswith(spoken):
        return 6
    begins = range(len(syllables))
    return 7 if len(spoken) > 1 and any("".join(syllables[at:]).startswith(spoken) for at in begins) else None
