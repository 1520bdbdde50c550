"""What becomes of every kind of delivery, found by delivering it.

The law: each trial goes through a door as a delivery does, with a clock that stands still; what is
told of it is what came out. The payloads are a platform's own, one file a kind, named by it.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from assist.connectors.door import Door, Guard, Receipt
from assist.connectors.journal import Journal
from assist.connectors.port import Capabilities, Delivery, Happened, Ingest, Platform, Setup
from assist.connectors.pump import Pump
from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Role, Turn, Typing

__all__ = ["KINDS", "Outcome", "abilities", "page", "payloads_in", "table", "trial"]

_NOW = 1_780_000_000.0
_SECRET = b"the-secret-of-the-trials"
_OTHER = b"the-secret-of-somebody-else"
_OWN = frozenset({"our-bot", "999"})

Payloads = Mapping[str, bytes]
Steps = Callable[["Trial", Payloads], list[Delivery]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the last delivery of a trial was answered, and all that was passed on."""

    status: int
    code: str
    told: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it in a few words."""
        if self.status >= 400:
            return f"{self.status} `{self.code}`"
        if self.ignored:
            return f"{self.status}, nothing: `{', '.join(sorted(set(self.ignored)))}`"
        return f"{self.status}, {' + '.join(self.told) or 'nothing'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How a platform delivers."""

    platform: Platform

    def sent(self, body: bytes, *, at: float = _NOW, secret: bytes = _SECRET) -> Delivery:
        """Return a delivery as the platform makes it."""
        plain = self.plain(body, at=at)
        return replace(self.platform.verifier.stamped(plain, secret), received_at=_NOW)

    def plain(self, body: bytes, *, at: float = _NOW) -> Delivery:
        """Return a delivery that nothing proves."""
        return Delivery(
            headers={"content-type": self.platform.media_types[0]},
            body=body,
            method=self.platform.methods[0],
            received_at=at,
        )


@dataclass(slots=True)
class _Listener(Ingest):
    """Keeps what it is told."""

    heard: list[tuple[str, Happened]] = field(default_factory=list)

    async def open(self, conversation: str, opened: Opened) -> None:
        self.heard.append((conversation, opened))

    async def turn(self, conversation: str, turn: Turn) -> None:
        self.heard.append((conversation, turn))

    async def edit(self, conversation: str, edit: Edit) -> None:
        self.heard.append((conversation, edit))

    async def redact(self, conversation: str, redaction: Redaction) -> None:
        self.heard.append((conversation, redaction))

    async def typing(self, conversation: str, typing: Typing) -> None:
        self.heard.append((conversation, typing))

    async def assign(self, conversation: str, assigned: Assigned) -> None:
        self.heard.append((conversation, assigned))

    async def close(self, conversation: str, closed: Closed) -> None:
        self.heard.append((conversation, closed))


def _one(kind: str) -> Steps:
    return lambda trial, payloads: [trial.sent(payloads[kind])]


def _after_valid(kind: str) -> Steps:
    return lambda trial, payloads: [
        trial.sent(payloads["valid"]),
        trial.sent(payloads[kind], at=_NOW + 1),
    ]


def _padded(delivery: Delivery, most: int) -> Delivery:
    return replace(delivery, body=delivery.body + b" " * most)


