"""kg serve: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("serve")
@options.graph
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen; 0.0.0.0 for all of the network.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="N", help="0 takes a free one.")
@click.option("--writable", is_flag=True, help="Take updates from those who send the write token.")
@click.option("--timeout", type=click.FloatRange(0.1, 86400), default=30.0, show_default=True, metavar="SECONDS",
              help="The most that a query may take.")
@click.option("--rows", type=click.IntRange(0), default=100_000, show_default=True, metavar="N",
              help="The most rows of an answer; 0 for no limit.")
@click.option("--concurrent", type=click.IntRange(1, 1000), default=16, show_default=True, metavar="N",
              help="How many queries may be at work at once; while others wait, long ones keep half of the places.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Whose pages may read from here, such as https://example.org, or *; "
                                                              "may be given again.")
def command(directory: Path, *, host: str, port: int, writable: bool, timeout: float, rows: int, concurrent: int,
            cors: tuple[str, ...]) -> None:
    """Serve the graph over HTTP until Ctrl-C: pages, SPARQL at /sparql, graphs at /store.

    Nothing is read from outside, and nothing is written unless --writable is given. Updates then need the
    token of the environment variable KG_TOKEN, or the one that is printed at the start.

    \b
    Example:
      kg serve -g output
      curl http://127.0.0.1:8000/sparql --data-urlencode 'query=SELECT ?name WHERE { ?a a eco:Agency ; rdfs:label ?name }'
    """
    from kg.cli import serving
    from kg.serve.limits import Limits
    from kg.serve.run import serve
    limits = Limits(timeout=timeout, rows=rows, concurrent=concurrent)
    serve(directory, host=host, port=port, writable=writable, limits=limits, cors=cors, ready=serving.greet)
