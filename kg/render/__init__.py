"""Pictures of the graph, loaded on first use: networkx and pyvis take half a second that a query need not wait for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.render.bridge import graph_file as graph_file
    from kg.render.bridge import to_networkx as to_networkx
    from kg.render.page import Page as Page
    from kg.render.page import page as page

_ROOMS = {"graph_file": "bridge", "to_networkx": "bridge", "Page": "page", "page": "page"}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
