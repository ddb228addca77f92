"""Doc → indicator values: which numbers say something, what they measure, when they hold; subjects come later.

Within a sentence the phrases of earlier numbers carry on: 其中, parts of a total, 同比 and lists closed by 分别.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.extract import indicators, relevance
from kg.extract.amounts import Amount, find_amounts
from kg.extract.indicators import Phrase
from kg.extract.periods import Calendar
from kg.extract.respective import respective_names
from kg.model import Context, IndicatorValue, Kind, Mention, Modality

_SEPARATOR = re.compile(r"[,;:!?。\n]| {2,}")
_LIST_GAP = re.compile(r" ?(?:、|和|及|与|以及) ?")
_PLANNED = re.compile("计划|预计|力争|争取|拟|目标|预期|规划|将(?!其|军|于|近)|到时|届时|建成后|有望|投产后|运行后|达产后|完工后|通水后")
_REQUIRED = re.compile("应当|必须|不得|务必|(?<![需主重])要(?!求|素|点|闻)|须|确保|严禁|禁止|应(?!急|对|用)")
_ONGOING = re.compile("正在|推进|加快|进一步|抓紧|持续开展")
_NEGATED = re.compile("未(?!来|经)|没有|尚无")
_DONE = re.compile("已|完成了|累计|达到了|实现了|了$")
_PLAN_TITLE = re.compile("(?:方案|规划|计划|纲要|意见|决定|办法|条例|规定|细则|要点|行动|清单)(?:的通知|(?:[(〔].{1,16}[)〕]))*$")
_LAW_TITLE = re.compile(r"(?:条例|法|办法|规定|细则|规则|决议)(?:[(〔].{1,16}[)〕])*$")


@dataclass(frozen=True, slots=True)
class _Clause:
    """The surroundings of one amount: its clause in the folded text, and what lies on both sides of it."""

    start: int
    end: int
    left: str
    right: str
    left_start: int


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a number leaves for the next ones of its paragraph."""

    phrase: Phrase = Phrase("")
    base: str = ""
    topic: str = ""
    unit: str = ""
    names: tuple[str, ...] = ()
    clause: int = 0
    kind: Kind = "result"


def find_values(doc: Doc, *, mentions: Sequence[Mention], context: Context) -> tuple[IndicatorValue, ...]:
    """Indicator values in text order, `about` still None.

    A fact stated twice (headline and body) is one value.
    """
    text: str = doc.user_data["folded"]
    document = doc.user_data["document"]
    title = relevance.title_of(doc)
    genre = "law" if _LAW_TITLE.search(title) else "plan" if _PLAN_TITLE.search(title) else document.genre or ""
    amounts = relevance.keep_relevant(find_amounts(text), text, mentions=mentions, genre=genre)
    calendar = Calendar(text, title, context.year)
    return tuple(_distinct(_values(doc, text, amounts, mentions, calendar, genre)))


def _values(doc: Doc, text: str, amounts: Sequence[Amount], mentions: Sequence[Mention], calendar: Calendar,
            genre: str) -> Iterator[IndicatorValue]:
    starts = sorted(m.start for m in mentions if m.type in ("Place", "WaterFeature", "Agency"))
    owners = {m.start: m.end for m in mentions if m.type in ("Place", "WaterFeature", "Agency")} if starts else {}
    position = 0
    for sentence in doc.sents:
        low, high = sentence.start_char, sentence.end_char
        group = []
        while position < len(amounts) and amounts[position].start < high:
            if amounts[position].start >= low:
                group.append(amounts[position])
            position += 1
        if group:
            yield from _sentence_values(text, low, high, group, owners, calendar, genre)


def _sentence_values(text: str, low: int, high: int, group: list[Amount], owners: dict[int, int], calendar: Calendar,
                     genre: str) -> Iterator[IndicatorValue]:
    carried = _Carried()
    lists = respective_names(text, low, group)
    for number, amount in enumerate(group):
        clause = _clause(text, low, high, group, number, owners)
        phrase = indicators.describe(clause.left, clause.right, counted=amount.dimension in ("count", "division"))
        phrase, carried = _complete(phrase, clause, amount, carried, lists.get(number), text)
        if not phrase.name:
            continue
        kind = _kind(text, low, clause, amount, phrase, genre, carried)
        period = calendar.period(low, amount, phrase.name, kind, number, clause.left)
        carried = replace(carried, kind=kind)
        yield _value(text, low, high, amount, phrase, kind, period, clause, carried)


def _clause(text: str, low: int, high: int, group: list[Amount], number: int, owners: dict[int, int]) -> _Clause:
    amount = group[number]
    before = group[number - 1] if number else None
    after = group[number + 1] if number + 1 < len(group) else None
    start = max((m.end() for m in _SEPARATOR.finditer(text, low, amount.outer_start)), default=low)
    found = _SEPARATOR.search(text, amount.outer_end, high)
    end = found.start() if found else high
    left_start = start
    if before and before.outer_end > start:
        left_start = before.outer_end
        if gap := _LIST_GAP.match(text, left_start):
            left_start = gap.end()
    right_end = min(end, after.outer_start) if after else end
    left = text[left_start:amount.outer_start]
    stop = re.match(r"(\s|其中|[,、])*", left)
    skipped = left_start + (stop.end() if stop else 0)
    owner = owners.get(skipped)
    if owner and amount.outer_start - owner >= 2:
        left = text[owner:amount.outer_start]
    right = text[amount.outer_end:right_end]
    if after and after.outer_start < end:
        right = re.sub(r"(?:和|及|与|以及|、)[^和及与、]{0,12}$", "", right)
    return _Clause(start, end, left, right, left_start)


