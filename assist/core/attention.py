"""How much an agent is shown: the budget as a policy, and every reason to hold a card back.

The law: a card is shown only where no reason stands against it, and the first reason in the order
below is the one that is told. At most one new card a customer turn and `standing` at once; time
adds at most `by_time` while nobody speaks; a calm chat gets one card in `calm_turns` agent turns;
where no sign is sure and nothing fits well, nothing. What calls upwards is bound by room and rest
alone: it is neither muted nor thinned out. Whoever asked for fewer prompts gets their own choice,
and nobody else's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.core.rules import Rule
from assist.core.signals import Evidence, Reading
from assist.core.suggestions import HeldReason, Kind

__all__ = [
    "EVERY",
    "PLAIN",
    "AttentionPolicy",
    "Bid",
    "Outlook",
    "is_calm",
    "muted_techniques",
    "outlook_on",
    "reason_against",
    "sureness",
]

EVERY = "*"
"""Stands for every technique where one is snoozed or muted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionPolicy:
    """The budget, as data.

    A chat is calm while its level is and the last `calm_after` customer turns named no trouble.
    `sure` is the score that the strongest sign of a card must have. How well a technique fits the
    moment binds the rules of the pack `taught`, as others stand by their own words and priority:
    a reply by signals alone, and not by time, must fit at least `apt`, in a calm chat `apt_calm`,
    from high on `apt_high`; what fits so well needs no other sign to be sure by. Where a rule's own
    words stand in the turn, `words` is what they add, in log-odds. Techniques that the agent asked
    to see less of rest `longer` times as long, from the start on, below high.
    """

    standing: int = 3
    by_time: int = 2
    calm_turns: int = 6
    calm_after: int = 6
    sure: float = 0.55
    apt: float = 0.0
    apt_calm: float = 0.0
    apt_high: float = 0.0
    taught: str = ""
    words: float = 0.0
    longer: int = 4


PLAIN = AttentionPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """A rule that would like to be shown, with its evidence; `worded` tells if it has lines left.

    `apt` is how well its technique fits the moment (0..1), None where that is not known; `own` that
    it goes by words of its own in the turn, or by what the playbook has for it.
    """

    rule: Rule
    evidence: tuple[Evidence, ...]
    worded: Callable[[], bool]
    by_time: bool
    apt: float | None = None
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What all bids of one moment are weighed against; `taken` once one of them is shown."""

    conversation: Conversation
    heard: int
    answered: int
    calm: bool
    muted: frozenset[str]
    done: frozenset[str]
    by_time: int
    taken: bool = False


_TROUBLE = frozenset(
    {
        "distress", "repeat-contact", "venting", "third-party", "mistaken", "emotion.anger",
        "emotion.frustration", "emotion.disappointment", "emotion.anxiety", "emotion.confusion",
        "emotion.sadness",
    }
)  # fmt: skip
_TROUBLES = ("cause.", "risk.")


def outlook_on(conversation: Conversation, policy: AttentionPolicy) -> Outlook:
    """Return what the bids of this moment are weighed against."""
    last = conversation.last
    return Outlook(
        conversation=conversation,
        heard=len(conversation.customer_turns),
        answered=len(conversation.agent_turns),
        calm=is_calm(conversation, policy),
        muted=muted_techniques(conversation),
        done=frozenset(act.technique for act in conversation.last_acts),
        by_time=sum(
            shown.by_time and shown.turn == (last.id if last else "")
            for shown in conversation.shown
        ),
    )


def is_calm(conversation: Conversation, policy: AttentionPolicy) -> bool:
    """Tell whether the level is calm and nothing lately told of trouble."""
    if conversation.escalation.level is not Level.CALM:
        return False
    lately = conversation.customer_readings()[-policy.calm_after :]
    return not any(_troubled(reading, policy.sure) for reading in lately)


def muted_techniques(conversation: Conversation) -> frozenset[str]:
    """Return what the agent who has the conversation muted for all of their chats."""
    chosen = conversation.chosen
    if chosen is None or chosen.agent != conversation.agent:
        return frozenset()
    return frozenset(chosen.muted)


def sureness(evidence: tuple[Evidence, ...], rule: str, conversation: Conversation) -> float:
    """Return how sure the surest sign is: 1 for the rule's own words and for what is no sign."""
    return max((_score(proof, rule, conversation) for proof in evidence), default=1.0)


def reason_against(bid: Bid, outlook: Outlook, policy: AttentionPolicy) -> HeldReason | None:
    """Return the first reason to hold this bid back, or None where it is to be shown."""
    checks = _ALWAYS if bid.rule.kind is Kind.ALERT else _CHECKS
    return next((reason for reason, holds in checks if holds(bid, outlook, policy)), None)


