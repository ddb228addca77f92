"""Answers of queries on the terminal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from kg.cli import console
from kg.errors import QueryError
from kg.query import labels, ready, runner

EXCEL = b"\xef\xbb\xbf"
ENOUGH = 1000
"""Rows of a table on the terminal; more are for a file."""


def print_questions() -> None:
    """The ready questions, a line each."""
    rows = [(q.name, f"{q.title_zh}。{q.description_zh}", q.description_en) for q in ready.questions().values()]
    console.table(("name", "中文", "English"), rows)


def print_answer(answer: runner.Answer) -> None:
    """An ASK as yes or no, rows as a table that shows names instead of IRIs."""
    if answer.kind == "boolean":
        click.echo("yes" if answer else "no")
        return
    rows = list(answer.terms())
    shown = labels.readable(answer.graph, rows[:ENOUGH])
    numbers = frozenset(n for n in range(len(answer.variables)) if rows and all(_is_number(row[n]) for row in rows[:ENOUGH]))
    console.table(answer.variables, shown, numbers=numbers)
    left = f", the first {ENOUGH} shown; --format csv writes them all" if len(rows) > ENOUGH else ""
    click.echo(f"({len(rows)} {'row' if len(rows) == 1 else 'rows'}{left})")


def serialize(answer: runner.Answer, form: str | None, *, excel: bool) -> bytes:
    """The answer as a file; Excel wants CSV with a byte-order mark."""
    if excel and form not in (None, "csv"):
        raise QueryError("--excel goes with --format csv.")
    if form == "table":
        raise QueryError("CONSTRUCT and DESCRIBE answer with triples, which are no table. Use --format turtle.")
    form = "csv" if excel else form or "turtle"
    return (EXCEL if excel else b"") + answer.serialize(form)


def _is_number(term: Any) -> bool:
    return term is None or isinstance(runner.plain(term), (int, Decimal))
