"""uvicorn, embedded: the one place that knows how to run it without its own signal care.

The law: `capture_signals` is not a documented name of uvicorn; it is touched here and nowhere else.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from assist.service.http_bounds import Bounds, Doorway, bounded
from assist.service.ports import bound

__all__ = ["HttpServer"]

_DRAIN_S = 2


class _Server(uvicorn.Server):
    """A server that leaves the signals to whoever runs it, and tells when it is open."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.opened = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open, and tell."""
        await super().startup(sockets)
        self.opened.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class HttpServer:
    """One HTTP port in the running loop."""

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        tls: ssl.SSLContext | None = None,
        doorway: Doorway | None = None,
    ) -> None:
        self._host = host
        self.port = port
        self._server = _Server(
            uvicorn.Config(
                app,
                http=bounded(doorway or Doorway(Bounds())),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=_DRAIN_S,
                ssl_context_factory=(lambda _config, _default: tls) if tls else None,
            )
        )
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen."""
        listening = bound(self._host, self.port, option="--http-port")
        self.port = listening.getsockname()[1]
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]))
        await self._server.opened.wait()

    async def close(self) -> None:
        """Finish what was begun and stop."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task
        # Asked to end before it had begun, uvicorn leaves its sockets as they are.
        for listening in getattr(self._server, "servers", ()):
            listening.close()
