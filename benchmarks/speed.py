"""How quickly the rules read, beside the segmenter that spaCy has for Chinese.

    pip install jieba
    python benchmarks/speed.py FOLDER [--rounds N]

FOLDER holds texts (`**/*.txt`). Both read the same texts on one core in one run, by turns; the best round of each counts, in
characters a second of processor time. Then a text of 200 kB and one of 2 MB, both without a full stop: their ratio tells
whether time grows linearly.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from time import process_time

import spacy

from kg.gazetteer import Gazetteer
from kg.pipeline import extract
from kg.text.load import from_text

SAMPLES = Path(__file__).parents[1] / "seeds" / "documents"
SIZES = (200_000, 2_000_000)


def seconds(step: Callable[[], object]) -> float:
    """The processor time of a step."""
    start = process_time()
    step()
    return process_time() - start


def against_jieba(folder: Path, rounds: int) -> None:
    """Print characters a second of `spacy.blank("zh")` with jieba, and of the extraction by rules."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    gazetteer = Gazetteer.load()
    documents = [from_text(text, f"{n}.txt") for n, text in enumerate(texts)]
    nlp(texts[0])
    extract(documents[0], gazetteer=gazetteer)
    taken = [(seconds(lambda: [nlp(text) for text in texts]), seconds(lambda: [extract(d, gazetteer=gazetteer) for d in documents]))
             for _ in range(rounds)]
    characters = sum(map(len, texts))
    jieba, rules = (characters / min(times) for times in zip(*taken, strict=True))
    print(f"{len(texts)} texts, {characters:,} characters, best of {rounds} rounds")
    print(f"spacy.blank('zh') with jieba {jieba:,.0f} characters/s; rules {rules:,.0f} characters/s; ratio {rules / jieba:.2f}")


def growth() -> None:
    """Print how much longer a text of ten times the length takes."""
    body = re.sub("[。！？；\n]", "，", "".join(p.read_text(encoding="utf-8") for p in sorted(SAMPLES.glob("*.txt"))))
    gazetteer = Gazetteer.load()
    times = []
    for size in SIZES:
        text = (body * (size // len(body.encode()) + 1)).encode()[:size].decode(errors="ignore")
        document = from_text(text, "long.txt")
        times.append(seconds(lambda document=document: extract(document, gazetteer=gazetteer)))
    short, long = times
    print(f"without a full stop: 200 kB {short:.2f} s, 2 MB {long:.2f} s, ratio {long / short:.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    against_jieba(given.folder, given.rounds)
    growth()
