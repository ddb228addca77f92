"""PDF with a text layer → raw text: running heads and page numbers gone, lines joined to paragraphs, tables as rows."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber

from kg.text.lines import ENDS, ITEM, glue
from kg.text.page import Page

_EDGE = 0.12
_NUMBER = re.compile(r"[\s\-—–·•]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／，,]?\s*(?:共\s*)?\d{1,4}\s*页?)?[\s\-—–·•]*")
_PRINTED_FROM = re.compile(r"(?:file|https?)://\S+(?:\s+\d+/\d+)?|\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}.{0,80}")
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | dict(zip(map(ord,
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"),
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟", strict=True))
"""Radicals that some writers of PDF put for the hanzi of the same shape."""

_DIGITS = re.compile(r"\d+")


logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line: its text, its box in points from the top left, and whether it is a row of a table."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    table: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one page, with its height."""

    rows: tuple[Row, ...]
    height: float


class NoTextLayer(ValueError):
    """The pages are pictures."""


def read_pdf(content: bytes) -> Page:
    """The text of a PDF; raises NoTextLayer for scanned pages, and what pdfplumber raises for broken or locked files."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        sheets = []
        for page in pdf.pages:
            sheets.append(_sheet(page))
            page.close()
        title = str((pdf.metadata or {}).get("Title") or "").strip() or None
    if not any(row.text for sheet in sheets for row in sheet.rows):
        raise NoTextLayer("its pages hold no text")
    return Page("\n".join(paragraphs(without_running_heads(sheets))).translate(_RADICALS), title)


def without_running_heads(sheets: Sequence[Sheet]) -> list[Row]:
    """All lines without those at the head or foot of a page that recur (numbers aside) or only number the page."""
    edges = Counter(key for sheet in sheets for key in {_key(row.text) for row in sheet.rows if _at_edge(row, sheet)})
    often = max(2, len(sheets) * 0.4)
    found = []
    for sheet in sheets:
        for row in sheet.rows:
            if _at_edge(row, sheet) and (_NUMBER.fullmatch(row.text) or _PRINTED_FROM.fullmatch(row.text)
                                         or (edges[_key(row.text)] >= often and len(sheets) > 1)):
                continue
            found.append(row)
    return found


def paragraphs(rows: Sequence[Row]) -> Iterator[str]:
    """Lines joined to paragraphs: a line that reaches the right margin goes on unless the next one is indented."""
    if not rows:
        return
    left = Counter(round(row.left) for row in rows if not row.table).most_common(1)[0][0] if any(not r.table for r in rows) else 0.0
    rights = sorted(row.right for row in rows if not row.table)
    right = rights[int(len(rights) * 0.9)] if rights else 0.0
    pending: Row | None = None
    text = ""
    for row in rows:
        if pending is not None and _goes_on(pending, row, left, right):
            text = glue(text, row.text)
        else:
            if pending is not None:
                yield text
            text = row.text
        pending = row
    yield text


def _goes_on(row: Row, after: Row, left: float, right: float) -> bool:
    em = max(row.bottom - row.top, 6.0)
    if row.table or after.table or (after.left > left + 1.2 * em and abs(after.left - row.left) > 0.3 * em):
        return False
    centred = row.left > left + 2.5 * em and after.left > left + 2.5 * em and row.right < right - 1.5 * em
    if centred:
        return False
    full = row.right >= right - 1.6 * em
    return full and row.text[-1] not in ENDS and not (ITEM.match(after.text) and row.text[-1] not in "，、,")


def _sheet(page: Any) -> Sheet:
    boxes: list[tuple[float, float, float, float]] = []
    rows: list[Row] = []
    for table in page.find_tables() if len(page.edges) <= 4000 else ():
        cells = [[" ".join((cell or "").split()) for cell in line] for line in table.extract()]
        if len(cells) < 2 or max(map(len, cells)) < 2:
            continue
        x0, top, x1, bottom = table.bbox
        boxes.append((x0, top, x1, bottom))
        step = (bottom - top) / len(cells)
        rows.extend(Row(" | ".join(filter(None, line)), x0, x1, top + n * step, top + n * step + step, table=True)
                    for n, line in enumerate(cells) if any(line))
    for line in page.extract_text_lines(return_chars=False):
        middle = (line["top"] + line["bottom"]) / 2
        text = line["text"].strip()
        if text and not any(x0 <= line["x0"] <= x1 and top <= middle <= bottom for x0, top, x1, bottom in boxes):
            rows.append(Row(text, line["x0"], line["x1"], line["top"], line["bottom"]))
    return Sheet(tuple(sorted(rows, key=lambda row: (row.top, row.left))), float(page.height))


def _at_edge(row: Row, sheet: Sheet) -> bool:
    return row.bottom <= sheet.height * _EDGE or row.top >= sheet.height * (1 - _EDGE)


def _key(text: str) -> str:
    return _DIGITS.sub("#", text)
