"""`python -m kg.serve.pages.drawing FOLDER OUT`: the browsing page of a folder's graph, in a process of its own.

It writes OUT, and OUT.csp: the policy under which its one script runs.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from pathlib import Path

from kg import api
from kg.errors import KgError
from kg.render.page import page
from kg.render.web_page import bundle
from kg.serve.pages.address import ROOM


def draw(folder: Path, out: Path) -> None:
    """Write the page; its links lead out of the frame that it stands in."""
    with api.open(folder) as graph:
        text = page(graph.store, engine="webgl", server=ROOM)
    out.write_text(text.replace("<head>", '<head>\n<base target="_top">', 1), encoding="utf-8", newline="\n")
    script = base64.b64encode(hashlib.sha256(bundle("page.js").encode()).digest()).decode()
    out.with_name(out.name + ".csp").write_text(
        f"default-src 'none'; script-src 'sha256-{script}' blob:; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'", encoding="utf-8")


if __name__ == "__main__":
    try:
        draw(Path(sys.argv[1]), Path(sys.argv[2]))
    except KgError as error:
        sys.exit(str(error))
