"""Knowledge graphs from Chinese environmental documents.

    import kg
    kg.build(["documents/"], "output")
    with kg.open("output") as graph:
        for row in graph.query("targets"):
            print(row["indicator"], row["value"])

The public names are loaded on first use, so that a query never loads spaCy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg._version import VERSION

if TYPE_CHECKING:
    from kg.api import Graph, build, extract, open, to_json  # noqa: A004
    from kg.errors import KgError

_ROOMS = dict.fromkeys(("Graph", "build", "extract", "open", "to_json"), "kg.api") | {"KgError": "kg.errors"}

__version__ = VERSION
__all__ = ["Graph", "KgError", "__version__", "build", "extract", "open", "to_json"]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Room(ModuleType):
    """The room `kg.extract`, which answers a call as the function of that name."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        return import_module("kg.api").extract(*given, **named)


class _Package(ModuleType):
    """The package: a room named like a public function, once imported, stays callable."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
