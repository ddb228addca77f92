"""Mentions and relations drawn at random from what is extracted from real documents, to be judged by reading.

    python benchmarks/sampled.py FOLDER --output DIR [--seed N] [--exclude ID ...] [--sentences]
    python benchmarks/sampled.py FOLDER --every [--sentences] > entities.tsv

FOLDER holds the texts: `corpus/*.txt`, `seeds/*.txt` and `corpus/large.jsonl.gz`, of which 300 documents are drawn. Documents
annotated under `seeds/gold/elsewhere/shut`, and those excluded by id or file name, take no part.

Drawn are 100 literal mentions of entities (我省 and the like are none) and 100 relations that a sentence states (those
that follow from a name alone are none). DIR gets `sampled_entities.tsv` and `sampled_relations.tsv` with empty columns
`verdict` (right or wrong) and `reason`; verdicts that these files hold already stay with their rows. Offsets are half-open
and count characters of the stored text, as `kg extract` prints them. `--sentences` adds the sentence as the last column:
for the reader's eyes, not to be committed.

`--every` prints instead every distinct entity of the same documents by type and frequency.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.evaluate import Sentences
from kg.gazetteer import Gazetteer
from kg.model import Document, Extraction
from kg.pipeline import extract
from kg.text.load import from_text

SHUT = Path(__file__).parents[1] / "seeds" / "gold" / "elsewhere" / "shut"
DOCUMENTS, DRAWN = 300, 100
SOURCES = {"新闻": "央视网", "林草文件": "国家林业和草原局"}
"""What a reader knows of the source from the page, by kind of document."""

Row = tuple[str, ...]
HEADS: Mapping[str, Row] = {
    "entities": ("document", "start", "end", "type", "name", "verdict", "reason"),
    "relations": ("document", "start", "end", "predicate", "subject", "object", "verdict", "reason"),
}
EVERY = ("type", "mentions", "form", "name", "rule", "document", "start", "end")


def closed(excluded: Iterable[str] = ()) -> frozenset[str]:
    """File names of the documents that take no part: those excluded, and the shut ones, of which only the names are read."""
    names = {path.name.removesuffix(".json") for path in SHUT.glob("*.json")}
    return frozenset(names | {name if name.endswith(".txt") else f"{name}.txt" for name in excluded})


def documents(folder: Path, *, seed: int, without: Collection[str]) -> Iterator[Document]:
    """The documents of the folder in a fixed order, with 300 drawn from the large table."""
    for path in (*sorted((folder / "corpus").glob("*.txt")), *sorted((folder / "seeds").glob("*.txt"))):
        if path.name not in without:
            yield from_text(path.read_text(encoding="utf-8"), path.name)
    with gzip.open(folder / "corpus" / "large.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if f"{row['id']}.txt" not in without]
    for row in sorted(random.Random(seed).sample(rows, min(DOCUMENTS, len(rows))), key=lambda row: row["id"]):
        document = from_text(row["text"], f"{row['id']}.txt")
        yield replace(document, issued=row.get("date") or document.issued, publisher=SOURCES.get(row.get("kind", "")) or document.publisher)


def entity_rows(found: Extraction) -> Iterator[Row]:
    """Every literal mention of an entity, in text order."""
    names = {index: entity.name for entity in found.entities for index in entity.mentions}
    for index, mention in enumerate(found.mentions):
        if index in names and not mention.deictic:
            yield found.document.name, str(mention.start), str(mention.end), mention.type, names[index]


def relation_rows(found: Extraction) -> Iterator[Row]:
    """Every relation that a sentence states."""
    names = {entity.id: entity.name for entity in found.entities}
    for r in found.relations:
        if not r.implicit:
            predicate = r.predicate if r.modality not in ("negated", "prohibited") else f"{r.predicate} ({r.modality})"
            yield found.document.name, str(r.start), str(r.end), predicate, names[r.subject], names[r.object]


def every_row(extractions: Sequence[Extraction]) -> Iterator[Row]:
    """Every distinct type, form, name and rule by type and frequency, with its first place."""
    seen: Counter[Row] = Counter()
    first: dict[Row, Row] = {}
    for found in extractions:
        names = {index: entity.name for entity in found.entities for index in entity.mentions}
        for index, m in enumerate(found.mentions):
            if index in names and not m.deictic:
                key = (m.type, " ".join(m.text.split()), names[index], m.rule)
                seen[key] += 1
                first.setdefault(key, (found.document.name, str(m.start), str(m.end)))
    for key, count in sorted(seen.items(), key=lambda row: (row[0][0], -row[1], row[0])):
        yield key[0], str(count), *key[1:], *first[key]


def drawn(rows: Sequence[Row], *, seed: int) -> list[Row]:
    """A hundred of the rows at random, in the order of documents and offsets."""
    chosen = random.Random(seed).sample(sorted(rows), min(DRAWN, len(rows)))
    return sorted(chosen, key=lambda row: (row[0], int(row[1]), int(row[2]), row[3:]))


def judged(path: Path) -> dict[Row, Row]:
    """The verdict and reason of each row that a list holds already."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {tuple(v for k, v in row.items() if k not in ("verdict", "reason", "sentence")): (row["verdict"], row["reason"]) for row in rows}


def write(path: Path, kind: str, rows: Sequence[Row], sentences: Mapping[str, Sentences] | None) -> None:
    """A list to be judged, with the verdicts that the file holds already."""
    known = judged(path)
    head = (*HEADS[kind], *(("sentence",) if sentences else ()))
    lines = [head, *((*row, *known.get(row, ("", "")), *_sentence(row[0], row[1], sentences)) for row in rows)]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    print(f"{path.name}: {len(rows)} rows, {sum(any(known.get(row, ())) for row in rows)} judged before", file=sys.stderr)


def _sentence(document: str, start: str, sentences: Mapping[str, Sentences] | None) -> Row:
    return (sentences[document].at(int(start)),) if sentences else ()


def main() -> None:
    """Extract, draw and write, or list every distinct entity."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--output", type=Path, metavar="DIR", help="write the two lists into this folder")
    what.add_argument("--every", action="store_true", help="print every distinct entity by type and frequency")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--exclude", nargs="*", default=(), metavar="ID", help="documents that take no part")
    parser.add_argument("--sentences", action="store_true", help="add the sentence, for reading")
    given = parser.parse_args()
    gazetteer = Gazetteer.load()
    extractions = [extract(d, gazetteer=gazetteer) for d in documents(given.folder, seed=given.seed, without=closed(given.exclude))]
    print(f"{len(extractions)} documents", file=sys.stderr)
    sentences = {e.document.name: Sentences.of(e) for e in extractions} if given.sentences else None
    if given.every:
        print(*EVERY, *(("sentence",) if sentences else ()), sep="\t")
        for row in every_row(extractions):
            print(*row, *_sentence(row[5], row[6], sentences), sep="\t")
        return
    for kind, rows in (("entities", entity_rows), ("relations", relation_rows)):
        write(given.output / f"sampled_{kind}.tsv", kind, drawn([row for e in extractions for row in rows(e)], seed=given.seed), sentences)


if __name__ == "__main__":
    main()
