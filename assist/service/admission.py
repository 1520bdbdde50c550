"""Who may come in: origins and tokens.

The law: one algorithm, fixed here and never taken from the token; a token without an end is none.
Without a secret everybody on this machine is trusted. What a token holds is never logged.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt

from assist.errors import ClientFault, UsageError
from assist.wire.closing import Closing
from assist.wire.messages import ClientMessage, Hello, Peer, Prefer

__all__ = ["Gate", "origin_allowed", "read_secret", "signed"]

_ALGORITHM = "HS256"
_SHORTEST_SECRET = 32
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def origin_allowed(origin: str | None, allowed: tuple[str, ...] | None) -> bool:
    """Tell whether a page of `origin` may connect; a client that is no page names none."""
    if origin is None:
        return True
    if allowed is not None:
        return origin.rstrip("/") in allowed
    try:
        return urlsplit(origin).hostname in _THIS_MACHINE
    except ValueError:
        return False


def read_secret(path: Path) -> bytes:
    """Return the secret in `path`, without the blanks around it."""
    try:
        secret = path.read_bytes().strip()
    except OSError as error:
        raise UsageError(
            f"the secret of the tokens cannot be read from {path} ({error.strerror}): "
            "give a file that exists and may be read",
            code="settings.secret-unreadable",
        ) from None
    if len(secret) < _SHORTEST_SECRET:
        raise UsageError(
            f"the secret in {path} is too short: write at least {_SHORTEST_SECRET} random bytes",
            code="settings.secret-too-short",
        )
    return secret


def signed(  # noqa: PLR0913  a token says as much as it says
    secret: bytes,
    *,
    role: Peer,
    ttl_s: float,
    agent: str | None = None,
    conversation: str | None = None,
    now: float | None = None,
) -> str:
    """Return a token for that role, good for `ttl_s` seconds."""
    issued = int(time.time() if now is None else now)
    claims = {
        "role": str(role),
        "agent": agent,
        "conversation": conversation,
        "iat": issued,
        "exp": issued + int(ttl_s),
    }
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


@dataclass(slots=True)
class Gate:
    """The gate of one connection: looks at the token in `hello`, and keeps what it allows."""

    secret: bytes | None
    conversation: str | None = None
    agent: str | None = None
    expires: float | None = None

    def __call__(self, hello: Hello) -> None:
        """Let `hello` in or raise ClientFault."""
        if self.secret is None:
            return
        claims = _claims(hello.token, self.secret)
        if claims.get("role") != hello.role or claims.get("agent", hello.agent) != hello.agent:
            raise ClientFault(
                Closing.NOT_ALLOWED.sentence, code="session.not-allowed", close=Closing.NOT_ALLOWED
            )
        self.conversation = claims.get("conversation")
        self.agent = claims.get("agent")
        self.expires = float(claims["exp"])

    def check(self, message: ClientMessage) -> None:
        """Raise ClientFault where the token does not reach as far as `message`."""
        if isinstance(message, Prefer):
            self._check_agent()
            return
        named = getattr(message, "conversation", None)
        if self.conversation is not None and named != self.conversation:
            raise ClientFault(
                "The token of this connection is for another conversation; connect with its own.",
                code="session.not-allowed",
            )

    def _check_agent(self) -> None:
        if self.secret is not None and self.agent is None:
            raise ClientFault(
                "The token of this connection names no agent; connect with one that does.",
                code="session.not-allowed",
            )

    def seconds_left(self, now: float) -> float | None:
        """Return for how long the token is still good, None for ever."""
        return None if self.expires is None else self.expires - now


def _claims(token: str | None, secret: bytes) -> Mapping[str, Any]:
    try:
        return jwt.decode(
            token or "", secret, algorithms=[_ALGORITHM], options={"require": ["exp", "role"]}
        )
    except jwt.InvalidTokenError:
        pass
    raise ClientFault(Closing.BAD_TOKEN.sentence, code="session.bad-token", close=Closing.BAD_TOKEN)
