"""What is missing, named without who left it out: draft by draft."""

import pytest

from assist.core.missing import missing_named
from assist.core.rewrites import applied
from assist.core.text import Span


def became(draft: str, words: str = "you") -> str | None:
    """Return the draft with what is missing named, or None."""
    at = draft.lower().index(words)
    edits = missing_named(draft, Span(at, at + len(words)))
    return None if edits is None else applied(draft, edits)


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("You didn't send the photo.", "I don't see the photo yet."),
        ("you didnt send the photo", "i don't see the photo yet"),
        ("you didnt send the photo, I'll wait", "I don't see the photo yet, I'll wait"),
        ("You haven't sent the photo yet.", "I don't see the photo yet."),
        ("Dear Mr Lowe, you forgot to sign the form.",
         "Dear Mr Lowe, I don't see a signature on the form yet."),
        ("You haven't confirmed your address.",
         "I don't see a confirmation of your address yet."),
        ("You haven't returned the router.", "I don't see a return of the router yet."),
        ("You didn't send the photo, can you add it?",
         "I don't see the photo yet, can you add it?"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(draft, after):
    """The thing keeps its words, the reproach goes, and the writer's small letters stay."""
    assert became(draft) == after


@pytest.mark.parametrize(
    "draft",
    [
        "You sent the photo.",
        "You didn't lick the stamp.",
        "You didn't send photos.",
        "You didn't send the photo on time.",
        "You didn't sign the form on Monday.",
        "You never returned my call.",
        "You didn't send the photo, did you?",
        'You didn\'t send the "photo".',
        "Why you didn't send the photo.",
        "If it helps: you didn't send the photo.",
    ],
)
def test_on_doubt_nothing_is_named(draft):
    """Another verb, no certain thing, a time, a question, a quotation or a clause before: None."""
    assert became(draft) is None


def test_the_words_must_begin_in_the_place():
    """What stands behind the place that was found is not its matter."""
    assert missing_named("Well now you didn't send the photo.", Span(0, 4)) is None
