"""Turning a condition round: the parts of a sentence, and the doubts that end the matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.conditionals import (
    conditions_turned,
    doubtful,
    dropped,
    plain_verb,
    raised,
)
from assist.core.rewrites import applied
from assist.core.text import Span, sentences


def turned(text: str, place: str = "") -> str | None:
    """Return the text with the condition at `place` turned round, or None."""
    at = text.index(place)
    edits = conditions_turned(text, Span(at, at + max(1, len(place))))
    return None if edits is None else applied(text, edits)


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("We can't move it until noon.", "We can move it from noon."),
        ("We can't move it until we know.", "We can move it as soon as we know."),
        ("It can't be ready before noon.", "It can be ready from noon."),
        (
            "We can't help without your meter reading.",
            "We can help once we have your meter reading.",
        ),
        ("We can't move it until after lunch.", None),
        ("We can't approve it until the papers are here.", None),
        ("You can't get compensation until the case is closed.", None),
        ("We can't refund you until we've investigated the claim.", None),
        ("We can't pay out until the damage has been assessed.", None),
        ("We can't move it until after your call.", "We can move it after your call."),
        ("We can't move it until after it lands.", "We can move it after it lands."),
        ("We can't move it until checking with you.", "We can move it after checking with you."),
        ("We can't move it until the inspection.", "We can move it after the inspection."),
        ("We can't move it until luck helps.", None),
        ("We can't move it before you pay.", "We can move it once you pay."),
        ("We can't move it unless you pay.", "We can move it if you pay."),
        ("We can't move it unless you reply.", "We can move it once you reply."),
        ("We can't move it unless paid.", None),
        ("We can't move it without a key.", "We can move it with a key."),
        ("We can't move it without trying.", None),
        ("We can't move it without asking the owner.", None),
        ("We can't move it without seeing the owner.", "We can move it after seeing the owner."),
        ("We can't move it without your mother waiting.", None),
        ("We can't move it without your booking code.", "We can move it with your booking code."),
        ("We can't move it without a problem.", None),
        ("We can't move it without any photos.", "We can move it with photos."),
        ("We don't move it until you pay.", "We move it once you pay."),
        ("We don't move it until noon.", None),
        ("We don't need it until you pay.", None),
    ],
)
def test_each_link_has_its_own_turn(draft, after):
    """The link and what follows it decide how the condition is said; unclear ones are left."""
    assert turned(draft) == after


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("I can't start without the form.", "I can start once I have the form."),
        ("i cant start without the form", "i can start once i have the form"),
        ("WE can't start without the form.", "WE can start once we have the form."),
        ("They can't start without the form.", None),
        ("I can't start without a spare wheel.", None),
    ],
)
def test_with_is_not_put_where_it_would_join_the_verb(draft, after):
    """Where "start with" means something else, the speaker has it first, or nothing is said."""
    assert turned(draft) == after


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("It isn't possible until you pay.", "It is possible as soon as you pay."),
        ("It isn't possible to move it until you pay.",
         "It is possible to move it as soon as you pay."),
        ("It isn't possible to promise it until you pay.", None),
        ("It isn't valid until Friday.", None),
        ("It isn't valid until you pay.", "It is valid as soon as you pay."),
        ("It isn't available to rent until you pay.", None),
        ("It isn't available because of that until you pay.", None),
        ("It is impossible to move it before Friday.", "It is possible to move it from Friday."),
        ("It is impossible to promise it before Friday.", None),
        ("It is impossible and silly before Friday.", None),
        ("We can't move it earlier than Friday.", "We can move it from Friday."),
        ("No changes are possible until you pay.", "Changes are possible as soon as you pay."),
        ("The claim is on hold until you pay.", "The claim can go ahead once you pay."),
        ("Until you pay, the claim is on hold for us.", None),
        ("Until you pay, the claim is on hold.", "Once you pay, the claim can go ahead."),
        ("Without your number we can do nothing.", "With your number we can help you."),
        ("We can do nothing without your number.", "We can help you once we have your number."),
        ("The vet doesn't see patients without a card.", "The vet sees patients with a card."),
        ("It doesn't accept it without a card.", None),
        ("The vet doesn't go out without a card.", None),
        ("Until you pay, seat changes can't be made.",
         "As soon as you pay, seat changes can be made."),
        ("Until you pay it seat changes can't be made.", None),
        ("A loan isn't possible until you pay.", None),
        ("The vet won't come out unless you pay.", "The vet can come out if you pay."),
        ("We can't give it to anybody else until you pay.",
         "We can give it to somebody else as soon as you pay."),
        ("You can't come in before Friday, and the desk is open till 9.",
         "You can come in from Friday, and the desk is open till 9."),
        ("We can't move it until Friday; the van is full.",
         "We can move it from Friday; the van is full."),
        ("We can't move it until you pay; the van is full.", None),
        ("We can't move it until Friday; it isn't full.", None),
        ("We can't move it; the van is full until Friday.", None),
        ("so i had a look and the vet cant move it until friday",
         "so i had a look and the vet can move it from friday"),
        ("Dear Mrs Lee, we can't move it until May.", "Dear Mrs Lee, we can move it from May."),
    ],
)  # fmt: skip
def test_each_kind_of_refusal_is_turned(draft, after):
    """What is not possible, on hold or not done until then is, once then; in doubt it is not."""
    assert turned(draft) == after


def test_what_others_ask_of_a_verb():
    """A hedge is a doubt, and a promise is no plain verb."""
    assert doubtful("it may be so")
    assert not doubtful("it is so")
    assert plain_verb("move it", "until")
    assert not plain_verb("promise it", "until")


@pytest.mark.parametrize(
    "draft",
    [
        "We can move it.",
        "We can't move it.",
        "We can't move it and we can't sell it until noon.",
        "We can't move it until noon unless you pay.",
        "We can't move it until noon?",
        "We can't move it until we know. Nor can they.",
        "We can't move it until (maybe) noon.",
        "We can't 2move it until noon.",
        "We can't wait until noon.",
        "We can't move a thing until noon.",
        "We can't move what is there until noon.",
        "We can't do without a key.",
        "We can't keep it until noon.",
        "We can't find it before noon.",
        "We can't move the things sold until noon.",
        "We can't move it until any of us pays.",
        "We can't move one and two and three and four and five and six and seven until noon.",
        "Maybe we can't move it until noon.",
        "They know it, and we can't move it until noon.",
        "It's late: until noon we can't move it.",
        "We can't move it until " + "the very " * 50 + "end of noon.",
    ],
)
def test_any_doubt_ends_the_matter(draft):
    """No refusal, more than one, more than one condition, or any unclear part: None."""
    assert turned(draft) is None


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("Sadly, we can't move it until noon.", "We can move it from noon."),
        ("sadly we can't move it until noon", "we can move it from noon"),
        ("Hi Sam, sadly we can't move it until noon.", "Hi Sam, we can move it from noon."),
        ("Sadly until we know we can't move it.", "As soon as we know we can move it."),
        ("sadly until we know we can't move it", "as soon as we know we can move it"),
        ("It's here, but we can't move it until noon.", "It's here, and we can move it from noon."),
        ("It's here and we can't move it until noon.", "It's here and we can move it from noon."),
        ("We can't move it, unless you pay.", "We can move it if you pay."),
        ("We can't move any boxes until noon.", "We can move boxes from noon."),
        ("It can't be moved until noon.", "It can be moved from noon."),
        ("We can't get it moved until noon.", "We can get it moved from noon."),
    ],
)
def test_what_stands_around_stays(draft, after):
    """The sigh goes, a "but" becomes "and", and the writer's capitals stay as they are."""
    assert turned(draft) == after


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("Maria can't move it until noon.", "Maria can move it from noon."),
        ("maria cant move it until noon", "maria can move it from noon"),
        ("Ana and Ben can't move it until noon.", "Ana and Ben can move it from noon."),
        ("Mr Patel is unable to move it until noon.", "Mr Patel can move it from noon."),
        ("Sam from billing can't move it until noon.", "Sam from billing can move it from noon."),
        (
            "Hi Jo, sadly Royal Mail can't move it until noon.",
            "Hi Jo, Royal Mail can move it from noon.",
        ),
        (
            "The warehouse team can't move it until noon.",
            "The warehouse team can move it from noon.",
        ),
        ("Tom's refund can't move until noon.", "Tom's refund can move from noon."),
        ("A parcel can't move until noon.", "A parcel can move from noon."),
        ("Our van currently can't move it until noon.", "Our van can move it from noon."),
        ("Can't move it until noon.", "Can move it from noon."),
        ("Sorry, unable to move it until noon.", "Can move it from noon."),
        ("wont be able to move it untill tmrw", "can move it from tmrw"),
        ("Can't you move it until noon", None),
        ("Sometimes couriers can't move it until noon.", None),
        ("Word is Ana can't move it until noon.", None),
        ("Nobody can't move it until noon.", None),
    ],
)
def test_a_name_or_nobody_may_be_the_subject(draft, after):
    """Names and bare refusals are turned as pronouns are; what only looks like a name is not."""
    assert turned(draft) == after


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("The refund doesn't go out until it's paid.", "The refund goes out as soon as it's paid."),
        ("The team does not reply unless you pay.", "The team replies if you pay."),
        ("it doesnt process before you pay", "it processes once you pay"),
        ("It doesn't ship until you pay.", "It ships as soon as you pay."),
        ("The fee doesn't go away until you pay.", None),
        ("The lamp doesn't stop until you pay.", None),
        ("The plan doesn't start until July.", None),
        ("It doesn't ship without a label.", None),
    ],
)
def test_what_does_not_happen_until_then_happens_then(draft, after):
    """The verb takes the form it needs; where its form or its sense is in doubt it is left."""
    assert turned(draft) == after


