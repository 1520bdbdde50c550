"""Requests of ours to the one server that an operator named.

The law: no redirect is followed and no proxy asked, for a request bears a token. What goes wrong is
a number: an error of the library's would bear the address, and with it perhaps the token.
"""

from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

__all__ = ["UNREACHED", "answer_of", "is_address"]

UNREACHED = 0
"""What stands for a status where no answer came."""

_WITHIN_S = 5.0


class _Nowhere(HTTPRedirectHandler):
    """Follows no redirect: the token is for the server that was named."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = build_opener(_Nowhere, ProxyHandler({}))


def is_address(base: str) -> bool:
    """Tell whether `base` is the address of a server, to which paths may be added."""
    parts = urlsplit(base)
    known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return known and not parts.query and not parts.fragment


def answer_of(request: Request | str, most: int = 0) -> tuple[int, bytes]:
    """Ask, and return the status with at most so many bytes of a good answer; it blocks."""
    try:
        with _OPENER.open(request, timeout=_WITHIN_S) as answer:
            return answer.status, answer.read(most)
    except HTTPError as error:
        error.close()
        return error.code, b""
    except (OSError, HTTPException):
        return UNREACHED, b""
