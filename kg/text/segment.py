"""Document → spaCy Doc: tokens, sentences, sections, and a folded copy of the text of the same length."""

from __future__ import annotations

import re
import unicodedata

import rjieba
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import Document, Sentence

_VOCAB = Vocab()
_END = re.compile(r"[。！？!?；;]+[”’」』）)》]*|\n+")


def fold(text: str) -> str:
    """Width-fold a text character by character, so that offsets stay those of the original.

    >>> fold("ＰＭ２．５（%）")
    'PM2.5(%)'
    """
    return "".join(c if len(c := unicodedata.normalize("NFKC", ch)) == 1 else ch for ch in text)


def segment(document: Document) -> Doc:
    """Segment a document; `doc.text` is the stored text to the character.

    `doc.user_data` holds `document`, `folded` (matching runs on it) and `sections` (a heading path a sentence).
    """
    text = document.text
    folded = fold(text)
    words = [w for w, _ in _tagged(text)]
    doc = Doc(_VOCAB, words=words, spaces=[False] * len(words))
    starts = {m.end() for m in _END.finditer(text)} | {0}
    for token in doc:
        token.is_sent_start = token.idx in starts
    doc.user_data.update(document=document, folded=folded, sections=tuple("" for _ in doc.sents) if len(doc) else ())
    return doc


def _tagged(text: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    for part in re.split(r"((?:[。！？!?；;]+[”’」』）)》]*)|\n+)", text):
        if part:
            pieces.extend([(part, "x")] if _END.fullmatch(part) else rjieba.tag(part))
    return pieces


def sentences(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of a segmented document with their sections; blank ones left out."""
    found = []
    for span, section in zip(doc.sents, doc.user_data["sections"], strict=True):
        raw = span.text
        body = raw.strip()
        if body:
            start = span.start_char + len(raw) - len(raw.lstrip())
            found.append(Sentence(start, start + len(body), section))
    return tuple(found)
