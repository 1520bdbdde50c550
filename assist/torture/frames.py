"""Bad frames, twelve kinds, before and after the login.

The law: each is closed with the right code or answered with the right error; the service keeps no
task, no descriptor and no memory of it.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType

from assist.torture.outcome import Outcome, Scale
from assist.torture.raw import BINARY, CONTINUED, PING, TEXT, Raw, framed, raw
from assist.torture.victim import Nursery, Victim, lifted

__all__ = ["GOAL", "KINDS", "bad_frames"]

GOAL = "10,000 bad frames: each closed or answered right; no traceback, no leak, memory +≤ 20 MiB"
_AT_ONCE = 20
_MEMORY_MIB = 20.0
_FRAME_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is sent, and what must come: a close code, the code of an error, or None for nothing."""

    octets: bytes
    right: int | str | None


def _half(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "binary": Kind(octets=framed(BINARY, b"{}"), right=1003),
        "not UTF-8": Kind(octets=framed(TEXT, b'{"type":"\xff\xfe"}'), right=1007),
        "too large": Kind(octets=framed(TEXT, b" " * (_FRAME_BYTES + 1)), right=1009),
        "too large in parts": Kind(
            octets=framed(TEXT, b" " * 40_000, last=False) + framed(CONTINUED, b" " * 40_000),
            right=1009,
        ),
        "reserved bit": Kind(octets=framed(TEXT, b"{}", reserved=4), right=1002),
        "unknown opcode": Kind(octets=framed(0x3, b"{}"), right=1002),
        "not masked": Kind(octets=framed(TEXT, b"{}", masked=False), right=1002),
        "long ping": Kind(octets=framed(PING, b"x" * 126), right=1002),
        "stray continuation": Kind(octets=framed(CONTINUED, b"{}"), right=1002),
        "not JSON": Kind(octets=framed(TEXT, b"{type: hello"), right="message.not-json"),
        "unknown type": Kind(
            octets=framed(TEXT, b'{"type":"frobnicate"}'), right="message.unknown-type"
        ),
        "cut off": Kind(octets=_half(framed(TEXT, b" " * 1000)), right=None),
    }
)


async def bad_frames(nursery: Nursery, scale: Scale) -> Outcome:
    """Send them all, and compare the service with what it was before."""
    tries = scale.of(10_000, 240)
    async with nursery.service(**lifted(frame_bytes=_FRAME_BYTES)) as victim:
        await _sent(victim, tries=_AT_ONCE * len(KINDS))  # what is made once is made now
        before = await victim.settled(await victim.probe(), 2.0)
        wrong = await _sent(victim, tries=tries)
        after = await victim.settled(before)
        broken = [f"{kind}: {count} answered wrongly" for kind, count in sorted(wrong.items())]
        if victim.crashed():
            broken.append("a traceback in the log")
        if after.tasks > before.tasks:
            broken.append(f"{after.tasks - before.tasks} tasks leaked")
        if after.descriptors > before.descriptors:
            broken.append(f"{after.descriptors - before.descriptors} descriptors leaked")
        grown = after.memory - before.memory
        return Outcome(
            figures=(
                ("frames", tries),
                ("kinds", len(KINDS) * 2),
                ("wrong", sum(wrong.values())),
                ("tasks more", after.tasks - before.tasks),
                ("descriptors more", after.descriptors - before.descriptors),
                ("memory more MiB", round(grown, 1)),
            ),
            reached=not broken and grown <= _MEMORY_MIB,
            broken=tuple(broken),
        )


async def _sent(victim: Victim, tries: int) -> Counter[str]:
    """Return by kind how many were not met as they should be."""
    wrong: Counter[str] = Counter()
    numbers = iter(range(tries))

    async def work() -> None:
        for number in numbers:
            name = tuple(KINDS)[number % len(KINDS)]
            late = number // len(KINDS) % 2 == 1
            if not await _met(victim.ws, KINDS[name], logged_in=late):
                wrong[f"{name} {'after' if late else 'before'} the login"] += 1

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return wrong


async def _met(url: str, kind: Kind, *, logged_in: bool) -> bool:
    """Tell whether one bad frame on a socket of its own was met as it should be."""
    with suppress(OSError, TimeoutError):
        async with raw(url) as one:
            if logged_in:
                await one.say(type="hello", protocol=1, role="platform")
                if (await one.hear())[1].get("type") != "welcome":
                    return False
            await one.put(kind.octets)
            return await _right(one, kind.right)
    return False


async def _right(one: Raw, right: int | str | None) -> bool:
    if right is None:
        return True  # hung up in the middle: nobody is left to be answered
    what, told = await one.hear()
    if isinstance(right, int):
        return what == "closed" and told == right
    return what == "message" and told.get("type") == "error" and told.get("code") == right
