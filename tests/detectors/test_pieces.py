"""Texts cut into pieces, and patterns over them."""

import pytest
from growth import TOO_MUCH, growth
from hypothesis import given
from hypothesis import strategies as st

from assist.core.text import fold, lowered
from assist.detectors.pieces import anchors, cut, expression


def found(line, text):
    """Return the words that a line finds in a text."""
    plain = lowered(fold(text))
    return [text[start:end] for start, end in cut(plain).found(expression(line))]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([], ""),
        ([], "  \n"),
        (["hello", "there"], "hello  there"),
        (["ca", "n't"], "can't"),
        (["ca", "nt"], "cant"),
        (["can", "not"], "cannot"),
        (["you", "'re", "late"], "you're late"),
        (["you", "re", "late"], "youre late"),
        (["i", "m", ",", "ok", "?"], "im, ok?"),
        (["u", ".", "s", "."], "u.s."),
        (["10:30", "4.15", "5/7", "1,200", "5-7"], "10:30 4.15 5/7 1,200 5-7"),
        (["at", "4", "."], "at 4."),
        (["non-stick", "pan"], "non-stick pan"),
        (["rock", "'", "n", "'", "roll"], "rock'n'roll"),
        (["a", "_", "b"], "a_b"),
        (["!", "!", "🙂"], "!!🙂"),
        (["crème", "brûlée"], "crème brûlée"),
    ],
)
def test_a_text_is_cut_into_words_halves_and_marks(expected, text):
    """Every piece stands at its place in the text, in order."""
    pieces = cut(text)
    assert [text[start:end] for start, end in pieces.places] == expected
    assert pieces.joined.split() == expected


@pytest.mark.parametrize(
    ("expected", "line", "text"),
    [
        (["can't mend"], "can't mend", "we can't mend it"),
        (["can’t mend"], "can't mend", "we can’t mend it"),
        (["cant mend"], "can't mend", "we cant mend it"),
        ([], "can't mend", "we can mend it"),
        ([], "can mend", "we can't mend it"),
        (["You’re late"], "you're late", "You’re late"),
        (["youre late"], "you're late", "youre late"),
        (["won't", "DON'T", "dont"], "won't|don't", "won't DON'T dont do"),
        (["red wine"], "red|white wine", "a red wine, not wine"),
        (["very late", "late"], "very? late", "very late, late"),
        (["late again"], "late again?", "late again"),
        (["late"], "late again?", "late, again"),
        ([], "late", "latex relate"),
    ],
)
def test_a_line_finds_words_and_contractions(expected, line, text):
    """Alternatives, optional words, and apostrophes that may be curly or missing."""
    assert found(line, text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["wait long"], "wait long"),
        (["wait so long"], "wait so long"),
        (["wait a b c long"], "wait a b c long"),
        ([], "wait a b c d long"),
        ([], "wait, long"),
        ([], "wait for it. long"),
        ([], "wait (so long"),
        ([], "long wait"),
        (["wait non-stop long"], "wait non-stop long"),
        (["wait we're long"], "wait we're long"),
        (["wait\nso  long"], "wait\nso  long"),
    ],
)
def test_a_gap_is_at_most_three_words_without_marks(expected, text):
    """A star reaches over three pieces of words and over no comma or full stop."""
    assert found("wait * long", text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["3 days"], "for 3 days"),
        (["3.5 days"], "for 3.5 days"),
        (["5-7 days"], "in 5-7 days"),
        (["twelve days"], "twelve days"),
        (["2 days", "Two days"], "2 days. Two days!"),
        ([], "some days"),
        ([], "someone days"),
        ([], "3 dayss"),
    ],
)
def test_a_number_is_figures_or_a_word(expected, text):
    """A hash stands for a number, and for nothing that only begins like one."""
    assert found("# days", text) == expected


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        (("waiting", "waited"), "waiting|waited * # days late?"),
        (("forever",), "is forever"),
        (("late",), "* late"),
        (("can't", "won't"), "can't|won't * help"),
    ],
)
def test_anchors_are_words_that_must_stand_there(expected, line):
    """Neither a gap nor a number nor an optional word opens the gate."""
    assert anchors(line) == expected


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("wait * long", "wait "),
        ("a * a * a * b", "a "),
        ("# * # * days", "1 "),
        ("very? very? very? late", "very "),
        ("* * * late", "word "),
        ("can't * go", "n't'"),
        ("# days", "1,"),
        ("late", "a"),
    ],
)
def test_what_a_hostile_text_takes_grows_as_the_text_does(line, unit):
    """Nothing is found in it, up to 40,000 characters, and no search starts over and over."""
    assert found(line, unit * 1000) == []
    assert growth(lambda text: found(line, text), unit, size=10_000) < TOO_MUCH


@given(st.text(st.sampled_from("ab wait'ntcI’.,1 -_\n🙂"), max_size=60))
def test_pieces_lie_in_the_text_one_after_the_other(text):
    """No piece is empty, none overlaps, and between them stand blanks only."""
    plain = lowered(fold(text))
    pieces = cut(plain)
    at = 0
    for start, end in pieces.places:
        assert start < end
        assert not plain[at:start].strip()
        at = end
    assert not plain[at:].strip()
    assert len(pieces.starts) == len(pieces.places)


def test_gaps_in_a_row_are_one_gap():
    """Words between two others are passed over in one way only, so that no text takes long."""
    one, row = expression("a * b"), expression("a * * * b")
    assert row.pattern.count("\\S+") == one.pattern.count("\\S+") == 1
    assert [*cut("a " + "x " * 9 + "b").found(row)] == [(0, 21)]
    assert not [*cut("a " + "x " * 10 + "b").found(row)]
