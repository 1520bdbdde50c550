"""The report's part on forecasting."""

from assist.core.turns import Role
from assist.evaluation.escalate import Dialogue
from assist.evaluation.forecasting import forecast_part

CALM = Dialogue(id="c", turns=((Role.CUSTOMER, "when do you open?"),), escalated=False)
HEATED = Dialogue(
    id="h",
    turns=((Role.CUSTOMER, "I want to speak to a manager NOW"), (Role.AGENT, "One moment.")),
    escalated=True,
)


def test_levels_and_rivals_stand_side_by_side(line):
    """The shipped levels tell these two apart, and whoever always fires is half right."""
    lines = forecast_part("chats", [CALM, HEATED], line, others=[CALM, HEATED]).body
    rows = {line.split(" | ")[0]: line for line in lines.splitlines()}
    assert "2 conversations, 1 of them escalate. AUC of the highest score: 1.000." in lines
    assert rows["| level high or above"].startswith("| level high or above | 1.000 | 1.000 | 1.000")
    assert rows["| always"].startswith("| always | .500 | .500 | 1.000 | .667 | 1.000 | 1.0 |")
    assert any(name.endswith("chosen on 2 others") for name in rows)


def test_no_threshold_without_others(line):
    """A threshold is never chosen on what it is measured on."""
    assert "chosen on" not in forecast_part("chats", [CALM, HEATED], line).body
