"""Our own turns."""

from assist.fitting.learning import held_out
from assist.fitting.shipped import shipped_turns


def test_our_turns_are_parted_by_their_words():
    """Thousands are to learn from, about an eighth is kept out, and all have a sentiment."""
    taught, kept = shipped_turns()
    assert len(taught) > 3000
    assert len(kept) > 300
    assert all(held_out(item.text) for item in kept)
    assert not any(held_out(item.text) for item in taught)
    assert {item.sentiment for item in (*taught, *kept)} == {0, 1, 2}
