"""The suites of drafts: well formed, and read no worse than the published figures."""

import importlib.util
import sys
from pathlib import Path

import pytest

from assist.core.techniques import TECHNIQUES
from assist.line import load_line

ROOM = 0.02
"""How far a share may fall under its published figure."""
PUBLISHED = {
    "suite": (1.0, 0.978, 0.990, 0.952),
    "unseen": (1.0, 0.956, 1.0, 0.857),
    "broad": (0.965, 0.995, 0.998, 0.226),
}
"""Recall, precision, clean drafts left silent, acceptable rewrites: docs/measured-drafts.md."""


def _load():
    place = Path(__file__).with_name("measure.py")
    spec = importlib.util.spec_from_file_location("measure_drafts", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MEASURE = _load()
NAMES = ("suite", "unseen", "broad", "heldout")
SUITES = {name: MEASURE.suite(MEASURE.SUITE.with_name(f"{name}.jsonl")) for name in NAMES}
LINE = load_line()


def test_the_suite_is_large_and_nearly_half_of_it_clean():
    """There are at least 400 drafts, and 40 to 60 in a hundred of them are clean."""
    items = SUITES["suite"]
    assert len(items) >= 400
    assert 0.4 <= sum(item.silent for item in items) / len(items) <= 0.6


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_is_well_formed(name):
    """Ids and drafts are unique, techniques are known, and silent means that nothing is wanted."""
    items = SUITES[name]
    assert len({item.id for item in items}) == len(items)
    assert len({(item.draft, item.turns) for item in items}) == len(items)
    assert {name for item in items for name in item.wanted | item.also} <= set(TECHNIQUES)
    assert not [item.id for item in items if item.silent is bool(item.wanted)]
    assert not [item.id for item in items if item.wanted & item.also]


@pytest.mark.parametrize("name", ["suite", "unseen", "broad"])
def test_no_draft_that_is_held_out_is_in_another_suite(name):
    """What no rule was tuned on is not what they were tuned on."""
    assert not {i.draft for i in SUITES[name]} & {i.draft for i in SUITES["heldout"]}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_figures_hold(name):
    """No share is more than two points under the published one."""
    tally = MEASURE.measured(LINE, SUITES[name])
    shares = (tally.recall(), tally.precision(), tally.quiet(), tally.passed())
    fallen = [(s, p) for s, p in zip(shares, PUBLISHED[name], strict=True) if s < p - ROOM]
    assert not fallen, tally.misses


def test_a_worse_reading_is_noticed():
    """A finding that is missed, one too many and a rewrite not offered lower their shares."""
    one = MEASURE.Item(
        id="condition-1",
        draft="The lamp is here.",
        wanted=frozenset({"yes-and"}),
        becomes=frozenset({"The lamp is there."}),
    )
    two = MEASURE.Item(id="b", draft="Calm down.", silent=True)
    tally = MEASURE.measured(LINE, (one, two))
    assert (tally.recall(), tally.precision(), tally.quiet(), tally.passed()) == (0, 0, 0, 0)
    assert (tally.turnable, tally.abstained, len(tally.misses)) == (1, 1, 3)


def test_the_tables_name_what_was_found(monkeypatch, capsys):
    """The script prints every technique of the suite and the time a review takes."""
    monkeypatch.setattr(MEASURE, "SAMPLES", 2)
    monkeypatch.setattr(sys, "argv", ["measure.py", "unseen"])
    MEASURE.main()
    printed = capsys.readouterr().out
    assert "| **all** | 65 |" in printed
    assert "| clean drafts left silent | 60 |" in printed
    assert "| 80 |" in printed
