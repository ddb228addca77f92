"""The errors that Shanshui raises; each says what was wrong, where, and what to do.

KgError
├── InputError            a file or folder given by the user
│   ├── UnreadableFile    one document cannot be read; the rest of a run goes on
│   ├── MetadataError     the metadata table is malformed
│   └── GazetteerError    a gazetteer row is malformed
├── StoreError            the built graph
│   ├── NoStore           there is no built graph in the folder
│   ├── StoreBusy         another build holds the folder
│   └── LayoutMismatch    the store was written by another layout version
├── RenderError           the page cannot be written as asked
├── QueryError            the SPARQL text, or an unknown ready question
└── LookupFailed          no entity, or several, answer to a name
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors of the project.

    `str(error)` is one or two plain English sentences: what was wrong, where, and what to do.

    >>> str(KgError("a.doc: this is an old Word file. Save it as .docx."))
    'a.doc: this is an old Word file. Save it as .docx.'
    """


class InputError(KgError):
    """Something given by the user cannot be used."""


class UnreadableFile(InputError):
    """One document cannot be read; `reason` and `remedy` stand in the report.

    >>> str(UnreadableFile("报告.wps", "WPS documents are not read", "save it as .docx or .pdf"))
    '报告.wps: WPS documents are not read; save it as .docx or .pdf'
    """

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}; {remedy}")
        self.path, self.reason, self.remedy = path, reason, remedy


class MetadataError(InputError):
    """The metadata table is malformed."""


class GazetteerError(InputError):
    """A gazetteer row is malformed."""


class StoreError(KgError):
    """The built graph cannot be used."""


class NoStore(StoreError):
    """There is no built graph in the folder."""


class StoreBusy(StoreError):
    """Another process is building into the folder."""


class LayoutMismatch(StoreError):
    """The store was written by another layout version."""


class RenderError(KgError):
    """A page cannot be written: it would pass its limit of size, or the browser's half has not been built."""


class QueryError(KgError):
    """The query cannot be parsed or evaluated, or no ready question has that name."""


class LookupFailed(KgError):
    """No entity, or more than one, answers to a name."""
