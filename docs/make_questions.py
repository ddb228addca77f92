"""Write docs/questions.md from the heads of the ready questions; with --print, to standard output."""

import sys
from pathlib import Path

from kg.query.ready import Parameter, Question, questions

HEAD = """# Ready questions · 现成的问题

Each is a file of SPARQL in `kg/query/questions/`, asked by its name: `kg query projects-on-rivers --param river=黄河`,
`graph.query("projects-on-rivers", river="黄河")`, or in plain Chinese, `kg ask 黄河流域有哪些治理项目？`. Parameters that are not marked
*required* may be left out. A column of entities, documents or sentences is a name or a text; the column `…Iri` beside it is
the IRI it leads to. This page is made by `python docs/make_questions.py`.

Types: `Agency` … are entities, given by name, alias or IRI; `entity` is any of them; `document` is a title, a file or an IRI; `date` is
2025-06-30 or today; `indicator` is words of an indicator's name (PM2.5 asks for 细颗粒物).
"""


def parameter(p: Parameter) -> str:
    needed = ", required" if p.required else f", {p.default} unless given" if p.default else ""
    return f"- `{p.name}` ({' or '.join(p.types)}{needed}): {p.zh} · {p.en}\n"


def section(asked: Question) -> str:
    columns = ", ".join(f"`{c.name}`" for c in asked.columns)
    tried = " ".join((f"kg query {asked.name}", *(f"--param {name}={value}" for name, value in asked.example.items())))
    parameters = "".join(map(parameter, asked.parameters))
    return (f"\n## {asked.name}\n\n**{asked.title_zh} · {asked.title_en}**\n\n{asked.description_zh}。\n{asked.description_en}.\n"
            + (f"\n{parameters}" if parameters else "") + f"\nColumns: {columns}\n\n```sh\n{tried}\n```\n")


def page() -> str:
    return HEAD + "".join(map(section, questions().values()))


if __name__ == "__main__":
    if "--print" in sys.argv:
        sys.stdout.buffer.write(page().encode())
    else:
        Path(__file__).with_name("questions.md").write_text(page(), encoding="utf-8", newline="\n")
