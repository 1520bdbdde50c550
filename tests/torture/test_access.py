"""Who may not come in."""

import secrets

from assist.service.tokens import signed
from assist.torture import access as module
from assist.torture.access import _leaks, _refused, access
from assist.torture.cases import Case
from assist.torture.victim import lifted
from assist.wire.messages import Peer


async def test_every_case_is_refused_and_nothing_leaks(nursery, short, figure):
    """More than forty cases, and attempts from one tenant into another."""
    outcome = await access(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "cases") == figure(outcome, "refused") >= 40


async def test_who_is_let_in_is_not_taken_for_refused(nursery, tmp_path, monkeypatch):
    """A good token is no refused case, and neither is an error with another code."""
    monkeypatch.setattr(module, "_CLOSES_WITHIN_S", 0.2)  # no close is to come
    secret = secrets.token_hex(32).encode()
    (tmp_path / "secret").write_bytes(secret)

    def hello():
        token = signed(secret, role=Peer.AGENT, ttl_s=60, agent="kim")
        return {"type": "hello", "protocol": 1, "role": "agent", "agent": "kim", "token": token}

    async with nursery.service(**lifted(token_secret_file=str(tmp_path / "secret"))) as victim:
        wrong = {"type": "subscribe"}
        for says in ((hello(), wrong), (hello(), wrong, wrong)):
            assert not await _refused(victim.ws, Case(name="x", says=says, codes=(4101,)))


def test_words_of_another_tenant_are_found_wherever_they_stand():
    """How the asker called the chat is their own word; anything else with the mark leaks."""
    assert not _leaks('{"type":"ack","conversation":"mark-1"}', "mark")
    assert _leaks('{"type":"summary","conversation":"x","problem":"about mark"}', "mark")
