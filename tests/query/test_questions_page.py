"""The page of the ready questions says what their files say."""

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_current():
    made = subprocess.run([sys.executable, DOCS / "make_questions.py", "--print"], capture_output=True, check=True).stdout.decode()
    assert made == (DOCS / "questions.md").read_text(encoding="utf-8"), "run: python docs/make_questions.py"
