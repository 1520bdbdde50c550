"""What became of each suggestion, told from the chat itself and from what the agent clicked.

The law: pure, and derived from the inputs alone. A line counts as sent as it is where what was sent
differs in nothing but filled slots; as used without a click where most of its neighbouring words
stand together in what was sent. Nothing here says that one thing made another happen.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import sqrt

from assist.core.conversation import Change, Conversation, Stage
from assist.core.escalation import Level
from assist.core.suggestions import Retracted, RetractReason, Suggestion
from assist.core.text import words
from assist.core.turns import Closed, Event, Feedback, FeedbackAction, Role, Turn

__all__ = [
    "SAME",
    "Fate",
    "Interval",
    "Outcome",
    "Passage",
    "Tally",
    "distance",
    "likeness",
    "outcomes",
    "summed",
    "tallied",
    "to_rest",
    "wilson",
]

SAME = 0.6
"""The share of a line's neighbouring word pairs from which on what was sent is that line."""

_PAIRS = 3
_RELATED = 2
_ENOUGH = 0.8
_OPEN_SLOT = re.compile(r"\[[a-z][a-z ]*\]")
_SLOT = "\0"

Passage = tuple[Event, Sequence[tuple[str | None, Change]], Conversation]
"""An event, what was told because of it, and the conversation after it."""


