"""What a worker process does: each job is a function from the store of a folder and what is asked to an answer.

`JOBS` is where further ones are added; a job writes its answer to a `Channel` and raises `Refused` or KgError.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.engine.folder import exclusive
from kg.errors import KgError, QueryError, StoreBusy
from kg.graph.edit import edit
from kg.graph.store import Dataset, GraphStore
from kg.query.runner import evaluate, used_prefixes
from kg.serve import frames, results
from kg.serve.limits import Refused
from kg.serve.tools import answered
from kg.serve.using import with_dataset

_PIECE = 32 << 10
"""Bytes that are sent at once …"""
_PAUSE = 0.05
"""… or what there is after so many seconds."""
_PEEK = 1000
"""Triples by which the prefixes of an answer are chosen."""
_NO_COMMENT: Final = {"application/ld+json"}


class Channel:
    """An answer on its way: a head, a body in pieces, an end. A body that is held leaves when its end is known."""

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self._send = send
        self._head: dict[str, Any] = {}
        self._held = False
        self._waiting: list[bytes] = []
        self._size = 0
        self._sent = time.monotonic()

    def head(self, media: str, kind: str, *, held: bool = False) -> None:
        """Begin the answer."""
        self._head, self._held = {"media": media, "kind": kind, "cut": None}, held
        if not held:
            self._send(frames.pack_json(frames.HEAD, self._head))

    def write(self, body: bytes) -> int:
        """Go on with the body."""
        self._waiting.append(body)
        self._size += len(body)
        if not self._held and (self._size >= _PIECE or time.monotonic() - self._sent > _PAUSE):
            self.flush()
        return len(body)

    def flush(self) -> None:
        """Send what waits."""
        if self._held or not self._waiting:
            return
        body = b"".join(self._waiting)
        self._waiting, self._size, self._sent = [], 0, time.monotonic()
        for start in range(0, len(body), 2 * _PIECE):
            self._send(frames.pack(frames.PIECE, body[start:start + 2 * _PIECE]))

    def end(self, rows: int = 0, *, cut: bool = False) -> None:
        """The answer is whole."""
        if self._held:
            self._held = False
            self._send(frames.pack_json(frames.HEAD, {**self._head, "cut": cut}))
        self.flush()
        self._send(frames.pack_json(frames.END, {"rows": rows, "cut": cut}))


Job = Callable[[GraphStore, Mapping[str, Any], Channel], None]


def query(graph: GraphStore, asked: Mapping[str, Any], out: Channel) -> None:
    """A SPARQL query: {text, base, dataset: [default, named] or null, offers: kind → [media, form] or null, rows}."""
    found = evaluate(graph, asked["text"], base=asked["base"], dataset=_dataset(asked))
    kind = "rows" if isinstance(found, ox.QuerySolutions) else "boolean" if isinstance(found, ox.QueryBoolean) else "triples"
    media, form = _offered(asked, kind)
    if isinstance(found, ox.QuerySolutions):
        out.head(media, kind, held=bool(asked["rows"]) and not results.FORMATS[form].says_cut)
        count, cut = results.write_rows(form, [v.value for v in found.variables], found, asked["rows"], out.write)
        out.end(count, cut=cut)
    elif isinstance(found, ox.QueryBoolean):
        out.head(media, kind)
        out.write(results.boolean(form, bool(found)))
        out.end(1)
    else:
        _triples(found, media, form, asked["rows"], out)


def graph(store: GraphStore, asked: Mapping[str, Any], out: Channel) -> None:
    """A graph as a whole: {graph: IRI or null for the default graph, offers}."""
    try:
        name = ox.DefaultGraph() if asked["graph"] is None else ox.NamedNode(asked["graph"])
    except ValueError as error:
        raise Refused(400, f"{asked['graph']}: this is no absolute IRI ({error}).") from None
    if isinstance(name, ox.NamedNode) and not store.store.contains_named_graph(name):
        raise Refused(404, f"There is no graph {asked['graph']}.")
    media, form = _offered(asked, "triples")
    _triples((quad.triple for quad in store.store.quads_for_pattern(None, None, None, name)), media, form, 0, out)


def turtle(_store: GraphStore, asked: Mapping[str, Any], out: Channel) -> None:
    """Turtle in another form of RDF: {text, offers}."""
    media, form = _offered(asked, "triples")
    _triples((quad.triple for quad in ox.parse(asked["text"], format=ox.RdfFormat.TURTLE)), media, form, 0, out)


def update(folder: Path, asked: Mapping[str, Any], out: Channel) -> None:
    """A SPARQL update: {text, base, dataset}. Raises Refused with 503 where a build holds the folder."""
    dataset = _dataset(asked)
    text = asked["text"] if dataset is None else with_dataset(asked["text"], dataset)
    try:
        with exclusive(folder):
            edit(folder / "store", text, base=asked["base"])
    except StoreBusy:
        raise Refused(503, "A build is writing the graph. Send the update again when it is done.", {"Retry-After": "10"}) from None
    out.head("", "update")
    out.end()


def tool(store: GraphStore, asked: Mapping[str, Any], out: Channel) -> None:
    """A tool of programs: {tool, arguments}."""
    body = answered(store, asked["tool"], asked["arguments"])
    out.head("application/json", "tool")
    out.write(body)
    out.end(1)


def _later(name: str) -> Job:
    """A job of the pages, whose modules a worker loads when it is first asked for one."""
    def job(store: GraphStore, asked: Mapping[str, Any], out: Channel) -> None:
        import_module("kg.serve.pages.views").JOBS[name](store, asked, out)

    return job


JOBS: Final[Mapping[str, Job]] = {"query": query, "graph": graph, "turtle": turtle, "tool": tool,
                                  **{name: _later(name) for name in ("page", "answer", "names")}}
"""What a worker does that reads, by name."""


def refusal(error: BaseException) -> Refused:
    """What is answered where a job failed."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, QueryError):
        return Refused(400, str(error))
    if isinstance(error, KgError):
        return Refused(503, str(error))
    return Refused(500, f"The answer could not be made ({type(error).__name__}: {error}).")


