"""The only road: every kind of event, and what time alone does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from small_line import (
    AT,
    CALL,
    GUIDANCE,
    HELP,
    LATE,
    PACK,
    SORRY,
    START,
    after,
    agent,
    customer,
    rule,
    run,
    stands,
    told,
)

from assist.core.conditions import LedgerHas
from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.core.ledger import EntryState
from assist.core.line import Passed, due, passage, step
from assist.core.playbook import Playbook
from assist.core.rules import Watches
from assist.core.signals import Findings, Signal
from assist.core.suggestions import Kind, Retracted, RetractReason
from assist.core.turns import (
    Acknowledged,
    Assigned,
    Chosen,
    Closed,
    Draft,
    FeedbackAction,
    Opened,
    Role,
    Snoozed,
    Tick,
    Turn,
    Typing,
)


def test_a_customer_turn_is_read_judged_and_answered():
    """What a customer says gives a reading, a score, a suggestion and a memory of the event."""
    state = run(LATE)
    assert (state.now, state.events, state.turns) == (AT, (LATE,), (LATE,))
    assert state.reading("t1").signal("cause.delay")
    assert state.escalation.level is Level.HIGH
    assert stands(state) == ["p/apologise/r:t1"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (RetractReason.USED, "so sorry"),
        (RetractReason.MOVED_ON, "wait"),
        (RetractReason.MOVED_ON, " "),
    ],
)
def test_an_agents_turn_clears_the_table(expected, text):
    """Once the agent has answered, in whatever way, what stood is used or past."""
    state = run(LATE, agent("t2", text, 30))
    assert stands(state) == []
    assert state.retracted == (Retracted(suggestion="p/apologise/r:t1", reason=expected),)


@pytest.mark.parametrize(
    "turn",
    [
        Turn(id="t2", role=Role.AGENT, text="sorry, he is late again", at=after(9), private=True),
        Turn(id="t2", role=Role.CUSTOMER, text="late", at=after(9), private=True),
        Turn(id="t2", role=Role.BOT, text="late help", at=after(9)),
        Turn(id="t2", role=Role.SYSTEM, text="late help", at=after(9)),
        Turn(id="t2", role=Role.CUSTOMER, text=" \n", at=after(9)),
    ],
    ids=["note", "private customer", "bot", "system", "blank"],
)
def test_some_turns_are_kept_and_never_read(turn):
    """Notes, bots, the system and blanks are kept in order, and move nothing."""
    before = run(LATE)
    state = run(turn, start=before)
    assert state.turns == (LATE, turn)
    assert (state.readings, state.standing) == (before.readings, before.standing)
    assert state.escalation == before.escalation


def test_detectors_never_see_a_note():
    """What was said before, as detectors are told, leaves out internal notes."""
    given = []
    spying = replace(GUIDANCE, detectors=(lambda _, earlier: given.append(earlier) or Findings(),))
    state = START
    for turn in (customer("n", "note", 0, private=True), customer("t1", "a", 1), SORRY):
        state = step(state, turn, spying)
    assert [[turn.id for turn in earlier] for earlier in given] == [[], ["t1"]]


@pytest.mark.parametrize("again", [LATE, replace(LATE, text="other words", at=after(99))])
def test_a_known_turn_changes_nothing(again):
    """A turn sent again, even with other words, is the first one again."""
    state = run(LATE, SORRY)
    assert step(state, again, GUIDANCE) is state


@pytest.mark.parametrize(
    "start", [START, replace(START, opened=Opened(customer_name="Old"), agent="x")]
)
def test_opening_tells_who_and_gives_the_agent(start):
    """What the platform knows of the customer is kept, and the agent it names takes over."""
    opened = Opened(at=AT, agent="joel", customer_name="Sam")
    state = run(opened, start=start)
    assert (state.opened, state.agent, state.now, state.events) == (opened, "joel", AT, (opened,))


def test_whose_it_is_told_alone_is_added_to_what_is_known():
    """The rest stays, and so does the agent; told again it changes nothing; alone it is kept."""
    whose = Opened(customer_id="k1")
    opened = Opened(at=AT, agent="joel", customer_name="Sam", channel="chat", locale="de")
    state = run(opened, Assigned(agent="mia"), whose)
    assert (state.opened, state.agent) == (replace(opened, customer_id="k1"), "mia")
    again = run(whose, start=state)
    assert (again.opened, again.agent) == (state.opened, "mia")
    assert run(replace(whose, at=AT)).opened == replace(whose, at=AT)
    other = replace(whose, agent="kim")
    assert (run(other, start=state).opened, run(other, start=state).agent) == (other, "kim")


def test_assigning_moves_the_conversation():
    """The conversation goes to an agent or to none, and the event is kept."""
    state = run(Opened(agent="joel"), Assigned(agent="mia"))
    assert (state.agent, state.events[-1]) == ("mia", Assigned(agent="mia"))
    assert run(Assigned(agent=None), start=state).agent is None


def test_typing_passes():
    """Who types is known while they do, and never stored."""
    on = Typing(role=Role.CUSTOMER, on=True, at=AT)
    state = run(LATE, on)
    assert (state.typing, state.events) == ({Role.CUSTOMER}, (LATE,))
    assert run(replace(on, on=False), start=state).typing == frozenset()


@pytest.mark.parametrize(
    ("expected", "action"),
    [
        (RetractReason.USED, FeedbackAction.INSERTED),
        (RetractReason.USED, FeedbackAction.COPIED),
        (RetractReason.USED, FeedbackAction.EDITED),
        (RetractReason.MOVED_ON, FeedbackAction.DISMISSED),
        (RetractReason.MOVED_ON, FeedbackAction.UNHELPFUL),
        (RetractReason.SNOOZED, FeedbackAction.SNOOZED),
        (None, FeedbackAction.SHOWN),
        (None, FeedbackAction.HELPFUL),
    ],
)
def test_feedback_takes_a_suggestion_away_or_leaves_it(expected, action):
    """What was used, dismissed or snoozed goes, with its reason; looking and praise do nothing."""
    event = told("p/apologise/r:t1", action)
    state = run(LATE, event)
    gone = (Retracted(suggestion="p/apologise/r:t1", reason=expected),) if expected else ()
    assert (state.retracted, stands(state) == []) == (gone, expected is not None)
    assert state.events == (LATE, event)
    assert state.snoozed == ({"apologise"} if action is FeedbackAction.SNOOZED else set())


def test_feedback_on_what_is_gone_is_only_remembered():
    """Feedback on a suggestion that no longer stands takes nothing else away."""
    event = told("p/other/r:t0", FeedbackAction.DISMISSED)
    state = run(LATE, event)
    assert (stands(state), state.events) == (["p/apologise/r:t1"], (LATE, event))


def test_an_agent_may_send_techniques_to_rest_and_wake_them():
    """A snooze takes the card away and holds the next back, until all is woken again."""
    for technique in ("apologise", "*"):
        asleep = run(LATE, Snoozed(technique=technique, on=True, at=after(5)))
        assert (asleep.snoozed, stands(asleep)) == ({technique}, [])
        assert asleep.retracted[0].reason is RetractReason.SNOOZED
        again = customer("t9", "late", 9)
        assert stands(run(again, start=asleep)) == []
        awake = run(Snoozed(technique=technique, on=False, at=after(6)), start=asleep)
        assert (awake.snoozed, stands(run(again, start=awake))) == (set(), ["p/apologise/r:t9"])


def test_what_an_agent_chose_follows_the_agent():
    """A mute counts while the agent who chose it has the chat, and not for the next."""
    start = run(Assigned(agent="kim"), Chosen(agent="kim", muted=("apologise",)), LATE)
    assert (stands(start), start.chosen.agent) == ([], "kim")
    later = run(Assigned(agent="lee"), customer("t9", "late", 9), start=start)
    assert stands(later) == ["p/apologise/r:t9"]


def test_an_alert_is_acknowledged_once_and_keeps_its_name_when_turns_come_late():
    """An unknown alert is nothing; a late turn moves the crossing, which is still the same one."""
    hot = customer("t5", "late late", 40)
    state = run(Acknowledged(alert="high:1"), hot)
    assert ([alert.id for alert in state.open_alerts], state.acknowledged) == (["high:1"], set())
    seen = run(Acknowledged(alert="high:1"), start=state)
    assert (seen.open_alerts, seen.acknowledged) == ((), {"high:1"})
    moved = run(customer("t4", "late", 20), start=seen)
    told = [(alert.id, alert.turn) for alert in moved.alerts]
    assert told == [("high:1", "t4"), ("critical:1", "t5")]
    assert [alert.id for alert in moved.open_alerts] == ["critical:1"]


def test_closing_clears_and_sums_up():
    """At the end nothing stands and there is a summary; another turn opens it again."""
    state = run(LATE, Closed(at=after(40)))
    assert (state.standing, state.now) == ((), after(40))
    assert state.summary.causes == ("cause.delay",)
    assert due(state, GUIDANCE) is None
    again = run(customer("t2", "late", 50), start=state)
    assert (again.summary, due(again, GUIDANCE)) == (None, after(110))


def test_a_tick_after_the_end_changes_only_the_time():
    """Silence after the end is no silence."""
    closed = run(LATE, Closed(at=after(40)))
    assert run(Tick(at=after(999)), start=closed) == replace(closed, now=after(999))


@pytest.mark.parametrize("state", [START, run(Opened(at=AT))])
def test_a_tick_before_anybody_spoke_changes_only_the_time(state):
    """Where nobody has spoken nobody has fallen silent."""
    assert run(Tick(at=after(999)), start=state) == replace(state, now=after(999))


@pytest.mark.parametrize(
    ("expected", "state"),
    [
        (None, START),
        (None, run(Opened(at=AT))),
        (after(60), run(LATE)),
        (None, run(LATE, Tick(at=after(60)))),
        (after(90), run(LATE, CALL)),
        (after(330), run(LATE, CALL, Tick(at=after(90)))),
        (None, run(LATE, CALL, Tick(at=after(330)))),
        (None, run(customer("t1", "late", 0, private=True))),
        (None, run(replace(LATE, at=datetime.max.replace(tzinfo=UTC)))),
    ],
    ids=[
        "empty", "opened", "a silence", "told", "silence first", "then the promise", "all told",
        "a note", "the end of the calendar",
    ],
)  # fmt: skip
def test_time_matters_next_at_a_silence_or_a_promise(expected, state):
    """The next tick that matters is the earliest silence a rule waits for, or an open promise."""
    assert due(state, GUIDANCE) == expected


def test_a_silence_is_a_suggestion():
    """When its time comes a silence offers what its rule says, once."""
    state = run(LATE, SORRY, Tick(at=after(90)))
    assert stands(state) == ["p/check-in/r:t2"]
    assert stands(run(Tick(at=after(500)), start=state)) == ["p/check-in/r:t2"]
    assert state.events == (LATE, SORRY)


def test_a_promise_that_falls_due_is_a_nudge():
    """When a promise's time comes it is overdue, and the agent is told."""
    state = run(LATE, CALL, Tick(at=after(330)))
    assert [entry.state for entry in state.ledger] == [EntryState.OVERDUE]
    assert "p/ledger/r:t2" in stands(state)


