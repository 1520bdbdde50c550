"""Patterns that run away elsewhere."""

import re
from functools import partial

import pytest
from growth import TOO_MUCH, growth

from assist.core.turns import Role, Turn
from assist.torture import patterns as module
from assist.torture.patterns import RUNAWAY, _tried, patterns
from assist.torture.peers import START


async def test_no_pattern_in_a_rule_runs_away(nursery, short, figure, monkeypatch):
    """Forty of them, as phrases and as tokens: refused with a place, or read in linear time."""
    grown = []

    def measured(detector, text, rounds):
        turn = partial(Turn, id="t", role=Role.CUSTOMER, at=START)
        work = lambda text: detector(turn(text=text), ())  # noqa: E731
        grown.append(growth(work, text[:-1], tail=text[-1], size=len(text) // 4))
        return 0.0

    monkeypatch.setattr(module, "_longest", measured)
    outcome = await patterns(nursery, short)
    refused = figure(outcome, "refused at load")
    assert figure(outcome, "patterns known to run away") == 40
    assert figure(outcome, "refused without a place") == 0
    assert len(grown) >= 2 * (figure(outcome, "tried, as phrase and as tokens") - refused) > 100
    assert max(grown) < TOO_MUCH


def test_the_patterns_are_forty_and_each_is_one():
    """Each compiles as a regular expression, and none stands there twice."""
    assert len({pattern for pattern, _ in RUNAWAY}) == 40
    for pattern, _ in RUNAWAY:
        re.compile(pattern)


@pytest.mark.parametrize(
    ("kind", "written"), [("phrases", "where is it"), ("tokens", "where * it")]
)
def test_an_ordinary_pattern_is_not_refused(tmp_path, kind, written):
    """The rule around the pattern is a good one, so what is refused is refused for its pattern."""
    assert not _tried(tmp_path, kind, written, "where is it", 1).refused


def test_a_refusal_names_its_place(tmp_path):
    """An alternative within another is refused with file, line and column."""
    tried = _tried(tmp_path, "phrases", "a {b|{c|d}} e", "a", 1)
    assert (tried.refused, tried.nowhere) == (True, False)
