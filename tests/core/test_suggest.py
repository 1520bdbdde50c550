"""Attention is scarce: what is shown, what is held back, and why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.attention import AttentionPolicy
from assist.core.conditions import CueFound, Pattern, Scene, SignalIs, SilentFor
from assist.core.conversation import Act, Conversation, Shown
from assist.core.escalation import Escalation, Level
from assist.core.playbook import EMPTY, Playbook, Tone
from assist.core.rules import Pack, Rule, Watches
from assist.core.signals import Cue, Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.suggest import candidates, clear, suggest
from assist.core.suggestions import (
    Held,
    HeldReason,
    Kind,
    Moment,
    Retracted,
    RetractReason,
    Suggestion,
)
from assist.core.text import Span
from assist.core.turns import Opened, Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
LATE = CueFound(pattern=Pattern(cue="late"))


def rule(
    technique,
    priority=50,
    *,
    lines=("one", "two"),
    rest=4,
    expires=2,
    kind=Kind.REPLY,
    when=LATE,
    watches=Watches.CUSTOMER_TURN,
    needs=(),
):
    return Rule(
        id=f"p/{technique}/r", technique=technique, watches=watches, when=when, summary="S.",
        why="Because.", lines=lines, rest=rest, priority=priority, expires=expires, kind=kind,
        needs=needs,
    )  # fmt: skip


def heard(conversation, *rules, cue="late", playbook=EMPTY):
    """Return the conversation after one more customer turn in which `cue` was found."""
    name = f"t{len(conversation.turns) + 1}"
    turn = Turn(id=name, role=Role.CUSTOMER, text="late again", at=AT)
    cues = (Cue(name=cue, span=Span(0, 4), source="phrases"),)
    reading = Reading(turn=name, sentiment=FLAT, cues=cues)
    said = replace(conversation, turns=(*conversation.turns, turn))
    scene = Scene(conversation=said, reading=reading)
    return suggest(scene, pack(*rules), playbook, heard=True)


def answered(conversation, technique="", act="said"):
    """Return the conversation after the agent did something, with nothing left standing."""
    name = f"t{len(conversation.turns) + 1}"
    turn = Turn(id=name, role=Role.AGENT, text="ok", at=AT)
    acts = (Act(name=act, turn=name, index=0, technique=technique),) if technique else ()
    said = replace(
        conversation, turns=(*conversation.turns, turn), acts=(*conversation.acts, *acts)
    )
    return clear(said, frozenset())


def pack(*rules):
    return Pack(name="p", version="1", digest="d", rules=rules)


def stands(conversation):
    return [suggestion.technique for suggestion in conversation.standing]


def held(conversation):
    return {one.technique: one.reason for one in conversation.held}


EMPATHY, CALM, OWN = rule("empathy", 60), rule("calm", 50), rule("own-it", 40)
# Tense enough for more than one card in six answers; calm chats are in test_attention.py.
START = Conversation(id="c", escalation=Escalation(level=Level.WATCH))


def test_silence_where_nothing_applies():
    """Where no rule applies nothing stands and nothing was held back."""
    after = heard(START, EMPATHY, cue="fine")
    assert (after.standing, after.held, after.shown) == ((), (), ())


def test_one_new_suggestion_a_turn_the_most_important():
    """Of several rules that apply the most important one is shown, the others are held back."""
    after = heard(START, OWN, CALM, EMPATHY)
    assert stands(after) == ["empathy"]
    assert held(after) == {"calm": HeldReason.BUDGET, "own-it": HeldReason.BUDGET}
    assert after.held[0] == Held(
        technique="calm", rule="p/calm/r", turn="t1", reason=HeldReason.BUDGET
    )


def fitted(*rules, taught="p", words=0.0, **apt):
    """Return the conversation after a turn of which it is known how well techniques fit."""
    name = "t1"
    turn = Turn(id=name, role=Role.CUSTOMER, text="late again", at=AT)
    cues = (Cue(name="late", span=Span(0, 4), source="phrases"),)
    signals = tuple(
        Signal(name=f"apt.{said.replace('_', '-')}", score=score) for said, score in apt.items()
    )
    reading = Reading(turn=name, sentiment=FLAT, cues=cues, signals=signals)
    scene = Scene(conversation=replace(START, turns=(turn,)), reading=reading)
    policy = AttentionPolicy(apt=0.3, taught=taught, words=words)
    return suggest(scene, pack(*rules), EMPTY, heard=True, attention=policy)


@pytest.mark.parametrize(
    ("expected", "apt"),
    [
        ("empathy", {}),
        ("own-it", {"empathy": 0.4, "calm": 0.5, "own_it": 0.6}),
        ("calm", {"empathy": 0.4, "own_it": 0.4}),
        ("empathy", {"empathy": 0.6, "calm": 0.4}),
    ],
)
def test_what_fits_the_moment_best_is_shown(expected, apt):
    """How well a technique fits comes before a rule's priority, which says it where none does."""
    assert stands(fitted(OWN, CALM, EMPATHY, **apt)) == [expected]


