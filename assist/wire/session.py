"""Who may say what when, on one connection.

The law is the table `LAW`; this module only looks things up in it and counts. It does no I/O and
asks no clock: the shell passes text and the seconds of its own steady clock, and sends and closes
as it is told.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pydantic_core import from_json

from assist.errors import ClientFault
from assist.wire.closing import Closing
from assist.wire.messages import (
    ANY_CONVERSATION,
    PROTOCOL,
    Ack,
    Acknowledge,
    Assign,
    ClientMessage,
    Close,
    Draft,
    Edit,
    Erase,
    Erased,
    ErrorMessage,
    Feedback,
    HeldBack,
    Hello,
    Limits,
    ListHeld,
    LoggedOut,
    Logout,
    Open,
    Peer,
    Prefer,
    Preferences,
    Redact,
    Renew,
    Renewed,
    Review,
    ServerMessage,
    Snapshot,
    Snooze,
    Subscribe,
    Summarise,
    SummaryMessage,
    TurnMessage,
    Typing,
    Unsubscribe,
    Welcome,
    parse,
)
from assist.wire.rates import Allowance
from assist.wire.render import error_message

__all__ = ["HELLO_WITHIN", "LAW", "Accepted", "Admission", "Law", "Refused", "Session", "State"]

HELLO_WITHIN = 10.0
_BAD_ALLOWED = 10
_BAD_WINDOW = 60.0


class State(StrEnum):
    """Where a connection stands."""

    NEW = "new"
    READY = "ready"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """In which state and from whom a message is welcome, and what answers it."""

    state: State = State.READY
    peers: frozenset[Peer]
    answer: type[ServerMessage] | None


_ALL = frozenset(Peer)
_PLATFORM = frozenset({Peer.PLATFORM})
_AGENT = frozenset({Peer.AGENT})
_SUPERVISOR = frozenset({Peer.SUPERVISOR})
_WATCHING = _AGENT | _SUPERVISOR

LAW: Mapping[type[ClientMessage], Law] = MappingProxyType(
    {
        Hello: Law(state=State.NEW, peers=_ALL, answer=Welcome),
        Renew: Law(peers=_ALL, answer=Renewed),
        Logout: Law(peers=_ALL, answer=LoggedOut),
        Open: Law(peers=_PLATFORM, answer=Ack),
        TurnMessage: Law(peers=_PLATFORM, answer=Ack),
        Edit: Law(peers=_PLATFORM, answer=Ack),
        Redact: Law(peers=_PLATFORM, answer=Ack),
        Erase: Law(peers=_PLATFORM, answer=Erased),
        Typing: Law(peers=_PLATFORM | _AGENT, answer=None),
        Assign: Law(peers=_PLATFORM, answer=Ack),
        Close: Law(peers=_PLATFORM, answer=Ack),
        Subscribe: Law(peers=_WATCHING, answer=Snapshot),
        Unsubscribe: Law(peers=_WATCHING, answer=Ack),
        Draft: Law(peers=_AGENT, answer=Review),
        Feedback: Law(peers=_AGENT, answer=Ack),
        Snooze: Law(peers=_AGENT, answer=Ack),
        Prefer: Law(peers=_AGENT, answer=Preferences),
        ListHeld: Law(peers=_AGENT, answer=HeldBack),
        Acknowledge: Law(peers=_SUPERVISOR, answer=Ack),
        Summarise: Law(peers=_WATCHING, answer=SummaryMessage),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The message may be acted upon."""

    message: ClientMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Send `error`; where `close` is set, close with it afterwards."""

    error: ErrorMessage
    close: Closing | None = None


Admission = Callable[[Hello], None]
"""Looks at the token; raises ClientFault (with `close`) where it is not good."""


class Session:
    """One connection's state: what was said so far decides what may be said next."""

    def __init__(self, limits: Limits, admit: Admission) -> None:
        self.state = State.NEW
        self.hello: Hello | None = None
        self._limits = limits
        self._admit = admit
        self._bad: deque[float] = deque(maxlen=_BAD_ALLOWED)
        self._turns = Allowance(limits.turns_per_second)

    @property
    def peer(self) -> Peer | None:
        """Return who is at the other end, or None before `hello`."""
        return self.hello.role if self.hello else None

    def receive(self, text: str, at: float) -> Accepted | Refused:
        """Return what is to be done with `text`, received at `at` (seconds, never falling)."""
        try:
            message = parse(text)
        except ClientFault as fault:
            return self._unreadable(fault, _id_in(text), at)
        try:
            self._check(message, at)
        except ClientFault as fault:
            return self._refused(fault, message.id)
        return Accepted(message=message)

    def hello_overdue(self) -> Refused | None:
        """Return the refusal due when `HELLO_WITHIN` has passed, or None where `hello` came."""
        if self.state is not State.NEW:
            return None
        return self._refused(_closing("session.no-hello", Closing.NO_HELLO))

    def closed(self) -> None:
        """Note that the connection has ended."""
        self.state = State.CLOSED

    def _check(self, message: ClientMessage, at: float) -> None:
        self._check_state(message)
        if isinstance(message, Hello):
            self._begin(message)
            return
        self._check_peer(message)
        self._check_size(message)
        if isinstance(message, TurnMessage) and (wait := self._turns.take(at)):
            raise ClientFault(
                "Turns come faster than `limits.turns_per_second`; wait, then send again.",
                code="limit.rate",
                retry_after_s=wait,
            )

    def _check_state(self, message: ClientMessage) -> None:
        if LAW[type(message)].state is self.state:
            return
        match self.state:
            case State.NEW:
                raise _closing("session.no-hello", Closing.NO_HELLO)
            case State.READY:
                raise ClientFault(
                    "`hello` was already accepted; go on with other messages.",
                    code="session.second-hello",
                )
            case State.CLOSED:
                raise ClientFault(
                    "This connection has ended; connect again.", code="session.closed"
                )

    def _begin(self, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            raise _closing("session.protocol-version", Closing.PROTOCOL_VERSION)
        self._admit(hello)
        self.hello = hello
        self.state = State.READY

    def _check_peer(self, message: ClientMessage) -> None:
        if self.peer not in LAW[type(message)].peers:
            raise ClientFault(
                f"`{message.type}` is not for this connection's role; leave it to the role it is"
                " meant for.",
                code="session.not-allowed",
            )
        if isinstance(message, Logout) and message.agent and self.peer is Peer.AGENT:
            raise ClientFault(
                "`agent`: only platforms and supervisors may log others out; leave it out.",
                code="session.not-allowed",
            )
        everything = getattr(message, "conversation", None) == ANY_CONVERSATION
        if everything and self.peer is not Peer.SUPERVISOR:
            raise ClientFault(
                "`conversation`: only supervisors may name `*`; name one conversation.",
                code="session.not-allowed",
            )

    def _check_size(self, message: ClientMessage) -> None:
        field, text = _text_of(message)
        if len(text) > self._limits.text_chars:
            raise ClientFault(
                f"`{field}` is longer than `limits.text_chars`, {self._limits.text_chars}"
                " characters; send less.",
                code="message.too-long",
            )

    def _unreadable(self, fault: ClientFault, re: str | None, at: float) -> Refused:
        self._bad.append(at)
        if len(self._bad) == _BAD_ALLOWED and at - self._bad[0] <= _BAD_WINDOW:
            fault.close = Closing.TOO_MANY_BAD
        return self._refused(fault, re)

    def _refused(self, fault: ClientFault, re: str | None = None) -> Refused:
        close = None if fault.close is None else Closing(fault.close)
        if close is not None:
            self.closed()
        return Refused(error=error_message(fault, re=re), close=close)


def _closing(code: str, closing: Closing) -> ClientFault:
    return ClientFault(closing.sentence, code=code, close=closing)


def _text_of(message: ClientMessage) -> tuple[str, str]:
    match message:
        case TurnMessage():
            return "turn.text", message.turn.text
        case Edit() | Draft():
            return "text", message.text
        case _:
            return "text", ""


def _id_in(text: str) -> str | None:
    """Return the `id` of a message that could not be read otherwise, so its error can name it."""
    try:
        found = from_json(text)
    except ValueError:
        return None
    named = found.get("id") if isinstance(found, dict) else None
    return named if isinstance(named, str) and len(named) <= 64 else None
