"""What the course of a talk adds to its words: it gets worse, goes unanswered, goes in circles.

The law: a strain is an amount (0..1, the turn for the worse −1..1) that follows from the turns so
far and never from a later one. What it weighs, the policy says. Time is what the turns say it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import log2
from statistics import fmean

from assist.core.conversation import Conversation
from assist.core.escalation import Contribution, EscalationPolicy
from assist.core.signals import Evidence, Reading, SentimentLabel
from assist.core.text import Span, words
from assist.core.turns import Role, Turn

__all__ = ["STRAINS", "Strain", "strains", "weighed"]

WORSE, UNMET, AGAIN, WAITED, PASSED_ON, SAME_ANSWER = STRAINS = (
    "worse", "unmet", "again", "waited", "passed-on", "same-answer",
)  # fmt: skip
SOURCE = "course"
_MOVING = frozenset({"offer", "promise", "progress", "agreement", "transfer"})
_ANSWERS = frozenset({Role.AGENT, Role.BOT})
_OPENING_AND_TWO = 3
_UNMET, _AGAIN, _PASSED_ON, _SAME = 3, 3, 3, 2
"""How many of a kind make a whole strain."""
_LATELY = 5
"""How many of the customer's turns a repetition or a handing on is held against."""
_BACK = 12
_LONG_WORD, _FEW_WORDS, _ALIKE = 4, 4, 0.6
_PATIENCE, _DOUBLINGS = timedelta(minutes=2), 4
"""A wait begins to count, and counts in full when it has doubled so often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """One thing in the course of a talk: how much of it, in words, and where to look."""

    name: str
    amount: float
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """What was said aloud, with the customer's readings by turn and the turns that moved on."""

    turns: tuple[Turn, ...]
    readings: dict[str, Reading]
    moved: frozenset[str]

    @property
    def unhappy(self) -> list[str]:
        """Return the customer's turns of late that sounded unhappy."""
        lately = list(self.readings.values())[-_LATELY:]
        return [one.turn for one in lately if one.sentiment.label is SentimentLabel.NEGATIVE]

    def resented(self, answers: Sequence[Turn]) -> list[Turn]:
        """Return those of these answers, of late, after which the customer sounded unhappy."""
        places = {turn.id: place for place, turn in enumerate(self.turns)}
        unhappy = {places[turn] for turn in self.unhappy}
        spoken = [places[reading.turn] for reading in self.readings.values()]
        nexts = ((one, next((at for at in spoken if at > places[one.id]), 0)) for one in answers)
        return [one for one, reply in nexts if reply in unhappy]


def strains(conversation: Conversation) -> tuple[Strain, ...]:
    """Return what strains the talk after its last turn, which is the customer's."""
    talk = _Talk(
        turns=tuple(turn for turn in conversation.turns if not turn.private),
        readings={reading.turn: reading for reading in conversation.customer_readings()},
        moved=frozenset(act.turn for act in conversation.acts if act.name in _MOVING),
    )
    if not talk.readings:
        return ()
    kinds = (_worse, _unmet, _again, _waited, _passed_on, _same_answer)
    return tuple(found for kind in kinds for found in kind(talk) if found.amount)


def weighed(found: tuple[Strain, ...], policy: EscalationPolicy) -> tuple[Contribution, ...]:
    """Return what strains pull on the belief."""
    return tuple(
        Contribution(
            name=f"{SOURCE}.{strain.name}",
            text=strain.text,
            weight=policy.course[strain.name] * strain.amount,
            evidence=strain.evidence,
            course=True,
        )
        for strain in found
        if abs(policy.course.get(strain.name, 0.0) * strain.amount) >= policy.floor
    )


def _worse(talk: _Talk) -> Iterator[Strain]:
    """Hold the last two turns against the customer's own opening, which is seldom happy."""
    heard = list(talk.readings.values())
    if len(heard) < _OPENING_AND_TWO:
        return
    fall = heard[0].sentiment.score - fmean(reading.sentiment.score for reading in heard[-2:])
    felt = heard[-1].signal("valence")
    yield Strain(
        name=WORSE,
        amount=round(max(-1.0, min(1.0, fall)), 4),
        text="sounds less happy than at the start" if fall > 0 else "sounds happier than before",
        evidence=felt.evidence if felt else (),
    )


