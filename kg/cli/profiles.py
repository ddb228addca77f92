"""One entity on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.cli.console import sheet
from kg.query.profile import Fact, Figure, Profile
from kg.query.reading import Evidence, Tenure
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
    if profile.tenure.first or profile.tenure.last:
        console.print(Text(f"stood: {_years(profile.tenure)}"))
    for title, others in (("replaced by", profile.later), ("took the place of", profile.former)):
        for other, tenure in others:
            console.print(Text(" ".join(filter(None, (f"{title}: {other.name}", _years(tenure))))))
    for fact in profile.facts:
        console.print()
        console.print(_fact(entity.name, fact))
        _sentences(console, profile, _told_apart(fact))
    if profile.figures:
        console.print(Text("\nIndicator values", style="bold"))
    for figure in profile.figures:
        console.print(_figure(figure))
        _sentences(console, profile, [("", figure.value.evidence)])
    if not profile.facts and not profile.figures:
        console.print("\nNo claim of the graph is about it.")


def _years(tenure: Tenure) -> str:
    """The years of a tenure: 2002–2017, from 2018, to 2017; empty where none is known."""
    first, last = tenure.first[:4], tenure.last[:4]
    return f"{first}–{last}" if first and last else f"from {first}" if first else f"to {last}" if last else ""


def _fact(name: str, fact: Fact) -> Text:
    """A line of the fact, with the modality that all its statements share where they do more than report it as done."""
    subject, object_ = (name, fact.other.name) if fact.outgoing else (fact.other.name, name)
    modalities = {modality for modality, _ in fact.statements}
    shared = _label(modalities.pop()) if len(modalities) == 1 and "done" not in modalities else ""
    return Text.assemble(subject, " ", (_label(fact.predicate), "italic"), " ", object_, f"  [{shared}]" if shared else "")


def _told_apart(fact: Fact) -> list[tuple[str, Evidence]]:
    """The statements of a fact; where they differ in modality each names its own, and one of each comes first."""
    one_each = list({modality: (modality, evidence) for modality, evidence in reversed(fact.statements)}.values())
    if len(one_each) == 1:
        return [("", evidence) for _, evidence in fact.statements]
    return [(_label(modality), evidence) for modality, evidence in dict.fromkeys((*reversed(one_each), *fact.statements))]


def _figure(figure: Figure) -> Text:
    value = figure.value
    number = value.written or f"{value.number}{'–' + value.upper if value.upper else ''}{value.unit}"
    sign = "" if value.operator == "=" or set(value.written) & SAID else f"{value.operator} "
    period = f"  {value.period}" if value.period else ""
    subject = f"{figure.subject}: " if figure.subject else ""
    return Text.assemble(f"{subject}{value.indicator} ", (f"{sign}{number}", "bold"), f"  [{_label(value.kind)}]{period}")


def _sentences(console: Console, profile: Profile, shown: list[tuple[str, Evidence]]) -> None:
    for modality, evidence in shown[:SENTENCES]:
        document = profile.documents.get(evidence.document)
        source = f" ({', '.join(filter(None, (document.title, document.issued)))})" if document else ""
        said = f"[{modality}] " if modality else ""
        console.print(Padding(Text(said + " ".join(evidence.text.split()) + source, style="dim"), (0, 0, 0, 4)))
    if len(shown) > SENTENCES:
        console.print(Padding(Text(f"and {len(shown) - SENTENCES} more sentences", style="dim"), (0, 0, 0, 4)))


def _label(name: str) -> str:
    chinese, english = LABELS.get(name, (name, name))
    return f"{chinese} {english}"
