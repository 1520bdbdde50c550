"""From "but" to "and": draft by draft."""

import pytest

from assist.core.joins import and_for_but
from assist.core.rewrites import applied
from assist.core.text import Span


def became(draft: str, place: str) -> str | None:
    """Return the draft with its "but" at `place` turned, or None."""
    at = draft.index(place)
    edits = and_for_but(draft, Span(at, at + len(place)))
    return None if edits is None else applied(draft, edits)


@pytest.mark.parametrize(
    ("draft", "place", "after"),
    [
        ("I see, but it left on Monday.", "I see, but", "I see, and it left on Monday."),
        ("i see but it left", "i see but", "i see, and it left"),
        ("I see. But the van left.", "I see. But", "I see, and the van left."),
        ("Agreed. However, the van left.", "Agreed. However", "Agreed, and the van left."),
        ("True, though the van left.", "True, though", "True, and the van left."),
        ("True, although two vans left.", "True, although", "True, and two vans left."),
        ("Noted; nevertheless, the van left.", "Noted; never", "Noted, and the van left."),
        ("True, only the van left.", "True, only the", "True, and the van left."),
        ("True madam, only thing is your van left.", "True madam, only",
         "True madam, and your van left."),
        ("That's fair. Even so, the van left.", "fair. Even so",
         "That's fair, and the van left."),
        ("I see, but the contract says 24 months.", "I see, but",
         "I see, and the contract says 24 months."),
        ("I see, but it updates only at night.", "I see, but",
         "I see, and it updates only at night."),
        ("I see, but it has just arrived.", "I see, but", "I see, and it has just arrived."),
        ("I see, but it is still on the van.", "I see, but",
         "I see, and it is still on the van."),
        ("I see, but we need to test it.", "I see, but", "I see, and we need to test it."),
        ("yes but it needs an update, shall i help?", "yes but",
         "yes, and it needs an update, shall i help?"),
    ],
)  # fmt: skip
def test_a_plain_fact_is_joined(draft, place, after):
    """What follows is a fact and keeps its words; what stood before the join is one comma."""
    assert became(draft, place) == after


@pytest.mark.parametrize(
    ("draft", "place"),
    [
        ("I see it left on Monday.", "I see"),
        ("I see, but we can't.", "I see, but"),
        ("I see, but yes.", "I see, but"),
        ("I see, but", "I see, but"),
        ("I see, but the contract is the contract.", "I see, but"),
        ("I see, but only you can.", "I see, but"),
        ("I see, but it's still our policy.", "I see, but"),
        ("I see, but the claim was declined.", "I see, but"),
        ("I see, but can it wait?", "I see, but"),
        ("I see, but it left, shall I call, or not?", "I see, but"),
        ('He said "I see, but it left".', "I see, but"),
        ("I see... But the van left.", "I see... But"),
        ("Do you see? But the van left.", "see? But"),
        ("Sorry about that. But the van left.", "that. But"),
        ("Sorry about that, though the van left.", "that, though"),
        ("I see, but " + "the van left and " * 20 + "more.", "I see, but"),
    ],
)
def test_anything_else_keeps_its_but(draft, place):
    """A refusal, a rule, a question, a quotation, an apology or a long sentence: None."""
    assert became(draft, place) is None
