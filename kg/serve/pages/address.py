"""Where the page of an IRI is, and the IRI that a path names.

An IRI of the graph holds nothing but letters, digits, `-._~/:` and percent-encoded octets (see `kg.iri`), so that it stands in
a path as it is; browsers encode its Chinese letters, which is undone here.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, unquote_to_bytes

from kg import iri
from kg.vocab import ID

_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ELSEWHERE = re.compile(r"[^\w\-.~/:%\x80-\U0010ffff]+")
ROOM = "/id/"
"""Where the pages are of what has an IRI of the project; an IRI as a whole may follow too, as the picture of the graph has it."""
RESOURCE = "/resource?iri="
"""The address of what has an IRI beyond the project's."""


def page_of(resource: str) -> str:
    """The path of the page of a resource; a sentence stands in the page of its document.

    >>> page_of("https://w3id.org/shanshui/id/water/泾河"), page_of("urn:泾河")
    ('/id/water/泾河', '/resource?iri=urn:泾河')
    """
    return ROOM + resource.removeprefix(ID) if resource.startswith(ID) else RESOURCE + resource


def in_graph(resource: str) -> str:
    """The address of a resource in the picture of the graph, which names those of the project by what follows in their path.

    >>> in_graph("https://w3id.org/shanshui/id/water/泾河"), in_graph("urn:泾河")
    ('/graph#entity=water%2F%E6%B3%BE%E6%B2%B3', '/graph#entity=urn%3A%E6%B3%BE%E6%B2%B3')
    """
    return "/graph#entity=" + quote(resource.removeprefix(ID), safe="")


def resource_of(path: str) -> str:
    """The IRI that a path or query names, as it came over the wire.

    >>> resource_of("/id/water/%E6%B3%BE%E6%B2%B3"), resource_of("/id/agency/%3Cb"), resource_of("/resource?iri=urn%3A%E6%B3%BE%E6%B2%B3")
    ('https://w3id.org/shanshui/id/water/泾河', 'https://w3id.org/shanshui/id/agency/%3Cb', 'urn:泾河')
    """
    named = path.removeprefix(ROOM).removeprefix(RESOURCE)
    if path.startswith(ROOM) and not _SCHEME.match(named):
        named = ID + named
    if "%3A" in named.upper() and ":" not in named:  # encoded as a whole, as forms do
        named = unquote(named, errors="replace")
    return _ELSEWHERE.sub(lambda found: quote(found[0], safe=""), _ENCODED.sub(_letters, named))


def _letters(found: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(found[0]).decode()
    except UnicodeDecodeError:
        return found[0].upper()
    return "".join(ch if iri.segment(ch) == ch else quote(ch, safe="", errors="replace") for ch in text)
