"""The past made again: late turns, edits and redactions, in whatever order they come."""

from dataclasses import asdict, replace
from itertools import permutations

import pytest
from small_line import AT, GUIDANCE, HELP, LATE, SORRY, after, customer, run, stands

from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.core.line import step
from assist.core.turns import (
    Closed,
    Edit,
    Opened,
    Redaction,
    Role,
    Tick,
    Turn,
    Typing,
)

IN_ORDER = (LATE, SORRY, HELP, customer("t4", "late again", 200))


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (3, 2, 1, 0), (0, 3, 1, 2), (2, 3, 0, 1)], ids=str)
def test_turns_in_any_order_make_one_conversation(order):
    """A late turn is put in its place and all that follows is made again."""
    assert run(*(IN_ORDER[index] for index in order)) == run(*IN_ORDER)


@pytest.mark.parametrize(
    ("first", "second"), [("a", "b"), ("t9", "t10"), ("t9b", "t10a"), ("9", "a"), ("t01", "t1")]
)
def test_turns_of_one_moment_are_ordered_by_id(first, second):
    """Where times are equal the id decides, whichever came first, and numbers count as numbers."""
    one, other = customer(first, "late", 0), customer(second, "help", 0)
    assert run(other, one) == run(one, other)
    assert run(other, one).turns == (one, other)


@pytest.mark.parametrize("seconds", [45, 90, 95])
def test_a_turn_that_a_silence_overtook_ends_that_silence(seconds):
    """A turn said before or at a tick, but delivered after it, makes the tick never have been."""
    late_help = customer("t3", "help", seconds)
    before = run(LATE, SORRY, Tick(at=after(95)))
    assert stands(before) == ["p/check-in/r:t2"]
    state = run(late_help, start=before)
    expected = run(LATE, SORRY, late_help)
    assert state == replace(expected, now=after(95), ledger=state.ledger)


@pytest.mark.parametrize("seconds", [30, 39, 40])
def test_a_turn_that_the_end_overtook_is_part_of_the_chat(seconds):
    """A turn said before the end, but delivered after it, is in the summary and reopens nothing."""
    thanks = customer("t3", "it is late", seconds)
    end = Closed(at=after(40))
    state = run(SORRY, end, thanks)
    assert state == run(SORRY, thanks, end)
    assert state.summary.causes == ("cause.delay",)
    assert run(LATE, Closed(at=AT), replace(LATE, id="t2")).summary is not None


def test_time_that_has_passed_stays_passed():
    """After a late turn the conversation is again at the time it had reached, silences included."""
    before = run(SORRY, Tick(at=after(95)))
    state = run(LATE, start=before)
    assert state.now == after(95)
    assert state == run(LATE, SORRY, Tick(at=after(95)))


def test_a_late_opening_does_not_make_turns_late():
    """Where the platform opens later than the first turn, the turns still come in order."""
    opened = Opened(at=after(500), customer_name="Sam")
    assert run(opened, LATE, SORRY).turns == (LATE, SORRY)
    state = run(LATE, opened, SORRY, HELP)
    assert (state.turns, state.now) == ((LATE, SORRY, HELP), after(500))


def test_an_edit_makes_the_past_again():
    """Edited words are read in place of the old ones, in every state that follows."""
    edited = run(LATE, SORRY, HELP, Edit(turn="t1", text="all good", at=after(60)))
    assert edited == run(replace(LATE, text="all good"), SORRY, HELP)


@pytest.mark.parametrize(
    "event",
    [
        Edit(turn="t1", text=LATE.text, at=AT),
        Edit(turn="t9", text="x", at=AT),
    ],
)
def test_an_edit_of_nothing_changes_nothing(event):
    """The same words again, or a turn nobody said, leave the conversation as it is."""
    state = run(LATE, SORRY)
    assert step(state, event, GUIDANCE) == state


def test_edits_hold_in_every_order_of_arrival():
    """The newest by its time stands, also where it comes before its turn or before an older one."""
    said = Turn(id="t8", role=Role.CUSTOMER, text="thanks", at=after(10))
    older = Edit(turn="t8", text="all good", at=after(20))
    newer = Edit(turn="t8", text="late again", at=after(30))
    stands = run(LATE, replace(said, text=newer.text))
    for order in permutations((said, older, newer)):
        assert run(LATE, *order) == stands
        assert run(LATE, *order, older, newer, older) == stands


def test_of_edits_of_the_same_moment_the_last_to_come_stands():
    """Where times do not tell them apart, the order of arrival does."""
    one, two = (Edit(turn="t1", text=text, at=after(60)) for text in ("all good", "very late"))
    assert run(LATE, one, two).turns[0].text == "very late"
    assert run(LATE, two, one).turns[0].text == "all good"


def test_a_redaction_forgets_the_edits_too():
    """No words of a turn that was taken back are kept for the day it comes."""
    edit = Edit(turn="t1", text="marzipan", at=after(0))
    state = run(edit, Redaction(turn="t1", at=after(1)))
    assert state.edits == ()


def test_a_redaction_takes_the_words_out_of_everything():
    """A turn taken back stays in its place, wordless and unread."""
    state = run(LATE, HELP, Redaction(turn="t1", at=after(60)), Closed(at=after(70)))
    assert [turn.text for turn in state.turns] == ["", HELP.text]
    assert [reading.turn for reading in state.readings] == ["t3"]
    assert (state.summary.causes, state.escalation.level) == ((), Level.CALM)


def test_a_redaction_is_final():
    """Words taken back stay so: a later edit, or the turn coming afterwards, is empty."""
    word = "marzipan"
    said = Turn(id="t1", role=Role.CUSTOMER, text=word, at=after(0))
    back = Redaction(turn="t1", at=after(0))
    edit = Edit(turn="t1", text=word, at=after(0))
    for events in ((said, back, edit), (back, said, edit), (back, edit, said)):
        state = Conversation(id="c")
        for event in events:
            state = step(state, event, GUIDANCE)
        assert word not in str(asdict(state))
        assert [turn.text for turn in state.turns] == [""]


def test_a_redacted_answer_was_still_an_answer():
    """Taking back what the agent said does not bring back what stood before it."""
    assert stands(run(LATE, SORRY, Redaction(turn="t2", at=after(60)))) == []


def test_who_types_is_not_forgotten_by_a_late_turn():
    """Making the past again leaves alone who is typing now."""
    typing = Typing(role=Role.AGENT, on=True, at=after(40))
    assert run(SORRY, typing, LATE).typing == {Role.AGENT}
