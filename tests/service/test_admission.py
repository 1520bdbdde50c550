"""The door of a service and the gate of a connection."""

import time

import pytest

from assist.errors import ClientFault, StoreError
from assist.service.admission import Door, Gate, beyond_loopback
from assist.service.remembered import Remembered
from assist.service.store_memory import MemoryLog
from assist.service.tokens import signed
from assist.wire.messages import Hello, Logout, Peer, Prefer, Renew, Subscribe

SECRET = b"s" * 32


def hello(token, role=Peer.AGENT, agent=None):
    return Hello(protocol=1, role=role, agent=agent, token=token)


def token(**given):
    return signed(SECRET, **{"role": Peer.AGENT, "ttl_s": 60, "agent": "kim", **given})


@pytest.fixture
def door():
    return Door((SECRET,))


@pytest.fixture
def gate(door):
    """Return a gate that let kim in."""
    gate = Gate(door)
    gate(hello(token()))
    return gate


def refused(call, *given):
    """Return code and close of the refusal."""
    with pytest.raises(ClientFault) as told:
        call(*given)
    return told.value.code, told.value.close


def test_a_good_token_lets_in(gate):
    """With it come the agent, the tenant and the end."""
    assert 50 < gate.seconds_left() <= 60
    assert (gate.tenant, gate.agent(hello(None))) == ("", "kim")


def test_without_a_secret_everybody_is_let_in():
    """No secret, no question, no end, and the agent is who they say."""
    gate = Gate(Door())
    gate(hello(None))
    gate.renew(Renew(token="anything"))
    gate.check(Subscribe(conversation="any"))
    assert gate.seconds_left() is None
    assert gate.agent(hello(None, agent="lee")) == "lee"


def test_a_token_is_good_once(door):
    """The second use is refused, at whatever gate; a refused use does not use it up."""
    one = token()
    assert refused(Gate(door), hello(one, Peer.SUPERVISOR)) == ("session.not-allowed", 4102)
    Gate(door)(hello(one))
    assert refused(Gate(door), hello(one)) == ("session.bad-token", 4101)


def test_more_tokens_than_can_be_remembered_are_refused_and_none_is_good_twice():
    """A full memory says to wait, and is no way to use a token again."""
    door = Door((SECRET,), kept=Remembered(most=1))
    first = token()
    Gate(door)(hello(first))
    assert refused(Gate(door), hello(token())) == ("server.overload", 4000)
    assert refused(Gate(door), hello(first)) == ("session.bad-token", 4101)


@pytest.mark.parametrize(("role", "agent"), [(Peer.SUPERVISOR, "kim"), (Peer.AGENT, "lee")])
def test_a_token_is_for_one_role_and_one_agent(door, role, agent):
    """A good token of somebody else is not allowed."""
    assert refused(Gate(door), hello(token(), role, agent)) == ("session.not-allowed", 4102)


def test_nobody_is_who_they_say_without_the_tokens_word(door):
    """Where the token names no agent, the name in `hello` counts for nothing."""
    gate = Gate(door)
    gate(hello(token(agent=None), agent="lee"))
    assert gate.agent(hello(None, agent="lee")) == ""
    assert refused(gate.check, Prefer()) == ("session.not-allowed", None)


def test_a_token_may_be_for_some_conversations(door):
    """Then messages about others are refused, and the connection stays."""
    gate = Gate(door)
    gate(hello(token(conversations=["mine", "too"])))
    gate.check(Subscribe(conversation="mine"))
    gate.check(Subscribe(conversation="too"))
    for other in ("theirs", "*", "Mine", "mine "):
        assert refused(gate.check, Subscribe(conversation=other)) == ("session.not-allowed", None)
    assert refused(gate.check, Logout(agent="lee")) == ("session.not-allowed", None)


def test_a_newer_token_puts_off_the_end(gate):
    """The connection goes on with it, and it is used up."""
    newer = token(ttl_s=600)
    gate.renew(Renew(token=newer))
    assert 590 < gate.seconds_left() <= 600
    assert refused(gate.renew, Renew(token=newer))[0] == "session.bad-token"


@pytest.mark.parametrize(
    "other",
    [{"agent": "lee"}, {"tenant": "acme"}, {"role": Peer.SUPERVISOR}, {"conversations": ["c"]}],
    ids=["agent", "tenant", "role", "reach"],
)
def test_a_newer_token_of_another_changes_nothing(gate, other):
    """It is refused, is not used up, and the one there is stays as good as it was."""
    stranger = token(ttl_s=600, **other)
    assert refused(gate.renew, Renew(token=stranger)) == ("session.not-allowed", None)
    assert gate.seconds_left() <= 60
    assert gate.door.read(stranger)


async def test_who_is_logged_out_needs_a_new_token():
    """Tokens made for that agent before are good no longer; of a later login they are."""
    now = time.time()
    door = Door((SECRET,), now=lambda: now)
    before, other = token(now=now), token(now=now, tenant="acme")
    await door.log_out("", "kim")
    assert refused(Gate(door), hello(before)) == ("session.bad-token", 4101)
    Gate(door)(hello(other))
    Gate(door)(hello(token(now=now, agent="lee")))
    Gate(door)(hello(token(now=now + 1)))


async def test_what_was_used_up_outlasts_the_process():
    """Another door on the same log refuses the token and those of before the logout, no others."""
    log, used, old, fresh = MemoryLog(), token(), token(agent="lee"), token()
    door = Door((SECRET,))
    await door.remember_by(log)
    gate = Gate(door)
    gate(hello(used))
    await gate.keep()
    await door.log_out("", "lee")
    after = Door((SECRET,))
    await after.remember_by(log)
    assert refused(Gate(after), hello(used)) == ("session.bad-token", 4101)
    assert refused(Gate(after), hello(old, agent="lee")) == ("session.bad-token", 4101)
    Gate(after)(hello(fresh))


async def test_what_is_kept_goes_when_the_tokens_are_over():
    """Nothing is kept of a token that would be refused for its age anyway, and no words ever."""
    log, now = MemoryLog(), time.time() - 100
    door = Door((SECRET,), now=lambda: now)
    await door.remember_by(log)
    for seconds in (0, 102):
        now += seconds
        gate = Gate(door)
        gate(hello(token(now=now, ttl_s=102)))
        await gate.keep()
    (kept,) = await log.remembered(0.0)
    assert kept.until == pytest.approx(now + 102, abs=0.01)
    assert len(kept.name) == 16


async def test_a_token_whose_use_cannot_be_kept_opens_nothing():
    """A store that fails is told as such, with a wait, and the token is used up all the same."""

    class Broken(MemoryLog):
        async def remember(self, reminder, now):
            raise StoreError("MARKER")

    door = Door((SECRET,))
    await door.remember_by(Broken())
    gate = Gate(door)
    gate(hello(one := token()))
    with pytest.raises(ClientFault) as told:
        await gate.keep()
    assert (told.value.code, told.value.retry, told.value.close) == (
        "store.unavailable", True, 4000,
    )  # fmt: skip
    assert "MARKER" not in told.value.message
    assert refused(Gate(door), hello(one)) == ("session.bad-token", 4101)


@pytest.mark.parametrize(
    ("host", "beyond"),
    [
        ("127.0.0.1", False), ("127.8.0.1", False), ("::1", False), ("localhost", False),
        ("0.0.0.0", True), ("::", True), ("192.0.2.1", True), ("desk.example", True), ("", True),
    ],
)  # fmt: skip
def test_beyond_this_machine(host, beyond):
    """All but the loopback addresses can be reached by others."""
    assert beyond_loopback(host) is beyond
