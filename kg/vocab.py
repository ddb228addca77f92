"""Namespaces and terms of the graph, as plain strings, in step with `ontology/shanshui.ttl`.

`DOMAIN` and `RANGE` say which broad types the ten relations join; `LABELS` holds the Chinese and English
label of each term of the project, for pages and tables; `UNITS` maps a unit as values write it to its IRI.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from kg.model import EntityType, Predicate

ECO: Final = "https://w3id.org/shanshui/ontology#"
ID: Final = "https://w3id.org/shanshui/id/"
ECO_UNIT: Final = ECO + "unit/"
SHAPES: Final = "https://w3id.org/shanshui/shapes#"
GRAPHS: Final = "https://w3id.org/shanshui/graph/"
ONTOLOGY_GRAPH: Final = GRAPHS + "ontology"
GAZETTEER_GRAPH: Final = GRAPHS + "gazetteer"
BUILD_GRAPH: Final = GRAPHS + "build"
EDITS_GRAPH: Final = GRAPHS + "edits"
"""What people add to keep; no build touches it."""

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
ORG: Final = "http://www.w3.org/ns/org#"
SCHEMA: Final = "https://schema.org/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF: Final = "http://www.w3.org/2005/11/its/rdf#"
SH: Final = "http://www.w3.org/ns/shacl#"
QUDT: Final = "http://qudt.org/schema/qudt/"
UNIT: Final = "http://qudt.org/vocab/unit/"
ELI: Final = "http://data.europa.eu/eli/ontology#"
HYF: Final = "https://www.opengis.net/def/schema/hy_features/hyf/"

PREFIXES: Final[dict[str, str]] = {
    "eco": ECO, "ecounit": ECO_UNIT, "id": ID, "graph": GRAPHS, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "skos": SKOS,
    "dcterms": DCTERMS, "prov": PROV, "org": ORG, "schema": SCHEMA, "geo": GEO, "nif": NIF, "itsrdf": ITSRDF, "sh": SH,
    "qudt": QUDT, "unit": UNIT, "eli": ELI, "hyf": HYF,
    "agency": ID + "agency/", "programme": ID + "programme/", "water": ID + "water/", "project": ID + "project/",
    "place": ID + "place/", "indicator": ID + "indicator/", "document": ID + "document/", "value": ID + "value/",
}
"""Prefixes declared beforehand for every query and at the head of every Turtle file."""

TYPE: Final = RDF + "type"
LABEL: Final = RDFS + "label"
ALT_LABEL: Final = SKOS + "altLabel"
HIDDEN_LABEL: Final = SKOS + "hiddenLabel"
STATEMENT: Final = RDF + "Statement"
CONCEPT: Final = SKOS + "Concept"

DOMAIN: Final[dict[Predicate, tuple[EntityType, ...]]] = {
    "issues": ("Agency",),
    "implements": ("Agency", "Place"),
    "supervises": ("Agency",),
    "collaboratesWith": ("Agency",),
    "funds": ("Agency",),
    "recognises": ("Agency",),
    "covers": ("Programme", "Project"),
    "locatedIn": ("Agency", "Project", "Place", "WaterFeature"),
    "partOf": ("Agency", "Programme", "WaterFeature", "Project", "Place"),
    "basedOn": ("Programme",),
}
RANGE: Final[dict[Predicate, tuple[EntityType, ...]]] = {
    "issues": ("Programme",),
    "implements": ("Programme", "Project"),
    "supervises": ("Agency", "Place", "Programme", "Project"),
    "collaboratesWith": ("Agency",),
    "funds": ("Programme", "Project", "Place"),
    "recognises": ("Place", "Agency", "Project"),
    "covers": ("Place", "WaterFeature"),
    "locatedIn": ("Place",),
    "partOf": ("Agency", "Programme", "WaterFeature", "Project", "Place"),
    "basedOn": ("Programme",),
}
WATER_RELATIONS: Final = ("basinOf", "tributaryOf", "onRiver")
"""What `partOf` between waters becomes."""
DERIVED: Final = ("within", "inRiverSystemOf", "isResponsibleFor", "documentCount")
"""Predicates that only rules write."""

UNITS: Final[dict[str, str]] = {
    "": UNIT + "UNITLESS", "%": UNIT + "PERCENT", "‰": UNIT + "PERMILLE", "CNY": UNIT + "CCY_CNY",
    "µg/m³": UNIT + "MicroGM-PER-M3", "mg/m³": UNIT + "MilliGM-PER-M3", "mg/L": UNIT + "MilliGM-PER-L",
    "µg/L": UNIT + "MicroGM-PER-L", "m": UNIT + "M", "km": UNIT + "KiloM", "m²": UNIT + "M2", "km²": UNIT + "KiloM2",
    "ha": UNIT + "HA", "t": UNIT + "TONNE", "kg": UNIT + "KiloGM", "m³": UNIT + "M3", "m³/s": UNIT + "M3-PER-SEC",
    "kW": UNIT + "KiloW", "MW": UNIT + "MegaW", "kWh": UNIT + "KiloW-HR", "兆瓦": UNIT + "MegaW",
    "千瓦时": UNIT + "KiloW-HR", "度": UNIT + "KiloW-HR", "℃": UNIT + "DEG_C", "mm": UNIT + "MilliM",
    "dB": UNIT + "DeciB",
}


def unit_iri(unit: str) -> str:
    """The IRI of a unit as values write it; what QUDT lacks (counters, 亩, percentage points) is a term of the project.

    >>> unit_iri("mg/L"), unit_iri("亩"), unit_iri("元/亩")
    ('http://qudt.org/vocab/unit/MilliGM-PER-L', 'https://w3id.org/shanshui/ontology#unit/亩', 'https://w3id.org/shanshui/ontology#unit/元%2F亩')
    """
    return UNITS.get(unit) or ECO_UNIT + "".join(ch if ch.isalnum() or ch in "-._~" else quote(ch, safe="") for ch in unit)


def eco(name: str) -> str:
    """The IRI of a term of the project.

    >>> eco("issues")
    'https://w3id.org/shanshui/ontology#issues'
    """
    return ECO + name


LABELS: Final[dict[str, tuple[str, str]]] = {
    "Agency": ("机构", "agency"),
    "GovernmentBody": ("政府机关", "government body"),
    "PartyBody": ("党的机关", "party body"),
    "WorkingGroup": ("工作组", "working group"),
    "InspectionTeam": ("督察组", "inspection team"),
    "Enterprise": ("企业", "enterprise"),
    "Institution": ("事业单位", "public institution"),
    "Programme": ("规划与制度", "programme"),
    "Plan": ("规划方案", "plan"),
    "Law": ("法律法规", "law or regulation"),
    "PolicyDocument": ("政策文件", "policy document"),
    "Campaign": ("专项行动", "campaign"),
    "StandingSystem": ("制度", "standing system"),
    "WaterFeature": ("水体", "water feature"),
    "River": ("河流", "river"),
    "Lake": ("湖泊", "lake"),
    "Reservoir": ("水库", "reservoir"),
    "Basin": ("流域", "basin"),
    "MonitoringSection": ("监测断面", "monitoring section"),
    "Project": ("项目", "project"),
    "Works": ("工程", "works"),
    "Facility": ("设施", "facility"),
    "ProjectPool": ("项目库", "project pool"),
    "Place": ("地方", "place"),
    "AdministrativeDivision": ("行政区划", "administrative division"),
    "Region": ("区域", "region"),
    "ProtectedArea": ("保护地", "protected area"),
    "Document": ("文档", "document"),
    "Sentence": ("句子", "sentence"),
    "Mention": ("提及", "mention"),
    "IndicatorValue": ("指标值", "indicator value"),
    "Target": ("目标值", "target"),
    "Result": ("结果值", "result"),
    "Change": ("变化值", "change"),
    "Modality": ("情态", "modality"),
    "Measure": ("量度", "measure"),
    "PeriodKind": ("时段类型", "kind of period"),
    "Obligation": ("义务", "obligation"),
    "InspectionRound": ("督察轮次", "inspection round"),
    "Comparison": ("比较", "comparison"),
    "relation": ("关系", "relation"),
    "issues": ("发布", "issues"),
    "implements": ("实施", "implements"),
    "supervises": ("督导", "supervises"),
    "collaboratesWith": ("协作", "collaborates with"),
    "funds": ("资助", "funds"),
    "recognises": ("命名授予", "recognises"),
    "covers": ("覆盖", "covers"),
    "locatedIn": ("位于", "located in"),
    "partOf": ("属于", "part of"),
    "basedOn": ("依据", "based on"),
    "basinOf": ("是其流域", "basin of"),
    "tributaryOf": ("是其支流", "tributary of"),
    "onRiver": ("在其上", "on river"),
    "within": ("处于范围内", "within"),
    "inRiverSystemOf": ("属于水系", "in river system of"),
    "isResponsibleFor": ("负责", "is responsible for"),
    "documentCount": ("文档数", "document count"),
    "jurisdiction": ("辖区", "jurisdiction"),
    "divisionCode": ("区划代码", "division code"),
    "validFrom": ("起始日", "valid from"),
    "validTo": ("终止日", "valid to"),
    "pinyin": ("拼音", "pinyin"),
    "pinyinInitials": ("拼音首字母", "pinyin initials"),
    "gazetteerEntry": ("地名录条目", "gazetteer entry"),
    "about": ("对象", "about"),
    "scopePlace": ("统计范围", "scope"),
    "indicator": ("指标", "indicator"),
    "measure": ("量度", "measure"),
    "operator": ("比较符", "operator"),
    "value": ("数值", "value"),
    "upperValue": ("上限", "upper value"),
    "unit": ("单位", "unit"),
    "period": ("时段", "period"),
    "periodStart": ("时段首日", "period start"),
    "periodEnd": ("时段末日", "period end"),
    "periodKind": ("时段类型", "kind of period"),
    "deadline": ("期限", "deadline"),
    "baseline": ("基准", "baseline"),
    "states": ("陈述数值", "states"),
    "evidence": ("依据句", "evidence"),
    "modality": ("情态", "modality"),
    "confidence": ("置信度", "confidence"),
    "extractedAs": ("抽取为", "extracted as"),
    "asWritten": ("原文写法", "as written"),
    "section": ("章节", "section"),
    "inSentence": ("所在句", "in sentence"),
    "candidate": ("候选实体", "candidate"),
    "linkReason": ("链接理由", "reason of the link"),
    "fileSha256": ("文件散列", "SHA-256 of the file"),
    "contextYear": ("语境年份", "context year"),
    "genre": ("文种", "genre"),
    "textOf": ("是其文本", "text of"),
    "derived": ("推导所得", "derived"),
    "fingerprint": ("指纹", "fingerprint"),
    "version": ("版本", "version"),
    "option": ("选项", "option"),
    "done": ("事实", "fact"),
    "ongoing": ("进行中", "ongoing"),
    "planned": ("计划", "planned"),
    "required": ("要求", "required"),
    "negated": ("否定", "negated"),
    "prohibited": ("禁止", "prohibited"),
    "level": ("水平", "level"),
    "difference": ("差值", "difference"),
    "growth": ("增长率", "growth"),
    "rank": ("位次", "rank"),
    "yearPeriod": ("年", "year"),
    "rangePeriod": ("多年", "range of years"),
    "monthPeriod": ("月", "month"),
    "dayPeriod": ("日", "day"),
    "series": ("序列", "series"),
    "population": ("总体", "population"),
    "statistic": ("统计量", "statistic"),
    "includedIn": ("计入", "included in"),
    "role": ("角色", "role"),
    "group": ("组", "group"),
    "source": ("来源方", "source"),
    "receiver": ("接收方", "receiver"),
    "purpose": ("用途", "purpose"),
}
"""Term (local name) → its label in Chinese and in English."""
