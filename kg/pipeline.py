"""The whole flow, readable on one screen: `extract` is one document on its way, `build` is many of them into a graph."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from kg import iri
from kg._version import VERSION
from kg.engine import plan as plans
from kg.engine.folder import exclusive, finishing
from kg.engine.folder import replace as replace_file
from kg.engine.plan import Known, SourceFile, together
from kg.engine.pool import Crash, run
from kg.engine.report import BuildReport, Clock, LeftOut, Skipped, carried_over
from kg.errors import InputError, RenderError, UnreadableFile
from kg.extract.claims.relations import find_relations
from kg.extract.confidence import confidence
from kg.extract.context import find_context
from kg.extract.mentions import find_mentions
from kg.extract.neural.proposals import with_recognised
from kg.extract.neural.recogniser import EXTRACTORS, Recogniser, chosen
from kg.extract.values.quantities import find_values
from kg.extract.values.subjects import find_subjects
from kg.gazetteer import Gazetteer
from kg.graph import cycles
from kg.graph.assemble import assemble
from kg.graph.build import build as build_store
from kg.graph.model import BuildActivity, DocumentQuads, Violation
from kg.graph.store import GraphStore, settle
from kg.graph.swap import as_built
from kg.graph.write import turtle
from kg.link.resolve import resolve
from kg.link.script import in_own_script
from kg.model import CONTEXT_PLACE, Context, Document, Entity, Extraction, IndicatorValue, Relation, RelationMention
from kg.render.page import page
from kg.text.fold import is_traditional, simplified
from kg.text.load import find_files, from_text, load
from kg.text.metadata import Metadata, Row, read_metadata
from kg.text.segment import segment, sentences

_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*[/#]", re.I)
COUNTRY = "中国"
"""Where a document speaks for the whole country, a value without a subject has the country as its scope alone."""

WRITTEN = ("graph.ttl", "graph.html")
"""What a build writes of the graph."""
Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]
"""Passes the outcomes of a step on and shows how far it is: (outcomes, how many, what is done)."""


def quiet(outcomes: Iterable[Any], _total: int, _what: str) -> Iterable[Any]:
    """The progress that shows nothing."""
    return outcomes


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read: what stands beside the texts, the user's own names, where resources live."""

    metadata: Path | None = None
    place: str | None = None
    year: int | None = None
    gazetteer: Path | None = None
    base: str = iri.BASE
    extractor: str = "rules"

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise InputError(f"{self.base}: this is no base for IRIs. Give one such as https://example.org/id/ that ends in / or #.")
        if self.extractor not in EXTRACTORS:
            raise InputError(f"{self.extractor}: there is no such extractor. Give one of {', '.join(EXTRACTORS)}.")

    @property
    def recogniser(self) -> Recogniser | None:
        """What works beside the rules; raises KgError where it is asked for and missing."""
        return chosen(self.extractor)

    @property
    def stated(self) -> Mapping[str, str]:
        """What decides the outcome beside the files and their metadata; no path of a machine."""
        own = self.gazetteer and plans.file_digest(self.gazetteer)
        recogniser = self.recogniser
        given = {"place": self.place, "year": self.year, "gazetteer": own, "base-iri": self.base,
                 "extractor": f"neural ({recogniser.identity})" if recogniser else "rules"}
        return {name: str(value) for name, value in given.items() if value is not None}

    @property
    def key(self) -> str:
        """The options, the code and the tables as one string, for fingerprints."""
        return plans.options_of(**self.stated)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a dry run finds: documents with their contexts, and the files that a build would skip."""

    documents: tuple[tuple[Document, Context], ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A document to extract, with the files that hold its text."""

    document: Document
    files: tuple[SourceFile, ...]


def extract(document: Document, *, gazetteer: Gazetteer, base: str = iri.BASE, recogniser: Recogniser | None = None) -> Extraction:
    """Everything one document yields, by the rules and, where one is given, a recogniser beside them.

    A document in traditional characters is read as if it were in simplified ones, and its forms are then those of its text.
    """
    if is_traditional(document.text):
        plain = replace(document, text=simplified(document.text))
        return in_own_script(extract(plain, gazetteer=gazetteer, base=base, recogniser=recogniser), document, base=base)
    doc = segment(document)
    context = find_context(doc, gazetteer=gazetteer)
    mentions = find_mentions(doc, gazetteer=gazetteer, context=context)
    if recogniser is not None:
        mentions = with_recognised(mentions, doc, recogniser=recogniser, gazetteer=gazetteer)
    entities = resolve(mentions, document=document, context=context, gazetteer=gazetteer, base=base)
    values = find_values(doc, mentions=mentions, context=context)
    subjects = find_subjects(doc, values, mentions=mentions, context=context)
    claims = find_relations(doc, mentions=mentions, context=context)
    needed = any(CONTEXT_PLACE in (c.subject, c.object) for c in claims) or (CONTEXT_PLACE in subjects and context.place != COUNTRY)
    entities, place = _with_context_place(entities, context, needed, base)
    owner: dict[int, str] = {index: e.id for e in entities for index in e.mentions}
    if place:
        owner[CONTEXT_PLACE] = place
    relations = _between_entities(claims, owner)
    valued = tuple(_of_entity(v, None if at is None else owner.get(at), entities, context) for v, at in zip(values, subjects, strict=True))
    return Extraction(document, context, sentences(doc), mentions, entities, relations, valued)


