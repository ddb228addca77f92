"""Templates → HTML. Everything that is put into one is escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.serve.pages.address import in_graph, page_of
from kg.serve.pages.language import Language, terms, words
from kg.serve.pages.shapes import mark

PAGES = (("search", "/search"), ("ask", "/ask"), ("questions", "/questions"), ("indicators", "/indicators"), ("graph", "/graph"),
         ("query", "/query"))


def render(template: str, model: Mapping[str, Any], *, language: Language, path: str) -> str:
    """A page; `path` is the address that it stands at, with its query, for the link to the other language."""
    return _environment().get_template(template).render(
        model, language=language, t=words(language), term=terms(language), path=path, pages_of=PAGES, page_of=page_of, in_graph=in_graph,
        asset=asset, other=with_field(path, "lang", "en" if language == "zh" else "zh"), with_field=with_field, mark=mark)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(loader=PackageLoader("kg.serve.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)
    made.filters["number"] = number
    made.filters["path"] = lambda text: quote(text, safe="")
    return made


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a static file, which changes with its content."""
    folder = "bundle" if name.startswith("query.") else "static"
    file = files("kg.serve").joinpath(folder, name)
    mark = hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "0"
    return f"/{folder}/{name}?v={mark}"


def number(value: int) -> str:
    """A count with its thousands apart.

    >>> number(983000)
    '983,000'
    """
    return f"{value:,}"


def with_field(path: str, name: str, value: object) -> str:
    """An address with one field of its query set.

    >>> with_field("/search?q=a&page=2", "page", 3)
    '/search?q=a&page=3'
    """
    stem, _, query = path.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith(f"{name}=")]
    return f"{stem}?{'&'.join([*kept, f'{name}={quote(str(value))}'])}"
