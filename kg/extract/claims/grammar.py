"""triggers.tsv and patterns.tsv → compiled rules over shapes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import ahocorasick_rs

from kg.extract.claims.shapes import ANY, JOIN, SYMBOLS
from kg.model import PREDICATES, EntityType, Predicate

LETTERS: dict[str, EntityType] = {"A": "Agency", "P": "Programme", "W": "WaterFeature", "J": "Project", "L": "Place"}
ADJACENT = ("P", "PJ", "J")
"""Types whose coordinations need no conjunction: 《甲》《乙》."""
_STOP = f"[^,;:。!?\\n{ANY}]"
_STOP_MENTIONS = "[^,;:。!?\\n]"
_CLASS = re.compile(r"#(?:\{(\w+)\}|\(\?:([\u4e00-\u9fff|]+)\)|([\u4e00-\u9fff]+))(?![?*]|\{\d)")
"""The class, or the words, of a verb that a pattern must have."""
_PLACEHOLDER = re.compile(r"\{(_|\*)(\d+)\}|\{(\w+)\}")
_BUILT = ("PJ", "J", "WJPAL", "JP", "LAPJ", "LAPJW")
"""Types whose further members may be said to be planned or under way: 东线和规划中的西线."""
STAGE = "(?:(?:规划|在建|建设|推进|实施|规划建设)(?:中)?的|(?:新建|拟建|已建|已建成|已建成通水|正在建设|正在规划)的)?"
_MORE = {"s": "|会同|联合", "o": "|在内的"}
"""What else joins subjects (甲局会同乙局) and objects (包括甲县在内的乙地区)."""
_CLOSERS = ("部门|单位|机构|地区|地|省份|省区|省|市县|市州|州市|盟市|市|旗县|县区|县|区"
            "|州|乡镇|镇|村|城市|流域|支流|河流|湖泊|水库|国家机关|工程|项目|规划|文件|法律法规|企业|等")
_COUNTED = "省区市|省区|省份|省市|省|市州|州市|盟市|市县|市|县市|县区|县|区|旗|地|部门|部委|单位|家单位|家"
ELLIPSIS = rf"(?:等[^,;:。!?的]{{0,8}}?(?:{_CLOSERS})|等?(?:\d+|[两三四五六七八九十]+)个?(?:{_COUNTED}))?"
"""What may close a coordination: 等部门, 等有关单位, 等五省, 5省区."""
_RANK = ("(?:第[一二三四五六七八九十]+大|最大|最长|最主要|重要|主要|骨干|关键|重难点|全线|重大"
         "|[一二三]级|主|[左右南北东西]岸|[上中下]游|的){0,3}")
"""What stands before 支流 and the like: 左岸最大的, 第二大."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of patterns.tsv; `pattern` has the groups s and o (either may be lacking) and verb.

    A shape that lacks all symbols of one of `needs`, or all `verbs`, has no match.
    """

    id: str
    predicate: Predicate
    subjects: frozenset[EntityType]
    objects: frozenset[EntityType]
    seek: str
    lists: bool
    pattern: re.Pattern[str]
    bar: re.Pattern[str] | None
    needs: tuple[frozenset[str], ...] = ()
    verbs: tuple[str, ...] = ()

    @property
    def names_subject(self) -> bool:
        return "s" in self.pattern.groupindex

    @property
    def names_object(self) -> bool:
        return "o" in self.pattern.groupindex


def symbols(letters: str) -> str:
    """The shape symbols of type letters: "AL" → the symbols of Agency and Place."""
    return "".join(SYMBOLS[LETTERS[c]] for c in letters)


def coordination(letters: str, name: str = "") -> str:
    """Pattern of one or more mentions of the types, joined; a named group where `name` is given."""
    kind = symbols(letters)
    join = f"(?:{JOIN}{_MORE.get(name, '')})" + ("?" if letters in ADJACENT else "")
    stage = STAGE if letters in _BUILT else ""
    body = f"[{kind}](?:{join}原?{stage}[{kind}])*+"
    return f"(?P<{name}>{body}){ELLIPSIS}" if name else f"(?:{body}){ELLIPSIS}"


@lru_cache(maxsize=1)
def triggers() -> dict[str, tuple[str, ...]]:
    """Trigger words by class, longer ones first.

    >>> triggers()["give"][-1] in ("加大", "给予", "予以", "提供")
    True
    """
    return {row["class"]: tuple(sorted(row["words"].split(), key=lambda w: (-len(w), w))) for row in _rows("triggers.tsv")}


def alternatives(class_: str) -> str:
    """The words of a trigger class as an alternation."""
    return "(?:" + "|".join(map(re.escape, triggers()[class_])) + ")"


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the table.

    >>> {r.predicate for r in rules()} >= {"issues", "implements", "partOf"}
    True
    """
    return tuple(_rule(row) for row in _rows("patterns.tsv"))


