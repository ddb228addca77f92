"""Calls in a second process give what they give here, whatever becomes of the process."""

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
    one, other = Beside(), Beside()
    numbers = one.call(os.getpid), other.call(os.getpid)
    with one, other:
        assert len({os.getpid(), *(number() for number in numbers)}) == 3


def test_one_process_makes_several_calls_in_their_order_and_answers_in_any() -> None:
    beside = Beside()
    first, large, second, last = (beside.call(call, *given) for call, *given in ((os.getpid,), (bytes, 50_000_000), (os.getpid,), (len, "泾河")))
    with beside:
        assert last() == 2
        assert first() == second() == beside._process.pid
        assert len(large()) == 50_000_000


def test_an_answer_is_there_while_the_next_call_is_made() -> None:
    beside = Beside()
    text, _ = beside.call(sorted, ["泾河", "𬇙水", "a\tb\n"]), beside.call(time.sleep, 60)
    with beside:
        assert text() == ["a\tb\n", "泾河", "𬇙水"]
        assert beside._process.poll() is None


def test_this_process_goes_on_and_leaves_nothing_behind() -> None:
    started = [Beside() for _ in range(2)]
    with ExitStack() as stack:
        for beside in started:
            beside.call(time.sleep, 60)
            stack.enter_context(beside)
        assert [beside._process.poll() for beside in started] == [None, None]
    assert all(beside._process.returncode and beside._room.closed and beside._process.stdout.closed for beside in started)


def test_an_error_between_start_and_result_ends_the_other_process() -> None:
    beside = Beside()
    beside.call(time.sleep, 60)
    with pytest.raises(KeyError), beside:
        raise KeyError
    assert beside._process.returncode


def test_a_process_that_cannot_start_leaves_no_file_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    beside = Beside()
    beside.call(len, "泾河")
    with pytest.raises(FileNotFoundError), beside:
        pass
    assert beside._room.closed


def test_where_the_other_process_dies_the_calls_are_made_here() -> None:
    beside = Beside()
    numbers = beside.call(os.getpid), beside.call(os.getpid)
    with beside:
        beside._process.kill()
        beside._process.wait()
        beside._room.truncate(3)
        assert {number() for number in numbers} == {os.getpid()}


def test_what_is_to_be_done_otherwise_is_done_here() -> None:
    beside = Beside()
    slept = beside.call(time.sleep, 60, otherwise=os.getpid)
    with beside:
        beside._process.kill()
        assert slept() == os.getpid()


def test_an_error_is_that_of_the_call(capfd: pytest.CaptureFixture[str]) -> None:
    beside = Beside()
    number = beside.call(int, "三十四")
    with pytest.raises(ValueError, match="invalid literal"), beside:
        number()
    assert "invalid literal" in capfd.readouterr().err


def test_an_error_of_the_package_is_told_in_a_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    beside = Beside()
    opened, after = beside.call(GraphStore.open, tmp_path, otherwise=tuple), beside.call(os.getpid)
    with beside:
        assert (opened(), after()) == ((), os.getpid())
    said = capfd.readouterr().err
    assert said.startswith("a second process could not help")
    assert said.count("\n") == 1


def test_what_a_call_prints_is_no_part_of_the_answer(capfd: pytest.CaptureFixture[str]) -> None:
    beside = Beside()
    printed, below = beside.call(print, "泾河"), beside.call(subprocess.call, [sys.executable, "-c", "print('from below')"])
    with beside:
        assert (printed(), below()) == (None, 0)
    said = capfd.readouterr()
    assert said.out == ""
    assert {"泾河", "from below"} <= set(said.err.split("\n"))


def test_an_answer_that_is_broken_off_is_a_failure() -> None:
    beside = Beside()
    number = beside.call(os.getpid)
    with beside:
        beside._process.wait()
        beside._room.truncate(3)
        assert number() == os.getpid()
