"""Who may come in, and how far: the door of a service, and the gate of each connection.

The law: without a secret everybody on this machine is trusted. With one, a token is good once, for
one role, one agent and one tenant, until its end or until its agent is logged out, also where the
service was started anew in between; and everything that is said is held against it, not only the
first word. What the log keeps of that are digests.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2s
from ipaddress import ip_address

from assist.errors import ClientFault, StoreError
from assist.service.remembered import Remembered
from assist.service.store import Reminder, TurnLog
from assist.service.tokens import LONGEST_S, Claims, bad_token, claims_of
from assist.wire.closing import Closing
from assist.wire.messages import ClientMessage, Hello, Logout, Prefer, Renew

__all__ = ["Door", "Gate", "beyond_loopback"]

_STORE_BACK_S = 5.0


def beyond_loopback(host: str) -> bool:
    """Tell whether others than this machine can reach `host`; a name counts as reachable."""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


@dataclass(slots=True)
class Door:
    """What all connections of one service share: the secrets, and which tokens are used up."""

    secrets: tuple[bytes, ...] = field(default=(), repr=False)
    longest_s: float = LONGEST_S
    now: Callable[[], float] = time.time
    kept: Remembered = field(default_factory=Remembered, repr=False)
    _log: TurnLog | None = field(default=None, repr=False)

    @property
    def open(self) -> bool:
        """Tell whether no token is asked for."""
        return not self.secrets

    def read(self, token: str | None) -> Claims:
        """Return what `token` says; raise ClientFault where it is not good, or no longer."""
        now = self.now()
        claims = claims_of(token, self.secrets, longest_s=self.longest_s, now=now)
        since = self.kept.figure(_mark("logged out", claims.tenant, claims.agent or ""))
        gone = claims.agent is not None and since is not None and claims.issued <= since
        if gone or self.kept.figure(_used(claims)) is not None:
            raise bad_token()
        return claims

    async def remember_by(self, log: TurnLog) -> None:
        """Keep in `log` what must outlast the process, and go on with what stands there."""
        now = self.now()
        for one in await log.remembered(now):
            self.kept.put(one.name, one.figure, until=one.until, now=now)
        self._log = log

    def use_up(self, claims: Claims) -> None:
        """See that the token cannot be used again, as long as the process lives."""
        self.kept.put(_used(claims), claims.issued, until=claims.expires, now=self.now())

    async def keep_used(self, claims: Claims) -> None:
        """See that it cannot be used after that either; ClientFault where that cannot be kept."""
        await self._keep(Reminder(name=_used(claims), figure=claims.issued, until=claims.expires))

    async def log_out(self, tenant: str, agent: str) -> None:
        """See that no token made for that agent until now is good; ClientFault as above."""
        now = self.now()
        until, name = now + self.longest_s, _mark("logged out", tenant, agent)
        self.kept.put(name, now, until=until, now=now)
        await self._keep(Reminder(name=name, figure=now, until=until))

    async def _keep(self, reminder: Reminder) -> None:
        try:
            if self._log is not None:
                await self._log.remember(reminder, self.now())
        except StoreError as error:
            raise ClientFault(
                "The server cannot store anything just now; wait, then connect again.",
                code=error.code,
                close=Closing.GOING_AWAY,
                retry_after_s=_STORE_BACK_S,
            ) from None


@dataclass(slots=True)
class Gate:
    """The gate of one connection: looks at the token in `hello`, and keeps what it allows."""

    door: Door
    claims: Claims | None = field(default=None, repr=False)

    def __call__(self, hello: Hello) -> None:
        """Let `hello` in or raise ClientFault."""
        if self.door.open:
            return
        claims = self.door.read(hello.token)
        another = claims.agent is not None and hello.agent not in {None, claims.agent}
        if another or claims.role is not hello.role:
            raise ClientFault(
                Closing.NOT_ALLOWED.sentence, code="session.not-allowed", close=Closing.NOT_ALLOWED
            )
        self.door.use_up(claims)
        self.claims = claims

    async def keep(self) -> None:
        """See that the token it was opened with is never good again; else raise ClientFault."""
        if self.claims is not None:
            await self.door.keep_used(self.claims)

    @property
    def tenant(self) -> str:
        """Return whose conversations these are, '' where there is only one tenant."""
        return self.claims.tenant if self.claims else ""

    def agent(self, hello: Hello) -> str | None:
        """Return who is there: with tokens only by the token's word, '' where it names nobody."""
        return hello.agent if self.claims is None else self.claims.agent or ""

    def renew(self, message: Renew) -> None:
        """Go on with a newer token, or raise ClientFault and stay with the one there is."""
        if self.claims is None:
            return
        try:
            self.claims = self._newer(message.token, self.claims)
        except ClientFault as fault:
            fault.close = None
            raise

    def _newer(self, token: str, claims: Claims) -> Claims:
        newer = self.door.read(token)
        if not newer.reaches_as_far_as(claims):
            raise ClientFault(
                "`token`: it is for another role, agent or tenant, or reaches less far than the"
                " one before; connect anew with it.",
                code="session.not-allowed",
            )
        self.door.use_up(newer)
        return newer

    def check(self, message: ClientMessage) -> None:
        """Raise ClientFault where the token does not reach as far as `message`."""
        if self.claims is None:
            return
        if isinstance(message, Prefer) and self.claims.agent is None:
            raise _not_allowed("names no agent; connect with one that does")
        if self.claims.conversations is None or isinstance(message, Prefer):
            return
        if isinstance(message, Logout) and message.agent is None:
            return
        named = getattr(message, "conversation", None)
        if not isinstance(named, str) or not self.claims.reaches(named):
            raise _not_allowed("is for other conversations; connect with one that names this")

    def seconds_left(self) -> float | None:
        """Return for how long the token is still good, None for ever."""
        return None if self.claims is None else self.claims.expires - self.door.now()


def _used(claims: Claims) -> bytes:
    return _mark("used", claims.tenant, claims.number)


def _mark(*words: str) -> bytes:
    """Return what stands for these words."""
    return blake2s(json.dumps(words).encode(), digest_size=16).digest()


def _not_allowed(why: str) -> ClientFault:
    return ClientFault(f"The token of this connection {why}.", code="session.not-allowed")
