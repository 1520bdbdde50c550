"""Senders, followers, and how they are judged."""

import json

from assist.service.entries import encoded
from assist.service.store_sqlite import SqliteLog
from assist.torture.follow import Follower, Sender, compared, kept
from assist.torture.peers import peer, turn_of
from assist.torture.victim import lifted
from assist.wire.messages import TurnMessage


async def test_what_is_not_in_the_log_once_and_in_order_is_counted(tmp_path):
    """A lost turn, a doubled one and a chat out of order."""
    store = tmp_path / "log.sqlite"
    log = SqliteLog(store)
    for chat, numbers in {"whole": (0, 1), "lost": (0,), "late": (1, 0)}.items():
        for seq, number in enumerate(numbers):
            payload = _stored(turn_of(chat, number))
            await log.append(chat, seq, f"m{number}", payload)
    await log.close()
    senders = [Sender("", chat) for chat in ("whole", "lost", "late")]
    for sender in senders:
        sender.acked = {"t0": {}, "t1": {}}
    found = await kept(store, senders)
    assert (found.acked, found.lost, found.doubled, found.disordered) == (6, 1, 0, 1)


async def test_an_agent_who_missed_or_heard_twice_is_found_out(nursery):
    """What was heard is compared with what is told afresh: gaps, doubles, order, words."""
    async with nursery.service(**lifted()) as victim:
        async with peer(victim.ws, "agent") as one, peer(victim.ws, "platform") as platform:
            honest = Follower(victim.ws, "c", position=(await one.follow("c"))["position"])
            await platform.ask(**turn_of("c", 2))
            while len(honest.heard) < 3:
                honest.take(await one.get())
        first, second, *rest = honest.heard
        cases = {
            "gaps": [second, *rest],
            "doubles": [first, first, second, *rest],
            "disordered": [second, first, *rest],
            "changed": [{**first, "turn": "another"}, second, *rest],
        }
        assert not _wrong(await compared(victim.ws, [honest]))
        for what, heard in cases.items():
            wrong = Follower(victim.ws, "c", position=honest.position, heard=heard)
            assert what in _wrong(await compared(victim.ws, [wrong])), what


def _wrong(counts):
    return {what for what, count in counts.items() if count and what != "events"}


def _stored(message):
    return encoded(TurnMessage.model_validate_json(json.dumps(message)))
