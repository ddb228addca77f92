"""Doc → programmes named by a title: between title marks, as the document's own heading, or by a defined short name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress

from spacy.tokens import Doc

from kg.extract.names.again import uses
from kg.extract.names.name_tables import alternatives, words
from kg.extract.names.quotes import curled
from kg.extract.words import words_of
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

HEADS = {subtype: "|".join(words(f"title-head-{subtype}")) for subtype in ("Law", "Plan", "PolicyDocument", "StandingSystem", "Campaign")}
"""Nouns that end the title of a law, a plan, a document; a title that ends otherwise is a book, a film or a newspaper."""

OWN_HEADS = "|".join(words("title-head-own"))
"""Nouns that end a title which stands on a line of its own; notices and letters are left to what they pass on."""

GENERIC = frozenset(words("title-generic"))
"""Titles that name nothing by themselves and refer back to a full one."""

_NOTE = r"(?:\s*[(（〔\[][^()（）〔〕\[\]]{1,20}[)）〕\]])*(?:征求意见稿|修订版|试行|\d{4}年?版?)?"
_NOTES = re.compile(_NOTE + "$")
_HEAD = {subtype: re.compile(f"(?:{heads}){_NOTE}$") for subtype, heads in HEADS.items()}
_OWN = re.compile(rf"[^《》。；;，,！!？?\n]{{4,90}}(?:{OWN_HEADS}){_NOTE}|"
                  r"[^《》。；;，,！!？?：:\n]{0,40}关于(?:修改|修订|废止)(?:《[^《》\n]{3,50}》[、和]?){1,12}"
                  rf"(?:等[^《》，。；\n]{{2,16}})?的决定{_NOTE}|"
                  r"[^《》。；;，,！!？?\n]{2,12}实施《[^《》\n]{3,30}》的?(?:若干)?(?:办法|规定|细则)")
_NOTICE_END = re.compile(rf"[^《》〈。；;！!？?:：]{{2,60}}(?:{'|'.join(words('title-head-notice'))})")
_ABOUT_LINE = re.compile(r"[^《》。；;！!？?:：，,]{0,40}"
                         r"(?:关于(?!(?:印发|转发|发布|公布)(?:[《〈]|[^《〈\n]*(?:方案|规划|纲要|意见|办法|计划|规定|细则|要点|清单|名单|公告)的))|(?<=[局厅部委会院府])对)[^《》。；;！!？?:：]{2,}")
_HEADLINE = re.compile(alternatives("headline-pattern"))
_ANNEX = re.compile(r"附(?:件|录)?\s*[0-9一二三四五六七八九十]{0,2}\s*[:：.、]?\s*(?:[0-9]{1,2}\s*[.、．])?\s*")
_NUMBERED = re.compile(r"[0-9]{1,2}\s*[.、．]\s*")
"""The number before a further annex, on a line after 附件:1.…."""
_DEFINED = re.compile(r"[(（](?:[^()（）\n]{0,40}[，,、；;])?\s*(?:以下|下)(?:统称|简称|称)(?:为|:|：)?\s*([《“\"'‘]?)"
                      r"([^()（）《》“”\"'‘’\n]{1,24})[》”\"'’]?[^()（）\n]{0,24}[)）]")
_PASSING = re.compile(r"(?:通知|函|批复|报告|请示|公告|通告|汇报|令|说明)$")
_ISSUER = re.compile(r"[^〈《〉》]{3,30}[局部会委院厅办室府]关于(?:印发|转发|发布|公布)")
"""How the title of a notice begins that is cited with the body which issued it."""
_ABOUT = re.compile(r"^(?:贯彻|落实)")
_SPEECH = re.compile("的(?:致辞|主旨|演讲|讲话|重要讲话|署名文章|文章|报道|节目|专题片|纪录片)")
_MARK = re.compile(r"[《》〈〉]")
_EXTRACT = re.compile(r"\s*[(（](?:摘编|摘要|节选|摘录|全文|摘登|示例文本|示范文本)[)）]$")
_STATUTE = re.compile(r"^[^\W\d_]{2,12}(?<![办方做])法$")
_NOUNS = frozenset(("n", "ns", "nz", "vn", "j", "b", "l", "nt", "a"))
_NATION = "中华人民共和国"
_BARE_MINIMUM = 6
_BARE_MAXIMUM = 200
_SHORT_MINIMUM = 4
_FIRST_LINES, _LONGEST_LINE, _LONGEST_TITLE = 6, 120, 3
_BROKEN = re.compile(r"[^。；;！!？?:：〔]{6,40}(?<!通知)(?<!意见)(?<!决定)(?<!办法)(?<!方案)(?<!规划)")


@dataclass(frozen=True, slots=True)
class Title:
    """A title text[start:end] without its marks; `close` is the offset after the closing mark."""

    start: int
    end: int
    close: int
    text: str
    subtype: str


def propose_titles(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    """Programmes named by a title, with the references to it."""
    text, folded = doc.user_data["text"], curled(doc)
    marked = [t for t in _marked(folded) if t.subtype]
    own = list(_own(folded, doc.user_data["document"].title))
    full = [t for t in (*own, *marked) if not _is_generic(t.text)]
    short = dict(_definitions(folded, full))
    names: dict[str, str] = {}
    for title in sorted(full, key=lambda t: t.start):
        if title.text in short:
            yield _mention(text, title, short[title.text], "title:short")
        else:
            names.setdefault(title.text, _full_name(title, gazetteer))
            yield _mention(text, title, names[title.text], "title")
    for title, antecedent in _antecedents(full, (t for t in marked if _is_generic(t.text))):
        name = short.get(title.text) or antecedent
        if own and folded[title.start - 2:title.start - 1] == "本" and _NOTES.sub("", own[0].text).endswith(_NOTES.sub("", title.text)):
            name = own[0].text
        if name is not None or len(title.text) >= _SHORT_MINIMUM:
            yield _mention(text, title, name or title.text, "title:back")
    tokens = words_of(doc)
    inside = frozenset(compress(tokens.offsets[1:], map(_NOUNS.__contains__, tokens.tags)))
    yield from (m for m in _bare(text, folded, names, short, full) if not (m.text.endswith("法") and m.start in inside))


def _is_generic(title: str) -> bool:
    """Whether a title names nothing by itself: 方案, 决定（讨论稿）."""
    return _NOTES.sub("", title) in GENERIC


def subtype_of(title: str) -> str:
    """The subtype that a title's last noun tells, empty where it is no programme.

    >>> subtype_of("某某县河道管理条例（试行）"), subtype_of("清水晚报")
    ('Law', '')
    """
    return next((subtype for subtype, head in _HEAD.items() if head.search(title)), "")


def _marked(folded: str) -> Iterator[Title]:
    """Pairs of title marks on one line: the outermost, but the inner ones of a notice or report that passes them on."""
    opened: list[int] = []
    inside: list[Title] = []
    line_end = -1
    for match in _MARK.finditer(folded):
        at = match.start()
        if at > line_end:
            opened, inside = [], []
            line_end = folded.find("\n", at)
            line_end = len(folded) if line_end < 0 else line_end
        if folded[at] in "《〈":
            opened.append(at)
        elif opened:
            title = _title(folded, opened.pop(), at)
            if title is None:
                continue
            if opened:
                inside.append(title)
            elif inside and _PASSING.search(title.text) and not _ABOUT.search(title.text):
                if _ISSUER.match(title.text):
                    yield title
                yield from inside
            else:
                yield title
            inside = inside if opened else []


def _title(folded: str, start: int, end: int) -> Title | None:
    inner = folded[start + 1:end].strip()
    if not inner:
        return None
    begin = folded.index(inner, start)
    speech = folded.endswith(("题为", "主题是", "主题为"), 0, start) or _SPEECH.match(folded, end + 1) is not None
    return Title(begin, begin + len(inner), end + 1, inner, "" if speech else subtype_of(inner))


def _own(folded: str, title: str | None) -> Iterator[Title]:
    """Lines that are a title: among the first lines, after 附件, or equal to the title known of the document."""
    start, seen, annexed = 0, 0, False
    above: list[tuple[int, str]] = []
    for line in folded.split("\n"):
        body = line.strip()
        at = start + (line.index(body) if body else 0)
        start += len(line) + 1
        if not body:
            continue
        annex = _ANNEX.match(body)
        skip = annex.end() if annex else numbered.end() if annexed and (numbered := _NUMBERED.match(body)) else 0
        annexed = bool(annex) or (annexed and skip > 0)
        if len(body) <= _LONGEST_LINE and (seen < _FIRST_LINES or skip or body == title):
            match = _OWN.fullmatch(body, skip)
            if match is None and not skip and (begin := _notice(above, at, body)) is not None:
                end = at + len(body)
                yield Title(begin, end, end, re.sub(r"\s*\n\s*", "", folded[begin:end]), "PolicyDocument")
            elif match and not _HEADLINE.search(body, skip) and body[skip:] not in GENERIC:
                begin = at + skip if skip or seen >= _FIRST_LINES else _first_line(above, at, body)
                end = at + len(body.rstrip())
                if extract := _EXTRACT.search(body):
                    end = at + extract.start()
                yield Title(begin, end, end, re.sub(r"\s*\n\s*", "", folded[begin:end]), subtype_of(body))
        seen += 1
        above = [*above[-2:], (at, body)]


def _notice(above: list[tuple[int, str]], at: int, body: str) -> int | None:
    """Where the title of a notice or a letter begins that ends with a line; None where the line ends none."""
    if not _NOTICE_END.fullmatch(body):
        return None
    for start, line in ((at, body), *above[:-_LONGEST_TITLE - 1:-1]):
        if _ABOUT_LINE.fullmatch(line):
            return start
        if start != at and not _BROKEN.fullmatch(line):
            break
    return None


def _first_line(above: list[tuple[int, str]], at: int, body: str) -> int:
    """Where a title begins that a page broke over lines: at the line that holds its 关于."""
    if "关于" not in body:
        for number, (start, line) in enumerate(reversed(above)):
            if not _BROKEN.fullmatch(line):
                break
            if "关于" in line and number < _LONGEST_TITLE:
                return start
    return at


def _definitions(folded: str, full: Iterable[Title]) -> Iterator[tuple[str, str]]:
    """(short name, full title) for each title that is followed by （以下简称…）."""
    closing = {t.close: t for t in full}
    for match in _DEFINED.finditer(folded):
        title = closing.get(match.start())
        if title is not None and match.group(2) != title.text:
            yield match.group(2), title.text


def _antecedents(full: Iterable[Title], back: Iterable[Title]) -> Iterator[tuple[Title, str | None]]:
    """Each generic title with the last full one before it that ends in its noun."""
    last: dict[str, str] = {}
    ends = sorted(GENERIC, key=len)
    for title in sorted((*full, *back), key=lambda t: t.start):
        if _is_generic(title.text):
            yield title, last.get(_NOTES.sub("", title.text))
        else:
            stem = _NOTES.sub("", title.text)
            last.update((end, title.text) for end in ends if stem.endswith(end))


def _full_name(title: Title, gazetteer: Gazetteer) -> str:
    if title.subtype == "Law" and (known := gazetteer.lookup(title.text, ("Programme",))) and known[0].name == _NATION + title.text:
        return known[0].name
    if _STATUTE.search(title.text) and not title.text.startswith(_NATION):
        known = gazetteer.lookup(title.text, ("Programme",))
        return known[0].name if known else _NATION + title.text
    return title.text


def _bare(text: str, folded: str, names: dict[str, str], short: dict[str, str], full: list[Title]) -> Iterator[Mention]:
    """The same titles, and short names long enough to be told, where they stand without marks."""
    forms = {form: name for form, name in names.items() if len(form) >= _BARE_MINIMUM}
    forms |= {form[len(_NATION):]: name for form, name in names.items() if form.startswith(_NATION) and len(form) > len(_NATION) + 2}
    forms |= {form: name for form, name in short.items() if len(form) >= _SHORT_MINIMUM and form not in GENERIC}
    taken = {t.start for t in full}
    for form, start, end in uses([form for form in forms if len(form) <= _BARE_MAXIMUM], folded):
        if start not in taken and not (form.endswith("法") and folded[end:end + 1] in tuple("律规治定制院庭官盲")):
            yield Mention(start, end, text[start:end], "Programme", subtype_of(form), forms[form], rule="title:bare")


def _mention(text: str, title: Title, name: str, rule: str) -> Mention:
    return Mention(title.start, title.end, text[title.start:title.end], "Programme", subtype_of(name) or title.subtype, name, rule=rule)
