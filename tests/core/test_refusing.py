"""The words that refuse: who, which kind, and what stands there once the refusal is gone."""

import pytest

from assist.core.refusing import refusals


def told(text: str, edge: int | None = 0) -> list[tuple[str, str, str]]:
    """Return the speaker, the kind and the words allowed instead, of each refusal."""
    low = text.lower()
    return [(r.speaker.of(text), r.kind, r.allowed(low)) for r in refusals(text, low, edge)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We can't move it.", ("We", "can", " can")),
        ("The van is not allowed to leave.", ("The van", "can", " can")),
        ("You won't be permitted to leave.", ("You", "can", " can")),
        ("The lock on your door cannot turn.", ("The lock on your door", "can", " can")),
        ("Your order #88 cannot ship.", ("Your order #88", "can", " can")),
        ("I'm not in a position to move.", ("I", "place", "'m in a position to")),
        ("We aren't in a position to move.", ("We", "place", " are in a position to")),
        ("It isn't possible until May.", ("It", "stands", " is")),
        ("it isnt possible until may", ("it", "stands", " is")),
        ("It's not available before May.", ("It", "stands", "'s")),
        ("It is currently not open to us.", ("It", "stands", " is")),
        ("It is impossible to move.", ("It", "stands", " is possible")),
        ("The vet won't come out unless you pay.", ("The vet", "will", " can")),
        ("The part isn't going to be fitted before May.", ("The part", "will", " can")),
        ("The order is on hold until May.", ("The order", "halted", " can go ahead")),
        ("We can do nothing until May.", ("We", "nothing", " can help you")),
        ("We don't ship until May.", ("We", "do", "")),
        ("It doesn't ship until May.", ("It", "does", " can")),
        ("Maria can't ship.", ("Maria", "can", " can")),
        ("Seat changes are not possible.", ("Seat changes", "stands", " are")),
        ("Unable to ship until May.", ("", "can", "can")),
        ("No returns are accepted without a box.", ("", "none", "")),
    ],
)
def test_each_kind_has_its_other_side(text, found):
    """The speaker, the kind, and what is left when only the refusal goes."""
    assert told(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "We won't ship until May.",
        "I'm not going to ship until May.",
        "You are not in a position to judge.",
        "They can do nothing.",
        "Your foot is stuck until May.",
        "Maybe can't ship.",
        "No one is allowed in until May.",
        "No more changes are possible until May.",
        "The manager says refunds can't be made.",
        "The van stands there.",
    ],
)
def test_a_decision_and_what_is_no_refusal_of_ours_are_none(text):
    """A "won't" of ours, what others could do, what cannot go on, and told words: nothing."""
    assert told(text) == []


def test_a_named_subject_is_looked_for_only_where_the_sentence_begins():
    """Where the beginning is not known, only plain subjects are found; each refusal is told."""
    assert told("Maria can't ship.", None) == []
    assert told("Hi, Maria can't ship.", 4) == [("Maria", "can", " can")]
    assert len(told("We can't ship it and they can't.")) == 2
