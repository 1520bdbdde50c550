"""Where a draft only answers a question of fact with a no."""

from datetime import UTC, datetime

import pytest

from assist.core.turns import Role, Turn
from assist.detectors.answers import answers


def turn(text, role=Role.CUSTOMER):
    """Return a turn with this text."""
    return Turn(id="t1", role=role, text=text, at=datetime(2026, 3, 2, tzinfo=UTC))


def told(text, *earlier):
    """Return the sentences that answer."""
    return [span.of(text) for span in answers(text, earlier)]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Is it refundable?", "It is not refundable."),
        ("does it come furnished, and when does it end?", "Sorry, it doesn't come furnished."),
        ("Can you check if they have live music?", "They do not have live music."),
        ("Are pets allowed there?", "I'm afraid pets aren't allowed."),
        ("What is the time, and is the ticket refundable?", "No, the ticket is non-refundable."),
        ("Is the flat furnished?", "No, it's not."),
        ("Is there a pool there?", "Unfortunately there is no pool."),
        ("Do they serve wine or beer?", "Neither is served, they don't."),
    ],
)
def test_a_no_to_a_question_of_fact_is_an_answer(asked, text):
    """A thing or a third party was asked about, and the draft says how it is."""
    assert told(text, turn(asked)) == [text]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Can I get my money back?", "You can't get your money back."),
        ("Could you waive the fee?", "No, we don't waive it."),
        ("Do you have it in blue?", "We don't have it in blue."),
        ("Is my parcel there?", "It isn't there."),
        ("Why is it not refundable?", "It is not refundable."),
        ("Can you check if my refund is out?", "It isn't out."),
        ("Has it still not come?", "It has not come."),
        ("I need a bus.", "There is no bus."),
        ("Do they serve wine? Book it please.", "I was unable to book it."),
        ("What is the fee?", "There is no information on the fee."),
    ],
)
def test_a_no_to_a_wish_is_none(asked, text):
    """What is asked of the house, and about one's own order, is not merely answered."""
    assert told(text, turn(asked)) == []


def test_every_denial_of_the_draft_must_answer():
    """Where something else is refused too, the draft is no mere answer."""
    assert told("They don't serve wine. I couldn't book it.", turn("Do they serve wine?")) == []


def test_only_the_customer_s_last_turn_asks():
    """Without a turn, or after one of the agent, nothing was asked."""
    asked, agent = turn("Is it furnished?"), turn("One moment", Role.AGENT)
    assert told("It isn't furnished.") == []
    assert told("It isn't furnished.", asked, agent) == []
    assert told("It isn't furnished.", turn("hello")) == []
