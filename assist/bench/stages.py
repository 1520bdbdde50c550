"""What each stage of a turn costs, one after the other, on one thread: customers' and agents'.

The law: every turn of the samples is taken at the very place it has in its chat; each stage is done
by the same functions that the line calls, and timed by what the thread itself reckoned, so what
else the machine does counts little. A turn's figure is the median of its rounds.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from statistics import fmean, median

from assist.core.advance import advance, repaired
from assist.core.analyse import analyse
from assist.core.conversation import Conversation
from assist.core.entering import agreed, entered, recapped
from assist.core.escalation import Escalation, assess, believe, contributions
from assist.core.history import with_history
from assist.core.keeping import after_agent, after_customer
from assist.core.ledger import Entry
from assist.core.line import Guidance
from assist.core.masking import masked
from assist.core.signals import Detector, Findings, Reading
from assist.core.strain import strains, weighed
from assist.core.suggest import candidates, suggest
from assist.core.turns import Role, Turn
from assist.detectors.encoder import felt, load_encoder, rests_on
from assist.line import Line
from assist.packs.bundled import bundled
from assist.service.store_sqlite import SqliteLog
from assist.wire.messages import Position, encode
from assist.wire.render import render

__all__ = ["Stage", "name_of", "stages"]

ENCODER = "encoder"
EVIDENCE = "the encoder's evidence"
WHOLE = "a whole turn"
WITHOUT = "a whole turn without the encoder"
READING = "reading without the encoder"
STORE = "store (commit, by the clock)"
TOTALS = frozenset({WHOLE, WITHOUT, READING})
_NAMES = {"linear": "ngrams"}
_REPLIES, _ATTENTION = "rules that reply", "attention and wording"
_PARTS = ((EVIDENCE, ENCODER), (_REPLIES, _ATTENTION))
"""What is timed as a part of another stage, which is told without it."""
_POSITION = Position(epoch="bench", offset=1)

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage and what it took for each turn, in milliseconds; `total` where others are in it.

    `took` is told of customers' turns, `agents` of those of agents, empty where none have it.
    """

    name: str
    took: tuple[float, ...] = field(repr=False)
    agents: tuple[float, ...] = field(default=(), repr=False)

    @property
    def total(self) -> bool:
        """Tell whether this is the sum of others."""
        return self.name in TOTALS

    @property
    def mean(self) -> float:
        """Return the mean over the turns, in milliseconds."""
        return fmean(self.took)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A turn and the conversation that it comes into."""

    before: Conversation
    turn: Turn

    @property
    def earlier(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.before.turns if not turn.private)


def stages(line: Line, chats: Sequence[Sequence[Turn]], *, rounds: int = 5) -> tuple[Stage, ...]:
    """Return what every stage takes, in the order of the line, and the totals after them."""
    places = [place for turns in chats for place in _places(line, turns)]
    heard = [place for place in places if place.turn.role is Role.CUSTOMER]
    took = _took(line, heard, rounds)
    agents = _took(line, [place for place in places if place not in heard], rounds)
    took[STORE] = asyncio.run(_stored([place.turn for place in heard]))
    ordered = sorted(took, key=lambda name: name in TOTALS)
    return tuple(
        Stage(name=name, took=tuple(took[name]), agents=tuple(agents.get(name, ())))
        for name in ordered
    )


def _took(line: Line, places: Sequence[_Place], rounds: int) -> dict[str, list[float]]:
    """Return what every stage takes for each of these turns, without what is told apart of it."""
    took: dict[str, list[float]] = {}
    for place in places:
        for name, work in _works(line, place):
            took.setdefault(name, []).append(_timed(work, rounds))
    for part, whole in _PARTS:
        if part in took and whole in took:
            pairs = zip(took[whole], took[part], strict=True)
            took[whole] = [max(0.0, both - one) for both, one in pairs]
    return took


def _places(line: Line, turns: Sequence[Turn]) -> Iterator[_Place]:
    state = line.begin("bench")
    for turn in turns:
        if turn.role in {Role.CUSTOMER, Role.AGENT} and not turn.private and turn.text.strip():
            yield _Place(before=state, turn=turn)
        state = line.step(state, turn).conversation


def _timed(work: Work, rounds: int) -> float:
    return median(_once(work) for _ in range(rounds))


def _once(work: Work) -> float:
    begun = time.thread_time_ns()
    work()
    return (time.thread_time_ns() - begun) / 1e6


def _works(line: Line, place: _Place) -> Iterator[tuple[str, Work]]:
    guidance, turn, earlier = line.guidance, place.turn, place.earlier
    yield "masking", lambda: masked(turn.text)
    named: dict[str, list[Detector]] = {}
    for detector in guidance.detectors:
        named.setdefault(name_of(detector), []).append(detector)
    for name, those in named.items():
        yield name, partial(_found, those, turn, earlier)
    heard = turn.role is Role.CUSTOMER
    if heard and any(name_of(one) == ENCODER for one in guidance.detectors):
        yield EVIDENCE, _evidence_of(guidance, turn, earlier)
    known = tuple(_known(detector(turn, earlier)) for detector in guidance.detectors)
    whole = partial(analyse, turn, earlier, known, guidance.pack, guidance.fusion)
    yield "rules that read, and fusion", whole
    yield from (_decided if heard else _answered)(guidance, place, whole())
    yield "messages", _written(line, place)
    few = tuple(one for one in guidance.detectors if name_of(one) != ENCODER)
    plain = replace(guidance, detectors=few)
    yield READING, lambda: plain.read(turn, earlier)
    yield WITHOUT, partial(replace(line, guidance=plain).step, place.before, turn)
    yield WHOLE, partial(line.step, place.before, turn)


def _decided(guidance: Guidance, place: _Place, read: Reading) -> Iterator[tuple[str, Work]]:
    """Yield what is made of a reading: history, level, ledger, rules, what of them is shown."""
    before, turn, policy, pack = place.before, place.turn, guidance.policy, guidance.pack
    reading = with_history(read, turn, before, pack)
    after = advance(before, turn, reading, policy, pack)
    yield "history", partial(with_history, read, turn, before, pack)

    def level() -> Escalation:
        new = (*contributions(reading.signals, policy), *weighed(strains(after), policy))
        belief = believe(before.belief, new, policy)
        return assess(before.escalation, belief, policy, repaired=repaired(after))

    def ledger() -> tuple[Entry, ...]:
        kept = entered(after_customer(before.ledger, turn), turn, before.opened.locale)
        return (*kept, *agreed(after, turn, reading))

    yield "escalation", level
    yield "ledger", ledger
    yield from _shown(guidance, after, reading)


def _shown(guidance: Guidance, after: Conversation, reading: Reading) -> Iterator[tuple[str, Work]]:
    """Yield what rules and attention make of a turn.

    Aptness is weighed when a rule asks for it, so each time in a scene of its own.
    """
    pack, policy = guidance.pack, guidance.attention
    yield "aptness", partial(guidance.scene, after, reading)

    def replies() -> object:
        return candidates(guidance.scene(after, reading), pack, heard=True, attention=policy)

    def attention() -> object:
        scene = guidance.scene(after, reading)
        return suggest(scene, pack, guidance.playbook, heard=True, attention=policy)

    yield _REPLIES, replies
    yield _ATTENTION, attention


def _answered(guidance: Guidance, place: _Place, read: Reading) -> Iterator[tuple[str, Work]]:
    """Yield what is made of a reading of what an agent said: history and ledger."""
    before, turn = place.before, place.turn
    yield "history", partial(with_history, read, turn, before, guidance.pack)

    def ledger() -> tuple[Entry, ...]:
        kept = entered(after_agent(before.ledger, turn, read), turn, before.opened.locale)
        return recapped(kept, turn, before.opened.locale)

    yield "ledger", ledger


def name_of(detector: Detector) -> str:
    """Return what a detector is called: its module, or what it is known by elsewhere.

    One that waits its turn is called what it is without.
    """
    module = str(getattr(detector, "detector", detector).__module__).rpartition(".")[2]
    return _NAMES.get(module, module)


def _found(detectors: Sequence[Detector], turn: Turn, earlier: Sequence[Turn]) -> list[Findings]:
    """Return what detectors of one name find."""
    return [detector(turn, earlier) for detector in detectors]


def _known(findings: Findings) -> Detector:
    """Return a detector that has found this already."""
    return lambda _, __: findings


def _evidence_of(guidance: Guidance, turn: Turn, earlier: Sequence[Turn]) -> Work:
    """Return what finds the words that the encoder's reading rests on, nothing where it told none.

    It is what the encoder itself does after it has read.
    """
    model = load_encoder(bundled("models") / "encoder")
    told = next(one for one in guidance.detectors if name_of(one) == ENCODER)(turn, earlier)
    if model is None or not any(signal.evidence for signal in told.signals):
        return lambda: None
    alone, _, _ = felt(model, turn.text, "")
    return partial(rests_on, model, turn.text, alone)


def _written(line: Line, place: _Place) -> Work:
    """Return what writes the events of a turn."""
    step = line.step(place.before, place.turn)

    def write() -> list[str]:
        return [
            encode(render(change, conversation="bench", position=_POSITION, turn=turn))
            for turn, change in step.told
        ]

    return write


async def _stored(turns: Sequence[Turn]) -> list[float]:
    """Return how long each turn waits for its commit, by the clock, one after the other."""
    took = []
    with tempfile.TemporaryDirectory() as folder:
        log = SqliteLog(Path(folder) / "bench.sqlite")
        for number, turn in enumerate(turns):
            begun = time.perf_counter()
            await log.append("bench", number, str(number), turn.text.encode())
            took.append((time.perf_counter() - begun) * 1000)
        await log.close()
    return took
