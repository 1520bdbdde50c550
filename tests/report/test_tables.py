"""A share never stands alone."""

import pytest

from assist.report.tables import Column, Rate, Report, Section, as_json, grouped, printed, ranked


@pytest.mark.parametrize(
    ("expected", "cell"),
    [
        ("–", None), ("–", Rate(0, 0)), ("12 of 40, 30% (18–45)", Rate(12, 40)), ("1.3", 1.25001),
        ("1,200", 1200), ("words", "words"),
    ],
)  # fmt: skip
def test_a_cell_reads_well(expected, cell):
    """Shares come with their counts and where they lie; what is not known is a dash."""
    assert printed(cell) == expected


def test_the_most_frequent_comes_first():
    """Of those that came as often as each other, the first by name."""
    assert ranked({"b": 1, "c": 2, "a": 1}) == ["c", "a", "b"]
    assert grouped([("b", 1), ("a", 2), ("b", 3)]) == {"b": [1, 3], "a": [2]}


def test_the_json_has_every_figure():
    """Each section under its name, each rate with counts, share and interval."""
    section = Section(
        name="rules", title="T", note="N", columns=(Column(name="rule", title="rule"),),
        rows=({"rule": "r", "used": Rate(1, 2), "none": Rate(0, 0), "words": None},),
    )  # fmt: skip
    told = as_json(
        Report(title="R", conversations=1, turns=2, rules="v", remarks=("x",), sections=(section,))
    )
    assert told["rules"] == [
        {
            "rule": "r",
            "used": {"part": 1, "whole": 2, "share": 0.5, "low": 0.0945, "high": 0.9055},
            "none": {"part": 0, "whole": 0, "share": None, "low": 0.0, "high": 1.0},
            "words": None,
        }
    ]
    assert (told["conversations"], told["remarks"], told["version"]) == (1, ["x"], "v")
    assert told["notes"] == {"rules": "N"}
