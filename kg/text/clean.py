"""Raw text → stored text: without page furniture and without line breaks that a page put inside sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.text.furniture import AMBIGUOUS, BLOCK, NEAR, PARTS, SPEAKS_OF_PAGE, WHOLE
from kg.text.lines import DATE, ENDS, ITEM, glue, runs_on

_DROPPED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f­​-‏‪-‮⁠-⁤⁦-⁯\ufeff￹-￻\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
_EDGE = " \t\v　\xa0\u2002\u2003\u2009"
_SPACE = re.compile(r"[\s　]+")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章条]")
_LONGEST_FURNITURE = 420
_PROSE = 40
_HEAD = 10
_TITLE_END = re.compile(
    r"(?:[函书法]|通知|意见|方案|办法|条例|规定|决定|决议|批复|讲话|报告|公告|通报|规划|计划|纲要|细则|公报|命令|令|请示|纪要|建议"
    r"|措施|要点"
    r"|通告|清单|制度|标准|情况|解释|名单|发言|致辞|总结|答复)(?:[（(][^）)]{1,24}[）)])?$")
_FIRM_END = re.compile(r"(?:[函法]|通知|意见|方案|办法|条例|决定|决议|批复|公告|通报|报告|答复|规划|公报|命令"
                       r"|令)(?:[（(][^）)]{1,24}[）)])?$")
_TITLE_LINE = re.compile(r"[^。；！？，:：|\t]{2,40}")
_TITLE_FORM = re.compile(r".*(?:关于|印发|转发|在.{4,40}上的|贯彻|落实|实施|对.{4,60}答复).*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the raw text without the white space around it; `indented` where some stood before it."""

    text: str
    indented: bool = False


def clean(raw: str) -> str:
    """The stored text of a raw text.

    >>> clean("首页 >> 要闻\\n\\n我市治水见成效\\n\\n上半年，全市十二个断面水质达标。与去年同期相比，氨氮浓度\\n\\n下降一成。\\n分享到")
    '我市治水见成效\\n\\n上半年，全市十二个断面水质达标。与去年同期相比，氨氮浓度下降一成。'
    """
    lines = without_furniture(split_lines(raw))
    return "\n".join(line.text for line in join(lines)).strip("\n")


def split_lines(raw: str) -> list[Line]:
    """The lines of a text, control characters and the white space at their ends gone."""
    body = _BREAKS.sub("\n", _DROPPED.sub("", raw))
    found = []
    for line in body.split("\n"):
        text = line.strip(_EDGE)
        for pattern, instead in PARTS:
            text = pattern.sub(instead, text).strip(_EDGE)
        if not text and line.strip(_EDGE) and not line.lstrip(_EDGE).startswith("&"):
            continue
        found.append(Line(text, bool(text) and line[0] in _EDGE))
    return found


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines that belong to the document."""
    marks = [_is_furniture(line.text) for line in lines]
    for number in _teasers(lines):
        marks[number] = True
    marks = _blocks(lines, marks)
    marks = _beside(lines, marks)
    return [line for line, mark in zip(lines, marks, strict=True) if not mark]


def join(lines: Sequence[Line]) -> Iterator[Line]:
    """Paragraphs: lines that a page broke inside a sentence are put together, runs of empty lines become one."""
    width = _wrap_width(lines)
    pending: Line | None = None
    gap = False
    for line in _join_title(lines):
        if not line.text:
            gap = True
        elif pending is not None and _continues(pending, line, gap, width):
            pending, gap = Line(glue(pending.text, line.text), pending.indented), False
        else:
            if pending is not None:
                yield pending
                if gap:
                    yield Line("")
            pending, gap = line, False
    if pending is not None:
        yield pending


def _continues(line: Line, after: Line, gap: bool, width: int) -> bool:
    last = line.text[-400:]
    if after.indented and not last.endswith(("，", "、", ",")):
        return False
    if width and not gap and len(line.text) >= width - 2:
        return last.rstrip("”’）)")[-1:] not in tuple(ENDS) and not ITEM.match(after.text)
    return runs_on(last, after.text)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the lines of a text were cut, 0 where they were not."""
    lengths = Counter(len(line.text) + 2 * line.indented for line in lines if line.text)
    total = sum(lengths.values())
    if total < 6:
        return 0
    widest = max(n for n, count in lengths.items() if count > 1 or n == max(lengths))
    full = sum(count for n, count in lengths.items() if n >= widest - 2)
    return widest if 18 <= widest <= 60 and full * 3 >= total else 0


