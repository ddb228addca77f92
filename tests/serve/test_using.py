"""The dataset of a request as USING clauses: only where an operation has a WHERE, whatever stands in strings and comments."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph.store import Dataset
from kg.serve.using import with_dataset

ONE = Dataset(default=("urn:g1",))


@pytest.mark.parametrize(("text", "written"), [
    ("INSERT DATA { <urn:a> <urn:b> 'WHERE { USING' }", "INSERT DATA { <urn:a> <urn:b> 'WHERE { USING' }"),
    ("CLEAR ALL", "CLEAR ALL"),
    ("DELETE{?s ?p ?o}WHERE{?s ?p ?o}", "DELETE{?s ?p ?o}USING <urn:g1> WHERE{?s ?p ?o}"),
    ("DELETE WHERE # {\n { ?s ?p '}' }", "DELETE # {\n { ?s ?p '}' } USING <urn:g1> WHERE # {\n { ?s ?p '}' }"),
    ("INSERT { ?s ?p '''a\"}''' } WHERE { ?s ?p \"\"\"{\"\"\" }", "INSERT { ?s ?p '''a\"}''' } USING <urn:g1> WHERE { ?s ?p \"\"\"{\"\"\" }"),
    ("# WHERE USING\nINSERT { ?where <urn:WHERE> ex:where } where { { SELECT * WHERE { ?s ?p ?o } } }",
     "# WHERE USING\nINSERT { ?where <urn:WHERE> ex:where } USING <urn:g1> where { { SELECT * WHERE { ?s ?p ?o } } }"),
    ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o FILTER(?a<?b && ?c>?d) } ; DELETE WHERE { ?x ?y ?z }",
     "INSERT { ?s ?p 1 } USING <urn:g1> WHERE { ?s ?p ?o FILTER(?a<?b && ?c>?d) } ; DELETE { ?x ?y ?z } USING <urn:g1> WHERE { ?x ?y ?z }"),
])
def test_each_operation_with_a_pattern_gets_the_graphs(text: str, written: str) -> None:
    assert with_dataset(text, ONE) == written


@pytest.mark.parametrize("text", ["WITH <urn:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "INSERT { ?s ?p 1 } using <urn:a> WHERE { ?s ?p ?o }",
                                  "CLEAR ALL ; INSERT { ?s ?p 1 } USING NAMED <urn:a> WHERE { ?s ?p ?o }"])
def test_graphs_are_named_in_one_place_only(text: str) -> None:
    with pytest.raises(QueryError, match="one place only"):
        with_dataset(text, ONE)


def test_what_is_written_means_what_the_protocol_says() -> None:
    store = ox.Store()
    for number in (1, 2, 3):
        node = ox.NamedNode(f"urn:g{number}")
        store.add(ox.Quad(node, ox.NamedNode("urn:p"), ox.Literal("河"), node))
    store.update(with_dataset("DELETE WHERE { ?s ?p ?o } ; INSERT { GRAPH <urn:out> { ?s ?p ?g } } WHERE { GRAPH ?g { ?s ?p ?o } }",
                              Dataset(("urn:g1",), ("urn:g2", "urn:none"))))
    found = {(str(quad.subject), str(quad.object)) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode("urn:out"))}
    assert found == {("<urn:g2>", "<urn:g2>")}
    assert len(store) == 4, "what is deleted from the default graph does not stand there"