class Fate(StrEnum):
    """What became of a suggestion in the end."""

    SENT = "sent-as-is"
    EDITED = "edited"
    UNCLICKED = "used-unclicked"
    OWN_WORDS = "own-words"
    NOT_SENT = "clicked-not-sent"
    DISMISSED = "dismissed"
    SNOOZED = "snoozed"
    SUPERSEDED = "superseded"
    IGNORED = "ignored"
    STANDING = "standing"

    @property
    def used(self) -> bool:
        """Tell whether the line was sent, as it was or changed."""
        return self in {Fate.SENT, Fate.EDITED, Fate.UNCLICKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A suggestion and its fate; `number` is the customer turn it came after, from 1.

    `distance` counts the words added, left out or changed between its line and what was sent, of
    `words` in the longer of the two. `displayed` is True where a screen said that it showed it.
    """

    suggestion: str
    technique: str
    rule: str
    number: int
    stage: Stage
    level: Level
    fate: Fate
    clicked: FeedbackAction | None = None
    displayed: bool = False
    helpful: bool | None = None
    reason: str | None = field(default=None, repr=False)
    distance: int | None = None
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share lies, with 95 of 100 chances."""

    low: float
    high: float


def wilson(part: int, whole: int, z: float = 1.96) -> Interval:
    """Return Wilson's interval for `part` of `whole`; all there is where nothing was counted."""
    if not whole:
        return Interval(0.0, 1.0)
    share, square = part / whole, z * z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    spread = share * (1 - share) / whole + square / (4 * whole * whole)
    half = z * sqrt(spread) / (1 + square / whole)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def likeness(line: str, sent: str) -> float:
    """Return which share of the line's neighbouring word pairs stands in what was sent.

    Open slots stand for any words, so pairs with them are not counted; fewer than three pairs that
    are the same are chance.
    """
    same, most = _same(line, sent)
    return same / most if same >= _PAIRS else 0.0


def distance(line: str, sent: str) -> int:
    """Return how many words were added, left out or changed; filling a slot changes nothing."""
    before, after = _words_of(line), _words_in(sent)
    costs = list(range(len(after) + 1))
    for place, word in enumerate(before, start=1):
        free = word == _SLOT
        row = [place]
        for other, said in enumerate(after):
            row.append(
                min(
                    costs[other] + (not free and word != said),
                    costs[other + 1] + 1,
                    row[other] + (not free),
                )
            )
        costs = row
    return costs[-1]


def outcomes(passages: Iterable[Passage]) -> tuple[Outcome, ...]:
    """Return what became of every suggestion of one conversation, in the order they came."""
    cards: dict[str, _Card] = {}
    for event, told, after in passages:
        if isinstance(event, Feedback) and event.suggestion in cards:
            _clicked(cards[event.suggestion], event)
        for _, change in told:
            if isinstance(change, Suggestion):
                cards[change.id] = _Card(change, after)
            elif isinstance(change, Retracted):
                cards[change.suggestion].left = change.reason
        if isinstance(event, Turn) and event.role is Role.AGENT and not event.private:
            _answered(cards.values(), event, after)
        _settle(cards.values(), over=isinstance(event, Closed))
    return tuple(card.outcome() for card in cards.values())


class _Card:
    """A suggestion while its fate is open."""

    def __init__(self, suggestion: Suggestion, after: Conversation) -> None:
        self.suggestion = suggestion
        self.number = len(after.customer_turns)
        self.stage, self.level = after.stage, after.escalation.level
        self.fate: Fate | None = None
        self.left: RetractReason | None = None
        self.clicked: FeedbackAction | None = None
        self.displayed = False
        self.helpful: bool | None = None
        self.reason: str | None = None
        self.distance: int | None = None
        self.words: int | None = None

    def outcome(self) -> Outcome:
        return Outcome(
            suggestion=self.suggestion.id,
            technique=self.suggestion.technique,
            rule=self.suggestion.rule,
            number=self.number,
            stage=self.stage,
            level=self.level,
            fate=self.fate or Fate.STANDING,
            clicked=self.clicked,
            displayed=self.displayed,
            helpful=self.helpful,
            reason=self.reason,
            distance=self.distance,
            words=self.words,
        )


_CLICKS = {FeedbackAction.INSERTED, FeedbackAction.COPIED, FeedbackAction.EDITED}
_AWAY = {
    FeedbackAction.DISMISSED: Fate.DISMISSED,
    FeedbackAction.UNHELPFUL: Fate.DISMISSED,
    FeedbackAction.SNOOZED: Fate.SNOOZED,
}


def _clicked(card: _Card, feedback: Feedback) -> None:
    action = feedback.action
    card.displayed = True
    if action in {FeedbackAction.HELPFUL, FeedbackAction.UNHELPFUL}:
        card.helpful = action is FeedbackAction.HELPFUL
    if card.fate is not None:
        return
    if action in _CLICKS:
        card.clicked = card.clicked or action
    elif action in _AWAY:
        card.fate = _AWAY[action]
        card.reason = feedback.reason


def _answered(cards: Iterable[_Card], turn: Turn, after: Conversation) -> None:
    """Judge what stood, and what was clicked, by what the agent then sent."""
    done = {act.technique for act in after.acts if act.turn == turn.id}
    for card in cards:
        if card.fate is None and (card.clicked or card.left is not None):
            _judged(card, turn.text, by_own_words=card.suggestion.technique in done)


def _judged(card: _Card, sent: str, *, by_own_words: bool) -> None:
    lines = card.suggestion.lines
    apart, line = min(((distance(line, sent), line) for line in lines), default=(-1, ""))
    if apart == 0:
        card.fate = Fate.SENT if card.clicked else Fate.UNCLICKED
    elif card.clicked:
        related = any(_same(line, sent)[0] >= _RELATED for line in lines)
        card.fate = Fate.EDITED if related else Fate.NOT_SENT
    elif any(likeness(line, sent) >= SAME for line in lines):
        card.fate = Fate.UNCLICKED
    else:
        card.fate = Fate.OWN_WORDS if by_own_words else Fate.IGNORED
    if card.fate.used:
        card.distance = apart
        card.words = max(len(_words_of(line)), len(_words_in(sent)))


def _settle(cards: Iterable[_Card], *, over: bool) -> None:
    """Decide on what left the screen unclicked, and at the end on all."""
    for card in cards:
        if card.fate is not None or not (over or (card.left and not card.clicked)):
            continue
        if card.clicked:
            card.fate = Fate.NOT_SENT
        elif card.left is RetractReason.SUPERSEDED:
            card.fate = Fate.SUPERSEDED
        else:
            card.fate = Fate.SNOOZED if card.left is RetractReason.SNOOZED else Fate.IGNORED


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often an agent used a technique by themselves, sent its card away, or used the card."""

    technique: str
    own: int = 0
    away: int = 0
    used: int = 0


def tallied(conversation: Conversation) -> tuple[Tally, ...]:
    """Return one tally a technique, from the conversation as it stands."""
    cards = {shown.suggestion: shown for shown in conversation.shown}
    away, used = _clicks(conversation)
    counts: dict[str, list[int]] = {}
    for name, shown in cards.items():
        count = counts.setdefault(shown.technique, [0, 0, 0])
        count[1] += name in away
        count[2] += name in used and name not in away
    answers = {turn.id: place for place, turn in enumerate(conversation.agent_turns)}
    done = {(act.technique, act.turn) for act in conversation.acts if act.technique}
    for technique, turn in sorted(done):
        prompted = any(
            shown.technique == technique and shown.agent_turns == answers.get(turn)
            for shown in cards.values()
        )
        if not prompted:
            counts.setdefault(technique, [0, 0, 0])[0] += 1
    return tuple(
        Tally(technique=technique, own=own, away=gone, used=taken)
        for technique, (own, gone, taken) in sorted(counts.items())
        if own or gone or taken
    )


def summed(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """Return the sum of these tallies, one a technique, by name."""
    sums: dict[str, Tally] = {}
    for one in tallies:
        old = sums.get(one.technique, Tally(technique=one.technique))
        sums[one.technique] = Tally(
            technique=one.technique,
            own=old.own + one.own,
            away=old.away + one.away,
            used=old.used + one.used,
        )
    return tuple(sums[name] for name in sorted(sums))


def to_rest(tallies: Iterable[Tally]) -> tuple[str, ...]:
    """Return the techniques that are nearly always done unprompted or sent away, by name.

    Nearly always: the low end of the interval is 8 in 10 or above, so 16 times of 16 at the least.
    """
    return tuple(
        sorted(
            one.technique
            for one in tallies
            if wilson(one.own + one.away, one.own + one.away + one.used).low >= _ENOUGH
        )
    )


def _clicks(conversation: Conversation) -> tuple[set[str], set[str]]:
    """Return the suggestions that the agent sent away, and those that were taken."""
    told = [event for event in conversation.events if isinstance(event, Feedback)]
    away = {event.suggestion for event in told if event.action in _AWAY}
    return away, {event.suggestion for event in told if event.action in _CLICKS}


def _words_of(line: str) -> list[str]:
    """Return the words of a line, with one sign for each open slot."""
    found: list[str] = []
    for place, part in enumerate(_OPEN_SLOT.split(line)):
        found += [_SLOT] * (place > 0) + [word.text for word in words(part)]
    return found


def _words_in(sent: str) -> list[str]:
    return [word.text for word in words(sent)]


def _same(line: str, sent: str) -> tuple[int, int]:
    """Return how many of the line's pairs of words stand in what was sent, and how many it has."""
    mine = _pairs(_words_of(line))
    return len(mine & _pairs(_words_in(sent))), len(mine)


def _pairs(said: Sequence[str]) -> set[tuple[str, str]]:
    return {(one, two) for one, two in pairwise(said) if _SLOT not in (one, two)}
