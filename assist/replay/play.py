"""Play a transcript down the line.

The law: the events are those that a live service sends for the same turns, in the same order; only
the epoch of their positions has a name of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assist.core.conversation import Conversation
from assist.core.turns import Closed, Event, Opened
from assist.line import Line
from assist.replay.transcripts import Transcript
from assist.wire.messages import Position, ServerEvent
from assist.wire.render import render
from assist.wire.waiting import waiting_since

__all__ = ["EPOCH", "Played", "events_of", "play"]

EPOCH = "replay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of one event of a transcript."""

    event: Event
    conversation: Conversation
    messages: tuple[ServerEvent, ...]


def events_of(transcript: Transcript) -> tuple[Event, ...]:
    """Return what a platform would have told: opened, each turn, closed."""
    last = max(turn.at for turn in transcript.turns)
    opened = Opened(customer_name=transcript.customer_name)
    return (opened, *transcript.turns, Closed(at=last))


def play(transcript: Transcript, line: Line) -> Iterator[Played]:
    """Yield what comes of every event of the transcript."""
    conversation, offset = line.begin(transcript.conversation), 0
    for event in events_of(transcript):
        step = line.step(conversation, event)
        conversation = step.conversation
        messages = tuple(
            render(
                change,
                conversation=conversation.id,
                position=Position(epoch=EPOCH, offset=offset + number),
                turn=turn,
                version=line.version,
                since=waiting_since(conversation),
                customer=conversation.opened.customer_name,
            )
            for number, (turn, change) in enumerate(step.told, start=1)
        )
        offset += len(messages)
        yield Played(event=event, conversation=conversation, messages=messages)
