"""One entity on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.cli.console import sheet
from kg.query.profile import Fact, Figure, Profile
from kg.query.reading import Evidence
from kg.vocab import LABELS

SAID = frozenset("以超多余约近不左低高")
"""Characters by which a number as written says at least, at most or about itself."""
SENTENCES = 3
"""Sentences shown of each fact; the page and `kg query` have them all."""


def print_profile(profile: Profile) -> None:
    """Names, types, facts both ways and figures, each with its sentences and documents."""
    with sheet() as console:
        _print(console, profile)


def _print(console: Console, profile: Profile) -> None:
    entity = profile.entity
    console.print(Text(entity.name, style="bold"))
    console.print(Text(" · ".join(_label(name) for name in (entity.type, entity.subtype) if name)))
    console.print(Text(f"<{entity.iri}>"), soft_wrap=True)
    for title, names in (("also", entity.aliases), ("short in context", entity.hidden)):
        if names:
            console.print(Text(f"{title}: {'、'.join(names)}"))
    for fact in profile.facts:
        console.print()
        console.print(_fact(entity.name, fact))
        shown = list(dict.fromkeys(evidence for _, evidence in fact.statements))
        _sentences(console, profile, shown)
    if profile.figures:
        console.print(Text("\nIndicator values", style="bold"))
    for figure in profile.figures:
        console.print(_figure(figure))
        _sentences(console, profile, [figure.value.evidence])
    if not profile.facts and not profile.figures:
        console.print("\nNo claim of the graph is about it.")


def _fact(name: str, fact: Fact) -> Text:
    subject, object_ = (name, fact.other.name) if fact.outgoing else (fact.other.name, name)
    modalities = sorted({modality for modality, _ in fact.statements} - {"done"})
    return Text.assemble(subject, " ", (_label(fact.predicate), "italic"), " ", object_,
                         f"  [{', '.join(_label(m) for m in modalities)}]" if modalities else "")


def _figure(figure: Figure) -> Text:
    value = figure.value
    number = value.written or f"{value.number}{'–' + value.upper if value.upper else ''}{value.unit}"
    sign = "" if value.operator == "=" or set(value.written) & SAID else f"{value.operator} "
    period = f"  {value.period}" if value.period else ""
    subject = f"{figure.subject}: " if figure.subject else ""
    return Text.assemble(f"{subject}{value.indicator} ", (f"{sign}{number}", "bold"), f"  [{_label(value.kind)}]{period}")


def _sentences(console: Console, profile: Profile, shown: list[Evidence]) -> None:
    for evidence in shown[:SENTENCES]:
        document = profile.documents.get(evidence.document)
        source = f" ({', '.join(filter(None, (document.title, document.issued)))})" if document else ""
        console.print(Padding(Text(" ".join(evidence.text.split()) + source, style="dim"), (0, 0, 0, 4)))
    if len(shown) > SENTENCES:
        console.print(Padding(Text(f"and {len(shown) - SENTENCES} more sentences", style="dim"), (0, 0, 0, 4)))


def _label(name: str) -> str:
    chinese, english = LABELS.get(name, (name, name))
    return f"{chinese} {english}"
