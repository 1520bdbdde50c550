"""Which web pages may connect.

The law: an origin is compared as scheme, host and port, never as a piece of text; what is no plain
origin, `null` above all, is nobody's. A client that is no page names none, and is not held up here.
"""

import re
from typing import Final, NamedTuple

__all__ = ["Origin", "origin_allowed", "origin_of"]

_ORIGIN: Final = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://"
    r"(?P<host>\[[0-9a-f:.]+\]|[^\s/?#@:\[\]\\%]+)(?::(?P<port>[0-9]{1,5}))?",
    re.IGNORECASE,
)
_PORTS: Final = {"http": 80, "https": 443}
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Origin(NamedTuple):
    """Where a page comes from: all in small letters, the host as it is called on the wire."""

    scheme: str
    host: str
    port: int | None


def origin_of(text: str) -> Origin | None:
    """Return the origin that `text` names, None where it is none."""
    found = _ORIGIN.fullmatch(text)
    if found is None:
        return None
    scheme, host = found["scheme"].lower(), _ascii(found["host"])
    if host is None:
        return None
    port = int(found["port"]) if found["port"] else _PORTS.get(scheme)
    return Origin(scheme=scheme, host=host, port=port)


def origin_allowed(origin: str | None, allowed: tuple[str, ...] | None) -> bool:
    """Tell whether a page of `origin` may connect: one on the list, or without one, ours."""
    if origin is None:
        return True
    came = origin_of(origin)
    if came is None:
        return False
    if allowed is not None:
        return came in {origin_of(one.rstrip("/")) for one in allowed}
    return came.scheme in _PORTS and came.host in _THIS_MACHINE


def _ascii(host: str) -> str | None:
    """Return the host in small letters, a name of other scripts as it is called on the wire."""
    try:
        return host.lower() if host.isascii() else host.lower().encode("idna").decode()
    except UnicodeError:
        return None
