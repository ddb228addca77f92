"""The `kg` command: one file a command, loaded when it is called.

Exit statuses: 0 all went well · 1 some input failed or violations were found · 2 the command was used wrongly.
"""

from __future__ import annotations

import io
import logging
import sys
from importlib import import_module
from typing import Any

import click

from kg._version import VERSION
from kg.errors import KgError, QueryError

COMMANDS = ("build", "extract", "query", "ask", "show", "export", "render", "serve", "mcp", "validate", "evaluate")


class Refusal(click.ClickException):
    """An error of the library, shown as one sentence without a traceback."""

    def __init__(self, error: KgError) -> None:
        super().__init__(str(error))
        self.status = 2 if isinstance(error, QueryError) else 1

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        return self.status


class Commands(click.Group):
    """A group whose commands are modules of this package, imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise Refusal(error) from error
        except (BrokenPipeError, KeyboardInterrupt):
            raise
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror or error}. "
                                       "Check the disk, the path and its permissions.") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="kg", message="%(prog)s %(version)s")
def main() -> None:
    """Turn a folder of Chinese environmental documents into a knowledge graph.

    Every fact leads back to the sentence that states it.

    \b
    Example:
      kg build documents/ -o output      # documents -> output/graph.ttl, output/graph.html
      kg show -g output 甘肃省生态环境厅    # what the graph says, with its sentences
      kg query -g output targets          # a ready question; any SPARQL works too

    Documentation: docs/cli.md, README.md.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese is no reason to stop
    logging.getLogger().addHandler(logging.NullHandler())  # what parsers mutter about fonts is for no reader
