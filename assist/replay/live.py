"""Send transcripts to a running service, as a platform would, and tell what an agent hears."""

import asyncio
from collections.abc import Callable, Sequence

from websockets.exceptions import InvalidHandshake, InvalidURI

from assist.client import Client, connect
from assist.core.turns import Turn
from assist.errors import UsageError
from assist.replay.transcripts import Transcript
from assist.wire.messages import Customer, SentTurn, ServerEvent, SummaryMessage, encode

__all__ = ["send"]


async def send(
    transcripts: Sequence[Transcript], url: str, *, speed: float, told: Callable[[str], object]
) -> None:
    """Send every transcript to the service at `url`; `told` is given each event as on the wire."""
    try:
        async with (
            connect(url, role="platform") as platform,
            connect(url, role="agent", agent="replay") as agent,
        ):
            for transcript in transcripts:
                await _sent(transcript, platform, agent, speed, told)
    except (OSError, InvalidURI, InvalidHandshake, TimeoutError):
        raise UsageError(
            "cannot reach the service: is it running, and is the address like ws://127.0.0.1:8765/v1?"
        ) from None


async def _sent(
    transcript: Transcript,
    platform: Client,
    agent: Client,
    speed: float,
    told: Callable[[str], object],
) -> None:
    name = transcript.conversation
    customer = Customer(name=transcript.customer_name) if transcript.customer_name else None
    await platform.open_conversation(name, customer=customer)
    await agent.subscribe(name)
    listening = asyncio.create_task(_listened(name, agent, told))
    before: Turn | None = None
    for turn in transcript.turns:
        if speed and before is not None:
            await asyncio.sleep(max(0.0, (turn.at - before.at).total_seconds() / speed))
        await platform.turn(
            name,
            SentTurn(
                id=turn.id,
                role=turn.role,
                text=turn.text,
                at=turn.at,
                author=turn.author,
                private=turn.private,
            ),
        )
        before = turn
    await platform.close_conversation(name, at=max(turn.at for turn in transcript.turns))
    await listening


async def _listened(name: str, agent: Client, told: Callable[[str], object]) -> None:
    """Tell the events of one conversation until its summary, which comes on close."""
    async for event in agent.events():
        if isinstance(event, ServerEvent) and event.conversation == name:
            told(encode(event))
            if isinstance(event, SummaryMessage):
                return
