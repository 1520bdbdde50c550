"""A big desk at its daily rate, and five times that.

The law: what was acknowledged is stored, whatever the load; what cannot be taken is refused with a
code or held back, and the service is its old self soon after.
"""

import asyncio
import json
import math
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from assist.service.entries import decoded, turn_of
from assist.service.store_sqlite import SqliteLog
from assist.torture.flow import Flow, Taken
from assist.torture.outcome import Outcome, Scale, percentile
from assist.torture.victim import Nursery, Victim, lifted

__all__ = ["LOAD_GOAL", "OVERLOAD_GOAL", "load", "overload", "stages"]

LOAD_GOAL = (
    "150 turns/s, 500 agents, durable, encoder on: p50 < 20 ms, p99 < 100 ms; share by stage"
)
OVERLOAD_GOAL = "overload five-fold: recovers in < 10 s, memory ≤ 512 MiB"
_P50_MS, _P99_MS = 20.0, 100.0
_RATE = 150
_TIMES = 5
_RECOVERS_S = 10.0
_MEMORY_MIB = 512.0
_NORMAL_MS = 100.0
_OTHERS = 10


async def load(nursery: Nursery, scale: Scale) -> Outcome:
    """Send the daily rate and take each turn's time to its last event at an agent."""
    chats, rate = scale.of(500, 10), float(scale.of(_RATE, 20))
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "desk.sqlite"
        async with nursery.service(**lifted(store=f"sqlite:{store}")) as victim:
            names = [f"desk-{number}" for number in range(chats)]
            async with Flow(victim.ws, names, agents=chats, platforms=scale.of(10, 2)) as flow:
                await flow.run(rate, scale.seconds(5.0, 0.5))  # the first of everything
                before, probe = await victim.metrics(), await victim.probe()
                taken = await flow.run(rate, scale.seconds(60.0, 1.0))
                after = await victim.metrics()
                worked_s = (await victim.probe()).cpu_s - probe.cpu_s
            without = json.loads(await victim.page("readyz"))["without"]
            crashed = victim.crashed()
        lost = await _lost(store, names, flow)
    silent = taken.sent - len(taken.latencies) - taken.refused
    broken = [f"acked turns lost: {lost}"] * bool(lost) + ["a traceback"] * crashed
    p50, p99 = taken.p(0.5), taken.p(0.99)
    return Outcome(
        figures=(
            ("turns", taken.sent),
            ("acked", taken.acked),
            ("acked and lost", lost),
            ("refused", taken.refused),
            ("turns that nothing came of", silent),
            ("p50 ms", p50),
            ("p95 ms", taken.p(0.95)),
            ("p99 ms", p99),
            ("ack p50 ms", round(percentile(taken.acks, 0.5), 1)),
            ("ack p99 ms", round(percentile(taken.acks, 0.99), 1)),
            ("CPU ms of the service each", round(worked_s * 1000 / taken.sent, 2)),
            *stages(before, after),
            ("models absent", ", ".join(without) or "none"),
        ),
        reached=not broken and p50 < _P50_MS and p99 < _P99_MS,
        broken=tuple(broken),
    )


def stages(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """Return the mean time of each stage that the service measures, in ms, between two looks."""
    found = []
    for name, total in after.items():
        if "_seconds_sum" not in name:
            continue
        counted = name.replace("_seconds_sum", "_seconds_count")
        number = after[counted] - before.get(counted, 0.0)
        if number > 0:
            spent = total - before.get(name, 0.0)
            stage = name.removeprefix("assist_").replace("_seconds_sum", "")
            found.append((f"stage {stage}", f"{spent / number * 1000:.2f} ms × {number:.0f}"))
    return tuple(found)


async def overload(nursery: Nursery, scale: Scale) -> Outcome:
    """Send five times the daily rate for a while, then see how soon all is as before."""
    chats, rate = scale.of(500, 20), float(scale.of(_RATE, 60))
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "desk.sqlite"
        async with nursery.service(**lifted(store=f"sqlite:{store}")) as victim:
            names = [f"desk-{number}" for number in range(chats)]
            others = [f"after-{number}" for number in range(_OTHERS)]
            async with (
                Flow(victim.ws, names, agents=scale.of(100, 4), platforms=10) as flow,
                Flow(victim.ws, others, customers=True) as after,
            ):
                calm = await flow.run(rate / _TIMES, scale.seconds(5.0, 0.3))
                seen: list[float] = []
                watching = asyncio.create_task(_watched(victim, seen))
                seconds = scale.seconds(20.0, 0.4)
                pushed = await flow.run(rate * _TIMES, seconds, settle=False)
                recovered = await _recovered(after, max(_NORMAL_MS, 2 * calm.p(0.99)))
                await flow.run(20.0, 0.1)
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
            alive = json.loads(await victim.page("readyz"))["ready"]
            crashed = victim.crashed()
        lost = await _lost(store, names, flow)
    return _judged(flow, pushed, recovered, max(seen), lost, whole=alive and not crashed)


def _judged(  # noqa: PLR0913  what came of it
    flow: Flow, pushed: Taken, recovered: float, most: float, lost: int, *, whole: bool
) -> Outcome:
    broken = [f"acked turns lost: {lost}"] * bool(lost)
    broken += ["the service was not whole afterwards"] * (not whole)
    broken += [f"connections broken off: {flow.broken_off}"] * bool(flow.broken_off)
    codes = ", ".join(f"{code} × {count}" for code, count in sorted(flow.refusals.items()))
    return Outcome(
        figures=(
            ("turns pushed", pushed.sent),
            ("acked in the end", len(flow.acked)),
            ("refused", codes or "none"),
            ("acked and lost", lost),
            ("connections broken off", flow.broken_off),
            ("recovered after s", round(recovered, 1)),
            ("most memory MiB", round(most, 1)),
        ),
        reached=not broken and recovered < _RECOVERS_S and most <= _MEMORY_MIB,
        broken=tuple(broken),
    )


async def _recovered(flow: Flow, normal_ms: float, most_s: float = 60.0) -> float:
    """Return the seconds until other chats' turns are all heard of in normal time again."""
    started = perf_counter()
    while perf_counter() - started < most_s:
        began = perf_counter() - started
        taken = await flow.run(20.0, 0.5, settle=False, grace_s=normal_ms / 1000)
        if len(taken.latencies) == taken.sent and max(taken.latencies) <= normal_ms:
            return began
    return math.inf


async def _watched(victim: Victim, seen: list[float]) -> None:
    """Note its memory again and again."""
    while True:
        seen.append((await victim.probe()).memory)
        await asyncio.sleep(0.25)


async def _lost(store: Path, names: list[str], flow: Flow) -> int:
    """Return how many turns were acknowledged and are not in the log exactly once."""
    log = SqliteLog(store)
    found: dict[str, int] = {}
    try:
        for name in names:
            for record in await log.read(name):
                if (turn := turn_of(decoded(record.payload))) is not None:
                    found[turn] = found.get(turn, 0) + 1
    finally:
        await log.close()
    return sum(found.get(turn) != 1 for turn in flow.acked if turn.rpartition(".")[0] in names)