def _unmet(talk: _Talk) -> Iterator[Strain]:
    """Count the unhappy turns since something was asked for and nothing was moved."""
    asked: Reading | None = None
    unhappy = 0
    for turn in talk.turns:
        reading = talk.readings.get(turn.id)
        if turn.id in talk.moved or (reading and reading.signal("resolved")):
            asked, unhappy = None, 0
        elif reading and asked:
            unhappy += reading.sentiment.label is SentimentLabel.NEGATIVE
        elif reading and ("?" in turn.text or reading.family("need") or reading.family("cause")):
            asked = reading
    if asked and unhappy:
        wanted = (*asked.family("need"), *asked.family("cause"))
        yield Strain(
            name=UNMET,
            amount=_share(unhappy, _UNMET),
            text="what they came for is still open",
            evidence=tuple(proof for signal in wanted for proof in signal.evidence),
        )


def _again(talk: _Talk) -> Iterator[Strain]:
    """Count the turns of late that say what was said before, here or in an earlier contact."""
    known = set[str]()
    found: list[tuple[Evidence, ...]] = []
    for reading in talk.readings.values():
        causes = {signal.name: signal for signal in reading.family("cause")}
        told = [causes[name] for name in sorted(known & causes.keys())]
        told += [s for s in reading.signals if s.name in {"repeat.own", "repeat-contact"}]
        found.append(tuple(proof for signal in told for proof in signal.evidence))
        known |= causes.keys()
    again = [proofs for proofs in found[-_LATELY:] if proofs]
    if again:
        amount = _share(len(again), _AGAIN)
        yield Strain(name=AGAIN, amount=amount, text="has to say it again", evidence=again[-1])


def _waited(talk: _Talk) -> Iterator[Strain]:
    """Measure the wait before this turn, for an answer or for one still to come."""
    asked, waited = None, timedelta(0)
    for turn in talk.turns[:-1]:
        if turn.role in _ANSWERS:
            waited, asked = (turn.at - asked if asked else waited), None
        elif asked is None and _asks(talk.readings.get(turn.id)):
            asked, waited = turn.at, timedelta(0)
    waited = talk.turns[-1].at - asked if asked else waited
    if waited > _PATIENCE:
        amount = min(1.0, log2(waited / _PATIENCE) / _DOUBLINGS)
        text = f"waited {_spoken(waited)} for an answer"
        yield Strain(name=WAITED, amount=round(amount, 4), text=text)


def _asks(reading: Reading | None) -> bool:
    """Tell whether a customer's turn wants an answer; thanks do not."""
    return reading is not None and reading.sentiment.label is not SentimentLabel.POSITIVE


def _spoken(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    for size, unit in ((2880, "days"), (120, "hours")):
        if minutes >= size:
            return f"{minutes // (1440 if unit == 'days' else 60)} {unit}"
    return f"{minutes} minutes"


def _passed_on(talk: _Talk) -> Iterator[Strain]:
    """Count how often of late one agent took over from another and the customer was no happier."""
    agents = [turn for turn in talk.turns if turn.role is Role.AGENT and turn.author]
    over = [after for before, after in pairwise(agents) if before.author != after.author]
    times = len(talk.resented(over))
    if times:
        text = "passed from one agent to another"
        yield Strain(name=PASSED_ON, amount=_share(times, _PASSED_ON), text=text)


def _same_answer(talk: _Talk) -> Iterator[Strain]:
    """Count the answers of late that said what an earlier one said, to an unhappy customer."""
    if not talk.unhappy:
        return
    known: list[frozenset[str]] = []
    same: list[Turn] = []
    for turn in [turn for turn in talk.turns if turn.role in _ANSWERS][-_BACK:]:
        content = frozenset(w.text for w in words(turn.text) if len(w.text) >= _LONG_WORD)
        if len(content) >= _FEW_WORDS:
            same += [turn] if any(_alike(content, other) for other in known) else []
            known.append(content)
    resented = talk.resented(same)
    if resented:
        place, cue = Span(0, len(resented[-1].text)), f"{SOURCE}.{SAME_ANSWER}"
        proof = Evidence(turn=resented[-1].id, span=place, cue=cue, source=SOURCE)
        yield Strain(
            name=SAME_ANSWER,
            amount=_share(len(resented), _SAME),
            text="was given the same answer again",
            evidence=(proof,),
        )


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)


def _share(times: int, whole: int) -> float:
    return round(min(times, whole) / whole, 4)
