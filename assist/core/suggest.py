"""From a conversation to what the agent is shown.

The law of attention: at most one new suggestion a customer turn, at most three standing (one
primary, two secondary); a technique rests after it was shown; nothing is offered twice, nor what
the agent has just done; what is held back is kept with its reason. When nothing applies: silence.
"""

from dataclasses import dataclass, replace

from assist.core.conversation import Conversation, Shown
from assist.core.phrasing import Wording, facts_of, worded
from assist.core.playbook import Playbook
from assist.core.rules import Pack, Rule, Scene, Watches, applies
from assist.core.signals import Evidence
from assist.core.suggestions import Held, HeldReason, Kind, Retracted, RetractReason, Suggestion

__all__ = ["Candidate", "candidates", "clear", "offer", "suggest"]

STANDING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A rule that applies, with the words that made it apply."""

    rule: Rule
    evidence: tuple[Evidence, ...]


def candidates(scene: Scene, pack: Pack, *, heard: bool) -> tuple[Candidate, ...]:
    """Return the rules that apply to a scene, most important first.

    `heard` is True where the customer has just spoken; otherwise only rules that watch the
    conversation itself are asked.
    """
    rules = pack.watching(Watches.CONVERSATION, marks=False)
    if heard:
        rules = (*pack.watching(Watches.CUSTOMER_TURN, marks=False), *rules)
    found = [
        Candidate(rule=rule, evidence=evidence)
        for rule in rules
        if (evidence := applies(rule, scene)) is not None
    ]
    return tuple(sorted(found, key=lambda candidate: (-candidate.rule.priority, candidate.rule.id)))


def suggest(scene: Scene, pack: Pack, playbook: Playbook, *, heard: bool) -> Conversation:
    """Return the conversation with what now stands and what was held back."""
    conversation = _aged(scene.conversation) if heard else scene.conversation
    found = candidates(scene, pack, heard=heard)
    if not found:
        return replace(conversation, held=())
    facts = facts_of(conversation, pack, playbook)
    chosen: Suggestion | None = None
    turn = conversation.last.id if conversation.last else ""
    held: list[Held] = []
    for candidate in found:
        wording = worded(candidate.rule, conversation, facts)
        reason = _held_reason(candidate.rule, conversation, wording, taken=chosen is not None)
        if reason is not None or wording is None:
            rule = candidate.rule
            held.append(
                Held(
                    technique=rule.technique,
                    rule=rule.id,
                    turn=turn,
                    reason=reason or HeldReason.SPENT,
                )
            )
            continue
        chosen = offer(candidate, wording, turn)
        conversation = _with(conversation, chosen, candidate.rule, wording)
    return replace(conversation, held=tuple(held))


def offer(candidate: Candidate, wording: Wording, turn: str) -> Suggestion:
    """Return the suggestion that a candidate makes at `turn`."""
    rule = candidate.rule
    return Suggestion(
        id=f"{rule.id}:{turn}",
        technique=rule.technique,
        rule=rule.id,
        kind=rule.kind,
        lines=wording.lines,
        slots=wording.slots,
        why=rule.why,
        evidence=candidate.evidence,
        priority=rule.priority,
        expires_after_turn=rule.expires,
    )


def clear(conversation: Conversation, used: frozenset[str]) -> Conversation:
    """Return the conversation after the agent has answered: what stood has been used or is past."""
    gone = tuple(
        Retracted(
            suggestion=suggestion.id,
            reason=RetractReason.USED if suggestion.technique in used else RetractReason.MOVED_ON,
        )
        for suggestion in conversation.standing
    )
    return replace(conversation, standing=(), retracted=gone, held=())


def _held_reason(
    rule: Rule, conversation: Conversation, wording: Wording | None, *, taken: bool
) -> HeldReason | None:
    if rule.technique in conversation.snoozed:
        return HeldReason.SNOOZED
    if any(standing.technique == rule.technique for standing in conversation.standing):
        return HeldReason.STANDING
    if rule.kind is Kind.REPLY and rule.technique in _just_done(conversation):
        return HeldReason.DONE
    heard = len(conversation.customer_turns)
    if any(
        shown.technique == rule.technique and heard - shown.customer_turns < rule.rest
        for shown in conversation.shown
    ):
        return HeldReason.RESTING
    if wording is None:
        return HeldReason.SPENT
    return HeldReason.BUDGET if taken or not _has_room(rule, conversation) else None


def _just_done(conversation: Conversation) -> frozenset[str]:
    """Return the techniques of the agent's last turn."""
    last = conversation.agent_turns[-1:]
    return frozenset(act.technique for act in conversation.acts for t in last if act.turn == t.id)


def _has_room(rule: Rule, conversation: Conversation) -> bool:
    """Tell whether a suggestion of `rule` would stand beside or instead of those that stand."""
    standing = conversation.standing
    return len(standing) < STANDING or rule.priority > standing[-1].priority


def _with(
    conversation: Conversation, new: Suggestion, rule: Rule, wording: Wording
) -> Conversation:
    ranked = sorted((*conversation.standing, new), key=lambda standing: -standing.priority)
    kept = ranked[:STANDING]
    dropped = tuple(
        Retracted(suggestion=old.id, reason=RetractReason.SUPERSEDED) for old in ranked[STANDING:]
    )
    shown = Shown(
        technique=rule.technique,
        rule=rule.id,
        lines=wording.indexes,
        customer_turns=len(conversation.customer_turns),
    )
    return replace(
        conversation,
        standing=tuple(kept),
        retracted=(*conversation.retracted, *dropped),
        shown=(*conversation.shown, shown),
    )


def _aged(conversation: Conversation) -> Conversation:
    """Return the conversation with suggestions older than their life taken away."""
    heard = len(conversation.customer_turns)
    born = {f"{shown.rule}": shown.customer_turns for shown in conversation.shown}
    old = [
        suggestion
        for suggestion in conversation.standing
        if suggestion.kind is not Kind.ALERT
        and heard - born[suggestion.rule] >= suggestion.expires_after_turn
    ]
    return replace(
        conversation,
        standing=tuple(s for s in conversation.standing if s not in old),
        retracted=tuple(Retracted(suggestion=s.id, reason=RetractReason.MOVED_ON) for s in old),
    )