def _rule(row: dict[str, str]) -> Rule:
    pattern = _verb_group(row["pattern"])

    def fill(match: re.Match[str]) -> str:
        kind, width, word = match.groups()
        if kind:
            return f"{_STOP if kind == '_' else _STOP_MENTIONS}{{0,{width}}}?"
        if word in ("S", "O"):
            return coordination(row["subject" if word == "S" else "object"], word.lower())
        if word in ("S1", "O1"):
            return f"(?P<{word[0].lower()}>[{symbols(row['subject' if word == 'S1' else 'object'])}])"
        if word == "mod":
            return f"(?:{coordination('ALW')}{_STOP}{{0,8}}?的|{_STOP}{{0,8}}的)??"
        if word == "place":
            return f"[{symbols('L')}]"
        if word == "named":
            return f"[{symbols('PJL')}]"
        if word == "near":
            return f"[{symbols('L')}]?"
        if word == "agency":
            return f"[{symbols('A')}]"
        if word == "rank":
            return _RANK
        return alternatives(word)

    if row["predicate"] not in PREDICATES:
        raise ValueError(f"patterns.tsv: {row['rule']}: {row['predicate']} is no predicate")
    subjects, objects = (frozenset(LETTERS[c] for c in row[end]) for end in ("subject", "object"))
    compiled = re.compile(_PLACEHOLDER.sub(fill, pattern))
    ends = [row[end] for end, group in (("subject", "s"), ("object", "o")) if group in compiled.groupindex]
    verb = _CLASS.search(row["pattern"])
    return Rule(row["rule"], row["predicate"], subjects, objects, row["seek"], row["lists"] == "y", compiled,
                re.compile(row["bar"]) if row["bar"] else None,
                tuple(frozenset(symbols(letters)) for letters in ends), _words(verb) if verb else ())


def _words(verb: re.Match[str]) -> tuple[str, ...]:
    class_, several, one = verb.groups()
    return triggers()[class_] if class_ else tuple((several or one).split("|"))


def candidates(text: str) -> Iterator[Rule]:
    """The rules that a shape may match, in the order of the table: one pass over it finds the verbs of all."""
    matcher, words = _verbs()
    spoken = {words[number] for number, _, _ in matcher.find_matches_as_indexes(text, overlapping=True)}
    always, by_verb = _fitting(frozenset(symbol for symbol in ANY if symbol in text))
    return map(rules().__getitem__, sorted(always.union(*(by_verb.get(word, ()) for word in spoken))))


@lru_cache(maxsize=32)
def _fitting(present: frozenset[str]) -> tuple[frozenset[int], dict[str, list[int]]]:
    """The numbers of the rules for whose ends the symbols of a shape suffice: those without a verb, and the others by their verbs."""
    fitting = [n for n, rule in enumerate(rules()) if all(not present.isdisjoint(need) for need in rule.needs)]
    by_verb: dict[str, list[int]] = {}
    for number in fitting:
        for word in rules()[number].verbs:
            by_verb.setdefault(word, []).append(number)
    return frozenset(n for n in fitting if not rules()[n].verbs), by_verb


@lru_cache(maxsize=1)
def _verbs() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    words = tuple(sorted({word for rule in rules() for word in rule.verbs}))
    return ahocorasick_rs.AhoCorasick(words), words


def _verb_group(pattern: str) -> str:
    """`#{class}`, `#(?:…)` or `#word` → the group verb."""
    at = pattern.find("#")
    if at < 0:
        return pattern
    rest = pattern[at + 1:]
    if rest.startswith("{"):
        end = rest.index("}") + 1
    elif rest.startswith("("):
        end = _closing(rest) + 1
    else:
        end = next((i for i, c in enumerate(rest) if not "\u4e00" <= c <= "\u9fff"), len(rest))
    return f"{pattern[:at]}(?P<verb>{rest[:end]}){rest[end:]}"


def _closing(text: str) -> int:
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at
    raise ValueError(f"unbalanced parenthesis in {text!r}")


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = files("kg.extract.claims").joinpath(table).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield {key: value or "" for key, value in row.items()}
