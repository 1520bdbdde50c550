"""How a turn is written and when it comes."""

from datetime import UTC, datetime, timedelta

import pytest
from growth import TOO_MUCH, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.core.signals import NOTHING, Findings
from assist.core.turns import Draft, Role, Turn
from assist.detectors import shape

AT = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
DETECT = shape.load()


def turn(text, at=0.0, role=Role.CUSTOMER, *, private=False):
    when = AT + timedelta(seconds=at)
    return Turn(id=f"t{at:g}", role=role, text=text, at=when, private=private)


def agent(text, at):
    return turn(text, at, Role.AGENT)


def read(text, *earlier, at=1000.0) -> Findings:
    return DETECT(turn(text, at), earlier)


def signal(name, text, *earlier, at=1000.0):
    found = read(text, *earlier, at=at)
    return next((part for part in found.signals if part.name == name), None)


def quoted(found, text):
    return [evidence.span.of(text) for evidence in found.evidence]


CAPITALS = [
    ("WHERE IS MY PARCEL", ["WHERE", "IS", "MY", "PARCEL"]),
    ("This is STILL broken", ["STILL"]),
    ("I AM SO MAD", ["AM", "SO", "MAD"]),
    ("I'M NOT HAPPY", ["I'M", "NOT", "HAPPY"]),
    ("DON’T YOU DARE", ["DON’T", "YOU", "DARE"]),
    ("😀 HELP ME NOW", ["HELP", "ME", "NOW"]),
    ("My order is LATE.", ["LATE"]),
    ("(REALLY)", ["REALLY"]),
    ("Give me my MONEY back", ["MONEY"]),
    ("ÜBERALL nothing", ["ÜBERALL"]),
    ("WHAT is THIS", ["WHAT", "THIS"]),
    ("ANSWER ME, order number ABCDEF", ["ANSWER"]),
]
NO_CAPITALS = [
    "My IBAN and the HDMI cable",
    "order XKJQAB is late",
    "voucher SUMMER does not work",
    "order ABCD-1234",
    "AB12CD34EF",
    "USA, UK and EU only",
    "Ask the CEO of UPS",
    "chapter XVIII",
    "ABC DEF GHI",
    "see HTTPS://EXAMPLE.ORG/PATH",
    "#SALE @SHOP",
    "No",
    "I did",
    "YES it is",
    "HTTPS and HTML",
    "Flight code QWERTA",
]


@pytest.mark.parametrize(("text", "expected"), CAPITALS)
def test_words_in_capitals_are_arousal(text, expected):
    """One long word or three short ones in capitals, each quoted."""
    found = signal("arousal", text)
    assert quoted(found, text) == expected
    assert found.reason == "shouting in capitals"
    assert [(pull.axis, pull.amount) for pull in found.pulls] == [("arousal", 1.0)]


@pytest.mark.parametrize("text", NO_CAPITALS)
def test_acronyms_and_codes_are_no_shouting(text):
    """What everybody writes in capitals, and what stands after "order" or "voucher", is quiet."""
    assert read(text) == NOTHING


MARKS = [
    ("Hello!!", ["!!"], "several exclamation marks"),
    ("Why??", ["??"], "several question marks"),
    ("what?!", ["?!"], "several question marks"),
    ("😀 now!!!!!!", ["!!!!!!"], "several exclamation marks"),
    ("soooo slow", ["soooo"], "stretched letters"),
    ("Helloooo? Pleaaase", ["Helloooo", "Pleaaase"], "stretched letters"),
    ("nooo!!", ["!!", "nooo"], "several exclamation marks"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), MARKS)
def test_rows_of_marks_and_letters_are_arousal(text, expected, reason):
    """Rows of "!" and "?" and letters held down are quoted with the strongest as the reason."""
    found = signal("arousal", text)
    assert quoted(found, text) == expected
    assert found.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "Hello!",
        "Why?",
        "www.shop.org",
        "chapter iii",
        "room 1000",
        "mail aaa@bbb.org",
        "good",
        "...",
    ],
)
def test_ordinary_marks_and_letters_are_quiet(text):
    """A single mark, an address, a number or a Roman numeral says nothing."""
    assert read(text) == NOTHING


def test_louder_scores_higher():
    """More capitals and more marks raise the score, up to one."""
    quiet, loud = signal("arousal", "It is LATE"), signal("arousal", "WHERE IS MY PARCEL???")
    loudest = signal("arousal", "WHERE ON EARTH IS MY PARCEL NOOOOW!!!!!!??? WHYYYY!!!")
    assert quiet.score < loud.score < loudest.score == 1.0


def test_loudness_is_never_valence():
    """No signal of this detector pulls on valence, however loud or glad the turn."""
    found = read("THANK YOU SO MUCH!!! YOU ARE GREAT", turn("Hi", 990), turn("Hello", 995))
    axes = {pull.axis for part in found.signals for pull in part.pulls}
    assert axes <= {"arousal", "effort"}
    assert "arousal" in axes


