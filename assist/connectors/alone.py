"""A connector as a process of its own: the doors on an HTTP port, a client behind them.

The law: it takes deliveries in whether or not the service can be reached; what cannot be passed on
waits in the journal.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from assist.client import lasting
from assist.connectors.hall import Chosen, Hall
from assist.connectors.ingest import ClientIngest
from assist.connectors.pass_file import PassFile, told_of
from assist.errors import ClientFault
from assist.service.http import HttpServer
from assist.service.masks import Masks

__all__ = ["Alone"]

_log = structlog.get_logger("assist.connectors")


class Alone:
    """The connectors `chosen`, listening on `host` and `port`, for the service at `to`."""

    def __init__(  # noqa: PLR0913  what a process of its own is told
        self,
        chosen: Sequence[Chosen],
        *,
        to: str,
        host: str,
        port: int,
        journal: Path | None,
        token_file: Path | None = None,
        masks: Masks | None = None,
    ) -> None:
        self._chosen = chosen
        self._to = to
        self._host = host
        self._journal = journal
        self._pass_file = None if token_file is None else PassFile(token_file)
        self._trouble: ClientFault | None = ClientFault(
            "not connected yet", code="connection.none", retry=True
        )
        self._masks = masks
        self.port = port
        self.ready = asyncio.Event()

    async def run(self, stopping: asyncio.Event) -> None:
        """Listen until `stopping` is set."""
        token = self._pass_file
        sleep = asyncio.sleep if token is None else token.wait
        async with lasting(
            self._to, role="platform", token=token, wait=False, sleep=sleep, told=self._heard
        ) as client:
            registry = CollectorRegistry()
            ingest = ClientIngest(client)
            hall = Hall(self._chosen, ingest, self._journal, registry=registry, masks=self._masks)
            serving = asyncio.create_task(self._serve(hall, registry, stopping))
            refused = asyncio.create_task(client.ended())
            await asyncio.wait((serving, refused), return_when=asyncio.FIRST_COMPLETED)
            if refused.done():
                stopping.set()
            refused.cancel()
            await serving
            if refused.done() and not refused.cancelled():
                raise refused.result()

    async def _serve(
        self, hall: Hall, registry: CollectorRegistry, stopping: asyncio.Event
    ) -> None:
        async def health(_request: Request) -> Response:
            return PlainTextResponse("ok\n")

        async def metrics(_request: Request) -> Response:
            return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

        async def readiness(_request: Request) -> Response:
            trouble = self._trouble
            told = {} if trouble is None else {"service": f"{trouble.message} [{trouble.code}]"}
            return JSONResponse(
                {
                    "ready": not told,
                    "degraded": [*told],
                    "trouble": told,
                    "waiting": len(hall.pump),
                },
                503 if told else 200,
            )

        told = [
            Route("/healthz", health),
            Route("/readyz", readiness),
            Route("/metrics", metrics),
        ]
        app = Starlette(routes=[*hall.routes, *told])
        http = HttpServer(app, self._host, self.port)
        await http.start()
        self.port = http.port
        await hall.start()
        _log.info(f"ready http://{self._host}:{self.port}/in/", to=self._to)
        self.ready.set()
        try:
            await stopping.wait()
        finally:
            await http.close()
            await hall.stop()

    def _heard(self, trouble: ClientFault | None) -> None:
        self._trouble = trouble
        told_of(trouble)
