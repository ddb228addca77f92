"""The server as a process: how it starts, what it says, how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

HOURS = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def kg(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg.cli", "serve", *arguments], capture_output=True, text=True, encoding="utf-8", timeout=30, check=False)


def begin(server: Any, body: bytes) -> socket.socket:
    """Send a query without waiting for its answer."""
    host, port = re.findall(r"//(.+):(\d+)/", server.address)[0]
    raw = socket.create_connection((host, int(port)))
    raw.sendall(b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    return raw


def test_ctrl_c_ends_the_server_and_all_of_its_workers(built: Path, serving: Any) -> None:
    with serving(built, "--writable") as server:
        raw = begin(server, HOURS)
        time.sleep(0.5)
        workers = psutil.Process(server.process.pid).children(recursive=True)
        assert len(workers) >= 2
        server.process.send_signal(signal.SIGINT)
        _, said = server.process.communicate(timeout=10)
        assert (server.process.returncode, said) == (0, "")
        raw.close()
        _, alive = psutil.wait_procs(workers, timeout=3)
        assert alive == []


def test_workers_end_where_the_server_was_killed(built: Path, serving: Any) -> None:
    with serving(built) as server:
        workers = psutil.Process(server.process.pid).children(recursive=True)
        server.process.kill()
        _, alive = psutil.wait_procs(workers, timeout=5)
        assert alive == []


def test_a_worker_that_was_killed_is_replaced(built: Path, serving: Any) -> None:
    with serving(built) as server:
        for worker in psutil.Process(server.process.pid).children():
            worker.kill()
        time.sleep(0.1)
        assert server.query("ASK {}").status == 200


def test_a_port_in_use_is_said(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = kg("-g", str(built), "--port", str(taken.getsockname()[1]))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_without_a_graph_is_said(tmp_path: Path) -> None:
    ended = kg("-g", str(tmp_path), "--port", "0")
    assert ended.returncode == 1
    assert "kg build" in ended.stderr


def test_the_token_is_printed_once_and_only_where_it_was_made(built: Path, serving: Any) -> None:
    with serving(built, "--writable", token=None) as server:
        line = server.process.stdout.readline()
        token = re.findall(r"Bearer (\S+)", line)[0]
        assert len(token) >= 32
        assert server.update("INSERT DATA {}", Authorization=f"Bearer {token}x").status == 401
    with serving(built, "--writable") as server:
        server.process.send_signal(signal.SIGINT)
        out, _ = server.process.communicate(timeout=10)
        assert "Bearer" not in out


def test_where_the_graph_goes_away_that_is_said_and_it_may_come_back(built: Path, tmp_path: Path, serving: Any) -> None:
    folder = tmp_path / "output"
    folder.symlink_to(built)
    with serving(folder) as server:
        folder.unlink()
        reply = server.query("ASK {}")
        assert reply.status == 503
        assert "kg build" in reply.text
        folder.symlink_to(built)
        assert server.query("ASK {}").status == 200


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")
def test_long_queries_run_behind_all_others(built: Path, serving: Any) -> None:
    with serving(built) as server:
        raw = begin(server, HOURS)
        time.sleep(0.6)
        nice = [os.getpriority(os.PRIO_PROCESS, int(thread.name)) - os.getpriority(os.PRIO_PROCESS, server.process.pid)
                for worker in psutil.Process(server.process.pid).children() for thread in Path(f"/proc/{worker.pid}/task").iterdir()]
        assert (min(nice), max(nice), nice.count(max(nice))) == (0, 10, 1)
        raw.close()


def test_where_no_worker_starts_the_server_does_not_either(built: Path, tmp_path: Path) -> None:
    shadow = tmp_path / "pyoxigraph.py"
    shadow.write_text("raise SystemExit('no store')", encoding="utf-8")
    code = f"import os, kg.cli; os.environ['PYTHONPATH'] = {str(tmp_path)!r} + os.pathsep + os.environ.get('PYTHONPATH', ''); kg.cli.main()"
    ended = subprocess.run([sys.executable, "-c", "import pyoxigraph; " + code, "serve", "-g", str(built), "--port", "0"], capture_output=True,
                           text=True, encoding="utf-8", timeout=30, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "do not start" in ended.stderr
