"""Doc → indicator values: which numbers say something, what they measure, when they hold; subjects come later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.values import naming, relevance
from kg.extract.values.amounts import Amount, find_amounts
from kg.extract.values.clauses import NEAR, Clause, surroundings
from kg.extract.values.indicators import Measure, Phrase
from kg.extract.values.kinds import kind_of, modality_of
from kg.extract.values.naming import Carried
from kg.extract.values.periods import Calendar
from kg.extract.values.respective import respective_names
from kg.model import Context, IndicatorValue, Mention

_PLAN_TITLE = re.compile("(?:方案|规划|计划|纲要|意见|要点|行动|清单)(?:》?的(?:通知|决定|批复|函))?(?:[(〔].{1,16}[)〕])*》?$")
_LAW_TITLE = re.compile(r"(?:条例|法|办法|规定|细则|规则|解释|章程)(?:[(〔].{1,16}[)〕])*》?$")
_CHINESE = re.compile("[一-鿿]")
_SCHOLARLY = re.compile(r"(?:摘\s*要|关键词|参考文献|基金项目|收稿日期)\s*[:\n]|中图分类号")
_MEANS = re.compile(r"(?:影像|数据|指标|变量|因子|样本|样点|等级|模型|方法|公式|期|特征值|贡献率)(?:均?在)?$|[\\{}$]")
_LINE = re.compile(r"\s*[^\n]{4,60}(?=\n\s*\S)")
_HEAD = 4000
_TWINS = 64
"""Values of one number and unit, counted back, among which the same fact is looked for; a table holds more of them."""
_CONTINUES = re.compile("其中|同比|环比|占|较上年|比上年")


def find_values(doc: Doc, *, mentions: Sequence[Mention], context: Context) -> tuple[IndicatorValue, ...]:
    """Indicator values in text order, `about` still None; a fact stated twice (headline and body) is one value.

    A number that several owners each have (甲市、乙市各30万亩) is a value of each, side by side.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "全市PM2.5平均浓度为31微克/立方米，同比下降6.1%。", ""))
    >>> [(v.indicator, v.kind, v.value, v.unit, v.period) for v in find_values(doc, mentions=(), context=Context(year=2024))]
    [('PM2.5平均浓度', 'result', 31.0, 'µg/m³', '2024'), ('PM2.5平均浓度', 'change', -6.1, '%', '2024')]
    """
    text: str = doc.user_data["folded"]
    genre = genre_of(relevance.title_of(doc))
    amounts = relevance.keep_relevant(find_amounts(text), text, mentions=mentions, genre=genre)
    if not amounts:
        return ()
    calendar = Calendar(text, relevance.title_of(doc), context.year, offsets=[a.start for a in amounts], plan=genre == "plan",
                        law=genre == "law", issued=doc.user_data["document"].issued)
    shared: dict[int, int] = {}
    found = keep_distinct(_values(doc, text, amounts, mentions, calendar, genre, shared), headline=_headline(text))
    kept = exclude_methods(found) if _SCHOLARLY.search(text, 0, _HEAD) else found
    return tuple(value for value in kept for _ in range(shared.get(value.number_start, 1)))


def _headline(text: str) -> int:
    """Where the first line ends, if a text goes on below it; else 0."""
    line = _LINE.match(text)
    return line.end() if line else 0


def exclude_methods(values: Iterable[IndicatorValue]) -> Iterator[IndicatorValue]:
    """Without what a paper counts of its own means: images, samples, grades, values in formulas.

    >>> row = IndicatorValue("遥感影像", "result", "=", 4.0, "期", 0, 9, 0, 2, "4期")
    >>> [v.indicator for v in exclude_methods([row, IndicatorValue("湿地面积", "result", "=", 4.0, "km²", 0, 9, 0, 2, "4km²")])]
    ['湿地面积']
    """
    return (v for v in values if not _MEANS.search(v.indicator))


def genre_of(title: str) -> str:
    """What a title says of the numbers to expect: a plan sets targets, a law sets limits.

    >>> genre_of("某市水污染防治工作方案"), genre_of("某市水资源条例"), genre_of("全市空气质量通报")
    ('plan', 'law', '')
    """
    return "plan" if _PLAN_TITLE.search(title) else "law" if _LAW_TITLE.search(title) else ""


def _values(doc: Doc, text: str, amounts: Sequence[Amount], mentions: Sequence[Mention], calendar: Calendar,
            genre: str, shared: dict[int, int]) -> Iterator[IndicatorValue]:
    """The values of a text; `shared` receives, by the start of a number, how many coordinated owners each have it."""
    owners = {m.start: m.end for m in mentions if m.type != "Programme"}
    carried = Carried()
    for low, high, group in _by_sentence(doc, amounts):
        if text[low - 1:low] != ";" and not _CONTINUES.match(text[low:low + 4].lstrip()):
            carried = Carried()
        respective = respective_names(text, low, group, owners)
        for number, amount in enumerate(group):
            clause = surroundings(text, low, high, group, number, owners, calendar)
            phrase, carried = naming.name(clause, amount, carried, respective.get(number))
            before = group[number - 1] if number else amount
            goes_on = amount.dimension == before.dimension == "class" and before.start >= clause.start
            if (sharers := shared.get(before.start, 1) if goes_on and before is not amount else clause.sharers) > 1:
                shared[amount.start] = sharers
            if phrase.name and not phrase.name.endswith("方面") and (_CHINESE.search(phrase.name) or _CHINESE.search(text, low, high)):
                yield _value(doc, (low, high), amount, phrase, clause, calendar, genre)


def _by_sentence(doc: Doc, amounts: Sequence[Amount]) -> Iterator[tuple[int, int, list[Amount]]]:
    position = 0
    for low, high in doc.user_data["bounds"]:
        group = []
        while position < len(amounts) and amounts[position].start < high:
            if amounts[position].start >= low:
                group.append(amounts[position])
            position += 1
        if group:
            yield low, high, group
        if position == len(amounts):
            return


def _value(doc: Doc, bounds: tuple[int, int], amount: Amount, phrase: Phrase, clause: Clause, calendar: Calendar,
           genre: str) -> IndicatorValue:
    text: str = doc.user_data["folded"]
    low, high = bounds
    near = max(low, amount.outer_start - NEAR)
    if not genre and calendar.plans(near):
        genre = "plan"
    time = calendar.time(near, amount)
    kind = kind_of(text, near, clause, amount.outer_start, phrase, genre, time, calendar)
    sign = -1 if phrase.sign < 0 else 1
    start, end = low, high
    while start < amount.start and text[start].isspace():
        start += 1
    while end > amount.end and (text[end - 1] in ";。!?" or text[end - 1].isspace()):
        end -= 1
    lower, upper = sorted((sign * amount.value, sign * (amount.value if amount.upper is None else amount.upper)))
    return IndicatorValue(
        indicator=phrase.name, kind=kind, operator=amount.operator, value=lower,
        unit=_unit(amount, phrase, text[near:amount.start]), start=start, end=end, number_start=amount.start, number_end=amount.end,
        as_written=doc.user_data["text"][amount.start:amount.end], upper=None if amount.upper is None else upper,
        period=calendar.period(near, amount, phrase.name, kind, time), measure=_measure(amount, phrase),
        modality=modality_of(text, clause, kind, genre), rule=f"value:{amount.dimension}")


def _unit(amount: Amount, phrase: Phrase, before: str) -> str:
    """The unit of a number, its volume where the clause before names it (每立方米河水中,泥沙含量为3公斤)."""
    if amount.unit == "µg":
        return "µg/m³"
    dissolved = amount.dimension == "mass" and phrase.name.endswith(("含量", "含沙量")) and "每立方米" in before
    return f"{amount.unit}/m³" if dissolved else amount.unit


def _measure(amount: Amount, phrase: Phrase) -> Measure:
    if amount.dimension == "rank":
        return "rank"
    if not phrase.sign:
        return "level"
    return "growth" if amount.dimension in ("ratio", "multiple") else "difference"


def keep_distinct(values: Iterable[IndicatorValue], headline: int = 0) -> list[IndicatorValue]:
    """One value for a fact that headline and body, or text and list, state in nearly the same words.

    A number that ends before `headline` is the body's first one of its size, in whatever words.
    """
    kept: list[IndicatorValue] = []
    by_number: dict[tuple[float, str], list[int]] = {}
    told_by_number: dict[tuple[float, str], list[int]] = {}
    for value in values:
        key = (value.value, value.unit)
        same = by_number.setdefault(key, [])
        twin = next((i for i in same[-_TWINS:] if same_fact(kept[i], value)), None)
        told = next((i for i in told_by_number.get(key, ()) if kept[i].number_end <= headline < value.number_start), None)
        if twin is None and told is not None and _repeated(kept[told], value):
            kept[told] = value
            continue
        if twin is None:
            same.append(len(kept))
            if value.number_end <= headline:
                told_by_number.setdefault(key, []).append(len(kept))
            kept.append(value)
        elif kept[twin].period is None and value.period is not None:
            kept[twin] = value
    return kept


def _repeated(headline: IndicatorValue, body: IndicatorValue) -> bool:
    """Whether a number of the body is the one that the headline tells: a rank, or one too large to be met by chance."""
    return headline.kind == body.kind and headline.rule == body.rule and (
        body.rule == "value:rank" or abs(body.value) >= 100 or body.value % 1 != 0)


def same_fact(one: IndicatorValue, other: IndicatorValue) -> bool:
    """Whether two values of one number state one fact."""
    counted = one.rule == "value:count"
    if (one.kind != other.kind and not counted) or (one.period and other.period and one.period != other.period):
        return False
    short, long = sorted((one.indicator, other.indicator), key=len)
    if short == long:
        return one.start == other.start or one.value >= 10 or one.value % 1 != 0
    exact = len(f"{abs(one.value):.12g}".replace(".", "").strip("0")) >= 4
    if len(short) < (2 if exact else 4 if one.value >= 10 else 6):
        return False
    common = sum(min(short.count(ch), long.count(ch)) for ch in set(short))
    return short in long or 2 * common >= (0.8 if counted and one.value >= 10 else 0.9) * (len(short) + len(long))
