"""The Autobahn cases, some of them."""

import pytest

from assist.torture.autobahn import autobahn


async def test_the_listener_meets_the_cases(nursery, short, figure):
    """Of the cases about frames, messages and closing, at most 7.1.5 fails."""
    pytest.importorskip("kosoku")
    outcome = await autobahn(nursery, short)
    assert outcome.broken == ()
    assert outcome.reached, outcome
    assert figure(outcome, "cases") > 50


async def test_without_kosoku_it_is_said_so(nursery, short, monkeypatch):
    """It is not tried, with the reason, and is no failure."""
    monkeypatch.setattr("assist.torture.autobahn.find_spec", lambda _: None)
    outcome = await autobahn(nursery, short)
    assert (outcome.reached, outcome.broken) == (None, ())
    assert "kosoku" in outcome.why
