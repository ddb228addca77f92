"""kg extract: documents → JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import options


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, type=options.ANY, metavar="FILE...")
@options.reading
@options.extractor
@click.option("--with-text", is_flag=True, help="Include the stored text, which the offsets count.")
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="One JSON object a document.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], *, with_text: bool, form: str, **given: Any) -> None:
    """Extract entities, relations and indicator values as JSON, without building a graph.

    Offsets are half-open and count characters of the stored text.

    \b
    Example:
      kg extract report.pdf --place 甘肃省 --year 2024 --with-text > report.jsonl
    """
    import json

    from kg import api
    from kg.cli import console
    from kg.engine.report import Skipped
    failed = 0
    for result in api.extract_files(paths, **given):
        if isinstance(result, Skipped):
            failed += 1
            console.complain(f"Skipped {result}.")
        else:
            line = json.dumps(api.to_json(result, with_text=with_text), ensure_ascii=False)
            console.write(f"{line}\n".encode(errors="replace"), None)
    ctx.exit(1 if failed else 0)
