"""What was noticed in one turn.

The law: a cue is a place and a name; a signal is a named value with the places that speak for it.
Neither is a judgement about the conversation, and neither knows a threshold.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from assist.core.techniques import TECHNIQUES
from assist.core.text import Span
from assist.core.turns import Draft, Turn

__all__ = [
    "APT",
    "AXES",
    "DETECTED",
    "EMOTIONS",
    "HELP",
    "HELPS",
    "LIKE",
    "LIKE_DRAFTS",
    "NOTHING",
    "OPINION",
    "Act",
    "Cue",
    "Detector",
    "Evidence",
    "Findings",
    "Later",
    "Pull",
    "Reading",
    "Sentiment",
    "SentimentLabel",
    "Signal",
]

# What a cue may pull on; kept apart because loudness is not valence and a wait is no threat.
AXES = (
    "valence", "arousal", "effort", "intent", "target", "trust", "distress", "repair",
)  # fmt: skip


EMOTIONS = (
    "anger", "frustration", "disappointment", "anxiety", "confusion", "sadness", "gratitude",
    "relief", "joy",
)  # fmt: skip
"""The emotions that a trained model tells apart."""

LIKE = (*EMOTIONS, "frustrated", "abuse", "uncivil", "complaint", "asks_human", "leaves")
"""What a trained model may say that a turn reads like, each as a signal `like.<name>`."""

LIKE_DRAFTS = (
    "positive-language", "yes-and", "i-statement", "no-blame", "no-shifting", "no-excuses",
    "plain-language", "clear-concise", "real-apology", "calm-tone", "not-personal", "professional",
    "stay-present", "solution-focus", "one-way-only", "honest-promise", "time-bound",
    "confidential", "impartial",
)  # fmt: skip
"""The techniques that a draft may read like wanting, each as a signal `draft.like.<name>`."""

HELPS = (
    "apologise", "own-it", "empathy", "acknowledge-feelings", "de-escalate", "escalate-up",
    "boundary", "public-care", "active-listening", "root-cause", "explain-calmly",
    "inform-progress", "offer-solutions", "confirm-agreement", "warm-close", "thank", "rapport",
    "humour", "nothing",
)  # fmt: skip
"""What a trained model may say that a turn calls for, each as a signal `help.<name>`."""

HELP = "help."
"""How the names of such signals begin; the model's outputs are named so, too."""

OPINION = "draft.like."
"""How the names of such signals begin."""

APT = "apt."
"""How the names of signals begin that say how well a technique fits the moment."""

# The signals that detectors and the reading itself make; all others are named by rules.
DETECTED = frozenset(
    {
        *(f"like.{name}" for name in LIKE),
        *(f"{OPINION}{name}" for name in LIKE_DRAFTS),
        *(f"{HELP}{name}" for name in HELPS),
        *(f"{APT}{name}" for name in TECHNIQUES),
        "act.name", "arousal", "draft.banned", "draft.between", "draft.blame", "draft.breaks-word",
        "draft.capitals", "draft.jargon", "draft.long", "draft.marks",
        "draft.promise.open", "draft.promise.timed", "draft.promise.unowned", "draft.questions",
        "draft.refusal", "draft.tangled", "draft.telling", "draft.way-on", "promise.given",
        "curt", "repeat.own", "sarcasm",
        "shape.burst", "shape.terse", "valence", "valence.encoder", "valence.lexicon",
        "valence.ngrams", "word.broken",
    }
)  # fmt: skip


