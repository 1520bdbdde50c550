"""What the course of a talk adds to its words: it gets worse, goes unanswered, goes in circles.

The law: a strain is an amount (0..1, the turn for the worse −1..1) that follows from the turns so
far and never from a later one. What it weighs, the policy says. Time is what the turns say it is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice, pairwise, takewhile
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
_REPEATS = ("repeat.own", "repeat-contact")
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
    """What was said aloud, with the customer's readings and the last turns that moved on.

    `first` is the place, among the readings, of the first with a signal; `content` the long words
    of what was said.
    """

    turns: tuple[Turn, ...]
    readings: tuple[Reading, ...]
    first: Mapping[str, int]
    moved: frozenset[str]
    content: Callable[[str], frozenset[str]]
    _known: dict[str, set[str]] = field(default_factory=dict)

    def back(self) -> Iterator[tuple[Turn, Reading | None]]:
        """Yield what was said, the last first, with its reading where it is the customer's."""
        readings = reversed(self.readings)
        reading = next(readings, None)
        for turn in reversed(self.turns):
            if reading is not None and reading.turn == turn.id:
                yield turn, reading
                reading = next(readings, None)
            else:
                yield turn, None

    def lately(self) -> Iterator[tuple[Turn, Reading | None]]:
        """Yield what was said since the customer's turn before those of late, the last first."""
        older = {reading.turn for reading in self.readings[-_LATELY - 1 : -_LATELY]}
        return takewhile(lambda said: said[0].id not in older, self.back())

    def resented(self) -> set[str]:
        """Return the turns of late after which the customer sounded unhappy; looked for once."""
        found = self._known.get("resented")
        if found is None:
            found = self._known["resented"] = self._resented()
        return found

    def _resented(self) -> set[str]:
        found, unhappy = set[str](), False
        negative = SentimentLabel.NEGATIVE
        if all(one.sentiment.label is not negative for one in self.readings[-_LATELY:]):
            return found
        for turn, reading in self.lately():
            if reading is not None:
                unhappy = reading.sentiment.label is negative
            elif unhappy:
                found.add(turn.id)
        return found


def strains(conversation: Conversation) -> tuple[Strain, ...]:
    """Return what strains the talk after its last turn, which is the customer's."""
    known = conversation.gathered
    talk = _Talk(
        turns=known.aloud,
        readings=known.customer_readings,
        first=known.first,
        moved=frozenset(act.turn for name, act in known.done.items() if name in _MOVING),
        content=lambda text: known.once(_content, text),
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
    heard = talk.readings
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
    since = takewhile(lambda said: not _moved_on(talk, *said), talk.back())
    for turn, reading in reversed([*since]):
        if reading and asked:
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


def _moved_on(talk: _Talk, turn: Turn, reading: Reading | None) -> bool:
    return turn.id in talk.moved or bool(reading and reading.signal("resolved"))


def _again(talk: _Talk) -> Iterator[Strain]:
    """Count the turns of late that say what was said before, here or in an earlier contact."""
    found: list[tuple[Evidence, ...]] = []
    places = range(max(0, len(talk.readings) - _LATELY), len(talk.readings))
    for place in places:
        reading = talk.readings[place]
        causes = {signal.name: signal for signal in reading.family("cause")}
        told = [causes[name] for name in sorted(causes) if talk.first[name] < place]
        if any(map(reading.signal, _REPEATS)):
            told += [one for one in reading.signals if one.name in _REPEATS]
        found.append(tuple(proof for signal in told for proof in signal.evidence))
    again = [proofs for proofs in found if proofs]
    if again:
        amount = _share(len(again), _AGAIN)
        yield Strain(name=AGAIN, amount=amount, text="has to say it again", evidence=again[-1])


def _waited(talk: _Talk) -> Iterator[Strain]:
    """Measure the wait before this turn, for an answer or for one still to come."""
    asked, ended = None, talk.turns[-1].at
    for turn, reading in islice(talk.back(), 1, None):
        if turn.role in _ANSWERS:
            if asked is not None:
                break
            ended = turn.at
        elif _asks(reading):
            asked = turn.at
    waited = ended - asked if asked else timedelta(0)
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
    resented = talk.resented()
    if not resented:
        return
    late = [*_of_agents(talk.lately())]
    agents = islice(_of_agents(talk.back()), len(late) + 1)
    times = sum(new.id in resented and new.author != old.author for new, old in pairwise(agents))
    if times:
        text = "passed from one agent to another"
        yield Strain(name=PASSED_ON, amount=_share(times, _PASSED_ON), text=text)


def _of_agents(said: Iterator[tuple[Turn, Reading | None]]) -> Iterator[Turn]:
    """Return what agents said of whom it is known who they are."""
    return (turn for turn, _ in said if turn.role is Role.AGENT and turn.author)


def _same_answer(talk: _Talk) -> Iterator[Strain]:
    """Count the answers of late that said what an earlier one said, to an unhappy customer."""
    resented = talk.resented()
    if not resented:
        return
    known: list[frozenset[str]] = []
    same: list[Turn] = []
    answers = islice((turn for turn, _ in talk.back() if turn.role in _ANSWERS), _BACK)
    for turn in reversed([*answers]):
        content = talk.content(turn.text)
        if len(content) >= _FEW_WORDS:
            if turn.id in resented and any(_alike(content, other) for other in known):
                same.append(turn)
            known.append(content)
    if same:
        place, cue = Span(0, len(same[-1].text)), f"{SOURCE}.{SAME_ANSWER}"
        proof = Evidence(turn=same[-1].id, span=place, cue=cue, source=SOURCE)
        yield Strain(
            name=SAME_ANSWER,
            amount=_share(len(same), _SAME),
            text="was given the same answer again",
            evidence=(proof,),
        )


def _content(text: str) -> frozenset[str]:
    return frozenset(word.text for word in words(text) if len(word.text) >= _LONG_WORD)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)


def _share(times: int, whole: int) -> float:
    return round(min(times, whole) / whole, 4)
