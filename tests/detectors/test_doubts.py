"""Conditions that the parse hangs inside another clause than the refusal."""

from pathlib import Path

import pytest

from assist.detectors.clauses import Clauses
from assist.detectors.doubts import doubts
from assist.detectors.parser import load_parser
from assist.detectors.refusals import refusals

PARSE = load_parser(Path(__file__).resolve().parents[2] / "models" / "parser" / "manifest.json")


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (["before"], "We can't refund what you paid before June."),
        (["before"], "I can't change a booking made before June."),
        (["until"], "We can't replace the part that worked until Friday."),
        (["before"], "We can't ship to those who order before noon."),
        ([], "We can't refund you until the parcel is back."),
        ([], "I can't book it without your date of birth."),
        ([], "Unless you sign it, I can't release the money."),
        ([], "We can't refund or replace it until it's back."),
        ([], "We're not in a position to release it before the bank agrees."),
        ([], "You paid before June and we refunded it."),
        ([], "Before noon we can't open the gate."),
    ],
)
def test_a_condition_of_another_clause_is_doubtful(expected, said):
    """The words of condition are told only where they belong to what was paid, made or ordered."""
    clauses = Clauses(PARSE(said))
    refused = [refusal.span for refusal in refusals(clauses)]
    assert [span.of(said) for span in doubts(clauses, refused)] == expected
