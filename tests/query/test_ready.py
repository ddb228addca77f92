"""The ready questions: their heads, their answers on the sample documents, the same rows from the store and from the file."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

import kg
from kg.api import Graph
from kg.query import runner
from kg.query.binding import bind
from kg.query.ready import Question, questions, read
from kg.vocab import PREFIXES

QUESTIONS = questions()
EMPTY = {"denied"}
"""Questions to which the samples hold no answer."""
SLOW = {"conflicting-values", "programmes-of-a-place", "projects-in-a-place", "targets-and-results", "water-quality", "waters-in-a-place"}
"""Questions that take rdflib minutes, since it joins groups without what is bound outside; the file is asked in Oxigraph alone."""
KINDS = {"integer": int, "number": (int, Decimal), "boolean": bool}


def given(asked: Question) -> list[dict[str, str]]:
    """Parameters to ask a question with: its example, and none where none is needed."""
    plain = [{}] if not any(p.required for p in asked.parameters) else []
    return [*([dict(asked.example)] if asked.example else []), *plain]


ASKED = [(name, parameters) for name, asked in QUESTIONS.items() for parameters in given(asked)]


def test_there_are_thirty_or_more() -> None:
    assert len(QUESTIONS) >= 30


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_what_it_asks_and_answers(name: str) -> None:
    asked = QUESTIONS[name]
    assert all((asked.title_zh, asked.title_en, asked.description_zh, asked.description_en))
    assert asked.title_zh != asked.title_en
    assert asked.columns
    assert set(asked.example) <= {p.name for p in asked.parameters}
    assert asked.example or not any(p.required for p in asked.parameters)
    for parameter in asked.parameters:
        assert asked.sparql.count(f"  VALUES ?{parameter.variable} {{ UNDEF }}\n") == 1
        assert asked.sparql.count(f"?{parameter.variable}") > 1
    assert asked.sparql.count("UNDEF") == len(asked.parameters)
    assert "GRAPH" not in asked.sparql
    assert max(map(len, asked.text.splitlines())) <= 140


@pytest.mark.parametrize(("name", "parameters"), ASKED, ids=str)
def test_an_answer_has_the_columns_that_its_question_promises(samples: Graph, name: str, parameters: dict[str, str]) -> None:
    asked = QUESTIONS[name]
    answer = samples.query(name, **parameters)
    assert answer.variables == asked.variables
    rows = list(answer)
    assert bool(rows) != (name in EMPTY)
    for row in rows:
        for column in asked.columns:
            if row[column.name] is not None:
                assert isinstance(row[column.name], KINDS.get(column.types[0], str)), column
            if column.iri and row[column.name] is not None:
                assert str(row[column.iri]).startswith("https://"), column
        if any(c.name == "modality" for c in asked.columns):
            assert row["modality"] is None or (row["sentence"] and row["sentenceIri"] and row["documentIri"])


@pytest.fixture(scope="module")
def by_rdflib(sampled: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(sampled / "graph.ttl", format="turtle")


@pytest.fixture(scope="module")
def by_file(sampled: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.bulk_load(path=str(sampled / "graph.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(("name", "parameters"), ASKED, ids=str)
def test_the_store_and_the_file_give_the_same_rows(samples: Graph, by_rdflib: rdflib.Graph, by_file: pyoxigraph.Store,
                                                   name: str, parameters: dict[str, str]) -> None:
    bound = bind(samples.store, QUESTIONS[name], parameters)
    expected = Counter(tuple(map(str, (runner.plain(t) for t in row))) for row in runner.answer(samples.store, bound).terms())
    loaded = by_file.query(bound.text, prefixes=PREFIXES)
    assert isinstance(loaded, pyoxigraph.QuerySolutions)
    names = [v.value for v in loaded.variables]
    assert Counter(tuple(str(runner.plain(row[n])) for n in names) for row in loaded) == expected
    if name in SLOW:
        return
    other = by_rdflib.query(bound.text, initNs=PREFIXES)
    assert Counter(tuple(str(_plain(t)) for t in row) for row in other) == expected  # type: ignore[union-attr]


def _plain(term: rdflib.term.Node | None) -> object:
    if isinstance(term, rdflib.Literal):
        return runner.plain(pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype))) if term.datatype
                            else pyoxigraph.Literal(str(term)))
    return None if term is None else str(term)


def test_what_is_denied(tmp_path: Path) -> None:
    text = "河源县林长制工作通报\n2024年3月1日\n\n河源县人民政府尚未实施《河源县林长制工作规定》。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    kg.build(tmp_path / "a.txt", tmp_path / "graph")
    with kg.open(tmp_path / "graph") as graph:
        rows = list(graph.query("denied", entity="河源县人民政府"))
    assert [(row["object"], row["modality"]) for row in rows] == [("河源县林长制工作规定", "negated")]


OPEN = [name for name, asked in QUESTIONS.items() if not any(p.required or p.default for p in asked.parameters)]


@pytest.mark.parametrize("name", OPEN)
def test_a_file_as_it_stands_asks_without_parameters(samples: Graph, name: str) -> None:
    assert list(samples.query(QUESTIONS[name].text)) == list(samples.query(name))


@pytest.mark.parametrize("line", ["# param river WaterFeature. 河流 / a river", "# column x: colour. 颜色 / the colour"])
def test_a_head_that_cannot_be_read_is_refused(line: str) -> None:
    head = "# title-zh: 甲\n# title-en: a\n# description-zh: 乙\n# description-en: b\n"
    with pytest.raises(ValueError, match="cannot be read"):
        read("x", f"{head}{line}\nASK {{}}\n")
