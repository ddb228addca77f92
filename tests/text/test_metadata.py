"""The metadata table as TSV and JSON lines, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import MetadataError
from kg.text.metadata import Row, read_metadata


def table(folder: Path, content: str, name: str = "meta.tsv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(content, encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_tsv(tmp_path: Path, encoding: str) -> None:
    metadata = read_metadata(table(tmp_path, "file\tissued\tsource\tnote\na/b.txt\t2024-07\t清河网\tx\n\nc.txt\t\t\n", encoding=encoding))
    assert metadata.lookup("a/b.txt") == Row("a/b.txt", issued="2024-07", source="清河网")
    assert metadata.lookup("x/c.txt") == Row("c.txt")
    assert metadata.lookup("d.txt") is None


def test_json_lines(tmp_path: Path) -> None:
    first = '{"file": "a.txt", "issued": 2024, "place": "平凉市", "x": [1]}'
    metadata = read_metadata(table(tmp_path, first + '\n{"file": "b.txt", "title": null}\n'))
    assert metadata.lookup("a.txt") == Row("a.txt", issued="2024", place="平凉市")
    assert metadata.lookup("b.txt") == Row("b.txt")


@pytest.mark.parametrize(("content", "message"), [
    ("name\tissued\na.txt\t2024\n", "meta.tsv:1: the header lacks"), ("file\tissued\na.txt\t2024/7\n", "meta.tsv:2: issued '2024/7'"),
    ("file\tissued\na.txt\t2024-02-30\n", "meta.tsv:2: issued"), ("file\n\ta\n", "meta.tsv:2: 2 cells"),
    ("file\ttitle\n\tx\n", "meta.tsv:2: the cell file"),
    ('{"file": "a.txt"}\n{"file"\n', "meta.tsv:2: the line is no JSON"), ('{"file": ["a"]}\n', "meta.tsv:1: file is neither"),
    ("{}\n", "the cell file"),
])
def test_malformed_tables_name_file_and_line(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(MetadataError, match=message):
        read_metadata(table(tmp_path, content))


def test_tables_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match=r"none\.tsv"):
        read_metadata(tmp_path / "none.tsv")
    (tmp_path / "gb.tsv").write_bytes("file\ttitle\na\t清河\n".encode("gb18030"))
    with pytest.raises(MetadataError, match="UTF-8"):
        read_metadata(tmp_path / "gb.tsv")


def test_an_empty_table_says_nothing(tmp_path: Path) -> None:
    assert read_metadata(table(tmp_path, "\n")).lookup("a.txt") is None
