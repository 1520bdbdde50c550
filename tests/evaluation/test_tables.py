"""Figures as Markdown."""

import pytest

from assist.evaluation.measures import Margin
from assist.evaluation.tables import figure, percent, section, table, within

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.8124, ".812"),
        (1.0, "1.000"),
        (0.0, ".000"),
        (-0.25, "-.250"),
        (NAN, "–"),
        (10.5, "10.500"),
    ],
)
def test_figures_have_three_decimals(value, told):
    """A share has no leading nought, and what is unknown is a dash."""
    assert figure(value) == told


def test_margins_stand_behind_the_figure():
    """A margin that is unknown or no margin is left out."""
    assert within(0.5, Margin(low=0.4, high=0.6)) == ".500 (.400 to .600)"
    assert within(0.5, Margin(low=NAN, high=NAN)) == ".500"
    assert within(0.5, Margin(low=0.5, high=0.5)) == ".500"
    assert within(NAN, Margin(low=0.4, high=0.6)) == "–"
    assert percent(0.1234) == "12.3%"
    assert percent(NAN) == "–"


def test_a_table_is_markdown():
    """Words left, figures right; numbers are set by kind, and a bar breaks no column."""
    told = table(("what", "n", "share"), [("a|b", 1234, 0.5)])
    assert told.splitlines() == [
        "| what | n | share |",
        "|---|---:|---:|",
        "| a\\|b | 1,234 | .500 |",
    ]


def test_a_section_leaves_out_what_is_empty():
    """Parts stand apart by an empty line, and an empty one is none."""
    assert section("T", "a", "", "b") == "## T\n\na\n\nb"
