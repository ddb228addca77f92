"""The server as a process: it listens, answers, and ends with Ctrl-C."""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import uvicorn

from kg import api
from kg.errors import InputError, StoreError
from kg.serve.application import application
from kg.serve.limits import DEFAULTS, Limits

_KEPT = 60
"""Seconds that a connection without requests is kept."""
_FAREWELL = 2
"""Seconds that answers under way get when the server ends."""
_ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#@]+|null")
"""An origin as browsers send it (RFC 6454, 6.1)."""
Ready = Callable[[str, str | None], None]
"""Told, once the server listens: its address, and the write token where it was made just now."""


def serve(folder: Path, *, host: str = "127.0.0.1", port: int = 8000, writable: bool = False, limits: Limits = DEFAULTS,
          cors: Sequence[str] = (), ready: Ready = lambda _address, _token: None) -> None:
    """Serve the graph of a folder until Ctrl-C.

    `port` 0 takes a free one. The write token is that of the environment variable KG_TOKEN, or is made. Raises NoStore
    where the folder holds no graph, InputError where the port cannot be had, or an origin or the token is none.
    """
    if wrong := [origin for origin in cors if not (origin == "*" or _ORIGIN.fullmatch(origin))]:
        raise InputError(f"{wrong[0]!r} is no origin. Give --cors a scheme and a host alone, such as https://example.org, or *.")
    api.open(folder).close()
    given = os.environ.get("KG_TOKEN", "").strip() or None
    if writable and given and not given.isprintable():
        raise InputError("KG_TOKEN holds line breaks or other control characters, which no request can send. Give it another value.")
    token = (given or secrets.token_urlsafe(24)) if writable else None
    listening = _listen(host, port)
    address = _address(host, listening.getsockname()[1])
    app = application(folder, limits=limits, token=token, cors=cors)
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # an answer that is broken off on purpose is no failure
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_keep_alive=_KEPT,
                            timeout_graceful_shutdown=_FAREWELL)
    server = _Server(config, lambda: ready(address, None if given else token))
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    except SystemExit:
        raise StoreError("The processes that answer queries do not start; what they say stands above.") from None
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket that names its protocol, without which asyncio leaves Nagle's algorithm on (40 ms an answer)."""
    listening = None
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(2048)
        return listening
    except OSError as error:
        if listening is not None:
            listening.close()
        todo = ("Choose another port with --port, or end what uses this one." if error.errno in (errno.EADDRINUSE, errno.EACCES) else
                "Give an address of this machine with --host, such as 127.0.0.1, or 0.0.0.0 for all of the network.")
        raise InputError(f"{host}:{port} cannot be listened on ({error.strerror or error}). {todo}") from None


def _address(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/"