def test_a_much_longer_message_is_arousal():
    """A turn three times as long as the customer's usual one is noticed; the first one is not."""
    long = "and then it went on " * 10
    found = signal("arousal", long, turn("My parcel is late", 0), turn("It is blue", 200))
    assert found.reason == "a much longer message than before"
    assert signal("arousal", long) is None
    assert signal("arousal", long, turn(long + "x", 0), turn(long + "y", 200)) is None


def test_several_turns_in_a_row_are_a_burst():
    """Three turns, each within 90 seconds of the other and unanswered, are quoted together."""
    found = signal("shape.burst", "anyone", turn("hi", 0), turn("where is it", 60), at=120)
    assert [evidence.turn for evidence in found.evidence] == ["t0", "t60", "t120"]
    assert found.reason == "several messages in a row"
    assert [(pull.axis, pull.amount) for pull in found.pulls] == [("arousal", 0.4)]


NO_BURST = [
    (turn("hi", 60),),
    (turn("hi", 0), agent("Hello", 30), turn("where is it", 60)),
    (turn("hi", 0), turn("where is it", 20)),
    (turn("hi", -60), turn("where is it", 60)),
    (turn("hi", 0), turn("x", 30, Role.BOT), turn("where is it", 60)),
]


@pytest.mark.parametrize("earlier", NO_BURST)
def test_an_answer_or_a_pause_ends_a_row(earlier):
    """Two turns, an answer between, or more than 90 seconds make no burst."""
    assert signal("shape.burst", "anyone", *earlier, at=120) is None


def test_internal_notes_and_system_lines_do_not_end_a_row():
    """What the customer does not see as an answer is none."""
    note = turn("checking", 30, Role.AGENT, private=True)
    line = turn("Agent joined", 40, Role.SYSTEM)
    earlier = (turn("hi", 0), note, line, turn("where is it", 60))
    assert signal("shape.burst", "anyone", *earlier, at=120) is not None


REPEATS = [
    ("My blue parcel from Monday never arrived", "My blue parcel from Monday never arrived!"),
    ("My blue parcel from Monday never arrived", "the blue parcel never arrived on Monday"),
    ("Where is my parcel?", "where is my PARCEL"),
    (
        "When will the refund for order 12345 arrive",
        "Hello? When will the refund for order 12345 arrive, I asked before",
    ),
    ("I can’t log in with my new password today", "I can't log in with my new password today"),
]
NO_REPEATS = [
    ("Yes, that is right", "Yes, that is right"),
    ("Thank you", "Thank you"),
    ("My blue parcel never arrived", "My red jacket never fitted"),
    ("Where is it", "Where is my other parcel from Monday"),
    ("ok", "ok"),
    ("order 12345 blue parcel Monday", "order 99999 green lamp Friday"),
]


@pytest.mark.parametrize(("before", "now"), REPEATS)
def test_the_same_said_again_is_effort(before, now):
    """A near copy of the customer's own earlier turn is quoted beside it."""
    found = signal("repeat.own", now, turn(before, 0), agent("One moment", 10))
    assert [evidence.turn for evidence in found.evidence] == ["t1000", "t0"]
    assert found.evidence[1].span.of(before) == before
    assert found.reason == "has said the same again"
    assert [(pull.axis, pull.amount) for pull in found.pulls] == [("effort", 0.8)]


@pytest.mark.parametrize(("before", "now"), NO_REPEATS)
def test_small_words_and_other_things_are_no_repetition(before, now):
    """Short answers and turns about something else repeat nothing."""
    assert signal("repeat.own", now, turn(before, 0), agent("One moment", 10)) is None


def test_only_the_customers_own_words_count():
    """A customer who quotes the agent, and an agent who repeats, are no repetition."""
    words = "The blue parcel leaves Berlin on Monday"
    assert signal("repeat.own", words, agent(words, 0)) is None
    assert DETECT(agent(words, 1000), (turn(words, 0),)) == NOTHING
    assert drafted("repeat.own", words, turn(words, 0)) is None


LONG = "I have told you that the blue parcel has been on its way since Monday"
LONGER = "And the tracking page has said the same for four days in a row now"


def test_one_word_after_long_turns_is_noticed():
    """A bare word where sentences used to come is a signal of its own."""
    found = signal("shape.terse", "Fine.", turn(LONG, 0), turn(LONGER, 200), agent("Noted.", 300))
    assert found.reason == "a one-word reply after long ones"
    assert quoted(found, "Fine.") == ["Fine."]


def test_one_word_that_answers_or_closes_is_not_noticed():
    """An answer to a question, thanks, and a habit of short turns are left alone."""
    before = (turn(LONG, 0), turn(LONGER, 200))
    assert signal("shape.terse", "Berlin", *before, agent("Which city?", 300)) is None
    assert signal("shape.terse", "Thanks", *before, agent("Noted.", 300)) is None
    assert signal("shape.terse", "Fine", turn(LONG, 0), turn("yes", 200)) is None
    assert signal("shape.terse", "Fine then", *before, agent("Noted.", 300)) is None


