"""How a draft is written, and into what it comes."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.core.turns import Draft, Role, Turn
from assist.detectors import shape

AT = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
DETECT = shape.load()


def row(*said):
    return tuple(
        Turn(id=f"t{n}", role=Role.CUSTOMER, text=text, at=AT + timedelta(seconds=30 * n))
        for n, text in enumerate(said)
    )


def drafted(name, text, *earlier):
    found = DETECT(Draft(text=text), earlier)
    return next((part for part in found.signals if part.name == name), None)


def quoted(found, text):
    return [evidence.span.of(text) for evidence in found.evidence] if found else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is CLOSED on sundays", ["CLOSED"]),
        ("PLEASE READ the mail", ["PLEASE READ"]),
        ("Wait ONE minute", ["ONE"]),
        ("Send it to HERMES DIRECTLY NOW", ["HERMES DIRECTLY NOW"]),
        ("It was on the invoice, CLEARLY.", ["CLEARLY"]),
    ],
)
def test_shouted_words_are_found_with_those_beside_them(text, expected):
    """A word that people shout is loud, and so is what stands in capitals beside it."""
    assert quoted(drafted("draft.capitals", text), text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "LAFC plays near the BART stop",
        "Your reference number is OLSTTTVO.",
        "NEFT and IMPS are off",
        'You wrote "I WANT MY MONEY". Here it is.',
        "The voucher CHECK works",
        "It was PPPoE",
    ],
)
def test_names_codes_and_quotations_are_not_shouted(text):
    """Capitals are loud only where they are words that people shout, in the agent's own words."""
    assert drafted("draft.capitals", text) is None


def test_rows_of_marks_are_found_and_titles_are_not():
    """Two marks or more are pointed at; one that may end a title or a quotation is left alone."""
    text = "It was on page two!! Page two."
    assert quoted(drafted("draft.marks", text), text) == ["!!"]
    assert drafted("draft.marks", "Have you seen Shazam!?") is None
    assert drafted("draft.marks", 'You wrote "where is it???"') is None
    assert drafted("draft.marks", "It is here!") is None


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("What food? Chinese? Indian?", 1),
        ("What food do you like? Such as fish or rice?", 1),
        ("What's your name? And your postcode?", 2),
        ("Is it on, did you restart it, and which light is red?", 3),
        ("Do you want tea or coffee?", 1),
        ("There are two trains, do you want the first?", 1),
        ("Send it, and I look at what is in it.", 0),
        ("Tell me where it is and when it came.", 0),
        ("Which size? Tell me where it is and when it came.", 2),
        ("Tell me where it is and when it came. Which size?", 1),
    ],
)
def test_questions_are_counted_within_a_sentence_and_examples_are_not(text, questions):
    """Every further question counts, also behind a comma; examples of an answer are none."""
    found = drafted("draft.questions", text)
    assert round(5 * found.score) == questions if questions else found is None


@pytest.mark.parametrize(
    "said",
    [
        ("so the fridge came", "and when i opened it"),
        ("let me copy the error, one sec",),
        ("(1/3) it is about my card",),
        ("the first bill is wrong and",),
        ("two are missing", "- the soup", "-"),
        ("wait let me finish", "so then the driver says"),
    ],
)
def test_a_customer_who_has_more_to_come_is_noticed(said):
    """A word that more comes, a count that is not full and an open end all show it."""
    assert drafted("draft.telling", "Hello", *row(*said)) is not None


@pytest.mark.parametrize(
    "said",
    [
        (),
        ("I am looking for a train",),
        ("cool, seems good for me,",),
        ("(2/2) and then it broke",),
        ("let me finish", "and he never came. That's all"),
        ("one sec", "which one is right?"),
        ("let me copy it", "E-12 pump blocked"),
        ("when does it open",),
    ],
)
def test_a_customer_who_has_ended_is_not_telling(said):
    """A question, a closing word, the announced thing itself or a plain turn ends the telling."""
    assert drafted("draft.telling", "Hello", *row(*said)) is None


def test_a_turn_of_the_agent_ends_the_row():
    """What the customer said before the agent spoke is answered."""
    agent = Turn(id="a", role=Role.AGENT, text="Go on", at=AT + timedelta(seconds=99))
    assert drafted("draft.telling", "Hello", *row("let me finish"), agent) is None


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (0.2, "Where and when are you departing, and where are you going?"),
        (0.2, "What day would you like to go, how many nights, and which station?"),
        (0.2, "Can you tell me where you start, and when you want to leave?"),
        (0.6, "Is it green, did you restart it, and which cable is in?"),
        (0.6, "Where to? Which day? How many of you are there?"),
    ],
)
def test_details_of_one_plan_in_one_sentence_are_one_question(score, said):
    """Where, when and how many belong together; other things, and other sentences, count."""
    assert drafted("draft.questions", said).score == pytest.approx(score)


@pytest.mark.parametrize(
    "said",
    [
        "I am used to it, I am a fan of",
        "it has been quite a while",
        "I thought about it for a moment",
        "either or",
        "From Portland, OR",
    ],
)
def test_an_end_that_only_looks_open_is_none(said):
    """A phrase that ends in a small word, or a state's letters, breaks nothing off."""
    assert drafted("draft.telling", "Hello", *row(said)) is None
