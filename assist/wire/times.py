"""Whether what a message calls its time can be one.

The law: nothing was said in the future. The past is long: transcripts of years ago are replayed.
It asks no clock: the shell brings the time of its wall.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from assist.errors import ClientFault
from assist.wire.messages import ClientMessage, Open, TurnMessage

__all__ = ["check_times"]


def check_times(message: ClientMessage, now: datetime, ahead: timedelta) -> None:
    """Raise ClientFault where a time in `message` is further than `ahead` after `now`."""
    for field, at in _times_in(message):
        if at - now > ahead:
            raise ClientFault(
                f"`{field}` lies more than {ahead.total_seconds():.0f} seconds ahead of this"
                " server's clock; send the time at which it happened, and check the clocks.",
                code="message.future-time",
            )


def _times_in(message: ClientMessage) -> Iterator[tuple[str, datetime]]:
    match message:
        case TurnMessage():
            yield "turn.at", message.turn.at
        case Open():
            history = message.customer.history if message.customer else ()
            for place, contact in enumerate(history):
                yield f"customer.history.{place}.at", contact.at
        case _:
            at = getattr(message, "at", None)
            if isinstance(at, datetime):
                yield "at", at
