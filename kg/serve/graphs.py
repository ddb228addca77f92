"""Reads of the SPARQL 1.1 Graph Store Protocol at /store: one graph as a whole."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.answer import AnswerResponse
from kg.serve.limits import Refused
from kg.serve.negotiate import offers
from kg.serve.request import Fields, in_url
from kg.serve.service import Service

PATH = "/store"


def routes(service: Service) -> list[Route]:
    """The routes of the graph store: GET and HEAD; it is written to by updates alone."""
    async def graph(request: Request) -> Response:
        return AnswerResponse(service.readers, {"job": "graph", "graph": named(in_url(request)),
                                                "offers": offers(request.headers.get("accept", ""))})

    return [Route(PATH, graph, methods=["GET", "HEAD"])]


def named(fields: Fields) -> str | None:
    """The IRI of the graph that the parameters name; None for the default graph. Raises Refused.

    >>> named([("graph", "urn:a")]), named([("default", "")])
    ('urn:a', None)
    """
    given = [(name, value) for name, value in fields if name in ("graph", "default")]
    if len(given) != 1:
        raise Refused(400, "Name one graph, as ?graph=IRI or as ?default.")
    name, value = given[0]
    return value if name == "graph" else None
