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

    def __init__(self, config: uvicorn.Config, keys_s: float) -> None:
        super().__init__(config)
        self._keys_s = keys_s
        self.opened = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open, and tell.

        uvicorn is given no socket to listen on: it has no word for how long keys may take.
        """
        await super().startup([])
        for listening in sockets or ():
            self.servers.append(await self._listening(listening))
        self.opened.set()

    async def _listening(self, opened: socket.socket) -> asyncio.Server:
        config = self.config
        return await asyncio.get_running_loop().create_server(
            lambda: config.http_protocol_class(  # type: ignore[call-arg]
                config=config, server_state=self.server_state, app_state=self.lifespan.state
            ),
            sock=opened,
            ssl=config.ssl,
            ssl_handshake_timeout=self._keys_s if config.ssl else None,
            backlog=config.backlog,
        )

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
        doorway = doorway or Doorway(Bounds())
        self._host = host
        self.port = port
        self.keys_s = doorway.bounds.keys_s
        self._server = _Server(
            uvicorn.Config(
                app,
                http=bounded(doorway),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=_DRAIN_S,
                ssl_context_factory=(lambda _config, _default: tls) if tls else None,
            ),
            self.keys_s,
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
