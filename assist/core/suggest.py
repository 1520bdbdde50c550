"""From a conversation to what the agent is shown.

The law: every rule that applies either becomes a suggestion or is held back with the reason that
`assist.core.attention` gives, and each such moment is kept. When nothing applies: silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, log

from assist.core.attention import PLAIN, AttentionPolicy, Bid, outlook_on, reason_against
from assist.core.conditions import Scene
from assist.core.conversation import Conversation, Shown
from assist.core.phrasing import Wording, facts_of, worded
from assist.core.playbook import Playbook
from assist.core.rules import Pack, Rule, Watches, applies
from assist.core.signals import APT, Evidence
from assist.core.suggestions import (
    Held,
    HeldReason,
    Kind,
    Moment,
    Retracted,
    RetractReason,
    Suggestion,
)
from assist.core.values import changed

__all__ = ["Candidate", "candidates", "clear", "offer", "suggest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A rule that applies, with the words that made it apply.

    `apt` is how well its technique fits the moment (0..1), None where that is not known; `own` that
    words of the rule itself stand in the turn; `theirs` that they do, in a rule of a company's own.
    """

    rule: Rule
    evidence: tuple[Evidence, ...]
    apt: float | None = None
    own: bool = False
    theirs: bool = False


def candidates(
    scene: Scene, pack: Pack, *, heard: bool, attention: AttentionPolicy = PLAIN
) -> tuple[Candidate, ...]:
    """Return the rules that apply to a scene, most important first.

    `heard` is True where the customer has just spoken; otherwise only rules that watch the
    conversation itself are asked.
    """
    rules = pack.heard if heard else pack.watching(Watches.CONVERSATION, marks=False)
    found = [
        _candidate(rule, evidence, scene, attention)
        for rule in rules.in_question(scene.reading)
        if (evidence := applies(rule, scene)) is not None
    ]
    return tuple(sorted(found, key=_rank))


def _rank(candidate: Candidate) -> tuple[bool, bool, float, int, str]:
    """Return where a rule stands among others: calls upwards, then what fits the moment best.

    Where it is not known how well a technique fits, its rule's priority says it, of a hundred; but
    words that a company wrote its own rule for come before all that was learned.
    """
    rule, apt = candidate.rule, candidate.apt
    worth = rule.priority / 100 if apt is None else apt
    return rule.kind is not Kind.ALERT, not candidate.theirs, -worth, -rule.priority, rule.id


def _candidate(
    rule: Rule, evidence: tuple[Evidence, ...], scene: Scene, attention: AttentionPolicy
) -> Candidate:
    """Return the candidate; what the words of a rule have been worth adds to how well it fits."""
    own = any(proof.source == rule.id for proof in evidence)
    apt, known = None, rule.id.partition("/")[0] == attention.taught
    if scene.reading is not None and known:
        signal = scene.reading.signal(f"{APT}{rule.technique}")
        apt = signal.score if signal else None
    if own and apt is not None:
        apt = round(1 / (1 + exp(-(log(apt / (1 - apt)) + attention.words))), 4)
    theirs = own and not known and bool(attention.taught)
    return Candidate(rule=rule, evidence=evidence, apt=apt, own=own, theirs=theirs)


def suggest(
    scene: Scene,
    pack: Pack,
    playbook: Playbook,
    *,
    heard: bool,
    attention: AttentionPolicy = PLAIN,
) -> Conversation:
    """Return the conversation with what now stands and what was held back."""
    conversation = _aged(scene.conversation) if heard else scene.conversation
    found = candidates(scene, pack, heard=heard, attention=attention)
    if not found:
        return changed(conversation, held=())
    facts = facts_of(conversation, pack, playbook)
    outlook = outlook_on(conversation, attention)
    turn = conversation.last.id if conversation.last else ""
    moment, kept = Moment(turn=turn, by_time=not heard), []
    for candidate in found:
        rule = candidate.rule
        wording = _Wording(rule, conversation, facts, playbook)
        bid = Bid(
            rule=rule,
            evidence=candidate.evidence,
            worded=wording.there,
            by_time=not heard,
            apt=candidate.apt,
            own=candidate.own or bool(rule.needs),
        )
        reason = reason_against(bid, outlook, attention)
        if reason is not None or (words := wording.words) is None:
            reason = reason or HeldReason.SPENT
            kept.append(Held(technique=rule.technique, rule=rule.id, turn=turn, reason=reason))
            continue
        chosen = offer(candidate, words, turn)
        conversation = _with(conversation, chosen, moment, words, attention)
        moment = changed(moment, shown=chosen.id)
        outlook = changed(outlook, conversation=conversation, taken=True)
    held = tuple(kept)
    moments = (*conversation.moments, changed(moment, held=held))
    return changed(conversation, held=held, moments=moments)


class _Wording:
    """The words of a rule, looked for when it first matters whether there are any."""

    def __init__(
        self, rule: Rule, conversation: Conversation, facts: Mapping[str, str], playbook: Playbook
    ) -> None:
        self._about = rule, conversation, facts, playbook

    @cached_property
    def words(self) -> Wording | None:
        """Return them, None where none are left."""
        return worded(*self._about)

    def there(self) -> bool:
        """Tell whether there are any."""
        return self.words is not None


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
        why=wording.why or rule.why,
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
    return changed(conversation, standing=(), retracted=gone, held=())


def _with(
    conversation: Conversation,
    new: Suggestion,
    moment: Moment,
    wording: Wording,
    attention: AttentionPolicy,
) -> Conversation:
    ranked = sorted((*conversation.standing, new), key=lambda standing: -standing.priority)
    kept, dropped = ranked[: attention.standing], ranked[attention.standing :]
    shown = Shown(
        technique=new.technique,
        rule=new.rule,
        lines=wording.indexes,
        customer_turns=len(conversation.customer_turns),
        agent_turns=len(conversation.agent_turns),
        turn=moment.turn,
        by_time=moment.by_time,
    )
    gone = tuple(Retracted(suggestion=old.id, reason=RetractReason.SUPERSEDED) for old in dropped)
    return changed(
        conversation,
        standing=tuple(kept),
        retracted=(*conversation.retracted, *gone),
        shown=(*conversation.shown, shown),
    )


def _aged(conversation: Conversation) -> Conversation:
    """Return the conversation with suggestions older than their life taken away."""
    if not (conversation.standing or conversation.retracted):
        return conversation
    heard = len(conversation.customer_turns)
    born = {f"{shown.rule}": shown.customer_turns for shown in conversation.shown}
    old = [
        suggestion
        for suggestion in conversation.standing
        if suggestion.kind is not Kind.ALERT
        and heard - born[suggestion.rule] >= suggestion.expires_after_turn
    ]
    if not (old or conversation.retracted):
        return conversation
    return changed(
        conversation,
        standing=tuple(s for s in conversation.standing if s not in old),
        retracted=tuple(Retracted(suggestion=s.id, reason=RetractReason.MOVED_ON) for s in old),
    )
