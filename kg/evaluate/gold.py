"""Reading gold annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.matching import Row

_FIELDS = ("document", "entities", "relations", "indicator_values")
_CELLS = {"entities": ("id", "type", "name", "forms"), "relations": ("subject", "predicate", "object"),
          "indicator_values": ("indicator", "kind", "value")}


def read_gold(directory: Path) -> list[Row]:
    """The gold documents of a folder, by file name; raises InputError where there is none or one is malformed."""
    files = sorted(directory.glob("*.json"))
    if not files:
        raise InputError(f"{directory}: there is no gold file (*.json) in it; give the folder of the annotations")
    return [_read(path) for path in files]


def read_groups(directories: Sequence[Path]) -> list[Row]:
    """The gold documents of one or more folders, each with its `group`: the one that it names, else its folder where there are several.

    Raises InputError also where two annotations are of documents of one name.
    """
    documents: dict[str, Row] = {}
    for directory in directories:
        for row in read_gold(directory):
            if row["document"] in documents:
                raise InputError(f"{directory}: {row['document']} is annotated twice; leave one of the annotations out")
            group = row.get("group") or (directory.name if len(directories) > 1 else None)
            documents[row["document"]] = {**row, "group": group} if group else row
    return list(documents.values())


def _read(path: Path) -> Row:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not readable as JSON ({error}); mend the annotation") from None
    missing = [f for f in _FIELDS if not isinstance(document, dict) or f not in document]
    if missing:
        raise InputError(f"{path}: {', '.join(missing)} missing; see the annotation guidelines")
    bare = [f"{level}[{n}].{cell}" for level, cells in _CELLS.items() for n, row in enumerate(document[level])
            for cell in cells if not isinstance(row, dict) or row.get(cell) is None]
    if bare:
        raise InputError(f"{path}: {', '.join(bare[:5])} missing; see the annotation guidelines")
    uneven = [e["id"] for e in document["entities"] if len(e.get("at", e["forms"])) != len(e["forms"])]
    if uneven:
        raise InputError(f"{path}: {', '.join(uneven)}: `at` holds another number of places than `forms` has forms; give one a form")
    return dict(document)
