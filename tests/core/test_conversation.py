"""The state after some turns, and what differs between two such states."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assist.core.conversation import (
    Acknowledgement,
    Alert,
    Conversation,
    LedgerChange,
    Shown,
    Summary,
    changes,
)
from assist.core.escalation import Escalation, Level
from assist.core.ledger import Entry, EntryKind, Owner
from assist.core.signals import Act, Reading, Sentiment, SentimentLabel
from assist.core.suggestions import Kind, Retracted, RetractReason, Suggestion
from assist.core.turns import Edit, Opened, Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def turn(name, role=Role.CUSTOMER, *, private=False):
    return Turn(id=name, role=role, text="marzipan", at=AT, private=private)


def reading(name, score=0.0):
    return Reading(turn=name, sentiment=Sentiment(score=score, label=SentimentLabel.NEUTRAL))


def card(name, *lines):
    return Suggestion(
        id=name, technique="empathy", rule="r", kind=Kind.REPLY, lines=lines, why="Because.",
        evidence=(), priority=50, expires_after_turn=2,
    )  # fmt: skip


CHAT = Conversation(
    id="c",
    turns=(
        turn("t1"),
        turn("t2", Role.AGENT),
        turn("t3", private=True),
        turn("t4", Role.AGENT, private=True),
        turn("t5", Role.BOT),
        turn("t6", Role.SYSTEM, private=True),
    ),
    readings=(reading("t1"), reading("t2")),
)
CALM = Conversation(id="c", turns=(turn("t1"),))


def test_a_new_conversation_is_empty_and_calm():
    """Nothing has happened in it, nobody has spoken, and its level is calm."""
    fresh = Conversation(id="c")
    assert (fresh.last, fresh.customer_turns, fresh.agent_turns) == (None, (), ())
    assert (fresh.escalation.level, fresh.opened) == (Level.CALM, Opened())


def test_private_turns_are_nobodys_words():
    """What a party said to the other leaves out internal notes, bots and the system."""
    assert [said.id for said in CHAT.customer_turns] == ["t1"]
    assert [said.id for said in CHAT.agent_turns] == ["t2"]
    assert CHAT.last.id == "t5"


def test_what_the_agent_did_last_is_what_their_last_turn_did():
    """Acts of earlier turns are left out, and a last turn that did nothing leaves none."""
    first, second = Act(name="empathy", turn="t2", index=1), Act(name="offer", turn="t2", index=1)
    early = Act(name="apology", turn="t0", index=0)
    assert replace(CHAT, acts=(early, first, second)).last_acts == (first, second)
    assert replace(CHAT, acts=(early,)).last_acts == ()
    assert replace(CALM, acts=(early,)).last_acts == ()


def test_what_is_gathered_goes_on_with_the_conversation():
    """A next state knows what the one before knew; one that was told anew forgets what is gone."""
    told = replace(CHAT, turns=(*CHAT.turns, turn("t7")), readings=(*CHAT.readings, reading("t7")))
    assert [said.id for said in told.customer_turns] == ["t1", "t7"]
    assert told.customer_readings() == (reading("t1"), reading("t7"))
    anew = replace(told, turns=(turn("t7"),), readings=(reading("t7"),))
    assert (anew.customer_turns, anew.customer_readings()) == (anew.turns, anew.readings)
    assert anew == replace(CALM, turns=anew.turns, readings=anew.readings)


def test_readings_are_found_by_turn_and_by_party():
    """A reading is found by its turn; the customer's are those of the customer's turns."""
    assert CHAT.reading("t2") == reading("t2")
    assert CHAT.reading("t9") is None
    assert CHAT.customer_readings() == (reading("t1"),)


def test_an_edit_is_found_by_its_turn():
    """The newest edit of a turn is found by the turn, also before it comes; others have none."""
    first, early = Edit(turn="t1", text="nougat", at=AT), Edit(turn="t9", text="nougat", at=AT)
    state = replace(CHAT, edits=(first, early))
    assert [state.edit(name) for name in ("t1", "t2", "t9")] == [first, None, early]


def test_a_state_and_a_summary_show_no_words():
    """Neither a conversation nor a summary shows what was said when printed."""
    summary = Summary(problem="marzipan", offered=("marzipan",), open=("marzipan",))
    assert "marzipan" not in repr(replace(CHAT, events=CHAT.turns, summary=summary))


def test_nothing_is_told_where_nothing_changed():
    """Two equal states have no changes between them."""
    assert changes(CHAT, CHAT) == ()


ENTRY = Entry(id="promise:t2", kind=EntryKind.PROMISE, owner=Owner.AGENT, what="call back")
HIGH = Escalation(level=Level.HIGH, score=0.6)
ALERT = Alert(id="high:1", level=Level.HIGH, reasons=(), turn="t1")
OLD, NEW = card("old"), card("new")
SAD = reading("t1", -0.5)


def test_changes_come_in_a_fixed_order():
    """Reading, escalation, what goes, what comes, ledger, alerts, summary: always in this order."""
    before = replace(CALM, standing=(OLD,))
    after = replace(
        before,
        readings=(reading("t1"),),
        escalation=HIGH,
        standing=(NEW,),
        retracted=(Retracted(suggestion="old", reason=RetractReason.USED),),
        ledger=(ENTRY,),
        alerts=(ALERT,),
        acknowledged=frozenset({"b", "a"}),
        summary=Summary(problem=None),
    )
    assert changes(before, after) == (
        reading("t1"),
        HIGH,
        Retracted(suggestion="old", reason=RetractReason.USED),
        NEW,
        LedgerChange(entries=(ENTRY,)),
        ALERT,
        Acknowledgement(alert="a"),
        Acknowledgement(alert="b"),
        Summary(problem=None),
    )


def test_an_alert_is_open_until_it_is_acknowledged():
    """What nobody has acknowledged is open."""
    state = replace(CALM, alerts=(ALERT, replace(ALERT, id="high:2")))
    assert state.open_alerts == state.alerts
    assert replace(state, acknowledged=frozenset({"high:1"})).open_alerts == state.alerts[1:]
    known = replace(state, acknowledged=frozenset({"high:1"}))
    assert changes(known, known) == ()


def test_what_was_shown_knows_its_suggestion():
    """The id of a suggestion is that of its rule and the turn it came after."""
    shown = Shown(technique="thank", rule="p/thank/r", lines=(), customer_turns=1, turn="t3")
    assert shown.suggestion == "p/thank/r:t3"


@pytest.mark.parametrize(
    ("expected", "before", "after"),
    [
        ((), {}, {"readings": (reading("t2"),)}),
        ((), {"readings": (reading("t1"),)}, {"readings": (reading("t1"),)}),
        ((SAD,), {"readings": (reading("t1"),)}, {"readings": (SAD,)}),
        ((), {"alerts": (ALERT,)}, {"alerts": (ALERT,)}),
        ((), {"summary": Summary(problem=None)}, {"summary": None}),
        ((), {"summary": Summary(problem=None)}, {"summary": Summary(problem=None)}),
        (
            (Retracted(suggestion="old", reason=RetractReason.SUPERSEDED),),
            {"standing": (OLD,)},
            {"standing": ()},
        ),
    ],
    ids=[
        "the agent's reading", "same reading", "changed reading", "known alert", "reopened",
        "same summary", "gone without a reason",
    ],
)  # fmt: skip
def test_only_what_is_new_is_told(expected, before, after):
    """A listener is told of the customer's readings, new alerts and a new summary, once each."""
    assert changes(replace(CALM, **before), replace(CALM, **after)) == expected


def test_a_suggestion_that_reads_differently_is_taken_back_and_told_anew():
    """After a redaction a card keeps its id but not its words: listeners must drop the old ones."""
    before = replace(CALM, standing=(card("s", "your kettle"), OLD))
    after = replace(CALM, standing=(card("s", "your order"), OLD))
    assert changes(before, after) == (
        Retracted(suggestion="s", reason=RetractReason.SUPERSEDED),
        card("s", "your order"),
    )
