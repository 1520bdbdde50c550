"""The list of tortures."""

from assist.torture.catalogue import TORTURES


def test_each_has_a_goal_with_a_figure_in_it():
    """Every torture is called by one word and says what it should reach."""
    assert len(TORTURES) == 15
    for name, torture in TORTURES.items():
        assert torture.name == name
        assert any(char.isdigit() for char in torture.goal), name
