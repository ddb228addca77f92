"""kg build: documents → graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import options


@click.command("build")
@click.argument("paths", nargs=-1, required=True, type=options.ANY, metavar="PATH...")
@click.option("-o", "--output", type=options.NEW, default=Path("output"), show_default=True, metavar="DIR", help="Where the graph goes.")
@options.reading
@options.extractor
@click.option("--strict", is_flag=True, help="Build nothing when a file cannot be read.")
@click.option("--dry-run", is_flag=True, help="Only list the files with the encoding, title, place and year found.")
@click.option("--add", is_flag=True, help="Keep documents of the present graph that are not given now.")
@click.option("--base-iri", metavar="IRI", help="Where resources live, instead of https://w3id.org/shanshui/id/.")
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="Processes [default: as many as cores for more than 8 files].")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], output: Path, *, dry_run: bool, **given: Any) -> None:
    """Build the graph of files and folders (recursive): txt, md, html, pdf, docx.

    Writes DIR/store (for queries), DIR/graph.ttl, DIR/graph.html and DIR/report.json. Building again
    processes only what changed, and drops documents that are no longer given. A file that cannot be
    read is named and skipped; the exit status is then 1.

    \b
    Example:
      kg build documents/ -o output --place 甘肃省 --metadata documents/meta.tsv
    """
    from kg import api
    from kg.cli import console, summary
    if dry_run:
        seen = api.preview(paths, **{name: given[name] for name in ("metadata", "place", "year", "gazetteer")})
        summary.print_preview(seen)
        ctx.exit(1 if seen.skipped else 0)
    report = api.build(paths, output, progress=console.progress, **given)
    summary.print_report(report, output)
    ctx.exit(1 if report.skipped else 0)
