"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ANY = click.Path(exists=True, readable=False, path_type=Path)
NEW = click.Path(path_type=Path)

graph = click.option("-g", "--graph", "directory", type=NEW, default=Path("output"), show_default=True, metavar="DIR",
                     help="The folder that `kg build` wrote.")


extractor = click.option("--extractor", type=click.Choice(["rules", "neural", "auto"]), default="rules", show_default=True, metavar="NAME",
                         help="rules; neural, a trained recogniser beside them (needs the neural extra); auto, neural where installed.")


def reading(function: Function) -> Function:
    """What is known of the documents beside their text: --metadata, --place, --year, --gazetteer."""
    for option in reversed((
            click.option("--metadata", type=FILE, metavar="FILE",
                         help="Table (TSV or JSON lines: file, title, issued, source, publisher, place) of what the texts don't say."),
            click.option("--place", metavar="NAME", help="Jurisdiction where text and metadata are silent, such as 甘肃省."),
            click.option("--year", type=click.IntRange(1900, 2200), metavar="YEAR",
                         help="Year that 今年 means where text and metadata are silent."),
            click.option("--gazetteer", type=FILE, metavar="FILE.tsv",
                         help="Your own table of names (type, name, …), added to the project's."))):
        function = option(function)
    return function


def text_of(file: Path) -> str:
    """The text of a query file."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{file} cannot be read as UTF-8 ({error}). Save it as UTF-8.", param_hint="--file") from None