def _of_entity(value: IndicatorValue, about: str | None, entities: Sequence[Entity], context: Context) -> IndicatorValue:
    """The value with its subject; it is aggregated over the division that it is about, else over the jurisdiction of the document."""
    division = next((e.name for e in entities if e.id == about and e.subtype == "AdministrativeDivision"), None)
    return replace(value, about=about, scope=value.scope or division or context.place, confidence=confidence(value.rule))


def _between_entities(claims: Iterable[RelationMention], owner: Mapping[int, str]) -> tuple[Relation, ...]:
    """The claims with entities for mentions; what several rules say at one place is one claim of them all."""
    said: dict[Relation, list[RelationMention]] = {}
    for c in claims:
        subject, object_ = owner.get(c.subject), owner.get(c.object)
        if subject and object_ and subject != object_:
            said.setdefault(Relation(subject, c.predicate, object_, c.start, c.end, c.modality), []).append(c)
    found = []
    for relation, spoken in said.items():
        rules = sorted({c.rule for c in spoken})
        found.append(replace(relation, confidence=confidence(*rules), implicit=all(c.implicit for c in spoken), rule="+".join(rules)))
    return tuple(found)


def build(paths: Sequence[Path], output: Path, *, options: Options = Options(), strict: bool = False, add: bool = False,
          workers: int | None = None, progress: Progress = quiet) -> BuildReport:
    """Files and folders → the graph in `output`: store/, graph.ttl, graph.html, report.json.

    Only documents that changed are extracted; those no longer given are dropped, or kept with `add`.
    Files that cannot be read are skipped and named in the report; with `strict` nothing is built then.
    Raises InputError where nothing can be read, StoreBusy and LayoutMismatch where `output` cannot take a build.
    """
    clock, store = Clock(), output / "store"
    spread = partial(_spread, workers=workers, progress=progress)
    with exclusive(output):
        known = _known(store)
        files, skipped = scan(paths, options, leave_out=output)
        todo = plans.plan(files, known, options.key)
        clock.lap("compare")
        tasks, unread = _read_all(todo, options, spread)
        skipped += unread
        _refuse_if(not (tasks or todo.keep), strict, skipped, paths)
        clock.lap("read")
        adds, crashed = _quads_of_all(tasks, options, spread)
        skipped += crashed
        _refuse_if(not (adds or todo.keep), strict, skipped, paths)
        clock.lap("extract")
        kept = {*todo.keep} | (_not_given(known, files) if add else set())
        removed = {k.document for k in known.values()} - kept - {d.iri for d in adds}
        activity = BuildActivity({"shanshui": VERSION, "rules": plans.rules_version()}, options.stated)
        with finishing(), build_store(store, progress(adds, len(adds), "Storing"), sorted(removed), gazetteer=names(options.gazetteer),
                                      activity=activity, base=options.base, fresh=not kept) as graph:
            clock.lap("store")
            for name in progress(WRITTEN, len(WRITTEN), "Writing"):
                replace_file(output / name, turtle(graph, base=options.base) if name == "graph.ttl" else [_page(graph)])
            clock.lap("write")
            report = _report(graph, adds, removed, skipped, options, output)
            report = replace(report, seconds=clock.seconds)
            replace_file(output / "report.json", [report.to_json()])
    return report


def _page(graph: GraphStore) -> str:
    """The browsing page; that of the 300 best supported entities where it has not been built or would be too large."""
    try:
        return page(graph)
    except RenderError:
        return page(graph, engine="pyvis")


def preview(paths: Sequence[Path], *, options: Options) -> Preview:
    """The documents that a build would read, in the order of their names, and the files that it would skip."""
    files, skipped = scan(paths, options)
    outcomes = [_read(file, options=options) for file in files]
    read = tuple((d, find_context(segment(d), gazetteer=names(options.gazetteer))) for d in outcomes if isinstance(d, Document))
    return Preview(read, (*skipped, *(s for s in outcomes if isinstance(s, Skipped))))


def extract_files(paths: Sequence[Path], *, options: Options) -> Iterator[Extraction | Skipped]:
    """The extraction of each file, in the order given, or why there is none."""
    files, skipped = scan(paths, options)
    yield from skipped
    for file in files:
        document = _read(file, options=options)
        yield document if isinstance(document, Skipped) else extract_as(document, options)


