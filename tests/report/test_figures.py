"""The figures are those one gets by counting by hand."""

import pytest

from assist.report.chats import chat_of
from assist.report.figures import feedback_sections
from assist.report.sources import from_events
from assist.report.tables import Rate


@pytest.fixture
def sections(line, log):
    chats = [chat_of(source, line) for source in from_events([log])]
    return {section.name: section for section in feedback_sections(chats)}


def test_every_fate_is_counted_once(sections):
    """Six apologies: sent as is, edited, unclicked, dismissed, own words, and one ignored."""
    rows = {row["technique"]: row for row in sections["techniques"].rows}
    row = rows["apologise"]
    counted = {name: row[name] for name in row if isinstance(row[name], int) and row[name]}
    assert counted == {
        "shown": 6, "seen": 3, "inserted": 1, "copied": 1, "sent_as_is": 1, "edited": 1,
        "used_unclicked": 1, "own_words": 1, "dismissed": 1, "ignored": 1,
    }  # fmt: skip
    assert row["words_changed"] == (0 + 2 + 2) / 3
    assert row["used_rate"] == Rate(3, 6)
    assert (row["dismissed_rate"], row["ignored_rate"]) == (Rate(1, 6), Rate(1, 6))
    assert rows["empathy"]["shown"] == 1


def test_rules_are_counted_by_themselves(sections):
    """Each rule has its own row, the most shown first."""
    assert [row["rule"] for row in sections["rules"].rows] == [
        "p/apologise/late", "p/empathy/furious",
    ]  # fmt: skip


def test_reasons_are_gathered(sections, line, script, tmp_path):
    """Blanks and capitals do not matter, long ones are cut, and none given is said so."""
    assert sections["dismissals"].rows == (
        {"technique": "apologise", "reason": "not now", "count": 1},
    )
    for number, (action, more) in enumerate(
        [("dismissed", {}), ("unhelpful", {}), ("dismissed", {"reason": "x" * 99})]
    ):
        script.say(f"d{number}", "customer", "late", "t1")
        script.click(f"d{number}", action, "p/apologise/late:t1", **more)
    path = tmp_path / "more.jsonl"
    path.write_text(script.text)
    chats = [chat_of(source, line) for source in from_events([path])]
    rows = feedback_sections(chats)[2].rows
    assert {row["reason"] for row in rows} == {"not now", "none given", "unhelpful", "x" * 59 + "…"}


def test_what_was_held_back_is_counted_by_its_reason(sections):
    """Each time that a rule applied and was not shown counts once."""
    assert sections["held_back"].rows == (
        {"technique": "thank", "held": 6, "budget": 6},
        {"technique": "empathy", "held": 1, "budget": 1},
    )
