"""What all connections of one service share: who may come in, and how much of everything."""

from dataclasses import dataclass, field
from datetime import timedelta

from assist.service.addresses import Crowd
from assist.service.admission import Door
from assist.service.clock import Clock
from assist.service.load import Load
from assist.service.rations import Rations, Share
from assist.service.sessions import Sessions
from assist.settings import Settings
from assist.wire.messages import Limits

__all__ = ["Terms", "terms_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The door, the limits and the counts; `ahead` is how far a time may lie in the future."""

    limits: Limits
    door: Door
    load: Load
    rations: Rations
    crowd: Crowd
    queue: int
    queue_bytes: int
    resume_window_s: float
    ahead: timedelta
    proxies: frozenset[str] = frozenset()
    sessions: Sessions = field(default_factory=Sessions)


def terms_of(settings: Settings, secrets: tuple[bytes, ...], clock: Clock) -> Terms:
    """Return the terms that `settings` say."""
    return Terms(
        limits=Limits(
            frame_bytes=settings.frame_bytes,
            text_chars=settings.text_chars,
            turns_per_second=settings.turns_per_second,
            messages_per_second=settings.messages_per_second,
        ),
        door=Door(secrets, settings.token_longest_s),
        load=Load(clock, most=settings.backlog, each=settings.queue, hold_s=settings.hold_s),
        rations=Rations({share: getattr(settings, share) for share in Share}),
        crowd=Crowd(settings.address_connections),
        queue=settings.queue,
        queue_bytes=settings.queue_bytes,
        resume_window_s=settings.resume_window_s,
        ahead=timedelta(seconds=settings.ahead_s),
        proxies=frozenset(settings.proxies),
    )
