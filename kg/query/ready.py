"""Ready questions: SPARQL files that say at their head what they ask, with which parameters, and what they answer.

The head of a file is lines of comment: `title-zh`, `title-en`, `description-zh`, `description-en`, then one line each for
parameters and columns, and values to try it with:

    # param river: WaterFeature, required. 河流 / a river
    # param date: date = today. 以哪一天计 / as of which day
    # example: river=黄河
    # column project: Project. 项目 / the project

A type is a broad type of entities, several of them joined by |, `entity` (any), `document`, `integer`, `date`, `text` or
`indicator` (words of an indicator's name). A parameter of entities or documents binds the variable ?riverIri, any other ?dateGiven;
it stands in the query as one row `VALUES ?riverIri { UNDEF }`, so that the file as it is asks without it. A column of entities,
documents or sentences is a name or a text, and the column ?projectIri beside it is the IRI it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files

from kg.errors import QueryError
from kg.model import ENTITY_TYPES

PLAIN = ("integer", "date", "text", "indicator")
"""Types of parameters whose values are literals."""
LEADING = (*ENTITY_TYPES, "entity", "document", "sentence")
"""Types of columns that have an IRI beside them."""
TYPES = (*LEADING, *PLAIN, "number", "boolean", "term")

_PARAMETER = re.compile(r"(?P<name>[a-z]+): (?P<types>[\w|]+)(?P<required>, required)?(?: = (?P<default>[\w-]+))?\. "
                        r"(?P<zh>.+) / (?P<en>.+)")
_COLUMN = re.compile(r"(?P<name>\w+): (?P<types>[\w|]+)\. (?P<zh>.+) / (?P<en>.+)")
_EXAMPLE = re.compile(r", (?=[a-z]+=)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked with: its name, types, whether it has to be given, its default (or empty), what it is.

    An entity or document is given by name, title or IRI.
    """

    name: str
    types: tuple[str, ...]
    required: bool
    default: str
    zh: str
    en: str

    @property
    def plain(self) -> bool:
        """Whether its values are literals, not entities or documents."""
        return self.types[0] in PLAIN

    @property
    def variable(self) -> str:
        """The variable that it binds.

        >>> question("overdue").parameters[0].variable, question("overdue").parameters[1].variable
        ('dateGiven', 'placeIri')
        """
        return self.name + ("Given" if self.plain else "Iri")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: its variable, its types, what it holds."""

    name: str
    types: tuple[str, ...]
    zh: str
    en: str

    @property
    def iri(self) -> str:
        """The variable of the IRI that it leads to; empty for plain values."""
        return f"{self.name}Iri" if self.types[0] in LEADING else ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a ready question asks: its name, titles and descriptions, parameters, parameters to try it with."""

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question(Heading):
    """A ready question: beside its heading the columns of its answer and the text of its file."""

    columns: tuple[Column, ...]
    text: str

    @property
    def heading(self) -> Heading:
        """What it asks, without what answers it."""
        return Heading(*(getattr(self, field.name) for field in fields(Heading)))

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the SELECT, as the columns promise them.

        >>> question("former-and-present").variables
        ('former', 'formerIri', 'until', 'present', 'presentIri', 'since')
        """
        return tuple(name for column in self.columns for name in (column.name, column.iri) if name)

    @property
    def sparql(self) -> str:
        """The query without its head."""
        return "".join(line for line in self.text.splitlines(keepends=True) if not line.startswith("#"))


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
    return {name: read(name, folder.joinpath(f"{name}.rq").read_text(encoding="utf-8")) for name in names}


def read(name: str, text: str) -> Question:
    """A question from the text of its file; raises ValueError where its head is malformed."""
    head = [line[2:].strip() for line in text.splitlines() if line.startswith("# ")]
    said = dict(line.split(": ", 1) for line in head if re.match(r"(?:title|description)-(?:zh|en): ", line))
    tried = [(pair.partition("=")[0], pair.partition("=")[2]) for line in head if line.startswith("example: ")
             for pair in _EXAMPLE.split(line.removeprefix("example: "))]
    return Question(name, said["title-zh"], said["title-en"], said["description-zh"], said["description-en"],
                    tuple(_parameters(name, head)), dict(tried), tuple(_columns(name, head)), text)


def _parameters(name: str, head: list[str]) -> Iterator[Parameter]:
    for line in head:
        if line.startswith("param "):
            found = _matched(_PARAMETER, name, line.removeprefix("param "))
            yield Parameter(found["name"], tuple(found["types"].split("|")), bool(found["required"]), found["default"] or "",
                            found["zh"], found["en"])


def _columns(name: str, head: list[str]) -> Iterator[Column]:
    for line in head:
        if line.startswith("column "):
            found = _matched(_COLUMN, name, line.removeprefix("column "))
            yield Column(found["name"], tuple(found["types"].split("|")), found["zh"], found["en"])


def _matched(pattern: re.Pattern[str], name: str, line: str) -> re.Match[str]:
    found = pattern.fullmatch(line)
    if found is None or not set(found["types"].split("|")) <= set(TYPES):
        raise ValueError(f"{name}.rq: this line of the head cannot be read: {line}")
    return found
