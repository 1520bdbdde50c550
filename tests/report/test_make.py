"""A report is made again from the inputs, and says what to mind when reading it."""

import pytest

from assist.errors import UsageError
from assist.report.make import report_on
from assist.report.sources import Source, from_events


def test_a_report_is_the_same_every_time(line, log):
    """The same inputs and rules give the same report, with suggestions or insights in it."""
    told = report_on(from_events([log]), line)
    assert told == report_on(from_events([log]), line)
    assert (told.conversations, told.turns, told.rules) == (7, 17, line.version)
    assert [section.name for section in told.sections] == [
        "techniques", "rules", "dismissals", "held_back",
    ]  # fmt: skip
    more = report_on(from_events([log]), line, insights=True)
    assert more.title == "Insights"
    assert more.sections[0].name == "causes"


def test_few_chats_and_foreign_clicks_are_remarked_upon(line, log, script):
    """Where little can be said, or the rules were others, the report says so first."""
    assert any("Few chats (7)" in one for one in report_on(from_events([log]), line).remarks)
    for number in range(30):
        script.chat(f"more{number}", "hello", "hi")
    script.click("calm", "inserted", "old/rule:t1")
    log.write_text(script.text)
    remarks = report_on(from_events([log]), line).remarks
    assert not any("Few" in one for one in remarks)
    assert any(one.startswith("1 click on cards") for one in remarks)


def test_nothing_to_report_on_is_said(line):
    """Without a turn there is no report."""
    with pytest.raises(UsageError, match="no turn"):
        report_on([], line)
    with pytest.raises(UsageError, match="no turn"):
        report_on([Source(conversation="c", events=())], line)
