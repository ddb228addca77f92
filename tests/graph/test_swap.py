"""When a store is put in order: made anew, or grown by a tenth, and large."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.swap import worth_ordering

LARGE = 40 << 20


def sized(directory: Path, size: int) -> Path:
    directory.mkdir()
    with (directory / "000001.sst").open("wb") as file:
        file.truncate(size)
    return directory


@pytest.mark.parametrize(("size", "before", "worth"), [
    (LARGE, None, True), (LARGE, 0, True), (LARGE, LARGE // 2, True), (LARGE, LARGE * 95 // 100, False), (LARGE, LARGE, False),
    (LARGE, 2 * LARGE, False), (1 << 20, None, False), (1 << 20, 1000, False)])
def test_a_store_is_put_in_order_where_it_is_large_and_new_or_grown(tmp_path: Path, size: int, before: int | None, worth: bool) -> None:
    origin = None if before is None else sized(tmp_path / "origin", before)
    assert worth_ordering(sized(tmp_path / "store", size), origin) is worth
