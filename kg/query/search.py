"""Which entities a few words may mean: by name, alias, part of a name, pinyin or initials."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from urllib.parse import unquote

from kg.query.reading import EntityRow

_CUTOFF = 0.5
"""How much a name resembles the words, where none holds them."""


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
