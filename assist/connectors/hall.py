"""All the ways in that one process has open: their doors, their journal, the pump behind them.

The law: what is told to any door goes into one journal and through one pump. Opening goes on with
what waited; stopping waits a moment for what can still go.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry
from starlette.routing import BaseRoute

from assist.connectors.door import Door, Guard
from assist.connectors.journal import Journal
from assist.connectors.port import Ingest, Platform, Setup
from assist.connectors.pump import Pump
from assist.connectors.routes import doors
from assist.connectors.tallies import Tallies
from assist.errors import UsageError
from assist.service.masks import Masks

__all__ = ["Chosen", "Hall", "journal_beside", "one_of_each"]

_SETTLE_S = 2.0

_log = structlog.get_logger("assist.connectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A platform that an operator wants, and how it is to be met."""

    platform: Platform
    guard: Guard
    setup: Setup = field(default_factory=Setup)


class Hall:
    """The doors of `chosen`; `journal` names the file that keeps what waits (None: memory).

    What they count is told to `registry`; `masks` are put over words before they are kept.
    """

    def __init__(  # noqa: PLR0913  what a process of its own, or a service, says of them
        self,
        chosen: Sequence[Chosen],
        ingest: Ingest,
        journal: Path | None,
        *,
        now: Callable[[], float] = time.time,
        registry: CollectorRegistry | None = None,
        masks: Masks | None = None,
    ) -> None:
        one_of_each(chosen)
        self.counts: Counter[str] = Counter()
        self.journal = Journal(journal, now)
        self.pump = Pump(self.journal, ingest, self.counts)
        self.doors = {
            one.platform.name: Door(
                one.platform,
                one.guard,
                one.setup,
                self.journal,
                ingest,
                now=now,
                pump=self.pump,
                masks=masks,
            )
            for one in chosen
        }
        if registry is not None:
            counts = {name: door.counts for name, door in self.doors.items()}
            registry.register(Tallies(counts, self.counts, lambda: len(self.pump)))
        self.routes: list[BaseRoute] = [*doors(self.doors, now)]

    async def start(self) -> None:
        """Go on with what waited."""
        await self.pump.start()
        for name, door in self.doors.items():
            _log.info(f"open /in/{name}", proof=door.proof)

    async def forget(self, conversations: tuple[str, ...]) -> None:
        """Leave no trace of these conversations; raise StoreError where that cannot be."""
        await self.pump.drop(conversations)
        await self.journal.erase(conversations)

    async def known_of(self, customer: str, tenant: str) -> tuple[str, ...]:
        """Return the customer's conversations that wait to be opened; all are of the one tenant."""
        return () if tenant else await self.journal.opened_for(customer)

    async def stop(self) -> None:
        """Pass on what can still go; the rest stays in the journal."""
        try:
            async with asyncio.timeout(_SETTLE_S):
                await self.pump.settle()
        except TimeoutError:
            _log.info("deliveries wait for the next start", waiting=len(self.pump))
        await self.pump.stop()
        await self.journal.close()


def one_of_each(chosen: Sequence[Chosen]) -> None:
    """Raise UsageError where two have one name."""
    names = [one.platform.name for one in chosen]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"asked for twice: {', '.join(twice)}; give each a name of its own")


def journal_beside(store: str) -> Path | None:
    """Return the journal's file for a service with that store: beside its file, else here."""
    kind, _, place = store.partition(":")
    if kind == "memory":
        return None
    if kind == "sqlite" and place:
        path = Path(place).expanduser()
        return path.with_name(f"{path.stem}.connect{path.suffix or '.sqlite'}")
    return Path("assist.connect.sqlite")
