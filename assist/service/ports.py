"""Ports of this machine, and clear words where one cannot be had."""

import errno
import socket

from assist.errors import LocalFault

__all__ = ["bound"]

_BACKLOG = 1024
# What the kernel may hold for one peer that does not read; without it, megabytes.
_SEND_BYTES = 131_072


def bound(host: str, port: int, *, option: str) -> socket.socket:
    """Return a listening socket; `option` is what to change where there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        found = error
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BYTES)
        return listening
    place = f"port {port} on {host}"
    match found.errno:
        case errno.EADDRINUSE:
            raise LocalFault(
                f"{place} is in use: stop the other program, or choose another with {option}",
                code="server.port-in-use",
            )
        case errno.EACCES:
            raise LocalFault(
                f"{place} may not be used by this account: choose one above 1023 with {option}",
                code="server.port-not-allowed",
            )
        case _:
            raise LocalFault(
                f"{place} cannot be listened on ({found.strerror}): check --host and {option}",
                code="server.cannot-listen",
            )
