"""How the house speaks."""

import pytest

from assist.core.playbook import Tone
from assist.core.tone import spoken


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ("I will look, you are right", "I'll look, you're right"),
        ("We cannot and will not", "We can't and won't"),
        ("Let us see, I have it", "Let's see, I've got it".replace("got ", "")),
        ("Cannot you? I do not", "Can't you? I don't"),
        ("I am here by {time}", "I'm here by {time}"),
        ("That's Sam's, I'd say", "That's Sam's, I'd say"),
    ],
)
def test_formal_is_without_short_forms(expected, line):
    """Short forms that mean one thing are written out; those that may mean two stay."""
    assert spoken(line, Tone.FORMAL) == expected


@pytest.mark.parametrize("tone", [Tone.NEUTRAL, Tone.FRIENDLY])
def test_other_tones_leave_a_line_alone(tone):
    """Only a formal house changes lines."""
    assert spoken("I'll look", tone) == "I'll look"
