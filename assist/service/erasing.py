"""Whose conversations are to be erased, and what else in the log knows their names.

The law: a customer is named by the id that an `open` gave, or by the name where it gave none; an
`open` without a customer is nobody's. What agents learned from a chat stays, without its name.
"""

from collections.abc import AsyncIterator

from assist.errors import StoreError
from assist.service.choices import AGENTS, forgotten, learned_from
from assist.service.entries import decoded
from assist.service.store import Record, TurnLog
from assist.service.tenancy import tenant_of
from assist.wire.messages import Open

__all__ = ["conversations_of", "erase", "opens_for"]

_PAGE = 512


async def conversations_of(log: TurnLog, customer: str, tenant: str = "") -> tuple[str, ...]:
    """Return the conversations of that customer of that tenant."""
    found: dict[str, None] = {}
    async for conversation, record in _openings(log):
        if tenant_of(conversation) == tenant and _is_of(record, customer):
            found[conversation] = None
    return tuple(found)


def opens_for(opening: Open, customer: str) -> bool:
    """Tell whether the conversation that is opened so is that customer's."""
    known = opening.customer
    return known is not None and customer == (known.id or known.name)


async def erase(log: TurnLog, conversations: tuple[str, ...], *, thorough: bool = True) -> int:
    """Leave no trace of these conversations in `log`; return how many there were."""
    names = {learned_from(conversation) for conversation in conversations}
    for record in await log.read(AGENTS) if names else ():
        if record.message_id in names:
            await log.replace(
                AGENTS, record.message_id, forgotten(record.payload), renamed=f"erased:{record.seq}"
            )
    return await log.erase(conversations, thorough=thorough)


async def _openings(log: TurnLog) -> AsyncIterator[tuple[str, Record]]:
    after = ("", 0)
    while page := await log.beginning_with("open:", after, _PAGE):
        for conversation, record in page:
            after = (conversation, record.seq)
            yield conversation, record


def _is_of(record: Record, customer: str) -> bool:
    try:
        entry = decoded(record.payload)
    except StoreError:
        return False  # it is told elsewhere, when the conversation itself is read
    return isinstance(entry, Open) and opens_for(entry, customer)
