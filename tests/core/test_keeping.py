"""What later turns make of what was promised."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.core.keeping import BROKEN, about_same, after_agent, after_customer
from assist.core.ledger import Entry, EntryKind, EntryState, Owner
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.text import Span
from assist.core.turns import Role, Turn

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
OPEN, KEPT, DROPPED = EntryState.OPEN, EntryState.KEPT, EntryState.DROPPED


def entry(what, owner=Owner.AGENT, name="p", **more):
    proof = Evidence(turn="t1", span=Span(0, len(what)), cue="c", source="s")
    return Entry(
        id=name, kind=EntryKind.PROMISE, owner=owner, what=what, said=AT, evidence=(proof,), **more
    )


def turn(text, role=Role.AGENT, minutes=10):
    return Turn(id="t9", role=role, text=text, at=AT + timedelta(minutes=minutes))


def agent(text, *ledger, signals=(), minutes=10):
    """Return the states after an agent's turn."""
    reading = Reading(turn="t9", sentiment=FLAT, signals=signals)
    return [e.state for e in after_agent(ledger, turn(text, minutes=minutes), reading)]


def customer(text, *ledger):
    """Return the states after a customer's turn."""
    return [e.state for e in after_customer(ledger, turn(text, Role.CUSTOMER))]


@pytest.mark.parametrize(
    ("expected", "what", "said"),
    [
        (KEPT, "I'll refund the rice", "I've now refunded the rice."),
        (KEPT, "I'll refund the rice", "Refunded!"),
        (KEPT, "I'll refund it", "It's been refunded."),
        (KEPT, "I'll send the label", "Your label has been sent."),
        (KEPT, "I'll send the label", "Just sent it."),
        (KEPT, "I'll refund it", "I've put the refund through."),
        (KEPT, "I'll call you", "I'm calling you right now."),
        (KEPT, "I'll cancel it", "I'm cancelling it now."),
        (OPEN, "I'll cancel it", "I'm cancelling it tomorrow."),
        (OPEN, "I'll refund the rice", "I've refunded the naan."),
        (OPEN, "I'll refund the rice", "I've asked billing to refund it."),
        (OPEN, "I'll refund the rice", "I haven't refunded it."),
        (OPEN, "I'll refund the rice", "I've refunded it?"),
        (OPEN, "I'll refund the rice", "Once I've refunded it, you'll see it."),
        (OPEN, "I'll refund the rice", "It is refunded by Friday."),
        (OPEN, "I'll call you", "I've called the depot."),
        (OPEN, "I'll call the depot", "I've called you."),
        (OPEN, "I'll send it", "I've received it."),
    ],
)
def test_what_is_done_is_kept(expected, what, said):
    """The same act on the same thing keeps a promise; plans, denials and questions do not."""
    assert agent(said, entry(what)) == [expected]


@pytest.mark.parametrize(
    ("expected", "what", "said", "minutes"),
    [
        (KEPT, "I'll check", "Thanks for waiting. It is on the van.", 10),
        (KEPT, "I'll let you know", "Good news: it left.", 10),
        (KEPT, "I'll ask the depot", "The depot says it left.", 10),
        (OPEN, "I'll check", "Which order is it?", 10),
        (OPEN, "I'll check", "It is the blue one.", 10),
        (OPEN, "I'll check", "Thanks for waiting, I'm still checking.", 10),
        (KEPT, "Give me ten minutes", "It is the blue one.", 10),
        (OPEN, "Give me ten minutes", "It is the blue one.", 0),
        (OPEN, "Give me ten minutes", "Another two minutes.", 10),
    ],
)
def test_coming_back_with_something_to_say_is_kept(expected, what, said, minutes):
    """An answer keeps the promise of one, any words after a while that of coming back."""
    assert agent(said, entry(what), minutes=minutes) == [expected]


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ([KEPT], "All done."),
        ([KEPT], "That's taken care of now."),
        ([KEPT], "As promised, the fee is gone."),
        ([OPEN], "As promised, I'll call the bank."),
        ([OPEN], "Not done."),
        ([OPEN], "Is that done?"),
        ([OPEN], "Well done, thanks."),
    ],
)
def test_done_means_the_one_thing_that_is_open(expected, said):
    """Where only one thing is open, it is what "done" and "as promised" mean."""
    assert agent(said, entry("I'll waive the fee")) == expected


def test_done_says_nothing_where_several_things_are_open():
    """Of two things "done" could mean either; "as promised" means the one it names."""
    two = (entry("I'll waive the fee"), entry("I'll send the label", name="q"))
    assert agent("Done.", *two) == [OPEN, OPEN]
    assert agent("As promised, the label is in your inbox.", *two) == [OPEN, KEPT]


