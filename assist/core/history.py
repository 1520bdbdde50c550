"""What is known of the customer from before: earlier contacts, and their name.

The law: pure; only what the platform sent is known. Its words about an earlier contact are never
put into a line, only when it was; and it counts as the same matter only where both name one thing.
"""

import re
from datetime import datetime, timedelta

from assist.core.conversation import Act, Conversation
from assist.core.rules import Pack
from assist.core.signals import Evidence, Reading, Signal
from assist.core.text import Span, fold, lowered
from assist.core.turns import Opened, PastContact, Role, Turn

__all__ = ["REPEAT", "by_name", "last_contact", "told_when", "with_history"]

REPEAT = "repeat-contact"
SOURCE = "history"
_RECENT = timedelta(days=60)
_REASON = "has been in touch before about this"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def last_contact(opened: Opened, now: datetime | None) -> PastContact | None:
    """Return the latest contact before `now`, or None."""
    before = [contact for contact in opened.history if now is None or contact.at < now]
    return max(before, key=lambda contact: contact.at, default=None)


def told_when(contact: PastContact, now: datetime) -> str:
    """Return when a contact was, as an agent would say it: "yesterday", "on 12 February"."""
    at = contact.at.astimezone(now.tzinfo)
    days = (now.date() - at.date()).days
    if days < 2:
        return ("earlier today", "yesterday")[max(days, 0)]
    year = f" {at.year}" if days > 300 else ""
    return f"on {at.day} {_MONTHS[at.month - 1]}{year}"


def with_history(reading: Reading, turn: Turn, before: Conversation, pack: Pack) -> Reading:
    """Return a customer turn's reading with what the history says: they were here about this.

    It is told once a chat, at the first turn that names the thing.
    """
    if turn.role is not Role.CUSTOMER or reading.signal(REPEAT) is not None:
        return reading
    if REPEAT in before.gathered.noticed:
        return reading
    place = _same_thing(turn, before.opened, pack)
    if place is None:
        return reading
    proof = Evidence(turn=turn.id, span=place, cue=REPEAT, source=SOURCE)
    return reading.going_on((*reading.signals, _repeat(proof, pack)))


def _repeat(proof: Evidence, pack: Pack) -> Signal:
    """Return the signal as the pack's own rule would give it."""
    mark = next((r.mark for r in pack.rules if r.mark is not None and r.mark.name == REPEAT), None)
    if mark is None:
        return Signal(name=REPEAT, score=0.85, evidence=(proof,), reason=_REASON)
    return Signal(
        name=REPEAT, score=mark.score, evidence=(proof,), reason=mark.reason, pulls=mark.pulls
    )


def _same_thing(turn: Turn, opened: Opened, pack: Pack) -> Span | None:
    """Return the word for a thing that both this turn and a recent contact name."""
    known = " ".join(
        lowered(fold(contact.summary))
        for contact in opened.history
        if timedelta(0) < turn.at - contact.at <= _RECENT
    )
    if not known:
        return None
    said = lowered(fold(turn.text))
    for thing in pack.things:
        word = re.compile(rf"\b{re.escape(thing)}s?\b")
        found = word.search(said)
        if found is not None and word.search(known) is not None:
            return Span(*found.span())
    return None


def by_name(turn: Turn, index: int, opened: Opened) -> tuple[Act, ...]:
    """Return that an agent's turn calls the customer by name, where it does."""
    called = (opened.customer_name or "").split()
    if not called:
        return ()
    name = re.escape(lowered(fold(called[0])))
    found = re.search(rf"\b{name}\b", lowered(fold(turn.text)))
    if found is None:
        return ()
    proof = Evidence(turn=turn.id, span=Span(*found.span()), cue="act.name", source=SOURCE)
    return (
        Act(name="name", turn=turn.id, index=index, evidence=(proof,), technique="personalise"),
    )
