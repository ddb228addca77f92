"""networkx, GraphML, GEXF."""

import io

import networkx
import pytest

from kg.query.reading import ClaimRow, EntityRow, Evidence
from kg.render.bridge import bridge, graph_file

ROWS = (EntityRow("urn:a", "Agency", "GovernmentBody", "甘肃省\x0b生态环境厅", documents=2),
        EntityRow("urn:p", "Programme", "Plan", "<规划>&"))
SENTENCE = Evidence("urn:s", "……", "urn:d")
CLAIMS = (ClaimRow("urn:1", "urn:a", "issues", "urn:p", "planned", SENTENCE),
          ClaimRow("urn:2", "urn:a", "issues", "urn:p", "done", SENTENCE),
          ClaimRow("urn:3", "urn:a", "implements", "urn:p", "required", SENTENCE),
          ClaimRow("urn:4", "urn:a", "issues", "urn:gone", "done", SENTENCE))


def test_an_edge_a_fact_with_the_firmest_modality_and_the_number_of_claims():
    drawn = bridge(ROWS, CLAIMS)
    assert drawn.number_of_edges() == 2
    assert drawn.edges["urn:a", "urn:p", "issues"] == {"predicate": "issues", "modality": "done", "weight": 2}


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_files_read_back_and_never_change(form, read):
    body = graph_file(bridge(ROWS, CLAIMS), form)
    assert body == graph_file(bridge(ROWS, CLAIMS), form)
    again = read(io.BytesIO(body))
    assert again.nodes["urn:p"]["label"] == "<规划>&"
    assert again.nodes["urn:a"]["type"] == "Agency"
    assert again.number_of_edges() == 2
