"""Real agents' turns as drafts: counted by set, sampled fairly, judged with a margin; no data."""

import gzip
import importlib.util
import json
import sys
from pathlib import Path

import pytest

from assist.line import load_line

SAID = "I can't change the date until you send the form ."


def _load():
    place = Path(__file__).with_name("agents.py")
    spec = importlib.util.spec_from_file_location("real_agents", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(place.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(place.parent))
    return module


AGENTS = _load()


def _write(place, rows):
    with gzip.open(place, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path):
    rows = [
        {"conv": "a", "text": "Can you move it ?", "prev_sys": None},
        {"conv": "a", "text": "Oh.", "prev_sys": SAID},
        {"conv": "b", "text": "Hello", "prev_sys": "Which day ?"},
    ]
    _write(tmp_path / "emowoz.jsonl.gz", rows)
    conduct = [{"text": SAID, "prev_user": "Why?"}, {"text": "It 's done .", "prev_user": None}]
    _write(tmp_path / "emowoz_conduct.jsonl.gz", conduct)
    return tmp_path


def _one(technique, number):
    words = {"before": None, "text": f"{number}", "span": "", "message": "", "rewrite": None}
    return AGENTS.Found(set="s", technique=technique, rule=f"{technique}/r", **words)


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("I do n't see it , sorry .", "I don't see it, sorry."),
        ("You 're booked at 5.30 .   Anything else ?", "You're booked at 5.30. Anything else?"),
        ("We can not do that", "We cannot do that"),
        ("It's fine.", "It's fine."),
    ],
)
def test_a_tokenisers_blanks_are_closed(kept, typed):
    """What a tokeniser split reads as it was typed, and whole words stay."""
    assert AGENTS.rejoined(kept) == typed


def test_each_text_is_read_once_after_what_was_asked(folder):
    """A text in two sets counts for the first, and the customer's turn before it is kept."""
    told = [(turn.source, turn.before, turn.text) for turn in AGENTS.spoken(folder)]
    assert told == [
        ("emowoz", "Can you move it?", "I can't change the date until you send the form."),
        ("emowoz", None, "Which day?"),
        ("emowoz_conduct", None, "It's done."),
    ]


def test_findings_are_counted_by_set_and_kept_with_their_words(folder):
    """The table tells findings per 100 turns, and a finding keeps its words and the better ones."""
    tally, found = AGENTS.measured(load_line(), AGENTS.spoken(folder))
    assert {one.technique for one in found} == {"positive-language"}
    assert all(one.span in one.text for one in found)
    assert found[0].rewrite == "I can change the date as soon as you send the form."
    lines = AGENTS.table(tally).splitlines()
    assert lines[0] == "| per 100 agent turns | emowoz | emowoz_conduct | all |"
    assert lines[-2:] == [
        "| turns with any | 50.00% | 0.00% | 33.33% |",
        "| agent turns | 2 | 1 | 3 |",
    ]


def test_no_technique_takes_more_than_a_third_of_a_sample():
    """A common technique leaves room for rare ones, and the same seed draws the same rows."""
    found = [_one("common", n) for n in range(50)] + [_one(f"rare{n}", n) for n in range(8)]
    drawn = AGENTS.sampled(found, 12, 5)
    assert len(drawn) == 12
    assert sum(one.technique == "common" for one in drawn) == 4
    assert drawn == AGENTS.sampled(found, 12, 5)


def test_precision_comes_with_wilsons_margin():
    """Only yes counts as right, and few verdicts make a wide margin."""
    low, high = AGENTS.wilson(8, 10)
    assert (round(low, 2), round(high, 2)) == (0.49, 0.94)
    read = [{"technique": "t", "right": word} for word in ("yes", "yes", "arguable", "no")]
    assert AGENTS.precision(read).splitlines()[2] == "| t | 4 | 2 | 1 | 1 | 50% | 15% to 85% |"


def test_a_verdict_of_another_kind_is_refused():
    """A row without one of the three verdicts is a mistake of whoever read."""
    with pytest.raises(ValueError, match="yes, arguable, no"):
        AGENTS.precision([{"technique": "t", "right": "maybe"}])
