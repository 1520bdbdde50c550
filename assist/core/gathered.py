"""What turns, readings and acts come to, gathered as they come: nobody walks over a chat again.

The law: it says nothing that turns, readings and acts do not. Gathered from where the state before
had come to or from the start, it is the same, as a reading comes no sooner than its turn; but to go
on costs as little in a long chat as in a short one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, TypeVarTuple, cast

from assist.core.signals import Act, Reading
from assist.core.turns import Role, Turn

__all__ = ["Gathered"]

_MOST_FOUND = 256
_NEVER = object()

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What these `turns`, `readings` and `acts` come to.

    `aloud` are the turns that are not private; `causes` what customers named, newest first, without
    prefix; `first` and `latest` the places, among the customer's readings, of the first and of the
    newest with a signal; `noticed` the signals of anybody's reading; `done` the newest act of each
    name, in the order in which the names came up.
    """

    turns: tuple[Turn, ...] = ()
    readings: tuple[Reading, ...] = ()
    acts: tuple[Act, ...] = ()
    aloud: tuple[Turn, ...] = ()
    customer_turns: tuple[Turn, ...] = ()
    agent_turns: tuple[Turn, ...] = ()
    customer_readings: tuple[Reading, ...] = ()
    causes: tuple[str, ...] = ()
    first: Mapping[str, int] = field(default_factory=dict)
    latest: Mapping[str, int] = field(default_factory=dict)
    noticed: frozenset[str] = frozenset()
    done: Mapping[str, Act] = field(default_factory=dict)
    _found: dict[tuple[object, ...], object] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __reduce__(self) -> tuple[Callable[..., "Gathered"], tuple[object, ...]]:
        """Leave what was found out of what is packed: it is looked for again."""
        # Not by `__getstate__`: before Python 3.11.4 a frozen value with slots has another.
        kept = (one.name for one in fields(self) if one.name != "_found")
        return _unpacked, ({name: getattr(self, name) for name in kept},)

    @property
    def parts(self) -> tuple[tuple[Turn, ...], tuple[Reading, ...], tuple[Act, ...]]:
        """Return what all this was gathered from."""
        return self.turns, self.readings, self.acts

    def once(self, look: Callable[[*Ts], T], *about: *Ts) -> T:
        """Return `look(*about)`, looked for once while the chat goes on; `look` must be pure.

        What was found in words goes where they go: with a turn taken back, all is gathered anew.
        """
        key = (look, *about)
        known = self._found.get(key, _NEVER)
        if known is not _NEVER:
            return cast("T", known)
        if len(self._found) >= _MOST_FOUND:
            self._found.clear()
        found = look(*about)
        self._found[key] = found
        return found

    def gone_on(
        self, turns: tuple[Turn, ...], readings: tuple[Reading, ...], acts: tuple[Act, ...]
    ) -> "Gathered":
        """Return what these come to; from the start where they do not go on from those here."""
        if (
            turns[: len(self.turns)] != self.turns
            or readings[: len(self.readings)] != self.readings
            or acts[: len(self.acts)] != self.acts
        ):
            return Gathered().gone_on(turns, readings, acts)
        aloud = tuple(turn for turn in turns[len(self.turns) :] if not turn.private)
        fresh = readings[len(self.readings) :]
        theirs = tuple(one for one in fresh if _is_customers(one, turns))
        causes, first, latest = self.causes, dict(self.first), dict(self.latest)
        for place, reading in enumerate(theirs, start=len(self.customer_readings)):
            named = (cause.name.removeprefix("cause.") for cause in reading.family("cause"))
            causes = tuple(dict.fromkeys((*named, *causes)))
            here = {signal.name: place for signal in reading.signals}
            first, latest = here | first, latest | here
        return Gathered(
            turns=turns,
            readings=readings,
            acts=acts,
            aloud=(*self.aloud, *aloud),
            customer_turns=(*self.customer_turns, *_by(Role.CUSTOMER, aloud)),
            agent_turns=(*self.agent_turns, *_by(Role.AGENT, aloud)),
            customer_readings=(*self.customer_readings, *theirs),
            causes=causes,
            first=first,
            latest=latest,
            noticed=self.noticed.union(signal.name for one in fresh for signal in one.signals),
            done={**self.done, **{act.name: act for act in acts[len(self.acts) :]}},
            _found=self._found,
        )


def _unpacked(kept: dict[str, Any]) -> Gathered:
    return Gathered(**kept)


def _by(role: Role, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    return tuple(turn for turn in turns if turn.role is role)


def _is_customers(reading: Reading, turns: tuple[Turn, ...]) -> bool:
    """Tell whether a reading is that of what the customer said; it is mostly of the last turn."""
    turn = next((turn for turn in reversed(turns) if turn.id == reading.turn), None)
    return turn is not None and turn.role is Role.CUSTOMER and not turn.private
