"""The SPARQL 1.1 Protocol at /sparql: queries, updates, the description of the service."""

from __future__ import annotations

import hmac
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.answer import AnswerResponse
from kg.serve.description import description
from kg.serve.limits import Refused
from kg.serve.negotiate import offers
from kg.serve.request import Operation, body_of, content_type, in_url, operation, posted
from kg.serve.service import Service

PATH = "/sparql"


def routes(service: Service) -> list[Route]:
    """The routes of the protocol."""
    async def got(request: Request) -> Response:
        """GET and HEAD: a query, or what the service can do."""
        fields = in_url(request)
        if not fields:
            return _described(service, request)
        asked = operation(fields)
        if asked.kind == "update":
            raise Refused(400, "An update is sent with POST, not with GET.")
        return _queried(service, request, asked)

    async def sent(request: Request) -> Response:
        """POST: a query or an update, in a form or as it is."""
        media, url = content_type(request), in_url(request)
        limits = service.limits
        asked = posted(media, await body_of(request, limits.update if _may_write(service, request) else limits.query), url)
        return _updated(service, request, asked) if asked.kind == "update" else _queried(service, request, asked)

    async def either(request: Request) -> Response:
        return await (sent if request.method == "POST" else got)(request)

    return [Route(path, either, methods=["GET", "HEAD", "POST"]) for path in (PATH, PATH + "/")]


def endpoint(request: Request) -> str:
    """The IRI of the endpoint, against which relative IRIs are read."""
    return str(request.url.replace(path=PATH, query="", fragment=""))


def _queried(service: Service, request: Request, asked: Operation) -> Response:
    return AnswerResponse(service.readers, {
        "job": "query", "text": asked.text, "base": endpoint(request), "dataset": asked.dataset,
        "offers": offers(request.headers.get("accept", "")), "rows": service.limits.rows})


def _updated(service: Service, request: Request, asked: Operation) -> Response:
    if service.writer is None:
        raise Refused(403, "This server only reads. Start it with --writable to send it updates.")
    if not _may_write(service, request):
        raise Refused(401, "An update needs the write token of this server, as the header Authorization: Bearer TOKEN.",
                      {"WWW-Authenticate": 'Bearer realm="shanshui"'})
    return AnswerResponse(service.writer, {"job": "update", "text": asked.text, "base": endpoint(request), "dataset": asked.dataset})


def _described(service: Service, request: Request) -> Response:
    job: dict[str, Any] = {"job": "turtle", "text": description(endpoint(request), writable=service.writer is not None),
                           "offers": offers(request.headers.get("accept", ""))}
    return AnswerResponse(service.readers, job)


def _may_write(service: Service, request: Request) -> bool:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = token.strip().encode("latin-1", "replace")
    return service.token is not None and scheme.lower() == "bearer" and hmac.compare_digest(given, service.token.encode())
