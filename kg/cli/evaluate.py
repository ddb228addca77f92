"""kg evaluate: extraction against annotations."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("evaluate")
@click.argument("gold", type=options.FOLDER, nargs=-1, required=True, metavar="GOLD_DIR...")
@click.argument("texts", type=options.FOLDER, metavar="TEXT_DIR")
@click.option("--metadata", type=options.FILE, metavar="FILE", help="Table of what the texts don't say, as for `kg build`.")
@options.extractor
@click.option("--errors", is_flag=True, help="List every wrong and every missed row beside its sentence.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="Tables for people; JSON with figures and errors for programs.")
def command(gold: tuple[Path, ...], texts: Path, metadata: Path | None, extractor: str, form: str, *, errors: bool) -> None:
    """Measure the extraction against annotated documents.

    Precision, recall and F1, strict and relaxed, by level, entity type, predicate and group of documents.
    GOLD_DIR holds a JSON file a document (the form of `kg extract`), TEXT_DIR the documents they annotate. An annotation may name
    the text that it is about (`text`, a path below TEXT_DIR, and `sha256`); any other text is refused. The group of a document is what its
    annotation says (`group`), else its folder where several are given.

    \b
    Counted are distinct rows of each document:
      entities          type and literal form
      names             type and full official name
      relations         subject, predicate and object, as stated
      values            value, unit and indicator
      indicator_values  every field
    Optional gold rows are neither required nor counted as wrong. Relaxed figures pair what strict comparison
    leaves over, one to one (the "type" measure of SemEval-2013 task 9):
      entities          same type, overlapping form
      names             same type, one name contains the other
      relations         same predicate, arguments that agree like entities
      values            same value and unit
      indicator_values  same value, unit, indicator and kind

    \b
    Example:
      kg evaluate seeds/gold seeds/documents
      kg evaluate seeds/gold seeds/documents --errors
      kg evaluate seeds/gold seeds/documents --format json > figures.json
    """
    from kg import api
    from kg.cli import figures
    evaluation = api.evaluate(gold, texts, metadata=metadata, extractor=extractor)
    if form == "json":
        figures.print_json(evaluation)
    else:
        figures.print_tables(evaluation, errors=errors)
