"""The words of `stem_words.tsv`, which tell where the name of an agency or a place begins."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=16)
def word_set(kind: str) -> frozenset[str]:
    """The words of one kind: stop, acting, nominal, body, common, generic-agency, generic-place, no-village.

    >>> "的" in word_set("stop"), "和平" in word_set("common")
    (True, True)
    """
    lines = files("kg.extract.names").joinpath("stem_words.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if line.startswith(f"{kind}\t") for word in line.split("\t")[1].split())


def alternatives(kind: str) -> str:
    """The words of one kind as alternatives of a regular expression, the longest first.

    >>> alternatives("body").split("|")[0]
    '人民政府'
    """
    return "|".join(sorted(word_set(kind), key=lambda word: (-len(word), word)))
