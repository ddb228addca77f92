"""What the graph side hands on: the quads of one document, what is checked, what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Severity = Literal["violation", "warning"]
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_SHOWN = 10
"""How many nodes of a shape a printed report names."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What a shape found: the node (`focus`), the property, in plain English why, the name of the shape, the value to blame if any."""

    focus: str
    path: str
    message: str
    severity: Severity
    shape: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation; it conforms where nothing but warnings was found. As a string: what was found, by shape.

    >>> print(Report())
    The graph conforms to its shapes.
    >>> print(Report((Violation("id:泾河", "rdfs:label", "It has no label.", "violation", "shapes#Entity-label"),)))
    1 violation, 0 warnings.
    violation  Entity-label: It has no label.
      id:泾河
    """

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        return all(violation.severity != "violation" for violation in self.violations)

    def __str__(self) -> str:
        if not self.violations:
            return "The graph conforms to its shapes."
        lines = [", ".join(_count(self.violations, severity) for severity in _SEVERITIES) + "."]
        groups: dict[tuple[Severity, str, str], list[str]] = {}
        for found in self.violations:
            key = (found.severity, found.shape.rpartition("#")[2], found.message)
            groups.setdefault(key, []).append(f"{found.focus}  {found.value}".rstrip())
        for (severity, shape, message), nodes in groups.items():
            lines.append(f"{severity}  {shape}: {message}")
            lines.extend(f"  {node}" for node in nodes[:_SHOWN])
            if len(nodes) > _SHOWN:
                lines.append(f"  and {len(nodes) - _SHOWN} more")
        return "\n".join(lines)


def _count(violations: tuple[Violation, ...], severity: Severity) -> str:
    number = sum(violation.severity == severity for violation in violations)
    return f"{number} {severity}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class DocumentQuads:
    """The quads of one document as N-Triples lines; it pickles.

    `own` are the document, its sentences, mentions and claims; `values` the indicator values it states;
    `facts` the entities, labels and fact triples it supports (they stand in its named graph too).
    `files` pairs each file of this text (a relative path) with the SHA-256 of the file;
    `fingerprint` is what the caller compares to tell whether the document must be built again.
    `left_out` names the claims that a shape refused, `warnings` those that are merely implausible.
    """

    iri: str
    own: str
    values: str
    facts: str
    files: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""
    left_out: tuple[Violation, ...] = ()
    warnings: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the store: its IRI, its title where known, its files with their SHA-256, its fingerprint."""

    iri: str
    title: str | None
    files: tuple[tuple[str, str], ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class BuildActivity:
    """What the build graph says of a build: versions and options, never the time."""

    versions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a graph holds: entities by type, plain relations by predicate, all by local name; the rest as totals."""

    documents: int
    sentences: int
    mentions: int
    claims: int
    entities: Mapping[str, int]
    relations: Mapping[str, int]
    indicator_values: int
    triples: int
    quads: int
