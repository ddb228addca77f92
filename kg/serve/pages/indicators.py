"""The indicators, and the page of each: its targets and results by place and year."""

from __future__ import annotations

from collections import defaultdict

from kg.graph.store import GraphStore
from kg.query.periods import covers, ending
from kg.query.reading import ValueRow, entities_of, measured, rows
from kg.serve.limits import Refused
from kg.serve.pages.figures import charts
from kg.serve.pages.known import rows_of
from kg.serve.pages.sentences import quotes
from kg.serve.pages.view import Asked, Made

LISTED, VALUES_LISTED, CHARTS = 100, 100, 9
_ALL = """SELECT ?indicator ?name (COUNT(DISTINCT ?target) AS ?targets) (COUNT(DISTINCT ?result) AS ?results)
  (COUNT(DISTINCT ?change) AS ?changes) (COUNT(DISTINCT ?scope) AS ?places) WHERE {
  ?value eco:indicator ?indicator . ?indicator rdfs:label ?name . FILTER (LANG(?name) IN ("", "zh"))
  OPTIONAL { ?value a eco:Target . BIND (?value AS ?target) } OPTIONAL { ?value a eco:Result . BIND (?value AS ?result) }
  OPTIONAL { ?value a eco:Change . BIND (?value AS ?change) } OPTIONAL { ?value eco:scopePlace ?scope }
} GROUP BY ?indicator ?name ORDER BY DESC(COUNT(DISTINCT ?value)) ?name"""
_NAME = "SELECT ?name WHERE { VALUES ?x { %s } ?x a skos:Concept ; rdfs:label ?name . FILTER (LANG(?name) IN (\"\", \"zh\")) }"


def indicators(graph: GraphStore, asked: Asked) -> Made:
    """All indicators, those with most values first, or those whose name holds some words."""
    words = asked.fields.get("q", "").strip()
    found = [row for row in rows(graph, _ALL) if words in row["name"]]
    page, pages = asked.page((len(found), LISTED))
    return Made("indicators.html", {"q": words, "count": len(found), "listed": found[(page - 1) * LISTED:page * LISTED], "page": page,
                                    "pages": pages})


def indicator(graph: GraphStore, asked: Asked) -> Made:
    """An indicator's values, of a place and a year where these are given; raises Refused with 404 where there is none."""
    name = next((row["name"] for row in rows_of(graph, _NAME, [asked.iri])), None)
    if name is None:
        raise Refused(404, f"{asked.iri} is no indicator of this graph.")
    found = measured(graph, asked.iri)
    known = entities_of(graph, {end for v in found for end in (v.about, v.scope) if end})
    years = sorted({str(int(year)) for v in found if (year := ending(v.period)) is not None})
    places = sorted({known[v.scope].name for v in found if v.scope in known})
    place, of = asked.fields.get("place", "").strip(), asked.fields.get("year", "").strip()
    named_so = {iri for iri, row in known.items() if row.name == place}
    kept = [v for v in found if (not place or v.scope in named_so) and (not of or covers(v.period, asked.number("year", 0)))]
    kept.sort(key=lambda v: (_subject(v), v.period, v.kind, v.number, v.claim))
    page, pages = asked.page((len(kept), VALUES_LISTED))
    listed = kept[(page - 1) * VALUES_LISTED:page * VALUES_LISTED]
    quoted = quotes(graph, [v.evidence.sentence for v in listed], known)
    by_subject: dict[str, list[ValueRow]] = defaultdict(list)
    for v in kept:
        by_subject[_subject(v)].append(v)
    drawn = [chart for iri, values in by_subject.items() for chart in charts(values, subject=known[iri].name if iri in known else "")]
    drawn.sort(key=lambda chart: -len(chart.points))
    return Made("indicator.html", {
        "iri": asked.iri, "name": name, "count": len(kept), "places": places, "years": years, "place": place, "year": of, "page": page,
        "pages": pages, "charts": drawn[:CHARTS],
        "values": [quoted.value(v) for v in listed]})


def _subject(value: ValueRow) -> str:
    return value.about or value.scope
