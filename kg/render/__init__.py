"""Pictures of the graph, loaded on first use: networkx, scipy and pyvis take a second that a query need not wait for, nor a page
that needs them not."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.render import pyvis_page as pyvis_page
    from kg.render.bridge import graph_file as graph_file
    from kg.render.bridge import to_networkx as to_networkx
    from kg.render.forces import arrange as arrange
    from kg.render.page import Page as Page
    from kg.render.page import page as page

_ROOMS = {"arrange": "forces:arrange", "graph_file": "bridge:graph_file", "to_networkx": "bridge:to_networkx", "Page": "page:Page",
          "page": "page:page", "pyvis_page": "pyvis_page"}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return resolve_name(f"{__name__}.{_ROOMS[name]}")
