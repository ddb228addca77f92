"""Fill the tables of docs/quality.md with figures measured now.

    python docs/make_quality.py FOLDER [--shut] [--neural] [--only KIND]

FOLDER holds the annotated texts that stay outside the project (`gold/`, `corpus/`, `seeds/`). A table stands between
`<!-- KIND SOURCE... -->` and `<!-- end -->`. Kinds: levels, relaxed, types, predicates, groups, ablation, sampled.
Sources: samples, dev, open, shut; `dev+neural` is dev with the trained recogniser. Tables of shut documents are left as
they are without `--shut`, those with the recogniser without `--neural`.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from kg import api
from kg.evaluate import LEVELS, Evaluation, Figure

DOCS = Path(__file__).parent
ROOT = DOCS.parent
BLOCK = re.compile(r"<!-- (?P<kind>\w+)(?P<sources>(?: [\w+]+)*) -->\n(?P<body>.*?)<!-- end -->", re.DOTALL)
TITLES = {"samples": "samples", "dev": "development", "open": "open", "shut": "shut"}
Measure = Callable[[str], Evaluation]


def measure(folder: Path, source: str) -> Evaluation:
    """The figures of a source."""
    name, _, extractor = source.partition("+")
    elsewhere = ROOT / "seeds" / "gold" / "elsewhere"
    gold, texts, metadata = {
        "samples": (ROOT / "seeds" / "gold", ROOT / "seeds" / "documents", None),
        "dev": (folder / "gold" / "dev", folder / "gold" / "texts", folder / "gold" / "texts" / "meta.tsv"),
        "open": (elsewhere / "open", folder, None),
        "shut": (elsewhere / "shut", folder, None)}[name]
    return api.evaluate(gold, texts, metadata=metadata, **({"extractor": extractor} if extractor else {}))


def levels(sources: Sequence[str], measured: Measure) -> str:
    """The five levels of one source, strict."""
    figures = measured(sources[0]).strict
    rows = [[level.replace("_", " "), *_shares(figures[level]), *_counts(figures[level])] for level in LEVELS]
    return markdown(["", "precision", "recall", "F1", "right", "wrong", "missed"], rows)


def relaxed(sources: Sequence[str], measured: Measure) -> str:
    """The five levels of several sources, relaxed beside strict F1."""
    rows = [[title(source), level.replace("_", " "), _f1(measured(source).strict[level]), *_shares(measured(source).relaxed[level])]
            for source in sources for level in LEVELS]
    return markdown(["documents", "level", "strict F1", "relaxed precision", "relaxed recall", "relaxed F1"], rows)


def parts(sources: Sequence[str], measured: Measure, *, level: str) -> str:
    """Entity types or predicates of several sources, strict: precision, recall, F1 and how many were required."""
    rows = []
    for name in (name for name in measured(sources[0]).strict if name.startswith(f"{level}:")):
        figures = [measured(source).strict[name] for source in sources]
        rows.append([name.split(":")[1], *(cell for figure in figures for cell in (*_shares(figure), str(figure.tp + figure.fn)))])
    head = [f"{title(source)}: {cell}" for source in sources for cell in ("precision", "recall", "F1", "required")]
    return markdown(["", *head], rows)


def groups(sources: Sequence[str], measured: Measure) -> str:
    """F1 of each group of documents of one source."""
    found = measured(sources[0]).groups
    rows = [[name, str(group.documents), *(_f1(group.strict[level]) for level in LEVELS)] for name, group in found.items()]
    return markdown(["", "documents", *(level.replace("_", " ") for level in LEVELS)], rows)


def sampled(sources: Sequence[str], _measured: Measure) -> str:
    """How many rows of a judged list are wrong, by type or predicate, and which."""
    path = DOCS / f"sampled_{sources[0]}.tsv"
    if not path.exists():
        return "(not yet drawn and judged)"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    kind = "type" if "type" in rows[0] else "predicate"
    drawn, wrong = Counter(row[kind] for row in rows), [row for row in rows if row["verdict"] == "wrong"]
    counted = Counter(row[kind] for row in wrong)
    table = markdown([kind, "drawn", "wrong"], [[k, str(n), str(counted[k])] for k, n in sorted(drawn.items())] +
                     [["all", str(len(rows)), str(len(wrong))]])
    shown = [[f"{r['document']} {r['start']}–{r['end']}", " ".join(r[c] for c in (("type", "name") if kind == "type" else
              ("subject", "predicate", "object"))), r["reason"]] for r in wrong]
    return f"{table}\n\n{markdown(['wrong', 'what was extracted', 'why it is wrong'], shown)}" if shown else table


def ablation(folder: Path, *, neural: bool) -> str:
    """What benchmarks/ablation.py prints."""
    command = [sys.executable, ROOT / "benchmarks" / "ablation.py", folder, *(["--neural"] if neural else [])]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.strip()  # noqa: S603


KINDS: Mapping[str, Callable[[Sequence[str], Measure], str]] = {
    "levels": levels, "relaxed": relaxed, "types": partial(parts, level="entities"), "predicates": partial(parts, level="relations"),
    "groups": groups, "sampled": sampled}


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)).replace("|  |", "| |")


def title(source: str) -> str:
    """A source in the head of a table."""
    name, _, extractor = source.partition("+")
    return TITLES[name] + (f" with {extractor}" if extractor else "")


def _shares(figure: Figure) -> list[str]:
    return [f"{figure.precision:.3f}", f"{figure.recall:.3f}", _f1(figure)] if figure.tp + figure.fp + figure.fn else ["–"] * 3


def _f1(figure: Figure) -> str:
    return f"{figure.f1:.3f}" if figure.tp + figure.fp + figure.fn else "–"


def _counts(figure: Figure) -> list[str]:
    return [str(figure.tp), str(figure.fp), str(figure.fn)]


def filled(page: str, folder: Path, *, only: str = "", shut: bool = False, neural: bool = False) -> str:
    """The page with its tables measured anew; those not asked for stay as they are."""
    known: dict[str, Evaluation] = {}

    def measured(source: str) -> Evaluation:
        return known[source] if source in known else known.setdefault(source, measure(folder, source))

    def block(match: re.Match[str]) -> str:
        kind, sources = match["kind"], match["sources"].split()
        left = (only and kind != only) or (not shut and "shut" in match["sources"]) or (not neural and "neural" in match["sources"])
        if left:
            return match.group()
        body = ablation(folder, neural=neural) if kind == "ablation" else KINDS[kind](sources, measured)
        return f"<!-- {kind}{match['sources']} -->\n{body}\n<!-- end -->"

    return BLOCK.sub(block, page)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shut", action="store_true", help="score the shut documents")
    parser.add_argument("--neural", action="store_true", help="measure with the trained recogniser too")
    parser.add_argument("--only", default="", choices=["", *KINDS, "ablation"], help="fill tables of one kind")
    given = parser.parse_args()
    page = DOCS / "quality.md"
    text = filled(page.read_text(encoding="utf-8"), given.folder, only=given.only, shut=given.shut, neural=given.neural)
    page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