def test_a_tick_at_which_nothing_is_due_offers_nothing():
    """When a tick comes does not matter, only which silences it ends: none, none new."""
    before = run(LATE, HELP, told("p/apologise/r:t1", FeedbackAction.DISMISSED))
    assert run(Tick(at=after(100)), start=before) == replace(before, now=after(100))


@pytest.mark.parametrize("seconds", [60, 61, 500])
def test_a_late_tick_is_as_good_as_one_in_time(seconds):
    """However late a tick comes, what fell due before it comes at its own time."""
    state = run(LATE, SORRY, Tick(at=after(30 + seconds)))
    assert replace(state, now=after(90)) == run(LATE, SORRY, Tick(at=after(90)))


def test_what_fell_due_on_the_way_comes_first():
    """A turn after a silence passes through the silence; each state says whether time made it."""
    before = run(LATE, CALL)
    thanks = customer("t3", "thanks", 400)
    states = passage(before, thanks, GUIDANCE)
    assert [(state.after.now, state.by_time) for state in states] == [
        (after(90), True),
        (after(330), True),
        (after(400), False),
    ]
    assert states[-1].after == run(Tick(at=after(90)), Tick(at=after(330)), thanks, start=before)


def test_a_tick_of_its_own_is_by_time():
    """What a tick changes was caused by no turn."""
    (state,) = passage(run(LATE), Tick(at=after(1)), GUIDANCE)
    assert state == Passed(after=replace(run(LATE), now=after(1)), by_time=True)


