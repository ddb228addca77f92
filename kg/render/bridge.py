"""The graph as a networkx graph, and from there as GraphML and GEXF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from operator import itemgetter

import networkx

from kg.graph.store import GraphStore
from kg.model import MODALITIES
from kg.query import whole
from kg.query.reading import ClaimRow, EntityRow

RANKS: dict[str, int] = {modality: rank for rank, modality in enumerate(MODALITIES)}
"""Modality → its number; the firmest is 0."""
Relation = tuple[str, str, str]
_CLOCK = re.compile(rb' lastmodifieddate="[^"]*"')
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(graph: GraphStore) -> networkx.MultiDiGraph[str]:
    """Entities and their relations: nodes by IRI with `type`, `subtype`, `label`, `documents`; edges keyed by predicate
    with `predicate`, `modality` (the firmest stated) and `weight` (the number of claims)."""
    return bridge(whole.entities(graph), whole.claims(graph))


def bridge(known: tuple[EntityRow, ...], stated: tuple[ClaimRow, ...]) -> networkx.MultiDiGraph[str]:
    """Rows → networkx graph; nodes and edges stand in the order of the rows.

    >>> rows = (EntityRow("urn:jing", "WaterFeature", "River", "泾河"), EntityRow("urn:wei", "WaterFeature", "River", "渭河"))
    >>> bridge(rows, ()).nodes["urn:jing"]["label"]
    '泾河'
    """
    drawn: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for entity in known:
        label = _NOT_XML.sub("", entity.name)
        drawn.add_node(entity.iri, type=entity.type, subtype=entity.subtype, label=label, documents=entity.documents)
    for (subject, predicate, object_), found in sorted(relations(stated).items(), key=itemgetter(0)):
        if subject in drawn and object_ in drawn:
            drawn.add_edge(subject, object_, key=predicate, predicate=predicate, modality=firmest(found), weight=len(found))
    return drawn


def relations(stated: Iterable[ClaimRow]) -> dict[Relation, list[ClaimRow]]:
    """(subject, predicate, object) → its claims, in the order of the rows."""
    found: dict[Relation, list[ClaimRow]] = {}
    for claim in stated:
        found.setdefault((claim.subject, claim.predicate, claim.object), []).append(claim)
    return found


def firmest(claims: Iterable[ClaimRow]) -> str:
    """The modality that says most among those of some claims: done before ongoing before planned, and so on.

    >>> from kg.query.reading import Evidence
    >>> said = Evidence("urn:d#char=0,9", "建成截污管网。", "urn:d")
    >>> firmest([ClaimRow(f"urn:{how}", "urn:ju", "implements", "urn:xm", how, said) for how in ("required", "done")])
    'done'
    """
    return min((claim.modality for claim in claims), key=lambda modality: RANKS.get(modality, len(RANKS)))


def graph_file(drawn: networkx.MultiDiGraph[str], form: str) -> bytes:
    """A networkx graph as `graphml` or `gexf`, with labels, types and weights; the same bytes from run to run."""
    out = io.BytesIO()
    if form == "graphml":
        networkx.write_graphml_xml(drawn, out)
    else:
        networkx.write_gexf(drawn, out)
    return _CLOCK.sub(b"", out.getvalue())
