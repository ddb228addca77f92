"""Figures on annotated documents whose texts stay outside the project.

    python benchmarks/elsewhere.py FOLDER [open | shut] [--errors]

FOLDER holds the texts under the paths that `seeds/gold/elsewhere/*/*.json` name (`corpus/x.txt`, or
`corpus/large.jsonl.gz#id`); a text whose SHA-256 is another one is refused. Errors on the documents of
`open` were read while rules were written, those on the documents of `shut` were not.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.api import to_json
from kg.evaluate import evaluate, read_gold
from kg.gazetteer import Gazetteer
from kg.pipeline import extract
from kg.text.load import from_text

ANNOTATIONS = Path(__file__).parents[1] / "seeds" / "gold" / "elsewhere"


def text_of(folder: Path, gold: dict[str, Any]) -> str:
    """The text that an annotation is about; ValueError where it is another text than the one annotated."""
    path, _, id_ = gold["text"].partition("#")
    text = _rows(folder / path)[id_] if id_ else (folder / path).read_text(encoding="utf-8")
    if hashlib.sha256(text.encode()).hexdigest() != gold["sha256"]:
        raise ValueError(f"{folder / path}: not the text that was annotated as {gold['document']}")
    return text


@lru_cache(maxsize=1)
def _rows(path: Path) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}


def found(folder: Path, golds: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What the present rules extract from each annotated document, given its date and source."""
    gazetteer = Gazetteer.load()
    outcome = {}
    for gold in golds:
        document = from_text(text_of(folder, gold), gold["document"])
        document = replace(document, issued=gold["issued"] or document.issued, publisher=gold["source"] or document.publisher)
        outcome[gold["document"]] = to_json(extract(document, gazetteer=gazetteer))
    return outcome


def main() -> None:
    """Print the figures of one group or both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("groups", nargs="*", default=["open", "shut"])
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    for group in given.groups:
        golds = [dict(row) for row in read_gold(ANNOTATIONS / group)]
        figures = evaluate(golds, found(given.folder, golds))
        print(f"{group}: {len(golds)} documents")
        for name, figure in figures.items():
            print(f"  {name:22}{figure.precision:7.3f}{figure.recall:7.3f}{figure.f1:7.3f}{figure.tp:6}{figure.fp:6}{figure.fn:6}")
            if given.errors:
                print(*(f"      wrong  {row}" for row in figure.wrong), *(f"      missed {row}" for row in figure.missed), sep="\n")


if __name__ == "__main__":
    main()
