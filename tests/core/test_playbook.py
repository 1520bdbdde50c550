"""What a company allows its agents to offer."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from assist.core.playbook import (
    EMPTY,
    PERCENT,
    Authority,
    Hours,
    Offer,
    OfferKind,
    Opening,
    Playbook,
    Route,
    Sum,
)
from assist.core.text import Span

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TEN, TWENTY = (
    Sum(amount=Decimal(amount), unit="EUR", text=f"{amount} EUR") for amount in ("10", "20")
)
ANYTIME = Offer(text="look into it")
LATE = Offer(text="ask the courier", causes=("delay", "missing-order"))
BROKEN = Offer(text="replace it", kind=OfferKind.REPLACEMENT, causes=("damaged",))
GIFT = Offer(text="give you {sum}", kind=OfferKind.VOUCHER, causes=("delay",), up_to=TEN)
BOOK = Playbook(name="shop", offers=(ANYTIME, LATE, BROKEN, GIFT))
WEEK = Hours(
    text="Mon-Fri 9-17",
    openings=(Opening(days=frozenset(range(5)), start=9 * 60, end=17 * 60),),
)


@pytest.mark.parametrize(
    ("expected", "causes"),
    [
        ((), ()),
        ((LATE, GIFT, ANYTIME), ("delay",)),
        ((LATE, BROKEN, GIFT, ANYTIME), ("damaged", "delay")),
        ((ANYTIME,), ("billing",)),
    ],
)
def test_offers_made_for_the_cause_come_first(expected, causes):
    """What is made for a cause leads, what fits any follows; without a cause there is nothing."""
    assert BOOK.for_causes(causes) == expected


def test_an_empty_playbook_offers_nothing():
    """Without a playbook nothing is offered, granted, routed or banned."""
    causes = ("delay",)
    assert EMPTY.for_causes(causes) == EMPTY.gestures(causes) == EMPTY.granted(causes) == ()
    assert EMPTY.between(causes, frozenset()) == EMPTY.banned_in("anything") == ()
    assert EMPTY.route(causes, MONDAY, None) is None


def test_a_gesture_is_what_goes_beyond_mending():
    """Vouchers, discounts and shipping are gestures; help and replacements are not."""
    assert BOOK.gestures(("delay", "damaged")) == (GIFT,)


@pytest.mark.parametrize(
    ("expected", "offer"),
    [("give you 10 EUR", GIFT), ("replace it", BROKEN), ("{sum}", Offer(text="{sum}"))],
)
def test_an_offer_is_told_with_its_sum(expected, offer):
    """The sum stands where the offer names it."""
    assert offer.words == expected


@pytest.mark.parametrize(
    ("expected", "sum_"),
    [
        (True, TEN),
        (True, TWENTY),
        (False, Sum(amount=Decimal("20.01"), unit="EUR", text="20.01 EUR")),
        (False, Sum(amount=Decimal(5), unit="USD", text="$5")),
        (False, Sum(amount=Decimal(5), unit=PERCENT, text="5 %")),
    ],
)
def test_a_sum_covers_no_more_and_no_other_currency(expected, sum_):
    """A limit covers what is not above it, in its own unit."""
    assert TWENTY.covers(sum_) is expected


@pytest.mark.parametrize(
    ("expected", "authority"),
    [
        ((), None),
        ((GIFT,), Authority(kinds=(OfferKind.VOUCHER,), up_to=TWENTY)),
        ((), Authority(kinds=(OfferKind.VOUCHER,))),
        ((BROKEN,), Authority(kinds=(OfferKind.REPLACEMENT, OfferKind.HELP))),
        ((), Authority(kinds=(OfferKind.REFUND,), up_to=TWENTY)),
    ],
)
def test_an_agent_grants_what_their_authority_covers(expected, authority):
    """Granted is what is of a kind and within the agent's sum; help needs no leave."""
    book = Playbook(name="b", offers=BOOK.offers, authority=authority)
    assert book.granted(("delay", "damaged")) == expected


def test_a_middle_ground_answers_what_was_asked():
    """A middle ground instead of a refund comes only where a refund was asked for."""
    half = Offer(text="refund half", causes=("delay",), instead_of=OfferKind.REFUND)
    other = Offer(text="send it free", causes=("delay",))
    book = Playbook(name="b", middle_grounds=(half, other))
    assert book.between(("delay",), frozenset({"refund"})) == (half, other)
    assert book.between(("delay",), frozenset()) == (other,)
    assert book.between(("billing",), frozenset({"refund"})) == ()


@pytest.mark.parametrize(
    ("expected", "at"),
    [
        (True, MONDAY),
        (False, MONDAY.replace(hour=8, minute=59)),
        (True, MONDAY.replace(hour=9, minute=0)),
        (False, MONDAY.replace(hour=17, minute=0)),
        (False, MONDAY - timedelta(days=1)),
    ],
)
def test_hours_are_open_from_their_first_minute_until_before_their_last(expected, at):
    """It is open on its days, from the first minute on and until before the last."""
    assert WEEK.open_at(at) is expected


def test_hours_with_a_zone_are_that_zones():
    """Half past nine in London is half past one in the morning eight hours further west."""
    west = Hours(text="x", openings=WEEK.openings, zone=timezone(timedelta(hours=-8)))
    assert not west.open_at(MONDAY)
    assert west.open_at(MONDAY + timedelta(hours=8))


DESK = Route(name="the desk")
BILLING = Route(name="billing", causes=("billing",), hours=WEEK)
GERMAN = Route(name="das Team", causes=("billing",), languages=("de",))


@pytest.mark.parametrize(
    ("expected", "causes", "at", "language"),
    [
        (BILLING, ("billing",), MONDAY, None),
        (DESK, ("billing",), MONDAY.replace(hour=20), "en"),
        (DESK, ("delay",), MONDAY, None),
        (GERMAN, ("billing",), MONDAY.replace(hour=20), "de"),
        (GERMAN, ("billing",), None, None),
        (DESK, (), None, "en"),
    ],
)
def test_a_chat_goes_to_who_is_there_for_it_and_open(expected, causes, at, language):
    """A route made for the cause, open then and in the language, comes before a general one."""
    book = Playbook(name="b", routes=(DESK, BILLING, GERMAN))
    assert book.route(causes, at, language) == expected


def test_nobody_is_there_at_night():
    """Where no route is open, there is none."""
    book = Playbook(name="b", routes=(BILLING,))
    assert book.route(("billing",), MONDAY.replace(hour=20), None) is None
    assert book.route(("billing",), None, None) is None


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ((Span(0, 5),), "CHEAP one"),
        ((Span(3, 13),), "ok no worries"),
        ((Span(0, 11),), "don’t panic"),
        ((), "cheaper, worries"),
        ((Span(0, 5), Span(6, 11)), "cheap cheap"),
    ],
)
def test_banned_words_are_found_as_words(expected, text):
    """A banned word is found in any case and with any apostrophe, and not inside another word."""
    book = Playbook(name="b", banned=("cheap", "No worries", "don't panic", "no"))
    assert book.banned_in(text) == expected
