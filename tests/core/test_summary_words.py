"""The record in the words of those who said it."""

from dataclasses import replace

from test_summary import CHAT, PACK, entry, proof, reading, turn

from assist.core.ledger import EntryKind, EntryState
from assist.core.signals import Signal
from assist.core.summary import summarise
from assist.core.turns import Role

SAID = (
    turn("t1", Role.CUSTOMER, "Hi. My green parcel hasn't arrived since Monday. Can you look?"),
    turn("t2", Role.AGENT, "Sorry. I can call them. Bye."),
    turn("t3", Role.CUSTOMER, "I'll tell my lawyer"),
)


def told(*readings, **changes):
    return summarise(replace(CHAT, turns=SAID, readings=readings, **changes), PACK)


def test_a_problem_is_the_first_sentence_that_says_something():
    """A greeting is none; what a cause points at is not quoted twice."""
    at = SAID[0].text.index("My")
    cause = replace(reading("t1", -0.5), signals=(
        Signal(name="cause.delay", score=0.9, evidence=(proof("t1", at),)),
    ))  # fmt: skip
    lines = [line.text for line in told(cause, acts=(), ledger=()).record]
    first = "The customer wrote: “My green parcel hasn't arrived since Monday.”"
    assert lines[:2] == [first, "Cause: Late."]
    assert lines.count(first) == 1


def test_what_the_customer_may_do_is_told_in_their_words():
    """A sure risk is a line of the record, an unsure one and one without words are none."""
    risks = (
        Signal(name="risk.legal", score=0.9, evidence=(proof("t3", 5),)),
        Signal(name="risk.public", score=0.2, evidence=(proof("t3", 5),)),
        Signal(name="risk.churn", score=0.9),
    )
    found = told(replace(reading("t3", -0.2), signals=risks), acts=(), ledger=())
    assert [line.text for line in found.record if "lawyer" in line.text] == [
        "May take legal steps: “I'll tell my lawyer”"
    ]


def test_what_was_agreed_is_not_told_as_an_offer_as_well():
    """An offer that stands in the ledger as agreed is one line of the record."""
    agreed = entry(EntryKind.AGREEMENT, EntryState.OPEN, "I can call them.")
    lines = told(ledger=(agreed,)).record
    assert [line.part for line in lines if "call them" in line.text] == ["agreed"]
