"""A graph of any size in the shape of GRAPH.md, for the measurements: python benchmarks/synthetic.py OUTPUT --entities N --relations M.

Entities of all five types in communities of unequal size, each relation with one claim, its sentence and its document. The
same numbers give the same graph.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from urllib.parse import quote

import pyoxigraph as ox

from kg.graph.store import LAYOUT
from kg.model import ENTITY_TYPES, MODALITIES
from kg.vocab import DOMAIN, ECO, ID, PREFIXES, RANGE

RDF, RDFS, XSD, DCTERMS = (PREFIXES[p] for p in ("rdf", "rdfs", "xsd", "dcterms"))
NIF, ITS, SKOS = PREFIXES["nif"], PREFIXES["itsrdf"], PREFIXES["skos"]
SUFFIX = {"Agency": ("生态环境局", "Agency"), "Programme": ("治理规划", "Programme"), "WaterFeature": ("河", "WaterFeature"),
          "Project": ("修复工程", "Project"), "Place": ("镇", "Place")}
SUBTYPE = {"Agency": "GovernmentBody", "Programme": "Plan", "WaterFeature": "River", "Project": "Works", "Place": "Region"}
SYLLABLES = "安白北昌长成川大东丰福广贵海河华怀江金景康兰乐临龙洛明南宁平清泉瑞山石水泰通万文西新阳永玉远云泽镇中"
SHARES = {"Agency": 30, "Programme": 20, "WaterFeature": 10, "Project": 25, "Place": 15}


def _name(n: int) -> str:
    letters = []
    while True:
        letters.append(SYLLABLES[n % len(SYLLABLES)])
        n //= len(SYLLABLES)
        if not n:
            return "".join(letters)


def entities(count: int, random: Random) -> list[tuple[str, str, str]]:
    """(IRI, type, name) of each entity."""
    types = random.choices(ENTITY_TYPES, [SHARES[t] for t in ENTITY_TYPES], k=count)
    named = [(kind, f"{_name(n)}{SUFFIX[kind][0]}") for n, kind in enumerate(types)]
    return [(f"{ID}{kind.lower()}/{quote(name, safe='')}" if not name.isprintable() else f"{ID}{kind.lower()}/{name}", kind, name)
            for kind, name in named]


def relations(known: list[tuple[str, str, str]], count: int, random: Random) -> Iterator[tuple[int, str, int]]:
    """Relations (subject, predicate, object): most within a community of a hundred or so, towards its first members."""
    allowed: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for predicate, kinds in DOMAIN.items():
        for kind in kinds:
            allowed.setdefault(kind, []).append((predicate, tuple(RANGE[predicate])))
    seen: set[tuple[int, str, int]] = set()
    while len(seen) < count:
        one = int(len(known) * random.random() ** 1.5)
        start = one // 120 * 120 if random.random() < 0.9 else 0
        other = min(start + int((120 if start else len(known)) * random.random() ** 2.5), len(known) - 1)
        fitting = [p for p, kinds in allowed.get(known[one][1], ()) if known[other][1] in kinds]
        if one == other or not fitting:
            continue
        found = (one, random.choice(fitting), other)
        if found not in seen:
            seen.add(found)
            yield found


def quads(count: int, edges: int, random: Random, *, per_document: int = 40) -> Iterator[str]:
    """N-Quads of the default graph."""
    known = entities(count, random)
    for iri, kind, name in known:
        yield (f'<{iri}> <{RDF}type> <{ECO}{kind}> .\n<{iri}> <{RDF}type> <{ECO}{SUBTYPE[kind]}> .\n<{iri}> <{RDFS}label> "{name}"@zh .\n'
               f'<{iri}> <{ECO}documentCount> "1"^^<{XSD}integer> .\n<{iri}> <{ECO}pinyin> "{name[:2]}" .\n')
    at, document = 0, ""
    for n, (one, predicate, other) in enumerate(relations(known, edges, random)):
        if n % per_document == 0:
            document, at = f"{ID}document/{n // per_document:016x}", 0
            yield (f'<{document}> <{RDF}type> <{ECO}Document> .\n<{document}> <{DCTERMS}title> "通报第{n // per_document}号"@zh .\n'
                   f'<{document}> <{DCTERMS}issued> "{2015 + n // per_document % 10}-03-01"^^<{XSD}date> .\n')
        (subject, _, left), (object_, _, right) = known[one], known[other]
        text = f"{left}会同有关方面推进{right}的各项工作，并按月报告进展情况。"
        sentence, claim = f"{document}#char={at},{at + len(text)}", f"{document}/claim/{n:016x}"
        begin = text.index(right, len(left))
        yield (f"<{subject}> <{ECO}{predicate}> <{object_}> .\n<{claim}> <{RDF}type> <{RDF}Statement> .\n"
               f"<{claim}> <{RDF}subject> <{subject}> .\n"
               f"<{claim}> <{RDF}predicate> <{ECO}{predicate}> .\n<{claim}> <{RDF}object> <{object_}> .\n"
               f"<{claim}> <{ECO}modality> <{ECO}{MODALITIES[n % 7 % len(MODALITIES)]}> .\n<{claim}> <{ECO}evidence> <{sentence}> .\n"
               f'<{sentence}> <{RDF}type> <{ECO}Sentence> .\n<{sentence}> <{NIF}anchorOf> "{text}" .\n'
               f'<{sentence}> <{NIF}beginIndex> "{at}"^^<{XSD}integer> .\n'
               f'<{sentence}> <{NIF}endIndex> "{at + len(text)}"^^<{XSD}integer> .\n'
               f"<{sentence}> <{NIF}referenceContext> <{document}> .\n")
        for start, entity, form in ((at, subject, left), (at + begin, object_, right)):
            mention = f"{document}#char={start},{start + len(form)}"
            yield (f"<{mention}> <{RDF}type> <{ECO}Mention> .\n<{mention}> <{ECO}inSentence> <{sentence}> .\n"
                   f'<{mention}> <{NIF}beginIndex> "{start}"^^<{XSD}integer> .\n'
                   f'<{mention}> <{NIF}endIndex> "{start + len(form)}"^^<{XSD}integer> .\n'
                   f"<{mention}> <{ITS}taIdentRef> <{entity}> .\n")
        at += len(text)


def write(output: Path, count: int, edges: int) -> int:
    """Build the store below `output`; the number of its quads."""
    store = output / "store"
    shutil.rmtree(store, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    lines = output / "synthetic.nq"
    with lines.open("w", encoding="utf-8") as out:
        out.writelines(quads(count, edges, Random(7)))
    built = ox.Store(str(store))
    built.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS)
    built.flush()
    built.optimize()
    total = len(built)
    del built
    lines.unlink()
    (store / LAYOUT.name).write_text(LAYOUT.version, encoding="utf-8")
    return total


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("output", type=Path)
    asked.add_argument("--entities", type=int, default=10_000)
    asked.add_argument("--relations", type=int, default=20_000)
    given = asked.parse_args()
    print(f"{write(given.output, given.entities, given.relations)} quads in {given.output}")


if __name__ == "__main__":
    main()
