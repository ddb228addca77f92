"""The tutorial and the README do what they say. The tutorial's commands run in one terminal, one after the other, and show what it shows.

A block ```sh holds commands; a block ```text after it is what they print, where … stands for anything, in a line or for lines.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = ROOT / "docs" / "tutorial.md", ROOT / "docs" / "tutorial.zh.md"
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)
PAGE = re.compile(r"http://127\.0\.0\.1:8000/[^\s`)>，。]*")
END = "--- end of command, status"
PATIENCE = 60
"""Seconds until a server has to listen."""

pytestmark = pytest.mark.skipif(any(shutil.which(name) is None for name in ("bash", "make", "curl")),
                                reason="the tutorial is for bash, with make and curl")


@dataclass(frozen=True)
class Step:
    """A command, a page to look at, or what was printed."""

    kind: str
    text: str


def commands(block: str) -> Iterator[str]:
    """The commands of a block; one that has no end goes on in the next line."""
    begun = ""
    for line in block.splitlines():
        begun += line
        try:
            shlex.split(begun, comments=True)
        except ValueError:
            begun += "\n"
            continue
        if begun.endswith("\\"):
            begun += "\n"
            continue
        if begun.strip():
            yield begun
        begun = ""


def steps(page: Path) -> Iterator[Step]:
    """What a reader does, in order."""
    text = page.read_text(encoding="utf-8")
    done = 0
    for block in BLOCK.finditer(text):
        yield from (Step("page", address) for address in PAGE.findall(text[done:block.start()]))
        if block[1] == "sh":
            yield from (Step("command", command) for command in commands(block[2]))
        else:
            assert block[1] == "text", block[1]
            yield Step("shown", block[2])
        done = block.end()
    yield from (Step("page", address) for address in PAGE.findall(text[done:]))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Terminal:
    """A shell in the checkout (a folder with what the tutorial uses of it), with the programs of this Python."""

    def __init__(self, room: Path) -> None:
        checkout, self.log, self.port = room / "checkout", room / "server.log", free_port()
        checkout.mkdir()
        for path in ROOT.iterdir():
            if not path.name.startswith(".") and path.name != "output":
                (checkout / path.name).symlink_to(path)
        (room / "home").mkdir()
        known = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "MAKE"))}
        self._shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8", cwd=checkout, start_new_session=True,
            env={**known, "HOME": str(room / "home"), "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])})
        self._serving = False

    def run(self, command: str) -> tuple[str, int]:
        """What a command prints, and its exit status."""
        if command.startswith("kg serve"):
            return self._serve(command), 0
        return self._told(command.replace("make install", "make --dry-run install").replace(":8000/", f":{self.port}/"))

    def stop(self) -> None:
        """End the server, as Ctrl-C does."""
        if self._serving:
            self._told("kill $SERVER; wait $SERVER || true")
            self._serving = False

    def close(self) -> None:
        self.stop()
        if self._shell.poll() is None:
            os.killpg(self._shell.pid, signal.SIGTERM)
        self._shell.communicate()

    def _serve(self, command: str) -> str:
        self.stop()
        self.log.write_text("", encoding="utf-8")
        self._told(f"{command} --port {self.port} > {shlex.quote(str(self.log))} 2>&1 & SERVER=$!")
        self._serving = True
        late = time.monotonic() + PATIENCE
        while "http://" not in (said := self.log.read_text(encoding="utf-8")):
            assert time.monotonic() < late, said
            time.sleep(0.05)
        return said.replace(f":{self.port}/", ":8000/")

    def _told(self, command: str) -> tuple[str, int]:
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._shell.stdin.write(f"{{ {command}\n}} < /dev/null; kept=$?; printf '\\n{END} %s\\n' $kept; (exit $kept)\n")
        self._shell.stdin.flush()
        said: list[str] = []
        for line in self._shell.stdout:
            if line.startswith(END):
                return "".join(said), int(line.removeprefix(END))
            said.append(line)
        raise AssertionError(f"the shell ended at {command}: {''.join(said)}")


def opened(address: str, port: int) -> int:
    """The status of a page as a browser gets it."""
    parts = urlsplit(address)
    target = f"http://127.0.0.1:{port}{quote(parts.path)}" + (f"?{quote(parts.query, safe='=&')}" if parts.query else "")
    with urlopen(Request(target, headers={"Accept": "text/html"}), timeout=30) as reply:
        reply.read()
        return int(reply.status)


def unmet(shown: str, printed: str) -> list[str]:
    """Lines that are shown and not printed, each after the one before."""
    lines = iter(line.rstrip() for line in printed.splitlines())
    wanted = [line.rstrip() for line in shown.splitlines() if line.strip() not in ("", "…")]
    patterns = (re.compile(".*".join(map(re.escape, line.split("…")))) for line in wanted)
    return [line for line, pattern in zip(wanted, patterns, strict=True) if not any(pattern.fullmatch(found) for found in lines)]


def examples(page: Path) -> Iterator[tuple[str, str]]:
    """The commands of the blocks ```console, and what is shown below each."""
    for kind, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "console":
            command = next(commands(block.removeprefix("$ ")))
            yield command, block.removeprefix("$ ").removeprefix(command)


def printed(terminal: Terminal) -> Iterator[str]:
    """What each command of the tutorial prints; pages are opened on the way."""
    for step, after in pairwise([*steps(ENGLISH), Step("end", "")]):
        if step.kind == "command":
            said, status = terminal.run(step.text)
            assert status == 0 or after.text == "echo $?", f"{step.text}\n{said}"
            yield said
        elif step.kind == "page":
            assert opened(step.text, terminal.port) == 200, step.text


def hold(page: Path, results: list[str]) -> None:
    """Hold what a page shows against what its commands printed."""
    left = iter(results)
    said = before = ""
    for step in steps(page):
        if step.kind == "command":
            said = (said if before == "command" else "") + next(left)
        elif step.kind == "shown":
            assert unmet(step.text, said) == [], said
        before = step.kind


def test_the_commands_print_what_is_shown(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    try:
        results = list(printed(terminal))
        for page in (ENGLISH, CHINESE):
            hold(page, results)
        for command, below in examples(README):
            said, _ = terminal.run(command)
            assert unmet(below, said) == [], said
    finally:
        terminal.close()


def test_both_languages_have_the_same_commands_and_pages() -> None:
    english, chinese = ([s for s in steps(page) if s.kind != "shown"] for page in (ENGLISH, CHINESE))
    assert english == chinese


def test_the_tutorial_goes_all_the_way() -> None:
    assert len(list(examples(README))) > 1
    run = "\n".join(step.text for step in steps(ENGLISH) if step.kind == "command")
    for part in ("make install", "kg build", "kg show", "kg ask", "kg query", "kg serve", "--writable", "graph:edits", "kg export", "kg validate"):
        assert part in run


@pytest.mark.parametrize(("shown", "printed", "missing"), [
    ("泾河\n…\n渭河\n", "泾河\n黄河\n渭河\n", []),
    ("渭河\n泾河\n", "泾河\n渭河\n", ["泾河"]),
    ("泾河 … 条\n", "泾河   13 条\n", []),
    ("泾河 … 3 条\n", "泾河 3 座\n", ["泾河 … 3 条"]),
])
def test_what_is_shown_is_held_line_by_line(shown: str, printed: str, missing: list[str]) -> None:
    assert unmet(shown, printed) == missing
