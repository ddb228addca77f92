"""HTTP requests of the SPARQL 1.1 Protocol → what they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.serve.limits import Refused

FORM = "application/x-www-form-urlencoded"
DIRECT: Mapping[str, Literal["query", "update"]] = {"application/sparql-query": "query", "application/sparql-update": "update"}
_DATASET = {"query": ("default-graph-uri", "named-graph-uri"), "update": ("using-graph-uri", "using-named-graph-uri")}
_ACCEPTED = {"Accept-Post": ", ".join((FORM, *DIRECT))}
_MOST = 1000
"""Parameters of a request."""
_HEARD = 64 << 20
"""Bytes beyond the most that are read for nothing."""
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update with its dataset: the graphs that are merged, and those that have names."""

    kind: Literal["query", "update"]
    text: str
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None


def in_url(request: Request) -> Fields:
    """The parameters of the URL; raises Refused where they are no UTF-8."""
    return _fields(request.scope["query_string"])


def content_type(request: Request) -> str:
    """The media type of the body; raises Refused where its charset is not UTF-8."""
    media, *parameters = (part.strip() for part in request.headers.get("content-type", "").lower().split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8", "us-ascii"):
            raise Refused(415, f"The body is sent as {value.strip()}. Send UTF-8.", _ACCEPTED)
    return media


def posted(media: str, body: bytes, url: Fields) -> Operation:
    """What a POST asks for; raises Refused where it is no request of the protocol."""
    if media == FORM:
        return operation([*url, *_fields(body)])
    if media not in DIRECT:
        said = f"{media}: this is no media type of a query or an update." if media else "The request has no Content-Type."
        raise Refused(415, f"{said} Send {' or '.join((FORM, *DIRECT))}.", _ACCEPTED)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"The body is no UTF-8 ({error}). Send UTF-8.") from None
    return operation([*url, (DIRECT[media], text)])


def operation(fields: Fields) -> Operation:
    """The one query or update that the fields hold; raises Refused.

    >>> operation([("query", "ASK {}"), ("default-graph-uri", "urn:a")])
    Operation(kind='query', text='ASK {}', dataset=(('urn:a',), ()))
    """
    given = [(name, value) for name, value in fields if name in ("query", "update")]
    if not given:
        raise Refused(400, "The request has neither a query nor an update. Send one as the parameter of that name.")
    if len(given) > 1:
        raise Refused(400, f"The request has {len(given)} queries or updates. Send one.")
    name, text = given[0]
    kind: Literal["query", "update"] = "query" if name == "query" else "update"
    others = {parameter for each, names in _DATASET.items() if each != kind for parameter in names}
    if wrong := sorted({name for name, _ in fields} & others):
        raise Refused(400, f"{', '.join(wrong)} does not go with {'a query' if kind == 'query' else 'an update'}. "
                           f"Name its graphs with {' and '.join(_DATASET[kind])}.")
    default, named = (tuple(value for name, value in fields if name == parameter) for parameter in _DATASET[kind])
    return Operation(kind, text, (default, named) if default or named else None)


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request; raises Refused where it is longer than so many bytes.

    What is too long is read to its end, within reason: a client that still sends does not hear what is said.
    """
    body = bytearray()
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size <= most:
            body += piece
        elif size > most + _HEARD:
            break
    if size > most:
        raise Refused(413, f"The request is longer than {most:,} bytes, the most that this server reads.", {"Connection": "close"})
    return bytes(body)


def _fields(encoded: bytes) -> Fields:
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except UnicodeDecodeError as error:
        raise Refused(400, f"A parameter is no UTF-8 ({error}). Send UTF-8.") from None
    except ValueError:
        raise Refused(400, f"The request has more than {_MOST} parameters.") from None
