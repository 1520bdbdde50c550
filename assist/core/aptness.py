"""How well each technique fits a moment, by what was read in it and what the agent has done.

The law: an aptness is a weighted sum of named features, and of what a language model makes of the
customer's turns, through a logistic curve; the numbers are data, fitted on labelled chats. It knows
techniques, no rules and no lines. What speaks for it are the words behind the features that raise
it most; where none of these has words, the whole turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import exp
from types import MappingProxyType
from typing import Any

import numpy as np

from assist.core.conversation import Conversation
from assist.core.signals import APT, Evidence, Later, Reading, Signal
from assist.core.text import Span, words
from assist.core.turns import Role, Turn

__all__ = ["UNTAUGHT", "Aptness", "Embedded", "Scale", "embedded", "features", "with_aptness"]

SOURCE = "aptness"
_MANY = 8
"""So many customer turns count in full."""
_FEW_WORDS = 4
_BACK = 12
"""So many of the customer's turns are looked back over."""
_WORTH = 0.1
"""What fits less is told of the whole turn: nobody asks which words speak for it."""
_SURE = 0.0001
"""Nothing is surer than this, either way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What a technique's aptness is weighed by, in log-odds."""

    bias: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Embedded:
    """What `embedded` adds in log-odds: `weights` (inputs, techniques), from `centre` (inputs,)."""

    weights: np.ndarray
    centre: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Aptness:
    """The scales by technique; of use only where the signal `needs` was read.

    `embedded` has a column for each of the scales, in their order.
    """

    needs: str = ""
    scales: Mapping[str, Scale] = field(default_factory=lambda: MappingProxyType({}))
    embedded: Embedded | None = field(default=None, repr=False)
    _places: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _rows: Any = field(default=None, init=False, repr=False, compare=False)
    names: tuple[str, ...] = field(default=(), init=False, repr=False, compare=False)
    """The signals that there are, one a technique."""
    named: frozenset[str] = field(default=frozenset(), init=False, repr=False, compare=False)
    """Their names, and that of their family."""

    def __post_init__(self) -> None:
        """Lay the weights of a feature side by side, for all techniques: once, not every turn.

        The first row are the biases.
        """
        scales = self.scales.values()
        names = sorted({name for scale in scales for name in scale.weights})
        self._places.update({name: place for place, name in enumerate(names, start=1)})
        rows = [[scale.weights.get(name, 0.0) for scale in scales] for name in names]
        object.__setattr__(self, "_rows", np.array([[s.bias for s in scales], *rows]))
        signals = tuple(f"{APT}{technique}" for technique in self.scales)
        object.__setattr__(self, "names", signals)
        object.__setattr__(self, "named", frozenset((*signals, f"{APT}*")))

    def odds(self, told: Mapping[str, float], sense: np.ndarray | None = None) -> dict[str, float]:
        """Return the log-odds of every technique where the features are as told.

        `sense` is what `embedded` returns; without it nothing is added for it.
        """
        found = sorted((self._places[name], told[name]) for name in told.keys() & self._places)
        values = np.array([1.0, *(value for _, value in found)])
        rows = self._rows[[0, *(place for place, _ in found)]]
        # Row after row: the same sum in the same order everywhere.
        odds = np.add.reduce(values[:, None] * rows, axis=0)
        more = self.embedded
        if more is not None and sense is not None and sense.shape == more.centre.shape:
            odds = odds + np.add.reduce((sense - more.centre)[:, None] * more.weights, axis=0)
        return dict(zip(self.scales, odds.tolist(), strict=True))


UNTAUGHT = Aptness()


