"""The graph of the sample documents, opened and as the file beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.api import Graph


@pytest.fixture(scope="session")
def samples(sampled: Path) -> Iterator[Graph]:
    with kg.open(sampled) as graph:
        yield graph
