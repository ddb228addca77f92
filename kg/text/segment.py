"""Document → spaCy Doc: tokens, sentences, sections, and a folded copy of the text of the same length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import rjieba
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import Document, Sentence
from kg.text.fold import fold
from kg.text.lines import runs_on
from kg.text.sections import inner_heading, paths

__all__ = ["fold", "segment", "sentences"]

_VOCAB = Vocab()
_INSIDE = 2**64 - 1
"""-1 as spaCy stores it: the token starts no sentence."""

_MARKS = re.compile(
    r"[《〈“‘「『（(\"。！？!?；;….\n](?:(?<=[《〈“‘「『（(\"])(?P<open>)|(?<=\n)(?P<line>\s*)"
    r"|(?<=[。！？!?；])[。！？!?；]*|(?<=;)(?=[\s　]|[^\x00-\x7f])|(?<=…)…?"
    r"|(?<=\.)\.{2,5}|(?<=[A-Za-z0-9%)\]\"”]\.)(?=[\s　]+[\"“(]?[A-Z]))")
"""What opens a pair, ends a line or, in no group, a sentence; searching for one class of characters is quickest."""
_PAIRS = {"《": ("》", 120), "〈": ("〉", 80), "“": ("”", 60), "‘": ("’", 40), "「": ("」", 60), "『": ("』", 60),
          "（": ("）", 120), "(": (")", 120), '"': ('"', 60)}
"""Closing mark, and the greatest length within which the end of a sentence inside the pair does not count."""

_CLOSERS = re.compile(r"([”’」』）)》〉】\"]*)\s*")
_LONGEST = 4000
"""Characters that the segmenter is given at once."""
_GOES_ON = re.compile(r"[，、,；;：:。的和与及等）)》”]")
_ABBREVIATION = re.compile(r"(?:^|[\s(（])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|No|Fig|Tab|Vol|vs|etc|St|U\.S|e\.g|i\.e|et al|Co|Ltd|Inc)$")


def segment(document: Document) -> Doc:
    """Segment a document; `doc.text` is the stored text to the character.

    `doc.user_data` holds `document`, its `text` (spaCy joins `doc.text` anew at each call), `folded` (matching runs on it)
    `bounds` (where each sentence begins and ends) and `sections` (its heading path).

    >>> doc = segment(Document("a", "一、目标\\n水质达到3.5级。《江河条例。释义》已印发；请执行", ""))
    >>> [s.text for s in doc.sents]
    ['一、目标\\n', '水质达到3.5级。', '《江河条例。释义》已印发；', '请执行']
    """
    text = document.text
    starts = [0, *_boundaries(text)] if text else []
    ends = [*starts[1:], len(text)] if text else []
    words: list[str] = []
    tags: list[str] = []
    first: list[int] = []
    for start, end in zip(starts, ends, strict=True):
        first.append(len(words))
        for pieces, marks in _tagged(text, start, end):
            words.extend(pieces)
            tags.extend(marks)
    doc = Doc(_VOCAB, words=words, spaces=[False] * len(words))
    doc.from_array(["TAG", "SENT_START"], _attributes(tags, first))
    doc.user_data.update(document=document, text=text, folded=fold(text), bounds=tuple(zip(starts, ends, strict=True)),
                         sections=tuple(paths(text, starts)))
    return doc


def _attributes(tags: list[str], first: list[int]) -> Any:
    """Tags and sentence starts as one array: setting them token by token is quadratic in spaCy."""
    known = {tag: _VOCAB.strings.add(tag) for tag in set(tags)}
    array = np.full((len(tags), 2), _INSIDE, dtype=np.uint64)
    array[:, 0] = [known[tag] for tag in tags]
    array[first, 1] = 1
    return array


def sentences(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of a segmented document with their sections; blank ones left out, white space around them too.

    >>> sentences(segment(Document("a", "一、目标\\n 到2030年水质好转。", "")))
    (Sentence(start=0, end=4, section='一'), Sentence(start=6, end=17, section='一'))
    """
    text = doc.user_data["document"].text
    found = []
    for (low, high), section in zip(doc.user_data["bounds"], doc.user_data["sections"], strict=True):
        raw = text[low:high]
        body = raw.strip()
        if body:
            start = low + len(raw) - len(raw.lstrip())
            found.append(Sentence(start, start + len(body), section))
    return tuple(found)


def _boundaries(text: str) -> Iterator[int]:
    """Offsets, rising, at which the second and later sentences start."""
    last = kept = guarded = 0
    for match in _MARKS.finditer(text):
        if match.lastgroup == "open":
            guarded = max(guarded, _closing(text, match))
            continue
        at = _after_line(text, match, kept) if match.lastgroup == "line" else _after_end(text, match, guarded)
        if at is not None and last < at < len(text):
            inner = inner_heading(text, last)
            if inner is not None and last < inner < at:
                yield inner
            yield at
            last = at
        if match.lastgroup == "line":
            kept = match.end()
            guarded = 0


def _closing(text: str, match: re.Match[str]) -> int:
    """The end of a short quotation or bracket that opens here, 0 where it is long, broken or never closed."""
    mark, length = _PAIRS[match[0]]
    end = text.find(mark, match.end(), match.end() + length)
    newline = text.find("\n", match.end(), end) if end >= 0 else 0
    return end + 1 if end >= 0 and newline < 0 else 0


def _after_end(text: str, match: re.Match[str], guarded: int) -> int | None:
    end = match.end()
    if end < guarded:
        if end != guarded - 1 or match[0] in ("…", "……", ";") or text[end] in "》〉":
            return None
        end = guarded
    after = _CLOSERS.match(text, end)
    closed = bool(after and after[1]) or end == guarded
    end = after.end() if after else end
    if (closed or match[0][0] in "….;") and _GOES_ON.match(text, end):
        return None
    if match[0] == "." and _ABBREVIATION.search(text[max(0, match.start() - 8):match.start()]):
        return None
    return end


def _after_line(text: str, match: re.Match[str], kept: int) -> int | None:
    end = text.find("\n", match.end())
    line = text[max(kept, match.start() - 400):match.start()].strip()
    after = text[match.end():match.end() + 200 if end < 0 else end].strip()
    return None if line and after and runs_on(line, after) else match.end()


def _tagged(text: str, start: int, end: int) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Words of text[start:end] with jieba's tags, by stretches between commas; they always add up to the text."""
    while start < end:
        stop = end if end - start <= _LONGEST else text.rfind("，", start, start + _LONGEST) + 1 or start + _LONGEST
        stretch = text[start:stop]
        pieces, marks = zip(*rjieba.tag(stretch), strict=True)
        yield (pieces, marks) if "".join(pieces) == stretch else (tuple(stretch), ("x",) * len(stretch))
        start = stop
