"""Annotations of texts that are kept elsewhere: each names its text and the SHA-256 of it, and has offsets for sentences.

`text` is a path below the folder of texts (`corpus/a.txt`), or a table of JSON lines and the id of a row
(`corpus/large.jsonl.gz#law-1`: a row has `id` and `text`). `sha256` hashes the text in UTF-8. `at` gives the place of
the first occurrence of each form of an entity, `start` and `end` the evidence of a relation or value: half-open character
offsets into that text, which is the file as it stands there, with its line breaks and page furniture.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.matching import Row

_SPACE = re.compile(r"\s+")
_AROUND = 6


def is_elsewhere(gold: Row) -> bool:
    """Whether an annotation names the text that it is about."""
    return "text" in gold


def text_of(gold: Row, folder: Path) -> str:
    """The text that an annotation is about, from the folder of texts.

    Raises InputError where it is not there or is another text than the one annotated.
    """
    path, _, id_ = gold["text"].partition("#")
    try:
        text = _table(folder / path).get(id_) if id_ else (folder / path).read_text(encoding="utf-8")
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder / path}: the text of {gold['document']} cannot be read ({getattr(error, 'strerror', None) or error}). "
                         f"Give the folder that holds {path}.") from None
    if text is None:
        raise InputError(f"{folder / path}: there is no row {id_}, which {gold['document']} annotates. Give the table it was taken from.")
    if hashlib.sha256(text.encode()).hexdigest() != gold.get("sha256"):
        raise InputError(f"{folder / gold['text']}: this is not the text that was annotated as {gold['document']} (another SHA-256). "
                         "Give the folder that holds the text as it was, or annotate the new one.")
    return text


def filled_in(gold: Row, text: str) -> Row:
    """The annotation with its sentences: `evidence` of relations and values, and the characters `around` each form.

    >>> gold = {"entities": [{"forms": ["泾河"], "at": [[3, 6]]}], "relations": [], "indicator_values": [{"start": 0, "end": 9}]}
    >>> row = filled_in(gold, "治理了泾\\n河12段，另有二处")
    >>> row["entities"][0]["around"], row["indicator_values"][0]["evidence"]
    (['治理了泾 河12段，另有'], '治理了泾 河12段')
    """
    def literal(start: int, end: int) -> str:
        return _SPACE.sub(" ", text[max(0, start):end]).strip()

    entities = [{**e, "around": [literal(a - _AROUND, b + _AROUND) for a, b in e["at"]]} if "at" in e else e for e in gold["entities"]]
    claims = {level: [{**row, "evidence": literal(row["start"], row["end"])} if "start" in row else row for row in gold[level]]
              for level in ("relations", "indicator_values")}
    return {**gold, "entities": entities, **claims}


@lru_cache(maxsize=1)
def _table(path: Path) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}
