"""Answers of queries on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click

from kg.cli import console
from kg.errors import QueryError
from kg.query import labels, runner
from kg.vocab import LABELS

EXCEL = b"\xef\xbb\xbf"
ENOUGH = 1000
"""Rows of a table on the terminal; more are for a file."""


def print_answer(answer: runner.Answer) -> None:
    """An ASK as yes or no, rows as a table that shows names instead of IRIs."""
    if answer.kind == "boolean":
        click.echo("yes" if answer else "no")
        return
    rows = list(answer.terms())
    shown, columns = cells(answer, rows[:ENOUGH])
    numbers = frozenset(n for n, name in enumerate(columns) if rows and _is_number(rows[:ENOUGH], answer.variables.index(name)))
    console.table(columns, shown, numbers=numbers)
    left = f", the first {ENOUGH} shown; --format csv writes them all" if len(rows) > ENOUGH else ""
    click.echo(f"({len(rows)} {'row' if len(rows) == 1 else 'rows'}{left})")


def cells(answer: runner.Answer, rows: Sequence[Sequence[Any]]) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Rows as people read them, and their columns: of a ready question without those that only lead to an IRI, terms by their label."""
    shown = labels.readable(answer.graph, rows)
    if answer.bound is None:
        return shown, answer.variables
    columns = answer.bound.question.columns
    terms = {c.name for c in columns if c.types == ("term",)}
    kept = [(n, name) for n, name in enumerate(answer.variables) if name in {c.name for c in columns}]
    return [tuple(_label(row[n]) if name in terms else row[n] for n, name in kept) for row in shown], tuple(name for _, name in kept)


def _label(term: str) -> str:
    return " ".join(LABELS.get(term, (term,)))


def serialize(answer: runner.Answer, form: str | None, *, excel: bool) -> bytes:
    """The answer as a file; Excel wants CSV with a byte-order mark."""
    if excel and form not in (None, "csv"):
        raise QueryError("--excel goes with --format csv.")
    if form == "table":
        raise QueryError("CONSTRUCT and DESCRIBE answer with triples, which are no table. Use --format turtle.")
    form = "csv" if excel else form or "turtle"
    return (EXCEL if excel else b"") + answer.serialize(form)


def _is_number(rows: Sequence[Sequence[Any]], column: int) -> bool:
    return all(row[column] is None or isinstance(runner.plain(row[column]), (int, Decimal)) for row in rows)
