"""Doc → phrases: the stretches of a text that a name of official Chinese can fill.

A name without marks (乙烯工业中长期发展规划, 怀洪新河灌区工程) has a right boundary, its head noun, and a left one that
nothing shows: it begins after a verb of governing (实施, 推进), a particle (的), a preposition, a pronoun
or a punctuation mark. `phrases` cuts a text at these; what is left between two cuts is a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.names.name_tables import words

VERBS = frozenset(words("cut"))
"""Words of governing, moving and telling that end what stands left of a name; matched as whole words."""
LIGHT = frozenset(words("cut-before-name"))
"""Words that may be part of a name; they cut at its front, and before a place name, a proper name or a quotation mark."""
PARTICLES = frozenset(words("particle"))
"""Particles, pronouns, prepositions and adverbs, which no name holds."""
_SOFT = frozenset("和与及暨")
_TAGS = frozenset(("p", "c", "u", "ud", "ug", "uj", "ul", "uv", "uz", "e", "r", "rr", "rz"))
_PROPER = frozenset(("ns", "nt", "nz"))
_HARD = re.compile(r"[^\w“”‘’\"'()·•、—~／/%°㎡-]|——|-{2,}")
_INLINE = re.compile(r"\([^()\n]{0,12}(?:段|期|部分|省|市|县|区|年|试行|暂行|草案|修订|修正|集团|中国|镇|乡|湖|河)\)"
                     r"|市容和环境卫生|容貌和环境卫生|林业和草原|国民经济和社会发展|公益林和商品林|非道路移动|建设占用"
                     r"|主要污染物|重点流域|安全生产|\(\d{4}[-—~至]+\d{4}年?\)|(?<!\d)\d{1,8}\s*号(?:[、和]\s*\d{1,8}\s*号)+")
_DOCUMENT = re.compile(r"方案|意见|细则|办法|条例|规划|计划|纲要|规定|决定|制度|机制|体系|责任制|协定|清单")
_STRAIGHT = re.compile(r'"([^"\n]{1,40})"')
_LONGEST = 100
_PERIOD = re.compile(r"“十[一二三四五六]五”")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch text[start:end] free of cuts; `before` is what cut it on the left: a conjunction (和), 、, or nothing.

    `words` are the offsets at which its words begin, with its end as the last.
    """

    start: int
    end: int
    before: str
    words: tuple[int, ...]


def phrases(doc: Doc, *, known: Iterable[tuple[int, int]] = ()) -> tuple[Phrase, ...]:
    """The phrases of a document in text order; no cut falls inside a known name (start, end).

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "全省深入实施清水行动，推进南河水库和北河灌区工程。", ""))
    >>> [doc.text[p.start:p.end] for p in phrases(doc)]
    ['全省', '清水行动', '南河水库', '北河灌区工程']
    """
    text = curled(doc)
    whole = bytearray(len(text) + 1)
    for start, end in (*(m.span() for m in _INLINE.finditer(text)), *known):
        whole[start:end] = b"\1" * (end - start)
    return tuple(_cut(doc, text, whole))


def curled(doc: Doc) -> str:
    """The folded text with straight quotation marks turned by pairs, so that "双碳" is read as “双碳”; of the same length."""
    known: str | None = doc.user_data.get("curled")
    if known is None:
        known = doc.user_data["curled"] = _STRAIGHT.sub(r"“\1”", doc.user_data["folded"])
    return known


def words_at(doc: Doc) -> dict[int, tuple[int, str]]:
    """The end and the tag of the word that begins at each offset, in text order; read off the document once.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> words_at(segment(Document("a.txt", "推进治理", "")))
    {0: (2, 'v'), 2: (4, 'v')}
    """
    known: dict[int, tuple[int, str]] | None = doc.user_data.get("words_at")
    if known is None:
        known, at = {}, 0
        tags: dict[int, str] = {}
        for length, key in doc.to_array(["LENGTH", "TAG"]).tolist() if len(doc) else ():
            tag = tags.get(key)
            if tag is None:
                tag = tags[key] = doc.vocab.strings[key] if key else ""
            known[at] = (at + length, tag)
            at += length
        doc.user_data["words_at"] = known
    return known


def _cut(doc: Doc, text: str, whole: bytearray) -> Iterator[Phrase]:
    at: list[int] = []
    before = ""
    words = words_at(doc)
    for start, (end, tag) in words.items():
        word = text[start:end]
        kind = None if whole[start] else _kind(word, tag, text, end)
        if text[start] == "—" and (text[end:end + 1] == "—" or text[max(start - 1, 0)] == "—"):
            kind = ""
        if kind is None and not whole[start] and word in LIGHT and (not at or _proper_after(words, end, text)):
            kind = ""
        if kind is None and (not at or end - at[0] <= _LONGEST):
            at.append(start)
            continue
        if at:
            yield Phrase(at[0], start, before, (*at, start))
            at = []
        before = kind or ""
        if kind is None:
            at.append(start)
    if at:
        yield Phrase(at[0], len(text), before, (*at, len(text)))


def _proper_after(words: dict[int, tuple[int, str]], at: int, text: str) -> bool:
    return at in words and (words[at][1] in _PROPER or (text[at] == "“" and not _PERIOD.match(text, at)))


def _kind(word: str, tag: str, text: str, end: int) -> str | None:
    """None where the word may stand inside a name; else the conjunction or 、 that cuts, or the empty string."""
    if word in _SOFT or word == "、":
        return word
    if word in VERBS:
        return None if word in ("实施", "推进", "落实", "执行") and _DOCUMENT.match(text, end) else ""
    if len(word) > 3 and ((word[:2] in VERBS and word[2:] in VERBS | LIGHT) or (word[:2] in LIGHT and word[2:] in VERBS)):
        return ""
    if word in PARTICLES or tag in _TAGS or word in "()" or _HARD.match(word):
        return ""
    return None
