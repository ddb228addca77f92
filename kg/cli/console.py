"""What the commands print: tables and progress on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

Step = TypeVar("Step")
PLAIN_WIDTH = 120
SHORT = 14
"""Columns of a table up to this width are never wrapped."""


class Rate(ProgressColumn):
    """Documents a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s", style="progress.data.speed")


def progress(steps: Iterable[Step], total: int, description: str) -> Iterator[Step]:
    """Pass the steps on, with a bar, a rate and the time left on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from steps
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(description, total=total)
        for step in steps:
            yield step
            bar.advance(task)


@contextmanager
def sheet() -> Iterator[Console]:
    """A console to print on: the terminal, or plain lines without colours and trailing blanks elsewhere."""
    if sys.stdout.isatty():
        yield Console(highlight=False)
        return
    console = Console(width=PLAIN_WIDTH, no_color=True, highlight=False)
    with console.capture() as capture:
        yield console
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: frozenset[int] = frozenset()) -> None:
    """Print a table; columns of short cells keep their width, the others wrap."""
    body = list(rows)
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, column in enumerate(columns):
        widest = max((cell_len(row[number]) for row in body), default=0)
        drawn.add_column(Text(column), justify="right" if number in numbers else "left", overflow="fold", no_wrap=widest <= SHORT,
                         min_width=min(max(widest, cell_len(column)), SHORT))
    for row in body:
        drawn.add_row(*(Text(cell) for cell in row))
    with sheet() as console:
        console.print(drawn)


def write(body: bytes, path: Path | None) -> None:
    """Write bytes to a file, or to standard output."""
    if path is None:
        sys.stdout.buffer.write(body)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}. Choose another file with -o.") from None


def complain(message: str) -> None:
    """One line on standard error."""
    click.echo(message, err=True)
