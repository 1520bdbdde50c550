"""What a rule is, and whether it applies to a scene.

The law: a rule matches nothing itself. Detectors put cues into a reading; a rule only asks which
cues, signals and states are there. Conditions are a closed set, and each answers with the evidence
that made it hold, or with None.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from typing import Self

from assist.core.conditions import (
    AllOf,
    AnyOf,
    Condition,
    LedgerHas,
    Scene,
    SignalIs,
    SilentFor,
    holds,
    hurdles,
    is_met,
    opened_by,
)
from assist.core.signals import OPINION, Evidence, Pull, Reading
from assist.core.suggestions import Kind

__all__ = [
    "Mark",
    "Pack",
    "Roster",
    "Rule",
    "Swap",
    "Watches",
    "applies",
    "asks_for_signals",
    "ruled_out",
]


_VERY_UNLIKELY = 0.02


class Watches(StrEnum):
    """What a rule looks at."""

    CUSTOMER_TURN = "customer-turn"
    AGENT_TURN = "agent-turn"
    AGENT_DRAFT = "agent-draft"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a reading rule says of a turn: a signal by name, with what it pulls on."""

    name: str
    score: float
    reason: str
    pulls: tuple[Pull, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Replace `old` (as matched, folded and lower case) by `new`, which may hold open slots."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule file, compiled. A rule marks a turn, offers lines, or finds something in a draft.

    `by_sentence` asks its conditions of each sentence alone; with `only_with_words` what is found
    in a draft is told only where better words are offered for it, with `second_opinion` only where
    no trained model holds its technique to be very unlikely there.
    """

    id: str
    technique: str
    watches: Watches
    when: Condition
    unless: Condition | None = None
    summary: str
    why: str
    source: str = ""
    mark: Mark | None = None
    kind: Kind = Kind.REPLY
    lines: tuple[str, ...] = field(default=(), repr=False)
    needs: tuple[str, ...] = ()
    swaps: tuple[Swap, ...] = ()
    rewordings: tuple[str, ...] = ()
    rest: int = 4
    priority: int = 50
    expires: int = 2
    by_sentence: bool = False
    only_with_words: bool = False
    second_opinion: bool = False

    opened_by: tuple[frozenset[str], ...] = field(default=(), init=False, repr=False, compare=False)
    """Sets of cues and signals: it takes one of each."""
    hurdles: tuple[Condition, ...] = field(default=(), init=False, repr=False, compare=False)
    """What it takes of the state."""

    def __post_init__(self) -> None:
        """Find what the rule waits for, once."""
        object.__setattr__(self, "opened_by", opened_by(self.when))
        object.__setattr__(self, "hurdles", hurdles(self.when))


class Roster(tuple[Rule, ...]):  # noqa: SLOT001  a tuple has no slots of its own
    """Rules in their order, found by what they wait for."""

    _always: list[int]
    _waiting: dict[str, list[int]]

    def __new__(cls, rules: Iterable[Rule]) -> Self:
        """Lay the rules out by one of the sets that each waits for: once, not every turn."""
        self = super().__new__(cls, rules)
        self._always, self._waiting = [], {}
        for place, rule in enumerate(self):
            if not rule.opened_by:
                self._always.append(place)
            for name in rule.opened_by[0] if rule.opened_by else ():
                self._waiting.setdefault(name, []).append(place)
        return self

    def in_question(self, reading: Reading | None) -> list[Rule]:
        """Return the rules that what was read does not rule out; without a reading, most are."""
        named = reading.named if reading is not None else frozenset()
        places = set(self._always)
        for name in named & self._waiting.keys():
            places.update(self._waiting[name])
        found = (self[place] for place in sorted(places))
        # What waits for one set alone has that; most do.
        return [
            rule
            for rule in found
            if len(rule.opened_by) < 2 or not any(map(named.isdisjoint, rule.opened_by))
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The rules in force. `digest` changes with any rule; `things` and `feelings` are wording."""

    name: str
    version: str
    digest: str
    rules: tuple[Rule, ...]
    things: tuple[str, ...] = ()
    feelings: tuple[tuple[str, str], ...] = ()

    _by_place: dict[tuple[Watches, bool], Roster] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _marking: dict[Watches, tuple[Roster, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    heard: Roster = field(default=(), init=False, repr=False, compare=False)  # type: ignore[assignment]
    """The rules that are asked when the customer has spoken; without it, those of silence are."""
    silences: tuple[int, ...] = field(default=(), init=False, repr=False, compare=False)
    """The seconds of silence that some rule waits for."""
    reminders: tuple[int, ...] = field(default=(), init=False, repr=False, compare=False)
    """The seconds before something is due at which some rule looks at it."""

    def __post_init__(self) -> None:
        """Sort the rules by what they watch, once."""
        for watches in Watches:
            there = [rule for rule in self.rules if rule.watches is watches]
            marking = [rule for rule in there if rule.mark is not None]
            marking.sort(key=asks_for_signals)
            self._by_place[watches, True] = Roster(marking)
            groups = groupby(marking, key=asks_for_signals)
            self._marking[watches] = tuple(Roster(group) for _, group in groups)
            self._by_place[watches, False] = Roster(rule for rule in there if rule.mark is None)
        silent = self.watching(Watches.CONVERSATION, marks=False)
        theirs = self.watching(Watches.CUSTOMER_TURN, marks=False)
        object.__setattr__(self, "heard", Roster((*theirs, *silent)))
        asked = [part for rule in silent for part in _parts_of(rule.when)]
        silences = {part.seconds for part in asked if isinstance(part, SilentFor)}
        reminders = {part.soon for part in asked if isinstance(part, LedgerHas)}
        object.__setattr__(self, "silences", tuple(sorted(silences - {0})))
        object.__setattr__(self, "reminders", tuple(sorted(reminders - {0})))

    @property
    def of_agents(self) -> tuple[Rule, ...]:
        """Return the rules that look at what an agent says or is about to say."""
        agents = {Watches.AGENT_TURN, Watches.AGENT_DRAFT}
        return tuple(rule for rule in self.rules if rule.watches in agents)

    def watching(self, watches: Watches, *, marks: bool) -> Roster:
        """Return the rules that watch this and do (or do not) mark turns.

        Of those that mark, the ones that ask for signals come last.
        """
        return self._by_place[watches, marks]

    def marking(self, watches: Watches) -> tuple[Roster, ...]:
        """Return the rules that mark what they watch, those apart that others go before."""
        return self._marking[watches]

    def technique_of(self, signal: str) -> str:
        """Return the technique whose rule marks agent turns with `signal`, or an empty text."""
        for rule in self.watching(Watches.AGENT_TURN, marks=True):
            if rule.mark is not None and rule.mark.name == signal:
                return rule.technique
        return ""


def asks_for_signals(rule: Rule) -> bool:
    """Tell whether a rule has a condition on signals, which others must have marked before."""
    asked = [when for when in (rule.when, rule.unless) if when is not None]
    return any(isinstance(part, SignalIs) for when in asked for part in _parts_of(when))


def _parts_of(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all that it is made of."""
    yield condition
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from _parts_of(part)


def applies(rule: Rule, scene: Scene) -> tuple[Evidence, ...] | None:
    """Return the evidence that `rule` applies to `scene`, or None where it does not.

    Where words just said speak for it, older ones are left out.
    """
    for hurdle in rule.hurdles:
        if holds(hurdle, scene) is None:
            return None
    if rule.second_opinion and ruled_out(rule, scene.reading):
        return None
    found = _by_sentence(rule, scene) if rule.by_sentence else _found(rule, scene)
    if found is None:
        return None
    if scene.reading is not None:
        found = tuple(p for p in found if p.turn == scene.reading.turn) or found
    named = rule.mark.name if rule.mark else rule.technique
    return tuple(
        Evidence(turn=proof.turn, span=proof.span, cue=named, source=rule.id)
        if proof.source == "phrases"
        else proof
        for proof in found
    )


def ruled_out(rule: Rule, reading: Reading | None) -> bool:
    """Tell whether a model read the draft and holds the rule's technique to be very unlikely."""
    like = reading.signal(f"{OPINION}{rule.technique}") if reading else None
    return like is not None and like.score < _VERY_UNLIKELY


def _found(rule: Rule, scene: Scene) -> tuple[Evidence, ...] | None:
    found = holds(rule.when, scene)
    if found is None or rule.unless is None or not is_met(rule.unless, scene):
        return found
    return None


def _by_sentence(rule: Rule, scene: Scene) -> tuple[Evidence, ...] | None:
    """Return what the rule finds in each sentence by itself."""
    if scene.reading is None or holds(rule.when, scene) is None:
        return None
    found = [
        proof
        for sentence in scene.reading.sentences
        for proof in _found(rule, replace(scene, reading=scene.reading.within(sentence))) or ()
    ]
    return tuple(dict.fromkeys(found)) or None
