"""The whole flow, readable on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg import iri
from kg.extract.context import find_context
from kg.extract.mentions import find_mentions
from kg.extract.quantities import find_values
from kg.extract.relations import find_relations
from kg.extract.subjects import find_subjects
from kg.gazetteer import Gazetteer
from kg.link.resolve import resolve
from kg.model import CONTEXT_PLACE, Context, Document, Entity, Extraction, Relation
from kg.text.segment import segment, sentences


def extract(document: Document, *, gazetteer: Gazetteer, base: str = iri.BASE) -> Extraction:
    """Everything one document yields."""
    doc = segment(document)
    context = find_context(doc, gazetteer=gazetteer)
    mentions = find_mentions(doc, gazetteer=gazetteer, context=context)
    entities = resolve(mentions, document=document, context=context, gazetteer=gazetteer, base=base)
    values = find_values(doc, mentions=mentions, context=context)
    subjects = find_subjects(doc, values, mentions=mentions, context=context)
    claims = find_relations(doc, mentions=mentions, context=context)
    needed = CONTEXT_PLACE in subjects or any(CONTEXT_PLACE in (c.subject, c.object) for c in claims)
    entities, place = _with_context_place(entities, context, needed, base)
    owner: dict[int, str] = {index: e.id for e in entities for index in e.mentions}
    if place:
        owner[CONTEXT_PLACE] = place
    relations = tuple(dict.fromkeys(
        Relation(owner[c.subject], c.predicate, owner[c.object], c.start, c.end, c.modality, 1.0, c.implicit, c.rule)
        for c in claims if c.subject in owner and c.object in owner and owner[c.subject] != owner[c.object]))
    valued = tuple(replace(v, about=None if s is None else owner.get(s), scope=v.scope or context.place)
                   for v, s in zip(values, subjects, strict=True))
    return Extraction(document, context, sentences(doc), mentions, entities, relations, valued)


def _with_context_place(entities: Sequence[Entity], context: Context, needed: bool, base: str) -> tuple[tuple[Entity, ...], str | None]:
    if not needed or context.place is None:
        return tuple(entities), None
    for entity in entities:
        if entity.type == "Place" and (entity.entry == context.place_id if context.place_id else entity.name == context.place):
            return tuple(entities), entity.id
    chain = "/".join(context.chain) or context.place
    place = Entity(f"e{len(entities) + 1}", "Place", "AdministrativeDivision", context.place, iri.mint("Place", chain, base=base),
                   (), (), entry=context.place_id, reason="the jurisdiction of the document")
    return (*entities, place), place.id
