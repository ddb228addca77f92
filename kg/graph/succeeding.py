"""What took the place of the local bodies that documents name: 甘肃省环境保护厅 → 甘肃省生态环境厅, with the years."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from urllib.parse import unquote

from kg import iri
from kg.gazetteer import Gazetteer
from kg.graph.entities import label_lines
from kg.graph.lines import date
from kg.successions import Succession, succession
from kg.vocab import DCTERMS, TYPE, eco


def succession_lines(agencies: Mapping[str, str], *, gazetteer: Gazetteer, base: str = iri.BASE) -> set[str]:
    """N-Triples lines for agencies (IRI → full name) that another body replaced, and for those that did.

    Where the successor is called by several names, the one that a document uses is taken, else the usual one.

    >>> lines = succession_lines({iri.mint("Agency", "平凉市环境保护局"): "平凉市环境保护局"}, gazetteer=Gazetteer.load())
    >>> [line.split("#")[-1].split("/")[-1] for line in sorted(lines) if "isReplacedBy" in line]
    ['平凉市生态环境局> .\\n']
    """
    lines: set[str] = set()
    waiting = sorted(agencies.items())
    known = set(agencies)
    while waiting:
        subject, name = waiting.pop()
        upper = _upper(subject, name, base)
        found = succession("".join(upper) + name, gazetteer=gazetteer)
        if found is None or not all(full.startswith("".join(upper)) for full in found.successors):
            continue
        later, successor = _successor(found, upper, known, base)
        if later == subject:
            continue
        lines.add(f"<{subject}> <{eco('validTo')}> {date(datetime.date(found.last, 12, 31))} .\n")
        lines.add(f"<{subject}> <{DCTERMS}isReplacedBy> <{later}> .\n")
        lines.add(f"<{later}> <{eco('validFrom')}> {date(datetime.date(found.first, 1, 1))} .\n")
        if later not in known:
            known.add(later)
            waiting.append((later, successor))
            lines |= {f"<{later}> <{TYPE}> <{eco('Agency')}> .\n", f"<{later}> <{TYPE}> <{eco('GovernmentBody')}> .\n"}
            lines.update(label_lines(later, successor))
    return lines


def _upper(subject: str, name: str, base: str) -> tuple[str, ...]:
    """The divisions that stand before a name in its IRI: 北京市 of …/agency/北京市/朝阳区环境保护局."""
    path = tuple(unquote(part) for part in subject.removeprefix(base).split("/")[1:-1])
    return () if not path or path[0].startswith("~") or name.startswith("".join(path)) else path


def _successor(found: Succession, upper: tuple[str, ...], known: set[str], base: str) -> tuple[str, str]:
    """IRI and name of the successor: of those a document names the first, else the usual one."""
    names = [full.removeprefix("".join(upper)) for full in found.successors]
    choices = [(iri.mint("Agency", name, "/".join(upper) or None, base=base), name) for name in names]
    return next((choice for choice in choices if choice[0] in known), choices[0])
