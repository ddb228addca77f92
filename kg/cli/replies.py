"""Replies to questions in plain Chinese on the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.cli import answers, console
from kg.query import labels, runner
from kg.query.asking import Reply, Understood, sparql
from kg.query.ready import Column, Question
from kg.vocab import LABELS

SHOWN = 100
"""Rows shown on the terminal; csv and json have them all."""
WORDS = {
    "understood": ("理解为", "Understood as"), "rows": ("{} 行", "{} rows"),
    "none": ("图谱里没有这样的陈述。", "The graph states nothing of the kind."),
    "more": ("只列出前 {} 行；--format csv 给出全部。", "The first {} are shown; --format csv has them all."),
    "not understood": ("没有听懂这个问题。", "This question is not understood."),
    "unknown": ("图谱里没有", "The graph does not know"), "near": ("相近的问题", "Ready questions that come near"),
    "entities": ("相近的名称", "Names that come near"), "others": ("另有同名", "Others of the same name"),
}


def print_reply(reply: Reply, form: str, lang: str) -> None:
    """A reply as text with the sentences, as csv (its rows) or as json."""
    if form == "json":
        click.echo(json.dumps(as_object(reply), ensure_ascii=False, indent=1, default=str))
    elif reply.understood is None or reply.answer is None:
        _not_understood(reply, lang)
    elif form == "csv":
        console.write(answers.serialize(reply.answer, "csv", excel=False), None)
    else:
        with console.sheet() as sheet:
            _print(sheet, reply.understood, reply.answer, lang)


def as_object(reply: Reply) -> dict[str, Any]:
    """A reply as JSON: what was understood, the SPARQL, the rows; else what comes near."""
    understood = reply.understood
    shown: dict[str, Any] = {"phrase": reply.phrase, "understood": None}
    if understood is None or reply.answer is None:
        return {**shown, "unknown": reply.unknown, "near": {"questions": [q.name for q in reply.questions], "entities": reply.entities}}
    asked = understood.question
    shown["understood"] = {"question": asked.name, "title": {"zh": asked.title_zh, "en": asked.title_en},
                           "parameters": dict(understood.given), "shown": dict(understood.shown), "others": dict(understood.others)}
    return {**shown, "sparql": sparql(reply), "rows": list(reply.answer)}


def _print(sheet: Console, understood: Understood, answer: runner.Answer, lang: str) -> None:
    asked = understood.question
    given = "，".join(f"{name}={value}" for name, value in understood.shown.items())
    asked_as = " ".join(filter(None, (asked.name, given)))
    sheet.print(Text.assemble(f"{_word('understood', lang)}: ", (_title(asked, lang), "bold"), f"  [{asked_as}]"))
    for name, iris in understood.others.items():
        sheet.print(Text(f"{_word('others', lang)} ({name}): {' '.join(iris)}"), soft_wrap=True)
    sheet.print(Padding(Text(answer.text.rstrip(), style="dim"), (1, 0, 1, 2)))
    rows = list(answer.terms())
    readable = labels.readable(answer.graph, rows[:SHOWN])
    for row in readable:
        cells = dict(zip(answer.variables, row, strict=True))
        sheet.print(Text("  ".join(_cells(cells, asked.columns, lang))))
        for sentence in _sentences(cells, asked.columns):
            sheet.print(Padding(Text(sentence, style="dim"), (0, 0, 0, 4)))
    sheet.print(f"({_word('rows', lang).format(len(rows))})" if rows else _word("none", lang))
    if len(rows) > SHOWN:
        sheet.print(_word("more", lang).format(SHOWN))


def _cells(cells: dict[str, str], columns: tuple[Column, ...], lang: str) -> Iterator[str]:
    """The cells of a row that are no sentence and no document, each after what it is."""
    leading = {"sentence", "document"} if any("sentence" in c.types for c in columns) else set()
    for column in columns:
        text = cells[column.name]
        if text and not leading & set(column.types):
            label = LABELS.get(text, (text, text))[lang == "en"] if column.types == ("term",) else text
            yield f"{(column.en if lang == 'en' else column.zh)}: {label}"


def _sentences(cells: dict[str, str], columns: tuple[Column, ...]) -> Iterator[str]:
    """The sentences of a row, each with the title of its document."""
    titles = [cells[c.name] for c in columns if "document" in c.types]
    texts = [" ".join(cells[c.name].split()) for c in columns if "sentence" in c.types]
    for number, text in enumerate(texts):
        if text:
            title = titles[number] if number < len(titles) else ""
            yield f"{text} ({title})" if title else text


def _not_understood(reply: Reply, lang: str) -> None:
    console.complain(_word("not understood", lang))
    if reply.unknown:
        console.complain(f"{_word('unknown', lang)}: {'、'.join(reply.unknown)}")
    if reply.questions:
        console.complain(f"{_word('near', lang)}:")
        for asked in reply.questions:
            parameters = " ".join(f"--param {p.name}=…" for p in asked.parameters)
            console.complain(f"  {_title(asked, lang)}: kg query {asked.name} {parameters}".rstrip())
    if reply.entities:
        console.complain(f"{_word('entities', lang)}: {'、'.join(reply.entities)}")


def _title(asked: Question, lang: str) -> str:
    return asked.title_en if lang == "en" else asked.title_zh


def _word(name: str, lang: str) -> str:
    return WORDS[name][lang == "en"]
