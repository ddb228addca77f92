"""kg ask: a question in plain Chinese."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("ask")
@options.graph
@click.argument("phrase", metavar="QUESTION")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, metavar="FORM",
              help="table, csv (the rows) or json (all of it).")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, metavar="LANG",
              help="Titles and labels in Chinese (zh) or English (en).")
@click.pass_context
def command(context: click.Context, directory: Path, phrase: str, form: str, lang: str) -> None:
    """Ask a question in plain Chinese.

    It is matched against the ways of asking the ready questions (see kg query --list), with the names of the graph; no language
    model has a part in it. The answer says which question was understood, the SPARQL, and the rows with their sentences. Where a
    question is not understood, the nearest ready questions and entities are listed, and the exit status is 1.

    \b
    Example:
      kg ask 黄河流域有哪些治理项目？
      kg ask 甘肃省2025年的目标是什么 --format csv
    """
    from kg import api
    from kg.cli import replies
    with api.open(directory) as graph:
        reply = graph.ask(phrase)
        replies.print_reply(reply, form, lang)
    if reply.understood is None:
        context.exit(1)
