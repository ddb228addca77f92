"""A server as people start it, on a free port."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

TOKEN = "秘密 token-泾河"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    address: str
    folder: Path

    def ask(self, method: str, path: str, *, url: Sequence[Sequence[str]] = (), body: bytes | None = None, timeout: float = 60,
            **headers: str) -> Reply:
        """Send one request; a header's name has _ for -."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=timeout)
        try:
            target = path + ("?" + urlencode(url) if url else "")
            connection.request(method, target, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    @property
    def bearer(self) -> str:
        """What goes into the header Authorization: its bytes are those of UTF-8."""
        return f"Bearer {TOKEN}".encode().decode("latin-1")

    def query(self, text: str, **headers: str) -> Reply:
        return self.ask("POST", "/sparql", body=text.encode(), Content_Type="application/sparql-query", **headers)

    def update(self, text: str, **headers: str) -> Reply:
        return self.ask("POST", "/sparql", body=text.encode(), Content_Type="application/sparql-update",
                        **{"Authorization": self.bearer, **headers})


@contextmanager
def serving(folder: Path, *options: str, token: str | None = TOKEN) -> Iterator[Server]:
    """Start `kg serve`, and end it with Ctrl-C."""
    environment = {name: value for name, value in os.environ.items() if name != "KG_TOKEN"} | ({"KG_TOKEN": token} if token else {})
    process = subprocess.Popen([sys.executable, "-m", "kg.cli", "serve", "-g", str(folder), "--port", "0", *options], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
    try:
        first = process.stdout.readline() if process.stdout else ""
        found = re.search(r"http://\S+?/(?=sparql)", first)
        assert found, process.communicate()
        yield Server(process, found[0], folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=15)
        finally:
            process.kill()


@pytest.fixture(name="serving", scope="session")
def _serving() -> Callable[..., AbstractContextManager[Server]]:
    return serving


@pytest.fixture(scope="session")
def reading(built: Path) -> Iterator[Server]:
    """A server that only reads the graph of three documents."""
    with serving(built, "--timeout", "20") as server:
        yield server


@pytest.fixture(scope="module")
def writing(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes updates, with a graph of its own."""
    folder = tmp_path_factory.mktemp("writing") / "output"
    shutil.copytree(built, folder)
    with serving(folder, "--writable", "--timeout", "20") as server:
        yield server
