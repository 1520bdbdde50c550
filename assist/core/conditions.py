"""What a rule may ask of a scene: a closed set of conditions, and whether each holds.

The law: a condition matches nothing itself. Detectors put cues into a reading; a condition only
asks which cues, signals and states are there, and answers with the evidence that made it hold, or
with None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from assist.core.conversation import Conversation, Stage
from assist.core.escalation import Level
from assist.core.ledger import Entry, EntryKind, EntryState, Owner, reminder
from assist.core.mood import Mood, mood_of
from assist.core.offers import Has, covered
from assist.core.playbook import EMPTY, Playbook
from assist.core.signals import Evidence, Reading, Signal

__all__ = [
    "ActDone",
    "AllOf",
    "AnyOf",
    "CauseIs",
    "Condition",
    "CueFound",
    "LedgerHas",
    "LevelIs",
    "MoodIs",
    "Pattern",
    "PlaybookHas",
    "Scene",
    "SignalIs",
    "SilentFor",
    "StageIs",
    "WasHere",
    "holds",
    "hurdles",
    "is_met",
    "opened_by",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a rule is asked about: the reading of what was just said, and the conversation so far.

    `silence` is in seconds since the last turn; 0 where a turn has just been said.
    """

    conversation: Conversation
    reading: Reading | None = None
    silence: float = 0.0
    playbook: Playbook = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The words a condition waits for; compiled by a detector into cues named `cue`."""

    cue: str
    phrases: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CueFound:
    """Holds where the pattern's words stand in what was said; negated ones only if asked for."""

    pattern: Pattern
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalIs:
    """Holds where the reading has the signal within bounds; a name ending in `.*` is a family."""

    name: str
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelIs:
    """Holds at one of these levels."""

    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseIs:
    """Holds where one of these causes is known; `*` is any, `unnamed` trouble of no known cause."""

    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodIs:
    """Holds where the customer was in one of these moods when they last spoke."""

    moods: tuple[Mood, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageIs:
    """Holds in one of these stages."""

    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone:
    """Holds where the agent did this within the last `within` turns of theirs (0: ever)."""

    act: str
    within: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerHas:
    """Holds where an entry of the ledger is in one of these states.

    It may also have to be of one of these kinds, of one of these owners, or due so soon (seconds).
    """

    states: tuple[EntryState, ...]
    kinds: tuple[EntryKind, ...] = ()
    owners: tuple[Owner, ...] = ()
    soon: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WasHere:
    """Holds where the platform told of an earlier contact within so many days."""

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookHas:
    """Holds where the playbook has one of these for the causes of the chat."""

    kinds: tuple[Has, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentFor:
    """Holds where nobody has said anything for this many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Holds where every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Holds where at least one part holds."""

    parts: tuple["Condition", ...]
    opened_by: tuple[frozenset[str], ...] = field(default=(), init=False, repr=False, compare=False)
    """What it waits for, where every part does."""

    def __post_init__(self) -> None:
        """Find what it waits for, once."""
        object.__setattr__(self, "opened_by", opened_by(self))


Condition = (
    CueFound
    | SignalIs
    | LevelIs
    | MoodIs
    | CauseIs
    | StageIs
    | ActDone
    | LedgerHas
    | WasHere
    | PlaybookHas
    | SilentFor
    | AllOf
    | AnyOf
)


def holds(condition: Condition, scene: Scene) -> tuple[Evidence, ...] | None:
    """Return the evidence that `condition` holds in `scene`, or None where it does not."""
    return _ASKED[type(condition)](condition, scene)


def is_met(condition: Condition, scene: Scene) -> bool:
    """Tell whether `condition` holds in `scene`, where nobody asks for the evidence."""
    if isinstance(condition, AnyOf):
        if _nothing_of(condition, scene):
            return False
        return any(is_met(part, scene) for part in condition.parts)
    if isinstance(condition, AllOf):
        return all(is_met(part, scene) for part in condition.parts)
    return holds(condition, scene) is not None


def hurdles(condition: Condition) -> tuple[Condition, ...]:
    """Return what is asked of the state and must be so for `condition` to hold: quick to ask."""
    match condition:
        case StageIs() | LevelIs() | SilentFor() | ActDone() | LedgerHas():
            return (condition,)
        case AllOf(parts=parts):
            return tuple(found for part in parts for found in hurdles(part))
        case AnyOf(parts=(part,)):
            return hurdles(part)
    return ()


def opened_by(condition: Condition) -> tuple[frozenset[str], ...]:
    """Return sets of cues and signals: for `condition` to hold it takes one of each set.

    There are none where it may hold without any. A family ends in `.*`, as in `Reading.named`.
    """
    match condition:
        case CueFound(pattern=pattern):
            return (frozenset({pattern.cue}),)
        case SignalIs(name=name):
            return (frozenset({name}),)
        case AllOf(parts=parts):
            every = {found for part in parts for found in opened_by(part)}
            return tuple(sorted(every, key=lambda names: (len(names), sorted(names))))
        case AnyOf(parts=parts, opened_by=()):
            each = [found[0] for part in parts if (found := opened_by(part))]
            return (frozenset().union(*each),) if len(each) == len(parts) else ()
        case AnyOf(opened_by=known):
            return known
    return ()


def _all(condition: AllOf, scene: Scene) -> tuple[Evidence, ...] | None:
    gathered: list[Evidence] = []
    for part in condition.parts:
        found = _ASKED[type(part)](part, scene)
        if found is None:
            return None
        gathered.extend(found)
    return _once_each(gathered)


def _any(condition: AnyOf, scene: Scene) -> tuple[Evidence, ...] | None:
    if _nothing_of(condition, scene):
        return None
    results = []
    for part in condition.parts:
        found = _ASKED[type(part)](part, scene)
        if found is not None:
            results.append(found)
    if not results:
        return None
    return _once_each([proof for found in results for proof in found])


def _nothing_of(condition: AnyOf, scene: Scene) -> bool:
    """Tell whether what was read has nothing that one of the parts waits for."""
    if not condition.opened_by:
        return False
    return scene.reading is None or condition.opened_by[0].isdisjoint(scene.reading.named)


def _once_each(proofs: list[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(proofs)) if len(proofs) > 1 else tuple(proofs)


def _cue(condition: CueFound, scene: Scene) -> tuple[Evidence, ...] | None:
    reading = scene.reading
    cues = reading.found(condition.pattern.cue) if reading is not None else ()
    if reading is None or not cues:
        return None
    found = [cue for cue in cues if condition.negated or not cue.negated]
    return tuple(cue.evidence(reading.turn) for cue in found) or None


def _signal(condition: SignalIs, scene: Scene) -> tuple[Evidence, ...] | None:
    if scene.reading is None:
        return None
    meant = _meant_by(condition.name, scene.reading)
    if not meant:
        return None
    signals = [
        signal
        for signal in meant
        if (condition.at_least is None or signal.score >= condition.at_least)
        and (condition.at_most is None or signal.score <= condition.at_most)
    ]
    if not signals:
        return None
    return _once_each([proof for signal in signals for proof in signal.evidence])


def _meant_by(name: str, reading: Reading) -> tuple[Signal, ...]:
    """Return the signals of that name, or of that family."""
    if name.endswith(".*"):
        return reading.family(name.removesuffix(".*"))
    return reading.called(name)


def _met(met: bool) -> tuple[Evidence, ...] | None:  # noqa: FBT001  what holds without words
    return () if met else None


def _ledger(condition: LedgerHas, scene: Scene) -> tuple[Evidence, ...] | None:
    ledger = scene.conversation.ledger
    found = [entry for entry in ledger if _meant(condition, entry, scene)]
    return tuple(proof for entry in found for proof in entry.evidence) if found else None


def _playbook(condition: PlaybookHas, scene: Scene) -> tuple[Evidence, ...] | None:
    conversation, playbook = scene.conversation, scene.playbook
    return _met(any(covered(kind, conversation, playbook) for kind in condition.kinds))


def _was_here(conversation: Conversation, days: int) -> bool:
    now = conversation.now
    return now is not None and any(
        timedelta(0) < now - contact.at <= timedelta(days=days)
        for contact in conversation.opened.history
    )


def _meant(condition: LedgerHas, entry: Entry, scene: Scene) -> bool:
    """Tell whether a condition on the ledger means this entry."""
    if entry.state not in condition.states:
        return False
    if condition.kinds and entry.kind not in condition.kinds:
        return False
    if condition.owners and entry.owner not in condition.owners:
        return False
    if not condition.soon:
        return True
    now, at = scene.conversation.now, reminder(entry, condition.soon)
    return now is not None and at is not None and now >= at


def _cause(causes: tuple[str, ...], conversation: Conversation) -> tuple[Evidence, ...] | None:
    """Return what speaks for one of the causes, `*` for any; `unnamed` is trouble without one."""
    known = conversation.gathered
    named = known.causes if "*" in causes else set(causes) & set(known.causes)
    wanted = [f"cause.{name}" for name in named] + ["trouble"] * ("unnamed" in causes)
    newest = max((known.latest[name] for name in wanted if name in known.latest), default=None)
    if newest is None:
        return None
    reading = known.customer_readings[newest]
    told = [signal for signal in reading.family("cause") if signal.name in wanted]
    told += [signal for signal in reading.signals if signal.name == "trouble"]
    return told[0].evidence


def _act(act: str, within: int, conversation: Conversation) -> tuple[Evidence, ...] | None:
    done = conversation.gathered.done.get(act)
    if done is None:
        return None
    if within and done.turn not in {turn.id for turn in conversation.agent_turns[-within:]}:
        return None
    return done.evidence


_ASKED: Mapping[type, Callable[[Any, Scene], tuple[Evidence, ...] | None]] = {
    CueFound: _cue,
    SignalIs: _signal,
    AnyOf: _any,
    AllOf: _all,
    LevelIs: lambda asked, scene: _met(scene.conversation.escalation.level in asked.levels),
    MoodIs: lambda asked, scene: _met(mood_of(scene.conversation) in asked.moods),
    StageIs: lambda asked, scene: _met(scene.conversation.stage in asked.stages),
    CauseIs: lambda asked, scene: _cause(asked.causes, scene.conversation),
    ActDone: lambda asked, scene: _act(asked.act, asked.within, scene.conversation),
    LedgerHas: _ledger,
    WasHere: lambda asked, scene: _met(_was_here(scene.conversation, asked.days)),
    PlaybookHas: _playbook,
    SilentFor: lambda asked, scene: _met(scene.silence >= asked.seconds),
}
"""By kind, as some hundred are asked a turn."""
