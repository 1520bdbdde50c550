"""What a turn adds to the ledger."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.core.conversation import Act, Conversation
from assist.core.entering import ACCEPTED, agreed, entered, recapped
from assist.core.ledger import EntryKind, EntryState, Owner, overdue
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.text import Span
from assist.core.turns import Opened, Role, Turn

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)


def turn(text, name="t1", role=Role.AGENT, minutes=0, *, private=False):
    at = AT + timedelta(minutes=minutes)
    return Turn(id=name, role=role, text=text, at=at, private=private)


def told(*texts):
    """Return what is entered of an agent's turns, one minute apart."""
    ledger = ()
    for number, text in enumerate(texts):
        ledger = entered(ledger, turn(text, f"t{number}", minutes=number), None)
    return ledger


def test_every_word_of_a_turn_is_an_entry_of_its_own():
    """Ids count the words of a turn; owner, condition, time and place come from the words."""
    first, second = told("I'll call the bank by 5. Once it is here, Billing will refund you.")
    assert (first.id, second.id) == ("promise:t0", "promise:t0:2")
    assert (first.owner, first.due, first.said) == (Owner.AGENT, AT.replace(hour=17, minute=0), AT)
    assert (second.owner, second.who, second.condition) == (
        Owner.COMPANY, "billing", "Once it is here",
    )  # fmt: skip
    assert [(p.turn, tuple(p.span), p.cue) for p in first.evidence] == [
        ("t0", (0, 23), "ledger.promise")
    ]


def test_slashed_dates_need_the_locale():
    """What a date of two numbers means is told by the locale of the opening."""
    said = turn("I'll call on 4/5.")
    assert entered((), said, None)[0].due is None
    assert entered((), said, "en-GB")[0].due.month == 5


@pytest.mark.parametrize(
    "again",
    [
        "I'll call you at 5 as promised.", "I will call you by 5", "I'll call you.",
    ],
)  # fmt: skip
def test_a_word_said_again_is_the_same_entry(again):
    """It keeps its id and its time, and both places speak for it."""
    (entry,) = told("I'll call you by 5.", again)
    assert (entry.id, entry.due) == ("promise:t0", AT.replace(hour=17, minute=0))
    assert [proof.turn for proof in entry.evidence] == ["t0", "t1"]


def test_a_new_time_takes_the_place_of_the_old():
    """A word that is late and given a new time is open again."""
    late = overdue(told("I'll call you by 3."), AT + timedelta(hours=1))
    assert late[0].state is EntryState.OVERDUE
    (entry,) = entered(late, turn("I'll call you by 6.", "t2", minutes=60), None)
    assert (entry.state, entry.due.hour) == (EntryState.OPEN, 18)


def test_a_pause_that_takes_longer_is_one_pause():
    """More minutes asked for are the same word with a new time."""
    (entry,) = told("Give me ten minutes.", "I need another 20 minutes.")
    assert entry.due == AT + timedelta(minutes=21)


@pytest.mark.parametrize(
    "other",
    [
        "I'll call the depot.", "I'll email you by 5.", "The courier will call you by 5.",
        "I'll call the bank.",
    ],
)  # fmt: skip
def test_another_word_is_another_entry(other):
    """Another act, another thing or somebody else makes a new entry."""
    assert len(told("I'll call you by 5.", other)) == 2


def test_one_turn_may_say_two_alike():
    """Two words of one turn are two, and what is kept is not taken up again."""
    assert len(told("I'll call you by 5. I'll call you at 7.")) == 2


def reading(*signals):
    return Reading(turn="t9", sentiment=FLAT, signals=signals)


def accepted(text):
    proof = Evidence(turn="t9", span=Span(0, len(text)), cue=ACCEPTED, source="r")
    return Signal(name=ACCEPTED, score=1.0, evidence=(proof,))


def answer(text, *before, acts=(), signals=()):
    """Return what a customer's turn agrees to after these turns."""
    last = turn(text, "t9", Role.CUSTOMER, 9)
    opened = Opened(locale="en-GB")
    chat = Conversation(id="c", turns=(*before, last), acts=acts, opened=opened)
    return agreed(chat, last, reading(*signals))


