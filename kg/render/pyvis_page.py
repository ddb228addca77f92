"""The page of a neighbourhood, complete in itself: pyvis makes the network, a template of our own the page.

pyvis' own page is not used: it asks a CDN for bootstrap and does not escape headings and titles. Whatever
comes from documents stands in one JSON block and enters the page as text.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from importlib.resources import files
from operator import itemgetter
from string import Template
from typing import Any

import networkx
from pyvis.network import Network

from kg.model import MODALITIES
from kg.query.reading import EntityRow, ValueRow
from kg.render.bridge import Relation, firmest, relations
from kg.render.layout import layout
from kg.render.picture import Picture
from kg.render.script import as_script
from kg.vocab import LABELS

SHAPES = {"Agency": "dot", "Programme": "square", "WaterFeature": "custom", "Project": "diamond", "Place": "triangle"}
COLOURS = {"Agency": "#0072B2", "Programme": "#D55E00", "WaterFeature": "#56B4E9", "Project": "#009E73", "Place": "#8C6D31"}
INK = "#1F2328"
LINES: dict[str, dict[str, Any]] = {
    "done": {"width": 1.6}, "ongoing": {"width": 0.8}, "planned": {"width": 1.4, "dashes": [8, 6]},
    "required": {"width": 1.6, "dashes": [2, 4]}, "negated": {"width": 1.2}, "prohibited": {"width": 1.2}}
SMALLEST, LARGEST = 8, 22
OPTIONS = {"physics": {"enabled": False}, "layout": {"randomSeed": 1, "improvedLayout": False},
           "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}, "hoverWidth": 0, "selectionWidth": 0,
                     "color": {"inherit": False}},
           "nodes": {"labelHighlightBold": False}}


def html(shown: Picture) -> str:
    """The page of a picture."""
    room = files("kg.render").joinpath("templates")
    text = {name: room.joinpath(name).read_text(encoding="utf-8") for name in ("page.html", "page.css", "page.js", "strings.json")}
    content = as_script({**content_of(shown), "strings": json.loads(text["strings.json"]), "labels": LABELS})
    title = "山水 · 知识图谱" + (f" · {shown.known[shown.focus].name}" if shown.focus else "")
    return Template(text["page.html"]).substitute(title=escape(title), style=text["page.css"], graph=content, library=_library(),
                                                  script=text["page.js"])


@lru_cache(maxsize=1)
def _library() -> str:
    script = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    return re.sub(r"(?m)^//# sourceMappingURL=.*$", "", script)


def content_of(shown: Picture) -> dict[str, Any]:
    """What the script of the page reads: entities (those drawn first), claims, values, sentences, documents and the network."""
    others = {iri for c in shown.claims for iri in (c.subject, c.object)} | {iri for v in shown.values for iri in (v.about, v.scope)}
    drawn = {e.iri for e in shown.drawn}
    listed = [*shown.drawn, *(shown.known[iri] for iri in sorted(others - drawn) if iri in shown.known)]
    number = {e.iri: n for n, e in enumerate(listed)}
    evidence = shown.evidence
    sentence = {e.sentence: n for n, e in enumerate(evidence)}
    papers = sorted({e.document for e in evidence if e.document in shown.documents})
    paper = {iri: n for n, iri in enumerate(papers)}
    network, lines = network_of(shown, number)
    only = shown.documents.get(shown.document or "")
    return {
        "entities": [_entity(e, shown.support.get(e.iri, 0) if e.iri in drawn else 0) for e in listed],
        "claims": [[number[c.subject], c.predicate, number[c.object], c.modality, sentence[c.evidence.sentence]] for c in shown.claims],
        "values": [_value(v, number, sentence) for v in shown.values],
        "sentences": [[e.text, paper[e.document]] for e in evidence],
        "documents": [{"t": d.title, "d": d.issued} for d in (shown.documents[iri] for iri in papers)],
        "nodes": network.nodes, "edges": network.edges, "lines": lines, "options": OPTIONS,
        "total": shown.total, "document": only.title if only else None,
        "focus": number[shown.focus] if shown.focus else None}


def network_of(shown: Picture, number: dict[str, int]) -> tuple[Network, list[dict[str, str]]]:
    """The pyvis network of the entities drawn, without physics, and the predicate and modality of each of its edges."""
    drawn = {e.iri for e in shown.drawn}
    between = {key: claims for key, claims in relations(shown.claims).items() if {key[0], key[2]} <= drawn}
    places = layout(networkx.Graph(_plain(between, number, len(drawn))))
    most = max([shown.support.get(e.iri, 0) for e in shown.drawn] or [1]) or 1
    network = Network(directed=True, cdn_resources="in_line")
    for n, entity in enumerate(shown.drawn):
        size = round(SMALLEST + (LARGEST - SMALLEST) * (shown.support.get(entity.iri, 0) / most) ** 0.5, 1)
        network.add_node(n, label=" ", shape=SHAPES[entity.type], size=size, x=places[n][0], y=places[n][1], physics=False, borderWidth=1,
                         color={"background": COLOURS[entity.type], "border": INK})
    lines: list[dict[str, str]] = []
    abreast: dict[tuple[int, int], int] = defaultdict(int)
    for (subject, predicate, object_), claims in sorted(between.items(), key=itemgetter(0)):
        a, b, how = number[subject], number[object_], firmest(claims)
        pair = (min(a, b), max(a, b))
        bend = abreast[pair]
        abreast[pair] += 1
        smooth: Any = {"enabled": True, "type": "curvedCW" if a < b else "curvedCCW", "roundness": 0.18 * bend} if bend else False
        network.add_edge(a, b, id=len(lines), smooth=smooth, **LINES.get(how, LINES[MODALITIES[0]]))
        lines.append({"p": predicate, "m": how})
    return network, lines


def _plain(between: Iterable[Relation], number: dict[str, int], nodes: int) -> networkx.Graph[int]:
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(sorted((number[s], number[o]) for s, _, o in between))
    return graph


def _entity(entity: EntityRow, support: int) -> dict[str, Any]:
    return {"i": entity.iri, "t": entity.type, "s": entity.subtype, "n": entity.name, "a": entity.aliases, "h": entity.hidden,
            "p": entity.pinyin, "c": support}


def _value(value: ValueRow, number: dict[str, int], sentence: dict[str, int]) -> dict[str, Any]:
    return {"about": number.get(value.about), "scope": number.get(value.scope), "i": value.indicator, "k": value.kind.lower(),
            "op": {">=": "≥", "<=": "≤", "~": "≈"}.get(value.operator, value.operator), "n": value.number, "upper": value.upper,
            "unit": value.unit, "p": value.period, "m": value.modality, "written": value.written, "e": sentence[value.evidence.sentence]}
