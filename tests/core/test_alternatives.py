"""What is possible, said before what is not: draft by draft."""

import pytest

from assist.core.alternatives import alternative_first
from assist.core.rewrites import applied
from assist.core.text import Span


def became(draft: str) -> str | None:
    """Return the draft with its alternative first, or None."""
    edits = alternative_first(draft, Span(0, len(draft)))
    return None if edits is None else applied(draft, edits)


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ("I can't refund it but can replace it.", "I can replace it. I can't refund it."),
        ("I can't refund it, but I can replace it", "I can replace it. I can't refund it"),
        ("i cant refund it but can replace it", "i can replace it. i cant refund it"),
        ("We can't move it but can sell it!", "We can sell it! We can't move it!"),
        (
            "Unfortunately we're unable to do 20% but can do £4.50.",
            "We can do £4.50. We're unable to do 20%.",
        ),
        (
            "Hi Ana, sorry, we can't move it but can sell it.",
            "Hi Ana, we can sell it. We can't move it.",
        ),
        (
            "A refund isn't possible, we can exchange it though.",
            "We can exchange it. A refund isn't possible.",
        ),
        (
            "hi ana, swaps arent possible but we can help",
            "hi ana, we can help. swaps arent possible",
        ),
        ("I can't help but can put you through.", "I can put you through. I can't help."),
    ],
)
def test_the_alternative_comes_first(draft, after):
    """Both halves stand in full, in the other order, and the sigh is gone."""
    assert became(draft) == after


@pytest.mark.parametrize(
    "draft",
    [
        "I can't refund it.",
        "I can't refund it but they can replace it.",
        "I can't refund it but could replace it.",
        "I can't refund it until May but can replace it.",
        "I can't refund it but can only replace it.",
        "I can't refund the lamp but can replace it.",
        "I can't refund lamp 7 but can replace it.",
        "I can't refund it but can replace it if it's broken.",
        "I can't refund it but can you wait?",
        "A move of the lamp isn't possible, we can paint it though.",
        "I can't refund it, I'm afraid, but can replace it.",
        "I can't refund it but can replace it 😊",
    ],
)
def test_anything_else_in_the_sentence_ends_the_matter(draft):
    """Another speaker, a hedge, a condition, a noun named too late or a third thing: None."""
    assert became(draft) is None
