"""Figures on annotated documents whose texts stay outside the project: `kg evaluate seeds/gold/elsewhere/open FOLDER` in short.

    python benchmarks/elsewhere.py FOLDER [open | shut] [--errors] [--extractor rules|neural|auto]

FOLDER holds the texts under the paths that `seeds/gold/elsewhere/*/*.json` name (`corpus/x.txt`, or
`corpus/large.jsonl.gz#id`); a text whose SHA-256 is another one is refused. Errors on the documents of
`open` were read while rules were written, those on the documents of `shut` were not.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kg import api

ANNOTATIONS = Path(__file__).parents[1] / "seeds" / "gold" / "elsewhere"


def main() -> None:
    """Print the figures of one folder of annotations or both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("groups", nargs="*", default=["open", "shut"])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--extractor", default="rules")
    given = parser.parse_args()
    for group in given.groups:
        evaluation = api.evaluate(ANNOTATIONS / group, given.folder, extractor=given.extractor)
        print(f"{group}: {evaluation.documents} documents")
        for name, figure in evaluation.strict.items():
            print(f"  {name:26}{figure.precision:7.3f}{figure.recall:7.3f}{figure.f1:7.3f}{figure.tp:6}{figure.fp:6}{figure.fn:6}")
            if given.errors and ":" not in name:
                for error in (*figure.wrong, *figure.missed):
                    print(f"      {error.outcome:6} {error}\n             {error.sentence}")


if __name__ == "__main__":
    main()
