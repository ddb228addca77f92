"""What a text says of itself: title, date of issue, publisher and genre."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.text.lines import ITEM

_HEAD = 14
_TITLE_HEAD = 6
_TAIL = 30
_LONGEST_TITLE = 200
_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "O": "0"}
_DAY = r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH = r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})"
_YEAR = r"(?P<y>(?:19|20)\d{2}|[一二][〇○零ＯO一二三四五六七八九]{3})"
_FULL = re.compile(rf"{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日|(?P<y2>(?:19"
                   rf"|20)\d{{2}})[-/.](?P<m2>\d{{1,2}})[-/.](?P<d2>\d{{1,2}})|(?<!\d)(?P<y3>(?:19"
                   rf"|20)\d{{2}})(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?!\d)")
_SHORT = re.compile(r"(?<!\d)(?P<y>\d{2})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?=\s+\d{1,2}:\d{2})")
_LABELLED = re.compile(r"(?:发布|发文|成文|公布|颁布|印发|发表|生成|制发|通过|更新|稿件|上传)(?:时间|日期)\s*[:：】]?\s*")
_DATELINE = re.compile(r"来源|\d{1,2}:\d{2}|记者|编辑|作者|文号|浏览|阅读|字体|字号")
_ADOPTED = re.compile(r"通过|批准|公布|修正|修订|发布|颁布|印发")
_LINE_DATE = re.compile(rf"[（(]?\s*(?:{_YEAR}\s*年\s*{_MONTH}\s*月(?:\s*{_DAY}\s*日)?)\s*[）)]?")
_PLAIN = r"[^\s，,。；|【】:：]"
_SOURCE = re.compile(
    r"(?:信息|文章|稿件|新闻|内容)?(?:来源|发布机构|发布单位|发文机关|发文单位|发文机构|制定机关|颁布单位|制发机关|印发机关)"
    rf"\s*(?:[:：】]|(?<=[构位关])[\s　](?=[一-鿿]{{4}}))\s*((?![《“]){_PLAIN}{{2,40}}(?:[,，]\s*{_PLAIN}{{2,40}}){{0,8}})")
ORGAN = (r"(?:人民代表大会(?:常务委员会)?|人大常委会|人民政府(?:办公厅|办公室)?|国务院(?:办公厅)?|委员会(?:办公室|办公厅)?|办公厅"
         r"|办公室|领导小组(?:办公室)?"
         r"|(?<![一-鿿]公)(?:[厅局部署院委]|总局|总站|总队|中心|指挥部|管委会|政府|党委|市委|省委|县委|法院|检察院|公司|集团|大学"
         r"|研究院|学会|协会))")
_ORGAN_LINE = re.compile(rf"[一-鿿（）()·\s]{{0,40}}{ORGAN}(?:[\s、][一-鿿（）()·\s]{{2,40}}{ORGAN})*")
_TITLE_ORGAN = re.compile(rf"([一-鿿、·\s]{{1,60}}?{ORGAN})\s*(?=关于|印发|转发|公告|令|通告|通报|[（(]?20\d\d年)")
_NOT_TITLE = re.compile(r"(?:各位|同志们|各[市县区省州]|各有关|.{0,30}[:：]$|.*[。；;]$|.*〔\d{4}〕\s*\d+\s*号$|[（(].*[）)]$|原标题"
                        r"|索引号|文号|主题(?:分类|词)|信息(?:分类|索引)|发布(?:单位|机构|日期)|发文|成文|公开|时效|有效性|体裁|组配)")
_NAMED = re.compile(r"(?:标题|名称|文件名称|信息名称|文件标题)\s*[:：]\s*([^\s:：]{5,})")
_NAMES = re.compile(r"[一-鿿]{2,4}(?:[\s　、]+[一-鿿]{2,4}){0,5}")
_JUNK = re.compile(r"(?:\.(?:docx?|wps|pdf|txt|indd)|microsoft|untitled|无标题|文档\d*$|新建|^\d+$|幻灯片|PowerPoint|print)", re.I)

# Genre by the end or the wording of the title; the first row that fits.
GENRES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("speech", re.compile(r"讲话|致辞|发言|讲稿")),
    ("rectification-scheme", re.compile(r"整改(?:工作)?(?:方案|落实方案|措施|任务清单)")),
    ("reply-letter", re.compile(r"(?:复函|答复|的函|批复|回复)(?:[（(].*[）)])?$")),
    ("bulletin", re.compile(r"公报|状况公告|月报|季报|年报|质量状况|质量报告|统计|排名")),
    ("regulation", re.compile(r"(?:条例|办法|规定|细则|决议|决定|规则|规范|规程|章程|法|问题的解释)(?:[（(].*[）)])?$")),
    ("notice", re.compile(r"(?:通知|公告|通告|通报|意见)(?:[（(].*[）)])?$|公告[（(]")),
    ("plan", re.compile(r"(?:规划|计划|方案|纲要|行动|要点|安排)(?:[（(].*[）)])?$")),
    ("report", re.compile(r"报告(?:[（(].*[）)])?$|总结$|工作情况$")),
)
_NEWS = re.compile(r"(?:消息|讯|电|记者|通讯员|新闻联播|日报|晚报|新华社|央视网|报道)(?:[（(:：]|\s|[^。]{0,12}[）)])")


@dataclass(frozen=True, slots=True)
class Front:
    """Title, ISO date of issue, publisher and genre of a text; None where it is silent."""

    title: str | None = None
    issued: str | None = None
    publisher: str | None = None
    genre: str | None = None


def read_front(text: str) -> Front:
    """What the head and the foot of a stored text say.

    >>> read_front("清河市水源保护条例\\n\\n2019年3月2日 清河市第八届人民代表大会常务委员会第五次会议通过\\n\\n第一条 为了保护水源。")
    Front(title='清河市水源保护条例', issued='2019-03-02', publisher='清河市人民代表大会常务委员会', genre='regulation')
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    title = _title(lines)
    kind = genre(title, lines)
    return Front(title, _issued(lines, kind), _publisher(lines, None if kind == "news" else title), kind)


