"""Folding inputs: the same inputs, the same events."""

import pytest

from assist.service.course import Course, Since, advanced, epoch_of, in_full
from assist.service.entries import Fired
from assist.service.standing import standing_of
from assist.wire.messages import parse


@pytest.fixture
def entry(said):
    def make(text, turn):
        import json

        return parse(json.dumps(said(text, turn=turn)))

    return make


def folded(line, entries, epoch="e"):
    course, events = Course(conversation=line.begin("c")), []
    for one in entries:
        advance = advanced(course, one, line, epoch)
        course = advance.course
        events.extend(advance.events)
    return course, events


def test_folding_again_gives_the_same_bytes(line, entry):
    """Twice the same inputs give twice the same encoded events, numbered from 1."""
    entries = [entry("one!", "t1"), entry("two", "t2"), entry("three!", "t3")]
    first, events = folded(line, entries)
    again, same = folded(line, entries)
    assert [event.encoded for event in events] == [event.encoded for event in same]
    assert [event.offset for event in events] == list(range(1, 10))
    assert (first, first.seq, first.offset) == (again, 3, 9)


def test_each_event_knows_the_state_right_then(line, entry):
    """Within one input the state grows event by event, and ends as the input's state."""
    course, events = folded(line, [entry("one!", "t1")])
    seen = [
        (
            event.standing.sentiment.score,
            event.standing.escalation.score,
            len(event.standing.suggestions),
            len(event.standing.alerts),
        )
        for event in events
    ]
    assert seen == [(-0.5, 0.0, 0, 0), (-0.5, 0.1, 0, 0), (-0.5, 0.1, 1, 0), (-0.5, 0.1, 1, 1)]
    assert events[-1].standing == standing_of(course.conversation)


def test_a_failing_input_counts_and_does_nothing(line, entry):
    """Where the line fails the sequence goes on, the state does not, and the reason is kept."""
    course, _ = folded(line, [entry("one!", "t1")])
    advance = advanced(course, entry("boom", "t2"), line, "e")
    assert isinstance(advance.failure, ValueError)
    assert (advance.course.seq, advance.course.offset, advance.events) == (2, 4, ())
    assert advance.course.conversation == course.conversation


def test_an_acknowledged_alert_is_an_event_like_any_other(line, entry):
    """It is told, and the state right then knows that the alert was seen."""
    noted = parse('{"type":"acknowledge","conversation":"c","alert":"high:t1"}')
    course, events = folded(line, [entry("one!", "t1"), noted])
    assert (course.seq, course.offset, len(events)) == (2, 5, 5)
    assert len(events[-2].standing.alerts) == 1
    assert events[-1].message.type == "acknowledged"
    assert events[-1].standing.alerts == ()


def test_it_is_known_when_time_will_matter(line, entry):
    """A course carries what the line says is due; after the tick nothing is."""
    course, _ = folded(line, [entry("one!", "t1")])
    assert (course.due - course.conversation.now).total_seconds() == 60
    after = advanced(course, Fired(conversation="c", at=course.due), line, "e").course
    assert after.due is None


def test_the_epoch_is_of_store_line_and_redactions():
    """Any of the three makes another epoch, the same make the same; so do erasures before it."""
    epochs = {
        epoch_of(store, version, redactions)
        for store in ("s", "t")
        for version in ("1", "2")
        for redactions in (0, 1)
    }
    assert len(epochs) == 8
    assert epoch_of("s", "1", 0, generation=1) not in epochs
    assert epoch_of("s", "1", 0) in epochs
    assert all(len(epoch) == 12 for epoch in epochs)


def test_events_do_not_show_their_words(line, entry):
    """The repr of a numbered event holds neither the message's text nor the state."""
    _, events = folded(line, [entry("MARKER!", "t1")])
    assert "MARKER" not in repr(events)


def overran(line, entries, epoch="e"):
    """Return the course where the last input was read without the models, and what is needed."""
    line.plain_sees = False
    before, _ = folded(line, entries[:-1], epoch)
    plain = advanced(before, entries[-1], line.plain(), epoch)
    return plain.course, Since(before=before, entry=entries[-1])


def test_a_full_reading_tells_what_differs(line, entry):
    """The state is as if it had been read so at first; only what is new is told, behind."""
    entries = [entry("one!", "t1"), entry("two!", "t2")]
    course, since = overran(line, entries)
    added = in_full(course, since, line, "e")
    whole, _ = folded(line, entries)
    assert added.course.conversation == whole.conversation
    assert (added.course.seq, since.input) == (3, 2)
    assert [event.offset for event in added.events] == [6, 7, 8, 9]
    assert {event.message.turn for event in added.events} == {"t2"}
    assert {event.message.version for event in added.events} == {line.version}
    assert added.events[-1].standing == standing_of(whole.conversation)
    known = advanced(since.before, since.entry, line, "e")
    assert in_full(course, since, line, "e", known) == added


def test_a_full_reading_that_adds_nothing_tells_nothing(line, entry):
    """It is one input more, and no event."""
    course, since = overran(line, [entry("one", "t1")])
    added = in_full(course, since, line, "e")
    assert (added.events, added.course.offset, added.course.seq) == ((), 1, 2)


def test_a_call_is_not_unsaid(line, entry):
    """An alert that only the plain line raised stays open, and others come behind it."""
    course, since = overran(line, [entry("one!", "t1"), entry("two?", "t2")])
    added = in_full(course, since, line, "e").course.conversation
    assert [alert.id for alert in added.open_alerts] == ["high:t1", "high:t2"]
    assert (course.conversation.escalation.score, added.escalation.score) == (0.2, 0.1)


def test_a_full_reading_that_fails_adds_nothing(line, entry):
    """The reason is told, and the course is one input further as it stood."""
    course, since = overran(line, [entry("one", "t1")])
    failed = advanced(since.before, entry("boom", "t1"), line, "e")
    added = in_full(course, since, line, "e", failed)
    assert isinstance(added.failure, ValueError)
    assert (added.events, added.course.conversation) == ((), course.conversation)
    assert added.course.seq == 2
