"""What programs are told about the graph: frozen values that become JSON, and the schemas of the tools.

Names and sentences are quoted from documents as they stand there; each statement has its sentence, the document's title, and their IRIs.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.query.reading import EntityRow
from kg.query.ready import Heading

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Entity:
    """An entity: IRI, full name, type, subtype (or empty), aliases, how many documents mention it."""

    iri: str
    name: str
    type: str
    subtype: str
    aliases: tuple[str, ...]
    documents: int

    @classmethod
    def of(cls, row: EntityRow) -> Entity:
        """The entity of a row, without the forms of its name that only context supports.

        >>> Entity.of(EntityRow("urn:ting", "Agency", "", "甘肃省生态环境厅", ("甘肃生态环境厅",), ("省生态环境厅",))).aliases
        ('甘肃生态环境厅',)
        """
        return cls(row.iri, row.name, row.type, row.subtype, row.aliases, row.documents)


@dataclass(frozen=True)
class Found:
    """Entities, the closest first; `total` is how many there are in all."""

    entities: tuple[Entity, ...]
    total: int


@dataclass(frozen=True)
class Stated:
    """A sentence that states something, how far this is true, and the document."""

    modality: str
    sentence: str
    sentence_iri: str
    document: str
    document_iri: str


@dataclass(frozen=True)
class Evidence(Stated):
    """A sentence that states something, and its document; `claim` is the IRI of the statement."""

    claim: str


@dataclass(frozen=True)
class Fact:
    """A relation of the entity: `outgoing` where the entity is its subject; `other` is at the other end.

    `evidence` holds some of its statements, `statements` is how many there are.
    """

    predicate: str
    outgoing: bool
    other: str
    other_iri: str
    other_type: str
    evidence: tuple[Evidence, ...]
    statements: int


@dataclass(frozen=True)
class Value(Stated):
    """An indicator value as a document states it; `kind` is Target, Result or Change, `written` are the words of the document."""

    subject: str
    subject_iri: str
    kind: str
    indicator: str
    operator: str
    value: float
    upper: float | None
    unit: str
    period: str
    written: str


@dataclass(frozen=True)
class Stood:
    """A body or division before or after the entity, from when to when it stood (empty where not known)."""

    name: str
    iri: str
    first: str
    last: str


@dataclass(frozen=True)
class Profile:
    """An entity with its facts and indicator values; the totals say how many there are in all."""

    entity: Entity
    first: str
    last: str
    former: tuple[Stood, ...]
    later: tuple[Stood, ...]
    facts: tuple[Fact, ...]
    facts_total: int
    values: tuple[Value, ...]
    values_total: int


@dataclass(frozen=True)
class Values:
    """Indicator values; `total` is how many there are in all."""

    values: tuple[Value, ...]
    total: int


@dataclass(frozen=True)
class Claim(Stated):
    """A statement that relates two entities, with the sentence that makes it."""

    claim: str
    subject: str
    subject_iri: str
    predicate: str
    object: str
    object_iri: str
    confidence: float


@dataclass(frozen=True)
class Statements:
    """Statements and indicator values with their sentences; the totals say how many there are in all."""

    claims: tuple[Claim, ...]
    claims_total: int
    values: tuple[Value, ...]
    values_total: int


@dataclass(frozen=True)
class Questions:
    """Ready questions; `total` is how many there are in all."""

    questions: tuple[Heading, ...]
    total: int


@dataclass(frozen=True)
class Answer:
    """The rows of a ready question; `understood` are the parameters with full names, `cut` whether there are more rows."""

    question: str
    title_zh: str
    title_en: str
    understood: dict[str, str]
    columns: dict[str, str]
    rows: tuple[dict[str, Cell], ...]
    cut: bool


@dataclass(frozen=True)
class Result:
    """The answer to a SPARQL query: rows of a SELECT, the truth of an ASK, Turtle of a CONSTRUCT or DESCRIBE.

    `cut` says whether there are more rows or triples.
    """

    kind: str
    variables: tuple[str, ...]
    rows: tuple[dict[str, Cell], ...]
    truth: bool | None
    turtle: str
    cut: bool
