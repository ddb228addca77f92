"""Write docs/cli.md from the help of the commands; with --print, to standard output."""

import sys
from pathlib import Path

import click

from kg.cli import COMMANDS, main

HEAD = """# Commands

The help of each command, as `kg COMMAND --help` shows it. This page is made by `python docs/make_cli.py`.
Exit statuses: 0 all went well · 1 some input failed or violations were found · 2 the command was used wrongly.
"""


def shown(context: click.Context) -> str:
    return f"\n## {context.command_path}\n\n```text\n{context.get_help().rstrip()}\n```\n"


def reference() -> str:
    top = main.make_context("kg", [], resilient_parsing=True, terminal_width=100)
    commands = [(name, command) for name in COMMANDS if (command := main.get_command(top, name))]
    below = [command.make_context(name, [], parent=top, resilient_parsing=True) for name, command in commands]
    return HEAD + "".join(shown(context) for context in (top, *below))


if __name__ == "__main__":
    if "--print" in sys.argv:
        sys.stdout.buffer.write(reference().encode())
    else:
        Path(__file__).with_name("cli.md").write_text(reference(), encoding="utf-8", newline="\n")
