"""The text of a document is joined once: spaCy's `doc.text` costs the length of the document at each call."""

from pathlib import Path

ROOT = Path(__file__).parents[2] / "kg"


def test_no_extractor_joins_the_text_anew():
    wrong = [f"{path.name}:{n}" for room in ("extract", "text", "link") for path in (ROOT / room).rglob("*.py")
             for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
             if "doc.text" in line and ">>>" not in line and '"""' not in line and "`doc.text`" not in line]
    assert not wrong
