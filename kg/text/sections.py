"""The heading path of each sentence, read from the numbering of official documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.text.lines import NUMERAL

# Numbering from the outermost in, as GB/T 9704 and the drafting rules of laws order it; a lower rank closes all higher ones.
_LEVELS: tuple[tuple[int, re.Pattern[str], str], ...] = (
    (0, re.compile(r"(附[件录表][\d一二三四五六七八九十]*)(?:[:：\s　.．]|$)"), "{}"),
    (1, re.compile(rf"(第\s*[{NUMERAL}\d]+\s*[编編])[\s　]"), "{}"),
    (2, re.compile(rf"(第\s*[{NUMERAL}\d]+\s*章)(?![的和])"), "{}"),
    (3, re.compile(rf"(第\s*[{NUMERAL}\d]+\s*[节節])(?![的和日])"), "{}"),
    (4, re.compile(rf"(第\s*[{NUMERAL}\d]+\s*[条條](?:之[{NUMERAL}]+)?)(?:[\s　:：]|$)"), "{}"),
    (5, re.compile(rf"([{NUMERAL}]{{1,3}})[、．]"), "{}"),
    (6, re.compile(rf"[（(]\s*([{NUMERAL}]{{1,3}})\s*[）)]"), "（{}）"),
    (7, re.compile(r"(\d{1,3})[、．.](?!\d)"), "{}"),
    (7, re.compile(r"(\d{1,2})(?=[\s　]+[一-鿿])"), "{}"),
    (8, re.compile(r"(\d{1,2}[.．]\d{1,2})[.．]?[\s　]*(?![\d.．%‰万亿])(?=[\s　]|[一-鿿]{4})"), "{}"),
    (9, re.compile(r"(\d{1,2}[.．]\d{1,2}[.．]\d{1,2})[.．]?[\s　]*(?!\d)"), "{}"),
    (10, re.compile(r"[（(]\s*(\d{1,3})\s*[）)]"), "（{}）"),
    (11, re.compile(r"(\d{1,2})[）)]"), "{}）"),
    (12, re.compile(r"([①-⑳])"), "{}"),
    (13, re.compile(rf"([{NUMERAL}]{{1,2}}(?:是|要))"), "{}"),
)
_INLINE = 13
_TITLED = re.compile(rf"(?:[{NUMERAL}]{{1,3}}、|第[{NUMERAL}]+[章节]\s*)[^，。；：,;:（(]{{2,20}}(?=[（(][{NUMERAL}]{{1,3}}[）)])")
"""A heading that a page ran together with the one below it: 三、主要措施（一）…"""

_FIRST = frozenset(f"附第（({NUMERAL}0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_SPACES = re.compile(r"\s+")


def inner_heading(text: str, start: int) -> int | None:
    """Where the second of two headings that stand in one line begins, else None.

    >>> inner_heading("三、主要措施（一）强化学习。", 0)
    6
    """
    match = _TITLED.match(text, start)
    return match.end() if match else None


def paths(text: str, starts: Iterable[int]) -> Iterator[str]:
    """The heading path of the sentence at each start; a run-in 一是 closes with its paragraph.

    >>> text = "二、任务\\n（一）治水。\\n1.清淤。一是抓紧。\\n三、保障\\n"
    >>> list(paths(text, (0, 5, 12, 17, 23)))
    ['二', '二/（一）', '二/（一）/1', '二/（一）/1/一是', '三']
    """
    stack: list[tuple[int, str]] = []
    for start in starts:
        at = _skip_space(text, start)
        opens_line = _opens_line(text, at)
        heading = _heading(text, at, opens_line)
        rank = heading[0] if heading else _INLINE if opens_line else None
        if rank is not None:
            while stack and stack[-1][0] >= rank:
                stack.pop()
        if heading:
            stack.append(heading)
        yield "/".join(label for _, label in stack)


def _heading(text: str, at: int, opens_line: bool) -> tuple[int, str] | None:
    if text[at:at + 1] not in _FIRST:
        return None
    for rank, pattern, form in _LEVELS:
        match = pattern.match(text, at)
        if match and (opens_line or rank in (6, 7, 10, 12, _INLINE)):
            return rank, form.format(_SPACES.sub("", match[1]).replace("．", "."))
    return None


def _skip_space(text: str, start: int) -> int:
    end = len(text)
    while start < end and text[start].isspace():
        start += 1
    return start


def _opens_line(text: str, at: int) -> bool:
    while at and text[at - 1].isspace():
        if text[at - 1] == "\n":
            return True
        at -= 1
    return at == 0
