"""What the playbook has for one chat."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assist.core.conversation import Conversation
from assist.core.offers import Has, covered, house_words, known_causes, offered, understood
from assist.core.playbook import (
    EMPTY,
    Authority,
    Hours,
    Offer,
    OfferKind,
    Opening,
    Playbook,
    Route,
    Sum,
)
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.text import Span
from assist.core.turns import Opened, Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
TEN = Sum(amount=Decimal(10), unit="EUR", text="10 EUR")
ASK = Offer(text="ask the courier", causes=("delay",))
SWAP = Offer(text="swap it", kind=OfferKind.REPLACEMENT, causes=("delay",))
GIFT = Offer(text="give you {sum}", kind=OfferKind.VOUCHER, up_to=TEN, causes=("delay",))
FREE = Offer(text="send it free", kind=OfferKind.SHIPPING, causes=("damaged",))
HALF = Offer(text="refund half", causes=("delay",), instead_of=OfferKind.REFUND)
ALWAYS = Hours(text="24/7", openings=(Opening(days=frozenset(range(7)), start=0, end=1440),))
BOOK = Playbook(
    name="shop",
    company="Birch",
    languages=("en", "fr"),
    offers=(ASK, SWAP, GIFT, FREE),
    middle_grounds=(HALF,),
    call_back=ALWAYS,
    routes=(Route(name="depot", causes=("delay",), hours=ALWAYS),),
    authority=Authority(kinds=(OfferKind.VOUCHER, OfferKind.SHIPPING), up_to=TEN),
)


def chat(*said, locale=None):
    """Return a chat of customer turns, each (text, signal names)."""
    return Conversation(
        id="c",
        now=AT,
        opened=Opened(locale=locale),
        turns=tuple(
            Turn(id=f"t{number}", role=Role.CUSTOMER, text=text, at=AT)
            for number, (text, *_) in enumerate(said)
        ),
        readings=tuple(
            Reading(
                turn=f"t{number}",
                sentiment=FLAT,
                signals=tuple(Signal(name=name, score=0.9) for name in names),
            )
            for number, (_, *names) in enumerate(said)
        ),
    )


LATE = chat(("late", "cause.delay"))
NOBODY = chat(("hello",))


def test_causes_are_told_newest_first_and_once():
    """The cause named last leads; a cause named twice is told once."""
    told = chat(("a", "cause.delay"), ("b", "cause.billing"), ("c", "cause.delay"))
    assert known_causes(told) == ("delay", "billing")


def test_what_a_full_playbook_fills():
    """Every slot is filled from what the playbook has for the causes of this chat."""
    asked = chat(("late", "cause.delay"), ("money back", "need.refund"))
    assert offered(asked, BOOK) == {
        "company": "Birch",
        "option": "ask the courier",
        "other-option": "swap it",
        "options": "ask the courier, swap it or give you 10 EUR",
        "gesture": "give you 10 EUR",
        "sum": "10 EUR",
        "middle-ground": "refund half",
        "authority": "give you 10 EUR",
        "hours": "24/7",
        "route": "depot",
        "route-hours": "24/7",
    }


def test_nothing_is_offered_before_a_cause_is_known():
    """Without a cause only what does not depend on one is there."""
    assert offered(NOBODY, BOOK) == {"company": "Birch", "hours": "24/7"}
    assert offered(LATE, EMPTY) == {}


def test_a_single_offer_is_no_choice():
    """With one offer there is an option and no other; a gesture without a sum names none."""
    told = offered(chat(("broken", "cause.damaged")), BOOK)
    assert told == {
        "company": "Birch",
        "option": "send it free",
        "gesture": "send it free",
        "authority": "send it free",
        "hours": "24/7",
    }


def test_a_route_that_is_always_open_has_no_hours():
    """What is always open tells no hours."""
    book = Playbook(name="b", routes=(Route(name="desk"),))
    assert offered(LATE, book) == {"route": "desk"}


@pytest.mark.parametrize("has", list(Has))
def test_an_empty_playbook_has_nothing(has):
    """Whatever a rule asks for, an empty playbook does not have it."""
    assert not covered(has, chat(("late, 5 EUR", "cause.delay", "need.refund")), EMPTY)


@pytest.mark.parametrize(
    ("expected", "has", "told"),
    [
        (True, Has.OPTION, LATE),
        (False, Has.OPTION, NOBODY),
        (True, Has.CHOICE, LATE),
        (False, Has.CHOICE, chat(("broken", "cause.damaged"))),
        (True, Has.GOODWILL, LATE),
        (False, Has.GOODWILL, chat(("bill", "cause.billing"))),
        (False, Has.MIDDLE_GROUND, LATE),
        (True, Has.MIDDLE_GROUND, chat(("late", "cause.delay", "need.refund"))),
        (True, Has.AUTHORITY, LATE),
        (True, Has.ROUTE, LATE),
        (False, Has.ROUTE, NOBODY),
        (True, Has.CALL_BACK_HOURS, NOBODY),
        (True, Has.REPLACEMENT, LATE),
        (False, Has.REFUND, LATE),
        (True, Has.HELP, LATE),
        (False, Has.SHIPPING, LATE),
    ],
)
def test_what_a_rule_may_ask_of_the_playbook(expected, has, told):
    """Each question is about this chat's own causes."""
    assert covered(has, told, BOOK) is expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (True, "it is only 4.99 €"),
        (True, "€10 for that"),
        (True, "5 euros, and 3 EUR"),
        (True, "EUR 7,50"),
        (False, "10,01 euro"),
        (False, "5 EUR and 50 EUR"),
        (False, "£5"),
        (False, "5 bucks"),
        (False, "order 5, box 3"),
        (False, "€1000000000"),
    ],
)
def test_a_small_sum_is_one_that_the_agent_may_grant(expected, text):
    """Every sum that was named is within the agent's own, in its currency."""
    assert covered(Has.SMALL_SUM, chat((text,)), BOOK) is expected


def test_without_a_sum_in_the_authority_no_sum_is_small():
    """An authority over kinds alone says nothing of sums."""
    book = Playbook(name="b", authority=Authority(kinds=(OfferKind.SHIPPING,)))
    assert not covered(Has.SMALL_SUM, chat(("1 EUR",)), book)


@pytest.mark.parametrize(
    ("expected", "locale", "book"),
    [
        (True, None, BOOK),
        (True, "en-GB", BOOK),
        (True, "FR", BOOK),
        (False, "de_DE", BOOK),
        (True, "de", EMPTY),
    ],
)
def test_the_house_speaks_its_languages(expected, locale, book):
    """A chat opened in another language is not understood; without a list every one is."""
    assert understood(chat(("hi",), locale=locale), book) is expected


def test_banned_words_become_a_signal():
    """A draft with banned words carries their places; one without is left as it was."""
    reading = Reading(turn="", sentiment=FLAT)
    book = Playbook(name="b", banned=("cheap",))
    assert house_words(reading, "fine", book) is reading
    signal = house_words(reading, "so cheap", book).signal("draft.banned")
    assert signal.evidence == (
        Evidence(turn="", span=Span(3, 8), cue="draft.banned", source="playbook"),
    )
