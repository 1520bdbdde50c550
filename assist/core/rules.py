"""What a rule is, and whether it applies to a scene.

The law: a rule matches nothing itself. Detectors put cues into a reading; a rule only asks which
cues, signals and states are there. Conditions are a closed set, and each answers with the evidence
that made it hold, or with None.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from assist.core.conversation import Conversation, Stage
from assist.core.escalation import Level
from assist.core.ledger import EntryState
from assist.core.signals import Evidence, Pull, Reading
from assist.core.suggestions import Kind

__all__ = [
    "ActDone",
    "AllOf",
    "AnyOf",
    "CauseIs",
    "Condition",
    "CueFound",
    "LedgerHas",
    "LevelIs",
    "Mark",
    "Pack",
    "Pattern",
    "Rule",
    "Scene",
    "SignalIs",
    "SilentFor",
    "StageIs",
    "Swap",
    "Watches",
    "applies",
    "asks_for_signals",
    "holds",
]


class Watches(StrEnum):
    """What a rule looks at."""

    CUSTOMER_TURN = "customer-turn"
    AGENT_TURN = "agent-turn"
    AGENT_DRAFT = "agent-draft"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a rule is asked about: the reading of what was just said, and the conversation so far.

    `silence` is in seconds since the last turn; 0 where a turn has just been said.
    """

    conversation: Conversation
    reading: Reading | None = None
    silence: float = 0.0


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
    """Holds where one of these causes is known in the conversation; `*` stands for any."""

    causes: tuple[str, ...]


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
    """Holds where an entry of the ledger is in one of these states."""

    states: tuple[EntryState, ...]


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


Condition = (
    CueFound
    | SignalIs
    | LevelIs
    | CauseIs
    | StageIs
    | ActDone
    | LedgerHas
    | SilentFor
    | AllOf
    | AnyOf
)


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
    in a draft is told only where better words are offered for it.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The rules in force. `digest` changes with any rule; `things` and `feelings` are wording."""

    name: str
    version: str
    digest: str
    rules: tuple[Rule, ...]
    things: tuple[str, ...] = ()
    feelings: tuple[tuple[str, str], ...] = ()

    _by_place: dict[tuple[Watches, bool], tuple[Rule, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Sort the rules by what they watch, once."""
        for watches in Watches:
            there = [rule for rule in self.rules if rule.watches is watches]
            marking = [rule for rule in there if rule.mark is not None]
            marking.sort(key=asks_for_signals)
            self._by_place[watches, True] = tuple(marking)
            self._by_place[watches, False] = tuple(rule for rule in there if rule.mark is None)

    @property
    def of_agents(self) -> tuple[Rule, ...]:
        """Return the rules that look at what an agent says or is about to say."""
        agents = {Watches.AGENT_TURN, Watches.AGENT_DRAFT}
        return tuple(rule for rule in self.rules if rule.watches in agents)

    def watching(self, watches: Watches, *, marks: bool) -> tuple[Rule, ...]:
        """Return the rules that watch this and do (or do not) mark turns.

        Of those that mark, the ones that ask for signals come last.
        """
        return self._by_place[watches, marks]

    def technique_of(self, signal: str) -> str:
        """Return the technique whose rule marks agent turns with `signal`, or an empty text."""
        for rule in self.watching(Watches.AGENT_TURN, marks=True):
            if rule.mark is not None and rule.mark.name == signal:
                return rule.technique
        return ""


def asks_for_signals(rule: Rule) -> bool:
    """Tell whether a rule has a condition on signals, which others must have marked before."""
    waiting: list[Condition | None] = [rule.when, rule.unless]
    while waiting:
        condition = waiting.pop()
        if isinstance(condition, SignalIs):
            return True
        if isinstance(condition, AllOf | AnyOf):
            waiting.extend(condition.parts)
    return False


def applies(rule: Rule, scene: Scene) -> tuple[Evidence, ...] | None:
    """Return the evidence that `rule` applies to `scene`, or None where it does not.

    Where words just said speak for it, older ones are left out.
    """
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


def _found(rule: Rule, scene: Scene) -> tuple[Evidence, ...] | None:
    found = holds(rule.when, scene)
    if found is None or rule.unless is None or holds(rule.unless, scene) is None:
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


def holds(condition: Condition, scene: Scene) -> tuple[Evidence, ...] | None:
    """Return the evidence that `condition` holds in `scene`, or None where it does not."""
    match condition:
        case AllOf(parts=parts):
            return _all(parts, scene)
        case AnyOf(parts=parts):
            return _any(parts, scene)
        case CueFound() | SignalIs():
            return _in_reading(condition, scene.reading) if scene.reading else None
        case _:
            return _in_conversation(condition, scene)


def _all(parts: tuple[Condition, ...], scene: Scene) -> tuple[Evidence, ...] | None:
    gathered: list[Evidence] = []
    for part in parts:
        found = holds(part, scene)
        if found is None:
            return None
        gathered.extend(proof for proof in found if proof not in gathered)
    return tuple(gathered)


def _any(parts: tuple[Condition, ...], scene: Scene) -> tuple[Evidence, ...] | None:
    results = [found for part in parts if (found := holds(part, scene)) is not None]
    if not results:
        return None
    return tuple(dict.fromkeys(proof for found in results for proof in found))


def _in_reading(condition: CueFound | SignalIs, reading: Reading) -> tuple[Evidence, ...] | None:
    if isinstance(condition, CueFound):
        cues = reading.found(condition.pattern.cue)
        found = [cue for cue in cues if condition.negated or not cue.negated]
        return tuple(cue.evidence(reading.turn) for cue in found) or None
    family = condition.name.removesuffix(".*")
    signals = [
        signal
        for signal in (reading.family(family) if condition.name.endswith(".*") else reading.signals)
        if (family != condition.name or signal.name == family)
        and (condition.at_least is None or signal.score >= condition.at_least)
        and (condition.at_most is None or signal.score <= condition.at_most)
    ]
    if not signals:
        return None
    return tuple(dict.fromkeys(proof for signal in signals for proof in signal.evidence))


def _in_conversation(condition: Condition, scene: Scene) -> tuple[Evidence, ...] | None:
    conversation = scene.conversation
    match condition:
        case LevelIs(levels=levels):
            return () if conversation.escalation.level in levels else None
        case StageIs(stages=stages):
            return () if conversation.stage in stages else None
        case CauseIs(causes=causes):
            return _cause(causes, conversation)
        case ActDone(act=act, within=within):
            return _act(act, within, conversation)
        case LedgerHas(states=states):
            found = [entry for entry in conversation.ledger if entry.state in states]
            return tuple(proof for entry in found for proof in entry.evidence) if found else None
        case SilentFor(seconds=seconds):
            return () if scene.silence >= seconds else None
    return None  # pragma: no cover - the set of conditions is closed


def _cause(causes: tuple[str, ...], conversation: Conversation) -> tuple[Evidence, ...] | None:
    for reading in reversed(conversation.customer_readings()):
        for signal in reading.family("cause"):
            if "*" in causes or signal.name.removeprefix("cause.") in causes:
                return signal.evidence
    return None


def _act(act: str, within: int, conversation: Conversation) -> tuple[Evidence, ...] | None:
    done = [a for a in conversation.acts if a.name == act]
    if within:
        recent = [turn.id for turn in conversation.agent_turns][-within:]
        done = [a for a in done if a.turn in recent]
    return done[-1].evidence if done else None
