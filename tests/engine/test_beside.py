"""A call in a second process gives what the call gives, whatever becomes of the process."""

from __future__ import annotations

import os
import time

import pytest

from kg.engine.beside import Beside


def test_the_other_process_answers() -> None:
    calls = [Beside(os.getpid) for _ in range(2)]
    assert len({os.getpid(), *(call.result() for call in calls)}) == 3


def test_texts_and_large_answers_come_back() -> None:
    assert Beside(sorted, ["泾河", "𬇙水", "a\tb\n"]).result() == ["a\tb\n", "泾河", "𬇙水"]
    assert len(Beside(bytes, 50_000_000).result()) == 50_000_000


def test_this_process_goes_on() -> None:
    calls = [Beside(time.sleep, 60) for _ in range(2)]
    assert [call._process.poll() for call in calls] == [None, None]
    for call in calls:
        call._process.kill()
        call._process.wait()
        call._answer.close()


def test_where_the_other_process_dies_the_call_is_made_here() -> None:
    call = Beside(os.getpid)
    call._process.kill()
    assert call.result() == os.getpid()


def test_an_error_is_that_of_the_call() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Beside(int, "三十四").result()
