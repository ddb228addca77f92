"""The browsing page beside pyvis, vis-network and cytoscape, on the same graphs, in one run in headless Chromium with software WebGL.

    npm install --prefix LIBRARIES vis-network vis-data vis-util uuid @egjs/hammerjs keycharm component-emitter cytoscape
    python benchmarks/pages.py --libraries LIBRARIES [--sizes 2000 10000 100000] [--runs 3] [--limit 60] [--graphs FOLDER] [--chromium PATH]

LIBRARIES is a folder outside the project; pyvis is installed with it. The graphs are synthetic (benchmarks/synthetic.py), with
two relations an entity; those that stand in FOLDER as `N` are taken from there, or made there. Every page is a file of its own
without network: ours as `kg render` writes it; the others with the same nodes and edges, once as each lays them out by itself
(pyvis and vis-network by their physics, cytoscape by `cose`) and once at the places that our page holds. Each is opened in a new
browser, in which an empty picture was drawn before, so that the start of the browser's own drawing process does not count:

- first picture: from the beginning of the navigation until nodes are drawn. Our page says so; the others are looked at every 50 ms.
- dragging: the whole picture is dragged for two seconds (nodes are held); frames per second and the longest time between two
  frames. `still` is said where the picture did not move.

Above 10,000 nodes only our page is measured. What takes longer than the limit is given as `> limit`. Times are medians. At the
end: bytes of the graph in the file, and time and peak memory of writing it.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import accumulate, pairwise
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import psutil
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate
from pyvis.network import Network

FLAGS = ("--headless=new", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
VIEWPORT = {"width": 1440, "height": 900}
OTHERS_MOST = 10_000
DRAG_SECONDS = 2.0
_START = 20.0
"""Seconds that a browser may take to start, beyond the limit."""
COLOURS = ("#4477aa", "#228833", "#66ccee", "#ccbb44", "#aa3377")
WATCH = """
  const sample = document.createElement("canvas"); sample.width = sample.height = 48;
  const context = sample.getContext("2d", { willReadFrequently: true });
  const drawn = () => [...document.querySelectorAll("canvas")].some((canvas) => {
    if (!canvas.width || !canvas.height) return false;
    context.clearRect(0, 0, 48, 48); context.drawImage(canvas, 0, 0, 48, 48);
    return context.getImageData(0, 0, 48, 48).data.some((byte, n) => n % 4 === 3 && byte > 0);
  });
  const look = () => drawn() ? requestAnimationFrame(() => { window.firstPicture = performance.now(); }) : setTimeout(look, 50);
  look();
"""
OURS = """
  const look = () => document.documentElement?.dataset.ready
    ? requestAnimationFrame(() => { window.firstPicture = performance.now(); }) : setTimeout(look, 5);
  look();
"""
RECORD = """() => { window.frames_ = []; requestAnimationFrame(function next(now) {
  window.frames_.push(now); window.recording = requestAnimationFrame(next); }); }"""
DRAWN_BEFORE = """() => { const canvas = document.createElement("canvas"), gl = canvas.getContext("webgl2");
  gl.clear(gl.COLOR_BUFFER_BIT); gl.finish(); canvas.getContext("2d"); }"""
PAN_ONLY = """() => { if (typeof network !== "undefined") network.setOptions({ interaction: { dragNodes: false } }); }"""
BACKGROUND = """() => { for (let y = 0.85; y > 0.1; y -= 0.05) for (let x = 0.3; x < 0.7; x += 0.05) {
  const at = [innerWidth * x, innerHeight * y], found = document.elementFromPoint(...at);
  if (found?.tagName === "CANVAS" || found?.closest?.("#canvas")) return at; } return null; }"""
VIS = """const network = new vis.Network(document.getElementById("graph"), { nodes: GRAPH.nodes, edges: GRAPH.edges }, OPTIONS);"""
CYTOSCAPE = """cytoscape({ autoungrabify: true, container: document.getElementById("graph"), elements: GRAPH, layout: OPTIONS,
  style: [{ selector: "node", style: { label: "data(label)", "background-color": "data(color)" } }] });"""


class Graph(NamedTuple):
    """What our page holds: names, types and places of the entities, pairs of entities, bytes of the graph's block."""

    names: list[str]
    types: list[int]
    places: list[tuple[float, float]]
    edges: list[tuple[int, int]]
    size: int


class Measured(NamedTuple):
    """Milliseconds to the first picture (None: longer than the limit), frames a second, milliseconds of the longest frame."""

    first: float | None
    rate: float = 0
    longest: float = 0
    moved: bool = False


class Candidate(NamedTuple):
    """A page to be measured: what it is called, its file, what stands after # in its address, what is run in it beforehand."""

    name: str
    file: Path
    address: str = ""
    watch: str = WATCH


