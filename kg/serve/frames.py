"""What goes between the server and its worker processes: one job to them, then frames back.

A frame is a kind (one byte), a length (four bytes) and so many bytes: JSON, but for the pieces of a body.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Final

JOB: Final = b"J"
"""To the worker: what to do."""
READY: Final = b"R"
"""A worker stands ready."""
HEAD: Final = b"H"
"""The answer begins: {media, kind, cut}; `cut` is null where only the end will tell."""
PIECE: Final = b"D"
"""A piece of the body."""
END: Final = b"E"
"""The answer is whole: {rows, cut}."""
REFUSAL: Final = b"X"
"""There is no answer, or no more of it: {status, message}."""

HEADER: Final = struct.Struct(">cI")


def pack(kind: bytes, body: bytes) -> bytes:
    """A frame.

    >>> pack(PIECE, "泾".encode())
    b'D\\x00\\x00\\x00\\x03\\xe6\\xb3\\xbe'
    """
    return HEADER.pack(kind, len(body)) + body


def pack_json(kind: bytes, value: dict[str, Any]) -> bytes:
    """A frame of JSON."""
    return pack(kind, json.dumps(value, ensure_ascii=False).encode())
