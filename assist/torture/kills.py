"""The service is killed again and again under load, and what was lost is looked for.

The law: every turn that was acknowledged is in the log once, in the order it was sent; every agent
has heard every event once, in order, and the same as told afterwards.
"""

import asyncio
import random
import signal
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from assist.torture.follow import Follower, Kept, Sender, compared, kept
from assist.torture.outcome import Outcome, Scale
from assist.torture.victim import Nursery, Victim, free_ports, lifted, serve

__all__ = ["GOAL", "kills"]

GOAL = "100 kills: 0 acked turns lost, 0 doubled, order kept, ready in ≤ 2 s plus model load"
_READY_S = 2.0
Birth = Callable[[], Awaitable[Victim]]


async def kills(nursery: Nursery, scale: Scale) -> Outcome:
    """Kill `assist serve` so many times; the short version kills services of the nursery."""
    rng = random.Random(scale.seed)  # noqa: S311 - dice of a test
    count, chats = scale.of(100, 3), scale.of(6, 3)
    with tempfile.TemporaryDirectory() as folder:
        store, log = Path(folder) / "torture.sqlite", Path(folder) / "serve.log"
        port, http = free_ports()
        settings = lifted(port=port, http_port=http, store=f"sqlite:{store}")

        async def born() -> Victim:
            if scale.short:
                return await nursery.start(**settings)
            return await serve(log, settings)

        pauses = [rng.uniform(0.2, 0.6 if scale.short else 1.5) for _ in range(count)]
        return await _killed(born, store, chats, pauses)


async def _killed(born: Birth, store: Path, chats: int, pauses: list[float]) -> Outcome:
    victim = await born()
    first_s, again_s = victim.ready_s, []
    senders = [Sender(victim.ws, f"c{n}") for n in range(chats)]
    followers = [Follower(victim.ws, f"c{n}") for n in range(chats)]
    await asyncio.gather(*(one.begin() for one in followers))
    sending = [asyncio.create_task(one.work()) for one in senders]
    following = [asyncio.create_task(one.work()) for one in followers]
    try:
        for pause in pauses:
            await asyncio.sleep(pause)
            await victim.end(signal.SIGKILL)
            victim = await born()
            again_s.append(victim.ready_s)
        await asyncio.sleep(0.5)
        for sender in senders:
            sender.stopping = True
        await asyncio.gather(*sending)
        told = await compared(victim.ws, followers)
    finally:
        for task in (*sending, *following):
            task.cancel()
        await asyncio.gather(*sending, *following, return_exceptions=True)
        await victim.end()
    return _judged(await kept(store, senders), senders, followers, told, (first_s, again_s))


def _judged(
    stored: Kept,
    senders: list[Sender],
    followers: list[Follower],
    told: dict[str, int],
    ready: tuple[float, list[float]],
) -> Outcome:
    first_s, again_s = ready
    wrong = {
        "acked turns lost": stored.lost,
        "turns doubled": stored.doubled,
        "chats out of order": stored.disordered,
        "acks changed": sum(one.ack_changed for one in senders),
        "events missing": told["gaps"],
        "events doubled": told["doubles"],
        "events changed": told["changed"],
        "not recovered": sum(one.not_recovered for one in followers),
    }
    if not stored.acked or not told["events"]:
        wrong["nothing was tried"] = 1
    broken = tuple(f"{what}: {count}" for what, count in wrong.items() if count)
    longer = max(again_s) - first_s
    return Outcome(
        figures=(
            ("kills", len(again_s)),
            ("turns acked", stored.acked),
            ("turns sent again", sum(one.resent for one in senders)),
            ("events heard", told["events"]),
            *wrong.items(),
            ("first start s", round(first_s, 2)),
            ("start after a kill s, median", round(median(again_s), 2)),
            ("longest beyond the first start s", round(longer, 2)),
        ),
        reached=not broken and longer <= _READY_S,
        broken=broken,
    )
