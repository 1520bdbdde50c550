"""What is asked of a draft only where somebody waits for the answer.

The law: a detector that costs much is asked last, after what is cheap was read, and only where its
answer may change what a rule finds: not where the rule's other needs are missing, where something
that it excludes is there already, or where a model rules it out. More signals never make less of a
condition hold, so what is found is the same as if all had been asked at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assist.core.conditions import AllOf, AnyOf, Condition, Scene, SignalIs, is_met
from assist.core.rules import Pack, Rule, Watches, ruled_out
from assist.core.signals import Detector, Findings
from assist.core.turns import Draft, Turn

__all__ = ["Late", "late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A detector with the names of the signals it tells, and the rules that ask for them."""

    detector: Detector
    tells: frozenset[str]
    waiting: tuple[Rule, ...] = ()

    def __call__(self, subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        """Return what the detector finds."""
        return self.detector(subject, earlier)

    def awaited(self, scene: Scene, told: frozenset[str] = frozenset()) -> bool:
        """Tell whether what it tells may change what some rule finds in this scene.

        `told` are the names of all that may still be told, by whichever detector.
        """
        if scene.reading is None or not self.waiting:
            return False
        there = scene.reading.named | _with_families(self.tells | told)
        return any(_is_open(rule, scene, there) for rule in self.waiting)


def late(detector: Detector, tells: frozenset[str], pack: Pack) -> Detector:
    """Return the detector as one that waits for the rules of drafts in `pack`.

    What a rule that marks asks for cannot wait, as marks are made while the text is read.
    """
    names = _with_families(tells)
    for rule in pack.watching(Watches.AGENT_TURN, marks=True):
        if _asks(rule, names) or (rule.mark is not None and rule.mark.name in tells):
            return detector
    rules = pack.watching(Watches.AGENT_DRAFT, marks=False)
    waiting = tuple(rule for rule in rules if _asks(rule, names))
    return Late(detector=detector, tells=tells, waiting=waiting)


def _is_open(rule: Rule, scene: Scene, there: frozenset[str]) -> bool:
    """Tell whether a rule may still apply where no more is found than `there`."""
    if any(map(there.isdisjoint, rule.opened_by)):
        return False
    if rule.second_opinion and ruled_out(rule, scene.reading):
        return False
    # What a sentence excludes is looked for in that sentence alone.
    return rule.by_sentence or rule.unless is None or not is_met(rule.unless, scene)


def _asks(rule: Rule, names: frozenset[str]) -> bool:
    asked = [when for when in (rule.when, rule.unless) if when is not None]
    return any(name in names for when in asked for name in _signals_of(when))


def _signals_of(condition: Condition) -> Iterator[str]:
    """Yield the signals that a condition asks for, families as `cause.*`."""
    match condition:
        case SignalIs(name=name):
            yield name
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _signals_of(part)


def _with_families(names: frozenset[str]) -> frozenset[str]:
    """Return the names with their families, as rules may ask for them."""
    cut = [name.split(".") for name in names]
    families = {".".join(parts[:size]) + ".*" for parts in cut for size in range(1, len(parts))}
    return names | families
