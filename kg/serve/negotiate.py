"""Which of the media types offered an Accept header prefers (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.serve.formats import KINDS, Offer

Range = tuple[str, float]


def offers(accept: str) -> Mapping[str, Offer | None]:
    """For each kind of answer the form that an Accept header gets; None where it gets none.

    >>> offers("text/turtle, text/csv;q=0.5")["rows"]
    Offer(media='text/csv', form='csv')
    """
    ranges = accepted(accept)
    return {kind: choose(ranges, offered) for kind, offered in KINDS.items()}


def accepted(accept: str) -> tuple[Range, ...]:
    """The media ranges of an Accept header with their weights; what cannot be read is passed over.

    >>> accepted("text/html, application/xml;q=0.9, */*;q=0.1")
    (('text/html', 1.0), ('application/xml', 0.9), ('*/*', 0.1))
    """
    found = []
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        if media.count("/") == 1 and all(media.split("/")):
            found.append((media.lower(), _weight(parameters)))
    return tuple(found)


def choose(ranges: Sequence[Range], offered: Sequence[Offer]) -> Offer | None:
    """The offer of the greatest weight, of equal ones the first; the first of all where nothing is asked for."""
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda offer: _weight_of(offer.media, ranges))
    return best if _weight_of(best.media, ranges) > 0 else None


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _weight_of(media: str, ranges: Sequence[Range]) -> float:
    """The weight that the most specific range gives."""
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        weights = [weight for asked, weight in ranges if asked == pattern]
        if weights:
            return max(weights)
    return 0.0
