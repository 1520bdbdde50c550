"""Numbers with their words."""

import pytest

from assist.core.counting import counted


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 rules"), (1, "1 rule"), (2, "2 rules"), (1234, "1,234 rules")]
)
def test_only_one_is_singular(count, told):
    """None and many have the plural."""
    assert counted(count, "rule") == told
