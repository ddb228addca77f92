"""kg export: the graph in other formats."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

FORMATS = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "graphml", "gexf", "csv")


@click.command("export")
@options.graph
@click.option("--format", "form", type=click.Choice(FORMATS), required=True,
              help="RDF formats; GraphML and GEXF for other graph programs; CSV, a row a claim.")
@click.option("-o", "--output", type=options.NEW, metavar="FILE", help="[default: standard output]")
@click.option("--facts-only", is_flag=True, help="Leave out claims, mentions and sentences.")
@click.option("--no-mentions", is_flag=True, help="Leave out mentions.")
def command(directory: Path, form: str, output: Path | None, *, facts_only: bool, no_mentions: bool) -> None:
    """Write the graph in another format.

    Turtle is sorted and prefixed, and the same from run to run.

    \b
    Example:
      kg export -g output --format graphml -o graph.graphml
    """
    from kg import api
    from kg.cli import console
    with api.open(directory) as graph:
        console.write(graph.export(form, facts_only=facts_only, mentions=not no_mentions), output)
