"""How a connection ends: the close codes, a sentence each, and whether to come back.

The law: 4000-4099 come back, 4100-4199 do not. Of the WebSocket standard's own codes, those that
mean a wrong use of the socket, or that all is done, do not come back either; a lost line does.
"""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

__all__ = ["Closing", "comes_back"]

_FOR_GOOD = frozenset({1000, 1002, 1003, 1007, 1008, 1009, 1010, *range(4100, 4200)})


class Closing(IntEnum):
    """A close code of this protocol."""

    BINARY = 1003
    FRAME_TOO_LARGE = 1009
    GOING_AWAY = 4000
    SLOW_CONSUMER = 4001
    RESTART = 4002
    TOO_MANY_BAD = 4008
    NO_HELLO = 4100
    BAD_TOKEN = 4101
    NOT_ALLOWED = 4102
    PROTOCOL_VERSION = 4103
    LOGGED_OUT = 4104

    @property
    def sentence(self) -> str:
        """Return the reason that goes with the code, and what to do."""
        return _SENTENCES[self]


_SENTENCES: Mapping[Closing, str] = MappingProxyType(
    {
        Closing.BINARY: "Binary frames are not spoken here; send JSON in text frames.",
        Closing.FRAME_TOO_LARGE: "The frame is over `limits.frame_bytes`; send smaller ones.",
        Closing.GOING_AWAY: "This server is going away; connect again.",
        Closing.SLOW_CONSUMER: "Events were not read fast enough; connect again and resume.",
        Closing.RESTART: "The service restarts; connect again and resume.",
        Closing.TOO_MANY_BAD: "Too many messages could not be read; correct them, then connect.",
        Closing.NO_HELLO: "The first message must be `hello`, within 10 seconds.",
        Closing.BAD_TOKEN: "The token is missing, wrong or expired; ask for a new one.",
        Closing.NOT_ALLOWED: "This connection is not allowed here; check role and token.",
        Closing.PROTOCOL_VERSION: "This server speaks protocol version 1; say so in `hello`.",
        Closing.LOGGED_OUT: "Logged out; connect again with a token of a new login.",
    }
)


def comes_back(code: int | None) -> bool:
    """Tell whether to connect again after this close code; None stands for a line that was lost."""
    return code not in _FOR_GOOD
