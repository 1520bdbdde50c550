"""Erasing as an operator asks for it: from a turn log, and from what still waits to reach it.

The law: a conversation is gone from the journals before it is gone from the log, or what waits
would begin it anew. A customer is also found where only a journal has heard of them yet.
"""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from assist.connectors.journal import Journal
from assist.service.erasing import conversations_of, erase
from assist.service.store import TurnLog
from assist.service.tenancy import keyed, plain

__all__ = ["erase_conversation", "erase_customer"]


async def erase_conversation(
    log: TurnLog, journals: Sequence[Path], conversation: str, tenant: str = ""
) -> int:
    """Leave no trace of it in `log` and `journals`; return 1, or 0 where there was none.

    The journals are those of connectors that deliver for `tenant`.
    """
    async with AsyncExitStack() as stack:
        return await _erased(log, _opened(journals, stack), (keyed(tenant, conversation),))


async def erase_customer(
    log: TurnLog, journals: Sequence[Path], customer: str, tenant: str = ""
) -> int:
    """Do so with all conversations of that customer of `tenant`; return how many there were."""
    async with AsyncExitStack() as stack:
        opened = _opened(journals, stack)
        names = dict.fromkeys(await conversations_of(log, customer, tenant))
        for journal in opened:
            waiting = await journal.opened_for(customer)
            names |= dict.fromkeys(keyed(tenant, name) for name in waiting)
        return await _erased(log, opened, tuple(names))


def _opened(places: Sequence[Path], stack: AsyncExitStack) -> tuple[Journal, ...]:
    journals = []
    for place in places:
        journals.append(Journal(place))
        stack.push_async_callback(journals[-1].close)
    return tuple(journals)


async def _erased(log: TurnLog, journals: tuple[Journal, ...], names: tuple[str, ...]) -> int:
    waited: frozenset[str] = frozenset()
    for journal in journals:
        waited |= await journal.erase(tuple(map(plain, names)))
    only_waited = [name for name in names if plain(name) in waited and not await log.last(name)]
    return await erase(log, names) + len(only_waited)
