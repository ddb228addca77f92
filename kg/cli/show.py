"""kg show: one entity with its evidence."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("show")
@options.graph
@click.argument("entity", metavar="ENTITY")
def command(directory: Path, entity: str) -> None:
    """Show an entity, by name, alias or IRI: types, names, facts both ways, figures.

    Each fact comes with the sentence and the document that state it. When several entities answer
    to the name they are listed, and the exit status is 1.

    \b
    Example:
      kg show -g output 甘肃省生态环境厅
    """
    from kg import api
    from kg.cli import profiles
    with api.open(directory) as graph:
        profiles.print_profile(graph.show(entity))
