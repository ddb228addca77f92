"""What a build and a dry run say at the end."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import console
from kg.engine.report import BuildReport
from kg.model import ENTITY_TYPES
from kg.pipeline import Preview
from kg.vocab import LABELS


def print_report(report: BuildReport, output: Path) -> None:
    """Counts of the graph, what was skipped, and where the files lie."""
    rows = [("documents", f"{report.documents:,}", f"{report.built} extracted, {report.unchanged} unchanged, {report.removed} removed")]
    rows += [(f"  {LABELS[t][1]}", f"{report.entities.get(t, 0):,}", LABELS[t][0]) for t in ENTITY_TYPES]
    rows += [(f"  {LABELS.get(p, (p, p))[1]}", f"{n:,}", LABELS.get(p, (p, p))[0])
             for p, n in sorted(report.relations.items(), key=lambda pair: (-pair[1], pair[0]))]
    rows.insert(1, ("entities", f"{sum(report.entities.get(t, 0) for t in ENTITY_TYPES):,}", ""))
    rows.insert(2 + len(ENTITY_TYPES), ("relations", f"{sum(report.relations.values()):,}", ""))
    rows += [("indicator values", f"{report.indicator_values:,}", ""), ("claims", f"{report.claims:,}", "each with its sentence"),
             ("quads", f"{report.quads:,}", ""), ("seconds", f"{report.seconds['total']:.1f}", "")]
    console.table(("", "", ""), rows, numbers=frozenset({1}))
    for group in report.duplicates:
        console.complain(f"One text in several files, one document: {', '.join(group)}")
    if report.left_out:
        console.complain(f"{len(report.left_out)} claims were left out because a shape refused them; see report.json.")
    print_skipped(report.skipped)
    click.echo(f"The graph lies in {output / 'graph.ttl'}; look at it in {output / 'graph.html'}.")


def print_skipped(skipped: tuple[object, ...]) -> None:
    """Every file that is not in the graph, and why."""
    for file in skipped:
        console.complain(f"Skipped {file}.")


def print_preview(seen: Preview) -> None:
    """The files as they would be read."""
    rows = [(d.name, d.encoding, d.title or "", c.place or "", str(c.year or "")) for d, c in seen.documents]
    console.table(("file", "encoding", "title", "place", "year"), rows)
    print_skipped(seen.skipped)
