"""From a conversation and an event to the next conversation.

The law: one function an event, each pure; nothing is suggested here. Time only ever goes on: an
event older than the conversation's own time leaves that time alone.
"""

from dataclasses import replace
from datetime import datetime

from assist.core.conversation import Act, Alert, Conversation, Stage
from assist.core.escalation import (
    EscalationPolicy,
    Level,
    assess,
    believe,
    contributions,
)
from assist.core.ledger import Entry, EntryKind, due_time, overdue
from assist.core.rules import Pack
from assist.core.signals import Reading
from assist.core.text import sentence_at
from assist.core.turns import Role, Turn

__all__ = ["advance", "later"]

PROMISE = "act.promise"
ACCEPTED = "resolved.accepted"
SETTLED = "resolved"
REPAIR = ("act.apology", "act.reflect")
MOVING = ("act.offer", "act.promise", "act.progress")


def later(before: Conversation, at: datetime | None) -> Conversation:
    """Return the conversation with its own time moved on to `at`, and what fell due marked."""
    if at is None or (before.now is not None and at <= before.now):
        return before
    return replace(before, now=at, ledger=overdue(before.ledger, at))


def advance(
    before: Conversation, turn: Turn, reading: Reading | None, policy: EscalationPolicy, pack: Pack
) -> Conversation:
    """Return the conversation after `turn`; a private turn, or one unread, says nothing."""
    after = replace(later(before, turn.at), turns=(*before.turns, turn), held=())
    if reading is None or turn.private:
        return after
    after = replace(after, readings=(*before.readings, reading))
    if turn.role is Role.CUSTOMER:
        return _heard(after, turn, reading, policy)
    if turn.role is Role.AGENT:
        return _answered(after, turn, reading, policy, pack)
    return after


def _heard(
    after: Conversation, turn: Turn, reading: Reading, policy: EscalationPolicy
) -> Conversation:
    belief = believe(after.belief, contributions(reading.signals, policy), policy)
    escalation = assess(after.escalation, belief, policy, repaired=_repaired(after))
    crossed = _crossed(after.escalation.level, escalation.level)
    alerts = after.alerts
    if crossed:
        alert = Alert(
            id=f"{escalation.level}:{turn.id}",
            level=escalation.level,
            reasons=escalation.reasons,
            turn=turn.id,
        )
        alerts = (*alerts, alert)
    return replace(
        after,
        belief=belief,
        scores=(*after.scores, escalation.score),
        escalation=escalation,
        alerts=alerts,
        ledger=(*after.ledger, *_agreements(after, turn, reading)),
        stage=_stage_heard(after, reading),
    )


def _answered(
    after: Conversation, turn: Turn, reading: Reading, policy: EscalationPolicy, pack: Pack
) -> Conversation:
    acts = tuple(
        Act(
            name=signal.name.removeprefix("act."),
            turn=turn.id,
            index=len(after.turns) - 1,
            evidence=signal.evidence,
            technique=pack.technique_of(signal.name),
        )
        for signal in reading.family("act")
    )
    soothing = tuple(
        part for part in contributions(reading.family("act"), policy) if part.weight < 0
    )
    belief = believe(after.belief, soothing, policy, fade=False)
    return replace(
        after,
        acts=(*after.acts, *acts),
        belief=belief,
        ledger=(*after.ledger, *_promises(turn, reading)),
        stage=_stage_answered(after, reading),
    )


def _crossed(before: Level, now: Level) -> bool:
    """Tell whether supervisors are to be called: a rise into high or above."""
    return now.rank >= Level.HIGH.rank and now.rank > before.rank


def _repaired(conversation: Conversation) -> bool:
    """Tell whether the agent's last words, just already answered with a repair."""
    said = [turn for turn in conversation.turns[:-1] if not turn.private]
    if not said or said[-1].role is not Role.AGENT:
        return False
    done = {f"act.{act.name}" for act in conversation.acts if act.turn == said[-1].id}
    return bool(done & set(REPAIR)) and bool(done & set(MOVING))


def _promises(turn: Turn, reading: Reading) -> tuple[Entry, ...]:
    signal = reading.signal(PROMISE)
    if signal is None or not signal.evidence:
        return ()
    proof = signal.evidence[0]
    said = sentence_at(turn.text, proof.span).of(turn.text)
    return (
        Entry(
            id=f"promise:{turn.id}",
            kind=EntryKind.PROMISE,
            owner=Role.AGENT,
            what=said,
            due=due_time(said, turn.at),
            evidence=(proof,),
        ),
    )


def _agreements(before: Conversation, turn: Turn, reading: Reading) -> tuple[Entry, ...]:
    accepted = reading.signal(ACCEPTED)
    offer = next((act for act in reversed(before.acts) if act.name == "offer"), None)
    if accepted is None or offer is None or not offer.evidence:
        return ()
    if before.agent_turns[-1].id != offer.turn:
        return ()
    offered = next(turn for turn in before.turns if turn.id == offer.turn)
    place = offer.evidence[0].span
    said = sentence_at(offered.text, place).of(offered.text)
    return (
        Entry(
            id=f"agreement:{turn.id}",
            kind=EntryKind.AGREEMENT,
            owner=Role.AGENT,
            what=said,
            due=due_time(said, offered.at),
            evidence=(*offer.evidence[:1], *accepted.evidence[:1]),
        ),
    )


def _stage_heard(before: Conversation, reading: Reading) -> Stage:
    if reading.signal(SETTLED) or reading.signal(ACCEPTED):
        return Stage.SETTLING if before.agent_turns else before.stage
    if before.stage in {Stage.SETTLING, Stage.CLOSING} and reading.family("cause"):
        return Stage.SOLVING
    return before.stage


def _stage_answered(before: Conversation, reading: Reading) -> Stage:
    if reading.signal("act.goodbye"):
        return Stage.CLOSING
    if any(reading.signal(name) for name in MOVING) and before.stage is not Stage.SETTLING:
        return Stage.SOLVING
    return Stage.EXPLORING if before.stage is Stage.OPENING else before.stage
