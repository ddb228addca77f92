"""The page of a question in plain Chinese: what was understood, and its answer; else the nearest questions."""

from __future__ import annotations

from itertools import islice
from urllib.parse import urlencode

from kg.graph.store import GraphStore
from kg.query.asking import ask
from kg.serve.pages.questions import LISTED, table
from kg.serve.pages.view import Asked, Made

EXAMPLES = ("黄河流域有哪些治理项目？", "甘肃省生态环境厅负责什么？", "平凉市2024年的目标有哪些？", "谁和平凉市环境保护局协作？")


def asked(graph: GraphStore, given: Asked) -> Made:
    """A question and its answer."""
    phrase = given.fields.get("q", "").strip()
    model: dict[str, object] = {"q": phrase, "reply": None, "rows": None, "columns": (), "cut": False, "sparql": "", "address": "",
                                "examples": EXAMPLES}
    if not phrase:
        return Made("ask.html", model)
    reply = ask(graph, phrase)
    model["reply"] = reply
    if reply.understood is None or reply.answer is None:
        return Made("ask.html", model)
    rows = list(islice(reply.answer, LISTED + 1))
    found = reply.understood.question
    return Made("ask.html", {**model, **table(graph, found, rows[:LISTED]), "cut": len(rows) > LISTED, "sparql": reply.answer.text,
                             "address": f"/questions/{found.name}?{urlencode(dict(reply.understood.given))}"})
