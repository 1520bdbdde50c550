"""Marks, planted and looked for."""

from assist.torture.traces import Marks, traces


async def test_no_mark_is_found_where_it_does_not_belong(nursery, short, figure):
    """Hundreds of marks in hundreds of fields: none in log, metrics, errors and pages."""
    outcome = await traces(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "fields") > 100


def test_a_mark_is_found_again_by_its_field():
    """Where a text holds a mark, the field that it was planted in is told."""
    marks = Marks()
    mark = marks.plant("turn.text")
    marks.plant("turn.id")
    marks.search("the log", f"failed: {mark}")
    assert marks.found == {"the log": {"turn.text"}}
    assert mark not in str(marks.found)
