"""What agents chose for all of their chats: what they muted, and whether they want fewer prompts.

The law: stored like every input, under a name that no conversation can have; a choice outlives the
chat and the process. Nothing is counted of an agent who did not ask for fewer prompts, what was
counted is forgotten when they no longer want that, and it is told to that agent alone.
"""

import asyncio
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from assist.core.conversation import Conversation
from assist.core.feedback import Tally, summed, to_rest
from assist.core.turns import Chosen
from assist.service.entries import Chose
from assist.service.store import Conflict, TurnLog
from assist.wire.messages import ANY_CONVERSATION
from assist.wire.shapes import Id, Shape

__all__ = ["AGENTS", "Choice", "Choices", "forgotten", "learned_from", "news_for"]

AGENTS = ANY_CONVERSATION
"""Where choices stand in the log: `*` is never the name of one conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One agent's choice; `tallies` are counted since they asked for fewer."""

    agent: str
    muted: tuple[str, ...] = ()
    fewer: bool = False
    tallies: tuple[Tally, ...] = ()

    @property
    def resting(self) -> tuple[Tally, ...]:
        """Return what rests longer, with the counts that say so."""
        names = to_rest(self.tallies)
        return tuple(tally for tally in self.tallies if tally.technique in names)

    @property
    def chosen(self) -> Chosen:
        """Return what the agent's conversations are told."""
        resting = tuple(tally.technique for tally in self.resting)
        return Chosen(agent=self.agent, muted=self.muted, resting=resting)


def news_for(conversation: Conversation, choice: Choice) -> Chose | None:
    """Return what the conversation has yet to be told of its agent's choice, None for nothing."""
    known, wanted = conversation.chosen, choice.chosen
    if known is None or known.agent != wanted.agent:
        known = Chosen(agent=wanted.agent)
    if known == wanted:
        return None
    return Chose(
        conversation=conversation.id,
        agent=wanted.agent,
        muted=wanted.muted,
        resting=wanted.resting,
    )


class _Preferred(Shape):
    type: Literal["preferred"] = "preferred"
    agent: Id
    muted: tuple[str, ...]
    fewer: bool


class _Tallied(Shape):
    type: Literal["tallied"] = "tallied"
    agent: Id
    conversation: Id
    tallies: tuple[Tally, ...]


_Entry = _Preferred | _Tallied
_ENTRIES: TypeAdapter[_Entry] = TypeAdapter(Annotated[_Entry, Field(discriminator="type")])


def learned_from(conversation: str) -> str:
    """Return the id under which it is stored what a conversation tells of its agent."""
    return f"tallied:{conversation}"


def forgotten(payload: bytes) -> bytes:
    """Return what was learned, without the name of the conversation it was learned from."""
    entry = _ENTRIES.validate_json(payload)
    return entry.model_copy(update={"conversation": "erased"}).model_dump_json().encode()


class Choices:
    """The choices of all agents, read from the log when first asked for."""

    def __init__(self, log: TurnLog) -> None:
        self._log = log
        self._known: dict[str, Choice] = {}
        self._seq = 0
        self._read = False
        self._turn = asyncio.Lock()

    async def of(self, agent: str) -> Choice:
        """Return what this agent chose; by default nothing."""
        if not self._read:
            async with self._turn:
                await self._catch_up()
        return self._known.get(agent, Choice(agent=agent))

    async def prefer(
        self, agent: str, *, muted: tuple[str, ...] | None = None, fewer: bool | None = None
    ) -> Choice:
        """Store what the agent wants from now on; None leaves it as it is."""
        async with self._turn:
            await self._catch_up()
            before = self._known.get(agent, Choice(agent=agent))
            wanted = _Preferred(
                agent=agent,
                muted=before.muted if muted is None else tuple(sorted(set(muted))),
                fewer=before.fewer if fewer is None else fewer,
            )
            if (wanted.muted, wanted.fewer) != (before.muted, before.fewer):
                await self._store(wanted)
            return self._known.get(agent, before)

    async def learn(self, agent: str, conversation: str, tallies: tuple[Tally, ...]) -> None:
        """Add what one closed conversation tells, once, where the agent asked for that."""
        if not tallies or not (await self.of(agent)).fewer:
            return
        async with self._turn:
            await self._store(_Tallied(agent=agent, conversation=conversation, tallies=tallies))

    async def _store(self, entry: _Entry) -> None:
        payload = entry.model_dump_json().encode()
        while True:
            outcome = await self._log.append(AGENTS, self._seq, self._name(entry), payload)
            await self._catch_up()
            if not isinstance(outcome, Conflict):
                return

    def _name(self, entry: _Entry) -> str:
        if isinstance(entry, _Tallied):
            return learned_from(entry.conversation)
        return f"preferred:{self._seq + 1}"

    async def _catch_up(self) -> None:
        for record in await self._log.read(AGENTS, self._seq):
            self._take(_ENTRIES.validate_json(record.payload))
            self._seq = record.seq
        self._read = True

    def _take(self, entry: _Entry) -> None:
        before = self._known.get(entry.agent, Choice(agent=entry.agent))
        if isinstance(entry, _Preferred):
            kept = before.tallies if entry.fewer and before.fewer else ()
            after = replace(before, muted=entry.muted, fewer=entry.fewer, tallies=kept)
        else:
            counted = summed((*before.tallies, *entry.tallies)) if before.fewer else ()
            after = replace(before, tallies=counted)
        self._known[entry.agent] = after
