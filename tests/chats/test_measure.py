"""The labelled chats: well formed, and answered no worse than the published figures."""

import importlib.util
import sys
from pathlib import Path

import pytest

from assist.core.techniques import TECHNIQUES
from assist.line import load_line

ROOM = 0.02
"""How far a share may be worse than its published figure."""
PUBLISHED = {"fit": (0.912, 0.466, 0.005), "held": (0.702, 0.394, 0.040)}
"""Right, met, wrong: docs/measured-suggestions.md."""


def _load():
    place = Path(__file__).with_name("measure.py")
    spec = importlib.util.spec_from_file_location("measure_chats", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MEASURE = _load()
CHATS = {name: MEASURE.chats(MEASURE.DATA / f"chats_{name}.jsonl") for name in PUBLISHED}


def moment(shown, standing, wanted, fine=(), wrong=()):
    return MEASURE.Moment(
        chat="c", turn="t", shown=tuple(shown), standing=frozenset(standing),
        wanted=frozenset(wanted), fine=frozenset(fine), wrong=frozenset(wrong),
    )  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_labels_name_techniques_of_the_catalogue(name):
    """Every chat is named once, and what is wanted, fine or wrong at a turn is a technique."""
    chats = CHATS[name]
    assert len({chat["id"] for chat in chats}) == len(chats) >= 40
    turns = [turn for chat in chats for turn in chat["turns"]]
    named = {t for turn in turns for k in ("wanted", "fine", "wrong") for t in turn.get(k, ())}
    assert named <= {*TECHNIQUES, MEASURE.ANY}


def test_the_shares_are_of_what_was_shown_and_of_what_was_wanted():
    """What stands already meets a wish; what is wrong everywhere is wrong by any name."""
    tally = MEASURE.Tally(
        moments=[
            moment(["empathy"], ["empathy"], ["empathy"]),
            moment([], ["own-it"], ["own-it"]),
            moment(["thank"], ["thank"], ["own-it"], fine=["thank"]),
            moment(["rapport"], ["rapport"], [], wrong=["any"]),
        ]
    )
    shares = (tally.precision(), tally.met(), tally.wrong())
    assert shares == pytest.approx((2 / 3, 2 / 3, 1 / 3))
    assert "| rapport | 0 | 0 | 1 | 0 | 1 |" in MEASURE.table(tally)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_figures_hold(name):
    """No share is more than two points worse than the published one."""
    tally = MEASURE.measured(load_line(), CHATS[name])
    right, met, wrong = PUBLISHED[name]
    assert tally.precision() >= right - ROOM
    assert tally.met() >= met - ROOM
    assert tally.wrong() <= wrong + ROOM


def test_a_second_coach_is_judged_by_the_first_and_ours_by_the_second():
    """The second's card counts as shown; for ours, what the second said takes the labels' place."""
    tally = MEASURE.Tally(
        moments=[
            moment(["empathy"], ["empathy"], ["apologise"], fine=["empathy"], wrong=["humour"]),
            moment([], [], ["own-it"]),
        ]
    )
    told = {("c", "t"): {"best": "apologise", "others": [], "wrong": ["empathy"]}}
    coach, ours = MEASURE.by_coach(tally, told), MEASURE.for_coach(tally, told)
    assert (coach.precision(), coach.met(), coach.wrong()) == (0.5, 0.5, 0.0)
    assert (ours.precision(), ours.met(), ours.wrong()) == (0.0, 0.0, 1.0)


def test_the_second_coach_speaks_of_moments_that_the_first_has_labelled():
    """Every second label names a labelled turn and techniques of the catalogue."""
    told = MEASURE.second(MEASURE.DATA / "chats_held.jsonl")
    labelled = {
        (chat["id"], turn["id"])
        for chat in CHATS["held"]
        for turn in chat["turns"]
        if "wanted" in turn
    }
    named = {t for one in told.values() for k in ("others", "wrong") for t in one[k]}
    assert set(told) == labelled
    assert named | {one["best"] for one in told.values()} - {None} <= {*TECHNIQUES, MEASURE.ANY}
