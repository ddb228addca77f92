"""IRIs from names: readable, deterministic, and without any knowledge of the gazetteer.

A segment is NFKC, without control and format characters, white space as `_`, then percent-encoded
but for RFC 3987 *iunreserved*, so that Chinese stays readable.
"""

from __future__ import annotations

import hashlib
import unicodedata
from urllib.parse import quote

BASE = "https://w3id.org/shanshui/id/"
_KINDS = {"Agency": "agency", "Programme": "programme", "WaterFeature": "water", "Project": "project", "Place": "place"}
SPAN = "#char="
"""What stands between the IRI of a document and the characters of a sentence or mention in it."""
_LONGEST = 120


def segment(name: str) -> str:
    """One path segment of an IRI for a name; never empty, never a dot segment.

    It asks the character tables of Python for nothing but NFKC and the categories Cc and Cf, which no release of
    Unicode changes for a character once assigned.

    >>> segment("甘肃省 “十四五”规划")
    '甘肃省_“十四五”规划'
    >>> segment("<b>/？"), segment(".."), segment("")
    ('%3Cb%3E%2F%3F', '%2E%2E', '~e3b0c44298fc1c14')
    """
    folded = unicodedata.normalize("NFKC", name)
    kept = "".join("_" if ch.isspace() else ch for ch in folded if ch.isspace() or unicodedata.category(ch) not in ("Cc", "Cf"))
    if len(kept) > _LONGEST:
        kept = f"{kept[:80]}~{digest(kept)}"
    kept = kept.strip("_")
    if not kept.strip("."):
        return kept.replace(".", "%2E") or f"~{digest(name)}"
    return "".join(ch if _unreserved(ch) else quote(ch, safe="", errors="replace") for ch in kept)


def _unreserved(ch: str) -> bool:
    """RFC 3987, section 2.2, *iunreserved*."""
    if ch.isascii():
        return ch.isalnum() or ch in "-._~"
    code = ord(ch)
    return (0xA0 <= code <= 0xD7FF or 0xF900 <= code <= 0xFDCF or 0xFDF0 <= code <= 0xFFEF
            or (0x10000 <= code <= 0xEFFFD and code & 0xFFFF <= 0xFFFD and not 0xE0000 <= code <= 0xE0FFF))


def digest(text: str, length: int = 16) -> str:
    """The first `length` hex digits of the SHA-256 of a text.

    >>> digest("泾河")
    '254821508ae6f584'
    """
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:length]


def mint(type_: str, name: str, jurisdiction: str | None = None, *, base: str = BASE) -> str:
    """The IRI of an entity: its broad type, its jurisdiction where the name does not stand alone, its full name.

    A place or a jurisdiction may be a chain of full names parted by `/`.

    >>> mint("Agency", "甘肃省生态环境厅")
    'https://w3id.org/shanshui/id/agency/甘肃省生态环境厅'
    >>> mint("Agency", "督查考核局", "平凉市")
    'https://w3id.org/shanshui/id/agency/平凉市/督查考核局'
    >>> mint("Place", "甘肃省/平凉市/华亭县")
    'https://w3id.org/shanshui/id/place/甘肃省/平凉市/华亭县'
    """
    parts = [*(jurisdiction or "").split("/"), *(name.split("/") if type_ == "Place" else [name])]
    return base + "/".join([_KINDS[type_], *(segment(part) for part in parts if part)])


def document_iri(sha256: str, *, base: str = BASE) -> str:
    """The IRI of a document, from the hash of its stored text.

    >>> document_iri("ab" * 32)
    'https://w3id.org/shanshui/id/document/abababababababab'
    """
    return f"{base}document/{sha256[:16]}"


def span_iri(document: str, start: int, end: int) -> str:
    """The IRI of a sentence or mention: its document with the half-open range of its characters (RFC 5147).

    >>> span_iri("https://w3id.org/shanshui/id/document/12", 5, 9)
    'https://w3id.org/shanshui/id/document/12#char=5,9'
    """
    return f"{document}{SPAN}{start},{end}"


def span_of(span: str) -> tuple[str, int, int]:
    """The document and the characters that the IRI of a sentence or mention names; no characters (0, 0) where it names none.

    >>> span_of("urn:d#char=120,180"), span_of("urn:d#one")
    (('urn:d', 120, 180), ('urn:d', 0, 0))
    """
    document, _, characters = span.partition(SPAN)
    start, _, end = characters.partition(",")
    try:
        return document, int(start), int(end)
    except ValueError:
        return document_of(span), 0, 0


def document_of(span: str) -> str:
    """The document of a sentence or mention, by its IRI.

    >>> document_of("https://w3id.org/shanshui/id/document/12#char=5,9")
    'https://w3id.org/shanshui/id/document/12'
    """
    return span.partition("#")[0]
