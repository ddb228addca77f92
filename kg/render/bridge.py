"""The graph as a networkx graph, and from there as GraphML and GEXF."""

from __future__ import annotations

import io
import re

import networkx

from kg.graph.store import GraphStore
from kg.model import MODALITIES
from kg.query import whole
from kg.query.reading import ClaimRow, EntityRow

_RANKS: dict[str, int] = {modality: rank for rank, modality in enumerate(MODALITIES)}
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
    for (subject, predicate, object_), modalities in sorted(relations(stated).items()):
        if subject in drawn and object_ in drawn:
            drawn.add_edge(subject, object_, key=predicate, predicate=predicate, modality=firmest(modalities), weight=len(modalities))
    return drawn


def relations(stated: tuple[ClaimRow, ...]) -> dict[tuple[str, str, str], list[str]]:
    """(subject, predicate, object) → the modalities of its claims, in the order of the rows."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for claim in stated:
        found.setdefault((claim.subject, claim.predicate, claim.object), []).append(claim.modality)
    return found


def firmest(modalities: list[str]) -> str:
    """The modality that says most: done before ongoing before planned, and so on.

    >>> firmest(["required", "done"])
    'done'
    """
    return min(modalities, key=lambda m: _RANKS.get(m, len(_RANKS)))


def graph_file(drawn: networkx.MultiDiGraph[str], form: str) -> bytes:
    """A networkx graph as `graphml` or `gexf`, with labels, types and weights; the same bytes from run to run."""
    out = io.BytesIO()
    if form == "graphml":
        networkx.write_graphml_xml(drawn, out)
    else:
        networkx.write_gexf(drawn, out)
    return _CLOCK.sub(b"", out.getvalue())
