"""The commands, called in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from kg.cli import main


@pytest.fixture
def call() -> Callable[..., Result]:
    def called(*arguments: object, status: int = 0) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result
    return called
