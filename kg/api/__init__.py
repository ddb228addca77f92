"""What `import kg` and the commands call, loaded on first use: reading a graph never loads spaCy."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api.building import build as build
    from kg.api.building import extract as extract
    from kg.api.building import to_json as to_json
    from kg.api.opened import Graph as Graph
    from kg.api.opened import open as open

_ROOMS = {"build": "building", "extract": "building", "to_json": "building", "open": "opened", "Graph": "opened"}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
