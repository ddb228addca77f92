"""The forms of names as they are compared, in searching and in asking."""

from __future__ import annotations

import re
import unicodedata

from kg.text.fold import fold

_DROPPED = re.compile(r"[《》“”\"'‘’「」『』〈〉\s]")


def folded(text: str) -> str:
    """A text without quotes, book marks and blanks, full-width letters made narrow.

    >>> folded("《甘肃省“十四五”规划》ＰＭ２．５")
    '甘肃省十四五规划PM2.5'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


def key(form: str) -> str:
    """A form as it is searched: folded, simplified and without case.

    >>> key("《PM２.５ 濃度》")
    'pm2.5浓度'
    """
    return fold(folded(form)).casefold()


def sounds(pinyin: str) -> tuple[str, ...]:
    """The forms that pinyin is typed in: all syllables in one, and their initials.

    >>> sounds("ping liang shi pls"), sounds("")
    (('pingliangshi', 'pls'), ())
    """
    *syllables, initials = pinyin.split() or [""]
    return tuple(form for form in ("".join(syllables), initials) if form)
