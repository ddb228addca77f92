"""HTML and PDF pages → text without their furniture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import UnreadableFile
from kg.text.clean import clean
from kg.text.load import load
from kg.text.page import read_html
from kg.text.portable import Row, Sheet, paragraphs, without_running_heads

PARAGRAPHS = "".join(
    f"<p>　　{opening}，清河市组织整治入河排污口三十五个，新建污水管网二十公里，流域水质明显改善，群众的满意度持续提升。</p>"
    for opening in ("今年以来", "与此同时", "在此基础上", "下一步"))
PAGE = f"""<html><head><meta charset="utf-8"><title>清河市推进水污染防治_清河网</title>
<meta name="PubDate" content="2023-05-06 10:20"></head>
<body><div><a>首页</a> &gt;&gt; <a>要闻</a></div><h1>清河市推进水污染防治</h1>
<div>发布时间：2023-05-06 10:20 来源：清河日报 浏览次数：33</div>
<div>{PARAGRAPHS}<h2>一、主要成效</h2><table><tr><th>断面</th><th>类别</th></tr><tr><td>甲桥</td><td>Ⅱ</td></tr></table></div>
<div>相关新闻</div><ul><li><a href="x">清河市召开大会</a></li>
<li><a href="y">清河市举办活动</a></li></ul>
<div>版权所有：清河网 某ICP备12345号</div></body></html>"""
RULES = [(60.0, y, 300.0, y) for y in (600.0, 580.0, 560.0)] + [(x, 560.0, x, 600.0) for x in (60.0, 180.0, 300.0)]


def test_html_keeps_title_dateline_headings_and_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    document = load(path, "a.html")
    lines = document.text.split("\n")
    assert (document.title, document.issued, document.publisher) == ("清河市推进水污染防治", "2023-05-06", "清河日报")
    assert lines[0] == "清河市推进水污染防治"
    assert {"一、主要成效", "断面 | 类别", "甲桥 | Ⅱ"} <= set(lines)
    assert not any(word in document.text for word in ("首页", "相关新闻", "召开大会", "ICP"))


def test_html_in_gb2312_by_its_own_charset(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_bytes("<html><head><meta charset=gb2312></head><body><p>清河水质达标。</p></body></html>".encode("gb18030"))
    assert load(path, "a.htm").text == "清河水质达标。"


@pytest.mark.parametrize(("source", "text"), [
    ("<p>清河水质<b>达标</b>。</p>", "清河水质达标。"),
    ("<table><tr><td>甲桥<p></p></td><td>Ⅱ类</td></tr></table>", "甲桥 | Ⅱ类"),
    ("<script>x</script><div>水质<br>监测</div><style>y</style>", "水质\n监测"),
    ("", ""), ("<", "<"), ("<!-- -->", ""),
])
def test_small_html(source: str, text: str) -> None:
    assert clean(read_html(source).text) == text


def test_pdf_joins_lines_and_drops_running_heads(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    first = [(250, 800, "清河市环境公报"), (160, 700, "清河市二〇二二年水环境公报"),
             (96, 660, "二〇二二年，全市十二个国控断面水质优良比例达到百分之九十，比上"), (72, 640, "一年提高三个百分点。"),
             (96, 620, "一、总体情况"), (280, 40, "— 1 —")]
    second = [(250, 800, "清河市环境公报"), (72, 700, "全市新建污水管网二十公里。"), (280, 40, "— 2 —")]
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([first, second]))
    document = load(path, "a.pdf")
    assert document.text.split("\n") == [
        "清河市二〇二二年水环境公报", "二〇二二年，全市十二个国控断面水质优良比例达到百分之九十，比上一年提高三个百分点。",
        "一、总体情况", "全市新建污水管网二十公里。"]


def test_pdf_table_as_rows(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    cells = [(70, 585, "断面"), (190, 585, "类别"), (70, 565, "甲桥"), (190, 565, "二类"), (72, 700, "监测结果如下。")]
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([cells], rules=RULES))
    assert load(path, "a.pdf").text == "监测结果如下。\n断面 | 类别\n甲桥 | 二类"


def test_scanned_pdf_names_ocr(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([[]]))
    with pytest.raises(UnreadableFile, match="OCR"):
        load(path, "a.pdf")


def test_paragraphs_of_no_rows() -> None:
    assert list(paragraphs([])) == []
    assert without_running_heads([Sheet((Row("— 3 —", 280, 310, 800, 812),), 842)]) == []
