"""The access matrix: who is refused what, over the socket, and that nothing gets across tenants.

The tables name every way in that must be shut. The last test makes up a thousand more.
"""

import json
import random
import re
import time
from pathlib import Path

import jwt
import pytest
from websockets.exceptions import InvalidStatus

from assist.errors import ClientFault
from assist.service.admission import Gate
from assist.service.bus import Mailbox
from assist.service.hearing import Hearing
from assist.service.tenancy import keyed, plain, tenant_of
from assist.service.tokens import AUDIENCE, signed
from assist.wire.messages import Hello, Peer, encode
from assist.wire.schema import CLIENT_TYPES, type_of
from assist.wire.session import LAW, Accepted, Session

GOLDEN = Path(__file__).parents[1] / "golden"
SECRET = b"s" * 32
NOW = int(time.time())
GOOD = {"role": "agent", "aud": AUDIENCE, "exp": NOW + 20_000, "agent": "ana", "iat": NOW}
TYPES = [type_of(kind) for kind in CLIENT_TYPES if kind is not Hello]
MINE, THEIRS = "mine", "chat-17"


def token(role="agent", **more):
    agent = {"agent": "ana"} if role == "agent" else {}
    return signed(SECRET, **{"role": Peer(role), "ttl_s": 600, **agent, **more})


def written(*, key=SECRET, algorithm="HS256", without=(), **more):
    claims = {"jti": str(random.random()), **GOOD, **more}
    claims = {name: value for name, value in claims.items() if name not in without}
    return jwt.encode(claims, key, algorithm=algorithm)


