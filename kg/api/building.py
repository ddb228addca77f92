"""What `import kg` and the commands call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg import pipeline
from kg.gazetteer import Gazetteer
from kg.model import Document, Extraction
from kg.text.load import from_text, load


def extract(source: str | Path | Document, *, gazetteer: Gazetteer | None = None) -> Extraction:
    """Extract from a text (str), a file (Path) or a Document."""
    document = source if isinstance(source, Document) else load(source, source.name) if isinstance(source, Path) else from_text(source)
    return pipeline.extract(document, gazetteer=gazetteer or Gazetteer.load())


def to_json(extraction: Extraction, *, with_text: bool = False) -> dict[str, Any]:
    """An extraction in the form of a gold file, with offsets."""
    text = extraction.document.text
    context = extraction.context
    entities = [{"id": e.id, "type": e.type, "name": e.name, "forms": list(e.forms), "iri": e.iri,
                 "mentions": [{"start": m.start, "end": m.end, "text": m.text}
                              for m in (extraction.mentions[i] for i in e.mentions)]} for e in extraction.entities]
    relations = [{"subject": r.subject, "predicate": r.predicate, "object": r.object, "evidence": text[r.start:r.end],
                  "start": r.start, "end": r.end, "modality": r.modality, "confidence": r.confidence, "implicit": r.implicit}
                 for r in extraction.relations]
    values = []
    for v in extraction.indicator_values:
        row = {"about": v.about, "indicator": v.indicator, "kind": v.kind, "operator": v.operator, "value": v.value, "unit": v.unit,
               "period": v.period, "evidence": text[v.start:v.end], "start": v.start, "end": v.end, "as_written": v.as_written}
        if v.upper is not None:
            row["upper"] = v.upper
        values.append(row)
    head: dict[str, Any] = {"document": extraction.document.name, "context": {"place": context.place, "year": context.year}}
    if with_text:
        head["text"] = text
    return {**head, "entities": entities, "relations": relations, "indicator_values": values}
