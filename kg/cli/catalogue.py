"""The ready questions on the terminal."""

from __future__ import annotations

import json
from typing import Any

import click

from kg.cli import console
from kg.query.ready import Question, question, questions


def show(name: str | None, *, as_json: bool) -> None:
    """One ready question, or all of them."""
    if as_json:
        shown = as_object(question(name)) if name else [as_object(each) for each in questions().values()]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    elif name:
        _describe(question(name))
    else:
        rows = [(q.name, f"{q.title_zh}。{q.description_zh}", q.description_en, _signature(q)) for q in questions().values()]
        console.table(("name", "中文", "English", "parameters"), rows)


def as_object(asked: Question) -> dict[str, Any]:
    """A ready question as JSON: title, description, parameters, columns, example, SPARQL."""
    return {
        "name": asked.name, "title": {"zh": asked.title_zh, "en": asked.title_en},
        "description": {"zh": asked.description_zh, "en": asked.description_en},
        "parameters": [{"name": p.name, "types": p.types, "required": p.required, "default": p.default or None, "zh": p.zh, "en": p.en}
                       for p in asked.parameters],
        "columns": [{"name": c.name, "iri": c.iri or None, "types": c.types, "zh": c.zh, "en": c.en} for c in asked.columns],
        "example": dict(asked.example), "sparql": asked.sparql}


def _signature(asked: Question) -> str:
    """Parameters in short; those that may be left out stand in brackets."""
    return " ".join(p.name if p.required else f"[{p.name}]" for p in asked.parameters)


def _describe(asked: Question) -> None:
    click.echo(f"{asked.name} · {asked.title_zh} · {asked.title_en}\n{asked.description_zh}\n{asked.description_en}")
    for p in asked.parameters:
        needed = "required" if p.required else f"default {p.default}" if p.default else "optional"
        click.echo(f"\n  --param {p.name}=…  {'|'.join(p.types)}, {needed}\n      {p.zh} · {p.en}")
    click.echo("\nColumns")
    for c in asked.columns:
        click.echo(f"  {c.name} ({'|'.join(c.types)}): {c.zh} · {c.en}")
    tried = " ".join(f"--param {name}={value}" for name, value in asked.example.items())
    click.echo(f"\nExample\n  kg query {asked.name} {tried}".rstrip() + f"\n\n{asked.sparql}".rstrip())