def golden(name, **more):
    return {**json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8")), **more}


@pytest.fixture
def guarded(make_service, tmp_path):
    """Return a way to run a service that asks for tokens."""
    path = tmp_path / "secret"
    path.write_bytes(SECRET)
    return lambda **more: make_service(token_secret_file=path, **more)


BAD_TOKENS = {
    "none at all": None,
    "an empty one": "",
    "rubbish": "rubbish",
    "algorithm none": jwt.encode({**GOOD, "jti": "n"}, None, algorithm="none"),
    "another algorithm": written(key=SECRET * 2, algorithm="HS512"),
    "another secret": written(key=b"x" * 32),
    "another audience": written(aud="somebody else"),
    "no audience": written(without=["aud"]),
    "expired": written(exp=NOW - 1),
    "without an end": written(without=["exp"]),
    "not yet good": written(nbf=NOW + 10_000),
    "good for a year": written(exp=NOW + 365 * 86_400),
    "without an id": written(without=["jti"]),
    "without a role": written(without=["role"]),
    "a role that is none": written(role="root"),
    "a tenant that is none": written(tenant="../acme"),
    "cut": written()[:-3],
}


@pytest.mark.parametrize("name", BAD_TOKENS)
async def test_without_a_good_token_nobody_is_let_in(guarded, name):
    """Each is told the same and closed with 4101."""
    async with guarded() as desk, desk.talk() as talker:
        given = {} if BAD_TOKENS[name] is None else {"token": BAD_TOKENS[name]}
        answer = await talker.hello("agent", **given)
        assert answer["code"] == "session.bad-token"
        assert await talker.closing() == 4101


ROLES = [(has, says) for has in Peer for says in Peer if has is not says]


@pytest.mark.parametrize(("has", "says"), [*ROLES, (Peer.AGENT, "another agent")])
async def test_a_token_is_for_one_role_and_one_agent(guarded, has, says):
    """Whoever says to be another is closed with 4102."""
    async with guarded() as desk, desk.talk() as talker:
        agent = {"agent": "lee"} if says == "another agent" else {}
        role = has if agent else says
        answer = await talker.hello(role, token=token(has), **agent)
        assert answer["code"] == "session.not-allowed"
        assert await talker.closing() == 4102


async def test_a_used_token_and_one_of_before_a_logout_are_refused(guarded):
    """Twice the same, and one made before the agent was logged out: closed with 4101."""
    async with guarded() as desk:
        used, earlier = token(), token()
        async with desk.talk("agent", token=used) as agent:
            async with desk.talk() as thief:
                await thief.hello("agent", token=used)
                assert await thief.closing() == 4101
            async with desk.talk("supervisor", token=token("supervisor")) as boss:
                answer = await boss.ask(type="logout", agent="ana")
                assert (answer["type"], answer["sessions"]) == ("logged-out", 1)
            assert await agent.closing() == 4104
        async with desk.talk() as late:
            await late.hello("agent", token=earlier)
            assert await late.closing() == 4101


async def test_a_restart_makes_no_used_token_good_again(guarded, sqlite):
    """What was used, renewed with or logged out before is refused by the next service too."""
    used, newer, old, chief = (token(), token(), token(agent="lee"), token("supervisor"))
    async with (
        guarded(store=sqlite) as desk,
        desk.talk("agent", agent="ana", token=used) as ana,
        desk.talk("supervisor", token=chief) as one,
    ):
        assert (await ana.ask(type="renew", token=newer))["type"] == "renewed"
        assert (await one.ask(type="logout", agent="lee"))["type"] == "logged-out"
    async with guarded(store=sqlite) as desk:
        for agent, gone in (("ana", used), ("ana", newer), ("lee", old)):
            async with desk.talk() as again:
                assert (await again.hello("agent", agent=agent, token=gone))["type"] == "error"
                assert await again.closing() == 4101
        async with desk.talk("agent", agent="lee", token=token(agent="lee")):
            pass


@pytest.mark.parametrize("name", TYPES)
async def test_nothing_is_taken_before_hello(guarded, name):
    """Whatever else comes first is closed with 4100."""
    async with guarded() as desk, desk.talk() as talker:
        assert (await talker.ask(**golden(name)))["code"] == "session.no-hello"
        assert await talker.closing() == 4100


def allowed(peer):
    return {type_of(kind) for kind in CLIENT_TYPES if peer in LAW[kind].peers}


@pytest.mark.parametrize("peer", Peer)
async def test_each_role_is_refused_what_is_not_its_own(guarded, peer):
    """Every message of another role is answered with an error, none is acted upon."""
    async with guarded() as desk, desk.talk(peer, token=token(peer)) as talker:
        for name in sorted(set(TYPES) - allowed(peer)):
            answer = await talker.ask(**golden(name, id=name))
            assert (answer["re"], answer["code"]) == (name, "session.not-allowed")
        assert await desk.service.hub.parts.log.conversations() == ()


@pytest.mark.parametrize("peer", Peer)
async def test_a_token_for_one_conversation_is_for_no_other(guarded, peer):
    """Every message of its role that names another, or none, is refused; its own is taken."""
    own = {"renew", "logout", "prefer"}  # about the connection or the agent
    given = token(peer, conversations=[MINE])
    async with guarded() as desk, desk.talk(peer, token=given) as talker:
        for name in sorted(allowed(peer) - own - {"hello"}):
            answer = await talker.ask(**golden(name, id=name))
            assert (answer["re"], answer["code"]) == (name, "session.not-allowed")
        if peer is not Peer.PLATFORM:
            answer = await talker.ask(type="subscribe", conversation=MINE)
            assert answer["type"] == "snapshot"
            answer = await talker.ask(type="subscribe", conversation="*")
            assert answer["code"] == "session.not-allowed"
        assert await desk.service.hub.parts.log.conversations() == ()


REACHES_TOO_FAR = {
    "an agent wants everything": ("agent", {}, {"type": "subscribe", "conversation": "*"}),
    "an agent lets everything go": ("agent", {}, {"type": "unsubscribe", "conversation": "*"}),
    "an agent logs another out": ("agent", {}, {"type": "logout", "agent": "lee"}),
    "some chats' supervisor logs out": (
        "supervisor", {"conversations": [MINE]}, {"type": "logout", "agent": "ana"},
    ),
    "some chats' platform logs out": (
        "platform", {"conversations": [MINE]}, {"type": "logout", "agent": "ana"},
    ),
    "nobody's preferences": ("agent", {"agent": None}, {"type": "prefer", "fewer": True}),
    "a second hello": ("agent", {}, {"type": "hello", "protocol": 1, "role": "supervisor"}),
    "another agent's token": ("agent", {}, {"type": "renew", "token": written(agent="lee")}),
    "another tenant's token": ("agent", {}, {"type": "renew", "token": written(tenant="acme")}),
    "another role's token": ("agent", {}, {"type": "renew", "token": written(role="platform")}),
    "no token at all": ("agent", {}, {"type": "renew", "token": ""}),
}  # fmt: skip


@pytest.mark.parametrize("name", REACHES_TOO_FAR)
async def test_who_reaches_too_far_is_refused(guarded, name):
    """Each is answered with an error, and the connection stays."""
    role, given, message = REACHES_TOO_FAR[name]
    async with guarded() as desk, desk.talk(role, token=token(role, **given)) as talker:
        code = (await talker.ask(**message))["code"]
        assert code in {"session.not-allowed", "session.second-hello", "session.bad-token"}
        assert (await talker.ask(type="shout"))["code"] == "message.unknown-type"


@pytest.mark.parametrize("origin", ["null", "https://desk.example.evil", "http://desk.example"])
async def test_pages_of_others_are_refused_whatever_their_token(guarded, origin):
    """The page gets 403 before any token is looked at."""
    async with guarded(origins=("https://desk.example",)) as desk:
        with pytest.raises(InvalidStatus) as refused:
            async with desk.talk("agent", origin=origin, token=token()):
                pass
        assert refused.value.response.status_code == 403


def test_the_matrix_is_as_wide_as_it_should_be():
    """At least forty cases are refused, counted from the tables above."""
    roles = sum(len(set(TYPES) - allowed(peer)) for peer in Peer)
    others = sum(len(allowed(peer) - {"hello", "renew", "logout", "prefer"}) for peer in Peer)
    cases = len(BAD_TOKENS) + len(ROLES) + len(TYPES) + roles + others + len(REACHES_TOO_FAR)
    assert cases >= 40


async def test_the_same_name_in_two_tenants_is_two_conversations(guarded, said):
    """Turns, events, alerts and preferences stay with their tenant, under the plain name."""
    async with guarded() as desk:
        talks = [
            desk.talk(role, token=token(role, tenant=tenant))
            for tenant in ("", "acme")
            for role in ("platform", "agent", "supervisor")
        ]
        opened = [await talk.__aenter__() for talk in talks]
        (platform, agent, boss), (other, stranger, their_boss) = opened[:3], opened[3:]
        for one in (agent, stranger):
            assert (await one.ask(type="subscribe", conversation="c"))["turns"] == 0
        for one in (boss, their_boss):
            await one.ask(type="subscribe", conversation="*")
        await platform.ask(**said("mine!", turn="t1"))
        assert {one["conversation"] for one in await agent.take(4)} == {"c"}
        assert [one["type"] for one in await boss.take(2)] == ["escalation", "alert"]
        assert await stranger.silent(0.05)
        assert await their_boss.silent(0.05)
        answer = await other.ask(**said("theirs", turn="t1"))
        assert (answer["conversation"], answer["position"]["offset"]) == ("c", 0)
        assert (await stranger.get())["turn"] == "t1"
        assert await agent.silent(0.05)
        chosen = await stranger.ask(type="prefer", fewer=True)
        assert (chosen["agent"], chosen["fewer"]) == ("ana", True)
        assert (await agent.ask(type="prefer"))["fewer"] is False
        assert set(await desk.service.hub.parts.log.conversations()) >= {"c", keyed("acme", "c")}
        metrics = desk.service.metrics.exposition()
        assert b"acme" not in metrics
        for talk in talks:
            await talk.__aexit__(None, None, None)


ATTEMPTS = 1000
MARK = "swordfish"
VICTIM = "acme"
CUSTOMER = "Zoë"
NAMES = ("c1", "c2", "c3")
TRICKS = (
    "{0}", keyed(VICTIM, "{0}"), keyed("", keyed(VICTIM, "{0}")), f"{VICTIM}/{{0}}", "*",
    f"{VICTIM}\x1f{{0}}", f"\x1f{VICTIM}\x1f{{0}}\x1f", "\x1f\x1f{0}", "conversation.{0}",
    f"others.\x1f{VICTIM}\x1f{{0}}", f'","conversation":"\x1f{VICTIM}\x1f{{0}}', "..\x1f{0}",
    "%1f{0}", "{0}\x00",
)  # fmt: skip


class Visitor:
    """A peer without a socket: what a connection does with a frame, and what it would be sent."""

    def __init__(self, service, role, tenant, agent="ana"):
        terms = service.listener.terms
        self.ended = []
        self.mailbox = Mailbox(100_000, 1 << 30)
        gate = Gate(terms.door)
        self._session = Session(terms.limits, gate)
        self._service = service
        self._hearing = Hearing(
            hub=service.hub, terms=terms, gate=gate, mailbox=self.mailbox, address="visitor",
            greeted=lambda: terms.sessions.enter(self._hearing.agent or "", self),
            end=self.ended.append,
        )  # fmt: skip
        named = {"agent": agent} if role != "platform" else {}
        given = signed(SECRET, role=Peer(role), ttl_s=600, tenant=tenant, **named)
        self._hello = encode(Hello(protocol=1, role=Peer(role), token=given))

    def end(self, closing):
        self.ended.append(closing)

    async def greet(self):
        await self.say(self._hello)
        return self

    async def say(self, frame):
        """Say it; return the code of the refusal, None where it was taken."""
        now = self._service.hub.parts.clock.monotonic()
        answer = self._session.receive(frame, now)
        if not isinstance(answer, Accepted):
            return answer.error.code
        try:
            await self._hearing.take(answer.message, now)
        except ClientFault as fault:
            return fault.code
        return None

    async def heard(self):
        return [one for _ in range(len(self.mailbox)) for one in await self.mailbox.take()]


def attempt(dice, role):
    """Return a frame that names something of the victim's in one of many ways."""
    name = dice.choice(sorted(allowed(role) - {"hello", "renew", "logout", "typing"}))
    message = golden(name, id="x")
    trick, chat = dice.choice(TRICKS), dice.choice(NAMES)
    for field in ("conversation", "agent"):
        if isinstance(message.get(field), str):
            message[field] = trick.replace("{0}", chat if field == "conversation" else "ana")
    if name == "erase" and dice.random() < 0.5:
        message = {"type": "erase", "id": "x", "customer": CUSTOMER}
    if name == "logout" or dice.random() < 0.1:
        message["agent"] = trick.replace("{0}", "ana")
    if dice.random() < 0.3:
        message["after"] = {"epoch": "e", "offset": dice.randrange(5)}
    for field in ("turn", "suggestion", "alert"):
        if isinstance(message.get(field), str):
            message[field] = f"{dice.choice(('', 'high:', 'calm:'))}{MARK}-guess"
    return json.dumps(message)


async def test_a_thousand_attempts_get_nothing_across(guarded, said, clock, eventually):
    """Whatever others name, none hears, changes or ends anything of the victim's."""
    dice = random.Random(7)
    async with guarded(messages_per_second=1e6, address_messages_per_second=1e6) as desk:
        service, log = desk.service, desk.service.hub.parts.log
        platform = await Visitor(service, "platform", VICTIM).greet()
        agent = await Visitor(service, "agent", VICTIM).greet()
        mine = [keyed(VICTIM, name) for name in NAMES]
        others = [
            await Visitor(service, role, tenant).greet()
            for tenant in ("", "other", VICTIM + ".", VICTIM.upper())
            for role in Peer
        ]
        for chat in NAMES:
            opening = {"type": "open", "conversation": chat, "customer": {"name": CUSTOMER}}
            assert await platform.say(json.dumps(opening)) is None
        leaks = 0
        for number in range(ATTEMPTS):
            if number % 10 == 0:  # the victim's chats go on meanwhile
                chat, turn = dice.choice(NAMES), f"{MARK}-{number}"
                frame = {**said(f"{MARK}!", turn=turn, conversation=chat)}
                assert await platform.say(json.dumps(frame)) is None
                await eventually(lambda: len(service.listener.terms.load) == 0)
            visitor = dice.choice(others)
            role = visitor._hearing.hello.role
            await visitor.say(attempt(dice, role))
        await service.hub.finish()
        for visitor in others:
            told = b"".join(await visitor.heard())
            leaks += len(re.findall(rb'swordfish(?!-guess")', told))
        stored = [record.payload for name in mine for record in await log.read(name)]
        leaks += abs(len(stored) - ATTEMPTS // 10 - len(NAMES)) + len(agent.ended)
        foreign = set(await log.conversations()) - set(mine)
        assert (leaks, len(foreign) > 20) == (0, True)
        assert all(tenant_of(name) != VICTIM for name in foreign)
        assert {plain(name) for name in foreign} & set(NAMES)
