"""The WebSocket port: from a TCP connection to a `Connection`.

The law: everything is bounded and plain: one path, one subprotocol, no compression, text frames up
to the limit, so many connections an address. The only page here is `/healthz`.
"""

import logging
import math
import ssl
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import structlog
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import NegotiationError
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.typing import Subprotocol

from assist.errors import ClientFault
from assist.service.addresses import address_of
from assist.service.admission import beyond_loopback
from assist.service.clock import LoopClock
from assist.service.connection import Connection
from assist.service.hub import Hub
from assist.service.origins import origin_allowed
from assist.service.ports import bound
from assist.service.rations import Share
from assist.service.strangers import Strangers
from assist.service.terms import Terms
from assist.service.tls import KEYS_S
from assist.service.turnstile import Turnstile
from assist.settings import Settings
from assist.wire.closing import Closing
from assist.wire.messages import SUBPROTOCOL

__all__ = ["PATH", "Listener"]

PATH: Final = "/v1"

_APART_S: Final = 0.004
"""Between two newcomers, each of whom takes about a millisecond: the rest is for who is inside."""
_MOST_WAIT: Final = 10_000

# The library writes frames, words and all, to its log at DEBUG, and other people's broken
# handshakes at ERROR: neither is to be kept.
_QUIET = logging.getLogger("assist.service.socket")
_QUIET.setLevel(logging.CRITICAL)

_OPEN_DOOR = "no token is asked for: anybody who can reach this address may read every chat"
_log = structlog.get_logger("assist.service")


class Listener:
    """All sockets of one service."""

    def __init__(
        self,
        settings: Settings,
        hub: Hub,
        terms: Terms,
        *,
        tls: ssl.SSLContext | None = None,
        keys_s: float = KEYS_S,
    ) -> None:
        self._settings = settings
        self._hub = hub
        self._tls = tls
        self.keys_s = keys_s
        self.terms = terms
        self._connections: set[Connection] = set()
        self._server: Server | None = None
        self._strangers = Strangers(hub.parts.clock)
        self._turnstile = Turnstile(_APART_S, LoopClock())
        self.port = settings.port

    def __len__(self) -> int:
        """Return how many sockets are open."""
        return len(self._connections)

    @property
    def waiting(self) -> int:
        """Return how many messages wait to be sent, to all of them together."""
        return sum(connection.waiting for connection in self._connections)

    async def start(self) -> None:
        """Begin to listen, and say so loudly where everybody may come in."""
        if self.terms.door.open and beyond_loopback(self._settings.host):
            _log.warning(_OPEN_DOOR, host=self._settings.host, setting="token_secret_file")
        socket = bound(self._settings.host, self._settings.port, option="--port")
        self.port = socket.getsockname()[1]
        self._server = await serve(
            self._converse,
            sock=socket,
            ssl=self._tls,
            process_request=self._answer,
            select_subprotocol=_subprotocol,
            compression=None,
            ping_interval=None,  # see `Pulse`
            ssl_handshake_timeout=self.keys_s if self._tls else None,
            max_size=self._settings.frame_bytes,
            server_header=None,
            logger=_QUIET,
        )

    def pause(self) -> None:
        """Take no new socket, and hear nothing more from the others."""
        if self._server is not None:
            self._server.close(close_connections=False)
        self._turnstile.open()
        for connection in self._connections:
            connection.pause()

    async def close(self, closing: Closing = Closing.RESTART) -> None:
        """Send what waits, tell everybody to come back, and end."""
        self.pause()
        for connection in self._connections:
            connection.end(closing)
        if self._server is not None:
            await self._server.wait_closed()

    async def _converse(self, socket: ServerConnection) -> None:
        address = self._address(socket, socket.request)
        if not self.terms.crowd.enter(address):  # another of theirs was quicker
            await socket.close(Closing.GOING_AWAY, Closing.GOING_AWAY.sentence)
            return
        connection = Connection(socket, self._hub, self.terms, address)
        self._connections.add(connection)
        try:
            await connection.converse()
        finally:
            self._connections.discard(connection)
            self.terms.crowd.leave(address)
        await socket.close()  # as the library would do next
        _part(socket)

    async def _answer(self, socket: ServerConnection, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if path == "/healthz":
            return socket.respond(HTTPStatus.OK, "ok\n")
        if path != PATH:
            return socket.respond(HTTPStatus.NOT_FOUND, f"The WebSocket endpoint is {PATH}.\n")
        origins = request.headers.get_all("Origin")
        if len(origins) > 1 or not origin_allowed(
            origins[0] if origins else None, self._settings.origins
        ):
            self._strangers.turn_away()
            return socket.respond(
                HTTPStatus.FORBIDDEN, "Pages of this origin may not connect; see `origins`.\n"
            )
        refusal, lost = self._crowded(socket, request), socket.connection_lost_waiter
        if refusal is None and not await self._turnstile.pass_through(lost):
            refusal = socket.respond(HTTPStatus.SERVICE_UNAVAILABLE, "Gone while it waited.\n")
        return refusal

    def _crowded(self, socket: ServerConnection, request: Request) -> Response | None:
        """Return the refusal of one connection too many, or too soon, from one address."""
        address = self._address(socket, request)
        wait = 1.0
        try:
            now = self._hub.parts.clock.monotonic()
            self.terms.rations.take(Share.ADDRESS, address, now)
            if not self.terms.crowd.full(address) and len(self._turnstile) < _MOST_WAIT:
                return None
        except ClientFault as fault:
            wait = fault.retry_after_s or wait
        self._hub.parts.metrics.errors.labels("limit.address").inc()
        refusal = socket.respond(
            HTTPStatus.TOO_MANY_REQUESTS, "Too many connections of this address; wait.\n"
        )
        refusal.headers["Retry-After"] = str(math.ceil(wait))
        return refusal

    def _address(self, socket: ServerConnection, request: Request | None) -> str:
        peer = socket.remote_address
        host = str(peer[0]) if isinstance(peer, tuple) and peer else ""
        headers = request.headers.get_all("X-Forwarded-For") if request else ()
        return address_of(host, headers, self.terms.proxies)


def _part(socket: ServerConnection) -> None:
    """Undo the circles in which the library holds a connection that is over.

    They are 10 KiB each, and whole collections are minutes apart.
    """
    if socket.state is State.CLOSED:
        vars(socket.protocol).pop("select_subprotocol", None)
        socket.protocol.parser.close()


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
