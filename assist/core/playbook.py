"""What a company allows its agents to offer, and nothing else.

The law: an option in a suggestion or a rewrite comes from here or from the chat; it is never made
up. Everything may be left out, and what is left out is not offered: an empty playbook offers
nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from assist.core.text import Span, fold, lowered

__all__ = [
    "EMPTY",
    "GESTURES",
    "PERCENT",
    "Authority",
    "Hours",
    "Offer",
    "OfferKind",
    "Opening",
    "Playbook",
    "Route",
    "Sum",
    "Tone",
]

PERCENT = "%"


class OfferKind(StrEnum):
    """What is offered. `help` is everything that gives nothing away, such as looking into it."""

    HELP = "help"
    REFUND = "refund"
    REPLACEMENT = "replacement"
    VOUCHER = "voucher"
    DISCOUNT = "discount"
    SHIPPING = "shipping"
    CALL_BACK = "call-back"


GESTURES = frozenset({OfferKind.VOUCHER, OfferKind.DISCOUNT, OfferKind.SHIPPING})
"""What may be given beyond mending the matter."""


class Tone(StrEnum):
    """How the house speaks."""

    NEUTRAL = "neutral"
    FORMAL = "formal"
    FRIENDLY = "friendly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An amount in a currency, or a percentage; `text` is how it is told."""

    amount: Decimal
    unit: str
    text: str

    def covers(self, other: "Sum") -> bool:
        """Tell whether `other` is no more than this, in the same unit."""
        return self.unit == other.unit and other.amount <= self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """On which days (Monday is 0), from which minute of the day until before which."""

    days: frozenset[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When something is open; `text` is how it is told. Without a zone, in the chat's own time."""

    text: str
    openings: tuple[Opening, ...]
    zone: tzinfo | None = None

    def open_at(self, at: datetime) -> bool:
        """Tell whether it is open then."""
        local = at.astimezone(self.zone) if self.zone else at
        minute = local.hour * 60 + local.minute
        return any(
            local.weekday() in opening.days and opening.start <= minute < opening.end
            for opening in self.openings
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing that agents may offer, worded to follow "I can"; no causes means any cause.

    `instead_of` is what was asked for, where this is a middle ground.
    """

    text: str
    kind: OfferKind = OfferKind.HELP
    causes: tuple[str, ...] = ()
    up_to: Sum | None = None
    instead_of: OfferKind | None = None

    @property
    def words(self) -> str:
        """Return the offer with its sum in place."""
        return self.text.replace("{sum}", self.up_to.text) if self.up_to else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """To whom a chat may be handed over; no causes means any, no hours means always."""

    name: str
    causes: tuple[str, ...] = ()
    hours: Hours | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What an agent may grant without asking: these kinds, and of sums no more than `up_to`."""

    kinds: tuple[OfferKind, ...]
    up_to: Sum | None = None

    def covers(self, offer: Offer) -> bool:
        """Tell whether `offer` may be granted; a sum needs a sum here that covers it."""
        if offer.kind not in self.kinds:
            return False
        return offer.up_to is None or (self.up_to is not None and self.up_to.covers(offer.up_to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """What is offered, in the order the company prefers it, and how the house speaks."""

    name: str
    digest: str = ""
    company: str | None = None
    languages: tuple[str, ...] = ()
    tone: Tone = Tone.NEUTRAL
    products: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    middle_grounds: tuple[Offer, ...] = ()
    call_back: Hours | None = None
    routes: tuple[Route, ...] = ()
    authority: Authority | None = None

    def for_causes(self, causes: tuple[str, ...]) -> tuple[Offer, ...]:
        """Return what may be offered for these causes, those made for a cause first."""
        return _fitting(self.offers, causes)

    def gestures(self, causes: tuple[str, ...]) -> tuple[Offer, ...]:
        """Return what may be given for these causes beyond mending the matter."""
        return tuple(offer for offer in self.for_causes(causes) if offer.kind in GESTURES)

    def between(self, causes: tuple[str, ...], asked: frozenset[str]) -> tuple[Offer, ...]:
        """Return the middle grounds for these causes, where what was asked is among `asked`."""
        return tuple(
            offer
            for offer in _fitting(self.middle_grounds, causes)
            if offer.instead_of is None or offer.instead_of in asked
        )

    def granted(self, causes: tuple[str, ...]) -> tuple[Offer, ...]:
        """Return what the agent may give for these causes without asking; help needs no leave."""
        if self.authority is None:
            return ()
        given = (offer for offer in self.for_causes(causes) if offer.kind is not OfferKind.HELP)
        return tuple(offer for offer in given if self.authority.covers(offer))

    def route(
        self, causes: tuple[str, ...], at: datetime | None, language: str | None
    ) -> Route | None:
        """Return to whom such a chat goes: one made for a cause first, of these one open now."""
        able = [r for r in self.routes if not r.languages or language in {None, *r.languages}]
        fitting = [r for r in able if set(r.causes) & set(causes)]
        found = [*fitting, *(r for r in able if not r.causes)]
        return next((r for r in found if r.hours is None or (at and r.hours.open_at(at))), None)

    def banned_in(self, text: str) -> tuple[Span, ...]:
        """Return where a banned word stands in `text`."""
        if not self.banned:
            return ()
        found = _any_of(self.banned).finditer(lowered(fold(text)))
        return tuple(Span(*match.span()) for match in found)


def _fitting(offers: Iterable[Offer], causes: tuple[str, ...]) -> tuple[Offer, ...]:
    """Return the offers for these causes; while no cause is known, none fits."""
    if not causes:
        return ()
    kept = tuple(offers)
    made = [offer for offer in kept if set(offer.causes) & set(causes)]
    return (*made, *(offer for offer in kept if not offer.causes))


@lru_cache(maxsize=16)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the expression for any of these, the longer first where one holds the other."""
    folded = sorted((lowered(fold(word)) for word in words), key=lambda word: -len(word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, folded))})(?!\w)")


EMPTY = Playbook(name="empty")
