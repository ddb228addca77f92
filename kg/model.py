"""The frozen values that travel from the language side to the graph side.

Offsets are half-open character offsets into `Document.text`; names are plain strings;
nothing here imports spaCy or an RDF library, and every value pickles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityType = Literal["Agency", "Programme", "WaterFeature", "Project", "Place"]
Predicate = Literal["issues", "implements", "supervises", "collaboratesWith", "funds", "recognises",
                    "covers", "locatedIn", "partOf", "basedOn"]
Modality = Literal["done", "ongoing", "planned", "required", "negated", "prohibited"]
Kind = Literal["target", "result", "change"]
Operator = Literal["=", ">=", "<=", ">", "<", "~"]

ENTITY_TYPES: tuple[EntityType, ...] = ("Agency", "Programme", "WaterFeature", "Project", "Place")
PREDICATES: tuple[Predicate, ...] = ("issues", "implements", "supervises", "collaboratesWith", "funds", "recognises",
                                     "covers", "locatedIn", "partOf", "basedOn")
MODALITIES: tuple[Modality, ...] = ("done", "ongoing", "planned", "required", "negated", "prohibited")
CONTEXT_PLACE = -1
"""Stands for a mention index where the jurisdiction of the document is meant and no mention names it."""
SUBTYPES: dict[EntityType, tuple[str, ...]] = {
    "Agency": ("GovernmentBody", "PartyBody", "WorkingGroup", "InspectionTeam", "Enterprise", "Institution"),
    "Programme": ("Plan", "Law", "PolicyDocument", "Campaign", "StandingSystem"),
    "WaterFeature": ("River", "Lake", "Reservoir", "Basin", "MonitoringSection"),
    "Project": ("Works", "Facility", "ProjectPool"),
    "Place": ("AdministrativeDivision", "Region", "ProtectedArea"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One stored text and what is known of it beside the text.

    `name` is the path relative to the folder given (never absolute); `sources` lists every file of
    equal text; `place` and `year` are what metadata says and go before the text, `default_place` and
    `default_year` what the command line says where text and metadata are silent; None where unsaid.
    `issued` is an ISO date (2024-07-13, or 2024-07 or 2024), `sha256` hashes the stored text, `file_sha256` the file.
    """

    name: str
    text: str
    sha256: str
    file_sha256: str = ""
    title: str | None = None
    issued: str | None = None
    publisher: str | None = None
    place: str | None = None
    year: int | None = None
    genre: str | None = None
    encoding: str = "utf-8"
    sources: tuple[str, ...] = ()
    default_place: str | None = None
    default_year: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the stored text; `section` is its heading path (三/（二）/5), empty before the first heading."""

    start: int
    end: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader knows from title, dateline or source: what 全省, 我市, 省委 and 今年 stand for.

    `place` is the full name of the jurisdiction (甘肃省), `place_id` its gazetteer id, `chain` the full
    names from the province down (甘肃省, 平凉市), `year` the year that 今年 means, `issued` the ISO date
    of the document; unknown stays None. `publisher` is the agency that the document speaks for.
    """

    place: str | None = None
    year: int | None = None
    place_id: str | None = None
    chain: tuple[str, ...] = ()
    issued: str | None = None
    publisher: str | None = None
    place_reason: str = ""
    year_reason: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names an entity.

    `text` is the literal string. `name` is what the grammar already knows of the full name without
    context (泾河 in 泾河、葫芦河流域 → 泾河流域; 二 in a definition → its antecedent), else None.
    `deictic` marks 我省, 全州, 该局: it resolves to an entity and may be a subject, but it is no form.
    `rule` names what proposed it, `entry` the gazetteer entry where the gazetteer did.
    """

    start: int
    end: int
    text: str
    type: EntityType
    subtype: str = ""
    name: str | None = None
    deictic: bool = False
    rule: str = ""
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of one document: its full official name, type and literal forms.

    `jurisdiction` stands before a name that does not stand alone (平凉市 for 督查考核局), else None.
    `mentions` indexes `Extraction.mentions`. `reason` says how the name was found.
    """

    id: str
    type: EntityType
    subtype: str
    name: str
    iri: str
    forms: tuple[str, ...]
    mentions: tuple[int, ...]
    aliases: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    jurisdiction: str | None = None
    entry: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RelationMention:
    """A relation between two mentions (indexes, or CONTEXT_PLACE), as one clause states it; start and end give its evidence."""

    subject: int
    predicate: Predicate
    object: int
    start: int
    end: int
    modality: Modality = "done"
    implicit: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A claim that relates two entities (ids); start and end give its literal evidence."""

    subject: str
    predicate: Predicate
    object: str
    start: int
    end: int
    modality: Modality = "done"
    confidence: float = 1.0
    implicit: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """A number that says something about the environment, its governance or its funding.

    `about` is an entity id or None, `scope` the place it is aggregated over (全省 → 甘肃省).
    start and end give the literal evidence (a clause or sentence); `number_start`, `number_end` the
    number with its unit as written. `period` is a year, a range 2021/2025 or a deadline date.
    """

    indicator: str
    kind: Kind
    operator: Operator
    value: float
    unit: str
    start: int
    end: int
    number_start: int
    number_end: int
    as_written: str
    upper: float | None = None
    period: str | None = None
    about: str | None = None
    scope: str | None = None
    measure: Literal["level", "difference", "growth", "rank"] = "level"
    modality: Modality = "done"
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one document yields; the frontier between the language side and the graph side."""

    document: Document
    context: Context
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    indicator_values: tuple[IndicatorValue, ...]
