"""The challenge suites: their file, and what is told of them."""

from collections import Counter
from pathlib import Path

import pytest

from assist.errors import TranscriptError
from assist.evaluation.ours import read
from assist.evaluation.suites import failed, suite_items, suite_tables

SHIPPED = Path(__file__).parents[1] / "readings" / "suites.jsonl"
ROWS = [
    {"id": "s1", "suite": "plain", "text": "bad", "before": "", "expect": {"sentiment": "neg"}},
    {"id": "s2", "suite": "plain", "text": "good", "expect": {"sentiment": ["neu", "pos"]}},
    {"id": "s3", "suite": "plain", "text": "good", "expect": {"sentiment": "neg"}},
    {"id": "a1", "suite": "abuse", "text": "idiot", "expect": {"abuse": True}},
    {"id": "a2", "suite": "abuse", "text": "fool", "expect": {"abuse": True}},
    {"id": "a3", "suite": "abuse", "text": "hello", "expect": {"abuse": False}},
]


def test_pass_rates_and_precision_by_hand(written, reader):
    """2 of 3 sentiments pass, one turned round; of abuse half is found and nothing else."""
    items = suite_items(written("suites.jsonl", ROWS))
    told = suite_tables(items, read(reader, [one.item for one in items])).splitlines()
    (plain,) = [line for line in told if line.startswith("| plain")]
    assert plain.startswith("| plain | 3 | .667 |")
    assert plain.endswith("| 1 | 0 |")
    assert "| abuse | ours, risk.abuse | 2 | 1 | .667 | 1.000 | .500 |" in told


def test_failures_say_what_was_told(written, reader):
    """Each item that fails is there with the answer it got."""
    items = suite_items(written("suites.jsonl", ROWS))
    misses = failed(items, read(reader, [one.item for one in items]))
    assert [(one.item.id, said) for one, said in misses] == [
        ("s3", "positive"),
        ("a2", "abuse: no"),
    ]


@pytest.mark.parametrize(
    "expect",
    [
        None, {}, {"sentiment": "sad"}, {"sentiment": []}, {"mood": True}, {"abuse": "yes"},
        {"sentiment": "neg", "abuse": True},
    ],
)  # fmt: skip
def test_an_expectation_nobody_knows_is_named(written, expect):
    """A suite's row says one known thing or is an error with its line."""
    path = written("suites.jsonl", [ROWS[0], {**ROWS[0], "expect": expect}])
    with pytest.raises(TranscriptError, match=r"suites\.jsonl:2"):
        suite_items(path)


def test_the_shipped_suites_are_whole():
    """Every id is one item's alone, every suite has 40 items or more, asks have both answers."""
    items = suite_items(SHIPPED)
    assert len({one.item.id for one in items}) == len(items)
    assert min(Counter(one.suite for one in items).values()) >= 40
    answers = {(one.suite, *one.item.labels.values()) for one in items if not one.allowed}
    assert {(suite, not answer) for suite, answer in answers} == answers
