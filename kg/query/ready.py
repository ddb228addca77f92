"""Ready questions: SPARQL files with a title and a description in Chinese and English at their head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kg.errors import QueryError


@dataclass(frozen=True, slots=True)
class Question:
    """A ready question: its name, its titles and descriptions, its SPARQL text."""

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    text: str


def question(name: str) -> Question:
    """The ready question of a name; raises QueryError with the names there are.

    >>> question("targets").title_zh
    '目标值'
    """
    found = questions().get(name)
    if found is None:
        raise QueryError(f"There is no ready question named {name}. There are: {', '.join(questions())}.")
    return found


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Question]:
    """All ready questions by name, in alphabetical order."""
    folder = files("kg.query").joinpath("questions")
    names = sorted(file.name.removesuffix(".rq") for file in folder.iterdir() if file.name.endswith(".rq"))
    return {name: _read(name, folder.joinpath(f"{name}.rq").read_text(encoding="utf-8")) for name in names}


def _read(name: str, text: str) -> Question:
    head = dict(line[1:].strip().split(": ", 1) for line in text.splitlines() if line.startswith("#") and ": " in line)
    return Question(name, head["title-zh"], head["title-en"], head["description-zh"], head["description-en"], text)