def _complete(phrase: Phrase, clause: _Clause, amount: Amount, carried: _Carried, named: str | None,
              text: str) -> tuple[Phrase, _Carried]:
    """The phrase with what earlier numbers of the sentence give it, and what it carries on itself."""
    among = "其中" in text[max(0, clause.left_start - 3):clause.left_start + 3]
    if amount.dimension == "rank":
        phrase = replace(phrase, name=phrase.name or carried.base, measure="rank")
    elif named is not None:
        phrase = replace(phrase, name=named, topic=named)
    else:
        phrase = _joined(phrase, clause, amount, carried, among)
    if not phrase.name and clause.right:
        phrase = replace(phrase, name=indicators.head(clause.right) or indicators.closing(clause.right))
    base = carried.base if phrase.sign and phrase.name == carried.base else phrase.name
    topic = phrase.topic if phrase.topic and not indicators.verbal(phrase.topic) else carried.topic
    if among and carried.base:
        topic, base = carried.topic, phrase.name
    return phrase, replace(carried, phrase=phrase, base=base, topic=topic or carried.topic, unit=amount.unit, clause=clause.start)


def _joined(phrase: Phrase, clause: _Clause, amount: Amount, carried: _Carried, among: bool) -> Phrase:
    name = phrase.name
    report = indicators.closing(clause.right) if not indicators.without_links(clause.left.strip(" ,、")) or clause.left.endswith("等") else ""
    if report:
        name = report if not indicators.verbal(report) else carried.topic + report
        return replace(phrase, name=name, topic=phrase.topic or carried.topic)
    if not name or name in ("占", "占比"):
        share = "占比" if name else ""
        return replace(phrase, name=carried.base + share if carried.base else "")
    if amount.unit == carried.unit or amount.dimension == "count":
        if indicators.verbal(name) and carried.topic and carried.topic not in name and amount.dimension == "count" and not phrase.sign:
            return replace(phrase, name=carried.topic + name, topic=carried.topic)
        if among and carried.base and not indicators.measured(name) and amount.unit == carried.unit:
            total = indicators.strip_verb(carried.base)
            if total[-2:] not in name and len(total) + len(name) <= indicators.LONGEST and not clause.right:
                joined = total + name if indicators.verbal(total) else name + total
                return replace(phrase, name=joined)
    return phrase


def _kind(text: str, low: int, clause: _Clause, amount: Amount, phrase: Phrase, genre: str, carried: _Carried) -> Kind:
    before = text[low:amount.outer_start]
    own = text[clause.start:clause.end]
    if indicators.pattern("investment").search(phrase.name) and not re.search("累计|完成|已", own):
        return "target"
    done = _DONE.search(own) is not None
    planned = _PLANNED.search(before) or _REQUIRED.search(before)
    future = planned is not None and not done
    if future or (genre in ("plan", "law") and not done and not phrase.sign) or (genre == "plan" and not done and "同比" not in own):
        return "target"
    return "change" if phrase.sign else "result"


def _modality(text: str, clause: _Clause, kind: Kind) -> Modality:
    own = text[clause.start:clause.end]
    if _NEGATED.search(own):
        return "negated"
    if kind == "target":
        return "required" if _REQUIRED.search(own) else "planned"
    return "ongoing" if _ONGOING.search(own) and not _DONE.search(own) else "done"


def _value(text: str, low: int, high: int, amount: Amount, phrase: Phrase, kind: Kind, period: str | None, clause: _Clause,
           carried: _Carried) -> IndicatorValue:
    sign = -1 if phrase.sign < 0 else 1
    start = low
    end = high
    while start < amount.start and text[start].isspace():
        start += 1
    while end > amount.end and text[end - 1] in " \n\t;。!?":
        end -= 1
    upper = None if amount.upper is None else sign * amount.upper
    unit = amount.unit
    if unit == "µg" and amount.dimension == "concentration":
        unit = "µg/m³"
    return IndicatorValue(
        indicator=phrase.name, kind=kind, operator=amount.operator, value=sign * amount.value, unit=unit, start=start, end=end,
        number_start=amount.start, number_end=amount.end, as_written=text[amount.start:amount.end], upper=upper, period=period,
        measure="rank" if amount.dimension == "rank" else "level" if not phrase.sign else
        "growth" if amount.dimension in ("ratio", "points") else "difference",
        modality=_modality(text, clause, kind), rule=f"value:{amount.dimension}")


def _distinct(values: Iterator[IndicatorValue]) -> list[IndicatorValue]:
    """One value for a fact that headline and body, or text and list, state in nearly the same words."""
    kept: list[IndicatorValue] = []
    by_number: dict[tuple[float, str], list[int]] = {}
    for value in values:
        key = (value.value, value.unit)
        twin = next((i for i in by_number.get(key, ()) if _same_fact(kept[i], value)), None)
        if twin is None:
            by_number.setdefault(key, []).append(len(kept))
            kept.append(value)
        elif kept[twin].period is None and value.period is not None:
            kept[twin] = value
    return kept


def _same_fact(one: IndicatorValue, other: IndicatorValue) -> bool:
    if one.kind != other.kind or (one.period and other.period and one.period != other.period):
        return False
    short, long = sorted((one.indicator, other.indicator), key=len)
    if short == long:
        return one.start == other.start or one.value >= 10 or one.value % 1 != 0
    if len(short) < 6:
        return False
    common = sum(min(short.count(ch), long.count(ch)) for ch in set(short))
    return short in long or 2 * common >= 0.9 * (len(short) + len(long))
