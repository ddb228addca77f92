"""What each part of the extraction adds: F1 with one part switched off at a time, as Markdown tables.

    python benchmarks/ablation.py FOLDER [--only TEXT] [--neural]

FOLDER holds `gold/dev` with its texts (`gold/texts`, `gold/texts/meta.tsv`) and the texts that `seeds/gold/elsewhere/open`
names; the annotations that are missing are left out. The parts are switched off from outside: a smaller gazetteer is
handed in, or a function of the pipeline is replaced here by one that does less. No code of the package knows of it.

- without the lists: the gazetteer holds the administrative divisions alone, no waters, regions, national agencies,
  programmes and works; without the divisions too: it is empty. The grammar of names and its word tables stay.
- lists alone: mentions are the names of the gazetteer, found as they stand; no grammar of names.
- without context: place, year, date and publisher of the document are unknown, 我省 and 该局 are no mentions.
- without coordination: no list is split: names that share a head with another (泾河、葫芦河流域) are left out, a relation
  takes the first member of the lists on either side of it, and 分别 distributes nothing.
- with the trained recogniser beside the rules, and beside the lists alone (`--neural`; the neural extra).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kg import api, pipeline
from kg.evaluate import LEVELS, Evaluation
from kg.extract.claims import relations
from kg.extract.mentions import settle
from kg.extract.values import quantities
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

OPEN = Path(__file__).parents[1] / "seeds" / "gold" / "elsewhere" / "open"
SPLIT = ("elliptic", "shared", "list", "campaign:coordinated", "project:listed", "coordinated:")
"""How the rules of names that share a head with others in a list begin."""
Part = Callable[[], AbstractContextManager[Any]]


@contextmanager
def with_names(kept: Callable[[Any], bool]) -> Iterator[None]:
    """A gazetteer of those entries alone."""
    reduced = Gazetteer(entry for entry in Gazetteer.load().entries.values() if kept(entry))
    with patch.object(pipeline, "names", lambda _path: reduced):
        yield


def listed_mentions(doc: Any, *, gazetteer: Gazetteer, context: Context) -> tuple[Mention, ...]:
    """The names of the gazetteer as they stand in the text; short ones, which need context, left out."""
    text, folded = doc.user_data["text"], doc.user_data["folded"]
    return settle(Mention(hit.start, hit.end, text[hit.start:hit.end], hit.exact[0].type, hit.exact[0].subtype, rule="gazetteer",
                          entry=hit.exact[0].id) for hit in gazetteer.find(folded) if hit.exact)


def unsplit_mentions(doc: Any, *, gazetteer: Gazetteer, context: Context) -> tuple[Mention, ...]:
    """Mentions without those that only the splitting of a list gives."""
    found = _find_mentions(doc, gazetteer=gazetteer, context=context)
    return tuple(mention for mention in found if not mention.rule.startswith(SPLIT))


def first_pairs(rule: Any, subjects: Any, objects: Any, reading: Any) -> Any:
    """The triple of the first subject and the first object of a match; two partners are not a list."""
    return _pairs(rule, subjects[:2] if rule.seek == "pair" else subjects[:1], objects[:1], reading)[:1]


def named_mentions(doc: Any, *, gazetteer: Gazetteer, context: Context) -> tuple[Mention, ...]:
    """Mentions without those that point: 我省, 该局."""
    return tuple(mention for mention in _find_mentions(doc, gazetteer=gazetteer, context=context) if not mention.deictic)


@contextmanager
def uninformed() -> Iterator[None]:
    """Nothing is known beside the names in the text."""
    with (patch.object(pipeline, "find_context", lambda *_given, **_named: Context()),
          patch.object(pipeline, "find_mentions", named_mentions)):
        yield


@contextmanager
def uncoordinated() -> Iterator[None]:
    """Names, arguments and numbers of lists are not split."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(pipeline, "find_mentions", unsplit_mentions))
        stack.enter_context(patch.object(relations, "_pairs", first_pairs))
        stack.enter_context(patch.object(quantities, "respective_names", lambda *_given: {}))
        yield


_find_mentions, _pairs = pipeline.find_mentions, relations._pairs
LISTS = "lists alone, without the grammar of names"
PARTS: Mapping[str, Part] = {
    "everything (rules)": ExitStack,
    "without the lists of waters, regions, agencies, programmes and works":
        lambda: with_names(lambda entry: entry.subtype == "AdministrativeDivision"),
    "without the divisions too": lambda: with_names(lambda _entry: False),
    LISTS: lambda: patch.object(pipeline, "find_mentions", listed_mentions),
    "without context": uninformed,
    "without coordination": uncoordinated,
}


def measured(folder: Path, **given: str) -> dict[str, Evaluation]:
    """The figures of the annotations at hand, by name."""
    found = {}
    if (folder / "gold" / "dev").exists():
        texts = folder / "gold" / "texts"
        found["development documents"] = api.evaluate(folder / "gold" / "dev", texts, metadata=texts / "meta.tsv", **given)
    if (folder / "corpus").exists():
        found["open documents"] = api.evaluate(OPEN, folder, **given)
    return found


def table(rows: Mapping[str, Evaluation], title: str) -> str:
    """A Markdown table: F1 of the five levels, and the difference to the first row."""
    first = next(iter(rows.values()))
    lines = [f"| {title}, F1 | {' | '.join(LEVELS).replace('_', ' ')} |", f"|---|{'---|' * len(LEVELS)}"]
    for name, evaluation in rows.items():
        cells = []
        for level in LEVELS:
            f1, whole = evaluation.strict[level].f1, first.strict[level].f1
            change = round(f1 - whole, 3) or 0.0
            cells.append(f"{f1:.3f}" if evaluation is first else f"{f1:.3f} ({change:+.3f})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def tables(folder: Path, *, only: str = "", neural: bool = False) -> str:
    """Both tables: the first row with everything, then a row for each part whose name holds `only`."""
    rows: dict[str, dict[str, Evaluation]] = {}
    for number, (name, part) in enumerate(PARTS.items()):
        if number == 0 or only in name:
            with part():
                rows[name] = measured(folder)
    if neural:
        rows["with the trained recogniser"] = measured(folder, extractor="neural")
        with PARTS[LISTS]():
            rows[f"{LISTS}, with the trained recogniser"] = measured(folder, extractor="neural")
    titles = next(iter(rows.values()))
    return "\n\n".join(table({name: figures[title] for name, figures in rows.items()}, title) for title in titles)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", metavar="TEXT", help="only the parts whose name holds this text, beside the first row")
    parser.add_argument("--neural", action="store_true", help="add a row with the trained recogniser")
    given = parser.parse_args()
    print(tables(given.folder, only=given.only, neural=given.neural))


if __name__ == "__main__":
    main()