def _troubled(reading: Reading, sure: float) -> bool:
    return any(
        signal.score >= sure and (signal.name in _TROUBLE or signal.name.startswith(_TROUBLES))
        for signal in reading.signals
    )


def _score(proof: Evidence, rule: str, conversation: Conversation) -> float:
    if proof.source == rule:
        return 1.0
    reading = conversation.reading(proof.turn)
    scores = [
        abs(signal.score)
        for signal in (reading.signals if reading else ())
        if signal.name != "valence" and proof in signal.evidence
    ]
    return max(scores, default=1.0)


def _snoozed(bid: Bid, outlook: Outlook, _: AttentionPolicy) -> bool:
    snoozed = outlook.conversation.snoozed
    every = EVERY in snoozed and bid.rule.kind is not Kind.ALERT
    return every or bid.rule.technique in snoozed


def _muted(bid: Bid, outlook: Outlook, _: AttentionPolicy) -> bool:
    return bool(outlook.muted & {EVERY, bid.rule.technique})


def _standing(bid: Bid, outlook: Outlook, _: AttentionPolicy) -> bool:
    return any(card.technique == bid.rule.technique for card in outlook.conversation.standing)


def _just_done(bid: Bid, outlook: Outlook, _: AttentionPolicy) -> bool:
    return bid.rule.kind is Kind.REPLY and bid.rule.technique in outlook.done


def _rests(bid: Bid, outlook: Outlook, _: AttentionPolicy) -> bool:
    last = _last_shown(bid, outlook)
    return last is not None and outlook.heard - last < bid.rule.rest


def _rests_longer(bid: Bid, outlook: Outlook, policy: AttentionPolicy) -> bool:
    chosen, now = outlook.conversation.chosen, outlook.conversation
    if chosen is None or chosen.agent != now.agent or bid.rule.technique not in chosen.resting:
        return False
    if now.escalation.level.rank >= Level.HIGH.rank:
        return False
    return outlook.heard - (_last_shown(bid, outlook) or 0) < bid.rule.rest * policy.longer


def _last_shown(bid: Bid, outlook: Outlook) -> int | None:
    times = (
        shown.customer_turns
        for shown in outlook.conversation.shown
        if shown.technique == bid.rule.technique
    )
    return max(times, default=None)


def _unsure(bid: Bid, outlook: Outlook, policy: AttentionPolicy) -> bool:
    high = outlook.conversation.escalation.level.rank >= Level.HIGH.rank
    bound = policy.apt_high if high else policy.apt_calm if outlook.calm else policy.apt
    fits = bid.apt is not None and bid.apt >= bound
    if bid.own or bid.by_time or bid.apt is None:
        return not fits and sureness(bid.evidence, bid.rule.id, outlook.conversation) < policy.sure
    if bid.rule.kind is Kind.REPLY or fits:
        return not fits
    return sureness(bid.evidence, bid.rule.id, outlook.conversation) < policy.sure


def _spent(bid: Bid, _: Outlook, __: AttentionPolicy) -> bool:
    return not bid.worded()


def _calm_enough(_: Bid, outlook: Outlook, policy: AttentionPolicy) -> bool:
    if outlook.taken or not outlook.calm:
        return False
    return any(
        outlook.answered - shown.agent_turns < policy.calm_turns
        for shown in outlook.conversation.shown
    )


def _no_room(bid: Bid, outlook: Outlook, policy: AttentionPolicy) -> bool:
    """Tell whether the moment's card is shown, or the bid could not stand among the others."""
    if outlook.taken or (bid.by_time and outlook.by_time >= policy.by_time):
        return True
    standing = outlook.conversation.standing
    return len(standing) >= policy.standing and bid.rule.priority <= standing[-1].priority


_Check = Callable[[Bid, Outlook, AttentionPolicy], bool]
_CHECKS: tuple[tuple[HeldReason, _Check], ...] = (
    (HeldReason.SNOOZED, _snoozed),
    (HeldReason.MUTED, _muted),
    (HeldReason.STANDING, _standing),
    (HeldReason.DONE, _just_done),
    (HeldReason.RESTING, _rests),
    (HeldReason.FEWER, _rests_longer),
    (HeldReason.UNSURE, _unsure),
    (HeldReason.SPENT, _spent),
    (HeldReason.CALM, _calm_enough),
    (HeldReason.BUDGET, _no_room),
)
_THINNED = {HeldReason.MUTED, HeldReason.FEWER, HeldReason.UNSURE, HeldReason.CALM}
_ALWAYS = tuple(check for check in _CHECKS if check[0] not in _THINNED)