def test_a_call_upwards_comes_before_what_fits_best():
    """An alert is shown first, however well another technique fits."""
    upwards = rule("escalate-up", 10, kind=Kind.ALERT)
    assert stands(fitted(EMPATHY, upwards, empathy=0.9, escalate_up=0.1)) == ["escalate-up"]


def test_rules_of_another_pack_stand_by_their_own_words():
    """How well a technique fits was learned with one pack's rules, and binds no other's."""
    after = fitted(OWN, EMPATHY, taught="another", empathy=0.1, own_it=0.9)
    assert stands(after) == ["empathy"]


def test_words_of_a_companys_own_rule_come_before_what_was_learned():
    """However well another technique fits: who wrote a rule for these words wants it shown."""
    theirs = replace(rule("calm", 10), id="mine/calm/r")
    assert stands(fitted(EMPATHY, theirs, empathy=0.9, calm=0.1)) == ["calm"]
    bare = rule("calm", 10, when=SignalIs(name="apt.empathy", at_least=0.1))
    assert stands(fitted(EMPATHY, replace(bare, id="mine/calm/r"), empathy=0.9)) == ["empathy"]


def test_a_rules_own_words_add_to_how_well_it_fits():
    """Words add what they have been worth; a rule that has none in the turn adds nothing."""
    assert stands(fitted(EMPATHY, empathy=0.2, words=1.0)) == ["empathy"]
    bare = rule("empathy", 60, when=SignalIs(name="apt.empathy", at_least=0.1))
    assert held(fitted(bare, empathy=0.2, words=1.0)) == {"empathy": HeldReason.UNSURE}


def test_what_goes_by_signals_alone_must_fit():
    """A technique that hardly fits is not shown, even where nothing else is."""
    bare = rule("empathy", 60, when=SignalIs(name="apt.empathy", at_least=0.1))
    after = fitted(bare, empathy=0.2)
    assert (stands(after), held(after)) == ([], {"empathy": HeldReason.UNSURE})
    assert stands(fitted(EMPATHY, empathy=0.01)) == ["empathy"]


def test_equal_rules_are_taken_by_name():
    """Where priorities are equal the rule whose id comes first is shown, whatever the order."""
    twins = (rule("thank"), rule("calm"))
    assert stands(heard(START, *twins)) == stands(heard(START, *twins[::-1])) == ["calm"]


def test_a_suggestion_carries_its_reasons():
    """What is shown names rule, technique, why and the words, and its id is derived."""
    (shown,) = heard(START, EMPATHY).standing
    assert shown == Suggestion(
        id="p/empathy/r:t1",
        technique="empathy",
        rule="p/empathy/r",
        kind=Kind.REPLY,
        lines=shown.lines,
        why="Because.",
        evidence=(Evidence(turn="t1", span=Span(0, 4), cue="empathy", source="p/empathy/r"),),
        priority=60,
        expires_after_turn=2,
    )
    assert set(shown.lines) == {"one", "two"}


def test_lines_are_told_as_the_playbook_has_them():
    """No banned word is shown, short forms are written out, and other languages get no lines."""
    lines = ("No worries.", "I'll look.")
    house = Playbook(name="b", banned=("no worries",), tone=Tone.FORMAL, languages=("en",))
    assert heard(START, rule("a", lines=lines), playbook=house).standing[0].lines == (
        "I will look.",
    )
    german = replace(START, opened=Opened(locale="de"))
    assert stands(heard(german, rule("a"), playbook=house)) == []


