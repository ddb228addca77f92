"""The graph of the sample documents, opened and as the file beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.api import Graph

SAMPLES = Path(__file__).parents[2] / "seeds" / "documents"


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample documents; not to be changed."""
    room = tmp_path_factory.mktemp("sampled")
    kg.build(SAMPLES, room)
    return room


@pytest.fixture(scope="session")
def samples(sampled: Path) -> Iterator[Graph]:
    with kg.open(sampled) as graph:
        yield graph