def features(conversation: Conversation, reading: Reading) -> dict[str, float]:
    """Return what an aptness may be weighed by: names with values, most of them 0..1.

    The reading is that of the customer's last turn, which the conversation already holds.
    """
    found = {f"signal.{signal.name}": signal.score for signal in reading.signals}
    level = conversation.escalation.level
    found |= {
        f"stage.{conversation.stage}": 1.0,
        f"level.{level}": 1.0,
        "score": conversation.escalation.score,
        "heard": min(len(conversation.customer_turns), _MANY) / _MANY,
        "unanswered": float(not conversation.agent_turns),
    }
    last = conversation.last
    if last is not None:
        found |= _of_words(last)
    if conversation.gathered.causes:
        found["cause.known"] = 1.0
    found |= {f"did.{name}": 1.0 for name in conversation.gathered.done}
    return found | {f"just.{act.name}": 1.0 for act in conversation.last_acts}


def embedded(conversation: Conversation, reading: Reading) -> np.ndarray | None:
    """Return the embedding of the customer's last turn, and the mean of theirs lately, behind it.

    None where no language model read that turn. The reading is one that the conversation holds.
    """
    if not reading.embedding:
        return None
    lately = conversation.customer_readings()[-_BACK:]
    size = len(reading.embedding)
    told = [one.embedding for one in lately if len(one.embedding) == size] or [reading.embedding]
    rows = np.frombuffer(b"".join(told), "<f2").reshape(len(told), -1).astype(np.float64)
    now = np.frombuffer(reading.embedding, "<f2").astype(np.float64)
    return np.concatenate([now, np.add.reduce(rows, axis=0) / len(told)])


def _of_words(turn: Turn) -> dict[str, float]:
    said = len(words(turn.text))
    return {"asks": float("?" in turn.text), "brief": float(said < _FEW_WORDS)}


def with_aptness(conversation: Conversation, reading: Reading, policy: Aptness) -> Reading:
    """Return the reading with a signal `apt.<technique>` for each technique that is known.

    Each is made when a rule asks for it: most are never asked for.
    """
    if not policy.scales or reading.signal(policy.needs) is None:
        return reading
    moment = _Moment(conversation, reading, policy)
    return reading.awaiting(Later(policy.names, policy.named, moment.signal))


class _Moment:
    """A moment that techniques are held against, weighed when the first of them is."""

    def __init__(self, conversation: Conversation, reading: Reading, policy: Aptness) -> None:
        self._conversation, self._reading, self._policy = conversation, reading, policy

    def signal(self, name: str) -> Signal:
        """Return how well the technique fits that the signal is named for."""
        technique = name.removeprefix(APT)
        odds = self._odds[technique]
        chance = min(max(round(1 / (1 + exp(-odds)), 4), _SURE), 1 - _SURE)
        scale = self._policy.scales[technique]
        words = _strongest(scale, self._told, self._spoken) if chance >= _WORTH else ()
        return Signal(name=name, score=chance, evidence=words or self._turn)

    @cached_property
    def _told(self) -> dict[str, float]:
        return features(self._conversation, self._reading)

    @cached_property
    def _odds(self) -> dict[str, float]:
        return self._policy.odds(self._told, embedded(self._conversation, self._reading))

    @cached_property
    def _spoken(self) -> dict[str, tuple[Evidence, ...]]:
        signals = self._reading.signals
        return {f"signal.{one.name}": one.evidence for one in signals if one.evidence}

    @cached_property
    def _turn(self) -> tuple[Evidence, ...]:
        return _whole(self._conversation)


def _strongest(
    scale: Scale, told: Mapping[str, float], spoken: Mapping[str, tuple[Evidence, ...]]
) -> tuple[Evidence, ...]:
    """Return the words behind the feature that raises it most, of those that have words."""
    pulls = {name: scale.weights.get(name, 0.0) * told[name] for name in spoken}
    name = max(pulls, key=lambda one: (pulls[one], one), default="")
    return spoken[name] if pulls.get(name, 0.0) > 0 else ()


def _whole(conversation: Conversation) -> tuple[Evidence, ...]:
    """Return the customer's whole turn, where they spoke last."""
    return tuple(
        Evidence(turn=turn.id, span=Span(0, len(turn.text)), cue=SOURCE, source=SOURCE)
        for turn in conversation.turns[-1:]
        if turn.role is Role.CUSTOMER
    )
