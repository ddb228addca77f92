"""The two languages of the pages, and what they say."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

from kg.vocab import LABELS

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
COOKIE: Final = "lang"


def choose(asked: str | None, kept: str | None, accepted: str) -> Language:
    """What the address asks for, else what was chosen before, else the first that the browser accepts; Chinese where none is known.

    >>> choose(None, None, "en-GB,en;q=0.9,zh;q=0.5"), choose("zh", "en", ""), choose("<b>", None, "fr")
    ('en', 'zh', 'zh')
    """
    offered = [asked, kept, *(part.split(";")[0].strip().lower()[:2] for part in accepted.split(","))]
    return next((language for wanted in offered for language in LANGUAGES if wanted == language), "zh")


@lru_cache(maxsize=1)
def strings() -> Mapping[str, tuple[str, str]]:
    """What the pages say: key → Chinese and English."""
    found: dict[str, tuple[str, str]] = json.loads(files("kg.serve.pages").joinpath("strings.json").read_text(encoding="utf-8"))
    return found


def words(language: Language) -> Callable[..., str]:
    """The strings of a language: a key and what to put in → the text.

    >>> words("zh")("results", n=3)
    '3 项结果'
    """
    side, known = LANGUAGES.index(language), strings()

    def say(key: str, /, **put: object) -> str:
        text = known[key][side]
        return text.format(**put) if put else text

    return say


def terms(language: Language) -> Callable[[str], str]:
    """The labels of the project's terms by local name; a name that is no term is its own label.

    >>> terms("en")("issues"), terms("zh")("River"), terms("zh")("urn")
    ('issues', '河流', 'urn')
    """
    side = LANGUAGES.index(language)
    return lambda name: LABELS[name][side] if name in LABELS else name
