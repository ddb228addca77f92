"""What stands at the ends of lines: numbered headings, captions, and breaks that a page put inside a sentence."""

from __future__ import annotations

import re

NUMERAL = "一二三四五六七八九十百零〇两"
ITEM = re.compile(
    rf"(?:第\s*[{NUMERAL}\d]+\s*[编章节條条](?![的和规款])|[（(]\s*[{NUMERAL}\d]{{1,3}}\s*[）)]|[{NUMERAL}]{{1,3}}[、．.]"
    rf"|\d{{1,3}}(?:[、．.](?!\d)|[)）])|\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}[.．]?[\s　]|[①-⑳]|[{NUMERAL}]{{1,2}}(?:是|要)"
    r"|[•·●○■□◆◇▪*►▶◎☆★－-][\s　]|——|#{1,6}\s|附[件表录][\d一二三四五六七八九十]*[:：\s　]|附件$)")
"""How a numbered heading or a list item begins."""

ENDS = "。！？!?；;：:…"
_CLOSE = "”’」』）)》〉】〕\"'"
_OPEN = "（(《〈“‘「『【〔"
_RUNNING = "，、,"
_STARTS_INSIDE = "，、。；：！？,;)）》〉”’」』】〕%％"
DATE = re.compile(r"[\d〇○零一二三四五六七八九十]{4}\s*年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日")
_CAPTION = re.compile(
    r"(?:[。！）)]\s*(?!同时|此外|其中|目前|截至|今年|去年|另外|因此|为此)[一-鿿·]{2,4}(?:\s*[/／]?\s*[摄文图])?|摄|供图"
    r"|[文图]/[一-鿿]{2,4})$")
_ENDED = re.compile(r"[。！？；][（(【\[][^（()）]{1,160}[）)】\]]$|[A-Za-z)\]\"”]\.$|\$\$$|>$|^(?:关键词|关键字|主题词|[【<$])")
_PROSE = re.compile(r"[。；;！？]|[，、,].*[，、,]")
_LATIN = re.compile(r"[A-Za-z0-9,]$")
_CLEARLY_PROSE = 24
_LIKELY_PROSE = 45


def runs_on(line: str, after: str) -> bool:
    """Whether the break between two lines (stripped, not empty) stands inside a sentence: a page made it.

    >>> runs_on("全市投入治理资金三亿元，新建管网二十公里，氨氮排放量同比", "下降两个百分点。")
    False
    >>> runs_on("今年以来，全市投入治理资金三亿元。截至目前，新建污水管网二十公里，氨氮排放量同比", "下降两个百分点。")
    True
    >>> runs_on("二、主要任务", "加强水源地保护。")
    False
    """
    if after[0] in _STARTS_INSIDE:
        return not after.startswith(("……", "；；"))
    if "\t" in line or " | " in line or " | " in after or ITEM.match(after) or DATE.fullmatch(after):
        return False
    if line[-1] in _RUNNING or line[-1] in _OPEN or re.search(r"[A-Za-z]-$", line):
        return True
    if line.rstrip(_CLOSE)[-1:] in tuple(ENDS) or _ENDED.search(line) or _CAPTION.search(line):
        return False
    if "。" in line or "；" in line:
        return len(line) >= _CLEARLY_PROSE
    listed = ITEM.match(line) and len(line) < 2 * _LIKELY_PROSE
    titled = line[-1] in "）)》" and after[0] not in "的和等及与中"
    return len(line) >= _LIKELY_PROSE and bool(_PROSE.search(line)) and not listed and not titled and after[0] not in "（(【"


def glue(line: str, after: str) -> str:
    """Two pieces of one sentence joined, with a space between Latin words."""
    space = " " if _LATIN.search(line) and after[:1].isascii() and after[:1].isalnum() and not after[:1].isdigit() else ""
    return f"{line}{space}{after}"
