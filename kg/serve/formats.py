"""The media types that answers come in, the preferred first."""

from __future__ import annotations

from typing import Final, NamedTuple


class Offer(NamedTuple):
    """A media type and the form of the body under it."""

    media: str
    form: str

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header.

        >>> Offer("text/csv", "csv").content_type
        'text/csv; charset=utf-8'
        """
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


BOOLEAN: Final = (Offer("application/sparql-results+json", "json"), Offer("application/sparql-results+xml", "xml"),
                  Offer("application/json", "json"), Offer("application/xml", "xml"), Offer("text/xml", "xml"))
"""Of an ASK."""
ROWS: Final = (*BOOLEAN[:2], Offer("text/csv", "csv"), Offer("text/tab-separated-values", "tsv"), *BOOLEAN[2:])
"""Of a SELECT."""
TRIPLES: Final = (
    Offer("text/turtle", "text/turtle"), Offer("application/n-triples", "application/n-triples"),
    Offer("application/rdf+xml", "application/rdf+xml"), Offer("application/ld+json", "application/ld+json"),
    Offer("application/n-quads", "application/n-quads"), Offer("application/trig", "application/trig"),
    Offer("application/x-turtle", "text/turtle"), Offer("text/plain", "application/n-triples"),
    Offer("application/xml", "application/rdf+xml"), Offer("text/xml", "application/rdf+xml"),
    Offer("application/json", "application/ld+json"))
"""Of a CONSTRUCT, a DESCRIBE, a graph; the form is the media type proper."""
KINDS: Final = {"rows": ROWS, "boolean": BOOLEAN, "triples": TRIPLES}
