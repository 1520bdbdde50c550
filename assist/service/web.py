"""The HTTP port: the demo page, samples, the schema, and what operators look at.

The law: nothing of a chat is served here. Every answer forbids what the page does not need.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assist.__about__ import __version__
from assist.service.framing import Framing
from assist.service.hub import Hub
from assist.service.listener import PATH, Listener
from assist.service.readiness import Readiness
from assist.wire.messages import SUBPROTOCOL
from assist.wire.schema import json_schema

__all__ = ["web"]

_ASSIST = Path(__file__).parents[1]
_SAMPLES = _ASSIST / "samples"
_DEMO = _ASSIST / "widget" / "demo"
_PANEL = _ASSIST / "widget" / "panel"
_PANEL_FILES = ("chat-assist-panel.js", "composer.js", "lang/de.js")
_WALL = _ASSIST / "widget" / "wall"
_WALL_FILES = ("", "chat-assist-wall.js", "page.js", "page.css", "lang/de.js")
_PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")


def web(  # noqa: PLR0913  what the pages tell of
    hub: Hub,
    listener: Listener,
    readiness: Readiness,
    framing: Framing,
    *,
    secure: bool,
    public: str | None = None,
) -> Starlette:
    """Return the application; `secure` tells that both ports speak TLS.

    `public` is where clients reach the WebSocket endpoint, where that is not the port itself.
    """

    def about(request: Request) -> dict[str, Any]:
        scheme = "wss" if secure else "ws"
        place = public or f"{scheme}://{_socket_place(request, listener)}{PATH}"
        return {"ws": place, **_ABOUT}

    async def config(request: Request) -> Response:
        return _json(about(request))

    async def framed(request: Request) -> Response:
        told = _json({**about(request), **framing.told()})
        told.headers["Access-Control-Allow-Origin"] = "*"
        return told

    async def ready(_request: Request) -> Response:
        return _json(*await readiness.told())

    async def metrics(_request: Request) -> Response:
        return Response(hub.parts.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)

    routes = [
        Route("/", _page),
        Route("/config.json", config),
        Route("/healthz", _health),
        Route("/livez", _health),
        Route("/readyz", ready),
        Route("/metrics", metrics),
        Route("/samples", _index),
        Route("/samples/{name}", _sample),
        Route("/schema", _schema),
        *(Route(f"/panel/{name}", _panel) for name in _PANEL_FILES),
        *(Route(f"/wall/{name}", _wall) for name in _WALL_FILES),
        Mount("/demo", StaticFiles(directory=_DEMO, check_dir=False)),
        Route("/host/config.json", framed),
        *framing.routes(),
    ]
    app = Starlette(routes=routes)
    app.add_middleware(_Guarded, listener=listener, framing=framing, public=public)
    return app


_ABOUT: Mapping[str, Any] = {"version": __version__, "subprotocol": SUBPROTOCOL}


class _Guarded:
    """Adds the headers that every answer carries."""

    def __init__(
        self, app: ASGIApp, listener: Listener, framing: Framing, public: str | None
    ) -> None:
        self._app = app
        self._public = public
        self._listener = listener
        self._framing = framing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        place = _socket_place(Request(scope), self._listener)
        policy = self._framing.policy(scope["path"], _policy(place, self._public))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self._app(scope, receive, guarded)


def _policy(place: str, public: str | None) -> str:
    sockets = (
        urlsplit(public)._replace(path="").geturl() if public else f"ws://{place} wss://{place}"
    )
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types lit-html"
    )


def _socket_place(request: Request, listener: Listener) -> str:
    """Return host and port of the WebSocket, as the page's own host is called."""
    named, _, _ = request.headers.get("host", "").partition("\n")
    host = re.sub(r":\d{1,5}$", "", named)
    if not _PLAIN_HOST.fullmatch(host):
        host = "127.0.0.1"
    return f"{host}:{listener.port}"


def _json(content: object, status: int = 200) -> Response:
    return JSONResponse(content, status, {"Cache-Control": "no-store"})


async def _page(_request: Request) -> Response:
    page = _DEMO / "index.html"
    if not page.is_file():
        raise HTTPException(404, "The demo page is not part of this installation.")
    return FileResponse(page)


async def _panel(request: Request) -> Response:
    return FileResponse(_PANEL / request.url.path.removeprefix("/panel/"))


async def _wall(request: Request) -> Response:
    return FileResponse(_WALL / (request.url.path.removeprefix("/wall/") or "index.html"))


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


async def _index(_request: Request) -> Response:
    return JSONResponse(_samples())


async def _sample(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in {sample["name"] for sample in _samples()}:
        raise HTTPException(404, "There is no sample of that name; see /samples.")
    return JSONResponse(_turns(name))


async def _schema(_request: Request) -> Response:
    return JSONResponse(_described(), media_type="application/schema+json")


@cache
def _samples() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((_SAMPLES / "index.json").read_bytes())
    return listed


@cache
def _turns(name: str) -> list[dict[str, Any]]:
    lines = (_SAMPLES / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@cache
def _described() -> dict[str, Any]:
    return json_schema()
