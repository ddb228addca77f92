"""What the server says on the terminal."""

from __future__ import annotations

import click


def greet(address: str, token: str | None) -> None:
    """Where the server is, and its write token where it was made just now: this once."""
    click.echo(f"Pages at {address}, SPARQL at {address}sparql, whole graphs at {address}store. Ctrl-C ends the server.")
    if token is not None:
        click.echo(f"Updates need this token, which is not shown again: Authorization: Bearer {token}")
