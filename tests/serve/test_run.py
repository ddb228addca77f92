"""What cannot be served is told before anything is started: what was wrong, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError, KgError
from kg.serve.limits import DEFAULTS, Limits
from kg.serve.run import serve


def not_ready(address: str, _token: str | None) -> None:
    pytest.fail(f"it is served at {address}")


@pytest.mark.parametrize(("host", "said"), [
    ("nowhere.invalid", "Give an address of this machine with --host"), ("192.0.2.1", "Give an address of this machine with --host")])
def test_an_address_of_another_machine(built: Path, host: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        serve(built, host=host, port=0, ready=not_ready)


@pytest.mark.parametrize("origin", ["example.org", "https://example.org/", "https://example.org/pages", "not an origin", "https://", ""])
def test_what_is_no_origin(built: Path, origin: str) -> None:
    with pytest.raises(InputError, match=r"is no origin. Give --cors a scheme and a host alone"):
        serve(built, host="192.0.2.1", port=0, cors=("*", "https://example.org:8080", "null", origin), ready=not_ready)


def test_a_token_that_no_request_can_send(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", "泾河\n渭河")
    with pytest.raises(InputError, match=r"KG_TOKEN holds line breaks"):
        serve(built, host="192.0.2.1", port=0, writable=True, ready=not_ready)
    with pytest.raises(InputError, match=r"cannot be listened on"):
        serve(built, host="192.0.2.1", port=0, ready=not_ready)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 86_401])
def test_a_time_that_no_query_can_have(seconds: float) -> None:
    with pytest.raises(InputError, match=r"A query cannot be given .* seconds"):
        Limits(timeout=seconds)
    assert DEFAULTS.timeout == 30


def test_a_store_that_is_broken_or_given_in_place_of_its_folder(built: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("no manifest\n", encoding="utf-8")
    (tmp_path / "store" / "shanshui-layout").write_text("1\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"the store cannot be opened .* Delete it and build again"):
        serve(tmp_path, port=0, ready=not_ready)
    with pytest.raises(KgError, match=r"this is the store inside a graph's folder. Give the folder: "):
        serve(built / "store", port=0, ready=not_ready)