def test_a_draft_can_be_loud():
    """Drafts are read for capitals and marks; their evidence names no turn."""
    found = drafted("arousal", "PLEASE WAIT!!")
    assert quoted(found, "PLEASE WAIT!!") == ["PLEASE", "WAIT", "!!"]
    assert {evidence.turn for evidence in found.evidence} == {""}


def drafted(name, text, *earlier):
    found = DETECT(Draft(text=text), earlier)
    return next((part for part in found.signals if part.name == name), None)


def test_the_questions_of_a_draft_are_counted_and_pointed_at():
    """Each sentence that ends with a question mark is quoted; one is a fifth of the score."""
    text = "I see. Is it green? Did you press it?\nSince when?"
    found = drafted("draft.questions", text)
    assert quoted(found, text) == ["Is it green?", "Did you press it?", "Since when?"]
    assert found.score == 0.6
    assert drafted("draft.questions", "It is green. Press it.") is None
    assert drafted("draft.questions", "is it? " * 30).score == 1.0


def test_a_draft_is_measured_by_its_words_and_its_longest_sentence():
    """Two hundred words are the whole score, and eighty in one sentence."""
    text = " It is here. " + "and so on " * 20 + "then."
    whole, longest = drafted("draft.long", text), drafted("draft.tangled", text)
    assert (whole.score, longest.score) == (0.32, 0.7625)
    assert quoted(whole, text) == [text.strip()]
    assert quoted(longest, text) == [text[13:]]
    assert drafted("draft.long", "x " * 400).score == drafted("draft.tangled", "x " * 90).score == 1
    assert drafted("draft.long", " ") is None
    late = " " * 5000 + "words"
    assert drafted("draft.long", late) is not None
    assert drafted("draft.tangled", late) is None
    assert drafted("draft.long", "x", turn("hi", 0)).pulls == ()


ROW = (turn("it broke", 0), turn("the lamp", 20), turn("and nobody calls", 40))


def test_a_draft_into_a_row_of_turns_is_noticed():
    """Three turns in a row that no question ended: a draft now comes in between."""
    found = drafted("draft.between", "Hello there", *ROW)
    assert quoted(found, "Hello there") == ["Hello there"]
    assert found.score == 0.6
    line = turn("Agent joined", 50, Role.SYSTEM)
    assert drafted("draft.between", "Hello there", *ROW, line) is not None


@pytest.mark.parametrize(
    "earlier",
    [
        (),
        ROW[:2],
        (*ROW, agent("I see", 50)),
        (*ROW, turn("what now?", 60)),
        (turn("it broke", -200), *ROW[1:]),
    ],
)
def test_a_draft_that_answers_comes_not_in_between(earlier):
    """An answer, a question at the end, a pause or a shorter row leaves a draft alone."""
    assert drafted("draft.between", "Hello there", *earlier) is None


PIECES = st.sampled_from(
    [
        "HELP",
        "I",
        "AM",
        "so",
        "soooo",
        "!!",
        "??",
        "?!",
        "order",
        "ABC",
        "12",
        "😀",
        "\n",
        "’",
        "I’M",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=20).map(" ".join))
PAST = st.lists(st.tuples(TEXTS, st.sampled_from(list(Role)), st.booleans()), max_size=6)


@settings(max_examples=250)
@given(TEXTS, PAST)
def test_any_chat_gives_scores_in_range_and_spans_inside(text, past):
    """Nothing raises, scores lie in 0..1, every span lies in the turn it names."""
    earlier = [
        turn(said, index * 40, role, private=private)
        for index, (said, role, private) in enumerate(past)
    ]
    found = read(text, *earlier)
    texts = {before.id: before.text for before in earlier} | {"t1000": text}
    for part in found.signals:
        assert 0 <= part.score <= 1
        for evidence in part.evidence:
            assert 0 <= evidence.span.start <= evidence.span.end <= len(texts[evidence.turn])
    assert all(0 <= cue.span.start < cue.span.end <= len(text) for cue in found.cues)
    assert found == read(text, *earlier)


@settings(max_examples=150)
@given(TEXTS)
def test_curly_and_straight_apostrophes_are_alike(text):
    """The shape of an apostrophe changes no finding."""
    assert read(text.replace("'", "’")) == read(text.replace("’", "'"))


@pytest.mark.parametrize(
    ("unit", "tail"), [("a", "@"), ("A", "b"), ("AA'", "b"), ("AAA ", ""), ("sooo ", "")]
)
def test_a_long_text_stays_cheap(unit, tail):
    """What a text costs grows with its length, and no faster, whatever it is."""
    assert growth(read, unit, tail=tail) < TOO_MUCH
