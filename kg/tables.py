"""The tables of the package: UTF-8, tab-separated, a header, comments after #."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table below its header, each as wide as the header; a cell left out at the end of a line is empty.

    Raises ValueError with the line where a row has more cells than the header.

    >>> rows("kg_gazetteer", "departments.tsv")[0][:2]
    ('organ', '中共{p}委')
    """
    lines = files(package).joinpath(name).read_text(encoding="utf-8").splitlines()
    numbered = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    width = len(numbered[0][1])
    for number, row in numbered:
        if len(row) > width:
            raise ValueError(f"{name}:{number}: {len(row)} columns, {width} needed")
    return tuple((*row, *[""] * (width - len(row))) for _, row in numbered[1:])
