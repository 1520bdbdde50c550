"""Text and places in it: nothing ever moves an offset."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.text import Span, fold, joined, lowered, sentence_at, sentences, words

ANY = st.text(max_size=80) | st.text(alphabet="aİßΣ’“”—\u00a0.,!?;:()\n '3é🙂x", max_size=60)


def said(spans, text):
    return [span.of(text) for span in spans]


def test_a_span_quotes_moves_and_overlaps():
    """A span is half open, keeps its length when moved, and touching is not overlapping."""
    assert Span(1, 3).of("abcd") == "bc"
    assert Span(1, 3).shifted(2) == Span(3, 5)
    assert Span(1, 3).overlaps(Span(2, 4))
    assert not Span(1, 3).overlaps(Span(3, 4))


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("isn't", "isn’t"),
        ("isn't", "isn`t"),
        ('"late"', "“late”"),
        ("a - b", "a — b"),
        ("1 000", "1\u202f000"),
        ("a b", "a\tb"),
    ],
)
def test_typographic_characters_fold_to_plain_ones(plain, written):
    """Quotes, dashes and blanks that an editor makes read as those on a keyboard."""
    assert fold(written) == plain


@pytest.mark.parametrize(
    ("small", "written"), [("ok", "OK"), ("İi", "İI"), ("ὀδυσσεύς x", "ὈΔΥΣΣΕΎΣ X")]
)
def test_lower_case_keeps_every_place(small, written):
    """A character whose lower case is longer stays as it is; the rest is lowered."""
    assert lowered(written) == small


@given(ANY)
def test_no_offset_moves(text):
    """Folded and lowered texts are as long as the text, and every span found lies inside it."""
    assert len(fold(text)) == len(lowered(text)) == len(text)
    for span in (*sentences(text), *(word.span for word in words(text))):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()


@given(ANY)
def test_places_come_in_order_and_apart(text):
    """Sentences and words are told from left to right and never overlap."""
    for spans in (sentences(text), [word.span for word in words(text)]):
        assert all(one.end <= other.start for one, other in pairwise(spans))


def test_words_are_folded_and_small():
    """A word keeps its apostrophe and its hyphen and is told in lower case."""
    assert [word.text for word in words("It ISN’T re-sent_yet, 2 days!")] == [
        "it", "isn't", "re-sent", "yet", "2", "days",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["Hi.", "Where is it?!", "Now"], "Hi.  Where is it?! Now"),
        (["one", "two"], "one\n\n  two "),
        (["I paid 3.50 euros today.", "Thanks"], "I paid 3.50 euros today. Thanks"),
        (["See example.com for it"], "See example.com for it"),
        (["Well", "..."], "Well\n ... \n "),
        ([], " \n "),
    ],
)
def test_a_text_is_cut_into_sentences(expected, text):
    """A sentence ends at a mark before a blank, or at a line's end; a decimal point ends none."""
    assert said(sentences(text), text) == expected


@pytest.mark.parametrize(
    ("expected", "place"),
    [("It is late.", Span(6, 10)), ("Why?", Span(12, 15)), ("It is late.", Span(6, 15))],
)
def test_the_sentence_at_a_place_is_the_first_that_covers_it(expected, place):
    """A place inside a sentence finds it; one over two finds the first."""
    text = "It is late. Why?"
    assert sentence_at(text, place).of(text) == expected


def test_a_place_outside_any_sentence_is_its_own():
    """Where there is no sentence the place itself comes back."""
    assert sentence_at("Hi.  ", Span(3, 5)) == Span(3, 5)


@pytest.mark.parametrize(
    ("expected", "spans"),
    [
        ([], []),
        ([(0, 4)], [(0, 4), (1, 3)]),
        ([(0, 6)], [(2, 6), (0, 4)]),
        ([(0, 2), (2, 4)], [(2, 4), (0, 2), (2, 4)]),
    ],
)
def test_joined_spans_hold_the_same_characters_once(expected, spans):
    """What overlaps is joined, what only touches stays apart, and the order is that of the text."""
    assert joined(Span(*span) for span in spans) == tuple(Span(*span) for span in expected)
