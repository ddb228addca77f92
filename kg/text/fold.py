"""A copy of a text for matching: full-width forms and traditional characters mapped one to one, so that offsets stay."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import opencc

_BULK = 0.02
"""From this share of traditional characters on, a text is traditional and is converted by phrases (乾隆 stays, 乾燥 → 干燥)."""


class _Widths(dict[int, str]):
    """Code point → its width-folded form where that is one character; circled digits stay, lest ①2024年 read as 12024年."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character)
        circled = unicodedata.decomposition(character).startswith("<circle>")
        self[code] = result = folded if len(folded) == 1 and not circled else character
        return result


_WIDTHS = _Widths()


def fold(text: str) -> str:
    """Width-fold and simplify a text character by character, so that offsets stay those of the original.

    >>> fold("ＰＭ２．５（%）")
    'PM2.5(%)'
    >>> fold("臺灣河川水質監測")
    '台湾河川水质监测'
    """
    return _simplify(text.translate(_WIDTHS))


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters, not only some of its words.

    >>> is_traditional("河川水質監測"), is_traditional("河川水质监测，引《水經注》一则。" + "余皆今人所记，不再一一注明出处与版本。" * 4)
    (True, False)
    """
    found = _simplified().keys() & set(text)
    return bool(found) and sum(map(found.__contains__, text)) >= _BULK * len(text)


def simplified(text: str) -> str:
    """A text in simplified characters, one for one, its widths and marks as they are.

    >>> simplified("臺灣河川（含）水質")
    '台湾河川（含）水质'
    """
    return _simplify(text)


def _simplify(text: str) -> str:
    found = _simplified().keys() & set(text)
    if not found:
        return text
    if sum(map(found.__contains__, text)) >= _BULK * len(text):
        converted = str(_converter().convert(text))
        if len(converted) == len(text):
            return converted
    return text.translate({ord(c): _simplified()[c] for c in found})


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Characters that only traditional text has (GB 2312 lacks them) → their simplified form."""
    blocks = ((0x3400, 0xA000), (0xF900, 0xFB00))
    characters = [chr(code) for low, high in blocks for code in range(low, high)]
    converted = _converter().convert("\n".join(characters)).split("\n")
    return {a: b for a, b in zip(characters, converted, strict=True) if a != b and len(b) == 1 and not _in_gb2312(a)}


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
