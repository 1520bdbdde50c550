"""What the words of a turn carry, repair by repair."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from growth import TOO_MUCH, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.core.signals import NOTHING, Findings
from assist.core.turns import Draft, Role, Turn
from assist.detectors import lexicon, lexicon_table
from assist.errors import ModelError

AT = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
DETECT = lexicon.load()


def turn(text, role=Role.CUSTOMER, *, name="t1", private=False):
    return Turn(id=name, role=role, text=text, at=AT, private=private)


def read(text, *earlier) -> Findings:
    return DETECT(turn(text), earlier)


def signal(text, name, *earlier):
    return next((found for found in read(text, *earlier).signals if found.name == name), None)


def score(text):
    found = signal(text, "valence.lexicon")
    return 0.0 if found is None else found.score


def carried(text):
    found = signal(text, "valence.lexicon")
    return [] if found is None else [evidence.span.of(text) for evidence in found.evidence]


def side(text):
    value = score(text)
    return "+" if value >= 0.05 else "-" if value <= -0.05 else "0"


FORMULAS = [
    ("Please help", "0"),
    ("Hi, can you help me please?", "0"),
    ("Hello, I hope you're well.", "0"),
    ("Hope this message finds you well and happy.", "0"),
    ("Kind regards, Anna", "0"),
    ("Best wishes", "0"),
    ("I want customer support", "0"),
    ("Your customer care line, please", "0"),
    ("Good morning", "0"),
    ("Dear customer service,", "0"),
    ("Have a nice day", "0"),
    ("Kindly improve your performance.", "0"),
    ("Yes, sure, okay", "0"),
    ("Sorry, I forgot to say that", "0"),
    ("Please send the invoice, thanks", "0"),
    ("Can you look into it? Thanks in advance", "0"),
    ("A refund would be great", "0"),
    # Near misses: the same words where they do carry something.
    ("You were so kind to me", "+"),
    ("She was very helpful", "+"),
    ("You are no help", "-"),
    ("Nobody cares", "-"),
    ("This is the best shop", "+"),
    ("I had a great day at your shop", "+"),
    ("Hello, this is awful", "-"),
    ("I hope you know how terrible this is", "-"),
]


@pytest.mark.parametrize(("text", "expected"), FORMULAS)
def test_a_formula_of_politeness_is_no_praise(text, expected):
    """Greeting, asking and closing weigh nothing; the same words as a judgement do."""
    assert side(text) == expected


CLOSINGS = [
    ("Thank you so much!", "+"),
    ("That was quick, thanks", "+"),
    ("It works now, thanks a lot", "+"),
    ("It was stuck before. It is fixed now, thank you!", "+"),
    ("No, that's all, thank you", "+"),
    ("No problem, thank you", "+"),
    ("Nothing else, thanks", "+"),
    ("I can't thank you enough", "+"),
    ("Thanks for fixing it", "+"),
    # Something is left open, asked for, or asked after.
    ("My parcel is still missing here. Thanks", "-"),
    ("Still not here. Thanks", "0"),
    ("It is still not fixed, thank you", "0"),
    ("I have a problem with my printer, thanks", "0"),
    ("Thanks. When does it ship?", "0"),
    ("Thank you. Where is my parcel?", "0"),
    ("Thank you, I am waiting", "0"),
    ("Thanks, please tell me more", "0"),
    ("Thanks, it hasn't arrived", "0"),
    ("I need a copy, thanks", "0"),
    ("Thank you for your terrible service", "-"),
    ("I would appreciate an answer", "0"),
    ("Thanks for nothing", "0"),
    ("No thanks", "0"),
]


@pytest.mark.parametrize(("text", "expected"), CLOSINGS)
def test_closing_thanks_count_only_where_nothing_is_left_open(text, expected):
    """Thanks are praise when no problem stands and no question or request comes with them."""
    assert side(text) == expected


CONTRASTS = [
    ("Thank you, but this is terrible", "-"),
    ("Thanks, but it still does not work", "0"),
    ("The driver was lovely, but the parcel was awful", "-"),
    ("The parcel was awful, but the driver was lovely", "+"),
    ("The agent was nice, however the answer was useless", "-"),
    ("The agent was nice. However, the answer was useless.", "-"),
    ("Nice agent. But a useless answer.", "-"),
    ("Although the driver was lovely, the parcel was awful.", "-"),
    ("Though it was awful at first, you were wonderful.", "+"),
    ("Awful parcel. The driver was lovely though.", "+"),
    ("I love your shop, yet the delivery is horrible", "-"),
    ("I love your products but my order has not arrived", "0"),
    ("Good, but then bad, but in the end excellent", "+"),
    ("Excellent at first, but then good, but in the end bad", "-"),
    # No contrast in these.
    ("Nothing but praise from me", "+"),
    ("I had no choice but to leave this awful shop", "-"),
    ("Not only good but also fast and lovely", "+"),
    ("However much I love it", "+"),
    ("It has not come yet and I am angry", "-"),
    ("It was a great day, even though it rained", "+"),
]


@pytest.mark.parametrize(("text", "expected"), CONTRASTS)
def test_the_last_clause_carries_the_score(text, expected):
    """After but, however, though and yet the clause that follows decides."""
    assert side(text) == expected


def test_the_second_clause_weighs_at_least_twice_the_first():
    """Equal and opposite words around a but leave the sign of the second."""
    assert score("great but not great") < 0 < score("not great but great")
    assert score("good, but bad") < score("good and bad")


def test_a_value_half_of_another_is_weighed_in_its_own_place():
    """VADER's search for an equal value scales the wrong word; here the place decides."""
    assert score("It was ok-ish and good but super bad") < 0
    assert score("It was bad but good") > 0


