"""Forecasting, against values worked out by hand."""

from math import isnan

import pytest

from assist.core.turns import Role
from assist.errors import TranscriptError
from assist.evaluation.escalate import (
    Dialogue,
    Forecast,
    dialogues,
    forecasts,
    outcome,
    own_dialogues,
    threshold,
)

HAPPENED = [True, True, False, False, False]
FIRED = [
    [False, True, True, True],
    [True, False],
    [True, False],
    [False, False],
    [False],
]


def test_the_leaderboards_terms_by_hand():
    """Two of two are foretold with one false alarm of three, taken back rightly and wrongly."""
    told = outcome(HAPPENED, FIRED)
    assert told.accuracy == pytest.approx(4 / 5)
    assert (told.precision, told.recall) == (pytest.approx(2 / 3), 1.0)
    assert told.f1 == pytest.approx(4 / 5)
    assert told.false_positives == pytest.approx(1 / 3)
    assert told.horizon == pytest.approx((2 + 1) / 2)
    assert told.horizon_median == pytest.approx(1.5)
    assert told.recovery == pytest.approx((1 - 1) / 5)
    assert told.alarms == pytest.approx(5 / 11)
    assert told.precision_5 == pytest.approx(0.05 / (0.05 + 0.95 / 3))
    assert told.precision_10 == pytest.approx(0.10 / (0.10 + 0.90 / 3))


def test_an_alarm_on_the_last_turn_leaves_no_horizon():
    """Only right alarms have a horizon; without any there is none."""
    assert outcome([True], [[False, True]]).horizon == 0
    assert isnan(outcome([False], [[True]]).horizon)


def test_the_threshold_is_where_most_are_right():
    """It is found on conversations given, and is the highest of those that do as well."""
    tops = [(True, 0.9), (True, 0.6), (False, 0.5), (False, 0.2)]
    known = [Forecast(escalated=gold, scores=(0.1, top), levels=(0, 0)) for gold, top in tops]
    assert threshold(known) == 0.6
    assert threshold(known[2:]) == 1.1


def test_forecasts_see_no_later_turn(line):
    """What is foretold after two turns is the same whatever comes third."""
    turns = ((Role.CUSTOMER, "still no refund"), (Role.AGENT, "one moment"))
    later = (*turns, (Role.CUSTOMER, "I want to speak to a manager NOW"))
    short, long = forecasts(
        [
            Dialogue(id="a", turns=turns, escalated=True),
            Dialogue(id="a", turns=later, escalated=True),
        ],
        line,
    )
    assert long.scores[:2] == short.scores
    assert len(long.levels) == 3
    assert long.levels[2] > long.levels[1]


def test_sets_of_conversations_are_read(written):
    """Texts in a row are customers' turns, and the label says how it ended."""
    path = written("cga.jsonl.gz", [{"id": "x", "turns": ["a", "b"], "label": 1}])
    (found,) = dialogues(path)
    assert found.turns == ((Role.CUSTOMER, "a"), (Role.CUSTOMER, "b"))
    assert found.escalated
    assert "'a'" not in repr(found)


def test_own_conversations_are_read(written):
    """A user's rows have roles, and labelled turns among them are left alone."""
    rows = [
        {"text": "t", "sentiment": "neg"},
        {"turns": [{"role": "agent", "text": "a"}], "escalated": False},
    ]
    (found,) = own_dialogues(written("my.jsonl", rows))
    assert (found.id, found.turns, found.escalated) == ("2", ((Role.AGENT, "a"),), False)


@pytest.mark.parametrize(
    "row",
    [
        {"turns": [], "escalated": True},
        {"turns": [{"role": "cook", "text": "a"}], "escalated": True},
        {"turns": ["a"], "escalated": True},
        {"turns": [{"role": "agent", "text": "a"}], "escalated": "yes"},
    ],
)
def test_a_bad_conversation_is_named(written, row):
    """Without turns, roles or a clear answer it is an error with its line."""
    with pytest.raises(TranscriptError, match=r"my\.jsonl:1"):
        own_dialogues(written("my.jsonl", [row]))


def test_turns_of_another_kind_are_named(written):
    """In a public set a turn is a text."""
    with pytest.raises(TranscriptError, match="a list of texts"):
        dialogues(written("cga.jsonl", [{"id": "x", "turns": [3], "label": 0}]))
