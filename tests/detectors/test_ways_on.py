"""Where a draft takes the talk on, and where it only seems to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.text import fold, lowered
from assist.detectors.ways_on import ways_on


def told(text):
    """Return the words found in one sentence."""
    said = lowered(fold(text))
    return [span.of(said) for span in ways_on(said)]


@pytest.mark.parametrize(
    "text",
    [
        "What do you think about Dr Amal on Friday?",
        "Would you like the one at eight?",
        "Could you pick another day?",
        "Want me to look at the next street?",
        "Can I try something else for you?",
        "May I look for another colour?",
        "Is there another time which suits you, or anything else?",
        "sorry but it is gone, what about the small one?",
        "Got a number I can put on it?",
    ],
)
def test_a_question_that_proposes_takes_the_talk_on(text):
    """Another thing, a choice or a next step may stand in a question."""
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anything else?",
        "Is there anything else I can help you with?",
        "Do you need more help?",
        "Do you need any other help?",
        "What else can I do for you?",
        "Can I help you with something else?",
        "How else can I help?",
        "Sorry, I can't make it, anything else?",
        "We can't do that, ok?",
        "Does that make sense?",
        "Why did you open it?",
        "?",
    ],
)
def test_a_question_for_further_business_leads_nowhere(text):
    """Who asks only whether there is anything else has offered nothing."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("i can book", "I can book the earlier train."),
        ("you can call", "We have no number, you can call the desk."),
        ("there's a", "There's a bus at 7 am."),
        ("we have another", "We have another room on the second floor."),
        ("instead", "The ferry instead."),
        ("here's", "Here's the form for the grant."),
        ("i've put", "No van today, so I've put you first on Monday."),
        ("your ticket has been purchased", "Your ticket has been purchased, the meal wasn't."),
        ("leaves at 7", "The bus leaves at 7:40 pm."),
        ("next run is", "Nothing goes on Sundays, the next run is Monday."),
        ("let me", "I can't open it, so let me call the lab."),
        ("bring", "Just bring some ID."),
        ("she's calling", "My lead can, and she's calling you at five."),
        ("works on", "It isn't for sale items, but it works on the boots."),
        ("has three", "No, but the shop next door has three."),
    ],
)
def test_what_there_is_and_what_is_done_takes_the_talk_on(words, text):
    """A clause with something that can be had, done or called is a way on."""
    assert words in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "We can't move it.",
        "Sorry, but we can't.",
        "There is nothing I can do.",
        "That is beyond what we can offer.",
        "There's no way round it.",
        "There is a policy for it.",
        "The pool closes at six.",
        "Requests closed after 14 days.",
        "I have looked at it.",
        "I can see that.",
        "I can imagine how hard it is with two little ones.",
        "We stopped those in January.",
        "You'll have to wait.",
        "If I can, so be it.",
        "It helps so that we can see it.",
    ],
)
def test_what_leads_nowhere_is_no_way_on(text):
    """A denial, a rule, a look at it and a mere supposition offer nothing."""
    assert told(text) == []


@given(st.text(max_size=80))
def test_places_lie_in_the_sentence(text):
    """Every place holds something of the sentence."""
    said = lowered(fold(text))
    assert all(0 <= span.start < span.end <= len(said) for span in ways_on(said))
