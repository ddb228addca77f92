"""Figures of an evaluation: tables on the terminal, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

import click

from kg.cli import console
from kg.evaluate import LEVELS, Evaluation, Figure

_HEAD = ("precision", "recall", "F1", "right", "wrong", "missed", "relaxed precision", "recall", "F1")


def print_tables(evaluation: Evaluation, *, errors: bool) -> None:
    """The levels, the parts that occur (types, predicates), the F1 of each group; then each error beside its sentence."""
    strict, relaxed = evaluation.strict, evaluation.relaxed
    parts = [name for name, figure in strict.items() if ":" in name and (figure.tp or figure.fp or figure.fn)]
    click.echo(f"{evaluation.documents} document{'s' if evaluation.documents != 1 else ''}")
    tables = {"level": LEVELS, "entity type": [n for n in parts if n.startswith("entities")],
              "predicate": [n for n in parts if n.startswith("relations")]}
    for title, names in tables.items():
        if names:
            console.table((title, *_HEAD), (_row(strict[name], relaxed[name]) for name in names), numbers=frozenset(range(1, 10)))
    _print_groups(evaluation.groups)
    if errors:
        _print_errors(evaluation)


def print_json(evaluation: Evaluation) -> None:
    """The figures and every error of the strict comparison as one JSON object."""
    body = {**evaluation.to_json(), "errors": [asdict(error) for error in evaluation.errors()]}
    console.write(f"{json.dumps(body, ensure_ascii=False, indent=1)}\n".encode(), None)


def _row(strict: Figure, relaxed: Figure) -> tuple[str, ...]:
    return (strict.name.split(":")[-1], *_shares(strict), str(strict.tp), str(strict.fp), str(strict.fn), *_shares(relaxed))


def _shares(figure: Figure) -> Iterable[str]:
    return (f"{figure.precision:.3f}", f"{figure.recall:.3f}", f"{figure.f1:.3f}")


def _f1(figure: Figure) -> str:
    """F1, or a dash where nothing was required and nothing found."""
    return f"{figure.f1:.3f}" if figure.tp + figure.fp + figure.fn else "–"


def _print_groups(groups: Mapping[str, Evaluation]) -> None:
    if groups:
        rows = ((name, str(group.documents), *(_f1(group.strict[level]) for level in LEVELS)) for name, group in groups.items())
        console.table(("F1 by group", "documents", *LEVELS), rows, numbers=frozenset(range(1, 7)))


def _print_errors(evaluation: Evaluation) -> None:
    for error in evaluation.errors():
        click.echo(f"{error.level} {error.outcome}: {error}")
        if error.sentence:
            click.echo(f"    {error.sentence}")
