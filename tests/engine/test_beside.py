"""A call in a second process gives what the call gives, whatever becomes of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from kg.engine.beside import Beside
from kg.graph.store import GraphStore


def test_the_other_process_answers() -> None:
    with Beside(os.getpid) as one, Beside(os.getpid) as other:
        assert len({os.getpid(), one.result(), other.result()}) == 3


def test_texts_and_large_answers_come_back() -> None:
    with Beside(sorted, ["泾河", "𬇙水", "a\tb\n"]) as texts, Beside(bytes, 50_000_000) as large:
        assert texts.result() == ["a\tb\n", "泾河", "𬇙水"]
        assert len(large.result()) == 50_000_000


def test_this_process_goes_on_and_leaves_nothing_behind() -> None:
    with ExitStack() as stack:
        calls = [stack.enter_context(Beside(time.sleep, 60)) for _ in range(2)]
        assert [call._process.poll() for call in calls] == [None, None]
    assert all(call._process.returncode and call._answer.closed for call in calls)


def test_an_error_between_start_and_result_ends_the_other_process() -> None:
    call = Beside(time.sleep, 60)
    with pytest.raises(KeyError), call:
        raise KeyError
    assert call._process.returncode


def test_a_process_that_cannot_start_leaves_no_file_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    call = Beside(len, "泾河")
    with pytest.raises(FileNotFoundError), call:
        pass
    assert call._answer.closed


def test_where_the_other_process_dies_the_call_is_made_here() -> None:
    with Beside(os.getpid) as call:
        call._process.kill()
        assert call.result() == os.getpid()


def test_what_is_to_be_done_otherwise_is_done_here() -> None:
    with Beside(time.sleep, 60, otherwise=os.getpid) as call:
        call._process.kill()
        assert call.result() == os.getpid()


def test_an_error_is_that_of_the_call(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="invalid literal"), Beside(int, "三十四") as call:
        call.result()
    assert "invalid literal" in capfd.readouterr().err


def test_an_error_of_the_package_is_told_in_a_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with Beside(GraphStore.open, tmp_path, otherwise=tuple) as call:
        assert call.result() == ()
    said = capfd.readouterr().err
    assert said.startswith("a second process could not help")
    assert said.count("\n") == 1


def test_what_the_call_prints_is_no_part_of_the_answer(capfd: pytest.CaptureFixture[str]) -> None:
    with Beside(print, "泾河") as printed, Beside(subprocess.call, [sys.executable, "-c", "print('from below')"]) as below:
        assert (printed.result(), below.result()) == (None, 0)
    said = capfd.readouterr()
    assert said.out == ""
    assert {"泾河", "from below"} <= set(said.err.split("\n"))


def test_an_answer_that_is_broken_off_is_a_failure() -> None:
    with Beside(os.getpid) as call:
        call._process.wait()
        call._answer.truncate(3)
        assert call.result() == os.getpid()
