"""What a token says, how it is signed, and what makes one good.

The law: one algorithm and one audience, fixed here and never taken from the token; a token without
an end, or without an id of its own, is none. What a token holds is never logged, nor told.
"""

import json
import math
import secrets as dice
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import jwt
from pydantic import Field, TypeAdapter, ValidationError

from assist.errors import ClientFault, UsageError
from assist.wire.closing import Closing
from assist.wire.messages import Peer
from assist.wire.shapes import ConversationId, Id, Shape

__all__ = ["AUDIENCE", "LONGEST_S", "Claims", "bad_token", "claims_of", "read_secrets", "signed"]

AUDIENCE: Final = "assist"
LONGEST_S: Final = 86_400.0
"""How far ahead a token's end may lie: tokens are for a connection, not for a person."""

_ALGORITHM: Final = "HS256"
_SHORTEST_SECRET: Final = 32
_LEEWAY_S: Final = 5.0
_REQUIRED: Final = ("exp", "aud", "jti", "role")
_Tenant = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,64}$")]


class _Payload(Shape):
    """A token's claims, as they stand in it."""

    role: Peer
    jti: Annotated[str, Field(min_length=1, max_length=200)]
    exp: float
    iat: float = 0.0
    agent: Id | None = None
    tenant: _Tenant = ""
    conversation: ConversationId | None = None
    conversations: tuple[ConversationId, ...] | None = None


_PAYLOAD: TypeAdapter[_Payload] = TypeAdapter(_Payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Who somebody is, and how far they may reach.

    `tenant` is '' where there is only one; `conversations` None means all of the tenant's. `number`
    is the token's own id, `issued` and `expires` are seconds since 1970.
    """

    role: Peer
    tenant: str
    agent: str | None
    conversations: frozenset[str] | None
    number: str
    issued: float
    expires: float

    def reaches(self, conversation: str) -> bool:
        """Tell whether this conversation may be named."""
        return self.conversations is None or conversation in self.conversations

    def reaches_as_far_as(self, other: "Claims") -> bool:
        """Tell whether whoever held `other` is the same, and loses nothing with this."""
        same = (self.role, self.tenant, self.agent) == (other.role, other.tenant, other.agent)
        if self.conversations is None or other.conversations is None:
            return same and self.conversations is None
        return same and self.conversations >= other.conversations


def read_secrets(path: Path) -> tuple[bytes, ...]:
    """Return the secrets in `path`, one a line: the first signs, all verify.

    A file that is not text is one secret. Raises UsageError where there is none to be had.
    """
    try:
        content = path.read_bytes().strip()
    except OSError as error:
        raise UsageError(
            f"the secret of the tokens cannot be read from {path} ({error.strerror}): "
            "give a file that exists and may be read",
            code="settings.secret-unreadable",
        ) from None
    secrets = tuple(line for line in _lines(content) if line)
    for place, secret in enumerate(secrets or (b"",), 1):
        if len(secret) < _SHORTEST_SECRET:
            raise UsageError(
                f"{path}:{place}: the secret is too short: write at least {_SHORTEST_SECRET} random"
                " characters a line, such as `openssl rand -hex 32` prints",
                code="settings.secret-too-short",
            )
        if _is_key(secret):
            raise UsageError(
                f"{path}:{place}: this is a key of other programs, and perhaps a public one: write"
                " random characters, such as `openssl rand -hex 32` prints",
                code="settings.secret-is-key",
            )
    return secrets


def signed(  # noqa: PLR0913  a token says as much as it says
    secret: bytes,
    *,
    role: Peer,
    ttl_s: float,
    agent: str | None = None,
    tenant: str = "",
    conversations: Iterable[str] | None = None,
    now: float | None = None,
) -> str:
    """Return a token for that role, good once and for `ttl_s` seconds.

    Without `conversations` it reaches all of the tenant's, and with them only those.
    """
    issued = time.time() if now is None else now
    claims = {
        "aud": AUDIENCE,
        "role": str(role),
        "agent": agent,
        "tenant": tenant or None,
        "conversations": None if conversations is None else list(conversations),
        "iat": _earlier(issued),  # never after it was issued: `Door.log_out` relies on it
        "exp": _earlier(issued + ttl_s),
        "jti": dice.token_urlsafe(16),
    }
    told = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(told, secret, algorithm=_ALGORITHM)


def claims_of(
    token: str | None, secrets: tuple[bytes, ...], *, longest_s: float, now: float
) -> Claims:
    """Return what `token` says; raise ClientFault, always the same, where anything is wrong."""
    payload = _payload(_decoded(token or "", secrets))
    if payload is None or not now < payload.exp <= now + longest_s + _LEEWAY_S:
        raise bad_token()
    conversations = payload.conversations
    if payload.conversation is not None:
        conversations = (*(conversations or ()), payload.conversation)
    return Claims(
        role=payload.role,
        tenant=payload.tenant,
        agent=payload.agent,
        conversations=None if conversations is None else frozenset(conversations),
        number=payload.jti,
        issued=payload.iat,
        expires=payload.exp,
    )


def bad_token() -> ClientFault:
    """Return the one answer to every token that is not good."""
    return ClientFault(
        Closing.BAD_TOKEN.sentence, code="session.bad-token", close=Closing.BAD_TOKEN
    )


def _earlier(seconds: float) -> float:
    """Return the time to the millisecond, never a later one."""
    return math.floor(seconds * 1000) / 1000


def _is_key(secret: bytes) -> bool:
    """Tell whether the library would refuse to sign with `secret`, each time anew."""
    try:
        jwt.encode({}, secret, algorithm=_ALGORITHM)
    except jwt.InvalidKeyError:
        return True
    return False


def _lines(content: bytes) -> list[bytes]:
    try:
        content.decode()
    except UnicodeDecodeError:
        return [content]
    return [line.strip() for line in content.splitlines()]


def _decoded(token: str, secrets: tuple[bytes, ...]) -> Mapping[str, Any] | None:
    for secret in secrets:
        try:
            return jwt.decode(
                token,
                secret,
                algorithms=[_ALGORITHM],
                audience=AUDIENCE,
                leeway=_LEEWAY_S,
                options={"require": list(_REQUIRED), "strict_aud": True},
            )
        except jwt.InvalidSignatureError:
            continue
        except (jwt.InvalidTokenError, OverflowError, ValueError):
            return None
    return None


def _payload(claims: Mapping[str, Any] | None) -> _Payload | None:
    """Return the claims as ours, None where they are not; out of the except clause, no cause."""
    if claims is None:
        return None
    try:
        return _PAYLOAD.validate_json(json.dumps(claims))
    except (ValidationError, ValueError):
        return None
