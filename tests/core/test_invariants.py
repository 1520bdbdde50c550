"""What a rewrite must never change, with rewrites that try to."""

import pytest

from assist.core.invariants import broken


@pytest.mark.parametrize(
    ("before", "after"),
    [
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
    ],
)
def test_a_true_rewrite_breaks_nothing(before, after):
    """The same facts, the same promises and the same limit in other words pass."""
    assert broken(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "law"),
    [
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
    ],
)
def test_a_false_rewrite_is_named(before, after, law):
    """The law that a rewrite breaks is named, so that it is not offered."""
    assert broken(before, after) == law
