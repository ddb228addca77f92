"""One HTML file that opens offline, by the engine that suits what is shown."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from typing import Final

from kg import render
from kg.graph.store import GraphStore
from kg.query import whole
from kg.render import web_page
from kg.render.picture import MOST, Facts, around, everything, picture

ENGINES: Final = ("webgl", "pyvis")


class Page(str):
    """The text of a page; a notebook shows the page itself, in a frame that reaches nothing around it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return (f'<iframe srcdoc="{escape(self)}" sandbox="allow-scripts allow-downloads" title="Shanshui" '
                'style="width:100%;height:720px;border:1px solid #E4E0D8"></iframe>')


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles of references: rows have none, and each search goes through millions of them.

    It decorates a function, whose rows are gone when the search begins again.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def page(graph: GraphStore, *, focus: str | None = None, depth: int = 1, types: tuple[str, ...] = (), document: str | None = None,
         engine: str | None = None, max_size: float = 25, server: str = "") -> Page:
    """The page of what is asked for (see `picture`); the same graph gives the same bytes.

    `engine` is webgl (everything, however large) or pyvis (the 300 best supported entities); where it is None, pyvis shows
    what lies around a focus, up to 300 entities, and webgl all else. `max_size` in megabytes bounds the file of webgl, `server` is
    the address of the pages of entities where the graph is served. Raises RenderError.
    """
    chosen = partial(picture, focus=focus, depth=depth, types=types, document=document)
    if focus and engine != "webgl" and (nearby := around(graph, focus, depth, document)):
        return Page(render.pyvis_page.html(chosen(nearby)))
    if engine == "pyvis":
        return Page(render.pyvis_page.html(chosen(everything(graph))))
    if engine or not focus:
        web_page.bundle("page.js")  # its absence is told before the graph is read, not after
    with whole.beside(graph, whole.related, whole.mentions) as (related, mentions):
        entities, papers, places, stated = whole.entities(graph), whole.documents(graph), whole.areas(graph), whole.evidence(graph)
        facts = Facts.of(entities, papers, whole.claims(graph, stated, related()), whole.values(graph, stated))
        shown = chosen(facts, most=None)
        if engine is None and focus and len(shown.drawn) <= MOST:
            return Page(render.pyvis_page.html(shown))
        return Page(web_page.html(shown, places, mentions, max_size=max_size, server=server))
