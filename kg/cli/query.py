"""kg query: SPARQL, or a ready question."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")


@click.command("query")
@options.graph
@click.argument("query", required=False, metavar="[SPARQL|NAME]")
@click.option("--file", "file", type=options.FILE, metavar="F.rq", help="Read the query from a file.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: table, or turtle for CONSTRUCT and DESCRIBE]")
@click.option("--excel", is_flag=True, help="CSV that Excel opens with Chinese intact (starts with a byte-order mark).")
@click.option("--list", "listing", is_flag=True, help="List the ready questions.")
def command(directory: Path, query: str | None, file: Path | None, form: str | None, *, excel: bool, listing: bool) -> None:
    """Ask the graph in SPARQL (SELECT, ASK, CONSTRUCT, DESCRIBE), or by the NAME of a ready question.

    The prefixes of the project (eco, rdf, rdfs, skos, nif, prov, dcterms …) are declared already.

    \b
    Example:
      kg query 'SELECT ?name WHERE { ?agency a eco:Agency ; rdfs:label ?name } LIMIT 5'
      kg query targets --format csv --excel > targets.csv
      kg query --list
    """
    from kg.cli import answers, console
    if listing:
        answers.print_questions()
        return
    if (query is None) == (file is None):
        raise click.UsageError("Give a SPARQL query, the NAME of a ready question (see --list), or --file F.rq.")
    from kg import api
    with api.open(directory) as graph:
        answer = graph.query(options.text_of(file) if file else query or "")
        if form is None and not excel and answer.kind != "triples":
            answers.print_answer(answer)
        else:
            console.write(answers.serialize(answer, form, excel=excel), None)