@pytest.mark.parametrize(
    ("expected", "put", "said"),
    [
        ("I'll cancel it on 4/5, ok?", "Hi. I'll cancel it on 4/5, ok?", "yes"),
        ("Shall I send a new one?", "It is lost. Shall I send a new one?", "Sure, go ahead"),
        ("If you like, I'll call you.", "If you like, I'll call you.", "that works for me"),
        ("I'll take half off.", "I'll take half off. OK?", "deal"),
        (None, "Shall I send a new one?", "yes, but not today"),
        (None, "Shall I send a new one?", "what does it cost?"),
        (None, "Can I have your order number?", "sure"),
        (None, "It is in stock.", "ok"),
    ],
)
def test_a_yes_to_what_was_put_is_an_agreement(expected, put, said):
    """A plain yes answers a question or an offer just made, and nothing else."""
    found = answer(said, turn(put))
    assert [entry.what for entry in found] == ([expected] if expected else [])
    assert all(entry.id == "agreement:t9" for entry in found)
    assert all([p.turn for p in entry.evidence] == ["t1", "t9"] for entry in found)


def test_of_several_the_one_that_is_named_or_the_last_is_meant():
    """Words of the answer choose among what was put to the customer."""
    put = (turn("Shall I send a lamp?", "t1"), turn("Shall I refund the charger?", "t2"))
    assert answer("yes, the lamp please", *put)[0].what == "Shall I send a lamp?"
    assert answer("yes please", *put)[0].what == "Shall I refund the charger?"


def test_an_offer_that_rules_read_is_accepted_by_clear_words():
    """Without a question it takes a clear acceptance, and an offer that can be pointed at."""
    put = turn("Good. We can send a new one today.")
    proof = Evidence(turn="t1", span=Span(6, 12), cue="act.offer", source="r")
    offer = Act(name="offer", turn="t1", index=0, evidence=(proof,))
    other = Act(name="progress", turn="t1", index=0)
    yes = accepted("Yes please")
    (entry,) = answer("Yes please", put, acts=(other, offer), signals=(yes,))
    assert (entry.what, entry.owner) == ("We can send a new one today.", Owner.COMPANY)
    assert entry.evidence[1] == yes.evidence[0]
    assert answer("Yes please", put, acts=(offer,)) == ()
    assert answer("hm", put, signals=(accepted("hm"),)) == ()


def test_only_what_was_said_since_the_customers_last_word_counts():
    """Older offers, notes and what others said are not put to the customer now."""
    put = turn("Shall I send a new one?")
    heard = turn("hm", "t2", Role.CUSTOMER)
    assert answer("ok", put, heard, turn("It is in stock.", "t3")) == ()
    assert answer("ok", turn("Shall I send it?", private=True)) == ()
    assert len(answer("ok", put, turn("Welcome", "t2", Role.BOT))) == 1


def agreement():
    return answer("yes", turn("Shall I book Wednesday?"))


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (17, "To recap: it is booked by 5 pm."),
        (18, "Agreed then: the engineer comes."),
        (18, "Deal. The engineer comes."),
    ],
)
def test_an_agreement_said_back_is_the_same(due, text):
    """What is summed up after a yes is that agreement, with the time that is named then."""
    (entry,) = recapped(agreement(), turn(text, "t10"), None)
    assert (entry.id, entry.due.hour) == ("agreement:t9", due)
    assert [proof.turn for proof in entry.evidence] == ["t1", "t9", "t10"]
    assert recapped((entry,), turn(text, "t10"), None) == (entry,)


def test_an_agreement_said_back_with_a_new_time_is_open_again():
    """What is past its time and is given another waits for that one."""
    late = overdue(
        recapped(agreement(), turn("Agreed: by 3 pm.", "t10"), None), AT.replace(hour=16)
    )
    assert late[0].state is EntryState.OVERDUE
    (entry,) = recapped(late, turn("To recap: by 6 pm.", "t11", minutes=120), None)
    assert (entry.state, entry.due.hour) == (EntryState.OPEN, 18)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (1, "We've agreed: the 8am train, and 20 euros back."),
        (1, "Deal. The 8am train it is."),
        (0, "To recap: the 8am train."),
        (0, "Agreed: I'll book the 8am train."),
        (0, "Agreed."),
        (0, "Deal. Which train?"),
        (0, "Is it agreed: the 8am train?"),
        (0, "The 8am train is late."),
    ],
)
def test_what_the_agent_says_was_agreed_is_entered_once(expected, text):
    """It takes a word that says so, and what it was; a promise in it is entered as one already."""
    found = recapped((), turn(text), None)
    assert [entry.kind for entry in found] == [EntryKind.AGREEMENT] * expected


def test_other_entries_stay_beside_an_agreement():
    """Saying back what was agreed leaves promises alone."""
    ledger = (*told("I'll call you."), *agreement())
    after = recapped(ledger, turn("To recap: booked by 5 pm.", "t10"), None)
    assert after[0] is ledger[0]
