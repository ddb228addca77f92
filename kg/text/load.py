"""Files and strings → Document."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.errors import InputError, UnreadableFile
from kg.model import Document
from kg.text.clean import clean
from kg.text.decode import decode
from kg.text.front import read_front, sensible_title
from kg.text.metadata import Metadata
from kg.text.office import Oversized, read_docx
from kg.text.page import Page, read_html, read_markdown
from kg.text.portable import NoTextLayer, read_pdf

LARGEST = 50 * 2**20
"""Bytes; a larger file is no document."""

_TEXT = (".txt", ".text", ".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml", ".shtml")
_ARCHIVE = ("archives are not read", "unpack it and give the folder")
_SHEET = ("spreadsheets are not read", "save the sheet as .html or .txt, or give it as a --metadata table")
_IMAGE = ("pictures are not read", "recognise the text with OCR and save it as .txt, .docx or .pdf with a text layer")
_UNREAD = {
    ".doc": ("old Word files are not read", "save it as .docx or .pdf"), ".wps": ("WPS documents are not read", "save it as .docx or .pdf"),
    ".ofd": ("OFD files are not read", "export it as .pdf with a text layer, or as .docx"),
    ".rtf": ("RTF files are not read", "save it as .docx"),
    ".odt": ("OpenDocument files are not read", "save it as .docx"), ".ppt": ("slides are not read", "save them as .pdf"),
    ".pptx": ("slides are not read", "save them as .pdf"), ".caj": ("CAJ files are not read", "export it as .pdf with a text layer"),
    ".ceb": ("CEB files are not read", "export it as .pdf with a text layer"),
    **dict.fromkeys((".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"), _ARCHIVE),
    **dict.fromkeys((".xls", ".xlsx", ".et", ".csv", ".tsv", ".ods"), _SHEET),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp"), _IMAGE),
}
_KNOWN = "give .txt, .md, .html, .pdf or .docx"
_OLE, _ZIP, _PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-"


def find_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Every file given or below a folder given, with its name relative to that folder, sorted by name.

    Hidden files and folders below a folder are left out, a folder reached twice through links is read once. A folder
    that cannot be listed is given itself: it cannot be read. Raises InputError for a path that does not exist.
    """
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder; check the path")
    for path in paths:
        if path.is_dir():
            yield from sorted(_walk(path), key=lambda found: found[1])
        else:
            yield path, path.name


def load(path: Path, name: str, *, metadata: Metadata | None = None, place: str | None = None, year: int | None = None) -> Document:
    """Read one file into a Document; metadata goes before the text, `place` and `year` after both.

    Raises UnreadableFile with a reason and a remedy, never anything else.
    """
    content = _bytes(path, name)
    page, encoding = _read(content, path.suffix.lower(), name)
    text = clean(page.text)
    if not text.strip():
        raise UnreadableFile(name, "no text is left when page furniture is taken away", "check that the file holds a document")
    row = metadata.lookup(name) if metadata else None
    front = read_front(text)
    stated_title = row.title if row else None
    page_title = sensible_title(page.title)
    suffix = path.suffix.lower()
    title = stated_title or (page_title or front.title if suffix in _HTML else front.title or page_title)
    return Document(
        name, text, _sha(text.encode()), _sha(content), title=title,
        issued=(row.issued if row else None) or front.issued or (read_front(f"发布时间：{page.issued}").issued if page.issued else None),
        publisher=(row.publisher or row.source if row else None) or front.publisher or page.publisher,
        place=row.place if row else None, genre=front.genre, encoding=encoding, sources=(name,), default_place=place, default_year=year)


def from_text(text: str, name: str = "text", *, place: str | None = None, year: int | None = None) -> Document:
    """A Document of a string, cleaned as a file is.

    >>> from_text("清河市环境公报\\n\\n2023年，全市水质良好。\\n分享到").text
    '清河市环境公报\\n\\n2023年，全市水质良好。'
    """
    stored = clean(text)
    front = read_front(stored)
    sha = _sha(stored.encode())
    return Document(name, stored, sha, sha, title=front.title, issued=front.issued, publisher=front.publisher, genre=front.genre,
                    sources=(name,), default_place=place, default_year=year)


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    seen: set[tuple[int, int]] = set()
    closed: list[Path] = []
    for folder, folders, files in os.walk(root, followlinks=True, onerror=lambda error: closed.append(Path(error.filename))):
        here = Path(folder)
        state = here.stat()
        if (state.st_dev, state.st_ino) in seen:
            folders.clear()
            continue
        seen.add((state.st_dev, state.st_ino))
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in files:
            if not file.startswith("."):
                yield here / file, (here / file).relative_to(root).as_posix()
    for here in closed:
        yield here, here.name if here == root else here.relative_to(root).as_posix()


def _bytes(path: Path, name: str) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableFile(name, "it is no regular file", _KNOWN)
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(name, f"it is larger than {LARGEST // 2**20} MB", "split it into documents")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(name, f"it cannot be opened ({error.strerror or error})", "check the path and give read permission") from None
    if not content.strip():
        raise UnreadableFile(name, "it is empty", "leave it out or give it a text")
    return content


def _read(content: bytes, suffix: str, name: str) -> tuple[Page, str]:
    if suffix in _UNREAD:
        raise UnreadableFile(name, *_UNREAD[suffix])
    if content.startswith(_OLE):
        raise UnreadableFile(name, "it is an encrypted or an old Office file", "take the password off and save it as .docx or .pdf")
    if suffix == ".pdf" or content.startswith(_PDF):
        return _guarded(read_pdf, content, name), "pdf"
    if suffix == ".docx":
        return _guarded(read_docx, content, name), "docx"
    if content.startswith(_ZIP):
        raise UnreadableFile(name, *_ARCHIVE)
    if suffix not in (*_TEXT, *_HTML, ""):
        raise UnreadableFile(name, f"files of type {suffix} are not read", _KNOWN)
    found = decode(content, markup=suffix in _HTML)
    if found is None:
        raise UnreadableFile(name, "its bytes are no text in UTF-8, UTF-16 or GB18030", f"save it as UTF-8 text, or {_KNOWN}")
    text, encoding = found
    return read_html(text) if suffix in _HTML else read_markdown(text) if suffix in (".md", ".markdown") else Page(text), encoding


def _guarded(read: Callable[[bytes], Page], content: bytes, name: str) -> Page:
    """Parsers of hostile files raise anything; whatever it is, the file cannot be read."""
    try:
        return read(content)
    except NoTextLayer:
        remedy = "recognise the text with OCR and save the result"
        raise UnreadableFile(name, "its pages are pictures without a text layer", remedy) from None
    except Oversized as error:
        raise UnreadableFile(name, str(error), "split it into documents") from None
    except (Exception, RecursionError) as error:
        locked = "assword" in f"{type(error).__name__}{error!r}" or "ncrypt" in f"{type(error).__name__}{error!r}"
        if locked:
            raise UnreadableFile(name, "it is encrypted", "take the password off") from None
        raise UnreadableFile(name, "it is damaged", "open it, save it again and give the new file") from None


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
