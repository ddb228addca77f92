"""SPARQL on a store, with the project's prefixes."""

from __future__ import annotations

import pyoxigraph as ox

from kg.vocab import PREFIXES


def select(store: ox.Store, text: str) -> ox.QuerySolutions:
    """The solutions of a SELECT."""
    found = store.query(text, prefixes=PREFIXES)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("the query is no SELECT")
    return found


def update(store: ox.Store, text: str) -> None:
    """Apply an update in one transaction."""
    store.update(text, prefixes=PREFIXES)