def written(store: Path, page: Path) -> tuple[float, int]:
    """Write our page; seconds and the most bytes of memory that it took, all its processes together."""
    begun, most = time.perf_counter(), 0
    process = psutil.Popen([sys.executable, "-m", "kg.cli", "render", "-g", str(store), "-o", str(page), "--engine", "webgl"])
    while process.poll() is None:
        most = max(most, _memory(process))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{store}: kg render failed.")
    return time.perf_counter() - begun, most


def _memory(process: psutil.Process) -> int:
    """The bytes that a process and those that it started hold."""
    total = 0
    with suppress(psutil.NoSuchProcess):
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += one.memory_info().rss
    return total


def read(page: Path) -> Graph:
    """The graph in our page."""
    block = re.search(r'<script type="text/plain" id="graph">([^<]*)</script>', page.read_text(encoding="utf-8"))
    if block is None:
        raise SystemExit(f"{page} holds no graph.")
    tables = json.loads(zlib.decompress(base64.b64decode(block[1])))
    entity, edge = tables["entity"], tables["edge"]
    places = [(float(x), -float(y)) for x, y in zip(entity["x"], entity["y"], strict=True)]
    return Graph(entity["name"], entity["type"], places, list(zip(accumulate(edge["from"]), edge["to"], strict=True)), len(block[1]))


def others(graph: Graph, room: Path, libraries: Path) -> Iterator[Candidate]:
    """The pages of the other libraries."""
    scale = 60 * len(graph.names) ** 0.5 / max(max(abs(x), abs(y)) for x, y in graph.places)
    spots = [(x * scale, y * scale) for x, y in graph.places]
    yield Candidate("pyvis", _pyvis(graph, room, None))
    yield Candidate("pyvis, placed", _pyvis(graph, room, spots))
    vis = (libraries / "node_modules/vis-network/standalone/umd/vis-network.min.js").read_text(encoding="utf-8")
    cytoscape = (libraries / "node_modules/cytoscape/dist/cytoscape.min.js").read_text(encoding="utf-8")
    for placed in (False, True):
        nodes = [{"id": n, "label": name, "color": COLOURS[kind % 5]} | ({"x": spots[n][0], "y": spots[n][1]} if placed else {})
                 for n, (name, kind) in enumerate(zip(graph.names, graph.types, strict=True))]
        links = {"nodes": nodes, "edges": [{"from": start, "to": end} for start, end in graph.edges]}
        options: dict[str, Any] = {"physics": False} if placed else {}
        ending = ", placed" if placed else ""
        yield Candidate(f"vis-network{ending}", _html(room / f"vis{placed}.html", vis, VIS, links, options))
        elements = [{"data": {"id": f"n{n}", "label": name, "color": COLOURS[kind % 5]}}
                    | ({"position": {"x": spots[n][0], "y": spots[n][1]}} if placed else {})
                    for n, (name, kind) in enumerate(zip(graph.names, graph.types, strict=True))]
        lines = [{"data": {"id": f"e{n}", "source": f"n{start}", "target": f"n{end}"}} for n, (start, end) in enumerate(graph.edges)]
        layout = {"name": "preset"} if placed else {"name": "cose", "animate": False}
        yield Candidate(f"cytoscape{ending}", _html(room / f"cytoscape{placed}.html", cytoscape, CYTOSCAPE, [*elements, *lines], layout))


def _pyvis(graph: Graph, room: Path, spots: Sequence[tuple[float, float]] | None) -> Path:
    drawn = Network(height="880px", cdn_resources="in_line")
    for n, (name, kind) in enumerate(zip(graph.names, graph.types, strict=True)):
        drawn.add_node(n, name, color=COLOURS[kind % 5], **({"x": spots[n][0], "y": spots[n][1]} if spots else {}))
    drawn.add_edges(graph.edges)
    if spots:
        drawn.toggle_physics(False)
    file = room / f"pyvis{bool(spots)}.html"
    file.write_text(drawn.generate_html(), encoding="utf-8")
    return file


def _html(file: Path, library: str, program: str, graph: object, options: object) -> Path:
    content = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    file.write_text(f'<!DOCTYPE html><meta charset="utf-8"><style>body {{ margin: 0 }} #graph {{ width: 100vw; height: 100vh }}</style>'
                    f'<div id="graph"></div><script>{library}</script><script>const GRAPH = {content}, OPTIONS = {json.dumps(options)};\n'
                    f"{program}</script>", encoding="utf-8")
    return file


@contextmanager
def opened(chromium: str) -> Iterator[Page]:
    """A page in a browser of its own, without network, that has drawn something before, as a person's browser has."""
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            context = browser.new_context(viewport=VIEWPORT, bypass_csp=True, offline=True)  # type: ignore[arg-type]
            context.new_page().evaluate(DRAWN_BEFORE)
            yield context.new_page()
        finally:
            browser.close()


