"""What the playbook has for one chat: for its causes, at its time, in its language.

The law: pure; a cause is one that a customer's turn was read to have. Nothing is offered before a
cause is known.
"""

import re
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from assist.core.conversation import Conversation
from assist.core.playbook import Offer, OfferKind, Playbook, Sum
from assist.core.signals import Evidence, Reading, Signal
from assist.core.text import Span

__all__ = ["Has", "covered", "house_words", "known_causes", "offered", "understood"]


class Has(StrEnum):
    """What a rule may ask of the playbook, each for the causes of the chat."""

    OPTION = "option"
    CHOICE = "choice"
    GOODWILL = "goodwill"
    MIDDLE_GROUND = "middle-ground"
    AUTHORITY = "authority"
    SMALL_SUM = "small-sum"
    ROUTE = "route"
    CALL_BACK_HOURS = "call-back-hours"
    HELP = "help"
    REFUND = "refund"
    REPLACEMENT = "replacement"
    VOUCHER = "voucher"
    DISCOUNT = "discount"
    SHIPPING = "shipping"
    CALL_BACK = "call-back"


_NEEDS = {"need.refund": OfferKind.REFUND, "need.replacement": OfferKind.REPLACEMENT}
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP",
          "dollar": "USD", "buck": "USD"}  # fmt: skip
_SUM = re.compile(
    r"(?P<sign>[€£$]|\b(?:eur|gbp|usd|chf)\b) ?(?P<first>\d{1,6}(?:[.,]\d\d)?)\b(?![.,]?\d)|"
    r"(?<![\d.,])(?P<second>\d{1,6}(?:[.,]\d\d)?) ?(?P<word>[€£$]|(?:euro|pound|dollar|buck)s?\b|"
    r"quid\b|(?:eur|gbp|usd|chf)\b)"
)
_MOST = 3


def known_causes(conversation: Conversation) -> tuple[str, ...]:
    """Return the causes named so far, newest first, without their prefix."""
    return conversation.gathered.causes


def understood(conversation: Conversation, playbook: Playbook) -> bool:
    """Tell whether the house answers in the language that the chat was opened in."""
    spoken = _language(conversation)
    return spoken is None or not playbook.languages or spoken in playbook.languages


def covered(has: Has, conversation: Conversation, playbook: Playbook) -> bool:
    """Tell whether the playbook has that for this chat."""
    causes = known_causes(conversation)
    offers = conversation.gathered.once(playbook.for_causes, causes)
    match has:
        case Has.OPTION:
            return bool(offers)
        case Has.CHOICE:
            return len(offers) > 1
        case Has.GOODWILL:
            return bool(conversation.gathered.once(playbook.gestures, causes))
        case Has.MIDDLE_GROUND:
            return bool(playbook.between(causes, _asked(conversation)))
        case Has.AUTHORITY:
            return bool(conversation.gathered.once(playbook.granted, causes))
        case Has.SMALL_SUM:
            return _is_small(conversation, playbook)
        case Has.ROUTE:
            return playbook.route(causes, conversation.now, _language(conversation)) is not None
        case Has.CALL_BACK_HOURS:
            return playbook.call_back is not None
        case _:
            return any(offer.kind == has.value for offer in offers)


def offered(conversation: Conversation, playbook: Playbook) -> dict[str, str]:
    """Return what the playbook fills slots with in this chat."""
    causes = known_causes(conversation)
    once = conversation.gathered.once
    offers = once(playbook.for_causes, causes)
    gestures, granted = once(playbook.gestures, causes), once(playbook.granted, causes)
    between = playbook.between(causes, _asked(conversation))
    facts = {
        "company": playbook.company,
        "option": offers[0].words if offers else None,
        "other-option": offers[1].words if len(offers) > 1 else None,
        "options": _listed(offers[:_MOST]) if len(offers) > 1 else None,
        "gesture": gestures[0].words if gestures else None,
        "sum": next((offer.up_to.text for offer in gestures if offer.up_to), None),
        "middle-ground": between[0].words if between else None,
        "authority": _listed(granted[:_MOST]) if granted else None,
        "hours": playbook.call_back.text if playbook.call_back else None,
    }
    route = playbook.route(causes, conversation.now, _language(conversation))
    if route is not None:
        facts["route"] = route.name
        facts["route-hours"] = route.hours.text if route.hours else None
    return {name: words for name, words in facts.items() if words is not None}


def house_words(reading: Reading, text: str, playbook: Playbook) -> Reading:
    """Return the reading of a draft with the banned words in it as a signal."""
    places = playbook.banned_in(text)
    if not places:
        return reading
    signal = Signal(
        name="draft.banned",
        score=1.0,
        evidence=tuple(_proof(place) for place in places),
        reason="a word that the company keeps out of chats",
    )
    return replace(reading, signals=(*reading.signals, signal))


def _proof(place: Span) -> Evidence:
    return Evidence(turn="", span=place, cue="draft.banned", source="playbook")


def _listed(offers: tuple[Offer, ...]) -> str:
    words = [offer.words for offer in offers]
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _language(conversation: Conversation) -> str | None:
    locale = conversation.opened.locale
    return re.split("[-_]", locale)[0].lower() if locale else None


def _asked(conversation: Conversation) -> frozenset[str]:
    """Return the kinds of offer that the customer has asked for."""
    told = conversation.gathered.latest
    return frozenset(kind for need, kind in _NEEDS.items() if need in told)


def _is_small(conversation: Conversation, playbook: Playbook) -> bool:
    """Tell whether sums were named, and none is more than the agent may grant alone."""
    if playbook.authority is None or playbook.authority.up_to is None:
        return False
    most = playbook.authority.up_to
    named = [named for turn in conversation.customer_turns for named in _sums(turn.text)]
    return bool(named) and all(most.covers(one) for one in named)


def _sums(text: str) -> list[Sum]:
    found = []
    for match in _SUM.finditer(text.lower()):
        sign = match["sign"] or match["word"]
        unit = _SIGNS.get(sign.removesuffix("s"), sign.upper())
        amount = Decimal((match["first"] or match["second"]).replace(",", "."))
        found.append(Sum(amount=amount, unit=unit, text=match.group()))
    return found
