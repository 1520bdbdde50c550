"""Conversations asleep: packed, bounded, and only where the log says the same."""

from datetime import UTC, datetime

import pytest

from assist.core.conversation import Conversation
from assist.service.asleep import Asleep, packed
from assist.service.course import Advance, Course, Since
from assist.service.past import Past
from assist.wire.messages import Close

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOLDS = {"version": "v1", "generation": 2, "seq": 1}


@pytest.fixture
def past():
    """Return the past of a conversation with one input."""
    made = Past("e", Conversation(id="c"), "v1", 2)
    made.grow("one", Advance(course=Course(conversation=Conversation(id="c", now=AT), seq=1)))
    return made


def test_what_sleeps_comes_back_the_same_and_once(past):
    """State, position and the acks given are as they were; it is kept no longer."""
    asleep = Asleep()
    asleep.put("c", packed(past))
    back = asleep.take("c", **HOLDS)
    assert back.course == past.course
    assert (back.position, back.version) == (past.position, past.version)
    assert back.first_ack("one") == past.first_ack("one")
    assert asleep.take("c", **HOLDS) is None


@pytest.mark.parametrize("other", [{"version": "v2"}, {"generation": 3}, {"seq": 2}, {"seq": 0}])
def test_what_holds_no_longer_is_not_given(past, other):
    """Other rules, an erasure, or an input that somebody else wrote: the log is read."""
    asleep = Asleep()
    asleep.put("c", packed(past))
    assert asleep.take("c", **{**HOLDS, **other}) is None
    assert len(asleep) == 0


def test_who_sleeps_for_longest_goes_first(past):
    """The bound is in bytes; putting one again makes it the newest and counts it once."""
    kept = packed(past)
    asleep = Asleep(most_bytes=2 * 4096)
    assert len(kept) < 4096
    for name in ("a", "b", "a", "c"):
        asleep.put(name, kept)
    assert len(asleep) == 2
    assert asleep.take("b", **HOLDS) is None
    assert asleep.take("a", **HOLDS) is not None


def test_what_is_forgotten_is_gone(past):
    """By name, or all of it; forgetting nothing is fine."""
    asleep = Asleep()
    for name in ("a", "b", "c"):
        asleep.put(name, packed(past))
    asleep.forget(("a", "unknown"))
    assert len(asleep) == 2
    asleep.clear()
    assert asleep.take("b", **HOLDS) is None


def test_nothing_is_kept_of_what_the_log_may_still_change(past):
    """Words that were taken back, or a reading still to come; nor of nothing."""
    assert packed(None) is None
    entry = Close(conversation="c", at=AT)
    past.since = Since(before=past.course, entry=entry)
    assert packed(past) is None
    past.since = None
    assert packed(past) is not None
    past.course = Course(conversation=Conversation(id="c", redacted=frozenset({"t1"})), seq=1)
    assert packed(past) is None


def test_a_past_that_changes_while_it_is_packed_is_not_kept(past, monkeypatch):
    """Another thread may pack it: what it finds in pieces it leaves."""

    def changed(*_):
        raise RuntimeError("deque mutated during iteration")

    monkeypatch.setattr("assist.service.asleep.pickle.dumps", changed)
    assert packed(past) is None


def test_a_long_one_is_left_to_the_log(past, monkeypatch):
    """Unpacking it would hold the loop up; an older one of that name goes too."""
    asleep = Asleep()
    kept = packed(past)
    asleep.put("c", kept)
    monkeypatch.setattr("assist.service.asleep.LARGEST_BYTES", len(kept) - 1)
    asleep.put("c", kept)
    assert len(asleep) == 0
