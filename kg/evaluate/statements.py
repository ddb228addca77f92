"""What a gold document and its extraction state at each level, and which of it strict comparison finds right, wrong or missed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kg.evaluate.matching import SYMMETRIC, NameOf, Row, align, distinct_values, fold, keys_of, pair_values, same_value
from kg.evaluate.sentences import Sentences

LEVELS = ("entities", "names", "relations", "values", "indicator_values")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of one level. `part` is the entity type or the predicate (empty for values), `key` the folded form or name,
    `ends` the entities of a relation, `sentence` what it is read from, where known."""

    part: str
    shown: str
    sentence: str = ""
    key: str = ""
    row: Row = field(default_factory=dict)
    ends: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The statements of one document at one level; `spare` are optional gold ones that nothing extracted matches."""

    level: str
    document: str
    right: Sequence[Statement]
    wrong: Sequence[Statement]
    missed: Sequence[Statement]
    spare: Sequence[Statement]


def judge(gold: Row, found: Row, sentences: Sentences) -> Iterator[Judged]:
    """The five levels of a document, compared strictly, as the reference scorer does.

    >>> gold = {"document": "a.txt", "entities": [{"id": "e1", "type": "WaterFeature", "name": "清江流域", "forms": ["清江流域"]}],
    ...         "relations": [], "indicator_values": []}
    >>> found = {**gold, "entities": [{"id": "x1", "type": "WaterFeature", "name": "清江流域", "forms": ["清江"]}]}
    >>> [(j.level, len(j.right), len(j.wrong), len(j.missed)) for j in judge(gold, found, Sentences("", ()))][:2]
    [('entities', 0, 1, 1), ('names', 1, 0, 0)]
    """
    name = gold["document"]
    optional = frozenset(e["id"] for e in gold["entities"] if e.get("optional"))
    aligned = align(gold["entities"], found["entities"])
    yield _judge_entities(name, gold, found, sentences)
    yield _judge_names(name, gold, found, sentences, aligned, optional)
    yield _judge_relations(name, gold, found, sentences, aligned, optional)

    resolved, gold_names = _resolved(gold, found, aligned), _names(gold)
    rows = list(distinct_values(found["indicator_values"], resolved))
    for level in ("values", "indicator_values"):
        yield _judge_values(name, level, gold["indicator_values"], rows, sentences,
                            lambda i: None if i in optional else gold_names.get(i or ""), resolved)


def _judge_entities(name: str, gold: Row, found: Row, sentences: Sentences) -> Judged:
    listed = {key for e in gold["entities"] for key in keys_of(e)}
    required = _distinct(_gold_forms((e for e in gold["entities"] if not e.get("optional")), sentences))
    optional = _distinct(_gold_forms((e for e in gold["entities"] if e.get("optional")), sentences))
    return _compared("entities", name, required, optional, listed, _distinct(_found_forms(found, sentences)))


def _judge_names(name: str, gold: Row, found: Row, sentences: Sentences, aligned: Mapping[str, str], optional: frozenset[str]) -> Judged:
    def named(rows: Iterable[Row], *, of_gold: bool) -> dict[tuple[str, str], Statement]:
        return _distinct(((e["type"], fold(e["name"])), Statement(e["type"], f"{e['type']} {e['name']}", _of_entity(e, sentences, of_gold),
                                                                  fold(e["name"]), e)) for e in rows)

    required = named((e for e in gold["entities"] if e["id"] not in optional), of_gold=True)
    spare = named((e for e in gold["entities"] if e["id"] in optional), of_gold=True)
    stated = named((e for e in found["entities"] if aligned.get(e["id"]) not in optional), of_gold=False)
    return _compared("names", name, required, spare, set(spare), stated)


def _judge_relations(name: str, gold: Row, found: Row, sentences: Sentences, aligned: Mapping[str, str],
                     optional: frozenset[str]) -> Judged:
    def related(document: Row, rows: Iterable[Row], name_of: NameOf, *, of_gold: bool) -> dict[tuple[str, ...], Statement]:
        by_id = {e["id"]: e for e in document["entities"]}
        return _distinct((_triple(r, name_of), _relation(r, by_id, sentences, of_gold)) for r in rows)

    gold_names = _names(gold).get
    lenient = related(gold, (r for r in gold["relations"] if r.get("optional") or r.get("implicit")), gold_names, of_gold=True)
    required = related(gold, (r for r in gold["relations"] if not (r.get("optional") or r.get("implicit"))), gold_names, of_gold=True)
    stated = (r for r in found["relations"] if not r.get("implicit") and r.get("modality") not in ("negated", "prohibited")
              and aligned.get(r["subject"]) not in optional and aligned.get(r["object"]) not in optional)
    return _compared("relations", name, required, lenient, set(lenient),
                     related(found, stated, _resolved(gold, found, aligned), of_gold=False))


def _judge_values(name: str, level: str, gold: Sequence[Row], found: Sequence[Row], sentences: Sentences, gold_name: NameOf,
                  found_name: NameOf) -> Judged:
    pairs = pair_values(gold, found, gold_name, found_name, full=level == "indicator_values")
    hit_gold, hit_found = {g for g, _ in pairs}, {f for _, f in pairs}
    required = [i for i, row in enumerate(gold) if not row.get("optional")]
    spare = [row for i, row in enumerate(gold) if row.get("optional") and i not in hit_gold]
    wrong = [row for i, row in enumerate(found) if i not in hit_found and not any(same_value(o, row) for o in spare)]

    def shown(rows: Iterable[Row], *, of_gold: bool) -> list[Statement]:
        return [Statement("", _described(row), _evidence(row, sentences, of_gold), row=row) for row in rows]

    return Judged(level, name, shown((gold[i] for i in required if i in hit_gold), of_gold=True), shown(wrong, of_gold=False),
                  shown((gold[i] for i in required if i not in hit_gold), of_gold=True), shown(spare, of_gold=True))


def _compared(level: str, name: str, required: Mapping[Key, Statement], optional: Mapping[Key, Statement], allowed: set[Key],
              found: Mapping[Key, Statement]) -> Judged:
    """Sets of keys compared: found keys outside `required` and `allowed` are wrong."""
    def some(statements: Mapping[Key, Statement], keys: Iterable[Key]) -> list[Statement]:
        return [statements[key] for key in sorted(keys, key=str)]

    return Judged(level, name, some(required, required.keys() & found.keys()), some(found, found.keys() - required.keys() - allowed),
                  some(required, required.keys() - found.keys()), some(optional, optional.keys() - found.keys()))


def _distinct(keyed: Iterable[tuple[Key, Statement]]) -> dict[Key, Statement]:
    """The first statement of each key."""
    kept: dict[Key, Statement] = {}
    for key, statement in keyed:
        kept.setdefault(key, statement)
    return kept


def _gold_forms(entities: Iterable[Row], sentences: Sentences) -> Iterator[tuple[tuple[str, str], Statement]]:
    for e in entities:
        for form, around in zip(e["forms"], e.get("around") or e["forms"], strict=True):
            yield (e["type"], fold(form)), Statement(e["type"], f"{e['type']} {form}", sentences.holding(form, around), fold(form), e)


def _found_forms(found: Row, sentences: Sentences) -> Iterator[tuple[tuple[str, str], Statement]]:
    for e in found["entities"]:
        starts = {fold(m["text"]): m["start"] for m in reversed(e.get("mentions", ()))}
        for form in e["forms"]:
            sentence = sentences.at(starts[fold(form)]) if fold(form) in starts else sentences.holding(form)
            yield (e["type"], fold(form)), Statement(e["type"], f"{e['type']} {form}", sentence, fold(form), e)


def _of_entity(entity: Row, sentences: Sentences, of_gold: bool) -> str:
    """The sentence of an entity's first form."""
    if of_gold or not entity.get("mentions"):
        return sentences.holding(entity["forms"][0], *(entity.get("around") or ())[:1]) if entity["forms"] else ""
    return sentences.at(entity["mentions"][0]["start"])


