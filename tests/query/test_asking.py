"""Questions in plain Chinese: what each is understood as, what its answer says, and what is said where it is not understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from kg.api import Graph
from kg.model import ENTITY_TYPES
from kg.query import asking
from kg.query.asking import Lexicon, Understood, understand
from kg.query.forms import folded
from kg.query.grammar import patterns
from kg.query.ready import PLAIN, questions
from kg.query.words import cues, tokens

SPECS = Path(__file__).parents[1] / "specs"
DAY = date(2024, 11, 1)
NOT = "not understood"


def table(name: str) -> list[tuple[str, ...]]:
    lines = (SPECS / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [tuple((*row, "", "")[:3]) for row in rows[1:]]


SEEN, UNSEEN = table("questions.tsv"), table("questions_unseen.tsv")


@pytest.fixture(scope="module")
def lexicon(samples: Graph) -> Lexicon:
    return asking.lexicon(samples.store)


def read(phrase: str, lexicon: Lexicon) -> Understood | None:
    return understand(tokens(phrase, lexicon.names, lexicon.indicators, today=DAY))


def is_right(question: str, parameters: str, understood: Understood | None) -> bool:
    """Whether a phrase was read as it should: one of the questions, the same parameters; words may be cut a little differently."""
    if understood is None:
        return question == NOT
    asked = understood.question
    renamed = {"subject": "entity", "object": "other"} if asked.name == "evidence" else {}
    wanted = {renamed.get(name, name): value for name, _, value in (pair.strip().partition("=") for pair in parameters.split(";")) if value}
    found = dict(understood.shown)
    if asked.name == "evidence":
        return sorted(wanted.values()) == sorted(found.values())
    kinds = {p.name: p.types for p in asked.parameters}
    return (asked.name in question.split("|") and set(wanted) == set(found)
            and all(_agree(value, found[name], kinds[name]) for name, value in wanted.items()))


def _agree(wanted: str, found: str, types: tuple[str, ...]) -> bool:
    one, other = folded(wanted).lower(), folded(found).lower()
    if types[0] in ("text", "indicator"):
        return one in other or other in one
    return one == other or (types == ("WaterFeature",) and one.removesuffix("流域") == other.removesuffix("流域"))


@pytest.mark.parametrize(("phrase", "question", "parameters"), SEEN, ids=[row[0] for row in SEEN])
def test_a_phrase_is_understood(lexicon: Lexicon, phrase: str, question: str, parameters: str) -> None:
    understood = read(phrase, lexicon)
    assert is_right(question, parameters, understood), understood and (understood.question.name, understood.shown)


def test_phrasings_that_nobody_looked_at_are_understood(lexicon: Lexicon) -> None:
    wrong = [phrase for phrase, question, parameters in UNSEEN if not is_right(question, parameters, read(phrase, lexicon))]
    assert len(wrong) <= len(UNSEEN) / 10, wrong


def test_there_are_enough_phrasings_of_every_question() -> None:
    assert len(SEEN) >= 100
    assert len(UNSEEN) >= 20
    assert {name for row in SEEN for name in row[1].split("|")} == {*questions(), NOT}
    assert not {row[0] for row in SEEN} & {row[0] for row in UNSEEN}


def test_the_grammar_names_what_there_is() -> None:
    classes = {name for named in cues().values() for name in named}
    kinds = {*ENTITY_TYPES, *PLAIN, "entity", "document", "year"}
    assert {p.question for p in patterns()} == set(questions())
    for pattern in patterns():
        parameters: Mapping[str, tuple[str, ...]] = {p.name: p.types for p in questions()[pattern.question].parameters}
        for part in pattern.parts:
            assert set(part.kinds) <= (kinds if part.parameter else classes), pattern
            if part.parameter:
                wanted = parameters[part.parameter]
                assert set(part.kinds) <= {*wanted, "year" if wanted == ("integer",) else ""}, pattern
        required = {p.name for p in questions()[pattern.question].parameters if p.required}
        assert required <= {part.parameter for part in pattern.needed}, pattern


def test_an_answer_comes_with_its_question_its_sparql_and_its_sentences(samples: Graph) -> None:
    reply = samples.ask("黄河流域有哪些治理项目？")
    assert reply.understood
    assert reply.answer
    assert reply.understood.question.name == "projects-on-rivers"
    rows = list(reply.answer)
    assert any(row["project"] == "黄河首曲草原湿地修复工程" for row in rows)
    assert all(row["sentence"] and row["document"] and str(row["sentenceIri"]).startswith(str(row["documentIri"])) for row in rows)
    again = list(samples.query(asking.sparql(reply)))
    assert again == rows


def test_what_is_not_understood_says_what_comes_near(samples: Graph) -> None:
    reply = samples.ask("湖北省有哪些治理项目？")
    assert reply.understood is None
    assert reply.answer is None
    assert reply.unknown == ("湖北省",)
    assert {"projects-on-rivers", "projects-in-a-place"} & {q.name for q in reply.questions}
    assert samples.ask("平凉市的房子好不好看").entities[0] == "平凉市"
    assert asking.sparql(reply) == ""


def test_entities_of_one_name_are_told(samples: Graph) -> None:
    understood = samples.ask("葫芦河流域水环境综合治理由谁实施").understood
    assert understood
    assert understood.others["what"]


@pytest.mark.parametrize("phrase", ["", "？", "”}", "谁负责\"} } ; DROP ALL #", "提到“\\\"} UNION { ?s ?p ?o } #”的句子", "提到“a\nb”的句子", "\x00\ud800".encode("utf-8", "replace").decode(), "哪些" * 300])
def test_whatever_is_asked_stays_words(samples: Graph, phrase: str) -> None:
    before = samples.counts().quads
    reply = samples.ask(phrase)
    if reply.answer:
        assert len(list(reply.answer)) < 1000
    assert samples.counts().quads == before