def _join_title(lines: Sequence[Line]) -> list[Line]:
    """A title on two or three lines at the head of the text becomes one line."""
    found = list(lines)
    first = next((n for n, line in enumerate(found[:_HEAD]) if line.text), None)
    if first is None:
        return found
    for start in range(first, min(first + 4, len(found))):
        for count in (2, 3):
            part = [line.text for line in found[start:start + count]]
            if len(part) == count and all(_TITLE_LINE.fullmatch(p) for p in part) and _is_title(part):
                return [*found[:start], Line("".join(part)), *found[start + count:]]
    return found


def _is_title(part: Sequence[str]) -> bool:
    whole = "".join(part)
    return not any(_FIRM_END.search(p) and len(p) > 6 for p in part[:-1]) and not any(ITEM.match(p) or DATE.fullmatch(p) for p in part) \
        and bool(_TITLE_END.search(whole) and _TITLE_FORM.fullmatch(whole))


def _is_furniture(text: str) -> bool:
    """A whole sentence is furniture only where it speaks of the page itself (版权声明, 扫码)."""
    if not text or len(text) > _LONGEST_FURNITURE or not WHOLE.fullmatch(text):
        return False
    return text[-1] not in "。；;" or (bool(SPEAKS_OF_PAGE.search(text)) and not ITEM.match(text))


def _teasers(lines: Sequence[Line]) -> Iterator[int]:
    """Abstracts at the head of a page that end in dots and only repeat how the text below begins."""
    for number, line in enumerate(lines[:_HEAD]):
        body = line.text.rstrip(".…。 ")
        if line.text.endswith(("...", "…")) and len(body) >= 15:
            head = _SPACE.sub("", body)
            below = _SPACE.sub("", "".join(after.text for after in lines[number + 1:number + 30]))
            if below[:len(head) + 400].find(head) >= 0:
                yield number


def _blocks(lines: Sequence[Line], marks: Sequence[bool]) -> list[bool]:
    """Marks with the blocks that a heading such as 精彩推荐 opens below the text; prose or a numbered heading closes one."""
    found = list(marks)
    inside = begun = False
    for number, line in enumerate(lines):
        text = line.text
        if not text:
            continue
        if begun and len(text) <= 24 and BLOCK.fullmatch(text) and _opens_block(lines, found, number):
            inside = found[number] = True
        elif inside and not found[number]:
            inside = found[number] = not _is_prose(text)
        begun = begun or (not found[number] and text.rstrip("”’）)")[-1:] in tuple("。！？"))
    return found


def _opens_block(lines: Sequence[Line], marks: Sequence[bool], number: int) -> bool:
    """A block heading is followed by headlines, not by prose; an ambiguous one also needs furniture before it."""
    after = [line.text for line in lines[number + 1:number + 12] if line.text][:4]
    if any(_is_prose(text) for text in after[:2]):
        return False
    before = next((marks[n] for n in range(number - 1, -1, -1) if lines[n].text), False)
    return before or not AMBIGUOUS.fullmatch(lines[number].text.strip("【】[] "))


def _is_prose(text: str) -> bool:
    if text.startswith(("•", "·", "●", "■", "▪")):
        return False
    return (len(text) >= _PROSE and text.rstrip("”’）)")[-1:] in tuple("。！？；：")) or bool(_SECTION.match(text))


def _beside(lines: Sequence[Line], marks: Sequence[bool]) -> list[bool]:
    """Marks with the weak lines (a bare number, a site's name) that touch furniture."""
    found = list(marks)
    filled = [n for n, line in enumerate(lines) if line.text]
    for order in (filled, filled[::-1]):
        touching = False
        for number in order:
            text = lines[number].text
            if not found[number] and touching and len(text) <= 40 and NEAR.fullmatch(text):
                found[number] = True
            touching = found[number]
    return found
