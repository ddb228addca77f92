"""kg validate: the graph against its SHACL shapes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("validate")
@options.graph
@click.pass_context
def command(ctx: click.Context, directory: Path) -> None:
    """Check the graph against the SHACL shapes; exit status 1 on violations.

    \b
    Example:
      kg validate -g output
    """
    from kg import api
    with api.open(directory) as graph:
        report = graph.validate()
    for found in report.violations:
        click.echo(f"{found.severity}: {found.focus} {found.path}: {found.message} ({found.shape})")
    wrong = sum(found.severity == "violation" for found in report.violations)
    warned = len(report.violations) - wrong
    click.echo(f"The graph {'conforms' if report.conforms else 'does not conform'} to the shapes: {wrong} violations, {warned} warnings.")
    ctx.exit(0 if report.conforms else 1)
