"""What the ledger holds of turns and chats written without a look at its code."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

HERE = Path(__file__)
KNOWN = {
    "seen": {"That's the £20 back on your card now."},
    "second": {"ive asked the kitchen, they'll remake it now, 15 mins tops"},
}


@pytest.fixture(scope="module")
def ledger():
    """Return the measuring command as a module."""
    spec = spec_from_file_location("measured_ledger", HERE.with_name("measured_ledger.py"))
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["seen", "second"])
def test_what_was_mended_stays_mended(ledger, name):
    """Turns and chats are entered as a colleague would, but for those known to be wrong."""
    _, _, states = ledger.states(name)
    wrong = [failure[8:].split("  [")[0] for failure in (*ledger.measured(name).failures, *states)]
    assert set(wrong) == KNOWN[name]


def test_the_sets_are_large_and_no_turn_stands_in_two(ledger):
    """At least 150 turns, then 100, then 100, none twice, and many that enter nothing."""
    cases = {name: [*ledger.cases(name)] for name in ("seen", "second", "fresh")}
    for name, least in (("seen", 150), ("second", 100), ("fresh", 100)):
        assert len(cases[name]) >= least
    texts = [case.text for some in cases.values() for case in some]
    assert len(set(texts)) == len(texts)
    assert all(sum(not case.wanted for case in some) >= 30 for some in cases.values())


def test_what_is_published_is_what_is_measured(ledger):
    """The page tells the figures of the set that nothing was mended on."""
    page = (HERE.parents[2] / "docs" / "measured-ledger.md").read_text("utf-8")
    tally = ledger.measured("fresh")
    assert f"{tally.found / tally.got:.1%} ({tally.found} of {tally.got})" in page
    assert f"{tally.found / tally.wanted:.1%} ({tally.found} of {tally.wanted})" in page
