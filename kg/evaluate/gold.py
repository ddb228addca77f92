"""Reading gold annotations."""

from __future__ import annotations

import json
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.matching import Row

_FIELDS = ("document", "entities", "relations", "indicator_values")


def read_gold(directory: Path) -> list[Row]:
    """The gold documents of a folder, by file name; raises InputError where there is none or one is malformed."""
    files = sorted(directory.glob("*.json"))
    if not files:
        raise InputError(f"{directory}: there is no gold file (*.json) in it; give the folder of the annotations")
    return [_read(path) for path in files]


def _read(path: Path) -> Row:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not readable as JSON ({error}); mend the annotation") from None
    missing = [f for f in _FIELDS if not isinstance(document, dict) or f not in document]
    if missing:
        raise InputError(f"{path}: {', '.join(missing)} missing; see the annotation guidelines")
    return dict(document)
