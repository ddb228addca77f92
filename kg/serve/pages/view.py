"""What a view is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.graph.store import GraphStore
from kg.serve.pages.language import Language


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for: the language, the address (path and query), what it is about, the fields of the query.

    It is about a resource (`iri`) or a ready question (`name`); the other is empty, and both are where it is about neither.
    """

    language: Language
    path: str
    iri: str = ""
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str, default: int = 1) -> int:
        """A field that is a small number; its default where it is none.

        >>> Asked("zh", "/", fields={"page": "3"}).number("page"), Asked("zh", "/", fields={"page": "<b>"}).number("page")
        (3, 1)
        """
        given = self.fields.get(name, "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else default

    def page(self, *lists: tuple[int, int]) -> tuple[int, int]:
        """The page that is asked for, and the last one, of lists as (rows, rows of a page).

        >>> Asked("zh", "/", fields={"page": "9"}).page((120, 50)), Asked("zh", "/").page((0, 50), (60, 50))
        ((3, 3), (1, 2))
        """
        last = max(1, *(-(-rows // each) for rows, each in lists))
        return min(max(1, self.number("page")), last), last


@dataclass(frozen=True, slots=True)
class Made:
    """The template of a page and what is put into it."""

    template: str
    model: Mapping[str, Any]


View = Callable[[GraphStore, Asked], Made]
