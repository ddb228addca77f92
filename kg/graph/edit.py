"""SPARQL updates of a built graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.outside import reaches_outside
from kg.graph.store import GraphStore
from kg.graph.swap import keep_as_built, swap
from kg.vocab import PREFIXES


def edit(directory: Path, text: str, *, base: str | None = None) -> None:
    """Apply a SPARQL update to the store in `directory`, wholly or not at all; relative IRIs are read against `base`.

    The project's prefixes are declared. What is to outlast the next build belongs in `graph:edits`. The caller holds the
    folder, as for a build. Raises QueryError where the text is no update or cannot be carried out, NoStore, LayoutMismatch.
    """
    if reaches_outside(text):
        raise QueryError("The update reads from outside with LOAD or SERVICE, not allowed. Send what is to be added in INSERT DATA.")
    GraphStore.open(directory).close()

    def work(store: ox.Store) -> None:
        try:
            store.update(text, base_iri=base, prefixes=PREFIXES)
        except SyntaxError as error:
            raise QueryError(f"the update cannot be parsed: {error}") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"The update cannot be carried out: {error}. Nothing was changed.") from None

    keep_as_built(directory)
    swap(directory, work, origin=directory, edited=True)
