"""A pattern tried only where an anchor stands: what a name cannot lack is quicker to find than the name."""

from __future__ import annotations

import re
from collections.abc import Iterator


def around(anchor: re.Pattern[str], before: int, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern in text order that begin at most `before` characters before an anchor and reach over its start.

    >>> [m.group() for m in around(re.compile("督察"), 6, re.compile("(?:中央|省)?[一-鿿]{0,4}督察"), "省督察。中央环保督察")]
    ['省督察', '中央环保督察']
    """
    reached = 0
    for found in anchor.finditer(text):
        at = found.start()
        for start in range(max(reached, at - before), at + 1):
            match = pattern.match(text, start)
            if match is not None and match.end() > at:
                yield match
                reached = match.end()
                break


def lines_with(literal: str, text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text that hold a literal, as offsets.

    >>> list(lines_with("湖", "甲湖、乙湖\\n丙河\\n丁湖"))
    [(0, 5), (9, 11)]
    """
    at = text.find(literal)
    while at >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text.rfind("\n", 0, at) + 1, end
        at = text.find(literal, end)
