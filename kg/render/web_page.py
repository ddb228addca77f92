"""The browsing page: one HTML file that holds the graph, compressed, and the program that shows it.

The file asks for nothing outside itself. What comes from documents stands in it as base64 of compressed JSON or as escaped
JSON, never as markup; sentences stand in blocks that the page opens when they are asked for.
"""

from __future__ import annotations

import base64
import json
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from kg.engine.beside import Beside
from kg.errors import RenderError
from kg.graph.store import GraphStore
from kg.iri import span_of
from kg.model import ENTITY_TYPES, MODALITIES
from kg.query.reading import Evidence, provinces
from kg.query.whole import Mentions
from kg.render.columns import KINDS, SUBTYPE_NAMES, Columns, columns, edges, lines, placed
from kg.render.forces import SMALL, Arrangement, Whole, arrange
from kg.render.picture import Picture
from kg.render.pyvis_page import as_script
from kg.vocab import ID, LABELS

BLOCK = 256
"""Sentences of one compressed block."""
BESIDE = 20_000
"""Entities from which on a second process arranges them."""
MEGABYTE = 1_000_000
LEVEL = 4
"""Of compression: a page of 100,000 entities is 7 % larger than at 6, and written a second sooner."""


def areas(graph: GraphStore) -> Mapping[str, str]:
    """Entity → its province where the graph spans several, else its prefecture."""
    found = provinces(graph)
    return found if len(set(found.values())) > 1 else provinces(graph, "00")


def html(shown: Picture, places: Mapping[str, str], mentions: Mentions, *, max_size: float = 25, server: str = "") -> str:
    """The page of a picture, at most `max_size` megabytes: sentences of the least supported facts are left out where it would be larger.

    `places` as from `areas`, `mentions` as from `whole.mentions`; `server` is the address of the pages of entities, where the graph is
    served. Raises RenderError where the graph alone is larger than the limit, or the browser's half has not been built.
    """
    between = edges(shown)
    with _arranging(len(shown.drawn), lines(between)) as arranged, ThreadPoolExecutor(1) as packing:
        found = columns(shown, between, places)
        graph = packing.submit(lambda: packed(placed(found, arranged())))
        blocks = _within(int(max_size * MEGABYTE), _blocks(found, mentions))
    room = files("kg.render").joinpath("templates/web.html")
    title = "山水 · 知识图谱" + (f" · {shown.known[shown.focus].name}" if shown.focus else "")
    filled = partial(Template(room.read_text(encoding="utf-8")).substitute, title=escape(title), style=bundle("page.css"),
                     graph=graph.result(), script=bundle("page.js"))
    whole = filled(page=as_script(_head(shown, found, len(found.sentences), server)), sentences="")
    spare = int(max_size * MEGABYTE) - len(whole.encode())
    if spare < 0:
        raise RenderError(f"the graph alone takes {len(whole.encode()) / MEGABYTE:.1f} MB. Allow more with --max-size, or draw less of "
                          "it with --focus, --type or --document.")
    blocks = _within(spare, blocks)
    kept = min(len(found.sentences), BLOCK * len(blocks))
    return filled(page=as_script(_head(shown, found, kept, server)), sentences="".join(blocks))


@contextmanager
def _arranging(nodes: int, joined: Whole) -> Iterator[Callable[[], Arrangement]]:
    """The arrangement, which a second process begins at once where there is much to arrange."""
    if nodes > BESIDE:
        with Beside(arrange, nodes, joined) as arranging:
            yield arranging.result
    else:
        yield partial(arrange, nodes, joined)


def _head(shown: Picture, found: Columns, kept: int, server: str) -> dict[str, Any]:
    strings = json.loads(files("kg.render").joinpath("templates/strings.json").read_text(encoding="utf-8"))
    tables = found.tables
    counts = {"entities": len(shown.drawn), "relations": len(tables["edge"]["to"]), "claims": len(tables["claim"]["edge"]),
              "values": len(tables["value"]["about"]), "documents": len(found.papers), "sentences": len(found.sentences)}
    legend = {"types": _each(ENTITY_TYPES, tables["entity"]["type"]), "modalities": _each(MODALITIES, tables["claim"]["modality"])}
    return {"version": 1, "title": strings["title"], "strings": strings, "labels": LABELS, "types": ENTITY_TYPES, "subtypes": SUBTYPE_NAMES,
            "predicates": found.predicates, "modalities": MODALITIES, "kinds": KINDS, "counts": counts, "legend": legend, "kept": kept,
            "block": BLOCK, "focus": found.number[shown.focus] if shown.focus else None, "document": found.papers.get(shown.document or ""),
            "server": server, "base": ID, "small": SMALL}


def _each(names: Sequence[str], column: Iterable[int]) -> list[int]:
    """How often a column has the number of each name."""
    count = Counter(column)
    return [count[n] for n in range(len(names))]


def _blocks(found: Columns, mentions: Mentions) -> Iterator[str]:
    for n, first in enumerate(range(0, len(found.sentences), BLOCK)):
        block = packed([_sentence(e, mentions, found.number) for e in found.sentences[first:first + BLOCK]])
        yield f'<script type="text/plain" id="sentences-{n}">{block}</script>\n'


def _sentence(evidence: Evidence, mentions: Mentions, number: Mapping[str, int]) -> list[str | int]:
    """The text, and start, end and entity of each mention in it; offsets count UTF-16 units, as the browser does."""
    document, begin, end = span_of(evidence.sentence)
    text = evidence.text
    units = len if _units(text) == len(text) else _units
    row: list[str | int] = [text]
    within = mentions.get(document, ())
    for n in range(bisect_right(within, (begin, -1, "")), len(within)):
        start, stop, entity = within[n]
        if start >= end:
            break
        if stop <= end and entity in number:
            at = units(text[:start - begin])
            row += (at, at + units(text[start - begin:stop - begin]), number[entity])
    return row


def _units(text: str) -> int:
    """UTF-16 code units of a text.

    >>> _units("𬇙水")
    3
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _within(room: int, blocks: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for block in blocks:
        room -= len(block)
        if room < 0:
            break
        kept.append(block)
    return kept


def packed(content: object) -> str:
    """JSON, compressed (RFC 1950), as base64.

    >>> zlib.decompress(base64.b64decode(packed(["泾河"]))).decode()
    '["泾河"]'
    """
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(written.encode("utf-8", "replace"), LEVEL)).decode("ascii")


def bundle(name: str) -> str:
    """A file of the browser's half, which the package build makes from web/; RenderError where it has not been built."""
    file = files("kg.render").joinpath("bundle", name)
    if not file.is_file():
        raise RenderError(f"kg/render/bundle/{name} is not there: the browsing page has not been built. In the project's folder run "
                         "`pip install -e .` (which builds it with Node from the package index), or `npm ci && npm run build` in web/. "
                         "`--engine pyvis` needs no bundle.")
    return file.read_text(encoding="utf-8")
