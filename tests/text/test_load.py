"""Files of each format and encoding → Document; what cannot be read is an UnreadableFile with a remedy."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError, KgError, UnreadableFile
from kg.text import load as loading
from kg.text.load import find_files, from_text, load
from kg.text.metadata import Metadata, Row

BODY = "清河市水环境公报\n\n2022年，全市十二个国控断面水质优良比例为91.7%，同比提高2.3个百分点。\n新建污水管网二十公里。"


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(("text", "encoding"), [
    (BODY, "utf-8"), (BODY, "utf-8-sig"), (BODY, "utf-16"), (BODY, "utf-16-le"), (BODY, "utf-16-be"), (BODY, "gb18030"), (BODY, "gbk"),
    ("清河", "gb18030"), ("清河", "utf-16-be"), ("水质达标。", "gb2312"), ("ＰＭ２．５", "gb18030"), ("河川水質監測與污染防治計畫", "big5"),
    ("Water quality", "utf-16-le"), ("a", "utf-8"),
])
def test_encodings_are_told_apart(tmp_path: Path, text: str, encoding: str) -> None:
    document = load(written(tmp_path, "a.txt", text.encode(encoding)), "a.txt")
    assert document.text == text


def test_a_file_cut_inside_a_character_is_read(tmp_path: Path) -> None:
    document = load(written(tmp_path, "a.txt", (BODY * 5).encode()[:-1]), "a.txt")
    assert document.text.startswith("清河市水环境公报")
    assert document.encoding == "utf-8"


def test_stored_text_keeps_width_and_traditional_characters() -> None:
    assert from_text("全市投入１２．５％，\u3000臺灣河川。").text == "全市投入１２．５％，\u3000臺灣河川。"


def test_control_characters_and_lone_surrogates_go() -> None:
    assert from_text("清\x00河\x07市\u200b水质\ud800\r\n达标。\x0c").text == "清河市水质\n达标。"


def test_front_matter_of_a_file(tmp_path: Path) -> None:
    document = load(written(tmp_path, "a.txt", "清河市治水见成效\n2023-05-06 10:20 来源：清河日报 编辑：某某\n全市水质好转。"), "a.txt")
    assert (document.title, document.issued, document.publisher) == ("清河市治水见成效", "2023-05-06", "清河日报")


def test_metadata_goes_before_the_text_and_the_command_line_after(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", BODY)
    row = Row("a.txt", title="公报", issued="2023-06", source="清河市生态环境局", place="清河县")
    document = load(path, "x/a.txt", metadata=Metadata({"a.txt": row}), place="甘肃省", year=2020)
    assert (document.title, document.issued, document.publisher, document.place) == ("公报", "2023-06", "清河市生态环境局", "清河县")
    assert (document.default_place, document.default_year) == ("甘肃省", 2020)


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("a.txt", b"", "empty"), ("a.txt", b" \n\t ", "empty"), ("a.txt", "分享到\n".encode(), "no text is left"),
    ("a.txt", bytes(range(256)) * 9, "no text"),
    ("a.doc", b"x", "old Word"), ("a.wps", b"x", "WPS"), ("a.ofd", b"x", "OFD"), ("a.zip", b"x", "archives"), ("a.rar", b"x", "archives"),
    ("a.xls", b"x", "spreadsheets"), ("a.xlsx", b"x", "spreadsheets"), ("a.JPG", b"x", "pictures"), ("a.bin", b"x", "type .bin"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "encrypted"), ("a.docx", b"PK\x03\x04 broken", "damaged"),
    ("a.pdf", b"%PDF-1.4 broken", "damaged"), ("a.txt", b"PK\x03\x04" + bytes(99), "archives"),
    ("a.html", b"<html><body></body></html>", "no text"),
])
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as caught:
        load(written(tmp_path, name, content), name)
    assert caught.value.path == name
    assert caught.value.remedy


def test_missing_huge_and_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match="no regular file"):
        load(tmp_path / "none.txt", "none.txt")
    monkeypatch.setattr(loading, "LARGEST", 10)
    with pytest.raises(UnreadableFile, match="larger than"):
        load(written(tmp_path, "a.txt", BODY), "a.txt")


def test_find_files_sorts_ignores_hidden_and_survives_links(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden", ".git/x.txt", "a/.d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("水")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert [name for _, name in find_files([tmp_path])] == ["a/c.txt", "b.txt"]
    assert [name for _, name in find_files([tmp_path / "b.txt"])] == ["b.txt"]
    with pytest.raises(InputError, match="nowhere"):
        list(find_files([tmp_path / "nowhere"]))


def test_docx_in_document_order_with_its_table(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("清河市水污染防治工作方案", 1)
    word.add_paragraph("一、总体要求")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("断面", "类别", "甲桥", "Ⅱ类"), strict=True):
        cell.text = text
    word.add_paragraph("到2025年，全市水质优良比例达到95%。")
    path = tmp_path / "a.docx"
    word.save(str(path))
    document = load(path, "a.docx")
    assert document.text == "清河市水污染防治工作方案\n一、总体要求\n断面 | 类别\n甲桥 | Ⅱ类\n到2025年，全市水质优良比例达到95%。"
    assert (document.title, document.genre) == ("清河市水污染防治工作方案", "plan")


def test_a_docx_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.text.office._LARGEST", 1000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 5000)
    with pytest.raises(UnreadableFile, match="unpacks"):
        load(written(tmp_path, "a.docx", buffer.getvalue()), "a.docx")


def test_markdown_is_stripped_lightly(tmp_path: Path) -> None:
    source = "---\ntitle: x\n---\n# 清河治理纪要\n\n全市**水质**[好转](http://a.b)。\n\n| 断面 | 类别 |\n|:--|--:|\n| 甲 | Ⅲ |\n"
    path = written(tmp_path, "a.md", source)
    assert load(path, "a.md").text == "清河治理纪要\n\n全市水质好转。\n\n断面 | 类别\n甲 | Ⅲ"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400), suffix=st.sampled_from([".txt", ".md", ".html", ".pdf", ".docx", ".doc", ""]),
       head=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xfe", b"<html>", b"\xef\xbb\xbf"]))
def test_random_bytes_raise_nothing_but_the_projects_errors(tmp_path: Path, content: bytes, suffix: str, head: bytes) -> None:
    path = written(tmp_path, "fuzz" + suffix, head + content)
    try:
        document = load(path, path.name)
    except KgError:
        return
    assert document.text.strip()
    document.text.encode()
