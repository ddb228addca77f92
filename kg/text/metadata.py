"""The metadata table: what a reader knows of a document beside its text."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from kg.errors import MetadataError

COLUMNS = ("file", "title", "issued", "source", "publisher", "place")
_ISSUED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of one file; None where a cell is empty. `issued` is 2024, 2024-07 or 2024-07-13."""

    file: str
    title: str | None = None
    issued: str | None = None
    source: str | None = None
    publisher: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """Rows by file name.

    >>> Metadata({"a/b.txt": Row("a/b.txt", place="平凉市")}).lookup("b.txt") is None
    True
    >>> Metadata({"b.txt": Row("b.txt", place="平凉市")}).lookup("a/b.txt").place
    '平凉市'
    """

    rows: Mapping[str, Row] = field(default_factory=dict)

    def lookup(self, name: str) -> Row | None:
        """The row of a relative name, else of its base name."""
        return self.rows.get(name) or self.rows.get(PurePosixPath(name).name)


def read_metadata(path: Path) -> Metadata:
    """Read a TSV table or JSON lines with the column file and any of title, issued, source, publisher, place.

    Raises MetadataError, naming file and line, for a table that cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MetadataError(f"{path}: {error.strerror or error}; give a metadata table that can be read") from None
    except UnicodeDecodeError:
        raise MetadataError(f"{path}: the table is not UTF-8; save it as UTF-8") from None
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    cells = _json_lines(lines, path) if lines and lines[0][1].lstrip().startswith("{") else _table(lines, path)
    rows: dict[str, Row] = {}
    for number, values in cells:
        row = _row(values, f"{path}:{number}")
        rows[row.file] = row
    return Metadata(rows)


def check_issued(value: str, where: str) -> str:
    """The date itself where it is 2024, 2024-07 or 2024-07-13; raises MetadataError.

    >>> check_issued("2024-07", "meta.tsv:2")
    '2024-07'
    """
    match = _ISSUED.fullmatch(value)
    try:
        if match is None:
            raise ValueError
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise MetadataError(f"{where}: issued {value!r} is no date; write 2024, 2024-07 or 2024-07-13") from None
    return value


def _table(lines: list[tuple[int, str]], path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    if not lines:
        return
    header = [name.strip().lower() for name in lines[0][1].rstrip("\r").split("\t")]
    if "file" not in header:
        columns = ", ".join(COLUMNS)
        raise MetadataError(f"{path}:{lines[0][0]}: the header lacks the column file; name the columns {columns}, tabs between them")
    for number, line in lines[1:]:
        cells = next(csv.reader([line.rstrip("\r")], delimiter="\t", quoting=csv.QUOTE_NONE))
        if len(cells) > len(header):
            raise MetadataError(f"{path}:{number}: {len(cells)} cells under {len(header)} columns; remove the extra tabs")
        yield number, dict(zip(header, cells, strict=False))


def _json_lines(lines: list[tuple[int, str]], path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number, line in lines:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise MetadataError(f"{path}:{number}: the line is no JSON object; write one object a line")
        wrong = next((k for k in COLUMNS if not isinstance(row.get(k), (str, type(None), int))), None)
        if wrong:
            raise MetadataError(f"{path}:{number}: {wrong} is neither text nor null; write it as a string")
        yield number, {k: "" if row.get(k) is None else str(row[k]) for k in COLUMNS}


def _row(values: Mapping[str, str], where: str) -> Row:
    cell = {name: values.get(name, "").strip() or None for name in COLUMNS}
    file = cell.pop("file")
    if not file:
        raise MetadataError(f"{where}: the cell file is empty; name the document the row is about")
    if cell["issued"]:
        check_issued(cell["issued"], where)
    return Row(file.replace("\\", "/").removeprefix("./"), **cell)
