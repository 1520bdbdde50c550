"""What is new about a message that may have come before.

The law: pure. A platform may send a thing twice, late, in another order, or again with other words;
each comes out as at most one happening, and the newest words stay. Of words only a digest is kept,
and of words that were taken back not even that.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2s

from assist.connectors.port import Happened, Happening
from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Turn, Typing

__all__ = ["Fate", "Known", "State", "digest_of", "fate_of", "name_digest", "slot_of"]


class State(StrEnum):
    """How far a message has come."""

    HELD = "held"
    TOLD = "told"
    GONE = "gone"


class Fate(StrEnum):
    """What becomes of a happening."""

    TAKEN = "taken"
    AS_EDIT = "taken-as-edit"
    HELD = "held"
    REPEATED = "repeated"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a message: its state, its newest revision, and the digest of its words."""

    state: State
    revision: str | None = None
    digest: bytes = field(default=b"", repr=False)


def slot_of(happening: Happening) -> bytes:
    """Return what stands for the message, or for that kind of news about the conversation."""
    what = happening.what
    match what:
        case Turn():
            about = f"message {what.id}"
        case Edit() | Redaction():
            about = f"message {what.turn}"
        case _:
            about = type(what).__name__
    return blake2s(f"{happening.place.name}\n{about}".encode(), digest_size=16).digest()


def name_digest(conversation: str) -> bytes:
    """Return what stands for a conversation, so that its rows are found when it is erased."""
    return blake2s(conversation.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def fate_of(known: Known | None, happening: Happening) -> tuple[Fate, Known]:
    """Return what becomes of `happening`, and what is known afterwards."""
    match happening.what:
        case Redaction():
            return _taken_back(known)
        case Edit() if known is None or known.state is State.HELD:
            return Fate.HELD, _noted(happening, State.HELD)
        case Turn() if known is not None and known.state is State.HELD:
            return Fate.TAKEN, replace(known, state=State.TOLD)
        case _ if known is None:
            return Fate.TAKEN, _noted(happening, State.TOLD)
        case _ if known.state is State.GONE:
            return Fate.OVERTAKEN, known
    return _again(known, happening)


def _taken_back(known: Known | None) -> tuple[Fate, Known]:
    if known is not None and known.state is State.GONE:
        return Fate.REPEATED, known
    return Fate.TAKEN, Known(state=State.GONE)


def _again(known: Known, happening: Happening) -> tuple[Fate, Known]:
    new = _noted(happening, State.TOLD)
    order = _order(known.revision, new.revision)
    if new.digest == known.digest:
        return Fate.REPEATED, new if order > 0 else known
    if order == 0 and known.revision is not None:
        return Fate.REPEATED, known
    if order < 0:
        return Fate.OVERTAKEN, known
    return (Fate.AS_EDIT if isinstance(happening.what, Turn) else Fate.TAKEN), new


def _noted(happening: Happening, state: State) -> Known:
    digest = digest_of(happening.what) if happening.digest is None else happening.digest
    return Known(state=state, revision=happening.revision, digest=digest)


def _order(before: str | None, now: str | None) -> int:
    """Return whether `now` is the newer (1), the same (0) or an older revision (−1)."""
    if now is None or before is None:
        return 0 if now == before else 1
    if before.isdecimal() and now.isdecimal():
        return (int(now) > int(before)) - (int(now) < int(before))
    return (now > before) - (now < before)


def digest_of(what: Happened) -> bytes:
    """Return what stands for the words of `what`, or for what else it tells."""
    match what:
        case Turn() | Edit():
            told = what.text
        case Assigned():
            told = repr(what.agent)
        case Closed():
            told = f"{what.at} {what.outcome}"
        case Opened():
            customer = (what.customer_id, what.customer_name)
            told = "\n".join(map(str, (what.channel, what.agent, *customer, what.locale)))
        case Typing() | Redaction():
            told = ""
    return blake2s(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()
