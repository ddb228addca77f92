"""Mentions → entities with their full official names."""

from __future__ import annotations

from collections.abc import Sequence

from kg import iri
from kg.gazetteer import Gazetteer
from kg.model import Context, Document, Entity, Mention


def resolve(mentions: Sequence[Mention], *, document: Document, context: Context, gazetteer: Gazetteer, base: str = iri.BASE) -> tuple[Entity, ...]:
    """The entities of a document, in order of first mention."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, mention in enumerate(mentions):
        groups.setdefault((mention.type, mention.name or mention.text.strip("《》")), []).append(index)
    found = []
    for number, ((_, name), indexes) in enumerate(groups.items(), 1):
        first = mentions[indexes[0]]
        forms = tuple(dict.fromkeys(mentions[i].text for i in indexes if not mentions[i].deictic))
        found.append(Entity(f"e{number}", first.type, first.subtype, name, iri.mint(first.type, name, base=base), forms, tuple(indexes)))
    return tuple(found)
