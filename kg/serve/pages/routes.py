"""Where the pages are: paths → what a worker is to make, and the headers that it is sent with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.model import ENTITY_TYPES
from kg.query.index import DOCUMENT
from kg.query.ready import questions
from kg.serve.answer import AnswerResponse
from kg.serve.fetching import fetched
from kg.serve.finding import Finder
from kg.serve.formats import TRIPLES, Offer
from kg.serve.limits import Refused
from kg.serve.negotiate import accepted, choose, offers
from kg.serve.pages import language as tongue
from kg.serve.pages.address import ROOM, page_of, resource_of
from kg.serve.pages.description import exists, triples_of
from kg.serve.pages.drawn import Drawer
from kg.serve.pages.language import Language
from kg.serve.pages.rendering import render
from kg.serve.pool import Pool
from kg.serve.service import Service
from kg.vocab import ID, LABELS, PREFIXES

Endpoint = Callable[[Request], Awaitable[Response]]
POLICY: Final = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                 "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
EDITOR_POLICY: Final = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The query editor sets the places of its lines with style attributes."""
HTML: Final = Offer("text/html", "html")
_FORMS: Final = {"turtle": "text/turtle", "jsonld": "application/ld+json", "ntriples": "application/n-triples", "html": "text/html"}
_LONGEST: Final = 2000
"""Characters of a field that are read."""
_YEAR: Final = 365 * 24 * 3600
FOUND, SUGGESTED = 60, 10
_QUERY: Final[Mapping[str, Any]] = {"job": "query", "base": None, "dataset": None, "rows": 0}


def routes(service: Service) -> list[BaseRoute]:
    """The routes of the pages, the last of which answers for all paths that nothing is at."""
    return [*_Pages(service).routes()]


class _Pages:
    """The endpoints of the pages, and what they share."""

    def __init__(self, service: Service) -> None:
        self._pool: Pool = service.readers
        self._finder, self._drawer = Finder(service.folder, service.readers), Drawer(service.folder)
        self._rows = service.limits.rows

    def routes(self) -> list[BaseRoute]:
        """Paths and their endpoints."""
        of: list[tuple[str, Endpoint]] = [
            ("/", self._view("home")), ("/documents", self._view("documents")), ("/search", self.search),
            ("/ask", self._view("ask")), ("/questions", self._view("questions")),
            ("/questions/{name}.csv", self.answer), ("/questions/{name}.json", self.answer), ("/questions/{name}", self._view("question")),
            ("/indicators", self._view("indicators")), ("/indicators/{name:path}", self.indicator), ("/graph", self.graph),
            ("/graph/page", self.graph_page), ("/query", self.query), ("/query.json", self.terms), (ROOM + "{rest:path}", self.resource),
            ("/resource", self.resource)]
        return [*(Route(path, _safely(endpoint), methods=["GET", "HEAD"]) for path, endpoint in of),
                *(Mount(f"/{name}", _Kept(directory=str(folder))) for name in ("static", "bundle") if (folder := _folder(name)).is_dir()),
                Route("/favicon.ico", _icon, methods=["GET", "HEAD"]), Route("/{path:path}", _nowhere, methods=["GET", "HEAD"])]

    def _view(self, view: str) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            return await self._made(request, view, name=request.path_params.get("name", ""))
        return endpoint

    async def _made(self, request: Request, view: str, *, iri: str = "", name: str = "") -> Response:
        _, body = await fetched(self._pool, {"job": "page", "view": view, "language": _language(request), "path": _address(request),
                                           "iri": iri, "name": name, "fields": _fields(request)})
        return _page(request, body)

    async def search(self, request: Request) -> Response:
        """What answers to ?q=, of ?type=; as JSON for the box that completes names."""
        given = _fields(request)
        words, kind = given.get("q", "").strip(), given.get("type", "")
        index = await self._finder.index()
        types = tuple(name for name in kind.split("|") if name in (*ENTITY_TYPES, DOCUMENT))
        if given.get("form") == "json":
            found = await asyncio.to_thread(index.find, words, types, SUGGESTED) if words else []
            return JSONResponse([{"name": f.row.name, "type": f.row.type, "form": f.form, "page": page_of(f.row.iri)} for f in found])
        count, found = await asyncio.to_thread(index.count, words, types, FOUND) if words or types else (0, [])
        return _rendered(request, "search.html", {"q": words, "type": kind, "types": (*ENTITY_TYPES, DOCUMENT), "count": count,
                                                  "found": found})

    async def indicator(self, request: Request) -> Response:
        """An indicator by its name."""
        return await self._made(request, "indicator", iri=resource_of(f"{ROOM}indicator/" + _raw(request).removeprefix("/indicators/")))

    async def resource(self, request: Request) -> Response:
        """A resource by its path or IRI, as a page or as RDF by what is accepted or named with ?format=."""
        raw = _raw(request)
        iri = resource_of(raw)
        if raw.startswith("/resource") and iri.startswith(ID):
            return RedirectResponse(page_of(iri), 303)
        named = _fields(request).get("format", "")
        accept = _FORMS.get(named, named) if named else request.headers.get("accept", "")
        offer = choose(accepted(accept), (HTML, *TRIPLES))
        if offer is None:
            raise Refused(406, "This page has the forms text/html, text/turtle, application/ld+json and others of RDF.")
        if offer == HTML:
            return await self._made(request, "any", iri=iri)
        _, found = await fetched(self._pool, {**_QUERY, "text": exists(iri), "offers": offers("")})
        if b"true" not in found:
            raise Refused(404, f"Nothing is said of {iri} in this graph.")
        return AnswerResponse(self._pool, {**_QUERY, "text": triples_of(iri), "offers": offers(offer.media), "rows": self._rows})

    async def answer(self, request: Request) -> Response:
        """The rows of a ready question as CSV or JSON."""
        form = request.url.path.rpartition(".")[2]
        name = request.path_params["name"]
        known = {p.name for p in questions()[name].parameters} if name in questions() else set()
        fields = {key: value for key, value in _fields(request).items() if key in known and value.strip()}
        media, body = await fetched(self._pool, {"job": "answer", "name": name, "form": form, "fields": fields})
        return Response(body, headers={"Content-Type": Offer(media, "").content_type,
                                       "Content-Disposition": f'attachment; filename="{name}.{form}"'})

    async def graph(self, request: Request) -> Response:
        """The browsing page in its frame, or how far drawing it is."""
        return _rendered(request, "graph.html", {"drawing": self._drawer.drawing()})

    async def graph_page(self, request: Request) -> Response:
        """What stands in the frame."""
        drawing = self._drawer.drawing()
        if not drawing.done:
            raise Refused(503, "The graph is being drawn.", {"Retry-After": "2"})
        return FileResponse(drawing.page, media_type="text/html; charset=utf-8", headers={
            "Content-Security-Policy": drawing.policy, "X-Frame-Options": "SAMEORIGIN", "Cache-Control": "no-cache"})

    async def query(self, request: Request) -> Response:
        """The editor of queries."""
        return _rendered(request, "query.html", {"bundled": (_folder("bundle") / "query.js").is_file()}, policy=EDITOR_POLICY)

    async def terms(self, request: Request) -> Response:
        """What the editor completes and shows as examples: prefixes, terms with their labels, ready questions."""
        side = tongue.LANGUAGES.index(_language(request))
        ready = [{"name": q.name, "title": (q.title_zh, q.title_en)[side], "query": q.sparql} for q in questions().values()]
        return JSONResponse({"prefixes": PREFIXES, "terms": {name: label[side] for name, label in LABELS.items()}, "questions": ready,
                             "strings": {key: both[side] for key, both in tongue.strings().items()
                                         if key.startswith("editor-") or key == "noRows"}})


