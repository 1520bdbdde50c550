"""The assembled line, on chats of every make: what must hold however people write."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assist.core.aptness import UNTAUGHT
from assist.core.attention import PLAIN
from assist.core.conditions import (
    ActDone,
    AllOf,
    AnyOf,
    CauseIs,
    CueFound,
    LedgerHas,
    Pattern,
    SignalIs,
    SilentFor,
)
from assist.core.conversation import Alert, LedgerChange, Summary
from assist.core.escalation import Escalation
from assist.core.ledger import EntryState
from assist.core.review import review
from assist.core.rewrites import applied
from assist.core.rules import Mark, Pack, Rule, Swap, Watches
from assist.core.signals import Pull, Reading
from assist.core.suggestions import Kind, Retracted, Suggestion
from assist.core.turns import (
    Assigned,
    Closed,
    Draft,
    Edit,
    Feedback,
    FeedbackAction,
    Opened,
    Redaction,
    Role,
    Tick,
    Turn,
)
from assist.line import assemble
from assist.packs.load import PackFolder
from assist.packs.playbookfile import load_playbook
from assist.packs.policies import load_policy

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def seen(cue, *phrases):
    return CueFound(pattern=Pattern(cue=cue, phrases=phrases))


def rule(technique, when, watches=Watches.CUSTOMER_TURN, *, name="r", **more):
    return Rule(
        id=f"p/{technique}/{name}", technique=technique, watches=watches, when=when, summary="S.",
        why="Because.", **more,
    )  # fmt: skip


def marks(technique, signal, when, watches=Watches.CUSTOMER_TURN, **pulls):
    pulled = tuple(Pull(axis=axis, amount=amount) for axis, amount in pulls.items())
    mark = Mark(name=signal, score=0.9, reason=f"says {signal}", pulls=pulled)
    return rule(technique, when, watches, mark=mark, name=signal)


def lines(technique, *slots):
    return tuple(f"{technique} {number} {slot}" for number, slot in enumerate((*slots, "", "")))


RULES = (
    marks("cause.delay", "cause.delay", seen("late", "late", "hasn't arrived"), effort=1.2),
    marks("emotion", "emotion.anger", seen("angry", "angry", "furious"), valence=-0.9, arousal=0.8),
    marks("risk.legal", "risk.legal", seen("sue", "i will sue"), intent=1.0),
    marks("resolved", "resolved.accepted", seen("yes", "yes please"), valence=0.6),
    marks("apologise", "act.apology", seen("sorry", "sorry"), Watches.AGENT_TURN, repair=0.5),
    marks("offer-solutions", "act.offer", seen("can", "i can"), Watches.AGENT_TURN, repair=0.4),
    marks("ledger", "act.promise", seen("will", "i will call"), Watches.AGENT_TURN),
    rule(
        "active-listening", CauseIs(causes=("delay",)), needs=("problem",), rest=1, priority=70,
        lines=lines("listen", "{problem}", "{thing}"),
    ),
    rule(
        "empathy", SignalIs(name="emotion.*"), lines=lines("feel", "{feeling}"), rest=1, expires=4,
    ),
    rule(
        "apologise", AllOf(parts=(CauseIs(causes=("*",)), seen("again", "again", "late"))),
        unless=ActDone(act="apology", within=1), lines=lines("sorry"), rest=1, expires=9,
        priority=40,
    ),
    rule("escalate-up", SignalIs(name="risk.legal"), kind=Kind.ALERT, priority=95, rest=1),
    rule(
        "calm", AnyOf(parts=(seen("loud", "angry"), SilentFor(seconds=20))), rest=2,
        kind=Kind.NUDGE,
    ),
    rule("check-in", SilentFor(seconds=60), Watches.CONVERSATION, lines=lines("there"), rest=1),
    rule("ledger", LedgerHas(states=(EntryState.OVERDUE,)), Watches.CONVERSATION, kind=Kind.NUDGE),
    rule(
        "positive-language", seen("policy", "our policy", "you must"), Watches.AGENT_DRAFT,
        swaps=(Swap(old="our policy", new="our way"), Swap(old="you must", new="please")),
    ),
    rule(
        "yes-and", seen("but", "i understand, but"), Watches.AGENT_DRAFT,
        rewordings=("and-for-but",),
    ),
    rule("calm-tone", seen("never", "never ever"), Watches.AGENT_DRAFT),
)  # fmt: skip
PACK = Pack(
    name="own", version="1", digest="d", rules=RULES, things=("parcel",),
    feelings=(("anger", "maddening"),),
)  # fmt: skip
ASSEMBLED = assemble(
    (PackFolder(pack=PACK, files=(), path=Path()),), load_playbook(), load_policy()
)
# Rules of a test speak by their own words; how well a technique fits is told elsewhere.
LINE = replace(ASSEMBLED, guidance=replace(ASSEMBLED.guidance, aptness=UNTAUGHT, attention=PLAIN))

SAID = {
    Role.CUSTOMER: (
        "my parcel hasn't arrived", "It is LATE again!!", "I am angry", "furious, i will sue",
        "yes please", "ok", "", "so late and I’m angry 🙂", "my parcel is late, 3 weeks now",
    ),
    Role.AGENT: (
        "so sorry about that", "I can send it today. Ok?", "I will call in 5 minutes.", "", "Hello",
        "Sorry! I will call tomorrow, i can wait",
    ),
    Role.BOT: ("it is late",),
    Role.SYSTEM: ("joined",),
}  # fmt: skip


@st.composite
def chats(draw, most=9):
    """Return turns in their order, with gaps short and long, notes and blanks among them."""
    turns, at = [], AT
    for number in range(draw(st.integers(1, most))):
        at += timedelta(seconds=draw(st.sampled_from([0, 1, 15, 59, 60, 61, 240, 900])))
        roles = [Role.CUSTOMER] * 4 + [Role.AGENT] * 3 + [Role.BOT, Role.SYSTEM]
        role = draw(st.sampled_from(roles))
        text = draw(st.sampled_from(SAID[role]))
        private = draw(st.integers(0, 9)) == 0
        turns.append(Turn(id=f"t{number}", role=role, text=text, at=at, private=private))
    return tuple(turns)


def run(events, start=None):
    """Return the conversation after these events."""
    state = start or LINE.begin("c")
    for event in events:
        state = LINE.step(state, event).conversation
    return state


QUICK = settings(max_examples=60)


@QUICK
@given(chats())
def test_a_repeated_turn_changes_nothing(turns):
    """Every turn sent again, now or later, leaves the state as it is and is told to nobody."""
    state = LINE.begin("c")
    for number, turn in enumerate(turns):
        state = LINE.step(state, turn).conversation
        for known in turns[: number + 1]:
            again = LINE.step(state, known)
            assert again.told == ()
            assert again.conversation == state


@QUICK
@given(chats().flatmap(lambda turns: st.tuples(st.just(turns), st.permutations(turns))))
def test_turns_in_any_order_end_in_one_state(both):
    """However turns are shuffled on their way, all that was made of them is the same in the end."""
    in_order, shuffled = both
    assert run(shuffled) == run(in_order)


@QUICK
@given(chats(), st.integers(0, 60))
def test_a_turn_that_silence_or_the_end_overtook_finds_its_place(turns, place):
    """A turn that comes only after ticks, or after the end, leads where it would have in time."""
    late = turns[place % len(turns)]
    others = [turn for turn in turns if turn is not late]
    assume(others)
    for last in (Tick(at=turns[-1].at + timedelta(seconds=75)), Closed(at=turns[-1].at)):
        assert run((*others, last, late)) == run((*turns, last))


@QUICK
@given(chats(), st.integers(0, 60), st.sampled_from(SAID[Role.CUSTOMER]))
def test_an_edit_back_changes_nothing(turns, place, words):
    """Words changed and changed back leave everything as it was; so do the same words."""
    turn = turns[place % len(turns)]
    state = run(turns)
    assert LINE.step(state, Edit(turn=turn.id, text=turn.text, at=AT)).told == ()
    changed = LINE.step(state, Edit(turn=turn.id, text=words, at=AT)).conversation
    assert changed == run([replace(one, text=words) if one is turn else one for one in turns])
    assert LINE.step(changed, Edit(turn=turn.id, text=turn.text, at=AT)).conversation == state


MARKER = "marzipan"
TAINTED = {
    Role.CUSTOMER: f"my parcel {MARKER} hasn't arrived, I am angry",
    Role.AGENT: f"sorry, I can send {MARKER} today. I will call about {MARKER} in 5 minutes.",
}


@QUICK
@given(chats(), st.sampled_from(list(TAINTED)), st.integers(0, 60), st.booleans())
def test_a_redaction_takes_the_words_out_of_everything(turns, role, place, closed):
    """After a redaction no word of the turn is anywhere in the state, in whatever form."""
    at = turns[place % len(turns)].at
    tainted = Turn(id="x", role=role, text=TAINTED[role], at=at)
    events = [*turns, tainted, *([Closed(at=turns[-1].at)] if closed else [])]
    before = run(events)
    assert MARKER in repr(asdict(before))
    after = run([Redaction(turn="x", at=at)], before)
    assert MARKER not in repr(asdict(after))
    assert len(after.turns) == len(before.turns)


@QUICK
@given(chats())
def test_reasons_add_up_to_the_score(turns):
    """After every turn the weights of the reasons shown are the score, to four places."""
    state = LINE.begin("c")
    for turn in turns:
        state = LINE.step(state, turn).conversation
        total = sum(reason.weight for reason in state.escalation.reasons)
        assert round(total, 4) == state.escalation.score


@QUICK
@given(chats(most=14))
def test_attention_is_kept(turns):
    """Three stand at most, a turn shows one new thing at most, no line comes twice in a chat."""
    state, shown = LINE.begin("c"), []
    for turn in turns:
        step = LINE.step(state, turn)
        state = step.conversation
        assert len(state.standing) <= 3
        new = [(cause, told) for cause, told in step.told if isinstance(told, Suggestion)]
        assert len([cause for cause, _ in new if cause]) <= 1
        shown.extend(line for _, told in new for line in told.lines)
    assert len(shown) == len(set(shown))


class Listener:
    """What somebody knows who has heard only what is told."""

    def __init__(self):
        self.readings, self.alerts = {}, []
        self.standing, self.ledger = {}, ()
        self.escalation, self.summary = Escalation(), None

    def hear(self, change):
        match change:
            case Reading():
                self.readings[change.turn] = change
            case Escalation():
                self.escalation = change
            case Suggestion():
                assert change.id not in self.standing
                self.standing[change.id] = change
            case Retracted():
                del self.standing[change.suggestion]
            case LedgerChange():
                self.ledger = change.entries
            case Alert():
                self.alerts.append(change.id)
            case Summary():
                self.summary = change


@st.composite
def courses(draw):
    """Return a chat in which words are changed, taken back, used and dismissed on the way."""
    events = []
    for turn in draw(chats()):
        events.append(turn)
        target = draw(st.sampled_from([e.id for e in events if isinstance(e, Turn)]))
        snoozed = f"{draw(st.sampled_from([rule.id for rule in RULES]))}:{target}"
        on_the_way = [
            None,
            None,
            Edit(turn=target, text="it is late, I am angry", at=turn.at),
            Redaction(turn=target, at=turn.at),
            Feedback(suggestion=snoozed, action=FeedbackAction.SNOOZED, at=turn.at),
            Tick(at=turn.at + timedelta(seconds=70)),
        ]
        more = draw(st.sampled_from(on_the_way))
        events.extend([more] if more else [])
    return (*events, Closed(at=events[-1].at)) if draw(st.booleans()) else tuple(events)


@QUICK
@given(courses())
def test_who_hears_what_is_told_knows_how_it_stands(events):
    """Heard one by one, the changes lead to the cards, score, ledger and summary that stand."""
    listener, state = Listener(), LINE.begin("c")
    for event in events:
        step = LINE.step(state, event)
        state = step.conversation
        for _, change in step.told:
            listener.hear(change)
        assert set(listener.standing.values()) == set(state.standing)
        assert listener.escalation == state.escalation
        assert listener.ledger == state.ledger
        assert {alert.id for alert in state.alerts} <= set(listener.alerts)
        assert state.summary in {None, listener.summary}


@QUICK
@given(courses())
def test_the_same_events_make_the_same_conversation(events):
    """A course taken twice tells the same, in the same order."""
    first, second = LINE.begin("c"), LINE.begin("c")
    for event in events:
        one, other = LINE.step(first, event), LINE.step(second, event)
        assert one == other
        first, second = one.conversation, other.conversation


PIECES = (
    "I understand, but it is late.", "It is our policy.", "you must wait", "Hello", "YOU MUST",
    "Our policy, our policy", "never ever", ",", "\n", "🙂", "I understand, but you must wait",
)  # fmt: skip


@QUICK
@given(st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join), chats(most=3))
def test_a_rewrite_applied_twice_is_applied_once(text, turns):
    """A rewrite is its edits and nothing else, and leaves less for its own rule to find."""
    state = run(turns)
    every = partial(review, conversation=state, guidance=LINE.guidance, every=True)
    findings = every(Draft(text=text)).findings
    for finding in findings:
        assert finding.span.of(text)
        for rewrite in finding.rewrites:
            assert applied(text, rewrite.edits) == rewrite.text != text
            assert len(every(Draft(text=rewrite.text)).findings) < len(findings)


def test_rewrites_go_on_until_nothing_is_left():
    """Taking what is offered again and again ends with a draft for which nothing is offered."""
    text = "I understand, but it is our policy. You must wait."
    while offered := [
        r for f in LINE.review(LINE.begin("c"), Draft(text=text)).findings for r in f.rewrites
    ]:
        text = offered[-1].text
    assert text == "I understand, and it is our way. Please wait."


LATE = Turn(id="t1", role=Role.CUSTOMER, text="it is late", at=AT)
STANDS = "p/active-listening/r:t1"


@pytest.mark.parametrize(
    ("expected", "event"),
    [
        ({"t2"}, Turn(id="t2", role=Role.CUSTOMER, text="I am angry", at=AT)),
        ({"t0"}, Turn(id="t0", role=Role.CUSTOMER, text="I am angry", at=AT)),
        ({"t1"}, Edit(turn="t1", text="I am angry", at=AT)),
        ({"t1"}, Redaction(turn="t1", at=AT)),
        ({None}, Feedback(suggestion=STANDS, action=FeedbackAction.DISMISSED, at=AT)),
        ({None}, Tick(at=AT + timedelta(seconds=60))),
        ({None}, Closed(at=AT)),
        (set(), Assigned(agent="mia")),
        (set(), Opened(agent="mia")),
    ],
)
def test_what_is_told_names_the_turn_that_caused_it(expected, event):
    """A turn, and what changes one, is named as the cause; time and the end are nobody's."""
    told = LINE.step(run([LATE]), event).told
    assert {cause for cause, _ in told} == expected


def test_a_silence_on_the_way_is_told_first_and_caused_by_nobody():
    """What fell due before a turn comes before what the turn brings."""
    sorry = Turn(id="t2", role=Role.AGENT, text="sorry", at=AT + timedelta(hours=1))
    told = LINE.step(run([LATE]), sorry).told
    assert [cause for cause, _ in told][:2] == [None, "t2"]
    assert told[0][1].technique == "check-in"


def test_the_line_answers_what_the_service_asks():
    """It names its rules, tells when time matters, reads, reviews and sums up."""
    state = run([LATE])
    assert (LINE.pack_name, LINE.pack_version) == ("own", "1")
    assert LINE.version.startswith("own@1+")
    assert LINE.due(state) == AT + timedelta(seconds=60)
    assert LINE.read(LATE).signal("cause.delay") is not None
    assert LINE.read(Draft(text="sorry"), (LATE,)).signal("act.apology") is not None
    assert LINE.summarise(state).causes == ("cause.delay",)
