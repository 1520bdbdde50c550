"""What one peer of an HTTP port may take up: so many connections, and so long for a request.

The law: the keys of TLS, a request's head, its body and its answer have a time each, and who is
slower is sent away.
Connections are bounded, of each address and in all; one too many is told to come back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from assist.service.addresses import Crowd, address_of
from assist.service.clock import Alarm, Clock, LoopClock
from assist.service.tls import KEYS_S

__all__ = ["Bounds", "Doorway", "bounded"]

_EVERYBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Seconds for each part of a request, and how many connections there may be at once.

    `each` bounds those of one address that is none of `proxies`; `most` bounds all of them.
    """

    keys_s: float = KEYS_S
    head_s: float = 10.0
    body_s: float = 30.0
    answer_s: float = 60.0
    each: int = 256
    most: int = 512
    proxies: frozenset[str] = frozenset()


class Doorway:
    """The connections of one HTTP port; `refused` is told in a word of each that is sent away."""

    def __init__(
        self,
        bounds: Bounds,
        *,
        clock: Clock | None = None,
        refused: Callable[[str], object] = lambda _why: None,
    ) -> None:
        self.bounds = bounds
        self.clock = clock or LoopClock()
        self.refused = refused
        self._of_each = Crowd(bounds.each)
        self._of_all = Crowd(bounds.most)

    def enter(self, address: str) -> bool:
        """Count one more; False, and not counted, where there are too many."""
        if not self._of_all.enter(_EVERYBODY):
            return False
        if address in self.bounds.proxies or self._of_each.enter(address):
            return True
        self._of_all.leave(_EVERYBODY)
        return False

    def leave(self, address: str) -> None:
        """Count one less."""
        self._of_all.leave(_EVERYBODY)
        if address not in self.bounds.proxies:
            self._of_each.leave(address)


def bounded(doorway: Doorway) -> type[H11Protocol]:
    """Return the protocol whose connections go through `doorway`."""
    return type("BoundedProtocol", (_Protocol,), {"doorway": doorway})


class _Protocol(H11Protocol):
    """One connection. How far its request has come is told by h11: the state of the peer."""

    doorway: Doorway
    _address: str | None = None
    _stage: object = None
    _overdue: Alarm | None = None

    def connection_made(self, transport: Any) -> None:
        """Let them in, or send them away."""
        super().connection_made(transport)
        address = address_of(self.client[0] if self.client else "", (), frozenset())
        if self.doorway.enter(address):
            self._address = address
            self._look()
        else:
            self._send_away("connections", b"503 Service Unavailable")

    def connection_lost(self, exc: Exception | None) -> None:
        """Count one less."""
        self._forget_time()
        if self._address is not None:
            self.doorway.leave(self._address)
            self._address = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came, and see how far that is."""
        if self._address is not None:
            super().data_received(data)
            self._look()

    def on_response_complete(self) -> None:
        """Go on with the next request."""
        super().on_response_complete()
        self._look()

    def _look(self) -> None:
        """Where another part of a request began, set its time."""
        stage = (self.conn.their_state, id(self.cycle))
        if stage == self._stage:
            return
        self._stage = stage
        self._forget_time()
        if not self.transport.is_closing():
            self._overdue = self.doorway.clock.call_later(self._seconds(), self._be_overdue)

    def _seconds(self) -> float:
        bounds = self.doorway.bounds
        match self.conn.their_state:
            case h11.IDLE:
                return bounds.head_s
            case h11.SEND_BODY:
                return bounds.body_s
            case _:
                return bounds.answer_s

    def _be_overdue(self) -> None:
        if self.conn.their_state in {h11.IDLE, h11.SEND_BODY}:
            self._send_away("slow", b"408 Request Timeout")
        else:
            self.doorway.refused("slow")
            self.transport.abort()

    def _send_away(self, why: str, status: bytes) -> None:
        self.doorway.refused(why)
        cycle = getattr(self, "cycle", None)  # typed as if there always were one
        if cycle is None or not cycle.response_started or cycle.response_complete:
            self.transport.write(
                b"HTTP/1.1 %b\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                % status
            )
        if self.flow.write_paused:
            self.transport.abort()
        else:
            self.transport.close()

    def _forget_time(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