def _dataset(asked: Mapping[str, Any]) -> Dataset | None:
    return Dataset(*map(tuple, asked["dataset"])) if asked["dataset"] else None


def _offered(asked: Mapping[str, Any], kind: str) -> tuple[str, str]:
    offer = asked["offers"][kind]
    if offer is None:
        raise Refused(406, f"An answer of this kind ({kind}) has none of the forms that the Accept header names.")
    return offer[0], offer[1]


def _triples(triples: Iterable[ox.Triple], media: str, form: str, limit: int, out: Channel) -> None:
    """Triples in a form of RDF; one that was cut says so in a comment at its end, or in its head where it has no comments."""
    out.head(media, "triples", held=bool(limit) and form in _NO_COMMENT)
    rows = iter(triples)
    first = list(islice(rows, min(_PEEK, limit or _PEEK)))
    counted = _Counted(chain(first, rows), limit)
    ox.serialize(counted, out, format=ox.RdfFormat.from_media_type(form), prefixes=used_prefixes(first))  # type: ignore[arg-type]
    cut = bool(limit) and counted.count == limit and next(rows, None) is not None
    if cut and form not in _NO_COMMENT:
        said = results.cut_message(limit)
        out.write((f"\n<!-- {said} -->\n" if "xml" in form else f"\n# {said}\n").encode())
    out.end(counted.count, cut=cut)


class _Counted:
    """The first so many of something, counted."""

    def __init__(self, found: Iterator[ox.Triple], limit: int) -> None:
        self._found = islice(found, limit) if limit else found
        self.count = 0

    def __iter__(self) -> Iterator[ox.Triple]:
        for each in self._found:
            self.count += 1
            yield each
