"""What a rewrite must never change, with rewrites that try to."""

import pytest

from assist.core import invariants
from assist.core.invariants import broken

TRUE = [
    ("We can't refund until Monday.", "We can refund from Monday."),
    ("We can’t ship until after 6pm.", "We can ship after 6pm."),
    ("Unfortunately Sam can't pay until 3 May.", "Sam can pay from 3 May."),
    ("You didn't send the photo.", "I don't see the photo yet."),
    ("You never sent it.", "The photo is not here yet."),
    ("You're not listening.", "Let me put it another way."),
    ("I can't do it.", "I can't do it. What I can do is [next step]."),
    ("It will definitely arrive.", "It will arrive."),
    ("Sorry for any trouble this may have caused.", "Sorry about [detail]."),
    ("You should have called.", "A call is missing."),
    ("It is on hold until May.", "It can go ahead from May."),
    ("Until the police report is in, it's on hold.", "Once the police report is in, it's on."),
    ("I NEED the code AB-12.", "I need the code AB-12."),
    ("Without a receipt we can't refund it.", "With a receipt we can refund it."),
    ("We can't ship it. The law is new.", "We can't ship it. The law is new."),
    ("We can't ship until May. Mind the gas.", "We can ship from May. Mind the gas."),
    ("", ""),
    ("See Ana. Ask Ana. It may rain.", "See Ana. Ask her. It may rain."),
]
FALSE = [
    ("It costs £5.", "It costs £6.", "numbers"),
    ("It costs £5.", "It costs little.", "numbers"),
    ("It comes at 9:30.", "It comes at 9:00.", "numbers"),
    ("We can't ship until monday.", "We can ship from tuesday.", "numbers"),
    ("It takes two days.", "It takes three days.", "numbers"),
    ("We can't ship yet.", "We can't ship before 5.", "numbers"),
    ("See https://a.example/b for it.", "See https://a.example/c for it.", "numbers"),
    ("Write to a@b.example today.", "Write to us today.", "numbers"),
    ("We can't ship it, sorry.", "We can't ship it, sorry, not today.", "numbers"),
    ("Please ask Ana about it.", "Please ask Bea about it.", "names"),
    ("Please ask her about it.", "Please ask Ana about it.", "names"),
    ("Open the myBank app.", "Open the app.", "names"),
    ("I see the lamp is broken.", "I'll see the lamp is broken.", "commitments"),
    ("The lamp is broken.", "We will look at the lamp.", "commitments"),
    ("Sorry the lamp is broken.", "Sorry, a refund is due.", "commitments"),
    ("We can send a voucher.", "We can send a voucher and a discount.", "commitments"),
    ("I look at it.", "I make sure of it.", "commitments"),
    ("The van may come.", "The van will come.", "modality"),
    ("It should come.", "It comes.", "modality"),
    ("It usually takes long.", "It takes long.", "modality"),
    ("We try to call.", "We call.", "modality"),
    ("It goes well.", "It always goes well.", "modality"),
    ("It could come.", "It comes.", "modality"),
    ("We can't promise it until May.", "We can promise it from May.", "modality"),
    ("I'm not able to swear it.", "I can swear it.", "modality"),
    ('You said "no way".', "You said no.", "quotation"),
    ("You can't touch the wires until May.", "You can touch the wires from May.", "care"),
    ("The drugs test is on hold until May.", "The drugs test can go on from May.", "care"),
    ("You need to stop the gas first.", "You can stop the gas first.", "care"),
    ("It's impossible to promise it.", "It's possible to promise it.", "modality"),
    ("We're not in a position to swear it.", "We're in a position to swear it.", "modality"),
    ("We can't advise you without it.", "We can advise you with it.", "care"),
    ("The lamp broke.", "The lamp broke, our fault.", "admission"),
    ("The lamp broke.", "We failed you with the lamp.", "admission"),
    ("We can't refund it.", "We can refund it.", "limit"),
    ("We can't refund it until it's back.", "We can refund it.", "limit"),
    ("It isn't possible and never was.", "It is possible once.", "limit"),
    ("No, it's closed.", "It's closed.", "limit"),
]
AROUND = [
    ("Hello. ", ""),
    ("", " See you."),
    ("Hi Ana! It may rain.\n", "\nAsk Bea. We will call you by 5."),
    ('He said: "Oh. ', ' Ah." So it is.'),
    ("Not yet... ", " Mind the gas! You can't."),
]
"""What may stand around a draft that is reworded, and stays."""


@pytest.mark.parametrize(("before", "after"), TRUE)
def test_a_true_rewrite_breaks_nothing(before, after):
    """The same facts, the same promises and the same limit in other words pass."""
    assert broken(before, after) is None


@pytest.mark.parametrize(("before", "after", "law"), FALSE)
def test_a_false_rewrite_is_named(before, after, law):
    """The law that a rewrite breaks is named, so that it is not offered."""
    assert broken(before, after) == law


@pytest.mark.parametrize(("first", "last"), AROUND)
@pytest.mark.parametrize(("before", "after"), [*TRUE, *((one[0], one[1]) for one in FALSE)])
def test_what_stays_around_a_rewrite_changes_no_verdict(before, after, first, last):
    """A look at the sentences that change says what a look at the whole text says."""
    old, new = f"{first}{before}{last}", f"{first}{after}{last}"
    assert broken(old, new) == invariants._broken(old, new)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (("Two.", "Too."), "One. Two. Three.", "One. Too. Three."),
        (("One.", "A."), "One. Two.", "A. Two."),
        (("Two", "Two!"), "One.\nTwo", "One.\nTwo!"),
        (("One, two.", "One; too."), "Oh! One, two.\nYes.", "Oh! One; too.\nYes."),
        (None, "Yes. ", "Yes. No."),
        (("Two? So.", "Two! So."), "One. Two? So. Yes", "One. Two! So. Yes"),
        (None, "One, two", "One; two"),
        (None, 'One. "Two. Yes".', 'One. "Too. Yes".'),
        (None, "One. Two.", "One. “Two.”"),
        (None, "", "One."),
    ],
)
def test_only_whole_sentences_are_left_out(part, old, new):
    """What both begin and end with is left out by sentences; nothing is, where quotations stand."""
    assert invariants._edited(old, new) == part


def test_a_draft_is_read_in_whole_only_for_what_its_edited_sentences_break(monkeypatch):
    """A name that goes from one sentence may still stand in another."""
    read = []
    whole = invariants._broken

    def told(before, after):
        read.append(before)
        return whole(before, after)

    monkeypatch.setattr(invariants, "_broken", told)
    assert broken("So is Ana. We can't go.", "So is Ana. We can't go, sorry.") is None
    assert read == ["We can't go."]
    assert broken("I see Ana. I ask Ana.", "I see Ana. I ask her.") is None
    assert read == ["We can't go.", "I ask Ana.", "I see Ana. I ask Ana."]