def test_done_says_nothing_of_what_was_just_said_or_is_for_later():
    """A word of the same turn and a follow-up are not meant by it."""
    later = Entry(id="f", kind=EntryKind.FOLLOW_UP, owner=Owner.AGENT, what="I'll check again")
    own = Evidence(turn="t9", span=Span(0, 1), cue="c", source="s")
    later = Entry(
        id="f", kind=EntryKind.FOLLOW_UP, owner=Owner.AGENT, what="I'll look again",
        evidence=later.evidence,
    )  # fmt: skip
    assert agent("All done.", later) == [OPEN]
    just = Entry(
        id="j", kind=EntryKind.PROMISE, owner=Owner.AGENT, what="I'll look", evidence=(own,)
    )
    assert agent("All done.", just) == [OPEN]


def broken(span):
    here = Evidence(turn="t9", span=Span(0, 4), cue=BROKEN, source="s")
    there = Evidence(turn="t1", span=span, cue=BROKEN, source="s")
    return (Signal(name=BROKEN, score=1.0, evidence=(here, there)),)


@pytest.mark.parametrize(
    ("expected", "span"),
    [
        (EntryState.CONTRADICTED, Span(0, 20)),
        (OPEN, Span(0, 90)),
        (OPEN, Span(40, 60)),
    ],
)
def test_what_is_gone_back_on_is_contradicted(expected, span):
    """The reading says which words are; a promise is meant where it is most of them."""
    before = entry("I'll refund the rice")
    assert agent("No refunds.", before, signals=broken(span)) == [expected]


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (DROPPED, "I'm sorry, I can't call you today."),
        (DROPPED, "I'm sorry. I can't call you today."),
        (OPEN, "I can't call you before four."),
        (OPEN, "I'm sorry, I can't open the file."),
    ],
)
def test_what_is_openly_taken_back_is_dropped(expected, said):
    """It takes an open word; otherwise it stays what it was."""
    assert agent(said, entry("I'll call you")) == [expected]


@pytest.mark.parametrize(
    ("expected", "owner", "what", "said"),
    [
        (KEPT, Owner.CUSTOMER, "I'll send the photos", "sent the photos"),
        (KEPT, Owner.CUSTOMER, "I'll send the photos", "here are the photos"),
        (KEPT, Owner.CUSTOMER, "I'll send the photos", "photos attached"),
        (OPEN, Owner.CUSTOMER, "I'll send the photos", "here is the form"),
        (OPEN, Owner.CUSTOMER, "I'll send the photos", "sent the photos?"),
        (KEPT, Owner.COMPANY, "You'll have the refund", "got the refund"),
        (KEPT, Owner.COMPANY, "A colleague will ring you", "he rang me"),
        (OPEN, Owner.COMPANY, "You'll have the refund", "got the label"),
        (OPEN, Owner.COMPANY, "You'll have the refund", "still no refund came"),
        (OPEN, Owner.COMPANY, "You'll have the refund", "the refund hasn't arrived"),
        (DROPPED, Owner.AGENT, "I'll call you", "no need to call"),
        (DROPPED, Owner.AGENT, "I'll send the label", "never mind the label"),
        (DROPPED, Owner.AGENT, "I'll send the label", "please don't send it, I have one"),
        (OPEN, Owner.AGENT, "I'll send the label", "please don't send the lamp"),
        (OPEN, Owner.AGENT, "I'll call you", "never mind the label"),
        (OPEN, Owner.CUSTOMER, "I'll call you", "no need to call"),
        (OPEN, Owner.AGENT, "I'll call you", "ok"),
    ],
)
def test_customers_keep_confirm_and_call_off(expected, owner, what, said):
    """A customer does what they said, tells what came, and says what they need no longer."""
    assert customer(said, entry(what, owner)) == [expected]


def test_where_nothing_is_open_nothing_changes():
    """A ledger without anything pending is the same after any turn."""
    done = (entry("I'll call you", state=KEPT),)
    assert after_customer(done, turn("no need to call", Role.CUSTOMER)) is done
    reading = Reading(turn="t9", sentiment=FLAT)
    assert after_agent(done, turn("I can't call, sorry."), reading) is done


def test_what_changed_an_entry_is_named():
    """The words that kept a promise stand in its evidence, after those that gave it."""
    (after,) = after_customer(
        (entry("I'll send it", Owner.CUSTOMER),), turn("ok. sent it", Role.CUSTOMER)
    )
    assert [(p.turn, tuple(p.span), p.cue) for p in after.evidence] == [
        ("t1", (0, 12), "c"), ("t9", (4, 11), "ledger.kept"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "one", "other"),
    [
        (True, "i'll send the label", "i've sent the label"),
        (False, "i'll send the label", "i've sent the box"),
        (True, "i'll send it", "i've sent the box"),
        (False, "i'll send you", "i've sent the box"),
        (True, "i'll send the box", "i've sent it"),
        (True, "i'll send the box", "sent!"),
        (False, "i'll send the box", "i've sent you one more"[:14]),
        (True, "i'll send you", "i've sent you"),
    ],
)
def test_two_sentences_are_about_the_same(expected, one, other):
    """They name one thing, or one of them names it and the other points at it."""
    assert about_same(one, other, frozenset({"send"})) is expected