def test_what_was_shown_is_remembered():
    """Showing is kept with the lines shown and the number of customer turns by then."""
    (shown,) = heard(START, EMPATHY).shown
    assert sorted(shown.lines) == [0, 1]
    assert (shown.technique, shown.rule, shown.customer_turns) == ("empathy", "p/empathy/r", 1)
    assert (shown.agent_turns, shown.turn, shown.by_time) == (0, "t1", False)
    assert shown.suggestion == "p/empathy/r:t1"


def test_every_moment_is_kept_with_what_was_held_back():
    """Each time rules applied is in the log: what was shown, and all else with its reason."""
    state = heard(heard(START, OWN, EMPATHY), cue="fine")
    state = heard(state, EMPATHY)
    assert state.moments == (
        Moment(
            turn="t1",
            shown="p/empathy/r:t1",
            held=(
                Held(technique="own-it", rule="p/own-it/r", turn="t1", reason=HeldReason.BUDGET),
            ),
        ),
        Moment(
            turn="t3",
            held=(
                Held(technique="empathy", rule="p/empathy/r", turn="t3", reason=HeldReason.RESTING),
            ),
        ),
    )


def with_shown(conversation, technique, *, ago):
    """Return the conversation in which `technique` was shown so many customer turns ago."""
    turns = tuple(
        Turn(id=f"t{number}", role=Role.CUSTOMER, text="x", at=AT) for number in range(1, 10)
    )
    shown = Shown(technique=technique, rule=f"p/{technique}/old", lines=(), customer_turns=10 - ago)
    return replace(conversation, turns=turns, shown=(shown,))


@pytest.mark.parametrize(
    ("expected", "before", "asked"),
    [
        ({"empathy": HeldReason.SNOOZED}, replace(START, snoozed=frozenset({"empathy"})), EMPATHY),
        ({"empathy": HeldReason.STANDING}, heard(START, EMPATHY), rule("empathy", 60, rest=1)),
        ({"empathy": HeldReason.DONE}, answered(START, "empathy"), EMPATHY),
        ({}, answered(answered(START, "empathy")), EMPATHY),
        ({}, answered(START, "empathy"), rule("empathy", kind=Kind.NUDGE)),
        ({"empathy": HeldReason.RESTING}, with_shown(START, "empathy", ago=3), EMPATHY),
        ({}, with_shown(START, "empathy", ago=4), EMPATHY),
        ({"empathy": HeldReason.SPENT}, START, rule("empathy", needs=("thing",))),
        ({"empathy": HeldReason.SPENT}, START, rule("empathy", lines=("{thing}", "{name}"))),
    ],
    ids=[
        "snoozed", "standing", "just done", "done before", "a prompt", "resting", "rested", "lacks",
        "spent",
    ],
)  # fmt: skip
def test_what_is_held_back_says_why(expected, before, asked):
    """Sent to rest, standing, just done, shown a while ago, no line left: each has its name."""
    after = heard(before, asked)
    assert held(after) == expected
    assert ("empathy" in stands(after)) is (not expected or before.standing != ())


def test_three_stand_at_most_and_the_least_gives_way():
    """A fourth, more important suggestion takes the place of the least important one."""
    state = START
    for technique, priority in (("calm", 50), ("thank", 40), ("own-it", 45)):
        state = heard(state, rule(technique, priority, expires=20))
    assert stands(state) == ["calm", "own-it", "thank"]
    after = heard(state, rule("empathy", 60))
    assert stands(after) == ["empathy", "calm", "own-it"]
    assert after.retracted == (
        Retracted(suggestion="p/thank/r:t2", reason=RetractReason.SUPERSEDED),
    )


@pytest.mark.parametrize("priority", [39, 40])
def test_what_is_less_important_than_all_three_is_held_back(priority):
    """Where three stand, a suggestion that could not stay is not shown, and its lines are kept."""
    state = START
    for technique in ("calm", "thank", "own-it"):
        state = heard(state, rule(technique, 40, expires=20))
    after = heard(state, rule("empathy", priority))
    assert stands(after) == ["calm", "thank", "own-it"]
    assert held(after) == {"empathy": HeldReason.BUDGET}
    assert (after.retracted, after.shown) == ((), state.shown)


