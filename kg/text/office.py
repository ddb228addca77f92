"""DOCX → raw text in document order, tables as rows of cells joined by ` | `."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from kg.text.page import Page

_LARGEST = 300 * 2**20


class Oversized(ValueError):
    """The archive unpacks to more than any document holds."""


def read_docx(content: bytes) -> Page:
    """The paragraphs and tables of a Word document; raises ValueError, KeyError or zipfile.BadZipFile where it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _LARGEST:
            raise Oversized("it unpacks to more than 300 MB")
    document = docx.Document(io.BytesIO(content))
    title = (document.core_properties.title or "").strip()
    return Page("\n".join(_lines(document)), title or None)


def _lines(container: WordDocument | _Cell) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _text(block)
        else:
            yield from _rows(block)


def _text(paragraph: Paragraph) -> str:
    indent = "　　" if paragraph.paragraph_format.first_line_indent else ""
    text = paragraph.text
    return indent + text if text.strip() else ""


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) in seen:
                continue
            seen.add(id(cell._tc))
            cells.append(" ".join(line.strip() for line in "\n".join(_lines(cell)).splitlines() if line.strip()))
        if any(cells):
            yield " | ".join(cells)
