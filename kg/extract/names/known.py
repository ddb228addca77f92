"""Doc → the names of the gazetteer in it, found once for all modules."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.names.quotes import curled
from kg.extract.once import once
from kg.gazetteer import Gazetteer, Hit
from kg.model import EntityType


def hits(doc: Doc, gazetteer: Gazetteer, *types: EntityType) -> tuple[Hit, ...]:
    """The known names of these types in text order, none overlapping another.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> [h.text for h in hits(segment(Document("a.txt", "渭河流经甘肃省。", "")), Gazetteer.load(), "WaterFeature")]
    ['渭河']
    """
    text = curled(doc)
    forms = once(doc, ("forms", gazetteer), lambda: gazetteer.forms(text))
    return once(doc, ("hits", gazetteer, types), lambda: tuple(gazetteer.find(text, types, forms)))