@pytest.mark.parametrize(("expected", "turns"), [(["empathy"], 1), ([], 2)])
def test_a_suggestion_expires_with_customer_turns(expected, turns):
    """What the agent left unanswered goes after its number of customer turns."""
    state = heard(START, rule("empathy", expires=2))
    for _ in range(turns):
        state = heard(state, cue="fine")
    assert stands(state) == expected
    gone = Retracted(suggestion="p/empathy/r:t1", reason=RetractReason.MOVED_ON)
    assert state.retracted == (() if expected else (gone,))


def test_an_alert_does_not_expire():
    """A call upwards stands until somebody answers."""
    state = heard(START, rule("escalate-up", expires=1, kind=Kind.ALERT))
    for _ in range(5):
        state = heard(state, cue="fine")
    assert stands(state) == ["escalate-up"]


def test_a_nudge_needs_no_line():
    """A prompt without text to insert can be shown."""
    (shown,) = heard(START, rule("calm", lines=(), kind=Kind.NUDGE)).standing
    assert (shown.lines, shown.kind) == ((), Kind.NUDGE)


@pytest.mark.parametrize(
    ("expected", "used"),
    [
        (RetractReason.USED, {"empathy"}),
        (RetractReason.MOVED_ON, {"calm"}),
        (RetractReason.MOVED_ON, set()),
    ],
)
def test_an_answer_clears_what_stands(expected, used):
    """After the agent's answer nothing stands: it was used, or the talk moved on."""
    after = clear(heard(START, EMPATHY, CALM), frozenset(used))
    assert (after.standing, after.held) == ((), ())
    assert after.retracted == (Retracted(suggestion="p/empathy/r:t1", reason=expected),)


QUIET = rule("check-in", when=SilentFor(seconds=60), watches=Watches.CONVERSATION)


@pytest.mark.parametrize(
    ("expected", "silence", "is_heard"),
    [
        ([], 59.0, False),
        (["p/check-in/r"], 60.0, False),
        (["p/check-in/r", "p/empathy/r"], 60.0, True),
    ],
)
def test_only_rules_on_the_conversation_are_asked_in_silence(expected, silence, is_heard):
    """A tick asks the rules that watch the conversation; a customer turn asks all."""
    reading = Reading(
        turn="t1", sentiment=FLAT, cues=(Cue(name="late", span=Span(0, 4), source="phrases"),)
    )
    scene = Scene(conversation=START, reading=reading, silence=silence)
    found = candidates(scene, pack(rule("empathy", 40), QUIET), heard=is_heard)
    assert [candidate.rule.id for candidate in found] == expected


def test_a_tick_before_anybody_spoke_derives_its_id_from_nothing():
    """A suggestion made by time alone has no turn to be named after, yet has a stable id."""
    after = suggest(Scene(conversation=START, silence=60.0), pack(QUIET), EMPTY, heard=False)
    assert [suggestion.id for suggestion in after.standing] == ["p/check-in/r:"]


RULES = tuple(
    rule(
        technique, priority, rest=rest, expires=expires,
        lines=tuple(f"{technique} {number}" for number in range(5)),
    )
    for technique, priority, rest, expires in (
        ("empathy", 60, 1, 1), ("calm", 50, 2, 9), ("thank", 50, 3, 9), ("own-it", 40, 1, 9),
        ("rapport", 70, 9, 9),
    )
)  # fmt: skip


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 4))), max_size=14))
def test_the_law_of_attention_holds(course):
    """However a chat runs: one new a turn, three standing, no line twice, all held explained."""
    state, lines = START, []
    for customer, applying in course:
        before = {suggestion.id for suggestion in state.standing}
        if not customer:
            state = answered(state)
            continue
        state = heard(state, *(RULES[index] for index in applying))
        new = [suggestion for suggestion in state.standing if suggestion.id not in before]
        lines.extend(line for suggestion in new for line in suggestion.lines)
        assert len(new) <= 1
        assert len(state.standing) <= 3
        assert len(new) + len(state.held) == len(applying)
    assert len(lines) == len(set(lines))