def test_what_was_promised_falls_due_after_the_close_too():
    """A closed chat wakes for its promises, in time for a reminder, and for no silence."""
    soon = rule(
        "soon", LedgerHas(states=(EntryState.OPEN,), soon=600), Watches.CONVERSATION,
        kind=Kind.NUDGE,
    )  # fmt: skip
    guidance = replace(GUIDANCE, pack=replace(PACK, rules=(*PACK.rules, soon)))
    state = START
    for event in (agent("t1", "I'll call you by 5 pm.", 0), Closed(at=AT + timedelta(seconds=5))):
        state = step(state, event, guidance)
    assert due(state, guidance) == AT.replace(hour=16, minute=50)
    state = step(state, Tick(at=AT.replace(hour=16, minute=50)), guidance)
    assert [card.technique for card in state.standing] == ["soon"]
    assert due(state, guidance) == AT.replace(hour=17)
    state = step(state, Tick(at=AT.replace(hour=17)), guidance)
    assert [entry.state for entry in state.ledger] == [EntryState.OVERDUE]
    assert due(state, guidance) is None


def test_a_draft_is_read_with_the_words_of_the_house_and_the_opinions_asked_for():
    """Banned words are told of drafts alone; opinions only where they are wanted."""

    def guessing(subject, earlier):
        del subject, earlier
        return Findings(signals=(Signal(name="draft.like.yes-and", score=0.9),))

    book = Playbook(name="b", banned=("cheap",))
    guided = replace(GUIDANCE, playbook=book, opinions=(guessing,))
    plain = guided.read(Draft(text="the cheap one"), ())
    assert plain.signal("draft.banned") is not None
    assert plain.signal("draft.like.yes-and") is None
    assert guided.read(Draft(text="x"), (), opinions=True).signal("draft.like.yes-and") is not None
    assert guided.read(customer("t1", "the cheap one", 1), ()).signal("draft.banned") is None


def test_an_alert_that_nobody_knows_is_acknowledged_by_nobody():
    """What was never raised is not marked as seen."""
    state = run(LATE)
    assert run(Acknowledged(alert="high:9"), start=state).acknowledged == state.acknowledged


def test_a_scene_without_a_reading_is_one_too():
    """What nobody read has no fitting techniques, and rules may still be asked about it."""
    assert GUIDANCE.scene(Conversation(id="c"), None).reading is None
