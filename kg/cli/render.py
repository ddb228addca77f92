"""kg render: an interactive page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.model import ENTITY_TYPES


@click.command("render")
@options.graph
@click.option("--focus", metavar="ENTITY", help="Draw an entity (name, alias or IRI) and what is around it.")
@click.option("--depth", type=click.IntRange(1, 6), default=1, show_default=True, help="How many steps from the focus.")
@click.option("--type", "types", multiple=True, type=click.Choice(ENTITY_TYPES), help="Only entities of this type; may be given again.")
@click.option("--document", metavar="D", help="Only what one document states: its title, file name or IRI.")
@click.option("--engine", type=click.Choice(["webgl", "pyvis"]), metavar="NAME",
              help="webgl, any size; pyvis, the 300 best supported. By default pyvis for a --focus of up to 300 entities, else webgl.")
@click.option("--max-size", type=click.FloatRange(min=0, min_open=True), default=25, show_default=True, metavar="MB",
              help="Largest file; sentences of the least supported facts are left out beyond it.")
@click.option("-o", "--output", type=options.NEW, required=True, metavar="FILE.html", help="The page to write.")
def command(directory: Path, focus: str | None, depth: int, types: tuple[str, ...], document: str | None, engine: str | None,
            max_size: float, output: Path) -> None:
    """Draw the graph as one HTML page that opens offline.

    The page shows the whole graph, or what is asked for, with the sentences behind each line.

    \b
    Example:
      kg render -g output --focus 泾河 --depth 2 -o jinghe.html
    """
    from kg import api
    from kg.cli import console
    with api.open(directory) as graph:
        page = graph.render(focus=focus, depth=depth, types=types, document=document, engine=engine, max_size=max_size)
    console.write(page.encode(), output)
