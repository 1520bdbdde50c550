"""A line of a few words and eight rules, and what people say on it."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from noticing import noticing

from assist.core.conditions import AllOf, CueFound, LedgerHas, Pattern, SilentFor
from assist.core.conversation import Conversation
from assist.core.escalation import EscalationPolicy, Level
from assist.core.ledger import EntryState
from assist.core.line import Guidance, step
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import Pull
from assist.core.suggestions import Kind
from assist.core.turns import (
    Feedback,
    Role,
    Turn,
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
GUIDANCE = Guidance(
    pack=PACK, policy=POLICY, detectors=(noticing("late", "sorry", "call", "thanks", "help"),)
)
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
