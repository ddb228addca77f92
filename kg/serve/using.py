"""The dataset that a request names for an update, as USING clauses of its operations.

The store takes no dataset beside an update, so that it is written into the text: the protocol has it mean what
`USING` and `USING NAMED` mean in each operation (SPARQL 1.1 Protocol, 2.2.3).
"""

from __future__ import annotations

import re

from kg.errors import QueryError
from kg.graph.store import Dataset

_PIECES = re.compile(r'''
    """(?:[^"\\]|\\.|"(?!""))*+""" | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*+\'\'\' | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+'
    | <[^<>"{}|^`\\\x00-\x20]*+> | \#[^\r\n]*+ | [?$]\w*+ | [\w.-]*+:[\w.:%\\-]*+ | \w++ | .''', re.S | re.X)


def with_dataset(text: str, dataset: Dataset) -> str:
    """The update with the graphs of the dataset in each of its operations that has a WHERE.

    Raises QueryError where an operation names graphs by itself with USING or WITH, or a graph is no IRI.

    >>> with_dataset("INSERT { ?s a eco:Place } WHERE { ?s ?p ?o }", Dataset(default=("urn:a",)))
    'INSERT { ?s a eco:Place } USING <urn:a> WHERE { ?s ?p ?o }'
    >>> with_dataset("DELETE WHERE { ?s ?p ?o }", Dataset(named=("urn:a",)))
    'DELETE { ?s ?p ?o } USING NAMED <urn:a> WHERE { ?s ?p ?o }'
    """
    clause = _clause(dataset)
    pieces = _PIECES.findall(text)
    written: list[str] = []
    depth, before = 0, ""
    for place, piece in enumerate(pieces):
        word = piece.upper() if depth == 0 else ""
        if word in ("USING", "WITH"):
            raise QueryError(f"The request names the graphs to use, and so does {word} in the update. Name them in one place only.")
        if word == "WHERE":
            template = _block(pieces, place + 1) + " " if before == "DELETE" else ""
            written.append(f"{template}{clause} ")
        written.append(piece)
        depth += (piece == "{") - (piece == "}")
        if depth == 0 and not piece.isspace() and not piece.startswith("#"):
            before = piece.upper()
    return "".join(written)


def _clause(dataset: Dataset) -> str:
    try:
        default, named = dataset.graphs()
    except ValueError as error:
        raise QueryError(f"A graph of the request is no absolute IRI ({error}).") from None
    return " ".join([*(f"USING {node}" for node in default), *(f"USING NAMED {node}" for node in named)])


def _block(pieces: list[str], start: int) -> str:
    """What stands from there to the end of the braces."""
    depth = 0
    for place in range(start, len(pieces)):
        depth += (pieces[place] == "{") - (pieces[place] == "}")
        if depth == 0 and pieces[place] == "}":
            return "".join(pieces[start:place + 1]).strip()
    return ""