TRADE = [
    ("I have an issue with my order", "0"),
    ("There is a problem with my account", "0"),
    ("It shows error 51", "0"),
    ("How do I cancel my subscription?", "0"),
    ("I would like to return this item", "0"),
    ("Where is my refund", "0"),
    ("I want to file a claim", "0"),
    ("My complaint number is 1432", "0"),
    ("I opened a ticket", "0"),
    ("The fault code is E5", "0"),
    ("I need to dispute a charge", "0"),
    ("The battery is dead", "0"),
    ("How do I kill the process?", "0"),
    ("It says fatal, then abort", "0"),
    ("Please terminate the session", "0"),
    ("Is delivery free of charge?", "0"),
    ("Can I report a lost card here?", "0"),
    ("I lost my phone", "0"),
    ("Order 143 and order 187", "0"),
    ("I would like a gift card with credit", "0"),
    ("I named it that as a joke", "0"),
    ("My video is fair use", "0"),
    ("For the love of god, which one is it?", "0"),
    # Near misses: judged, not named.
    ("You lost my parcel", "-"),
    ("That is dead wrong", "-"),
    ("The faulty lamp", "-"),
    ("It stopped working", "-"),
    ("It's your fault", "-"),
    ("What a joke", "-"),
]


@pytest.mark.parametrize(("text", "expected"), TRADE)
def test_a_name_of_the_trade_is_no_feeling(text, expected):
    """Issue, refund, error and the like weigh nothing as single words."""
    assert side(text) == expected


NEGATIONS = [
    ("It isn't good", "-"),
    ("It isn’t good", "-"),
    ("It isnt good", "-"),
    ("I don’t love it", "-"),
    ("It is not at all really very good", "-"),
    ("It was not a particularly pleasant experience", "-"),
    ("Nobody was helpful", "-"),
    ("Far from perfect", "-"),
    ("It was never good or friendly", "-"),
    ("This is hardly great", "-"),
    ("Not only slow, it is awful", "-"),
    ("Not only fast, it is lovely", "+"),
    ("No problem", "+"),
    ("I can’t thank you enough", "+"),
    ("I couldn’t be happier", "+"),
    ("I couldnt be happier", "+"),
    ("I couldn't be more disappointed", "-"),
    ("Not bad", "+"),
    ("Not too bad", "+"),
    ("It no longer works", "-"),
    ("Never again", "-"),
    ("I have never been so angry", "-"),
    ("I have never been happier", "+"),
    ("I can't believe how awful this is", "-"),
    ("This is not a terrible idea", "+"),
    # The reach ends at the clause, at "and", after five words, and at the first word turned.
    ("It is not here, great", "+"),
    ("You did not call and it is excellent", "+"),
    ("I did not get the one in the other colour lovely", "+"),
    ("I am not happy with this terrible service", "-"),
    ("You did not fix the terrible mess", "-"),
    ("I don't know why this is so awful", "-"),
    ("No, it is great", "+"),
    ("No refund and terrible service", "-"),
]


@pytest.mark.parametrize(("text", "expected"), NEGATIONS)
def test_a_negation_reaches_its_clause_and_no_further(text, expected):
    """At most five words, past adverbs, never over a boundary; fixed items are taken whole."""
    assert side(text) == expected


