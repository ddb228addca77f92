"""The README and the pages of docs/ hang together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.cli import COMMANDS
from kg.query.ready import questions

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    for link in links:
        target, _, anchor = link.partition("#")
        if "://" not in link:
            there = (page.parent / target).resolve() if target else page
            assert there.exists(), link
            assert not anchor or anchor in anchors(there), link


def test_the_readme_leads_to_every_page() -> None:
    assert [p.name for p in (ROOT / "docs").glob("*.md") if f"(docs/{p.name})" not in README] == []


def test_the_readme_names_every_command_and_counts_the_questions() -> None:
    assert [name for name in COMMANDS if f"| `kg {name}` |" not in README] == []
    assert f"{len(questions())} ready questions" in README
