"""Bytes → str: which encoding a Chinese text file is in."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GUESSES = ("utf-16-le", "utf-16-be", "gb18030", "big5")
_SAMPLE = 20_000
_PLAUSIBLE = 0.6
_SOUND = 0.9
_MARKUP = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})"
                     rb"|<\?xml[^>]{0,80}encoding=[\"']([A-Za-z0-9_-]{3,20})", re.I)
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "utf8": "utf-8", "unicode": "utf-8"}


def decode(content: bytes, *, markup: bool = False) -> tuple[str, str] | None:
    """The text and the name of its encoding, None where the bytes are no text; with `markup` a page's own charset goes first.

    >>> decode("泾河水质".encode("gb18030"))
    ('泾河水质', 'gb18030')
    >>> decode("泾河水质".encode("utf-16"))
    ('泾河水质', 'utf-16')
    >>> decode(bytes(range(256))) is None
    True
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _strict(content, encoding)
            return None if text is None or _controls(text) else (text, encoding.removesuffix("-sig"))
    declared = _declared(content) if markup else None
    for encoding in dict.fromkeys(filter(None, (declared, "utf-8"))):
        text = _strict(content, encoding)
        if text is not None and not _controls(text):
            return text, encoding
    return _guess(content)


def _guess(content: bytes) -> tuple[str, str] | None:
    found = []
    for encoding in _GUESSES:
        text = _strict(content, encoding)
        if text is not None and not _controls(text):
            found.append((_soundness(text[:_SAMPLE], encoding), text, encoding))
    if found:
        share, text, encoding = max(found, key=lambda f: (f[0], -_GUESSES.index(f[2])))
        if share >= _PLAUSIBLE:
            return text, encoding
    return _mended(content) or _last_resort(content)


def _mended(content: bytes) -> tuple[str, str] | None:
    """UTF-8 or GB18030 with a few broken bytes (a file cut in the middle of a character)."""
    for encoding in ("utf-8", "gb18030"):
        text = content.decode(encoding, errors="replace")
        bad = text.count("�")
        if text and bad <= 1 + len(text) // 500 and not _controls(text) and _soundness(text[:_SAMPLE], encoding) >= _SOUND:
            return text, encoding
    return None


def _last_resort(content: bytes) -> tuple[str, str] | None:
    if b"\0" in content[:_SAMPLE]:
        return None
    best = charset_normalizer.from_bytes(content[:_SAMPLE]).best()
    text = _strict(content, best.encoding) if best else None
    if best is None or text is None or _controls(text) or _soundness(text[:_SAMPLE], best.encoding) < _PLAUSIBLE:
        return None
    return text, best.encoding


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _declared(content: bytes) -> str | None:
    match = _MARKUP.search(content[:4096])
    if not match:
        return None
    name = (match[1] or match[2]).decode("ascii").lower()
    return _ALIASES.get(name, name)


def _controls(text: str) -> bool:
    """Whether so many control characters stand in the text that it is a binary file."""
    sample = text[:_SAMPLE]
    controls = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\v\x1a") or c == "\x7f")
    return controls > 1 + len(sample) // 200 or controls * 10 > len(sample)


def _soundness(text: str, encoding: str) -> float:
    """The share of characters that a Chinese or Latin text is made of; level 1 of GB 2312 and of Big5 holds the everyday ones."""
    characters = [c for c in text if not c.isspace()]
    if not characters:
        return 1.0
    return sum(_weight(c, encoding) for c in characters) / len(characters)


def _weight(character: str, encoding: str) -> float:
    if "!" <= character <= "~" or "！" <= character <= "～" or character in "，。、；：？！（）《》“”‘’—…　％":
        return 1.0
    if not "㐀" <= character <= "鿿":
        return 0.6 if character in "①②③④⑤㎡㎥℃±×°·²³ⅠⅡⅢⅣⅤ•○●■◆★▲" else 0.2 if "\xa0" <= character <= "ÿ" else 0.0
    table, last = ("big5", 0xC6) if encoding == "big5" else ("gb2312", 0xD7)
    try:
        return 1.0 if character.encode(table)[0] <= last else 0.6
    except UnicodeEncodeError:
        return 0.5
