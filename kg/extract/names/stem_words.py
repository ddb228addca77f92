"""The words of `stem_words.tsv`, which tell where the name of an agency or a place begins."""

from __future__ import annotations

from functools import lru_cache

from kg.tables import rows


@lru_cache(maxsize=16)
def word_set(kind: str) -> frozenset[str]:
    """The words of one kind: stop, acting, nominal, body, common, generic-agency, generic-place, no-village.

    >>> "的" in word_set("stop"), "和平" in word_set("common")
    (True, True)
    """
    return frozenset(word for of, words in rows("kg.extract.names", "stem_words.tsv") if of == kind for word in words.split())


def alternatives(kind: str) -> str:
    """The words of one kind as alternatives of a regular expression, the longest first.

    >>> alternatives("body").split("|")[0]
    '人民政府'
    """
    return "|".join(sorted(word_set(kind), key=lambda word: (-len(word), word)))
