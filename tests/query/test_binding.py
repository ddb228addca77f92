"""Parameters of ready questions: looked up, read, refused, and always one term."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.api import Graph
from kg.errors import LookupFailed, QueryError
from kg.query.binding import Bound, as_given, bind, filled
from kg.query.ready import question
from kg.vocab import PREFIXES


def bound(graph: Graph, name: str, **given: object) -> Bound:
    return bind(graph.store, question(name), given)


@pytest.mark.parametrize("river", ["黄河", "https://w3id.org/shanshui/id/water/黄河"])
def test_an_entity_by_name_or_iri(samples: Graph, river: str) -> None:
    found = bound(samples, "projects-on-rivers", river=river)
    assert found.shown == {"river": "黄河"}
    assert found.terms["river"] == pyoxigraph.NamedNode("https://w3id.org/shanshui/id/water/黄河")
    assert "UNDEF" not in found.text


def test_a_form_in_context_and_an_alias(samples: Graph) -> None:
    assert bound(samples, "what-an-agency-does", who="省生态环境厅").shown == {"who": "甘肃省生态环境厅"}
    assert bound(samples, "targets", place="甘肃").shown == {"place": "甘肃省"}


def test_numbers_and_days_as_such_and_as_text(samples: Graph) -> None:
    assert bound(samples, "targets", year=2025).terms == bound(samples, "targets", year="2025").terms
    assert bound(samples, "due-by", date="2024-12-31").text.count('"2024-12-31"^^<http://www.w3.org/2001/XMLSchema#date>') == 1
    assert "date" in bound(samples, "overdue").terms


def test_a_formula_asks_for_its_name(samples: Graph) -> None:
    assert list(samples.query("indicator-values", indicator="PM2.5")) == list(samples.query("indicator-values", indicator="细颗粒物"))


@pytest.mark.parametrize(("name", "parameters", "error", "message"), [
    ("projects-on-rivers", {"lake": "黄河"}, QueryError, "Its parameters: river"),
    ("counts", {"river": "黄河"}, QueryError, "It has none"),
    ("river-system", {}, QueryError, "--param river"),
    ("targets", {"year": "明年"}, QueryError, "is no integer"),
    ("due-by", {"date": "2024-13-01"}, QueryError, "is no date"),
    ("sentences-with", {"text": "  "}, QueryError, "is empty"),
    ("sentences-with", {"text": "\ud800"}, QueryError, "is no text"),
    ("targets", {"place": "黄河"}, LookupFailed, "is no Place, but a WaterFeature"),
    ("targets", {"place": "平凉县"}, LookupFailed, "平凉市"),
    ("targets", {"place": " "}, QueryError, "place is empty. Give a name."),
    ("targets", {"place": "火星"}, LookupFailed, "No Place answers"),
    ("who-is-responsible", {"what": "葫芦河流域水环境综合治理"}, LookupFailed, "2 entities answer"),
    ("document-claims", {"document": "平凉"}, LookupFailed, "documents are named"),
    ("document-claims", {"document": "无此文"}, LookupFailed, "No document is named"),
    ("projects-on-rivers", {"river": "https://example.org/> } ; #"}, LookupFailed, "No WaterFeature answers"),
])
def test_what_cannot_be_bound_is_told(samples: Graph, name: str, parameters: dict[str, str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        samples.query(name, **parameters)


def test_a_parameter_of_a_command_is_given_once() -> None:
    assert as_given(["river=黄河", " text =a=b"]) == {"river": "黄河", "text": "a=b"}
    with pytest.raises(QueryError, match="--param river is given 2 times"):
        as_given(["river=黄河", "text=a", "river=泾河"])


def test_only_ready_questions_have_parameters(samples: Graph) -> None:
    with pytest.raises(QueryError, match="Only a ready question"):
        samples.query("ASK { ?s ?p ?o }", river="黄河")


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_whatever_a_text_holds_it_stays_one_term(text: str) -> None:
    asked = question("sentences-with")
    query = filled(asked, {"text": pyoxigraph.Literal(text)})
    row = next(line for line in query.split("\n") if "VALUES ?textGiven" in line)
    found = pyoxigraph.Store().query(f"SELECT ?textGiven WHERE {{ {row} }}")
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert [solution["textGiven"] for solution in found] == [pyoxigraph.Literal(text)]
    assert isinstance(pyoxigraph.Store().query(query, prefixes=PREFIXES), pyoxigraph.QuerySolutions)


@pytest.mark.parametrize("text", ['"} UNION { ?s ?p ?o } #', "\\", "a\nVALUES ?textGiven { UNDEF }\n", "\\u0022", "'''", "<b>"])
def test_hostile_words_find_nothing_and_change_nothing(samples: Graph, text: str) -> None:
    before = samples.counts().quads
    assert list(samples.query("sentences-with", text=text)) == []
    assert samples.counts().quads == before