def sensible_title(title: str | None) -> str | None:
    """The title of a file's properties where it names the document, else None."""
    return title if title and len(re.findall("[一-鿿]", title)) >= 5 and len(title) <= _LONGEST_TITLE and not _JUNK.search(title) else None


def genre(title: str | None, lines: Sequence[str]) -> str | None:
    """The genre that title or opening show, an English key."""
    if any(_NEWS.search(line[:40]) for line in lines[:6]):
        return "news"
    return next((key for key, pattern in GENRES if title and pattern.search(title)), None)


def _title(lines: Sequence[str]) -> str | None:
    for line in (line.lstrip("# ") for line in lines[:_TITLE_HEAD]):
        if len(line) > _LONGEST_TITLE or line.endswith("。"):
            return None
        named = _NAMED.match(line)
        if named:
            return named[1]
        if len(re.findall("[一-鿿A-Za-z]", line)) >= 5 \
                and not (_NOT_TITLE.match(line) or ITEM.match(line) or (_NAMES.fullmatch(line) and " " in line)) \
                and not (_FULL.search(line) and _DATELINE.search(line)):
            return line
    return None


def _issued(lines: Sequence[str], kind: str | None) -> str | None:
    head = lines[:_HEAD]
    for line in (*head, *lines[-_TAIL:]):
        label = _LABELLED.search(line) if len(line) < 200 else None
        found = _date(line[label.end():label.end() + 20]) if label else None
        if found:
            return found
    datelines = [found for line in head if len(line) <= 120 and _DATELINE.search(line) and (found := _date(line))]
    if datelines:
        return datelines[0]
    if kind == "news":
        return None
    adopted = [found for line in head if len(line) <= 300 and _ADOPTED.search(line) and _opens_with_date(line) for found in _dates(line)]
    return max(adopted, default=None) or _signed(lines)


def _opens_with_date(line: str) -> bool:
    match = _FULL.search(line[:40])
    return match is not None and match.start() <= 2


def _signed(lines: Sequence[str]) -> str | None:
    """The date under a signature: the first below an organ's name, else a date that fills a line at head or foot."""
    alone = [n for n, line in enumerate(lines) if len(line) <= 24 and _LINE_DATE.fullmatch(line)]
    for number in alone:
        if number and _ORGAN_LINE.fullmatch(lines[number - 1]):
            return _line_date(lines[number])
    return next((_line_date(lines[n]) for n in (*reversed(alone), *alone) if n < 8 or n >= len(lines) - 12), None)


def _line_date(line: str) -> str | None:
    """The date that fills a line: 2024-09-05, or 2024-09 where the day is not given."""
    match = _LINE_DATE.fullmatch(line)
    if match is None or match["d"]:
        return _date(line)
    month = _number(match["m"])
    return f"{_number(match['y'])}-{month:02d}" if 1 <= month <= 12 else None


def _date(text: str) -> str | None:
    return next(iter(_dates(text)), None)


def _dates(text: str) -> list[str]:
    found = []
    for match in (*_SHORT.finditer(text), *_FULL.finditer(text)):
        parts = {k[0]: v for k, v in match.groupdict().items() if v}
        year = _number(parts["y"])
        try:
            found.append(date(2000 + year if year < 100 else year, _number(parts["m"]), _number(parts["d"])).isoformat())
        except ValueError:
            continue
    return found


def _number(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" in text:
        tens, ones = text.split("十", 1)
        return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS[c] for c in text))


def _publisher(lines: Sequence[str], title: str | None) -> str | None:
    for line in (*lines[:_HEAD], *lines[-_TAIL:]):
        match = _SOURCE.search(line) if len(line) < 200 else None
        if match:
            return match[1].strip()
    match = _TITLE_ORGAN.match(title or "")
    if match:
        return match[1].strip()
    return _adopter(lines) or _signer(lines)


def _adopter(lines: Sequence[str]) -> str | None:
    """The assembly that adopted a law: 清河市第八届人民代表大会常务委员会第五次会议通过."""
    for line in lines[:_HEAD]:
        match = re.search(r"日\s*经?([一-鿿]{1,24}?)第?[一二三四五六七八九十\d]+届(人民代表大会(?:常务委员会)?"
                          r"|人大常委会)第?[^通]{0,20}通过", line[:120])
        if match:
            return match[1] + ("人民代表大会常务委员会" if match[2] == "人大常委会" else match[2])
    return None


def _signer(lines: Sequence[str]) -> str | None:
    for number, line in enumerate(lines):
        if number and len(line) <= 24 and _LINE_DATE.fullmatch(line) and _ORGAN_LINE.fullmatch(lines[number - 1]):
            return re.sub(r"\s+", " ", lines[number - 1])
    return None
