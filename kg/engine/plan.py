"""What a build has to do: which documents stay as they are, which files must be read.

A document is a text; its IRI hashes the text; several files may hold it. A document stays when it has
exactly the files that it had, and each of them, what the metadata say of it, the options and the code
are the same as then: that is its fingerprint.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files as resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from kg.model import Document

READ_BY = ("spacy", "rjieba", "opencc", "charset-normalizer", "lxml", "trafilatura", "pdfplumber", "python-docx")
"""Libraries whose version may change what is read or extracted."""
BESIDE = ("api.py", "cli", "engine", "evaluate", "query", "render", "_version.py", "__init__.py", "errors.py", "__pycache__", "py.typed")
"""Rooms whose code does not decide what a document yields; all others do."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the input: where it lies, its name in the graph, the SHA-256 of its bytes, what the metadata say of it."""

    path: Path
    name: str
    sha256: str
    metadata: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the present graph says of a file: the SHA-256 of its bytes, the fingerprint and the IRI of its document."""

    sha256: str
    fingerprint: str
    document: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Documents that stay (IRI → their files), and the files to read."""

    keep: Mapping[str, tuple[SourceFile, ...]]
    read: tuple[SourceFile, ...]


def fingerprint(files: Iterable[SourceFile], options: str) -> str:
    """What tells whether a document must be built again; the order of its files does not matter.

    >>> one = SourceFile(Path("in/a.txt"), "a.txt", "00")
    >>> fingerprint([one], "") == fingerprint([SourceFile(Path("elsewhere/a.txt"), "a.txt", "00")], "")
    True
    >>> fingerprint([one], "") == fingerprint([one], "甘肃省")
    False
    """
    rows = sorted((f.name, f.sha256, f.metadata) for f in files)
    return _digest(json.dumps([rows, options], ensure_ascii=False))


def plan(files: Sequence[SourceFile], known: Mapping[str, Known], options: str) -> Plan:
    """Which documents stay as they are, and which files must be read.

    >>> file = SourceFile(Path("a.txt"), "a.txt", "00")
    >>> plan([file], {}, "").read == (file,)
    True
    >>> plan([file], {"a.txt": Known("00", fingerprint([file], ""), "urn:a")}, "").read
    ()
    """
    groups: dict[str, list[SourceFile]] = {}
    for file in files:
        before = known.get(file.name)
        if before is not None and before.sha256 == file.sha256:
            groups.setdefault(before.document, []).append(file)
    keep = {document: tuple(group) for document, group in groups.items()
            if all(known[f.name].fingerprint == fingerprint(group, options) for f in group)}
    kept = {f.name for group in keep.values() for f in group}
    return Plan(keep, tuple(f for f in files if f.name not in kept))


def options_of(**options: object) -> str:
    """The options of a build, the code and the tables as one string, for fingerprints.

    >>> options_of(place="甘肃省") == options_of(place="甘肃省", year=None)
    True
    """
    given = {name: str(value) for name, value in sorted(options.items()) if value is not None}
    return json.dumps([given, rules_version()], ensure_ascii=False)


def file_digest(path: Path) -> str:
    """The SHA-256 of the bytes of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@lru_cache(maxsize=1)
def rules_version() -> str:
    """A digest of everything that decides what a document yields: code, tables, gazetteer, libraries."""
    total = hashlib.sha256()
    for name, body in _pieces():
        total.update(f"{name}\0{len(body)}\0".encode() + body)
    return total.hexdigest()[:16]


def _pieces() -> Iterable[tuple[str, bytes]]:
    for name in READ_BY:
        yield name, _version(name).encode()
    for package in ("kg", "kg_gazetteer", "kg_ontology"):
        for top in sorted(resources(package).iterdir(), key=lambda t: t.name):
            if top.name not in BESIDE:
                yield from _files(top, f"{package}/{top.name}")


def _files(top: Traversable, name: str) -> Iterable[tuple[str, bytes]]:
    if top.is_dir():
        for below in sorted(top.iterdir(), key=lambda t: t.name):
            if below.name != "__pycache__":
                yield from _files(below, f"{name}/{below.name}")
    elif top.is_file():
        yield name, top.read_bytes()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def together(documents: Sequence[Document]) -> Document:
    """One document of several files of equal text: the first by name speaks, the others fill what it leaves open.

    >>> one, two = Document("b.txt", "泾河", "00", year=2024), Document("a.txt", "泾河", "00", place="甘肃省")
    >>> (both := together([one, two])).name, both.sources, both.place, both.year
    ('a.txt', ('a.txt', 'b.txt'), '甘肃省', 2024)
    """
    first, *others = sorted(documents, key=lambda d: d.name)
    filled: dict[str, Any] = {name: next((value for d in others if (value := getattr(d, name)) is not None), None)
              for name in ("title", "issued", "publisher", "place", "year", "genre") if getattr(first, name) is None}
    return replace(first, sources=tuple(sorted({d.name for d in documents})), **filled)
