"""The port that a chat platform's turns come in by, and the shape of a platform's module.

The law: a platform's module is one value, `PLATFORM`, made of pure functions. It is given the
parsed payload and says what happened, in the words of the core; it opens nothing, asks no clock,
keeps nothing, and knows neither the endpoint that took the payload in nor the service behind it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2s
from types import MappingProxyType
from typing import Protocol

from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Turn, Typing
from assist.errors import AssistError

__all__ = [
    "LARGEST_BODY",
    "UNDATED",
    "Answer",
    "Capabilities",
    "Delivery",
    "Happened",
    "Happening",
    "Ignored",
    "Ingest",
    "Place",
    "Platform",
    "Read",
    "Setup",
    "Unread",
    "Unverified",
    "Verifier",
]

LARGEST_BODY = 1_048_576
_LONGEST_NAME = 200

# The `at` of what a platform does not date; the time of the delivery takes its place.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)

Happened = Opened | Turn | Edit | Redaction | Typing | Assigned | Closed


class Ingest(Protocol):
    """Where turns go: the hub in this process, or a service at the other end of a connection.

    `conversation` is `Place.name`. Each call returns once what was said is durably stored
    (`typing`: once it was passed on), and raises ClientFault where it is refused; `retry` tells
    whether to try again.
    """

    async def open(self, conversation: str, opened: Opened) -> None:
        """Say that a conversation begins."""
        ...

    async def turn(self, conversation: str, turn: Turn) -> None:
        """Say what was said. The same id again changes nothing."""
        ...

    async def edit(self, conversation: str, edit: Edit) -> None:
        """Say that a turn's words were changed."""
        ...

    async def redact(self, conversation: str, redaction: Redaction) -> None:
        """Say that a turn's words were taken back."""
        ...

    async def typing(self, conversation: str, typing: Typing) -> None:
        """Say that somebody began or stopped typing."""
        ...

    async def assign(self, conversation: str, assigned: Assigned) -> None:
        """Say who has the conversation now."""
        ...

    async def close(self, conversation: str, closed: Closed) -> None:
        """Say that the conversation ended."""
        ...


class Unverified(AssistError):
    """The delivery is not proven to be the platform's; `message` says which mistake it looks like.

    Codes begin with `signature.`. Neither the secret nor the body is ever in the text.
    """

    code = "signature.wrong"


class Unread(AssistError):
    """The payload is not as the platform says it is; `message` names the field, never its value.

    Codes begin with `payload.`.
    """

    code = "payload.malformed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One request, as it came. Header names are in lower case; `received_at` is in Unix seconds.

    `path` is what follows `/in/NAME`, with its leading slash, or empty.
    """

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    path: str = field(default="", repr=False)
    method: str = "POST"
    received_at: float


class Verifier(Protocol):
    """Tells a platform's own deliveries from all others, by their raw bytes."""

    @property
    def scheme(self) -> str:
        """Return in one line what proves a delivery."""
        ...

    def verify(self, delivery: Delivery, secret: bytes) -> None:
        """Return where `delivery` is proven, else raise Unverified."""
        ...

    def diagnosed(self, delivery: Delivery, secret: bytes) -> Unverified:
        """Return which usual mistake was made, for a delivery that was refused; some 100 hashes."""
        ...

    def mark(self, delivery: Delivery) -> bytes | None:
        """Return what is never the same in two deliveries; None where nothing is."""
        ...

    def stamped(self, delivery: Delivery, secret: bytes) -> Delivery:
        """Return `delivery` as its platform would send it, proven at its `received_at`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened: which platform, which account of it, which conversation there."""

    platform: str
    account: str
    conversation: str

    @property
    def name(self) -> str:
        """Return the conversation's id in this project: `platform:account:conversation`.

        One that would be longer than the wire allows ends in a digest of itself.
        """
        name = f"{self.platform}:{self.account}:{self.conversation}"
        if len(name) <= _LONGEST_NAME:
            return name
        digest = blake2s(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"{name[: _LONGEST_NAME - len(digest) - 1]}:{digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened at a place.

    `what` bears the platform's own message id (`Turn.id`, `Edit.turn`, `Redaction.turn`).
    `revision` is what the platform counts or dates its changes by; without it, a message is told
    from its earlier self by its words. A turn that is known with other words is taken as its edit,
    so a platform that sends edits as the same message again needs no more than `Turn`. `customer`
    is whose conversation it is, where that is told: what nobody opened is opened for them. `digest`
    stands for words that were masked by what is not always known; None where `what` tells it.
    """

    place: Place
    what: Happened
    revision: str | None = None
    customer: str | None = field(default=None, repr=False)
    digest: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Nothing for us happened. `reason` is a stable word that is counted, such as `event.unknown`.

    Reasons in use: event.unknown, event.unneeded, message.own, message.empty, message.activity,
    message.unchanged, account.other.
    """

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What an operator set for one platform. `own` are the ids of our own senders there."""

    own: frozenset[str] = frozenset()
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def account(self) -> str | None:
        """Return the only account whose deliveries are taken in; None where all are."""
        return self.options.get("account")

    def excludes(self, account: str) -> bool:
        """Tell whether the operator named another account than this one."""
        return self.account not in {None, account}

    def named(self, option: str) -> tuple[str, ...]:
        """Return the names that an option lists, with commas or spaces between."""
        return tuple(self.options.get(option, "").replace(",", " ").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to say to a handshake, in place of an empty 200."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a platform tells of, and what it does with a failure."""

    edits: bool = False
    deletions: bool = False
    typing: bool = False
    private: bool = False
    bots: bool = False
    automations: bool = False
    attachments: bool = False
    assignments: bool = False
    closings: bool = False
    retries: bool = False
    notes_out: bool = False


Read = Callable[[object, Setup], tuple[Happening | Ignored, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform's module, as a value.

    `name` is in the address (`/in/NAME`) and in conversation ids. `read` raises Unread where a
    field that it needs is missing or of another kind; it ignores what it does not know. `secrets`
    are names of fields that are taken out at any depth before `read` sees the payload. `handshake`
    is asked after the delivery was verified; None goes on to `read`. `accepted` answers what was
    taken in: an empty 200 unless the platform wants more. `largest_body` is in bytes.
    """

    name: str
    title: str
    verifier: Verifier
    read: Read
    capabilities: Capabilities
    secrets: frozenset[str] = frozenset()
    methods: tuple[str, ...] = ("POST",)
    media_types: tuple[str, ...] = ("application/json",)
    handshake: Callable[[Delivery, Setup], Answer | None] | None = None
    accepted: Answer = Answer()
    largest_body: int = LARGEST_BODY
