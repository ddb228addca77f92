"""Characters a second of the recogniser: our runner against envpos as shipped, on the same text in one run.

    pip install '.[benchmark]'
    python benchmarks/neural_speed.py [TEXT_FILE] [--runs 5] [--characters 10000]

The text is that of the sample documents where no file is given. Both read it in turn on one core, `--runs` times each after
a warm-up; the medians count, in seconds of the processor, so that other work on the machine matters little. `in extraction` is what
`--extractor neural` adds to the rules, which are not counted: it reads the sentences that hold something of the form of
a name where no rule speaks. `every sentence` reads them all. Exits with status 1 where what extraction adds is below ten times.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kg.extract.context import find_context
from kg.extract.mentions import find_mentions
from kg.extract.neural.proposals import rules, with_recognised
from kg.extract.neural.recogniser import load as load_recogniser
from kg.gazetteer import Gazetteer
from kg.text.load import from_text, load
from kg.text.segment import segment

SAMPLES = Path(__file__).parents[1] / "seeds" / "documents"
LEAST = 10.0


def sample(characters: int) -> str:
    """The first characters of the sample documents in a row."""
    files = sorted(path for path in SAMPLES.iterdir() if path.is_file())
    return "\n".join(load(path, path.name).text for path in files)[:characters]


def seconds(step: Callable[[], object]) -> float:
    """How long a step keeps the processor; what it prints is not shown."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        start = time.process_time()
        step()
        return time.process_time() - start


def as_shipped(text: str) -> Callable[[], object]:
    """envpos reading the text."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        envpos = import_module("envpos")
    return lambda: envpos.cut(text)


def ours(text: str) -> dict[str, Callable[[], object]]:
    """Our runner reading the text, as in extraction and sentence by sentence."""
    doc, gazetteer = segment(from_text(text, "text")), Gazetteer.load()
    mentions = find_mentions(doc, gazetteer=gazetteer, context=find_context(doc, gazetteer=gazetteer))
    sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
    labels = {rule.label for rule in rules()}
    return {"in extraction": lambda: with_recognised(mentions, doc, recogniser=load_recogniser(), gazetteer=gazetteer),
            "every sentence": lambda: load_recogniser().spans(text, sentences, labels=labels)}


def main() -> None:
    """Print both speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--characters", type=int, default=10_000)
    given = parser.parse_args()
    import_module("torch").set_num_threads(1)
    text = given.text.read_text(encoding="utf-8")[:given.characters] if given.text else sample(given.characters)
    steps = {"envpos as shipped": as_shipped(text), **ours(text)}
    steps["every sentence"]()
    taken = {name: [] for name in steps}
    for _ in range(given.runs):
        for name, step in steps.items():
            taken[name].append(seconds(step))
    speed = {name: len(text) / statistics.median(runs) for name, runs in taken.items()}
    print(f"{len(text)} characters, median of {given.runs} runs, {load_recogniser().identity}")
    for name, value in speed.items():
        print(f"{name:18}{value:9.0f} characters a second and core")
    ratios = {name: speed[name] / speed["envpos as shipped"] for name in ("in extraction", "every sentence")}
    print(*(f"{name:18}{ratio:9.1f} times envpos as shipped" for name, ratio in ratios.items()), sep="\n")
    sys.exit(0 if ratios["in extraction"] >= LEAST else 1)


if __name__ == "__main__":
    main()
