"""How the server holds up: clients that look things up and count things at once, on a graph of a million quads.

    python benchmarks/serving.py [--seconds 60] [--clients 16] [--quads 1000000] [--aggregates 0.05] [--graph FOLDER]

The graph is that of the sample documents, many times over under changed names (kept in FOLDER where one is given). Each client
sends one request after the other on a connection of its own: mostly lookups (an entity by its name, what is said of it, the
sentences behind it), one in ten the page of an entity, and by chance, one in twenty, an aggregate over the whole graph. As lookups
take milliseconds and aggregates seconds, nearly all clients wait for aggregates at any moment, and the lookups run beside them.
Prints each kind's p50, p95 and p99 in milliseconds, what went wrong, and the memory of the server with its workers over time.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil
import pyoxigraph as ox

import kg
from kg.graph.store import LAYOUT
from kg.vocab import ID

SAMPLES = Path(__file__).parents[1] / "seeds" / "documents"
PAGE = "page: an entity"
NAMES = "SELECT ?name ?e { VALUES ?t { eco:Agency eco:WaterFeature } ?e a ?t ; rdfs:label ?name }"
LOOKUPS = {
    "lookup: by name": 'SELECT ?e ?type { ?e rdfs:label "NAME"@zh ; a ?type }',
    "lookup: what is said of it": 'SELECT ?p ?o { ?e rdfs:label "NAME"@zh ; ?p ?o }',
    "lookup: its sentences": '''SELECT ?predicate ?object ?sentence { ?e rdfs:label "NAME"@zh .
        ?claim rdf:subject ?e ; rdf:predicate ?predicate ; rdf:object ?object ; eco:evidence/nif:anchorOf ?sentence }''',
}
AGGREGATES = {
    "aggregate: entities by type": "SELECT ?type (COUNT(?e) AS ?n) { ?e a ?type } GROUP BY ?type ORDER BY DESC(?n)",
    "aggregate: values by indicator": "SELECT ?i (COUNT(?v) AS ?n) (AVG(?x) AS ?mean) { ?v eco:indicator ?i ; eco:value ?x } GROUP BY ?i",
    "aggregate: all triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "aggregate: claims by document": '''SELECT ?d (COUNT(?c) AS ?n) { ?c eco:evidence/nif:referenceContext ?d } GROUP BY ?d
        ORDER BY DESC(?n) LIMIT 10''',
}


def replicate(folder: Path, quads: int) -> list[tuple[str, str]]:
    """Make in `folder` a graph of about so many quads; returns the names of its agencies and waters, and the paths of their pages."""
    with tempfile.TemporaryDirectory() as room:
        kg.build(SAMPLES, room)
        with kg.open(room) as graph:
            lines = list(graph.store.lines(all_graphs=True))
            names = [(row["name"], row["e"].removeprefix(ID)) for row in graph.query(NAMES)]
    body = "\n".join(line for line in lines if f"<{ID}" in line)
    copies = max(1, round((quads - len(lines)) / (body.count("\n") + 1)))
    store = ox.Store(folder / "store")
    store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    for number in range(copies):
        renamed = re.sub(rf"(<{ID}[a-z]+/)", rf"\g<1>{number}号", body)
        renamed = re.sub(rf'(<{ID}[^> ]*> <[^> ]*[lL]abel> ")', rf"\g<1>{number}号", renamed)
        store.bulk_load(renamed.encode(), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    (folder / "store" / LAYOUT.name).write_text(LAYOUT.version, encoding="utf-8")
    print(f"{len(store):,} quads, {copies + 1} times the sample graph")
    return [(f"{number}号{name}", quote(f"/id/{kind}/{number}号{rest}")) for number in range(copies)
            for name, (kind, _, rest) in ((name, path.partition("/")) for name, path in names)]


class Client(threading.Thread):
    """One request after the other until the end; what each took, and what went wrong."""

    def __init__(self, address: str, names: list[tuple[str, str]], end: float, aggregates: float, seed: int) -> None:
        super().__init__()
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()
        self._place, self._names, self._end = urlsplit(address).netloc, names, end
        self._share, self._random = aggregates, random.Random(seed)

    def run(self) -> None:
        connection = http.client.HTTPConnection(self._place, timeout=60)
        while time.monotonic() < self._end:
            drawn, (name, page) = self._random.random(), self._random.choice(self._names)
            kinds = AGGREGATES if drawn < self._share else {PAGE: ""} if drawn > 0.9 else LOOKUPS
            kind = self._random.choice(list(kinds))
            query = kinds[kind].replace("NAME", name)
            start = time.monotonic()
            try:
                if kind == PAGE:
                    connection.request("GET", page, headers={"Accept": "text/html"})
                else:
                    connection.request("POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query"})
                response = connection.getresponse()
                body = response.read()
                found = name in body.decode() if kind == PAGE else json.loads(body)["results"]["bindings"] or "sentences" in kind
                if response.status != 200 or not found:
                    self.wrong[f"{kind}: {response.status} {body[:80].decode('utf-8', 'replace')}"] += 1
            except (OSError, http.client.HTTPException) as error:
                self.wrong[f"lost connection: {error!r}"] += 1
                connection.close()
                connection = http.client.HTTPConnection(self._place, timeout=60)
            self.took[kind].append(time.monotonic() - start)
        connection.close()


def memory(process: psutil.Process) -> str:
    """Of the server and of its workers, in MB, with what they share counted once (PSS)."""
    workers = process.children()
    sizes = [each.memory_full_info().pss >> 20 for each in (process, *workers)]
    return f"server {sizes[0]:,} MB, {len(workers)} workers {sum(sizes[1:]):,} MB"


def busy(process: psutil.Process) -> tuple[float, float]:
    """Processor seconds spent by the whole machine, and by the server, its workers (those there are) and this program."""
    spent = psutil.cpu_times()
    own = [each.cpu_times() for each in (process, *process.children(), psutil.Process())]
    return sum(spent) - spent.idle - spent.iowait, sum(times.user + times.system for times in own)


def measure(folder: Path, names: list[tuple[str, str]], clients: int, seconds: float, aggregates: float) -> None:
    """Serve the folder, let the clients loose, print what they found."""
    command = [sys.executable, "-m", "kg.cli", "serve", "-g", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            address = re.findall(r"http://\S+?/(?=sparql)", said)[0]
            process = psutil.Process(server.pid)
            print(f"{'at the start':>14}: {memory(process)}")
            start, before = time.monotonic(), busy(process)
            running = [Client(address, names, start + seconds, aggregates, seed) for seed in range(clients)]
            for client in running:
                client.start()
            for part in range(1, 7):
                time.sleep(max(0.0, start + seconds * part / 6 - time.monotonic()))
                print(f"{f'after {seconds * part / 6:.0f} s':>14}: {memory(process)}")
            for client in running:
                client.join()
            total, own = (after - earlier for after, earlier in zip(busy(process), before, strict=True))
            print(f"processors: {psutil.cpu_count()}, {(total - own) / total:.0%} of their work was for other programs of this machine")
        finally:
            server.send_signal(signal.SIGINT)
    report(running, seconds)


def report(clients: list[Client], seconds: float) -> None:
    """A line for each kind, for all lookups and all aggregates, and the errors."""
    took: dict[str, list[float]] = defaultdict(list)
    for client in clients:
        for kind, times in client.took.items():
            for name in (kind, kind.partition(":")[0]):
                took[name].extend(times)
    wrong = sum((client.wrong for client in clients), Counter())
    print(f"{'':32}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for kind in (*LOOKUPS, "lookup", PAGE, *AGGREGATES, "aggregate"):
        times = sorted(took[kind]) or [float("nan")]
        quantiles = [1000 * times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99, 1)]
        print(f"{kind:32}{len(took[kind]):>9,}" + "".join(f"{value:>9,.1f}" for value in quantiles))
    total = sum(len(took[kind]) for kind in ("lookup", "page", "aggregate"))
    print(f"{total:,} requests in {seconds:.0f} s; errors and lost connections: {sum(wrong.values())}")
    for what, count in wrong.most_common(10):
        print(f"  {count} × {what}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--aggregates", type=float, default=0.05)
    parser.add_argument("--graph", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.graph or Path(scratch)
        listed = folder / "names.json"
        if not listed.exists():
            folder.mkdir(parents=True, exist_ok=True)
            listed.write_text(json.dumps(replicate(folder, given.quads), ensure_ascii=False), encoding="utf-8")
        measure(folder, json.loads(listed.read_text(encoding="utf-8")), given.clients, given.seconds, given.aggregates)