KINDS: Mapping[str, tuple[str, Steps]] = {
    "valid": ("valid", _one("valid")),
    "unsigned": ("valid", lambda trial, payloads: [trial.plain(payloads["valid"])]),
    "wrongly signed": (
        "valid",
        lambda trial, payloads: [trial.sent(payloads["valid"], secret=_OTHER)],
    ),
    "replayed": ("valid", lambda trial, payloads: [trial.sent(payloads["valid"])] * 2),
    "late by 10 minutes": (
        "valid",
        lambda trial, payloads: [trial.sent(payloads["valid"], at=_NOW - 600)],
    ),
    "larger than 1 MiB": (
        "valid",
        lambda trial, payloads: [
            _padded(trial.sent(payloads["valid"]), trial.platform.largest_body)
        ],
    ),
    "wrong content type": (
        "valid",
        lambda trial, payloads: [
            replace(trial.sent(payloads["valid"]), headers={"content-type": "text/plain"})
        ],
    ),
    "cut off": (
        "valid",
        lambda trial, payloads: [
            trial.sent(payloads["valid"][: len(payloads["valid"]) // 2]),
        ],
    ),
    "repeated": ("valid", _after_valid("valid")),
    "out of order": ("earlier", _after_valid("earlier")),
    "edited": ("edited", _after_valid("edited")),
    "deleted": ("deleted", _after_valid("deleted")),
    "an agent": ("agent", _one("agent")),
    "private": ("private", _one("private")),
    "bot": ("bot", _one("bot")),
    "automation": ("automation", _one("automation")),
    "attachment": ("attachment", _one("attachment")),
    "our own": ("own", _one("own")),
    "typing": ("typing", _one("typing")),
    "assigned": ("assigned", _one("assigned")),
    "opened": ("opened", _one("opened")),
    "closed": ("closed", _one("closed")),
    "unknown event": ("unknown", _one("unknown")),
}


def payloads_in(folder: Path) -> Payloads:
    """Return the payloads of one platform, by kind."""
    return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.json"))}


async def trial(platform: Platform, kind: str, payloads: Payloads) -> Outcome | None:
    """Return what became of a delivery of that kind; None where the platform knows none."""
    needed, steps = KINDS[kind]
    if needed not in payloads or "valid" not in payloads:
        return None
    journal, listener = Journal(None, lambda: _NOW), _Listener()
    guard = Guard(verifier=platform.verifier, secret=_SECRET)
    pump = Pump(journal, listener, Counter())
    door = Door(platform, guard, Setup(own=_OWN), journal, listener, now=lambda: _NOW, pump=pump)
    try:
        receipts = [await door.receive(one) for one in steps(Trial(platform=platform), payloads)]
        await pump.start()
        await pump.settle()
        return _outcome(receipts[-1], listener.heard)
    finally:
        await journal.close()


async def table(folder: Path, platforms: Mapping[str, Platform]) -> str:
    """Return the table of all platforms that have payloads under `folder`, in Markdown."""
    known = [platform for name, platform in platforms.items() if (folder / name).is_dir()]
    rows = [["payload", *(platform.title for platform in known)]]
    rows.append(["---"] * (len(known) + 1))
    for kind in KINDS:
        outcomes = [await trial(one, kind, payloads_in(folder / one.name)) for one in known]
        rows.append([kind, *("—" if one is None else str(one) for one in outcomes)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def abilities(platforms: Mapping[str, Platform]) -> str:
    """Return what each platform tells of, in Markdown."""
    names = [one.name for one in fields(Capabilities)]
    rows = [["platform", "proof", *(name.replace("_", " ") for name in names)]]
    rows.append(["---"] * len(rows[0]))
    for platform in platforms.values():
        able = [_mark(getattr(platform.capabilities, name)) for name in names]
        rows.append([platform.title, platform.verifier.scheme, *able])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _mark(able: object) -> str:
    return {True: "yes", False: "—"}.get(able, str(able)) if isinstance(able, bool) else str(able)


def _words(what: Happened) -> str:
    match what:
        case Turn():
            more = ", private" * what.private + ", without words" * (not what.text)
            return f"turn of {_a(what.role)}{more}"
        case Typing():
            return f"typing of {_a(what.role)}"
        case Assigned():
            return "assigned" if what.agent else "unassigned"
        case _:
            return {
                Edit: "edit",
                Redaction: "redaction, its words gone",
                Opened: "opened",
                Closed: "closed",
            }[type(what)]


def _a(role: Role) -> str:
    return {Role.CUSTOMER: "the customer", Role.AGENT: "an agent", Role.BOT: "a bot"}.get(
        role, "the system"
    )


def _outcome(receipt: Receipt, heard: list[tuple[str, Happened]]) -> Outcome:
    return Outcome(
        status=receipt.answer.status,
        code=receipt.code,
        told=tuple(_words(what) for _, what in heard),
        ignored=receipt.ignored if not receipt.fates else (),
    )


_PAGE = """# Connectors

Made by `assist connect table tests/connectors/payloads`; each cell is what happened when that
payload was delivered. `—`: the platform sends no such thing.

## What each platform tells of

`retries`: it sends again what was answered with an error; then a failure of ours is a 503, else
never an error. `notes out`: private notes can be posted back.

{abilities}
## What becomes of each payload

The status, then what was passed on to the service. "out of order" delivers a newer message first:
both are passed on, the older one first. A platform whose proof holds no time cannot be late; what
it sends twice is known by the message.

{table}"""


async def page(folder: Path, platforms: Mapping[str, Platform]) -> str:
    """Return the reference page of all platforms."""
    return _PAGE.format(abilities=abilities(platforms), table=await table(folder, platforms))
