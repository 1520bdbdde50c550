"""Each setting reaches what it bounds."""

from datetime import timedelta

import pytest

from assist.errors import ClientFault
from assist.service.rations import Share
from assist.service.terms import terms_of
from assist.settings import Settings


async def test_every_limit_comes_from_its_setting(clock):
    """Other numbers give other terms; none is fixed somewhere else."""
    settings = Settings(
        frame_bytes=2048, text_chars=7, turns_per_second=3, messages_per_second=2,
        tenant_turns_per_second=1, address_messages_per_second=1, address_connections=1,
        queue=5, queue_bytes=4096, backlog=1, hold_s=0, ahead_s=60, resume_window_s=9,
        token_longest_s=30, proxies="192.0.2.1, 192.0.2.2",
    )  # fmt: skip
    terms = terms_of(settings, (b"s" * 32,), clock)
    limits = terms.limits
    assert (limits.frame_bytes, limits.text_chars) == (2048, 7)
    assert (limits.turns_per_second, limits.messages_per_second) == (3, 2)
    assert (terms.queue, terms.queue_bytes, terms.resume_window_s) == (5, 4096, 9)
    assert (terms.ahead, terms.door.longest_s) == (timedelta(seconds=60), 30)
    assert terms.proxies == {"192.0.2.1", "192.0.2.2"}
    assert not terms.door.open
    assert terms.crowd.enter("a") and not terms.crowd.enter("a")  # noqa: PT018  one address
    for share, rate in ((Share.AGENT, 2), (Share.TENANT, 1), (Share.ADDRESS, 1)):
        for _ in range(rate):
            terms.rations.take(share, "a", 1.0)
        with pytest.raises(ClientFault):
            terms.rations.take(share, "a", 1.0)
    seat = await terms.load.seat("a")
    with pytest.raises(ClientFault):
        await terms.load.seat("b")
    seat.leave()


def test_without_secrets_the_door_is_open(clock):
    """The terms say so."""
    assert terms_of(Settings(), (), clock).door.open
