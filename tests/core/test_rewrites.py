"""Rewrites: edits with exact places."""

from assist.core.rewrites import Finding, Review, Rewrite, Substitution, Tension, applied
from assist.core.text import Span


def put(start, end, text):
    return Substitution(span=Span(start, end), text=text)


def test_edits_are_put_in_at_the_places_of_the_draft():
    """Each edit's place is a place of the draft as typed, in whatever order they come."""
    edits = (put(0, 2, "They"), put(3, 8, "can"), put(9, 9, "gladly "))
    assert applied("We can't go", edits) == "They can gladly go"
    assert applied("We can't go", tuple(reversed(edits))) == "They can gladly go"


def test_no_edits_change_nothing():
    """A rewrite without edits is the draft."""
    assert applied("We can't go", ()) == "We can't go"


def test_an_edit_may_only_add_or_only_take_away():
    """An empty place adds, an empty text takes away."""
    assert applied("a c", (put(1, 1, " b"),)) == "a b c"
    assert applied("a b c", (put(1, 3, ""),)) == "a c"


def test_words_do_not_show_in_a_repr():
    """What was typed never reaches a log by way of a repr."""
    rewrite = Rewrite(text="secret words", edits=(put(0, 1, "secret"),))
    finding = Finding(
        technique="t", rule="r", span=Span(0, 1), message="M.", why="W.", rewrites=(rewrite,)
    )
    review = Review(findings=(finding,), tension=Tension(before=0.1, after=0.2))
    assert "secret" not in repr(review)
