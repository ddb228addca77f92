"""What the endpoint can do, as SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Final

from kg.vocab import BUILD_GRAPH, EDITS_GRAPH, GAZETTEER_GRAPH, ONTOLOGY_GRAPH

_FORMATS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
                   "RDF_XML", "JSON-LD", "N-Quads", "TriG")
"""Names under http://www.w3.org/ns/formats/."""
_GRAPHS: Final = (ONTOLOGY_GRAPH, GAZETTEER_GRAPH, BUILD_GRAPH, EDITS_GRAPH)


def description(endpoint: str, *, writable: bool) -> str:
    """The description of an endpoint as Turtle; without blank nodes, as all of the project's RDF.

    >>> "sd:SPARQL11Update" in description("http://127.0.0.1:8000/sparql", writable=False)
    False
    """
    graphs = "".join(f" ;\n    sd:namedGraph <#graph-{number}>" for number, _ in enumerate(_GRAPHS))
    named = "".join(f"<#graph-{number}> a sd:NamedGraph ; sd:name <{iri}> .\n" for number, iri in enumerate(_GRAPHS))
    return f"""@base <{endpoint}> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix format: <http://www.w3.org/ns/formats/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<#service> a sd:Service ;
    dcterms:title "山水知识图谱"@zh , "Shanshui knowledge graph"@en ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query{' , sd:SPARQL11Update' if writable else ''} ;
    sd:feature sd:EmptyGraphs ;
    sd:resultFormat {' , '.join(f'format:{name}' for name in _FORMATS)} ;
    sd:defaultDataset <#dataset> .
<#dataset> a sd:Dataset ;
    sd:defaultGraph <#default>{graphs} .
<#default> a sd:Graph .
{named}"""
