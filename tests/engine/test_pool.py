"""One step over many documents."""

import os
import time

import pytest

from kg.engine.pool import Crash, run
from kg.errors import KgError


def slow_first(number):
    time.sleep(0.05 if number == 0 else 0)
    return number


def broken_at_three(number):
    if number == 3:
        raise ValueError("three")
    return number


def dying(number):
    os._exit(9)


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_come_in_the_order_of_the_tasks(workers):
    assert list(run(slow_first, range(30), workers=workers)) == list(range(30))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_step_that_raises_gives_a_crash_and_the_rest_goes_on(workers):
    found = list(run(broken_at_three, range(5), workers=workers))
    assert [f for f in found if not isinstance(f, Crash)] == [0, 1, 2, 4]
    assert found[3].error == "ValueError: three"
    assert "broken_at_three" in found[3].trace


def test_a_process_that_dies_is_told_in_a_sentence():
    with pytest.raises(KgError, match="--workers 1"):
        list(run(dying, range(5), workers=2))


def test_nothing_to_do():
    assert list(run(slow_first, [])) == []
