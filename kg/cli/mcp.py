"""kg mcp: the graph for programs that speak the Model Context Protocol."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options
from kg.errors import InputError


@click.command("mcp")
@options.graph
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, metavar="SECONDS",
              help="A call is ended after this time.")
def command(directory: Path, *, timeout: float) -> None:
    """Serve the graph to assistants over the Model Context Protocol (stdio).

    The program starts this command by itself; docs/mcp.md shows what to write into its settings. Its tools search entities,
    read one with its sentences, find evidence and indicator values, ask ready questions and SPARQL. Nothing can be changed.
    Needs the mcp extra.

    \b
    Example:
      kg mcp -g output
    """
    try:
        from kg.serve.mcp import run
    except ModuleNotFoundError as error:
        raise InputError(f"kg mcp needs the package mcp 2.3 or newer, not installed here ({error.name}). "
                         "Install the mcp extra: pip install '.[mcp]' in the project's folder.") from None
    if sys.stdin.isatty():
        click.echo("This speaks a protocol for programs, not for people; docs/mcp.md says how to register it. Ctrl-D ends it.", err=True)
    run(directory, timeout=timeout)
