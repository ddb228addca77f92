"""Every table of the package is read by one reader, which says where a row is too long."""

from pathlib import Path

import pytest

from kg import tables

ROOT = Path(__file__).parents[1]


def test_a_row_is_as_wide_as_the_header(tmp_path, monkeypatch):
    folder = tmp_path
    (folder / "waters.tsv").write_text("# rivers\nname\tkind\n\n清河\n洪湖\tLake\n", encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda _package: folder)
    assert tables.rows("some.package", "waters.tsv") == (("清河", ""), ("洪湖", "Lake"))


def test_a_row_with_too_many_cells_is_named_by_its_line(tmp_path, monkeypatch):
    (tmp_path / "long.tsv").write_text("name\n清河\tRiver\n", encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)
    with pytest.raises(ValueError, match=r"long\.tsv:2: 2 columns, 1 needed"):
        tables.rows("some.package", "long.tsv")


@pytest.mark.parametrize("path", sorted([*(ROOT / "seeds" / "gazetteer").glob("*.tsv"), *(ROOT / "kg").rglob("*.tsv")]), ids=lambda p: p.name)
def test_no_row_of_a_table_is_longer_than_its_header(path):
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    assert all(len(row) <= len(lines[0]) for row in lines)