class _Kept(StaticFiles):
    """Static files; one that is asked for by its content's mark is kept for a year."""

    async def get_response(self, path: str, scope: Any) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if scope["query_string"].startswith(b"v=") else "no-cache"
        return response


def _safely(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals are pages that say what to do."""
    async def safe(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            return error_page(request, refused)
    return safe


async def _nowhere(request: Request) -> Response:
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(404)
    return error_page(request, Refused(404, ""))


async def _icon(_request: Request) -> Response:
    return RedirectResponse("/static/icon.svg", 301)


def error_page(request: Request, refused: Refused) -> Response:
    """A refusal as a page."""
    status = refused.status if f"error-{refused.status}" in tongue.strings() else 500 if refused.status >= 500 else 400
    response = _rendered(request, "error.html", {"status": status, "message": refused.message}, headers=refused.headers)
    response.status_code = refused.status
    return response


def _rendered(request: Request, template: str, model: Mapping[str, Any], *, policy: str = POLICY,
              headers: Mapping[str, str] | None = None) -> Response:
    body = render(template, model, language=_language(request), path=_address(request))
    return _page(request, body.encode(errors="replace"), policy=policy, headers=headers)


def _page(request: Request, body: bytes, *, policy: str = POLICY, headers: Mapping[str, str] | None = None) -> Response:
    response = HTMLResponse(body, headers={"Content-Security-Policy": policy, "Vary": "Accept, Accept-Language, Cookie",
                                           "Cache-Control": "no-cache", "Content-Language": _language(request), **(headers or {})})
    if request.query_params.get("lang") in tongue.LANGUAGES:
        response.set_cookie(tongue.COOKIE, _language(request), max_age=_YEAR, samesite="lax", httponly=True)
    return response


def _language(request: Request) -> Language:
    return tongue.choose(request.query_params.get("lang"), request.cookies.get(tongue.COOKIE), request.headers.get("accept-language", ""))


def _raw(request: Request) -> str:
    """The path as it came, before any decoding; with the field that names the resource where it has one."""
    path = bytes(request.scope.get("raw_path") or request.scope["path"].encode()).decode("ascii", "replace")
    query = request.scope["query_string"].decode("ascii", "replace")
    named = next((part for part in query.split("&") if part.startswith("iri=")), "iri=")
    return f"{path}?{named}" if path == "/resource" else path


def _address(request: Request) -> str:
    query = request.scope["query_string"].decode("ascii", "replace")
    return _raw(request).partition("?")[0] + (f"?{query}" if query else "")


def _fields(request: Request) -> dict[str, str]:
    """The fields of the query, the last of each name; what is no UTF-8 is replaced."""
    try:
        given = parse_qsl(request.scope["query_string"].decode("ascii", "replace"), max_num_fields=100)
        return {name: value[:_LONGEST] for name, value in given}
    except ValueError:
        raise Refused(400, "The request has too many parameters.") from None


def _folder(name: str) -> Path:
    return Path(str(files("kg.serve").joinpath(name)))
