"""Figures of an evaluation on the terminal."""

from __future__ import annotations

from collections.abc import Mapping

import click

from kg.cli import console
from kg.evaluate import Figure


def print_figures(figures: Mapping[str, Figure], *, errors: bool) -> None:
    """A row a level, then what was wrong and what was missed, by level and document."""
    rows = [(f.name, f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}", str(f.tp), str(f.fp), str(f.fn)) for f in figures.values()]
    console.table(("level", "precision", "recall", "F1", "found", "wrong", "missed"), rows, numbers=frozenset(range(1, 7)))
    if not errors:
        return
    for figure in figures.values():
        if ":" in figure.name:
            continue
        for title, found in (("wrong", figure.wrong), ("missed", figure.missed)):
            for line in found:
                click.echo(f"{figure.name} {title}: {line}")
