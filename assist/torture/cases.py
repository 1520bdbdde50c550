"""Who may not come in, and what nobody may say: a table.

The law: each case says what it says, and names the codes one of which must answer the last of it.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jwt

from assist.service.tokens import AUDIENCE, LONGEST_S, signed
from assist.wire.messages import Peer as Role

__all__ = ["Case", "cases"]

_BAD_TOKEN = (4101, "session.bad-token")
_NOT_ALLOWED = (4102, "session.not-allowed")
_NO_HELLO = (4100, "session.no-hello")
_AT = "2026-03-02T11:00:00Z"
_TURN = {
    "type": "turn",
    "conversation": "c",
    "turn": {"id": "t", "role": "customer", "text": "x", "at": _AT},
}
_SAID: Mapping[str, Mapping[str, Any]] = {
    "turn": _TURN,
    "open": {"type": "open", "conversation": "c"},
    "edit": {"type": "edit", "conversation": "c", "turn": "t", "text": "x", "at": _AT},
    "redact": {"type": "redact", "conversation": "c", "turn": "t", "at": _AT},
    "assign": {"type": "assign", "conversation": "c", "agent": None},
    "close": {"type": "close", "conversation": "c", "at": _AT},
    "subscribe": {"type": "subscribe", "conversation": "c"},
    "draft": {"type": "draft", "conversation": "c", "revision": 1, "text": "x"},
    "feedback": {
        "type": "feedback",
        "conversation": "c",
        "suggestion": "s",
        "action": "shown",
        "at": _AT,
    },
    "summarise": {"type": "summarise", "conversation": "c"},
    "held": {"type": "held", "conversation": "c"},
    "prefer": {"type": "prefer"},
    "acknowledge": {"type": "acknowledge", "conversation": "c", "alert": "a"},
}
_NOT_FOR: Mapping[Role, Sequence[str]] = {
    Role.AGENT: ("turn", "open", "edit", "redact", "assign", "close", "acknowledge"),
    Role.PLATFORM: ("subscribe", "draft", "feedback", "summarise", "held", "prefer", "acknowledge"),
    Role.SUPERVISOR: ("turn", "redact", "assign", "close", "draft", "feedback", "prefer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is said, with which headers, and what refuses it: close, error or HTTP codes."""

    name: str
    says: tuple[Mapping[str, Any], ...] = ()
    codes: tuple[int | str, ...]
    headers: Mapping[str, str] = field(default_factory=dict)


def cases(secret: bytes) -> tuple[Case, ...]:
    """Return all of them, for a service with this secret."""
    return (
        *_tokens(secret),
        *_roles(secret),
        *_words(secret),
        *_doors(secret),
    )


def _hello(token: str | None, role: Role = Role.AGENT, **more: object) -> dict[str, Any]:
    said = {"type": "hello", "protocol": 1, "role": str(role), "agent": "kim", **more}
    return said if token is None else {**said, "token": token}


def _tokens(secret: bytes) -> Iterator[Case]:
    now = time.time()
    good = {"aud": AUDIENCE, "role": "agent", "agent": "kim", "jti": "j", "exp": now + 60}

    def made(number: int, key: bytes = secret, how: str = "HS256", **changed: Any) -> str:
        claims = {**good, "jti": f"j{number}", **changed}
        told = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(told, key if how != "none" else None, algorithm=how)

    whole = made(0)
    head, body, sign = whole.split(".")
    for name, token in {
        "no token": None,
        "an empty token": "",
        "no token at all but words": "let me in",
        "two parts": f"{head}.{body}",
        "four parts": f"{whole}.{sign}",
        "no signature": f"{head}.{body}.",
        "another's signature": f"{head}.{body}.{made(1).split('.')[2]}",
        "a changed body": f"{head}.{body[:-2]}AA.{sign}",
        "a key of another": made(2, b"o" * 64),
        "algorithm none": made(3, how="none"),
        "algorithm HS384": made(4, how="HS384"),
        "algorithm HS512": made(5, how="HS512"),
        "expired": made(6, exp=now - 60),
        "no end": made(7, exp=None),
        "an end too far": made(8, exp=now + LONGEST_S * 2),
        "an end that is no number": made(9, exp="never"),
        "not yet good": made(10, nbf=now + 3600),
        "no audience": made(11, aud=None),
        "another audience": made(12, aud="elsewhere"),
        "many audiences": made(13, aud=[AUDIENCE, "elsewhere"]),
        "no id": made(14, jti=None),
        "no role": made(15, role=None),
        "an unknown role": made(16, role="root"),
        "a tenant that is no name": made(17, tenant="../zeta"),
    }.items():
        yield Case(name=f"token: {name}", says=(_hello(token),), codes=_BAD_TOKEN)


def _roles(secret: bytes) -> Iterator[Case]:
    for held in Role:
        for said in Role:
            if held is not said:
                token = signed(secret, role=held, ttl_s=60, agent="kim")
                yield Case(
                    name=f"{said} with the token of a {held}",
                    says=(_hello(token, said),),
                    codes=_NOT_ALLOWED,
                )
    token = signed(secret, role=Role.AGENT, ttl_s=60, agent="lee")
    yield Case(name="another agent's token", says=(_hello(token),), codes=_NOT_ALLOWED)


def _words(secret: bytes) -> Iterator[Case]:
    """Yield what a role may not say, and what reaches further than its token."""
    for role, which in _NOT_FOR.items():
        for name in which:
            token = signed(secret, role=role, ttl_s=60, agent="kim")
            yield Case(
                name=f"{name} by a {role}",
                says=(_hello(token, role), _SAID[name]),
                codes=_NOT_ALLOWED,
            )
    for name in ("subscribe", "draft", "feedback", "summarise", "held"):
        token = signed(secret, role=Role.AGENT, ttl_s=60, agent="kim", conversations=["mine"])
        yield Case(
            name=f"{name} beyond the token's conversations",
            says=(_hello(token), _SAID[name]),
            codes=_NOT_ALLOWED,
        )
    token = signed(secret, role=Role.AGENT, ttl_s=60, agent="kim")
    everything = {"type": "subscribe", "conversation": "*"}
    yield Case(name="* by an agent", says=(_hello(token), everything), codes=_NOT_ALLOWED)


def _doors(secret: bytes) -> Iterator[Case]:
    for name in ("turn", "subscribe", "prefer"):
        yield Case(name=f"{name} before hello", says=(_SAID[name],), codes=_NO_HELLO)
    token = signed(secret, role=Role.AGENT, ttl_s=60, agent="kim")
    yield Case(
        name="another protocol",
        says=(_hello(token, protocol=2),),
        codes=(4103, "session.protocol-version"),
    )
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example"):
        yield Case(name=f"origin {origin}", codes=(403,), headers={"Origin": origin})
