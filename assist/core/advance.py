"""From a conversation and an event to the next conversation.

The law: one function an event, each pure; nothing is suggested here. Time only ever goes on: an
event older than the conversation's own time leaves that time alone.
"""

from datetime import datetime

from assist.core.conversation import Act, Alert, Conversation, Stage
from assist.core.entering import ACCEPTED, agreed, entered, recapped
from assist.core.escalation import (
    Escalation,
    EscalationPolicy,
    Level,
    assess,
    believe,
    contributions,
)
from assist.core.history import by_name
from assist.core.keeping import after_agent, after_customer
from assist.core.ledger import Entry, overdue
from assist.core.rules import Pack
from assist.core.signals import Reading
from assist.core.strain import strains, weighed
from assist.core.summary import summarise
from assist.core.turns import Role, Turn
from assist.core.values import changed

__all__ = ["advance", "later", "repaired"]

SETTLED = "resolved"
REPAIR = ("act.apology", "act.reflect")
MOVING = ("act.offer", "act.promise", "act.progress")


def later(before: Conversation, at: datetime | None) -> Conversation:
    """Return the conversation with its own time moved on to `at`, and what fell due marked."""
    moved = _moved(before, at)
    return changed(before, **moved) if moved else before


def _moved(before: Conversation, at: datetime | None) -> dict[str, object]:
    """Return what the time `at` changes in a conversation."""
    if at is None or (before.now is not None and at <= before.now):
        return {}
    return {"now": at, "ledger": overdue(before.ledger, at)}


def advance(
    before: Conversation, turn: Turn, reading: Reading | None, policy: EscalationPolicy, pack: Pack
) -> Conversation:
    """Return the conversation after `turn`; a private turn, or one unread, says nothing."""
    told = {**_moved(before, turn.at), "turns": (*before.turns, turn), "held": ()}
    if reading is None or turn.private:
        return changed(before, **told)
    after = changed(before, **told, readings=(*before.readings, reading))
    if turn.role is Role.CUSTOMER:
        return _heard(after, turn, reading, policy, pack)
    if turn.role is Role.AGENT:
        return _answered(after, turn, reading, policy, pack)
    return after


def _heard(
    after: Conversation, turn: Turn, reading: Reading, policy: EscalationPolicy, pack: Pack
) -> Conversation:
    new = (*contributions(reading.signals, policy), *weighed(strains(after), policy))
    belief = believe(after.belief, new, policy)
    turns = len(after.customer_turns)
    escalation = assess(after.escalation, belief, policy, repaired=repaired(after), turns=turns)
    crossed = _crossed(after.escalation.level, escalation.level)
    alerts = (*after.alerts, _alert(after, turn, escalation, pack)) if crossed else after.alerts
    return changed(
        after,
        belief=belief,
        scores=(*after.scores, escalation.score),
        escalation=escalation,
        alerts=alerts,
        ledger=_ledger_heard(after, turn, reading),
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
    return changed(
        after,
        acts=(*after.acts, *acts, *by_name(turn, len(after.turns) - 1, after.opened)),
        belief=belief,
        ledger=_ledger_answered(after, turn, reading),
        stage=_stage_answered(after, reading),
    )


def _alert(after: Conversation, turn: Turn, escalation: Escalation, pack: Pack) -> Alert:
    """Return the call to the supervisors; what the agent did well or not is left out of it."""
    crossing = sum(alert.level is escalation.level for alert in after.alerts) + 1
    return Alert(
        id=f"{escalation.level}:{crossing}",
        level=escalation.level,
        reasons=escalation.reasons,
        turn=turn.id,
        summary=changed(summarise(after, pack), coverage=()),
    )


def _crossed(before: Level, now: Level) -> bool:
    """Tell whether supervisors are to be called: a rise into high or above."""
    return now.rank >= Level.HIGH.rank and now.rank > before.rank


def repaired(conversation: Conversation) -> bool:
    """Tell whether the agent's last words, just already answered with a repair."""
    last = next((turn for turn in conversation.turns[-2::-1] if not turn.private), None)
    if last is None or last.role is not Role.AGENT:
        return False
    done = {f"act.{act.name}" for act in conversation.acts if act.turn == last.id}
    return bool(done & set(REPAIR)) and bool(done & set(MOVING))


def _ledger_heard(after: Conversation, turn: Turn, reading: Reading) -> tuple[Entry, ...]:
    """Return the ledger with what the customer kept, called off, promised and agreed to."""
    ledger = after_customer(after.ledger, turn)
    ledger = entered(ledger, turn, after.opened.locale)
    return (*ledger, *agreed(after, turn, reading))


def _ledger_answered(after: Conversation, turn: Turn, reading: Reading) -> tuple[Entry, ...]:
    """Return the ledger with what the agent kept, took back, promised and said back."""
    ledger = after_agent(after.ledger, turn, reading)
    ledger = entered(ledger, turn, after.opened.locale)
    return recapped(ledger, turn, after.opened.locale)


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
