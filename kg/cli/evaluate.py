"""kg evaluate: extraction against annotations."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("evaluate")
@click.argument("gold", type=options.FOLDER, metavar="GOLD_DIR")
@click.argument("texts", type=options.FOLDER, metavar="TEXT_DIR")
@click.option("--metadata", type=options.FILE, metavar="FILE", help="Table of what the texts don't say, as for `kg build`.")
@click.option("--figures-only", is_flag=True, help="Leave out the list of what was wrong and missed.")
def command(gold: Path, texts: Path, metadata: Path | None, *, figures_only: bool) -> None:
    """Precision, recall and F1 of the extraction against annotated documents, and every error.

    GOLD_DIR holds a JSON file a document (the form of `kg extract`), TEXT_DIR the documents they annotate.

    \b
    Example:
      kg evaluate seeds/gold seeds/documents
    """
    from kg import api
    from kg.cli import figures
    figures.print_figures(api.evaluate(gold, texts, metadata=metadata), errors=not figures_only)
