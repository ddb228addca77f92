"""Mentions → entities with their full official names."""

from __future__ import annotations

from collections.abc import Sequence

from kg import iri
from kg.gazetteer import Gazetteer
from kg.homonyms import shared_division
from kg.link.names import Naming, form_of, name_of, stands_alone, unified
from kg.model import Context, Document, Entity, Mention


def resolve(mentions: Sequence[Mention], *, document: Document, context: Context, gazetteer: Gazetteer,
            base: str = iri.BASE) -> tuple[Entity, ...]:
    """The entities of a document, in order of first mention; a deictic mention joins its entity and gives no form.

    >>> c = Context(place="湖北省", place_id="湖北省", chain=("湖北省",))
    >>> ms = [Mention(0, 2, "省委", "Agency"), Mention(3, 8, "中共湖北省委", "Agency")]
    >>> [(e.name, e.forms) for e in resolve(ms, document=Document("a", "", "0"), context=c, gazetteer=Gazetteer.load())]
    [('中共湖北省委', ('省委', '中共湖北省委'))]
    """
    namings = unified([name_of(m, context=context, gazetteer=gazetteer) for m in mentions], [m.type for m in mentions], gazetteer)
    groups: dict[tuple[str, str], list[tuple[int, Naming]]] = {}
    for index, mention in enumerate(mentions):
        naming = namings[index]
        key = naming.chain or naming.entry or naming.name
        if key:
            groups.setdefault((mention.type, key), []).append((index, naming))
    chains = {n.chain for n in namings if n.chain}
    return tuple(_entity(number, [(mentions[i], i, n) for i, n in members], document, context, gazetteer, base, chains)
                 for number, members in enumerate(groups.values(), 1))


def _entity(number: int, members: Sequence[tuple[Mention, int, Naming]], document: Document, context: Context, gazetteer: Gazetteer,
            base: str, chains: set[str]) -> Entity:
    first, _, naming = members[0]
    forms = tuple(dict.fromkeys(form_of(m) for m, _, _ in members if not m.deictic))
    listed = gazetteer.entries.get(naming.entry or "")
    alone = naming.chain or listed or (stands_alone(naming.name, gazetteer) and not naming.local)
    jurisdiction = None if alone else _jurisdiction(naming.name, document, context, gazetteer, chains)
    aliases = tuple(f for f in forms if f != naming.name and _names_alone(f, naming, gazetteer))
    hidden = tuple(f for f in forms if f != naming.name and f not in aliases)
    subtype = next((n.subtype or m.subtype for m, _, n in members if n.subtype or m.subtype), "") or _DEFAULT.get(first.type, "")
    address = iri.mint(first.type, naming.chain or (listed.name if listed else naming.name), jurisdiction, base=base)
    indexes = tuple(index for _, index, _ in members)
    return Entity(f"e{number}", first.type, subtype, naming.name, address, forms, indexes, aliases, hidden, jurisdiction,
                  naming.entry, naming.reason)


_DEFAULT = {"Agency": "GovernmentBody", "Place": "Region", "Project": "Works", "Programme": "Plan", "WaterFeature": "River"}
"""The subclass of a type where nothing tells it."""


def _jurisdiction(name: str, document: Document, context: Context, gazetteer: Gazetteer, chains: set[str]) -> str:
    """What stands before a name: for one that begins with a division of several places the one above the division meant, else
    the place of the document, or the document itself."""
    unknown = f"~{document.sha256[:16]}"
    shared = shared_division(name.removeprefix("中共"), gazetteer)
    if shared:
        named = [e for e in shared if e.id in chains] or [e for e in shared if context.chain and e.id.startswith("/".join(context.chain))] \
            or [e for e in shared if context.chain and e.id.startswith(context.chain[0] + "/")]
        return named[0].parent or unknown if len(named) == 1 else unknown
    return "/".join(context.chain) or context.place or unknown


def _names_alone(form: str, naming: Naming, gazetteer: Gazetteer) -> bool:
    """Whether a form names the entity without context: the gazetteer says so, or it begins with a division's full name."""
    entry = gazetteer.entries.get(naming.entry or "")
    if entry is not None:
        return form in (entry.name, *entry.aliases)
    return stands_alone(form, gazetteer)