def measured(candidate: Candidate, chromium: str, limit: float) -> Measured:
    """One opening of a page and one dragging of its picture, in a process that is ended when its time is over."""
    receiving, sending = Pipe(duplex=False)
    process = Process(target=_measure, args=(candidate, chromium, limit, sending))
    process.start()
    sending.close()
    found, until = Measured(None), time.monotonic() + limit + _START
    with suppress(EOFError):
        while receiving.poll(max(0, until - time.monotonic())):
            found, until = receiving.recv(), time.monotonic() + limit
    if process.pid is not None and process.is_alive():
        with suppress(psutil.NoSuchProcess):
            for below in psutil.Process(process.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    below.kill()
        process.kill()
    process.join()
    return found


def _measure(candidate: Candidate, chromium: str, limit: float, sending: Connection) -> None:
    """Tell the time to the first picture, then that and the dragging."""
    with opened(chromium) as page:
        page.set_default_timeout(1000 * limit)
        page.add_init_script(candidate.watch)
        with suppress(TooLate):
            page.goto(candidate.file.as_uri() + candidate.address, wait_until="commit")
            page.wait_for_function("window.firstPicture", polling=100)
            first = float(page.evaluate("window.firstPicture"))
            sending.send(Measured(first))
            sending.send(Measured(first, *dragged(page)))
        sending.close()


def dragged(page: Page) -> tuple[float, float, bool]:
    """Frames a second, milliseconds of the longest frame, and whether the picture moved, while its background is dragged."""
    page.evaluate(PAN_ONLY)
    page.wait_for_timeout(1500)
    x, y = page.evaluate(BACKGROUND)
    before = page.screenshot()
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(RECORD)
    begun = time.perf_counter()
    step = 0
    while (passed := time.perf_counter() - begun) < DRAG_SECONDS:
        step += 1
        page.mouse.move(x + 100 * passed, y - 60 * passed + step % 2)
        page.wait_for_timeout(8)
    frames = page.evaluate("() => { cancelAnimationFrame(window.recording); return [...window.frames_, performance.now()]; }")
    moved = page.screenshot() != before
    page.mouse.up()
    gaps = [after - at for at, after in pairwise(frames)]
    return 1000 * (len(frames) - 1) / (frames[-1] - frames[0]) if gaps else 0, max(gaps, default=0), moved


def of_all(runs: Sequence[Measured], pick: Callable[[Measured], float]) -> float:
    """The median over the runs that came to an end."""
    return median(pick(run) for run in runs if run.first is not None)


def row(size: int, candidate: Candidate, runs: Sequence[Measured], limit: float) -> str:
    """A row of the table."""
    done = [run for run in runs if run.first is not None]
    if not done:
        return f"| {size:,} | {candidate.name} | > {limit:g} s | | |"
    first = of_all(done, lambda run: run.first or 0) / 1000
    if not any(run.rate for run in done):
        return f"| {size:,} | {candidate.name} | {first:.2f} s | > {limit:g} s | |"
    still = "" if all(run.moved for run in done) else " (still)"
    return (f"| {size:,} | {candidate.name} | {first:.2f} s | {of_all(done, lambda run: run.rate):.0f}{still} | "
            f"{of_all(done, lambda run: run.longest):.0f} ms |")


def graph_of(size: int, folder: Path) -> Path:
    """The store of a synthetic graph, made where it is not there."""
    store = folder / str(size)
    if not (store / "store").exists():
        made = Path(__file__).with_name("synthetic.py")
        subprocess.run([sys.executable, str(made), str(store), "--entities", str(size), "--relations", str(2 * size)], check=True)
    return store


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libraries", type=Path, required=True, metavar="DIR")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60, metavar="SECONDS")
    parser.add_argument("--graphs", type=Path, metavar="DIR")
    parser.add_argument("--chromium", default="/usr/bin/chromium", metavar="PATH")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        print("| nodes | page | first picture | frames a second | longest frame |\n|---:|---|---:|---:|---:|", flush=True)
        sizes = []
        for size in given.sizes:
            page = room / f"{size}.html"
            seconds, memory = written(graph_of(size, given.graphs or room), page)
            graph = read(page)
            sizes.append((size, graph, page.stat().st_size, seconds, memory))
            ours = [Candidate("ours, first view", page, watch=OURS), Candidate("ours, everything shown", page, "#by=all", OURS)]
            for candidate in [*ours, *(others(graph, room, given.libraries) if size <= OTHERS_MOST else ())]:
                runs = []
                for _ in range(given.runs):
                    runs.append(measured(candidate, given.chromium, given.limit))
                    if runs[-1].first is None:
                        break
                print(row(size, candidate, runs, given.limit), flush=True)
    print("\n| nodes | edges | file | graph in it | a node with its edges | a node or edge | written in | peak memory |")
    print("|---:" * 8 + "|")
    for size, graph, whole, seconds, memory in sizes:
        edges = len(graph.edges)
        print(f"| {size:,} | {edges:,} | {whole / 1e6:.2f} MB | {graph.size / 1e6:.2f} MB | {graph.size / size:.0f} B | "
              f"{graph.size / (size + edges):.0f} B | {seconds:.1f} s | {memory / 1e6:.0f} MB |")


if __name__ == "__main__":
    main()
