"""What is known of the customer from before."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.core.conditions import SilentFor
from assist.core.conversation import Conversation
from assist.core.history import REPEAT, by_name, last_contact, told_when, with_history
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import Pull, Reading, Sentiment, SentimentLabel, Signal
from assist.core.turns import Opened, PastContact, Role, Turn

NOW = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
RULE = Rule(
    id="p/repeat-contact/again", technique="repeat-contact", watches=Watches.CUSTOMER_TURN,
    when=SilentFor(seconds=5), summary="S.", why="W.",
    mark=Mark(name=REPEAT, score=0.7, reason="was here", pulls=(Pull(axis="effort", amount=1.0),)),
)  # fmt: skip
PACK = Pack(name="p", version="1", digest="d", rules=(RULE,), things=("parcel", "refund"))
BARE = Pack(name="p", version="1", digest="d", rules=(), things=("parcel",))
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)


def contact(days, summary="late parcel"):
    return PastContact(at=NOW - timedelta(days=days), summary=summary)


def turn(text, role=Role.CUSTOMER, name="t1"):
    return Turn(id=name, role=role, text=text, at=NOW)


def reading(*signals):
    return Reading(turn="t1", sentiment=FLAT, signals=signals)


def chat(*history, readings=()):
    return Conversation(id="c", opened=Opened(history=history), readings=readings)


def test_the_last_contact_is_the_latest_before_now():
    """Contacts come in any order, and one that lies ahead is none."""
    opened = Opened(history=(contact(9), contact(3), contact(5), contact(-1)))
    assert last_contact(opened, NOW) == contact(3)
    assert last_contact(opened, None) == contact(-1)
    assert last_contact(Opened(), NOW) is None


@pytest.mark.parametrize(
    ("expected", "days"),
    [
        ("earlier today", 0.1), ("yesterday", 1), ("on 28 February", 2), ("on 2 March 2025", 365),
        ("earlier today", -0.1),
    ],
)  # fmt: skip
def test_a_contact_is_told_by_its_day(expected, days):
    """The day is told as an agent would, with the year where it is long ago."""
    assert told_when(contact(days), NOW) == expected


def test_the_same_thing_again_is_a_repeat():
    """A turn about the thing of a recent contact says so, at its word, as the rule would."""
    read = with_history(reading(), turn("My PARCELS are lost"), chat(contact(5)), PACK)
    (signal,) = read.signals
    assert (signal.name, signal.score, signal.reason) == (REPEAT, 0.7, "was here")
    assert signal.pulls == RULE.mark.pulls
    (proof,) = signal.evidence
    assert (proof.turn, tuple(proof.span), proof.source) == ("t1", (3, 10), "history")


def test_a_pack_without_the_rule_is_told_too():
    """Where no rule reads repeats, the signal has words of its own."""
    (signal,) = with_history(reading(), turn("my parcel"), chat(contact(5)), BARE).signals
    assert (signal.score, signal.reason) == (0.85, "has been in touch before about this")


@pytest.mark.parametrize(
    ("said", "before", "read"),
    [
        (turn("my parcel"), chat(), reading()),
        (turn("my parcel"), chat(contact(90)), reading()),
        (turn("my parcel"), chat(contact(-1)), reading()),
        (turn("my refund"), chat(contact(5)), reading()),
        (turn("my lamp"), chat(contact(5)), reading()),
        (turn("my parcel", Role.AGENT), chat(contact(5)), reading()),
        (turn("my parcel"), chat(contact(5)), reading(Signal(name=REPEAT, score=1.0))),
        (
            turn("my parcel", name="t2"),
            chat(contact(5), readings=(reading(Signal(name=REPEAT, score=1.0)),)),
            reading(),
        ),
    ],
    ids=["none", "old", "ahead", "other", "unnamed", "agent", "said", "told"],
)
def test_all_else_is_no_repeat(said, before, read):
    """Another thing, long ago, somebody else's words or what was told already adds nothing."""
    assert with_history(read, said, before, PACK) == read


@pytest.mark.parametrize(
    ("expected", "name", "text"),
    [(1, "Sam Hall", "Hi SAM!"), (0, "Sam Hall", "Samuel"), (0, "", "Hi Sam"), (0, None, "Hi")],
)
def test_a_name_counts_where_it_is_used(expected, name, text):
    """Only the customer's own first name, as a word, is an act."""
    acts = by_name(turn(text, Role.AGENT), 3, Opened(customer_name=name))
    assert len(acts) == expected
    assert all(act.index == 3 and act.technique == "personalise" for act in acts)
