"""HTML and Markdown → raw text with its title; furniture is left to `kg.text.clean`."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

import lxml.etree
import lxml.html
import trafilatura

_BLOCKS = frozenset(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "section", "article", "table", "ul", "ol",
                     "dd", "dt", "td", "th", "blockquote", "caption", "center", "header", "footer", "nav", "aside", "form", "option",
                     "figcaption", "title"))
_SKIPPED = ("script", "style", "noscript", "template", "iframe", "svg", "select", "button", "input", "textarea", "nav", "footer", "head")
_TITLE_META = ("ArticleTitle", "title", "og:title")
_DATE_META = ("PubDate", "publishdate", "article:published_time", "pubdate")
_SOURCE_META = ("ContentSource", "source", "article:author")
_TELLING = 6
_KEPT_SHARE = 0.5
_NEARLY_ALL = 0.9
"""A main text that is nearly the whole page was not found by its structure; the whole keeps rows and headings better."""

_HANZI = re.compile("[一-鿿]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_GAPS = re.compile(r"\s+")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_SITE_TAIL = re.compile(r"\s*[-_|–—丨]+\s*[^-_|–—丨]{2,24}$")
_MD_LINE = re.compile(r"^ {0,3}#{1,6}[ \t]+|^ {0,3}>[ \t]?|[ \t]+#+[ \t]*$", re.M)
_MD_INLINE = re.compile(r"!\[([^\]\n]{0,200})\]\([^)\n]{0,400}\)|\[([^\]\n]{1,200})\]\([^)\n]{0,400}\)|\*\*([^*\n]{1,400})\*\*"
                        r"|__([^_\n]{1,400})__|`([^`\n]{1,200})`")
_MD_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$\n?|^[ \t]*(?:-{3,}|\*{3,}|={3,})[ \t]*$", re.M)
_MD_ROW = re.compile(r"^[ \t]*\|(.*?)\|?[ \t]*$", re.M)
_ROW_EDGE = re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.M)
_MD_FRONT = re.compile(r"\A---\n(.{0,4000}?)\n---\n", re.S)


logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Page:
    """The raw text of a file, with what its markup says of title, date and publisher."""

    text: str
    title: str | None = None
    issued: str | None = None
    publisher: str | None = None


def read_html(source: str) -> Page:
    """The main text of a page, tables as rows of cells joined by ` | `; the whole page where no main text stands out.

    >>> read_html("<html><head><title>泾河治理</title></head><body><p>泾河水质达标。</p></body></html>").title
    '泾河治理'
    """
    tree = _tree(source)
    if tree is None:
        return Page("")
    whole = _visible(tree)
    main = _main(source)
    chosen = _KEPT_SHARE * _hanzi_of_blocks(tree) <= _hanzi(main) <= _NEARLY_ALL * _hanzi(whole)
    text = _span(whole, main) if main and chosen else whole
    title = _title(tree)
    head = [line for line in (title, _dateline(whole, text)) if line and line not in text[:2000]]
    return Page("\n".join([*head, text]), title, _meta(tree, _DATE_META), _meta(tree, _SOURCE_META))


def read_markdown(source: str) -> Page:
    """Markdown with its marks stripped lightly; rows of tables keep ` | ` between cells.

    >>> read_markdown("# 泾河治理\\n\\n| 断面 | 类别 |\\n|---|---|\\n| **甲** | Ⅲ |").text
    '泾河治理\\n\\n断面 | 类别\\n甲 | Ⅲ'
    """
    body = _MD_FRONT.sub("", source.replace("\r\n", "\n"))
    body = _MD_LINE.sub("", _MD_RULE.sub("", body))
    body = _MD_INLINE.sub(lambda m: next((g for g in m.groups() if g is not None), ""), body)
    text = _MD_ROW.sub(lambda m: " | ".join(cell.strip() for cell in m[1].split("|")), body)
    return Page(text)


def _tree(source: str) -> lxml.html.HtmlElement | None:
    try:
        parser = lxml.html.HTMLParser(huge_tree=False, no_network=True)
        return lxml.html.document_fromstring(_DECLARATION.sub("", source), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _main(source: str) -> str:
    try:
        found = trafilatura.extract(source, include_tables=True, include_comments=False, favor_recall=True, output_format="txt")
    except (lxml.etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return ""
    return _ROW_EDGE.sub("", _MD_RULE.sub("", found or ""))


def _span(whole: str, main: str) -> str:
    """The lines of the page from the first to the last that belong to the main text: headings and rows between them stay."""
    wanted = {key for line in main.split("\n") if len(key := _GAPS.sub("", line)) >= _TELLING}
    lines = whole.split("\n")
    found = [number for number, line in enumerate(lines) if _GAPS.sub("", line) in wanted]
    return "\n".join(lines[found[0]:found[-1] + 1]) if len(found) * 2 >= len(wanted) > 0 else main


def _visible(tree: lxml.html.HtmlElement) -> str:
    """All text that a reader sees, a line a block, a row a table row."""
    pieces: list[str] = []
    closing = _BLOCKS - {"td", "th", "br"}
    for event, node in lxml.etree.iterwalk(tree, events=("start", "end")):
        name = node.tag if isinstance(node.tag, str) else "script"
        skipped = name in _SKIPPED or any(a.tag in _SKIPPED for a in node.iterancestors(*_SKIPPED))
        if event == "start":
            pieces.append("\n" if name in _BLOCKS and name not in ("td", "th") else "")
            if not skipped and node.text:
                pieces.append(_inline(node))
        else:
            pieces.append(" | " if name in ("td", "th") and node.getnext() is not None else "\n" if name in closing else "")
            if node.tail and not any(True for _ in node.iterancestors(*_SKIPPED)):
                pieces.append(_SPACES.sub(" ", node.tail) if not _in_cell(node.getparent()) else _SPACES.sub(" ", node.tail).strip())
    lines = (line.strip(" \t") for line in re.sub(r"(?<=\| )\n+|\n+(?= \| )", "", "".join(pieces)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _inline(node: lxml.html.HtmlElement) -> str:
    text = _SPACES.sub(" ", node.text or "")
    return text.strip() if _in_cell(node) else text


def _in_cell(node: lxml.html.HtmlElement | None) -> bool:
    return node is not None and (node.tag in ("td", "th") or any(True for _ in node.iterancestors("td", "th")))


def _title(tree: lxml.html.HtmlElement) -> str | None:
    headings = [_SPACES.sub(" ", str(h.text_content())).strip() for h in tree.iter("h1")]
    stated = _meta(tree, _TITLE_META)
    page = tree.findtext(".//title")
    title = next((h for h in headings if len(_HANZI.findall(h)) >= 4), None) or stated \
        or (_SITE_TAIL.sub("", page.strip()) if page else None)
    return _SPACES.sub(" ", title).strip()[:200] or None if title else None


def _meta(tree: lxml.html.HtmlElement, names: tuple[str, ...]) -> str | None:
    for name in names:
        for node in tree.iter("meta"):
            if (node.get("name") or node.get("property") or "").lower() == name.lower() and (node.get("content") or "").strip():
                return str(node.get("content")).strip()
    return None


def _dateline(whole: str, text: str) -> str | None:
    """The line of date and source that main-text extraction leaves out."""
    for line in whole.split("\n")[:120]:
        if len(line) <= 120 and re.search(r"(?:来源|发布(?:时间|日期|机构)"
                                          r"|信息来源)\s*[:：]", line) and re.search(r"\d{2,4}[-年/.]\d{1,2}", line):
            return line if line not in text else None
    return None


def _hanzi(text: str) -> int:
    return len(_HANZI.findall(text))


def _hanzi_of_blocks(tree: lxml.html.HtmlElement) -> int:
    """How many hanzi stand in paragraphs and table cells that are no list of links."""
    count = 0
    for node in tree.iter("p", "td"):
        links = sum(_hanzi(str(a.text_content())) for a in node.iter("a"))
        own = _hanzi(str(node.text_content())) if node.find(".//p") is None else 0
        count += own if links * 2 < own else 0
    return count
