"""Files and strings → Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Document


def find_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Every file given or below a folder given, with its name relative to that folder, sorted by name."""
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file()):
                yield file, file.relative_to(path).as_posix()
        else:
            yield path, path.name


def load(path: Path, name: str) -> Document:
    """Read one file into a Document; raises UnreadableFile."""
    return from_text(path.read_text(encoding="utf-8"), name)


def from_text(text: str, name: str = "text") -> Document:
    """A Document of a string."""
    return Document(name, text, hashlib.sha256(text.encode()).hexdigest())
