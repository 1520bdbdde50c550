"""What is done with a message that its role may say: checked against all the rest, and handed on.

The law: nothing gets to the hub that the token does not reach, that is over somebody's share, or
that finds no seat; and it gets there under the names that keep tenants apart. What is about the
connection itself is answered here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assist.__about__ import __version__
from assist.core.techniques import TECHNIQUES
from assist.errors import ClientFault
from assist.service.admission import Gate
from assist.service.asked import Asked
from assist.service.bus import Mailbox
from assist.service.hub import Hub
from assist.service.load import Seat
from assist.service.rations import Share
from assist.service.tenancy import Outward, keyed, keyed_message
from assist.service.terms import Terms
from assist.wire.closing import Closing
from assist.wire.messages import (
    PROTOCOL,
    ClientMessage,
    Hello,
    LoggedOut,
    Logout,
    Open,
    Pack,
    Peer,
    Renew,
    Renewed,
    ServerMessage,
    TurnMessage,
    Typing,
    Welcome,
    encode,
)
from assist.wire.times import check_times

__all__ = ["Hearing"]

_LOCALE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}")


@dataclass(slots=True, kw_only=True)
class Hearing:
    """One connection's messages on their way in.

    `greeted` is called once the token is known or renewed; `end` ends the connection.
    """

    hub: Hub
    terms: Terms
    gate: Gate
    mailbox: Mailbox
    address: str = field(repr=False)
    greeted: Callable[[], None]
    end: Callable[[Closing], None]
    hello: Hello | None = None

    @property
    def agent(self) -> str | None:
        """Return who is there, as they are called inside; None where nobody was named."""
        named = self.gate.agent(self.hello) if self.hello else None
        return keyed(self.gate.tenant, named) if named else named

    async def take(self, message: ClientMessage, received: float) -> None:
        """Do what is asked, or raise ClientFault."""
        if isinstance(message, Hello):
            await self.gate.keep()
            self._welcome(message)
            return
        self._ration(message, received)
        match message:
            case Renew():
                self.gate.renew(message)
                await self.gate.keep()
                self.greeted()
                self._tell(Renewed(re=message.id, expires=self._expires()))
            case Logout():
                self.gate.check(message)
                await self._log_out(message)
            case Typing():
                self.gate.check(message)
            case _:
                self._check(message)
                await self._hand_on(message, received)

    def _ration(self, message: ClientMessage, at: float) -> None:
        rations, tenant = self.terms.rations, self.gate.tenant
        rations.take(Share.ADDRESS, self.address, at)
        if isinstance(message, TurnMessage):
            rations.take(Share.TENANT, tenant, at)
        if self.hello is not None and self.hello.role is not Peer.PLATFORM:
            rations.take(Share.AGENT, self.agent or f"\x1e{id(self)}", at)

    def _check(self, message: ClientMessage) -> None:
        self.gate.check(message)
        now = datetime.fromtimestamp(self.hub.parts.clock.wall(), UTC)
        check_times(message, now, self.terms.ahead)
        if isinstance(message, Open):
            self._check_wishes(message)

    def _check_wishes(self, message: Open) -> None:
        """Refuse what cannot be granted, rather than open the conversation as if it were."""
        pack = self.hub.parts.line.pack_name
        if message.pack is not None and message.pack != pack:
            raise ClientFault(
                "`pack`: these rules are not in force here; leave it out, or name those that"
                " `welcome` names.",
                code="open.unknown-pack",
            )
        if message.locale is not None and not _LOCALE.fullmatch(message.locale):
            raise ClientFault(
                "`locale` is no language tag; send one such as `en-GB`, or leave it out.",
                code="open.unknown-locale",
            )

    async def _hand_on(self, message: ClientMessage, received: float) -> None:
        tenant = self.gate.tenant
        named = keyed_message(tenant, message)
        seat = await self._seat(named)
        await self.hub.take(
            Asked(
                message=named,
                mailbox=self.mailbox,
                received=received,
                agent=self.agent,
                peer=self.hello.role if self.hello else None,
                tenant=tenant,
                seat=seat,
            )
        )

    async def _seat(self, named: ClientMessage) -> Seat:
        return await self.terms.load.seat(str(getattr(named, "conversation", "")))

    def _welcome(self, hello: Hello) -> None:
        self.hello = hello
        self.mailbox.outward = Outward(self.gate.tenant)
        line = self.hub.parts.line
        self._tell(
            Welcome(
                re=hello.id,
                protocol=PROTOCOL,
                server=__version__,
                pack=Pack(name=line.pack_name, version=line.pack_version),
                limits=self.terms.limits,
                resume_window_s=self.terms.resume_window_s,
                expires=self._expires(),
                techniques=None if hello.role is Peer.PLATFORM else TECHNIQUES,
            )
        )
        self.greeted()

    async def _log_out(self, message: Logout) -> None:
        """End this connection, or all of the agent that is named and their tokens."""
        if message.agent is None:
            self._tell(LoggedOut(re=message.id, sessions=1))
            self.end(Closing.LOGGED_OUT)
            return
        try:
            await self.terms.door.log_out(self.gate.tenant, message.agent)
        finally:
            sessions = self.terms.sessions.log_out(keyed(self.gate.tenant, message.agent))
        self._tell(LoggedOut(re=message.id, agent=message.agent, sessions=sessions))

    def _expires(self) -> datetime | None:
        claims = self.gate.claims
        return None if claims is None else datetime.fromtimestamp(claims.expires, UTC)

    def _tell(self, message: ServerMessage) -> None:
        self.mailbox.put(encode(message).encode())
