"""From what must come first to when it can be done: draft by draft."""

import pytest

from assist.core.rewrites import applied
from assist.core.text import Span
from assist.core.waits import wait_ended


def became(draft: str) -> str | None:
    """Return the draft told as when it can be done, or None."""
    edits = wait_ended(draft, Span(0, len(draft)))
    return None if edits is None else applied(draft, edits)


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("You'll need to wait till it clears before we can look at it.",
         "We can look at it once it clears."),
        ("you have to wait until it clears before i can ship it",
         "i can ship it once it clears"),
        ("You have to wait until it clears before I can ship it.",
         "I can ship it once it clears."),
        ("You have to wait until Friday before we can ship it.", "We can ship it from Friday."),
        ("Hi Ana, you must wait until the call before we can ship it!",
         "Hi Ana, we can ship it after the call!"),
        ("You need to send the form back before we can start.",
         "We can start once you send the form back."),
        ("You will have to visit the branch, then only we can change it.",
         "Once you visit the branch, we can change it."),
        ("You must sign the form, only then can we change it.",
         "Once you sign the form, we can change it."),
    ],
)  # fmt: skip
def test_what_comes_first_becomes_when(draft, after):
    """What must come first and what can be done then keep their words."""
    assert became(draft) == after


@pytest.mark.parametrize(
    "draft",
    [
        "You need to send it.",
        "You'll need to wait till it clears.",
        "You need to wait until it clears before we can promise it.",
        "You need to wait until it never clears before we can ship it.",
        "You need to wait until luck helps before we can ship it.",
        "You need to send your PIN before we can help.",
        "You need to send it before we can ship it unless paid.",
        "You may need to send it before we can start.",
        "Do you need to send it before we can start?",
    ],
)
def test_any_doubt_keeps_the_words(draft):
    """No second part, a promise, a negation, an unclear or unfit condition, a question: None."""
    assert became(draft) is None
