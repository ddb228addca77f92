"""Doc → anchors: where the proper names begin and end that a name of works may hold."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.names import places, waters
from kg.extract.names.known import hits
from kg.extract.names.name_tables import words
from kg.extract.names.quotes import curled
from kg.extract.words import Words, words_of
from kg.gazetteer import Gazetteer
from kg.model import Context

COMMON_SHORT = frozenset(words("common-short"))
_ACTING = frozenset(("v", "vn", "vd", "a", "ad", "d", "b", "m", "t", "f", "p"))
_NAMES = frozenset(("ns", "nr", "nz", "nt", "nrt"))
_OF_PLACES = (*_NAMES, "n", "v")


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where proper names begin, with their ends: `regions` are waters and places other than divisions; `waters` is where waters end."""

    divisions: dict[int, int]
    regions: dict[int, int]
    places: dict[int, int]
    waters: frozenset[int]
    words: Words
    folded: str

    def proper(self, at: int) -> bool:
        """Whether a word tagged as a name begins here."""
        end, tag = self.words.at(at)
        return tag in _NAMES and end - at > 1 and self.folded[at:end] not in COMMON_SHORT

    def common(self, at: int) -> bool:
        """Whether another word of two characters or more begins here."""
        end, tag = self.words.at(at)
        return end - at > 1 and tag not in _NAMES

    def acting(self, at: int) -> bool:
        """Whether a verb, an adverb or the like begins here."""
        return self.words.at(at)[1] in _ACTING


def anchors_of(doc: Doc, gazetteer: Gazetteer, context: Context) -> Anchors:
    """The anchors of a document."""
    folded = curled(doc)
    words = words_of(doc)
    divisions: dict[int, int] = {}
    regions: dict[int, int] = {}
    for hit in hits(doc, gazetteer, "Place"):
        end, tag = words.at(hit.start)
        if not end or hit.text in COMMON_SHORT or not (hit.exact or (end == hit.end and tag in _OF_PLACES)):
            continue
        kind = divisions if any(e.subtype == "AdministrativeDivision" for e in hit.entries) else regions
        kind[hit.start] = hit.end
    for area in places.regions_of(doc, places.located(doc, gazetteer=gazetteer, context=context)):
        if area.subtype == "ProtectedArea" or area.text.endswith(("场", "沙漠", "沙地", "草原", "灌区")):
            regions[area.start] = max(area.end, regions.get(area.start, 0))
    found = waters.propose(doc, gazetteer=gazetteer, context=context)
    for mention in found:
        if divisions.get(mention.start, 0) <= mention.end:
            regions[mention.start] = max(mention.end, regions.get(mention.start, 0))
    return Anchors(divisions, regions, regions | divisions, frozenset(m.end for m in found), words, folded)


def city_before(start: int, name: str, anchors: Anchors) -> int:
    """The start of known works with the city before them that their full name begins with: 广州|白云机场."""
    folded = anchors.folded
    for at in (start - 2, start - 3):
        if anchors.divisions.get(at) == start and name.startswith(folded[at:start]) and not name.startswith(folded[start:start + 2]):
            return at
    return start
