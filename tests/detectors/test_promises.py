"""What a draft does with a word that was given."""

from datetime import UTC, datetime

import pytest

from assist.core import keeping
from assist.core.signals import Evidence
from assist.core.turns import Draft, Role, Turn
from assist.detectors.promises import GIVEN, SIGNAL, load

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DETECT = load()


def found(word: str, draft: str, role: Role = Role.AGENT) -> tuple[Evidence, ...]:
    """Return the evidence for a broken word, none where there is no signal."""
    earlier = (Turn(id="t0", role=role, text=word, at=AT),)
    signals = DETECT(Draft(text=draft), earlier).signals
    assert all(signal.name == SIGNAL for signal in signals)
    return tuple(proof for signal in signals for proof in signal.evidence)


BROKEN = (
    ("I'll call you by 5.", "I never said I'd call."),
    ("I'll call you by 5.", "We don't call customers."),
    ("I'll call you by 5.", "You'll have to call us back."),
    ("I'll call you at 3.", "Someone will call you at 5."),
    ("We'll ring you today.", "A colleague will ring you tomorrow."),
    ("I've booked the engineer for Tuesday.", "The engineer comes on Friday."),
    ("You'll have the refund today.", "The refund is made within 14 days."),
    ("I'll refund the fare.", "No refund is possible on this fare."),
    ("I'll refund the full 35.50.", "The refund is 20.00, it's on your card."),
    ("The return label is free of charge.", "The return label has a fee of 4 euros."),
    ("There is no charge for that.", "There is a deposit of 40 euros."),
    ("I'll send the modem today.", "We can send it once the old one is back."),
    ("I have everything here.", "I'd need your address and the meter number."),
    ("I'll run a test now.", "Please tell me again what happened."),
    ("I'll ask the pharmacist now and tell you.", "Anything else I can do?"),
    ("I've paused the account.", "Your account will be suspended on Monday."),
    ("I'll fill in the claim form for you.", "Please complete the claim form online."),
    ("I'll get you a two-hour slot.", "They come between 8 and 17."),
    ("It will go to head office and not to the branch.", "I passed it to the branch."),
    ("You'll have it by 12 May.", "It is due by 20 May, the lab has it."),
    ("I've put one aside and reserved it for you.", "That jacket is sold."),
    ("You can keep the old kettle.", "Please send the kettle back first."),
    ("We'll refund it to your card.", "You get store credit for it."),
    ("I won't share your number with the seller.", "I gave your number to the seller."),
    ("There's no need to print the form.", "Please print the form and bring it."),
    ("The price stays at $30 a month.", "The price is $36 a month."),
    ("Your leave request is approved.", "The request was rejected."),
    ("I'll stay here until it works.", "I have to go, other customers are waiting."),
)


@pytest.mark.parametrize(("word", "draft"), BROKEN)
def test_a_word_gone_back_on_is_found(word: str, draft: str) -> None:
    """A draft that denies, delays, undoes, charges for or hands back a promise is found."""
    assert found(word, draft)


@pytest.mark.parametrize(("word", "draft"), BROKEN)
def test_it_takes_the_promise(word: str, draft: str) -> None:
    """The same draft says nothing against a word that only the customer spoke."""
    assert not found(word, draft, Role.CUSTOMER)


KEPT = (
    ("I'll call you by 5.", "I'm calling you now."),
    ("I'll call you by 5.", "I said 5, it will be 6, I'm sorry."),
    ("I'll call you by 5.", "I'll call you at 5 as promised."),
    ("I'll call you by 5.", "I can't call you before 5, here is the answer."),
    ("I've booked the engineer for Tuesday.", "The engineer comes on Tuesday at 9."),
    ("I've booked the engineer for Tuesday.", "Would Friday suit you for the engineer instead?"),
    ("The return label is free.", "There's no fee for the return label."),
    ("The return label is free.", "The new lamp costs 40 euros."),
    ("I'll refund the full 35.50.", "I've refunded 35.50 to your card."),
    ("I'll send the modem today.", "The modem left today at noon."),
    ("I'll ask the pharmacist now and tell you.", "The pharmacist says yes. Anything else?"),
    ("If you like, I'll call you.", "You'll have to call us back."),
    ("Which number is on the letter?", "We don't call customers."),
    ("It will go to head office and not to the branch.", "It won't go to the branch."),
)


@pytest.mark.parametrize(("word", "draft"), KEPT)
def test_a_word_kept_or_openly_changed_is_left_alone(word: str, draft: str) -> None:
    """A draft that keeps its word, corrects it openly or speaks of other things is left alone."""
    assert not found(word, draft)


def test_both_sides_are_named() -> None:
    """The evidence points at the sentence of the draft and at the promise, by its turn."""
    word, draft = "Thanks. I'll call you by 5.", "Hello. We don't call customers."
    here, there = found(word, draft)
    assert (here.turn, here.span.of(draft)) == ("", "We don't call customers.")
    assert (there.turn, there.span.of(word)) == ("t0", "I'll call you by 5.")


def test_a_word_said_twice_is_the_last_one_again() -> None:
    """What is denied is the word that was given last, however often it was given before."""
    said = ("I'll call you by 5.", "I'll send the label.", "I'll call you by 5.")
    earlier = [
        Turn(id=f"t{number}", role=Role.AGENT, text=text, at=AT) for number, text in enumerate(said)
    ]
    (signal,) = DETECT(Draft(text="I never said that."), earlier).signals
    assert [proof.turn for proof in signal.evidence] == ["", "t2"]


def test_private_turns_bind_nobody() -> None:
    """A promise in an internal note is no promise."""
    note = Turn(id="t0", role=Role.AGENT, text="I'll call you by 5.", at=AT, private=True)
    assert not DETECT(Draft(text="We don't call customers."), (note,)).signals


def test_a_turn_that_goes_back_on_a_word_says_so() -> None:
    """A turn that was sent is read like a draft, under a name of its own, with both places."""
    turn = Turn(id="t1", role=Role.AGENT, text="I never said that.", at=AT)
    word = Turn(id="t0", role=Role.AGENT, text="I'll call you by 5.", at=AT)
    (signal,) = DETECT(turn, (word,)).signals
    assert signal.name == keeping.BROKEN
    assert [proof.turn for proof in signal.evidence] == ["t1", "t0"]


def test_an_agents_own_word_is_given() -> None:
    """What the agent and their company promise is marked, word by word; what others do is not."""
    text = "I'll call the bank. We'll write to you by 5. The courier will collect it."
    (signal,) = DETECT(Turn(id="t1", role=Role.AGENT, text=text, at=AT), ()).signals
    assert signal.name == GIVEN
    assert [proof.span.of(text) for proof in signal.evidence] == [
        "I'll call the bank",
        "We'll write to you by 5",
    ]


@pytest.mark.parametrize(("role", "private"), [(Role.CUSTOMER, False), (Role.AGENT, True)])
def test_customers_and_notes_give_no_such_word(role: Role, *, private: bool) -> None:
    """Only what an agent says to the customer counts."""
    turn = Turn(id="t1", role=role, text="I'll call you.", at=AT, private=private)
    assert not DETECT(turn, ()).signals
