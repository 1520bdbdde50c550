"""Labelled chats, against values worked out by hand."""

from math import isnan

import numpy as np
import pytest

from assist.core.turns import Role
from assist.errors import TranscriptError
from assist.evaluation.escalate_levels import (
    Course,
    by_chat,
    chance_of,
    down_after,
    early,
    labelled_chats,
    peak,
)

AT = "2026-03-02T09:14:10Z"
ASKED = {"role": "customer", "at": AT, "text": "where is it?", "level": "watch"}
SAID = {"role": "agent", "at": AT, "text": "one moment", "name": "Ann"}


def course(gold, told):
    return Course(gold=gold, told=told, scores=tuple(float(one) for one in told))


def test_labelled_chats_are_read(written):
    """Turns keep their times and names, and each of the customer's has its level."""
    rows = [{"id": "a", "turns": [ASKED, SAID]}, {"text": "hello", "sentiment": "neg"}]
    (chat,) = labelled_chats(written("chats.jsonl", rows))
    assert (chat.id, chat.levels) == ("a", (1,))
    assert [turn.role for turn in chat.turns] == [Role.CUSTOMER, Role.AGENT]
    assert (chat.turns[1].author, chat.turns[0].author) == ("Ann", None)
    assert chat.turns[0].at.isoformat() == "2026-03-02T09:14:10+00:00"
    assert "where" not in repr(chat)


@pytest.mark.parametrize(
    ("said", "turn"),
    [
        ("its role one of", {**SAID, "role": "cook"}),
        ("its role one of", {**SAID, "text": 3}),
        ("its role one of", "hello"),
        ("a time such as", {"role": "agent", "text": "a"}),
        ("a time such as", {**SAID, "at": "noon"}),
        ("time zone", {**SAID, "at": "2026-03-02T09:14:10"}),
        ("one of calm, watch, high, critical", {**ASKED, "level": "furious"}),
        ("one of calm, watch, high, critical", {"role": "customer", "at": AT, "text": "a"}),
    ],
)
def test_a_bad_turn_is_named(said, turn, written):
    """Who, when, what and how heated must all be there; the line is told."""
    with pytest.raises(TranscriptError, match=r"chats\.jsonl:1") as caught:
        labelled_chats(written("chats.jsonl", [{"turns": [ASKED, turn]}]))
    assert said in str(caught.value)


def test_a_chat_is_high_if_any_turn_is():
    """Watch is not high, critical is."""
    assert not peak((0, 1, 1))
    assert peak((0, 3, 0))
    assert not peak(())


def test_rates_of_chats_by_hand():
    """Two of three are told, one of four falsely; prevalence makes the rest."""
    gold, told = np.array([1, 1, 1, 0, 0, 0, 0]), np.array([1, 1, 0, 1, 0, 0, 0])
    rates = by_chat(gold, told)
    assert rates["precision"] == rates["recall"] == pytest.approx(2 / 3)
    assert rates["false positives"] == 0.25
    right = 0.05 * 2 / 3
    assert rates["precision at 5 %"] == pytest.approx(right / (right + 0.95 / 4))
    assert by_chat(gold, told, np.array([3.0, 0, 0, 0, 1, 1, 1]))["precision at 10 %"] == 1.0
    assert isnan(by_chat(gold * 0, told * 0)["recall"])
    assert isnan(by_chat(gold * 0 + 1, told * 0)["precision"])


def test_alarms_come_early_or_late():
    """Only right alarms count: one two turns before the label, one a turn after it."""
    found = [
        course((0, 1, 2, 2), (2, 2, 2, 2)),
        course((2, 2), (0, 2)),
        course((2, 2), (0, 0)),
        course((0, 0), (2, 0)),
    ]
    assert early(found) == pytest.approx((2 - 1) / 2)
    assert isnan(early(found[2:]))


def test_alarms_come_down_after_the_label():
    """At once counts 0, two turns later 2, and before the label is no merit."""
    found = [
        course((2, 0, 0, 0), (2, 2, 2, 0)),
        course((2, 2, 0), (2, 0, 0)),
        course((2, 2), (2, 2)),
        course((2, 0), (0, 0)),
    ]
    assert down_after(found) == pytest.approx((2 + 0) / 2)
    assert isnan(down_after(found[2:]))


def test_few_chats_show_little():
    """None wrong of 26 may still be 13 in a hundred; more chats show more."""
    assert chance_of(0, 26) == pytest.approx(0.1323, abs=1e-4)
    assert chance_of(1, 26) > chance_of(0, 26) > chance_of(0, 260)
