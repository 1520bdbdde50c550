"""Refusals in parsed sentences; in the tables, brackets stand round what is found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.detectors.clauses import Clauses
from assist.detectors.parser import load_parser
from assist.detectors.refusals import may_refuse, refusals
from assist.packs.bundled import bundled

REFUSED = """
[We can't deliver] to the islands before Friday.
[I cannot change] the name on a flight ticket.
Unfortunately [we are unable to extend] your library loan.
[We're not able to swap] the seat any more.
I'm afraid [I can't give] you his phone number.
Sorry, [we don't ship] batteries by air.
[We do not accept] American Express at the bar.
[We won't repair] phones that were opened by somebody else.
[The deposit isn't refundable].
[This ticket is not transferable].
[Upgrades are not available] on this fare.
[Your warranty doesn't cover] water damage.
[There is no way] to recover a deleted album.
[We have no option] to split the bill.
[I have no authority] to lower the rent.
[There's no chance] to get a visa by Monday.
[It's not possible] to pause the membership.
[It is impossible] to change the address now.
[Late check-out isn't offered] in August.
[Cash is not accepted] on the tram.
[The kitchen can't make] that without nuts.
[we cant move] ur slot sorry
[i cant book] a table for twelve
[we dont do] gift wrapping
[We never lend] out reference books.
[Refunds cannot be issued] without a receipt.
[I won't be able to come] before four.
[Our drivers can't carry] furniture upstairs.
[The system won't let] me change the date.
[I can’t waive] the fee.
[We cannot treat] patients without an appointment.
[I'm not allowed] to tell you the result by phone.
[Staff are not permitted] to sign for guests.
[You can't bring] a dog into the museum.
[Pets aren't allowed] in the cabin.
[We wouldn't be able to install] it before May.
[We couldn't offer] you the room for less.
[You are not eligible] for the student price.
[That bike can't be repaired].
[My colleague can't unlock] it unless you answer the security question.
Exchange is something [we don't do] on sale items.
[I am not in a position] to confirm the grade.
[Orders can no longer be changed].
[We no longer repair] typewriters.
[The fabric is no longer available].
[We can no longer hold] the table.
[No changes can be made] after check-in.
[No seats are available] on the night train.
[None of our rooms can be extended].
[Neither of us can change] that.
[There's nothing] we can do about the fee.
[There is nothing] else I can offer you.
[We can't help] you with your taxes.
[We will not process] the claim before the inspection.
We regret that [we cannot grant] an extension for the essay.
I'm sorry that [we can't lower] the rent.
We can send it, but [we can't insure] it.
Because the shop is closed, [we can't reserve] the dress.
Unless you have a prescription, [we cannot dispense] it.
"""

NEAR = """
I can't wait to see the photos!
I can't thank you enough for your patience.
I can't find your booking, could you send me the number?
I can't help but smile at that photo.
I can't believe they left it in the rain.
I can't stress enough how sorry we are.
I couldn't agree more.
It could not be easier, just press start.
You can't go wrong with the blue one.
Can't we try it once more together?
Why can't you see the invoice, is the page empty?
Don't you have the old receipt?
If you can't log in, press the blue button.
If we can't fix it by noon, you get a new one.
When the pump doesn't start, check the fuse.
Let me know whether you can't make it.
You said you can't hear the doorbell.
She told me she can't come on Monday.
I'm sorry that you can't use the pool this week.
The lamp that doesn't work comes off the bill.
Please do not send cash by post.
Don't worry, your place is safe.
There is no charge for the second bag.
There is no need to come in.
There is nothing you need to do.
There is no doubt that it's our mistake.
There's no better time to plant roses.
No problem, I've moved it to Tuesday.
No documents are needed.
None of this is your fault.
You don't have to pay for the spare key.
You won't be charged before the trial ends.
You won't be billed until June.
You will not lose your points.
You no longer need the card.
It won't take long.
It isn't a problem at all.
I don't think the oven is broken.
We didn't charge your card.
The courier didn't ring the bell.
It wasn't your fault.
I haven't heard back from the clinic yet.
You could not have known that.
They can't have delivered it, the van is still here.
He couldn't reach you by phone yesterday.
Not only can we swap it, we also pay the postage.
We never share your number with anybody.
I can't promise the exact hour, but it's Tuesday.
The app doesn't need a password any more.
The train isn't late any more.
I know you cannot be at home all day.
"""


@pytest.fixture(scope="module")
def parse():
    """Return the parser that is installed."""
    return load_parser(bundled("models") / "parser" / "manifest.json")


@pytest.fixture(scope="module")
def found(parse):
    """Return the refusals of a sentence."""
    return lambda sentence: list(refusals(Clauses(parse(sentence))))


@pytest.mark.parametrize("marked", REFUSED.strip().splitlines())
def test_a_refusal_is_found_from_its_subject_to_its_verb(found, marked):
    """The span is the words that refuse, neither more nor less."""
    sentence = re.sub(r"[\[\]]", "", marked)
    assert [one.span.of(sentence) for one in found(sentence)] == re.findall(r"\[(.*?)\]", marked)


@pytest.mark.parametrize("sentence", NEAR.strip().splitlines())
def test_what_only_sounds_like_a_refusal_is_none(found, sentence):
    """Relief, questions, suppositions, reports and idioms refuse nothing."""
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (
            ("We", "can't", "open", "until you send a proof"),
            "We can't open the account until you send a proof.",
        ),
        (
            ("we", "can't", "start", "Unless you sign the form"),
            "Unless you sign the form, we can't start.",
        ),
        (
            ("The shop", "won't", "open", "until May"),
            "The shop won't open until May.",
        ),
        (
            ("We", "can't", "paint", "till the wall is dry"),
            "We can't paint it till the wall is dry.",
        ),
        (("We", "don't", "serve", None), "We don't serve it, but ask my neighbour."),
        (
            ("We", "don't", "offer", None),
            "We don't offer soup, but we can make a salad",
        ),
        (("It", "impossible", "impossible", None), "It is impossible to move it now."),
    ],
)
def test_a_refusal_tells_its_parts(found, expected, sentence):
    """Subject, modal, verb and condition are places in the sentence."""
    (one,) = found(sentence)
    assert tuple(part and part.of(sentence) for part in one) == expected


def test_a_they_or_a_thing_that_wont_refuses_only_under_a_condition(found):
    """Whether somebody else will come is no refusal of ours."""
    assert found("They won't come.") == []
    assert len(found("They won't come unless you ring.")) == 1


def test_each_refusal_of_a_sentence_is_found(found):
    """One sentence may refuse more than once, and in order."""
    sentence = "I can't swap the blue shirt and we don't ship hats."
    assert [one.span.of(sentence) for one in found(sentence)] == ["I can't swap", "we don't ship"]


@pytest.mark.parametrize("marked", REFUSED.strip().splitlines())
def test_what_refuses_may_refuse(parse, marked):
    """No refusal is lost by a look at its words."""
    tokens = parse(re.sub(r"[\[\]]", "", marked))
    assert may_refuse([token.text for token in tokens])


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (True, "it is unavailable"),
        (True, "there is no way"),
        (True, "we offer nothing"),
        (True, "i can not"),
        (True, "it is not in a position"),
        (True, "it is not washable"),
        (True, "we never lend"),
        (True, "it does not ship"),
        (True, "we do not do it"),
        (True, "we do not ship"),
        (False, "we can ship"),
        (False, "there is a way"),
        (False, "nobody offers nothing"),
        (False, "we like nothing"),
        (False, "it is not reasonable"),
        (False, "please do not worry"),
        (False, "they never lend"),
        (False, "we never sang"),
        (False, "no , thanks"),
    ],
)
def test_words_tell_what_cannot_refuse(expected, said):
    """A denial alone is no refusal, nor is a "can" alone; one "do" denies, two may serve."""
    assert may_refuse(said.split()) is expected


PIECES = st.sampled_from(
    [
        "i", "we", "you", "they", "it", "there", "can", "can't", "won't", "don't", "doesn't", "do",
        "not", "no", "none", "nothing", "never", "longer", "unable", "able", "possible", "washable",
        "refund", "ship", "send", "offer", "way", "option", "in", "a", "position", "to", "is",
        "isn't", "if", "until", "but", "worry", "help", "final", ",",
    ]
)  # fmt: skip


@given(st.lists(PIECES, min_size=2, max_size=10).map(" ".join))
def test_a_sentence_that_may_not_refuse_has_no_refusal(parse, found, said):
    """However the words stand, what the look at them leaves out would have refused nothing."""
    assert may_refuse([token.text for token in parse(said)]) or found(said) == []