class SentimentLabel(StrEnum):
    """The three words a score is told in."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where to look and who says so; never a quotation."""

    turn: str
    span: Span
    cue: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The smallest thing noticed. `negated` when a negation reaches over it ("not angry")."""

    name: str
    span: Span
    source: str
    negated: bool = False

    def evidence(self, turn: str) -> Evidence:
        """Return this cue as evidence in `turn`."""
        return Evidence(turn=turn, span=self.span, cue=self.name, source=self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """How strongly something pulls on an axis; negative valence is unhappy."""

    axis: str
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A named value with its evidence, such as `cause.delay`, `emotion.anger` or `arousal`.

    `score` is 0..1 for what was recognised and −1..1 on the valence axis. `reason` says it in the
    words an agent reads; `pulls` are the axes it moves.
    """

    name: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    pulls: tuple[Pull, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something the agent did in a turn, such as `apology`; `index` counts turns from 0.

    `technique` is the one that a rule files it under, empty where none does.
    """

    name: str
    turn: str
    index: int
    evidence: tuple[Evidence, ...] = ()
    technique: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What one detector noticed; `embedding` as in `Reading`."""

    cues: tuple[Cue, ...] = ()
    signals: tuple[Signal, ...] = ()
    embedding: bytes = field(default=b"", repr=False)


NOTHING = Findings()

Detector = Callable[[Turn | Draft, Sequence[Turn]], Findings]
"""From what is said now, and the turns before it, to findings. Loaded once, pure when called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentiment:
    """How the turn feels: `score` −1..1 and its word."""

    score: float
    label: SentimentLabel


class Later(Mapping[str, Signal]):
    """Signals that are made when first asked for; which there are is known before.

    `named` are their names, and their families as `cause.*`; `make` returns the one of a name.
    """

    __slots__ = ("_made", "_make", "_names", "named")

    def __init__(
        self, names: Sequence[str], named: frozenset[str], make: Callable[[str], Signal]
    ) -> None:
        self.named = named
        self._names, self._make = names, make
        self._made: dict[str, Signal] = {}

    def __getitem__(self, name: str) -> Signal:
        made = self._made.get(name)
        if made is None:
            if name not in self.named or name.endswith(".*"):
                raise KeyError(name)
            made = self._made[name] = self._make(name)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Index:
    """What of a reading is called what, sorted when first asked for."""

    __slots__ = ("by_cue", "by_family", "by_name", "named")

    def __init__(self) -> None:
        self.by_cue: dict[str, tuple[Cue, ...]] | None = None
        self.by_name: dict[str, Signal] | None = None
        self.by_family: dict[str, tuple[Signal, ...]] | None = None
        self.named: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was noticed in one turn. `turn` is its id, empty for a draft.

    `later` are signals besides `signals`, for rules to ask for: no part of what was noticed.
    `embedding` is the sentence as a language model has it, float16 little-endian, for learned
    policies alone; empty where none read it.
    """

    turn: str
    sentiment: Sentiment
    signals: tuple[Signal, ...] = ()
    cues: tuple[Cue, ...] = ()
    sentences: tuple[Span, ...] = ()
    embedding: bytes = field(default=b"", repr=False, compare=False)
    later: Later | None = field(default=None, repr=False, compare=False)
    _index: _Index = field(default_factory=_Index, init=False, repr=False, compare=False)

    @property
    def named(self) -> frozenset[str]:
        """Return the names of cues and signals that are here, and of families as `cause.*`."""
        index = self._index
        if index.named is None:
            names = self._names()
            more = () if self.later is None else self.later.named
            index.named = frozenset(self._cues()).union(names, *map(_stars_of, names), more)
        return index.named

    def going_on(
        self, signals: tuple[Signal, ...], sentiment: Sentiment | None = None
    ) -> "Reading":
        """Return this reading with these signals; its cues are not sorted again."""
        other = Reading(
            turn=self.turn,
            sentiment=sentiment or self.sentiment,
            signals=signals,
            cues=self.cues,
            sentences=self.sentences,
            embedding=self.embedding,
        )
        other._index.by_cue = self._index.by_cue
        return other

    def awaiting(self, later: Later) -> "Reading":
        """Return this reading with signals that are made when asked for."""
        other = replace(self, later=later)
        other._index.by_cue, other._index.by_name = self._cues(), self._names()  # noqa: SLF001
        return other

    def within(self, place: Span) -> "Reading":
        """Return what of this reading points into `place`, and nothing else."""
        cues = tuple(cue for cue in self.cues if cue.span.overlaps(place))
        signals = []
        for signal in (*self.signals, *(self.later or {}).values()):
            proofs = tuple(p for p in signal.evidence if p.span.overlaps(place))
            if proofs:
                signals.append(replace(signal, evidence=proofs))
        return replace(self, cues=cues, signals=tuple(signals), sentences=(place,), later=None)

    def signal(self, name: str) -> Signal | None:
        """Return the signal of that name, or None."""
        found = (self._index.by_name or self._names()).get(name)
        return self.later.get(name) if found is None and self.later is not None else found

    def called(self, name: str) -> tuple[Signal, ...]:
        """Return the signals of that name."""
        first = self.signal(name)
        if first is None:
            return ()
        if len(self._names()) == len(self.signals):
            return (first,)
        return tuple(signal for signal in self.signals if signal.name == name) or (first,)

    def family(self, prefix: str) -> tuple[Signal, ...]:
        """Return the signals whose names begin with `prefix` and a dot."""
        index = self._index
        if index.by_family is None:
            found: dict[str, list[Signal]] = {}
            for signal in self.signals:
                for family in _families_of(signal.name):
                    found.setdefault(family, []).append(signal)
            index.by_family = {name: tuple(family) for name, family in found.items()}
        here = index.by_family.get(prefix, ())
        if self.later is None or f"{prefix}.*" not in self.later.named:
            return here
        more = (one for name, one in self.later.items() if prefix in _families_of(name))
        return (*here, *more)

    def found(self, cue: str) -> tuple[Cue, ...]:
        """Return the cues of that name."""
        return self._cues().get(cue, ())

    def _names(self) -> dict[str, Signal]:
        """Return the signals by name: the first of each."""
        index = self._index
        if index.by_name is None:
            index.by_name = {signal.name: signal for signal in reversed(self.signals)}
        return index.by_name

    def _cues(self) -> dict[str, tuple[Cue, ...]]:
        """Return the cues by name."""
        index = self._index
        if index.by_cue is None:
            found: dict[str, list[Cue]] = {}
            for cue in self.cues:
                found.setdefault(cue.name, []).append(cue)
            index.by_cue = {name: tuple(cues) for name, cues in found.items()}
        return index.by_cue


# Names are few: those of detectors and of rules.
@lru_cache(maxsize=4096)
def _families_of(name: str) -> tuple[str, ...]:
    """Return the families that a name is of, the narrowest first."""
    parts = name.split(".")
    return tuple(".".join(parts[:size]) for size in range(len(parts) - 1, 0, -1))


@lru_cache(maxsize=4096)
def _stars_of(name: str) -> tuple[str, ...]:
    """Return the families that a name is of, as conditions ask for them."""
    return tuple(f"{family}.*" for family in _families_of(name))
