"""Pronouns turned, and the verbs that go with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.pronouns import finite, is_statement, mended, turned, with_subject


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("you were charged", "I was charged"),
        ("you still are here", "I still am here"),
        ("you weren't told", "we wasn't told"),
        ("your card isn't yours", "my card isn't mine"),
        ("we charged you twice", "you charged me twice"),
        ("you paid us twice", "I paid you twice"),
        ("the bill from us was high", "the bill from you was high"),
        ("you called and were told", "I called and was told"),
        ("you were late and were told", "I was late and was told"),
        ("the us is far", "the us is far"),
        ("you moved to US soil", "I moved to US soil"),
        ("you'd paid it", "I'd paid it"),
        ("you were told you'd go", "I was told I'd go"),
        ("the door was shut and was locked", "the door was shut and was locked"),
        ("was late", "was late"),
        ("still is late", "still is late"),
        (None, "I'd go"),
        (None, "I told you sent it"),
        (None, "the thing you is"),
        (None, "I said it broke and was told"),
        (None, "I saw the lamp is broken and was told"),
        (None, "the man told me I was out and was rude"),
    ],
)
def test_roles_and_agreement(told, said):
    """The customer becomes you, the firm we or us by its role, and the verb follows."""
    assert turned(said.split()) == (told.split() if told else None)


@pytest.mark.parametrize(
    ("whole", "bare"),
    [
        ("it hasn't come", "it hasnt come"),
        ("it didn't come", "it did'nt come"),
        ("I'm here and I've paid", "im here and ive paid"),
        ("it's been late", "Its been late"),
        ("it's 3 weeks", "its 3 weeks"),
        ("its 3 lids", "its 3 lids"),
        ("its lid", "its lid"),
        ("I'd paid", "id paid"),
        ("I'd already", "id already"),
        ("my id expired", "my id expired"),
        ("you sent", "u sent"),
    ],
)
def test_missing_apostrophes_come_back(whole, bare):
    """An apostrophe is put in where it surely belongs, and nowhere else."""
    assert mended(bare.split()) == whole.split()


@pytest.mark.parametrize(
    "said",
    [
        "i'm locked out",
        "there's no signal",
        "i pay twice",
        "i orderd it",
        "it broke",
        "my card was declined",
        "the lamp i bought is broken",
        "the lamp i've bought is broken",
        "the box that came was empty",
        "my account with you is locked",
        "the train left at 10",
        "the driver damaged my gate",
        "my order's late",
        "the shop gave me 3",
        "today i paid twice",
        "on monday my card was declined",
        "every time i log in it crashes",
        "i want out and i paid",
        "nobody knows where my parcel is",
        "a fee i didn't agree to appeared",
        "there is a fee i didn't agree to",
    ],
)
def test_a_whole_statement_is_known(said):
    """A subject with a verb of its own is a statement."""
    assert is_statement(said)


@pytest.mark.parametrize(
    "said",
    [
        "i'm here",
        "i not pay",
        "it red",
        "i",
        "my parcel the blue one",
        "the lamp i bought",
        "the order placed on monday",
        "the train left at dawn",
        "my mum's account",
        "parcel is late",
        "my card is",
        "my card isn't",
        "every time i log in",
        "every time i log in the shop",
        "today the shop",
        "today at noon",
        "my wife and i paid twice",
        "i didn't received it",
    ],
)
def test_a_fragment_is_known(said):
    """Without a verb for its subject, or broken off, a clause says nothing."""
    assert not is_statement(said)


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ("I'm still waiting for it", "Still waiting for it"),
        ("I've been on hold", "been on hold"),
        ("I never received it", "never received it"),
        ("I was told so", "was told so"),
        ("was late", "was late"),
    ],
)
def test_a_subject_left_out_is_put_back_where_it_is_sure(whole, said):
    """Only forms that nobody but the customer can be the subject of get one."""
    assert with_subject(said.split()) == whole.split()


@pytest.mark.parametrize(
    ("known", "word"),
    [
        (True, "was"),
        (True, "paid"),
        (True, "used"),
        (True, "won't"),
        (False, "need"),
        (False, "red"),
    ],
)
def test_verbs_are_known_by_form(known, word):
    """A past, an auxiliary or a contraction is a verb; what only looks like one is not."""
    assert finite(word) is known


SAID = ["i", "you", "my", "us", "was", "am", "has", "and", "the", "it", "sent", "told", "still"]


@given(st.lists(st.sampled_from(SAID)))
def test_no_word_is_lost(said):
    """Turning changes words and never their number."""
    told = turned(said)
    assert told is None or len(told) == len(said)
