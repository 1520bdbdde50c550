"""The only road: every kind of event, and what time alone does."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from types import MappingProxyType

import pytest

from assist.core.conditions import AllOf, CueFound, LedgerHas, Pattern, SilentFor
from assist.core.conversation import Conversation
from assist.core.escalation import EscalationPolicy, Level
from assist.core.ledger import EntryState
from assist.core.line import Guidance, Passed, due, passage, step
from assist.core.playbook import Playbook
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import Cue, Findings, Pull, Signal
from assist.core.suggestions import Kind, Retracted, RetractReason
from assist.core.text import Span
from assist.core.turns import (
    Acknowledged,
    Assigned,
    Chosen,
    Closed,
    Draft,
    Edit,
    Feedback,
    FeedbackAction,
    Opened,
    Redaction,
    Role,
    Snoozed,
    Tick,
    Turn,
    Typing,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def seen(word):
    return CueFound(pattern=Pattern(cue=word))


def rule(technique, when, watches=Watches.CUSTOMER_TURN, **more):
    return Rule(
        id=f"p/{technique}/r", technique=technique, watches=watches, when=when, summary="S.",
        why="Because.", **more,
    )  # fmt: skip


def marks(name, word, watches=Watches.CUSTOMER_TURN, technique="x", **pulls):
    pulled = tuple(Pull(axis=axis, amount=amount) for axis, amount in pulls.items())
    mark = Mark(name=name, score=1.0, reason=name, pulls=pulled)
    return rule(technique, seen(word), watches, mark=mark)


def words(subject, earlier):
    """Notice each of a few words once."""
    del earlier
    spans = {word: subject.text.find(word) for word in ("late", "sorry", "call", "thanks", "help")}
    return Findings(
        cues=tuple(
            Cue(name=word, span=Span(at, at + len(word)), source="phrases")
            for word, at in spans.items()
            if at >= 0
        )
    )


PACK = Pack(
    name="p",
    version="1",
    digest="d",
    rules=(
        marks("cause.delay", "late", effort=3.0),
        marks("act.apology", "sorry", Watches.AGENT_TURN, "apologise", repair=0.5),
        marks("act.promise", "call", Watches.AGENT_TURN, "ledger"),
        marks("resolved", "thanks"),
        rule("apologise", seen("late"), lines=("one", "two", "three", "four"), rest=1),
        rule("collaborate", seen("help"), lines=("five", "six"), rest=1),
        rule(
            "check-in", AllOf(parts=(SilentFor(seconds=60),)), Watches.CONVERSATION,
            lines=("there?", "still there?"), rest=1, priority=30,
        ),
        rule(
            "ledger", LedgerHas(states=(EntryState.OVERDUE,)), Watches.CONVERSATION,
            kind=Kind.NUDGE, priority=90, rest=1,
        ),
    ),
)  # fmt: skip
POLICY = EscalationPolicy(
    bias=-2.0,
    weights=MappingProxyType({"effort": 1.0, "repair": -1.0}),
    enter=MappingProxyType({Level.WATCH: 0.2, Level.HIGH: 0.5, Level.CRITICAL: 0.9}),
    leave=MappingProxyType({Level.WATCH: 0.15, Level.HIGH: 0.3, Level.CRITICAL: 0.8}),
)
GUIDANCE = Guidance(pack=PACK, policy=POLICY, detectors=(words,))
START = Conversation(id="c")


def after(seconds):
    return AT + timedelta(seconds=seconds)


def customer(name, text, seconds, *, private=False):
    return Turn(id=name, role=Role.CUSTOMER, text=text, at=after(seconds), private=private)


def agent(name, text, seconds):
    return Turn(id=name, role=Role.AGENT, text=text, at=after(seconds))


def told(suggestion, action, seconds=5):
    return Feedback(suggestion=suggestion, action=action, at=after(seconds))


def run(*events, start=START):
    for event in events:
        start = step(start, event, GUIDANCE)
    return start


def stands(conversation):
    return [suggestion.id for suggestion in conversation.standing]


LATE = customer("t1", "it is late", 0)
SORRY = agent("t2", "so sorry", 30)
CALL = agent("t2", "I will call in 5 minutes.", 30)
HELP = customer("t3", "please help", 50)


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
