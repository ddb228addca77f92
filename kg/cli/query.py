"""kg query: SPARQL, or a ready question."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")


@click.command("query")
@options.graph
@click.argument("query", required=False, metavar="[SPARQL|NAME]")
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE",
              help="A parameter of the ready question, such as river=黄河; repeatable.")
@click.option("--file", "file", type=options.FILE, metavar="F.rq", help="Read the query from a file.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: table, or turtle for CONSTRUCT and DESCRIBE]")
@click.option("--excel", is_flag=True, help="CSV that Excel opens with Chinese intact (starts with a byte-order mark).")
@click.option("--list", "listing", is_flag=True, help="List the ready questions (also with --format json).")
@click.option("--describe", metavar="NAME", help="Show a ready question: parameters, columns, an example, its SPARQL.")
def command(directory: Path, query: str | None, given: tuple[str, ...], file: Path | None, form: str | None, describe: str | None, *,
            excel: bool, listing: bool) -> None:
    """Ask the graph in SPARQL (SELECT, ASK, CONSTRUCT, DESCRIBE), or by the NAME of a ready question.

    The prefixes of the project (eco, rdf, rdfs, skos, nif, prov, dcterms …) are declared already. Tables leave out the columns of
    IRIs (projectIri, sentenceIri …); the other formats have them.

    \b
    Example:
      kg query projects-on-rivers --param river=黄河
      kg query targets --param place=甘肃省 --param year=2025 --format csv --excel > targets.csv
      kg query 'SELECT ?name WHERE { ?agency a eco:Agency ; rdfs:label ?name } LIMIT 5'
      kg query --list
      kg query --describe based-on
    """
    from kg.cli import answers, catalogue, console
    if listing or describe:
        catalogue.show(describe, as_json=form == "json")
        return
    if (query is None) == (file is None):
        raise click.UsageError("Give a SPARQL query, the NAME of a ready question (see --list), or --file F.rq.")
    from kg import api
    from kg.query.binding import as_given
    with api.open(directory) as graph:
        answer = graph.query(options.text_of(file) if file else query or "", **as_given(given))
        if form in (None, "table") and not excel and answer.kind != "triples":
            answers.print_answer(answer)
        else:
            console.write(answers.serialize(answer, form, excel=excel), None)