def test_a_negated_word_is_marked_so():
    """The cue of a turned word says that a negation reaches over it."""
    assert [cue.negated for cue in read("I am not happy and it is bad").cues] == [True, False]


LOUD = ["not good", "this is terrible", "thank you, great"]


@pytest.mark.parametrize("text", LOUD)
def test_loudness_changes_nothing(text):
    """Capitals and exclamation marks leave the score where it was."""
    assert score(text) == score(text.upper()) == score(text + "!!!")


PLACES = [
    ("😀 your service is terrible 😡", ["😀", "terrible", "😡"]),
    ("🧑‍💻🇬🇧 not good", ["good"]),
    ("It isn’t good", ["good"]),
    ("That is goooood", ["goooood"]),
    ("I can’t thank you enough!", ["can’t thank you enough"]),
    ("Not bad :)", ["Not bad", ":)"]),
    ("İİİ awful", ["awful"]),
    ("@great see www.awful.com", []),
    ("great.Then terrible", ["great", "terrible"]),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_evidence_quotes_the_words_that_carried(text, expected):
    """Spans count code points of the text as sent, after emoji too."""
    assert carried(text) == expected


def test_an_emoji_said_thrice_weighs_once():
    """A row of the same sign is one sign, and no negation reaches it."""
    assert score("😡😡😡") == score("😡") < 0
    assert score("not here :)") > 0


def test_evidence_names_the_turn_and_the_source():
    """A turn's evidence holds its id; a draft's holds an empty one."""
    found = signal("This is terrible", "valence.lexicon")
    draft = DETECT(Draft(text="This is terrible"), ()).signals[0]
    assert {(evidence.turn, evidence.source) for evidence in found.evidence} == {("t1", "lexicon")}
    assert [evidence.turn for evidence in draft.evidence] == [""]
    assert found.score == draft.score


def test_silence_of_words_is_no_finding():
    """A turn without a word of feeling gives nothing at all."""
    assert read("My order is number 143.") == read("") == read(" \n ") == NOTHING


def test_many_words_show_the_strongest_twelve():
    """Evidence stays short: the twelve that weigh most, in the order of the text."""
    found = signal("good " * 20 + "horrible " * 12, "valence.lexicon")
    starts = [evidence.span.start for evidence in found.evidence]
    assert len(starts) == 12
    assert all(one < other for one, other in pairwise(starts))
    assert min(starts) == 100


def test_missing_word_values_say_so(monkeypatch, tmp_path):
    """A damaged table is a model error at load, not a wrong score later."""
    monkeypatch.setattr(lexicon_table, "files", lambda _: tmp_path)
    with pytest.raises(ModelError):
        lexicon.load()


def test_nothing_is_printed(capsys):
    """VADER prints when it meets its own idioms; nothing does here."""
    read("In the red, under the weather, on the ball")
    assert capsys.readouterr() == ("", "")


PIECES = (
    *("not", "no", "but", "however", "though", "great", "bad", "thanks", "thank", "you", "for"),
    *("please", "never", "can't", "isn’t", "good", ",", ".", "!", "?", "…", "😡", "🙄", ":)"),
    *("very", "so", "hope", "would", "be", "still", "fixed", "and", "or", "wow", "another"),
    *("weeks", "2", "\n", "love", "how", "kind", "of", "lost", "my", "card", "yeah", "right"),
)
WORDS = st.sampled_from(PIECES)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join))


@settings(max_examples=300)
@given(TEXTS)
def test_any_text_gives_a_score_in_range_and_spans_inside(text):
    """Nothing raises, scores stay in range, every span lies in the text."""
    found = read(text)
    for part in found.signals:
        low = -1 if part.name == "valence.lexicon" else 0
        assert low <= part.score <= 1
        assert part.evidence
        assert all(0 <= ev.span.start < ev.span.end <= len(text) for ev in part.evidence)
    assert found == read(text)


@settings(max_examples=200)
@given(TEXTS)
def test_curly_and_straight_apostrophes_score_alike(text):
    """Folding is part of reading: the shape of an apostrophe changes no finding."""
    assert read(text.replace("'", "’")) == read(text.replace("’", "'"))


@pytest.mark.parametrize(
    "piece",
    ["I am not happy with this, great but bad. ", "no ", "great, ", "wow so ", "thanks for "],
)
def test_a_long_text_stays_cheap(piece):
    """What a text costs grows with its length, and no faster."""
    assert growth(read, piece) < TOO_MUCH
