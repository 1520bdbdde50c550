"""An input on its way into the turn log.

The law: what only time or an agent's choice brought does not count as talk. A store that fails is
told as degraded until it can be written to.
"""

from assist.errors import StoreError
from assist.service.entries import Chose, Entry, Fired, encoded
from assist.service.parts import Parts
from assist.service.store import Outcome

__all__ = ["appended"]


async def appended(entry: Entry, parts: Parts, stored_as: str, expected: int) -> Outcome:
    """Store `entry` under that id after `expected` inputs of its conversation."""
    touched = None if isinstance(entry, Fired | Chose) else parts.clock.wall()
    try:
        with parts.metrics.stages.labels("store").time():
            outcome = await parts.log.append(
                entry.conversation, expected, stored_as, encoded(entry), touched=touched
            )
    except StoreError:
        parts.degraded.add("store")
        raise
    parts.degraded.discard("store")
    return outcome
