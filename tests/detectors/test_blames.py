"""Blame of the reader in parsed sentences; in the tables, brackets stand round what is found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.detectors.blames import blames, may_blame
from assist.detectors.clauses import Clauses
from assist.detectors.parser import load_parser
from assist.packs.bundled import bundled

BLAMED = """
[You didn't send] us the signed form.
[You should have told] the driver about the gate.
[You forgot] to close the valve.
It seems [you forgot] your password again.
[You entered] the wrong postcode.
[You failed] to cancel in time.
[you didnt read] the manual
[You haven't paid] the March rent.
[You never answered] our letter.
[You ignored] the warning on the label.
If [you had called] earlier, we could have kept the table.
[You missed] your appointment.
[You could have asked] the pharmacist.
[You might have mentioned] the dog.
[You typed] the address incorrectly.
[You wrongly ticked] the box for a single room.
[You gave] us an invalid card number.
[you should've booked] in advance
[You should of said] so at the desk.
[You ought to have checked] the tyre pressure.
[You were supposed] to bring the red book.
[You did not attach] the photo.
[You have not confirmed] the email.
[You've misread] the timetable.
[You used] the wrong charger.
The cake was spoilt because [you didn't put] it in the fridge.
[You submitted] the essay late.
[You overlooked] the second page.
[You neglected] to renew the licence.
As [you haven't signed] the contract, the room is gone.
[You misspelled] your own name on the ticket.
[u didnt pick] up the phone
I see that [you did not follow] the instructions.
[You refused] the parcel at the door.
[You hadn't charged] the scooter.
Our records show that [you skipped] two payments.
[You sent] it to the wrong branch.
[You didn’t water] the plants.
[You put] the wrong date on the cheque.
[You caused] the delay.
[You broke] the seal yourself.
[You damaged] the rim.
"""

NEAR = """
You didn't receive the parcel, I'm sorry.
You did nothing wrong.
You didn't do anything wrong.
You haven't missed anything.
You haven't broken anything.
You did not cause this.
You didn't break it, the hinge was weak.
You did not fail, the exam was faulty.
You never have to pay for that.
You never forget a birthday, thank you!
You have never been late with a payment.
You should have received a text by now.
You should have the money on Friday.
You ought to have received it.
You were supposed to get a text from us.
You weren't supposed to know.
You may have typed it twice.
You might have missed our mail.
You can't have known that.
You could not have seen that.
You could have a refund or a voucher.
Did you forget the code?
Didn't you get the mail?
Haven't you had a reply yet?
If you forgot the code, press reset.
If you didn't order it, tell us.
Whenever you missed a lesson, it was made up.
When you didn't hear from us, what did you do?
You haven't been charged.
You weren't told about the fee, that's on us.
You should not have been charged.
You were given the wrong key by us.
You were sent the wrong size.
You told me that you didn't sign anything.
You said you missed the bus.
I understand you didn't want the insurance.
I'm sorry you missed the concert.
You didn't get what you paid for.
You don't need to do anything.
You didn't have to come all the way.
You won't lose your place.
The page you didn't fill in is optional.
We forgot to tell you.
We gave you the wrong date.
The app showed you an incorrect price.
You're not wrong, the sign is confusing.
You caught a mistake that we missed.
"""


@pytest.fixture(scope="module")
def parse():
    """Return the parser that is installed."""
    return load_parser(bundled("models") / "parser" / "manifest.json")


@pytest.fixture(scope="module")
def found(parse):
    """Return where a sentence blames its reader."""
    return lambda sentence: [s.of(sentence) for s in blames(Clauses(parse(sentence)))]


@pytest.mark.parametrize("marked", BLAMED.strip().splitlines())
def test_blame_is_found_from_the_reader_to_the_verb(found, marked):
    """The span is who is blamed and for what was done or left undone."""
    assert found(re.sub(r"[\[\]]", "", marked)) == re.findall(r"\[(.*?)\]", marked)


@pytest.mark.parametrize("sentence", NEAR.strip().splitlines())
def test_what_clears_asks_or_supposes_is_no_blame(found, sentence):
    """What happened to the reader, what is asked or supposed, and our own faults blame nobody."""
    assert found(sentence) == []


@pytest.mark.parametrize("marked", BLAMED.strip().splitlines())
def test_what_blames_may_blame(parse, marked):
    """No blame is lost by a look at its words."""
    tokens = parse(re.sub(r"[\[\]]", "", marked))
    assert may_blame([token.text for token in tokens])


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (True, "you broke it"),
        (True, "you did not water it"),
        (True, "you never water it"),
        (True, "u should have asked"),
        (True, "if you had asked"),
        (True, "you were supposed to ask"),
        (False, "we broke it"),
        (False, "if you like it"),
        (False, "you will not see it"),
        (False, "you did see it"),
        (False, "you could ask"),
        (False, "you have it"),
        (False, "you had it"),
        (False, "you were there"),
    ],
)
def test_words_tell_what_cannot_blame(expected, said):
    """It takes the reader, and a fault, or something left undone or owed."""
    assert may_blame(said.split()) is expected


PIECES = st.sampled_from(
    [
        "you", "u", "I", "we", "did", "didn't", "have", "'ve", "haven't", "had", "has", "not",
        "never", "should", "could", "ought", "of", "to", "if", "were", "supposed", "meant", "send",
        "sent", "water", "broke", "failed", "wrong", "late", "the", "form", "gave", "it", "no", ",",
    ]
)  # fmt: skip


@given(st.lists(PIECES, min_size=2, max_size=10).map(" ".join))
def test_a_sentence_that_may_not_blame_has_no_blame(parse, found, said):
    """However the words stand, what the look at them leaves out would have blamed nobody."""
    assert may_blame([token.text for token in parse(said)]) or found(said) == []
