"""Extractions written by hand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from kg import iri
from kg.gazetteer import Entry, Gazetteer
from kg.graph.assemble import assemble
from kg.graph.build import in_memory
from kg.graph.model import DocumentQuads
from kg.graph.store import GraphStore
from kg.model import Context, Document, Entity, Extraction, IndicatorValue, Mention, Relation, Sentence

ENTRIES = (
    Entry("甘肃省", "Place", "AdministrativeDivision", "甘肃省", ("甘肃",), (), None, "620000", "province"),
    Entry("甘肃省/平凉市", "Place", "AdministrativeDivision", "平凉市", ("平凉",), (), "甘肃省", "620800", "prefecture"),
    Entry("甘肃省/平凉市/崆峒区", "Place", "AdministrativeDivision", "崆峒区", (), ("崆峒",), "甘肃省/平凉市", "620802", "county"),
    Entry("甘肃省/平凉市/华亭县", "Place", "AdministrativeDivision", "华亭县", (), (), "甘肃省/平凉市", "620824", "county",
          None, 2018, "甘肃省/平凉市/华亭市"),
    Entry("甘肃省/平凉市/华亭市", "Place", "AdministrativeDivision", "华亭市", (), (), "甘肃省/平凉市", "620881", "county", 2018),
    Entry("WaterFeature:黄河", "WaterFeature", "River", "黄河"),
    Entry("WaterFeature:渭河", "WaterFeature", "River", "渭河", (), (), "WaterFeature:黄河"),
    Entry("WaterFeature:泾河", "WaterFeature", "River", "泾河", (), (), "WaterFeature:渭河"),
    Entry("WaterFeature:泾河流域", "WaterFeature", "Basin", "泾河流域", (), (), "WaterFeature:泾河"),
)
ENTITIES: dict[str, tuple[str, str]] = {
    "甘肃省生态环境厅": ("Agency", "GovernmentBody"), "甘肃省水利厅": ("Agency", "GovernmentBody"),
    "平凉市人民政府": ("Agency", "GovernmentBody"), "泾河治理规划": ("Programme", "Plan"), "泾河": ("WaterFeature", "River"),
    "泾河流域": ("WaterFeature", "Basin"), "渭河": ("WaterFeature", "River"), "平凉市": ("Place", "AdministrativeDivision"),
    "崆峒区": ("Place", "AdministrativeDivision"), "华亭县": ("Place", "AdministrativeDivision"), "城东污水处理厂": ("Project", "Facility"),
    "生态环境厅": ("Agency", "GovernmentBody"),
}


def extraction(text: str, relations: Iterable[tuple[Any, ...]] = (), values: Iterable[dict[str, Any]] = (), *, name: str = "a.txt",
               place: str | None = "平凉市", year: int | None = 2024, **more: Any) -> Extraction:
    """An extraction of a text: every name of ENTITIES is a mention, the longest first; claims rest on their sentence."""
    spans: list[tuple[int, int, str]] = []
    for form in sorted(ENTITIES, key=len, reverse=True):
        for found in re.finditer(re.escape(form), text):
            if all(found.end() <= start or found.start() >= end for start, end, _ in spans):
                spans.append((found.start(), found.end(), form))
    spans.sort()
    mentions = tuple(Mention(start, end, form, *ENTITIES[form]) for start, end, form in spans)  # type: ignore[arg-type]
    entities = []
    for number, form in enumerate(dict.fromkeys(form for _, _, form in spans), 1):
        type_, subtype = ENTITIES[form]
        entry = next((e for e in ENTRIES if e.name == form), None)
        full = entry.id if entry and type_ == "Place" else form
        entities.append(Entity(f"e{number}", type_, subtype, form, iri.mint(type_, full), (form,),  # type: ignore[arg-type]
                               tuple(i for i, m in enumerate(mentions) if m.text == form), entry=entry and entry.id))
    ids = {entity.name: entity.id for entity in entities}
    sentences = tuple(Sentence(found.start(), found.end()) for found in re.finditer(r"[^。]+。?", text))
    document = Document(name, text, hashlib.sha256(text.encode()).hexdigest(), hashlib.sha256(name.encode()).hexdigest(), **more)
    context = Context(place, year, {"平凉市": "甘肃省/平凉市"}.get(place or ""), ("甘肃省", "平凉市") if place == "平凉市" else ())

    def around(at: int) -> Sentence:
        return next(s for s in sentences if s.start <= at < s.end)

    related = []
    for subject, predicate, object_, *rest in relations:
        sentence = around(text.index(subject if len(rest) < 2 else rest[1]))
        related.append(Relation(ids[subject], predicate, ids[object_], sentence.start, sentence.end, rest[0] if rest else "done"))
    valued = []
    for row in values:
        start = text.index(row["as_written"])
        sentence = around(start)
        about = row.get("about")
        full_row = {"kind": "result", "operator": "=", "unit": "%", "period": "2024", "scope": place,
                    **row, "about": about and ids[about]}
        valued.append(IndicatorValue(start=sentence.start, end=sentence.end, number_start=start,
                                     number_end=start + len(row["as_written"]), **full_row))
    return Extraction(document, context, sentences, mentions, tuple(entities), tuple(related), tuple(valued))


PLAN = ("甘肃省生态环境厅会同甘肃省水利厅印发泾河治理规划。崆峒区优良天数比率达到87.2%。"
        "平凉市人民政府推进泾河治理规划，渭河一级支流泾河水质改善。")
NEWS = ("甘肃省生态环境厅督导平凉市人民政府。全市优良天数比率达到90%，泾河流域完成投资4.06亿元。"
        "华亭县未建成城东污水处理厂，不得擅自修改泾河治理规划。")
NOTICE = "甘肃省生态环境厅印发泾河治理规划。目标是到2025年优良天数比率不低于88%。泾河流域属于泾河。"


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer(ENTRIES)


@pytest.fixture(scope="session")
def write_extraction() -> Callable[..., Extraction]:
    return extraction


@pytest.fixture(scope="session")
def extractions() -> tuple[Extraction, ...]:
    """A plan, a news report with a negation and a prohibition, and a notice that partly repeats the plan."""
    plan = extraction(PLAN, [
        ("甘肃省生态环境厅", "issues", "泾河治理规划"), ("甘肃省生态环境厅", "collaboratesWith", "甘肃省水利厅"),
        ("平凉市人民政府", "implements", "泾河治理规划", "ongoing"), ("泾河", "partOf", "渭河", "done", "渭河一级支流"),
        ("泾河治理规划", "covers", "泾河", "done", "渭河一级支流")],
        [{"indicator": "优良天数比率", "value": 87.2, "as_written": "87.2%", "about": "崆峒区"}],
        name="plan.txt", title="泾河治理规划", issued="2024-03-01", publisher="甘肃省生态环境厅")
    news = extraction(NEWS, [
        ("甘肃省生态环境厅", "supervises", "平凉市人民政府"), ("华亭县", "implements", "泾河治理规划", "prohibited"),
        ("华亭县", "implements", "城东污水处理厂", "negated")],
        [{"indicator": "优良天数比率", "value": 90.0, "as_written": "90%"},
         {"indicator": "投资", "value": 406000000.0, "as_written": "4.06亿元", "unit": "CNY", "about": "泾河流域"}], name="news.txt")
    notice = extraction(NOTICE, [
        ("甘肃省生态环境厅", "issues", "泾河治理规划"), ("泾河流域", "partOf", "泾河")],
        [{"indicator": "优良天数比率", "value": 88.0, "as_written": "88%", "kind": "target", "operator": ">=",
          "period": "2025-12-31", "modality": "planned"}], name="notice.txt", place=None, issued="2024-05")
    return plan, news, notice


@pytest.fixture(scope="session")
def documents(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> tuple[DocumentQuads, ...]:
    return tuple(assemble(one, gazetteer=gazetteer) for one in extractions)


@pytest.fixture
def graph(documents: tuple[DocumentQuads, ...], gazetteer: Gazetteer) -> GraphStore:
    return in_memory(documents, gazetteer=gazetteer)
