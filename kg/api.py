"""What `import kg` and the commands call: build, extract, open.

Imports stand in the functions that need them: reading a graph never loads spaCy, a query never waits for
networkx or the SHACL engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.graph.model import Counts, Report
from kg.graph.store import GraphStore
from kg.graph.write import write
from kg.iri import BASE
from kg.model import Document, Extraction
from kg.query import asking, lookup, profile, runner
from kg.query.reading import EntityRow

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.engine.report import BuildReport, Skipped
    from kg.evaluate import Evaluation
    from kg.evaluate.matching import Row
    from kg.gazetteer import Gazetteer
    from kg.pipeline import Options, Preview, Progress
    from kg.render.page import Page

PICTURES = ("graphml", "gexf")


def build(paths: str | Path | Iterable[str | Path], output: str | Path = "output", *, metadata: str | Path | None = None,
          place: str | None = None, year: int | None = None, gazetteer: str | Path | None = None, base_iri: str | None = None,
          extractor: str = "rules", strict: bool = False, add: bool = False, workers: int | None = None,
          progress: Progress | None = None) -> BuildReport:
    """Build the graph of files and folders (recursive) in `output`: store/, graph.ttl, graph.html, report.json.

    Building again processes only what changed and drops documents that are no longer given (`add` keeps them).
    A file that cannot be read is skipped and named in the report; with `strict` nothing is built then. `extractor` is
    `rules`, `neural` (a trained recogniser beside them, the neural extra) or `auto` (neural where the extra is installed);
    the graph records which it was. Raises KgError: InputError where nothing can be read, StoreBusy where another build is
    at work in `output`.

    >>> folder = getfixture("tmp_path")
    >>> _ = (folder / "a.txt").write_text("甘肃省生态环境厅印发《甘肃省水生态保护规划》。", encoding="utf-8")
    >>> report = build(folder / "a.txt", folder / "graph")
    >>> report.documents, report.entities["Programme"], report.skipped
    (1, 1, ())
    """
    from kg import pipeline
    given = [paths] if isinstance(paths, str | Path) else paths
    return pipeline.build([Path(p) for p in given], Path(output), options=_options(metadata, place, year, gazetteer, base_iri, extractor),
                          strict=strict, add=add, workers=workers, progress=progress or pipeline.quiet)


def preview(paths: Sequence[Path], *, metadata: Path | None = None, place: str | None = None, year: int | None = None,
            gazetteer: Path | None = None) -> Preview:
    """The documents that a build would read, with the title, place and year found, and the files it would skip."""
    from kg import pipeline
    return pipeline.preview(paths, options=_options(metadata, place, year, gazetteer, None))


def extract(source: str | Path | Document, *, place: str | None = None, year: int | None = None,
            gazetteer: Gazetteer | str | Path | None = None, extractor: str = "rules") -> Extraction:
    """Everything one document yields: `source` is a text (str), a file (Path) or a Document.

    `place` and `year` are used where the text is silent; `extractor` is one of rules, neural, auto, as for `build`.
    Raises UnreadableFile.

    >>> found = extract("泾河流经平凉市。")
    >>> [(entity.type, entity.name) for entity in found.entities]
    [('WaterFeature', '泾河'), ('Place', '平凉市')]
    """
    from kg import pipeline
    from kg.extract.neural.recogniser import chosen
    from kg.gazetteer import Gazetteer
    names = gazetteer if isinstance(gazetteer, Gazetteer) else Gazetteer.load(Path(gazetteer) if gazetteer else None)
    pipeline.check_place(place, names)
    return pipeline.extract(pipeline.document_of(source, place=place, year=year), gazetteer=names, recogniser=chosen(extractor))


def extract_files(paths: Sequence[Path], *, metadata: Path | None = None, place: str | None = None, year: int | None = None,
                  gazetteer: Path | None = None, extractor: str = "rules") -> Iterator[Extraction | Skipped]:
    """The extraction of each file, in order, or why it was skipped."""
    from kg import pipeline
    return pipeline.extract_files(paths, options=_options(metadata, place, year, gazetteer, None, extractor))


def evaluate(gold: str | Path | Sequence[str | Path], texts: str | Path, *, metadata: str | Path | None = None,
             extractor: str = "rules") -> Evaluation:
    """The extraction of annotated documents against their annotations: strict and relaxed figures, by group, with every error.

    `gold` is a folder of annotations or several, `texts` the folder of the documents. An annotation that names its text (`text`,
    `sha256`) is held against that file below `texts`, read with the annotation's own `issued` and `source`; any other against the
    file of its `document`. Raises InputError where an annotation is malformed, its document is not there or is another text.
    """
    from kg.evaluate import Sentences, compare, read_groups
    from kg.evaluate.texts import filled_in, is_elsewhere, text_of
    folders = [gold] if isinstance(gold, str | Path) else gold
    annotated = read_groups([Path(folder) for folder in folders])
    raw = {row["document"]: text_of(row, Path(texts)) for row in annotated if is_elsewhere(row)}
    options = _options(metadata, None, None, None, None, extractor)
    found = {row["document"]: extraction for row, extraction in _extracted(annotated, raw, Path(texts), options)}
    rows = [filled_in(row, raw[row["document"]]) if row["document"] in raw else row for row in annotated]
    return compare(rows, {name: to_json(e) for name, e in found.items()}, {name: Sentences.of(e) for name, e in found.items()})


def _extracted(annotated: Sequence[Row], raw: Mapping[str, str], texts: Path, options: Options) -> Iterator[tuple[Row, Extraction]]:
    """Each annotation with the extraction of its text."""
    from dataclasses import replace

    from kg import pipeline
    from kg.text.load import from_text
    if missing := [row["document"] for row in annotated if row["document"] not in raw and not (texts / row["document"]).exists()]:
        raise InputError(f"{texts}: the annotated documents {', '.join(missing)} are not in it. Give the folder that holds them.")
    for row in annotated:
        name = row["document"]
        if name in raw:
            document = from_text(raw[name], name)
            document = replace(document, issued=row.get("issued") or document.issued, publisher=row.get("source") or document.publisher)
            yield row, pipeline.extract_as(document, options)
            continue
        for outcome in pipeline.extract_files([texts / name], options=options):
            if not isinstance(outcome, Extraction):
                raise InputError(str(outcome))
            yield row, outcome


def _options(metadata: str | Path | None, place: str | None, year: int | None, gazetteer: str | Path | None, base: str | None,
             extractor: str = "rules") -> Options:
    from kg.pipeline import Options
    return Options(metadata=Path(metadata) if metadata else None, place=place, year=year, gazetteer=Path(gazetteer) if gazetteer else None,
                   base=BASE if base is None else base, extractor=extractor)


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
        row = {"about": v.about, "indicator": v.indicator, "kind": v.kind, "operator": v.operator, "value": _number(v.value),
               "unit": v.unit, "period": v.period, "evidence": text[v.start:v.end], "start": v.start, "end": v.end,
               "as_written": v.as_written}
        if v.upper is not None:
            row["upper"] = _number(v.upper)
        values.append(row)
    head: dict[str, Any] = {"document": extraction.document.name, "context": {"place": context.place, "year": context.year}}
    if with_text:
        head["text"] = text
    return {**head, "entities": entities, "relations": relations, "indicator_values": values}


def _number(value: float) -> int | float:
    """The number as JSON has it: 87.2, and 25 for 25.0."""
    return int(value) if value.is_integer() else value


def open(directory: str | Path = "output") -> Graph:  # noqa: A001, as gzip.open and others are named
    """Open the graph that `build` wrote, for reading. Close it, or use it in a `with` statement.

    Raises NoStore where there is none, LayoutMismatch where another version wrote it.

    >>> folder = getfixture("tmp_path")
    >>> _ = (folder / "a.txt").write_text("甘肃省生态环境厅印发《甘肃省水生态保护规划》。", encoding="utf-8")
    >>> _ = build(folder / "a.txt", folder / "graph")
    >>> with open(folder / "graph") as graph:
    ...     [row["name"] for row in graph.query("SELECT ?name WHERE { ?p a eco:Programme ; rdfs:label ?name }")]
    ['甘肃省水生态保护规划']
    """
    return Graph(GraphStore.open(Path(directory) / "store"))


class Graph:
    """An opened graph; see `kg.open`."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store

    def query(self, query: str, /, **given: object) -> runner.Answer:
        """Answer a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) or the ready question of that name with its parameters.

        `graph.query("projects-on-rivers", river="黄河")`: entities by name, alias or IRI, years and dates as such or as text.
        Iterate over the answer for rows as dictionaries, or `serialize` it. Raises QueryError, and LookupFailed where none or
        several entities answer to a name.
        """
        return runner.ask(self.store, query, given)

    def ask(self, phrase: str) -> asking.Reply:
        """A question in plain Chinese: which ready question it was understood as, with its answer, else what comes near.

        `graph.ask("黄河流域有哪些治理项目？")`. No language model is asked: the words are matched against a grammar of asking.
        """
        return asking.ask(self.store, phrase)

    def show(self, entity: str) -> profile.Profile:
        """An entity by name, alias or IRI, with everything the graph says of it and the sentences that say so.

        Raises LookupFailed with what there is when none or several answer to the name.
        """
        return profile.profile(self.store, self.find(entity))

    def find(self, entity: str) -> EntityRow:
        """The one entity that bears a name, alias or IRI; raises LookupFailed."""
        return lookup.entity(self.store, entity)

    def counts(self) -> Counts:
        """How much the graph holds."""
        return self.store.counts()

    def validate(self) -> Report:
        """The SHACL report."""
        from kg.graph import shapes
        return shapes.validate(self.store)

    def export(self, form: str = "turtle", output: str | Path | None = None, *, facts_only: bool = False, mentions: bool = True) -> bytes:
        """The graph as turtle, ntriples, nquads, trig, jsonld, rdfxml, graphml, gexf or csv (a row a claim).

        Also written to `output` where given. Turtle has the same bytes from run to run.
        """
        if form in PICTURES:
            from kg.render.bridge import graph_file
            body = graph_file(self.to_networkx(), form)
        else:
            body = "".join(write(self.store, form, facts_only=facts_only, mentions=mentions)).encode()
        if output is not None:
            Path(output).write_bytes(body)
        return body

    def render(self, output: str | Path | None = None, *, focus: str | None = None, depth: int = 1, types: tuple[str, ...] = (),
               document: str | None = None, engine: str | None = None, max_size: float = 25) -> Page:
        """One interactive HTML file that opens offline, of at most `max_size` megabytes; a notebook shows it.

        `focus` (a name or IRI) draws an entity and what lies up to `depth` relations around it, `types` only
        some types, `document` (title, file or IRI) only what one document states. `engine` is webgl (any size) or pyvis
        (up to 300 entities, what a focus gets by default). Also written to `output`. Raises LookupFailed, RenderError.
        """
        from kg.render.page import page
        text = page(self.store, focus=self.find(focus).iri if focus else None, depth=depth, types=types,
                    document=lookup.document(self.store, document).iri if document else None, engine=engine, max_size=max_size)
        if output is not None:
            Path(output).write_text(text, encoding="utf-8", newline="\n")
        return text

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Entities and their relations as a networkx graph: nodes by IRI, an edge for each subject, predicate and object."""
        from kg.render.bridge import to_networkx
        return to_networkx(self.store)

    def to_rdflib(self) -> rdflib.Graph:
        """The default graph (facts, claims, evidence) as an rdflib Graph."""
        from rdflib import Graph as Triples
        return Triples().parse(data=self.export("ntriples"), format="nt")

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