def _evidence(row: Row, sentences: Sentences, of_gold: bool) -> str:
    """The evidence that an annotator gave, or the sentence that a claim was extracted from."""
    literal = str(row.get("evidence") or "")
    return literal if of_gold or "start" not in row else sentences.at(row["start"]) or literal


def _relation(row: Row, entities: Mapping[str, Row], sentences: Sentences, of_gold: bool) -> Statement:
    ends = tuple(entities.get(id_) or {"type": "", "name": id_, "forms": []} for id_ in (row["subject"], row["object"]))
    shown = f"{ends[0]['name']} {row['predicate']} {ends[1]['name']}"
    return Statement(row["predicate"], shown, _evidence(row, sentences, of_gold), row=row, ends=ends)


def _triple(row: Row, name: NameOf) -> tuple[str, ...]:
    subject, object_ = str(name(row["subject"])), str(name(row["object"]))
    if row["predicate"] in SYMMETRIC:
        subject, object_ = sorted((subject, object_))
    return subject, row["predicate"], object_


def _names(document: Row) -> dict[str | None, str]:
    return {e["id"]: e["name"] for e in document["entities"]}


def _resolved(gold: Row, found: Row, aligned: Mapping[str, str]) -> NameOf:
    """Extracted entity id → the name of the gold entity that it is, else its own after a question mark."""
    gold_names, found_names = _names(gold), _names(found)
    return lambda id_: None if id_ is None else gold_names.get(aligned.get(id_, ""), f"?{found_names.get(id_, id_)}")


def _described(row: Row) -> str:
    upper = f"–{row['upper']}" if row.get("upper") is not None else ""
    number = f"{row.get('operator') or '='} {row.get('value')}{upper} {row.get('unit')}"
    return f"{row.get('indicator')} {number} {row.get('kind')} {row.get('period')}"