@pytest.mark.parametrize(
    "draft",
    [
        "I can't say if it's covered until noon.",
        "I can't tell until it's open.",
        "I can't confirm a refund until you pay.",
        "We can't at the moment move it until noon.",
        "We can't raise the price until May.",
        "i cant gurantee it until noon",
        "We can't intercept it before delivery.",
        "We can't lift the limit until the credit check is done.",
        "We can't swap it until we find out why it broke.",
        "We can't lose your place until noon.",
        "We can't normally move it without a key.",
        "We can't guard it until you come.",
        "We can't help you until you calm down.",
        "Before you ask, we can't move it.",
        "We can't... we can't move it until noon.",
    ],
)
def test_what_would_promise_or_insult_is_left(draft):
    """What is not known yet, what would be bad news and what nobody should be asked: None."""
    assert turned(draft, "move" if "..." in draft else "") is None


def test_only_the_sentence_found_is_touched():
    """Sentences before and after keep their words and their places."""
    text = "Hello. We can't move it until noon! We can't sell it until May."
    assert turned(text, "sell") == "Hello. We can't move it until noon! We can sell it from May."


def test_a_dropped_start_hands_on_its_capital():
    """The next word takes the capital over; in lower case nothing changes but the words."""
    assert applied("Sadly no", (dropped("Sadly no", Span(0, 6)),)) == "No"
    assert applied("sadly no", (dropped("sadly no", Span(0, 6)),)) == "no"
    assert raised("élan") == "Élan"
    assert raised("") == ""


SAID = (
    "we I you can't cannot don't until unless without before Monday noon the parcel is back "
    "refund it ship not any , . ? but and Sadly, your code 14:30 £5 sorry 'm unable to"
)
WORDS = st.lists(st.sampled_from(SAID.split()), max_size=16).map(" ".join)


@given(WORDS)
def test_no_word_is_lost_or_invented_beyond_the_turn(text):
    """Whatever the draft, the edits lie in it, in order, apart, and keep every number."""
    for place in sentences(text):
        edits = conditions_turned(text, place) or ()
        ends = [0]
        for edit in edits:
            assert ends[-1] <= edit.span.start <= edit.span.end <= len(text)
            ends.append(edit.span.end)
        after = applied(text, edits)
        for kept in ("14:30", "£5", "Monday", "code"):
            assert after.count(kept) == text.count(kept)
