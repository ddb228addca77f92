"""Write docs/ontology.md from the files of ontology/; with --print, to standard output."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.model import ENTITY_TYPES
from kg.vocab import ECO, OWL, PREFIXES, RDF, RDFS, SCHEMA, SH, SHAPES, SKOS, TYPE

ONTOLOGY = Path(__file__).parents[1] / "ontology"
ENTITIES = {ECO + name for name in ENTITY_TYPES}
NAMESPACES = sorted({**PREFIXES, "shapes": SHAPES}.items(), key=lambda pair: -len(pair[1]))
PROPERTIES = tuple(OWL + kind for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"))

HEAD = """# Ontology · 本体

The terms of `ontology/shanshui.ttl` and the shapes of `ontology/shapes.ttl`. The namespace is `https://w3id.org/shanshui/ontology#`,
prefix `eco:`; [The graph](graph.md) shows the terms at work. ⊑ marks what of another vocabulary stands above a term, ≈ what is close to it.
*Entity* stands for the five types `eco:Agency`, `eco:Programme`, `eco:WaterFeature`, `eco:Project` and `eco:Place`.
This page is made by `python docs/make_ontology.py`.
"""
RELATIONS = """Documents state these between entities; each is a sub-property of `eco:relation`, and each of their plain triples has
a claim with its sentence, or comes from the gazetteer."""
DERIVED = "Rules write these at each build, from what documents and gazetteer state; they have no claims of their own."
OTHER = "What describes entities, values, claims, documents and builds."
INDIVIDUALS = "What `eco:modality`, `eco:measure` and `eco:periodKind` lead to."
RESERVED = "Names that stand for what is to come; no graph has them yet."
SHAPED = """A claim that breaks a shape is left out of the graph and counted in `report.json`; a warning only counts. A document is left out
where its own node breaks one. `kg validate` checks a whole graph. The subject and the object of each relation are held to the types that
the table of relations names, by `shapes:issues-subject`, `shapes:issues-object` and so on."""

Terms = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]


def read(name: str) -> Terms:
    """The statements of a file by subject and predicate, in its order."""
    found: Terms = {}
    for triple in ox.parse(path=str(ONTOLOGY / name)):
        found.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(triple.object)
    return found


def short(iri: str) -> str:
    """An IRI with its prefix, as code."""
    return next((f"`{prefix}:{iri.removeprefix(space)}`" for prefix, space in NAMESPACES if iri.startswith(space)), f"<{iri}>")


def several(terms: Terms, subject: str, *predicates: str) -> list[str]:
    return [o.value for p in predicates for o in terms[subject].get(p, ())]


def named(terms: Terms, subject: str) -> str:
    """The labels, Chinese first."""
    labels = {o.language: o.value for o in terms[subject][RDFS + "label"]}
    return f"{labels['zh']} · {labels['en']}"


def comment(terms: Terms, subject: str) -> str:
    return " ".join(several(terms, subject, RDFS + "comment"))


def of_type(terms: Terms, *types: str) -> Iterator[str]:
    return (s for s in terms if set(types) & set(several(terms, s, TYPE)))


def joined(iris: Iterable[str]) -> str:
    """Several terms, the five types of entities as one word."""
    given = list(iris)
    rest = [iri for iri in given if iri not in ENTITIES] if set(given) >= ENTITIES else given
    return ", ".join((["*entity*"] if len(rest) < len(given) else []) + list(map(short, rest)))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n" + "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def above(terms: Terms, subject: str) -> tuple[list[str], str]:
    """What of the project stands above a term, and how it is aligned to other vocabularies."""
    over = several(terms, subject, RDFS + "subClassOf", RDFS + "subPropertyOf")
    outside = [*(f"⊑ {short(iri)}" for iri in over if not iri.startswith(ECO)),
               *(f"≈ {short(iri)}" for iri in several(terms, subject, SKOS + "closeMatch"))]
    return [iri for iri in over if iri.startswith(ECO)], ", ".join(outside)


def classes(terms: Terms) -> str:
    known = list(of_type(terms, OWL + "Class"))
    below: dict[str, list[str]] = {}
    for iri in known:
        for over in above(terms, iri)[0] or [""]:
            below.setdefault(over, []).append(iri)

    def tree(over: str, depth: int) -> Iterator[str]:
        for iri in below.get(over, ()):
            aligned = above(terms, iri)[1]
            yield f"{'  ' * depth}- {short(iri)} **{named(terms, iri)}**: {comment(terms, iri)}{f' ({aligned})' if aligned else ''}\n"
            yield from tree(iri, depth + 1)

    return "\n" + "".join(tree("", 0)) + f"\n{disjoint(terms, known)}"


def disjoint(terms: Terms, known: list[str]) -> str:
    groups = dict.fromkeys(frozenset({iri, *apart}) for iri in known if (apart := several(terms, iri, OWL + "disjointWith")))
    lists = (", ".join(short(iri) for iri in known if iri in group) for group in groups)
    return f"Nothing is of two of these at once: {'; '.join(lists)}.\n"


def properties(terms: Terms, iris: Iterable[str]) -> str:
    def row(iri: str) -> tuple[str, ...]:
        over, aligned = above(terms, iri)
        kinds = [name.lower() for name in ("Symmetric", "Transitive") if f"{OWL}{name}Property" in several(terms, iri, TYPE)]
        notes = ", ".join(filter(None, (aligned, *kinds, *(f"⊑ {short(o)}" for o in over if o != ECO + "relation"))))
        return (short(iri), named(terms, iri), joined(several(terms, iri, SCHEMA + "domainIncludes")) or "any",
                joined(several(terms, iri, SCHEMA + "rangeIncludes", RDFS + "range")) or "any",
                comment(terms, iri) + (f" ({notes})" if notes else ""))
    return table(("term", "名称 · name", "of", "to", "meaning"), map(row, iris))


def targets(found: Terms, shape: str) -> str:
    """What a shape is of: a class, what has a property, what a property leads to."""
    return ", ".join(filter(None, (
        joined(several(found, shape, SH + "targetClass")),
        *(f"what has {short(p)}" for p in several(found, shape, SH + "targetSubjectsOf")),
        *(f"what {short(p)} leads to" for p in several(found, shape, SH + "targetObjectsOf")))))


def shapes(found: Terms) -> str:
    """Shapes by what they say: those that say the same stand in one row; those of subject and object of a relation are left out."""
    rows: dict[tuple[str, str], list[str]] = {}
    for iri in of_type(found, SH + "PropertyShape", SH + "NodeShape"):
        if targets(found, iri) and found[iri].keys() & {SH + "path", SH + "sparql"}:
            said = [m for node in (iri, *several(found, iri, SH + "sparql")) for m in several(found, node, SH + "message")]
            warned = SH + "Warning" in several(found, iri, SH + "severity")
            rows.setdefault((" ".join(said), "warning" if warned else "violation"), []).append(iri)
    return table(("shape", "of", "path", "says", "otherwise"),
                 ((joined(alike), ", ".join(dict.fromkeys(targets(found, iri) for iri in alike)),
                   joined(p for iri in alike for p in several(found, iri, SH + "path")), said, level)
                  for (said, level), alike in rows.items()))


def page() -> str:
    terms = read("shanshui.ttl")
    all_properties = list(of_type(terms, *PROPERTIES))
    relations = [p for p in all_properties if ECO + "relation" in (p, *above(terms, p)[0]) or ECO + "partOf" in above(terms, p)[0]]
    derived = [p for p in all_properties if several(terms, p, ECO + "derived")]
    other = [p for p in all_properties if p not in {*relations, *derived}]
    individuals = ((short(i), named(terms, i), joined(t for t in several(terms, i, TYPE) if t.startswith(ECO)), comment(terms, i))
                   for i in of_type(terms, OWL + "NamedIndividual"))
    reserved = ((short(p), named(terms, p), comment(terms, p)) for p in of_type(terms, RDF + "Property"))
    return "".join((
        HEAD, "\n## Classes\n", classes(terms), f"\n## Relations\n\n{RELATIONS}\n", properties(terms, relations),
        f"\n## Derived\n\n{DERIVED}\n", properties(terms, derived), f"\n## Other properties\n\n{OTHER}\n", properties(terms, other),
        f"\n## Individuals\n\n{INDIVIDUALS}\n", table(("term", "名称 · name", "is a", "meaning"), individuals),
        f"\n## Reserved\n\n{RESERVED}\n", table(("term", "名称 · name", "meaning"), reserved),
        f"\n## Shapes\n\n{SHAPED}\n", shapes(read("shapes.ttl"))))


if __name__ == "__main__":
    if "--print" in sys.argv:
        sys.stdout.buffer.write(page().encode())
    else:
        Path(__file__).with_name("ontology.md").write_text(page(), encoding="utf-8", newline="\n")
