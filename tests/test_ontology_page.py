"""The page of the ontology says what its files say."""

import subprocess
import sys
from pathlib import Path

from kg.vocab import LABELS

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "ontology.md").read_text(encoding="utf-8")


def test_the_page_is_current():
    made = subprocess.run([sys.executable, DOCS / "make_ontology.py", "--print"], capture_output=True, check=True).stdout.decode()
    assert made == PAGE, "run: python docs/make_ontology.py"


def test_each_term_of_the_project_stands_on_the_page():
    assert [name for name, (zh, en) in LABELS.items() if f"`eco:{name}`" not in PAGE or f"{zh} · {en}" not in PAGE] == []
