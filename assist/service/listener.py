"""The WebSocket port: from a TCP connection to a `Connection`.

The law: everything is bounded and plain: one path, one subprotocol, no compression, text frames up
to the limit. The only page here is `/healthz`.
"""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import NegotiationError
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from assist.service.admission import Gate, origin_allowed
from assist.service.connection import Connection
from assist.service.hub import Hub
from assist.service.ports import bound
from assist.settings import Settings
from assist.wire.closing import Closing
from assist.wire.messages import SUBPROTOCOL, Limits

__all__ = ["PATH", "Listener"]

PATH: Final = "/v1"

# The library writes frames, words and all, to its log at DEBUG, and other people's broken
# handshakes at ERROR: neither is to be kept.
_QUIET = logging.getLogger("assist.service.socket")
_QUIET.setLevel(logging.CRITICAL)


class Listener:
    """All sockets of one service."""

    def __init__(self, settings: Settings, hub: Hub, secret: bytes | None) -> None:
        self._settings = settings
        self._hub = hub
        self._secret = secret
        self._limits = Limits(
            frame_bytes=settings.frame_bytes,
            text_chars=settings.text_chars,
            turns_per_second=settings.turns_per_second,
        )
        self._connections: set[Connection] = set()
        self._server: Server | None = None
        self.port = settings.port

    def __len__(self) -> int:
        """Return how many sockets are open."""
        return len(self._connections)

    async def start(self) -> None:
        """Begin to listen."""
        socket = bound(self._settings.host, self._settings.port, option="--port")
        self.port = socket.getsockname()[1]
        self._server = await serve(
            self._converse,
            sock=socket,
            process_request=self._answer,
            select_subprotocol=_subprotocol,
            compression=None,
            max_size=self._settings.frame_bytes,
            server_header=None,
            logger=_QUIET,
        )

    def pause(self) -> None:
        """Take no new socket, and hear nothing more from the others."""
        if self._server is not None:
            self._server.close(close_connections=False)
        for connection in self._connections:
            connection.pause()

    async def close(self) -> None:
        """Send what waits, tell everybody to come back, and end."""
        self.pause()
        for connection in self._connections:
            connection.end(Closing.RESTART)
        if self._server is not None:
            await self._server.wait_closed()

    async def _converse(self, socket: ServerConnection) -> None:
        connection = Connection(
            socket, self._hub, self._limits, Gate(self._secret), self._settings.resume_window_s
        )
        self._connections.add(connection)
        try:
            await connection.converse()
        finally:
            self._connections.discard(connection)

    def _answer(self, socket: ServerConnection, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if path == "/healthz":
            return socket.respond(HTTPStatus.OK, "ok\n")
        if path != PATH:
            return socket.respond(HTTPStatus.NOT_FOUND, f"The WebSocket endpoint is {PATH}.\n")
        origins = request.headers.get_all("Origin")
        if len(origins) > 1 or not origin_allowed(
            origins[0] if origins else None, self._settings.origins
        ):
            return socket.respond(
                HTTPStatus.FORBIDDEN, "Pages of this origin may not connect; see `origins`.\n"
            )
        return None


def _subprotocol(
    socket: ServerConnection,  # noqa: ARG001  the library passes it
    offered: Sequence[Subprotocol],
) -> Subprotocol | None:
    """Return ours; a client that names none is taken to mean it."""
    if not offered:
        return None
    if SUBPROTOCOL in offered:
        return Subprotocol(SUBPROTOCOL)
    raise NegotiationError(f"the subprotocol here is {SUBPROTOCOL}")
