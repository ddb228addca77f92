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
from kg.extract.clauses import Clause, surroundings
from kg.extract.indicators import Phrase
from kg.extract.periods import Calendar
from kg.extract.respective import respective_names
from kg.extract.times import Time
from kg.model import Context, IndicatorValue, Kind, Mention, Modality

_PLANNED = re.compile("(?<![经按])计划(?!外|内|单列|管理|的?批|推进|进行|实施的)|预计|力争|争取(?!到|了)|拟(?!定|合)|目标|预期|将(?!$|其|军|于|近|会议|全[省市县区])|届时|到时|有望")
_AFTERWARDS = re.compile("(?:建成|投产|运行|达产|完工|通水|投用)后")
_REQUIRED = re.compile("应当|必须|不得|务必|(?<![需主重摘纲])要(?!求|素|点|闻|么)|须(?!知)|确保|严禁|禁止|应(?:达|不|在|于|为)")
_ONGOING = re.compile("正在|推进|加快|进一步|抓紧|持续开展")
_NEGATED = re.compile("未(?!来|经)|没有|尚无")
_DONE = re.compile("已|成功|完成了|累计|了(?!解|结)|同比|环比|较上年|比上年")
_PLAN_TITLE = re.compile("(?:方案|规划|计划|纲要|意见|要点|行动|清单)(?:》?的(?:通知|决定|批复|函))?(?:[(〔].{1,16}[)〕])*》?$")
_LAW_TITLE = re.compile(r"(?:条例|法|办法|规定|细则|规则)(?:[(〔].{1,16}[)〕])*》?$")
_RANKED = re.compile("(?:综合)?(?:排名|位居|位列|名列|居|排)?(?:全国|全省|全市|全区|全州|全球|世界|亚洲|同类|西北|西部)?(?:地区|城市|首位)?(?:排名)?$")
_COUNTED = {"人": "人数", "户": "户数"}
_DIVIDED = ("任务", "投资", "资金", "面积", "贷款", "经费", "总量", "规模", "投入")
_CONTINUES = re.compile("其中|同比|环比|占|较上年|比上年")


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a number leaves for the next ones of its paragraph.

    `base` is the last name, `total` the name of the whole that 其中 divides, `among` whether parts are being told.
    """

    base: str = ""
    topic: str = ""
    total: str = ""
    unit: str = ""
    verb: str = ""
    sign: int = 0
    among: bool = False


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
    owners = {m.start: m.end for m in mentions if m.type in ("Place", "WaterFeature", "Agency")}
    position = 0
    carried = _Carried()
    for sentence in doc.sents:
        low, high = sentence.start_char, sentence.end_char
        group = []
        while position < len(amounts) and amounts[position].start < high:
            if amounts[position].start >= low:
                group.append(amounts[position])
            position += 1
        if not group:
            continue
        if text[low - 1:low] != ";" and not _CONTINUES.match(text[low:low + 4].lstrip()):
            carried = _Carried()
        lists = respective_names(text, low, group)
        for number, amount in enumerate(group):
            clause = surroundings(text, low, high, group, number, owners, calendar)
            phrase, carried = _phrase(text, clause, amount, carried, lists.get(number))
            if phrase.name:
                yield _value(text, (low, high), amount, phrase, clause, calendar, genre)


def _phrase(text: str, clause: Clause, amount: Amount, carried: _Carried, named: str | None) -> tuple[Phrase, _Carried]:
    """The phrase of an amount with what earlier numbers give it, and what is carried on."""
    right = "" if amount.dimension == "class" else clause.right
    phrase = indicators.describe(clause.left, right, counted=amount.dimension in ("count", "division"), last=clause.last)
    among = clause.among or (carried.among and amount.unit == carried.unit)
    if amount.dimension == "rank":
        name = _RANKED.sub("", phrase.name)
        phrase = replace(phrase, name=(name or carried.base) + "排名", measure="rank", sign=0)
    elif amount.dimension == "class":
        phrase = replace(phrase, name=_quality(phrase.name) or carried.base)
    elif named is not None:
        sign = phrase.sign or (carried.sign if clause.listed else 0)
        phrase = replace(phrase, name=named, topic=named, sign=sign, measure="growth" if sign else "level")
    else:
        phrase = _joined(phrase, clause, amount, carried, among)
    if not phrase.name and clause.right:
        phrase = replace(phrase, name=indicators.head(clause.right))
    topic = phrase.topic if phrase.topic and not indicators.verbal(phrase.topic) else carried.topic
    total = carried.total if among else phrase.name
    if phrase.name.endswith("占比"):
        return phrase, replace(carried, sign=phrase.sign)
    return phrase, _Carried(phrase.name or carried.base, topic, total, amount.unit, phrase.verb or (carried.verb if clause.listed else ""),
                            phrase.sign, among)


def _quality(name: str) -> str:
    match = re.match(".*(?:水质|水环境质量|水环境|断面)", name)
    return match[0] if match else name


def _joined(phrase: Phrase, clause: Clause, amount: Amount, carried: _Carried, among: bool) -> Phrase:
    name = phrase.name
    report = indicators.closing(clause.right) if clause.bare else ""
    if clause.bare and amount.dimension == "count" and carried.topic and not report and indicators.verbal_with_object(first := indicators.first_part(
            clause.right)) and clause.last and len(first) + len(carried.topic) <= indicators.LONGEST:
        report = first
    if report and clause.last:
        topic = phrase.topic if phrase.topic and phrase.topic in report else carried.topic
        return replace(phrase, name=report if topic in report else topic + report, topic=topic)
    if not name and (stated := re.match("(?:为|是|属于?|可?用于|来自)(?!了)(.{2,20})", indicators.first_part(clause.right))):
        return replace(phrase, name=stated[1])
    if name in ("", "占", "占比"):
        if not name and (noun := indicators.head(clause.right)) and not clause.right.startswith("的"):
            return replace(phrase, name=noun)
        whole = indicators.first_part(clause.right)
        if not name and not phrase.sign and 2 <= len(whole) <= 18 and clause.last and not whole.startswith("的"):
            return replace(phrase, name=whole)
        if not name and amount.dimension == "count" and amount.unit != carried.unit and amount.unit in _COUNTED:
            return replace(phrase, name=_COUNTED[amount.unit])
        return replace(phrase, name=carried.base + ("占比" if name else "") if carried.base else "")
    if clause.listed and clause.bare and carried.verb and not indicators.verbal_with_object(name):
        return replace(phrase, name=carried.verb + name, verb=carried.verb)
    if clause.heading and indicators.strip_verb(name) in indicators.words("generic") and clause.heading not in name:
        name = clause.heading + indicators.strip_verb(name)
        return replace(phrase, name=name, topic=name)
    counted = amount.dimension == "count" and not phrase.sign
    if counted and indicators.verbal(name) and carried.topic and carried.topic not in name and amount.unit == carried.unit:
        return replace(phrase, name=carried.topic + name, topic=carried.topic)
    if among and carried.total and amount.unit == carried.unit and not clause.right and not indicators.measured(name):
        total = indicators.strip_verb(carried.total)
        divided = indicators.verbal(total) or total[-2:] in _DIVIDED or name[-1] in "级类性型"
        if divided and total[-2:] not in name and len(total) + len(name) <= indicators.LONGEST:
            return replace(phrase, name=total + name if indicators.verbal(total) else name + total)
    return phrase


def _kind(text: str, low: int, clause: Clause, amount: Amount, phrase: Phrase, genre: str, time: Time | None, year: int | None) -> Kind:
    own = text[clause.start:clause.end]
    if not phrase.sign and indicators.pattern("investment").search(phrase.name) and not re.search("累计|完成|已|现在|目前", clause.left):
        return "target"
    level: Kind = "change" if phrase.sign else "result"
    before = text[clause.start:amount.outer_start]
    if _PLANNED.search(before) or _AFTERWARDS.search(text[low:amount.outer_start]):
        return "target"
    if _DONE.search(own):
        return level
    constant = indicators.pattern("constant", after="(?:约|为)?$").search(phrase.name)
    first, last = time.years if time and not constant else (None, None)
    if year is not None and last is not None:
        if last > year or (last == year and first != last and genre == "plan"):
            return "target"
        if last < year:
            return level
    if genre == "plan" or _REQUIRED.search(text[low:amount.outer_start]) or _REQUIRED.search(own) or _PLANNED.search(own):
        return "target"
    if genre == "law":
        return level if re.search("仅|现有|占|是", before) else "target"
    planned = max((m.end() for m in _PLANNED.finditer(text, low, clause.start)), default=None)
    held = planned is not None and not _DONE.search(text[planned:clause.start]) and not constant
    return "target" if held else level


def _modality(text: str, clause: Clause, kind: Kind, genre: str) -> Modality:
    own = text[clause.start:clause.end]
    if _NEGATED.search(own):
        return "negated"
    if kind == "target":
        return "required" if genre == "law" or _REQUIRED.search(own) else "planned"
    return "ongoing" if _ONGOING.search(own) and not _DONE.search(own) else "done"


def _value(text: str, bounds: tuple[int, int], amount: Amount, phrase: Phrase, clause: Clause, calendar: Calendar,
           genre: str) -> IndicatorValue:
    low, high = bounds
    time = calendar.time(low, amount)
    kind = _kind(text, low, clause, amount, phrase, genre, time, calendar.year)
    sign = -1 if phrase.sign < 0 else 1
    start, end = low, high
    while start < amount.start and text[start].isspace():
        start += 1
    while end > amount.end and (text[end - 1] in ";。!?" or text[end - 1].isspace()):
        end -= 1
    return IndicatorValue(
        indicator=phrase.name, kind=kind, operator=amount.operator, value=sign * amount.value,
        unit="µg/m³" if amount.unit == "µg" else amount.unit, start=start, end=end, number_start=amount.start, number_end=amount.end,
        as_written=text[amount.start:amount.end], upper=None if amount.upper is None else sign * amount.upper,
        period=calendar.period(low, amount, phrase.name, kind, time), measure=_measure(amount, phrase),
        modality=_modality(text, clause, kind, genre), rule=f"value:{amount.dimension}")


def _measure(amount: Amount, phrase: Phrase) -> indicators.Measure:
    if amount.dimension == "rank":
        return "rank"
    if not phrase.sign:
        return "level"
    return "growth" if amount.dimension == "ratio" else "difference"


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
    counted = one.rule == "value:count"
    if (one.kind != other.kind and not counted) or (one.period and other.period and one.period != other.period):
        return False
    short, long = sorted((one.indicator, other.indicator), key=len)
    if short == long:
        return one.start == other.start or one.value >= 10 or one.value % 1 != 0
    if len(short) < (4 if one.value >= 10 else 6):
        return False
    common = sum(min(short.count(ch), long.count(ch)) for ch in set(short))
    return short in long or 2 * common >= (0.8 if counted and one.value >= 10 else 0.9) * (len(short) + len(long))
