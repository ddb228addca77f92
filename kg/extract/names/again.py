"""Text → the places where names stand that a document has used before."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import ahocorasick_rs


def uses(forms: Collection[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Each form with its offsets in text order, the longest of those that begin together; in linear time.

    >>> list(uses({"白石镇", "白石镇红花村"}, "白石镇红花村在白石镇。"))
    [('白石镇红花村', 0, 6), ('白石镇', 7, 10)]
    """
    if not forms:
        return
    ordered = sorted(forms)
    matcher = ahocorasick_rs.AhoCorasick(ordered, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for number, start, end in matcher.find_matches_as_indexes(text):
        yield ordered[number], start, end