def extract_as(document: Document, options: Options) -> Extraction:
    """Everything one document yields, by the names, the extractor and the base of the options."""
    return extract(document, gazetteer=names(options.gazetteer), base=options.base, recogniser=options.recogniser)


# The steps of a build


def scan(paths: Sequence[Path], options: Options, *, leave_out: Path | None = None) -> tuple[list[SourceFile], list[Skipped]]:
    """The files given, by name, with the hash of their bytes and what the metadata say of them; those that cannot be opened."""
    check_place(options.place, names(options.gazetteer))
    done = {p.resolve() for p in (leave_out, options.metadata, options.gazetteer) if p}
    rows = read_metadata(options.metadata) if options.metadata else Metadata()
    found: dict[str, SourceFile] = {}
    closed: list[Skipped] = []
    for path, name in find_files(paths):
        real = path.resolve()
        if path.name.startswith(".") or done & {real, *real.parents}:
            continue
        done.add(real)
        unique = _unique(name.encode(errors="surrogateescape").decode(errors="replace"), path, found)
        try:
            found[unique] = SourceFile(path, unique, plans.file_digest(path), _written(rows.lookup(unique)))
        except OSError as error:
            remedy = "the link leads nowhere; mend it or leave it out" if path.is_symlink() else "give read permission or leave it out"
            closed.append(Skipped(unique, f"it cannot be opened ({error.strerror})", remedy))
    return sorted(found.values(), key=lambda f: f.name), closed


def check_place(place: str | None, gazetteer: Gazetteer) -> None:
    """Raise InputError for a jurisdiction that no place of the gazetteer bears."""
    if place is not None and not gazetteer.lookup(place, ("Place",)):
        raise InputError(f"{place}: no place of the gazetteer has this name. Give its Chinese name, such as 甘肃省 or 平凉市.")


def _unique(name: str, path: Path, found: Mapping[str, SourceFile]) -> str:
    """Files of one name in several folders given are told apart by the folders above them."""
    above = [part for part in reversed(path.parent.parts) if part not in ("/", "")]
    while name in found and above:
        name = f"{above.pop(0)}/{name}"
    return name


def _written(row: Row | None) -> str:
    return json.dumps(asdict(row), ensure_ascii=False, sort_keys=True) if row else ""


def _read(file: SourceFile, *, options: Options) -> Document | Skipped:
    metadata = Metadata({file.name: Row(**json.loads(file.metadata))}) if file.metadata else None
    try:
        return load(file.path, file.name, metadata=metadata, place=options.place, year=options.year)
    except UnreadableFile as error:
        return Skipped(file.name, error.reason, error.remedy)


def document_of(source: str | Path | Document, *, place: str | None = None, year: int | None = None) -> Document:
    """A text (str), a file (Path) or a Document as a Document; raises UnreadableFile."""
    if isinstance(source, Document):
        return source
    return load(source, source.name, place=place, year=year) if isinstance(source, Path) else from_text(source, place=place, year=year)


def _read_all(todo: plans.Plan, options: Options, spread: Callable[..., Iterable[Any]]) -> tuple[list[Task], list[Skipped]]:
    """Documents to extract: those of the files to read, with the files of a document that stays where the text is the same."""
    groups: dict[str, list[tuple[Document, SourceFile]]] = {}
    skipped: list[Skipped] = []
    for file, outcome in zip(todo.read, spread(partial(_read, options=options), todo.read, "Reading"), strict=True):
        if isinstance(outcome, Document):
            groups.setdefault(iri.document_iri(outcome.sha256, base=options.base), []).append((outcome, file))
        else:
            skipped.append(outcome if isinstance(outcome, Skipped) else _crashed(file.name, outcome))
    for document, group in groups.items():
        also = ((_read(file, options=options), file) for file in todo.keep.get(document, ()))
        group.extend((d, file) for d, file in also if isinstance(d, Document))
    tasks = [Task(together([d for d, _ in group]), tuple(sorted((f for _, f in group), key=lambda f: f.name))) for group in groups.values()]
    return tasks, skipped


def _quads(task: Task, *, options: Options, key: str) -> DocumentQuads:
    found = extract_as(task.document, options)
    return assemble(found, gazetteer=names(options.gazetteer), base=options.base, files=[(f.name, f.sha256) for f in task.files],
                    fingerprint=plans.fingerprint(task.files, key))


