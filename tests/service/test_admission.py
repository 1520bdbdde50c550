"""Tokens and origins."""

import base64
import json
import time

import jwt
import pytest

from assist.errors import ClientFault, UsageError
from assist.service.admission import Gate, origin_allowed, read_secret, signed
from assist.wire.messages import Hello, Peer, Subscribe

SECRET = b"s" * 32


def hello(token, role=Peer.AGENT, agent=None):
    return Hello(protocol=1, role=role, agent=agent, token=token)


def unsigned(claims):
    """Return a token of algorithm `none`."""
    parts = [{"alg": "none", "typ": "JWT"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return b".".join([*encoded, b""]).decode()


LATER = int(time.time()) + 1000
GOOD = {"role": "agent", "exp": LATER}


def test_a_good_token_lets_in():
    """A token made by `signed` is accepted for its role, with its end."""
    gate = Gate(SECRET)
    gate(hello(signed(SECRET, role=Peer.AGENT, ttl_s=60, agent="kim"), agent="kim"))
    assert 50 < gate.seconds_left(time.time()) <= 60


def test_without_a_secret_everybody_is_let_in():
    """No secret, no question, no end."""
    gate = Gate(None)
    gate(hello(None))
    assert gate.seconds_left(0) is None


@pytest.mark.parametrize(
    "token",
    [
        None,
        "",
        "rubbish",
        "a.b.c",
        unsigned(GOOD),
        jwt.encode(GOOD, b"x" * 32, algorithm="HS256"),
        jwt.encode(GOOD, SECRET * 2, algorithm="HS512"),
        jwt.encode({**GOOD, "exp": 1000}, SECRET, algorithm="HS256"),
        jwt.encode({"role": "agent"}, SECRET, algorithm="HS256"),
        jwt.encode({"exp": LATER}, SECRET, algorithm="HS256"),
        jwt.encode({**GOOD, "nbf": LATER}, SECRET, algorithm="HS256"),
        jwt.encode({**GOOD, "aud": "somebody else"}, SECRET, algorithm="HS256"),
        jwt.encode(GOOD, SECRET, algorithm="HS256")[:-2],
    ],
    ids=[
        "none", "empty", "rubbish", "three parts", "alg none", "wrong key", "other algorithm",
        "expired", "no end", "no role", "not yet", "another audience", "cut",
    ],
)  # fmt: skip
def test_a_bad_token_is_refused(token):
    """Whatever is wrong with it, the answer is the same and holds nothing of the token."""
    with pytest.raises(ClientFault) as told:
        Gate(SECRET)(hello(token))
    assert (told.value.code, told.value.close) == ("session.bad-token", 4101)
    assert told.value.__cause__ is None
    assert told.value.__context__ is None


@pytest.mark.parametrize(("role", "agent"), [(Peer.SUPERVISOR, "kim"), (Peer.AGENT, "lee")])
def test_a_token_is_for_one_role_and_one_agent(role, agent):
    """A good token of somebody else is not allowed."""
    token = signed(SECRET, role=Peer.AGENT, ttl_s=60, agent="kim")
    with pytest.raises(ClientFault) as told:
        Gate(SECRET)(hello(token, role, agent))
    assert (told.value.code, told.value.close) == ("session.not-allowed", 4102)


def test_a_token_may_be_for_one_conversation():
    """Then messages about others are refused, and the connection stays."""
    gate = Gate(SECRET)
    gate(hello(signed(SECRET, role=Peer.AGENT, ttl_s=60, conversation="mine")))
    gate.check(Subscribe(conversation="mine"))
    for other in ("theirs", "*"):
        with pytest.raises(ClientFault) as told:
            gate.check(Subscribe(conversation=other))
        assert (told.value.code, told.value.close) == ("session.not-allowed", None)


def test_secrets_come_from_a_file(tmp_path):
    """Blanks around the secret do not count; a missing or short one is wrong use."""
    path = tmp_path / "secret"
    with pytest.raises(UsageError) as told:
        read_secret(path)
    assert told.value.code == "settings.secret-unreadable"
    path.write_text("short-secret\n")
    with pytest.raises(UsageError) as told:
        read_secret(path)
    assert told.value.code == "settings.secret-too-short"
    assert "short-secret" not in told.value.message
    path.write_bytes(SECRET + b"\n")
    assert read_secret(path) == SECRET


@pytest.mark.parametrize(
    ("allowed", "origin", "welcome"),
    [
        (None, None, True),
        (None, "http://localhost:8080", True),
        (None, "http://127.0.0.1:5173", True),
        (None, "http://[::1]:8080", True),
        (None, "https://elsewhere.example", False),
        (None, "https://localhost.elsewhere.example", False),
        (None, "http://localhost@elsewhere.example", False),
        (None, "http://[broken", False),
        (None, "null", False),
        (None, "", False),
        (("https://desk.example",), "https://desk.example", True),
        (("https://desk.example",), "http://desk.example", False),
        (("https://desk.example",), "https://desk.example.evil.example", False),
        (("https://desk.example",), "http://localhost", False),
        (("https://desk.example",), None, True),
    ],
)
def test_origins(allowed, origin, welcome):
    """Without a list pages of this machine may connect; with one, those on it; others never."""
    assert origin_allowed(origin, allowed) is welcome


async def test_the_service_asks_for_tokens_when_it_has_a_secret(make_service, tmp_path):
    """Over the socket: none is closed with 4101, the wrong role with 4102, a good one served."""
    path = tmp_path / "secret"
    path.write_bytes(SECRET)
    token = signed(SECRET, role=Peer.AGENT, ttl_s=30, conversation="mine")
    async with make_service(token_secret_file=path) as desk:
        async with desk.talk() as talker:
            assert (await talker.hello("agent"))["code"] == "session.bad-token"
            assert await talker.closing() == 4101
        async with desk.talk() as talker:
            assert (await talker.hello("supervisor", token=token))["type"] == "error"
            assert await talker.closing() == 4102
        async with desk.talk("agent", token=token) as talker:
            refused = await talker.ask(type="subscribe", conversation="theirs", id="x")
            assert (refused["code"], refused["re"]) == ("session.not-allowed", "x")
            assert (await talker.ask(type="subscribe", conversation="mine"))["type"] == "snapshot"
            desk.clock.advance(31)
            assert await talker.closing() == 4101