def _quads_of_all(tasks: Sequence[Task], options: Options,
                  spread: Callable[..., Iterable[Any]]) -> tuple[list[DocumentQuads], list[Skipped]]:
    _ = names(options.gazetteer), options.recogniser  # before the processes part, so that they share them
    adds: list[DocumentQuads] = []
    crashed: list[Skipped] = []
    for task, outcome in zip(tasks, spread(partial(_quads, options=options, key=options.key), tasks, "Extracting"), strict=True):
        if isinstance(outcome, DocumentQuads):
            adds.append(outcome)
        else:
            crashed += [_crashed(f.name, outcome) for f in task.files]
    return adds, crashed


def _spread(step: Callable[[Any], Any], tasks: Sequence[Any], what: str, *, workers: int | None, progress: Progress) -> Iterable[Any]:
    return progress(run(step, tasks, workers=workers), len(tasks), what)


def _crashed(name: str, crash: Crash) -> Skipped:
    remedy = "please report it; the traceback stands in report.json"
    return Skipped(name, f"reading it failed unexpectedly ({crash.error})", remedy, crash.trace)


def _refuse_if(empty: bool, strict: bool, skipped: Sequence[Skipped], paths: Sequence[Path]) -> None:
    listed = "".join(f"\n  {file}" for file in skipped)
    if strict and skipped:
        raise InputError(f"Nothing was built, because {len(skipped)} files cannot be read and --strict was given:{listed}")
    if empty and skipped:
        raise InputError(f"Nothing was built, because none of the {len(skipped)} files can be read:{listed}")
    if empty:
        where = ", ".join(map(str, paths))
        raise InputError(f"Nothing was built, because there are no files in {where}. Give files or folders with documents.")


def names(path: Path | None) -> Gazetteer:
    """The gazetteer, with the user's own table; loaded once a process as long as the table stays the same."""
    return _names(path, path and plans.file_digest(path))


@lru_cache(maxsize=2)
def _names(path: Path | None, _digest: str | None) -> Gazetteer:
    return Gazetteer.load(path)


def _known(store: Path) -> Mapping[str, Known]:
    settle(store)
    built = as_built(store)
    if built is None:
        return {}
    with GraphStore.open(built) as graph:
        return {name: Known(*row) for name, row in graph.fingerprints().items()}


def _not_given(known: Mapping[str, Known], files: Sequence[SourceFile]) -> set[str]:
    """Documents of which no file is given now."""
    given = {f.name for f in files}
    return {k.document for k in known.values()} - {k.document for name, k in known.items() if name in given}


def _report(graph: GraphStore, adds: Sequence[DocumentQuads], removed: set[str], skipped: Sequence[Skipped], options: Options,
            output: Path) -> BuildReport:
    counts = graph.counts()
    built = {d.iri for d in adds}
    present = {d.iri for d in graph.documents()}
    previous = output / "report.json"
    circling = [LeftOut(d, v.focus, v.shape, v.message) for d, v in cycles.left_out(graph)]
    left, warned = carried_over(previous.read_text(encoding="utf-8") if previous.exists() else "", frozenset(present - built))
    left = tuple(row for row in left if row.shape not in cycles.OF_GRAPH)
    groups = sorted(tuple(name for name, _ in d.files) for d in graph.documents() if len(d.files) > 1)
    return BuildReport(
        documents=counts.documents, built=len(adds), unchanged=counts.documents - len(adds), removed=len(removed),
        entities=counts.entities, relations={name: n for name, n in counts.relations.items() if n},
        indicator_values=counts.indicator_values, claims=counts.claims, quads=counts.quads, seconds={},
        skipped=tuple(sorted(skipped, key=lambda s: s.file)), duplicates=tuple(groups),
        left_out=tuple(sorted({*left, *_rows(adds, lambda d: d.left_out), *circling}, key=_by_place)),
        warnings=tuple(sorted({*warned, *_rows(adds, lambda d: d.warnings)}, key=_by_place)),
        versions={"shanshui": VERSION, "rules": plans.rules_version()}, options=options.stated)


def _rows(adds: Sequence[DocumentQuads], chosen: Callable[[DocumentQuads], Sequence[Violation]]) -> list[LeftOut]:
    return [LeftOut(d.iri, v.focus, v.shape, v.message) for d in adds for v in chosen(d)]


def _by_place(row: LeftOut) -> tuple[str, str, str, str]:
    return row.document, row.focus, row.shape, row.message


def _with_context_place(entities: Sequence[Entity], context: Context, needed: bool, base: str) -> tuple[tuple[Entity, ...], str | None]:
    if not needed or context.place is None:
        return tuple(entities), None
    for entity in entities:
        if entity.type == "Place" and (entity.entry == context.place_id if context.place_id else entity.name == context.place):
            return tuple(entities), entity.id
    chain = "/".join(context.chain) or context.place
    place = Entity(f"e{len(entities) + 1}", "Place", "AdministrativeDivision", context.place, iri.mint("Place", chain, base=base),
                   (), (), entry=context.place_id, reason="the jurisdiction of the document")
    return (*entities, place), place.id
