"""Both ends of the port: a hub in this process, and a service over a connection."""

import asyncio
import importlib.util
import json
from contextlib import asynccontextmanager
from pathlib import Path
from time import time

import httpx
import pytest
from ways import SECRET, said

from assist.client import lasting
from assist.connectors import generic
from assist.connectors.alone import Alone
from assist.connectors.door import Guard
from assist.connectors.hall import Chosen, Hall, journal_beside
from assist.connectors.ingest import ClientIngest, HubIngest
from assist.connectors.port import Delivery, Happening, Place, Setup
from assist.connectors.pump import pass_on
from assist.connectors.written import message_of
from assist.core.turns import (
    Assigned,
    Closed,
    Edit,
    Opened,
    PastContact,
    Redaction,
    Role,
    Turn,
    Typing,
)
from assist.errors import ClientFault, StoreError
from assist.service.entries import decoded
from assist.service.server import Service
from assist.service.tenancy import keyed, plain, tenant_of
from assist.service.tokens import signed
from assist.settings import Settings
from assist.wire.messages import Erase, Erased, Peer

_place = Path(__file__).parents[1] / "service" / "conftest.py"
_spec = importlib.util.spec_from_file_location("service_conftest", _place)
service_conftest = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(service_conftest)
AT = service_conftest.START
NEWS = (
    Opened(customer_name="Sam", channel="web"),
    Turn(id="m1", role=Role.CUSTOMER, text="Where is it?", at=AT),
    Edit(turn="m1", text="Where is it, please?", at=AT),
    Typing(role=Role.CUSTOMER, on=True, at=AT),
    Assigned(agent="ana"),
    Redaction(turn="m1", at=AT),
    Closed(at=AT, outcome="solved"),
)
CHOSEN = Chosen(
    platform=generic.PLATFORM,
    guard=Guard(verifier=generic.SIGNED, secret=SECRET),
    setup=Setup(own=frozenset({"our-bot"})),
)


@asynccontextmanager
async def serving(**settings):
    """A service with a simple line, whose HTTP port has the generic door."""
    chosen = Settings(port=0, http_port=0, store="memory:", **settings)

    def attach(hub):
        return Hall([CHOSEN], HubIngest(hub, chosen.text_chars), None)

    async with Service(chosen, service_conftest.FakeLine(), attach=attach) as service:
        yield service


async def stored(service, conversation):
    log = service.hub.parts.log
    return [decoded(record.payload) for record in await log.read(conversation)]


def delivery(payload, at):
    plain = Delivery(
        headers={"content-type": "application/json"},
        body=json.dumps(payload).encode(),
        received_at=at,
    )
    return generic.SIGNED.stamped(plain, SECRET)


async def posted(url, payload):
    sent = delivery(payload, time())
    async with httpx.AsyncClient(timeout=60) as http:
        headers = dict(sent.headers)
        return await http.post(f"{url}in/generic", content=sent.body, headers=headers)


async def until(check):
    async with asyncio.timeout(60):
        while not await check():  # noqa: ASYNC110  what is waited for is in a log
            await asyncio.sleep(0.01)


async def test_the_hub_takes_everything_that_can_happen():
    """Each call returns once it is stored; typing returns at once and is not."""
    async with serving() as service:
        ingest = HubIngest(service.hub, 10_000)
        for what in NEWS:
            await pass_on(message_of("p:a:c", what), ingest)
        kinds = [entry.type for entry in await stored(service, "p:a:c")]
    assert kinds == ["open", "turn", "edit", "assign", "redact", "close"]


async def test_a_client_says_the_same_as_the_hub_hears():
    """The log is the same, whichever way it came."""
    async with serving() as service, lasting(service.ws_url, role="platform") as client:
        for name, ingest in [
            ("here", HubIngest(service.hub, 10_000)),
            ("there", ClientIngest(client)),
        ]:
            for what in NEWS:
                await pass_on(message_of(name, what), ingest)
        here, there = [
            [
                entry.model_copy(update={"conversation": "c"})
                for entry in await stored(service, name)
            ]
            for name in ("here", "there")
        ]
    assert here == there


async def test_words_beyond_the_bound_are_cut_and_the_turn_is_kept():
    """A platform that allows longer messages loses none of them."""
    async with serving(text_chars=5) as service:
        ingest = HubIngest(service.hub, 5)
        long = Turn(id="m1", role=Role.CUSTOMER, text="Where is it?", at=AT)
        await ingest.turn("c", long)
        await ingest.edit("c", Edit(turn="m1", text="Nowhere at all", at=AT))
        texts = [
            entry.turn.text if entry.type == "turn" else entry.text
            for entry in await stored(service, "c")
        ]
    assert texts == ["Where", "Nowhe"]


async def test_what_the_hub_refuses_is_raised():
    """With its code, and whether to try again."""
    async with serving() as service:

        async def broken(*_):
            raise StoreError("the disk is full", retry=True)

        service.hub.parts.log.append = broken
        with pytest.raises(ClientFault) as caught:
            await HubIngest(service.hub, 100).assign("c", Assigned(agent=None))
    assert caught.value.code


async def test_a_delivery_to_a_service_is_stored_after_the_answer():
    """From the HTTP port to the turn log, under the platform's name of the chat."""
    async with serving() as service:
        answer = await posted(service.http_url, said("m1", "Where is it?"))
        assert (answer.status_code, answer.content) == (200, b"")

        async def is_stored():
            return bool(await stored(service, "generic:default:c1"))

        await until(is_stored)


async def test_a_connector_by_itself_waits_for_its_service(tmp_path):
    """It takes deliveries in meanwhile, and passes them on once the service is there."""
    async with serving() as service:
        url = service.ws_url
        alone = Alone([CHOSEN], to=url, host="127.0.0.1", port=0, journal=tmp_path / "j.sqlite")
        stopping = asyncio.Event()
        running = asyncio.create_task(alone.run(stopping))
        await alone.ready.wait()
        answer = await posted(f"http://127.0.0.1:{alone.port}/", said("m1", "Where is it?"))
        assert answer.status_code == 200

        async def is_stored():
            return bool(await stored(service, "generic:default:c1"))

        await until(is_stored)
        stopping.set()
        await running


async def test_a_connector_that_is_refused_for_good_ends_and_says_why(tmp_path):
    """A token that is wrong is no reason to wait."""
    secret = tmp_path / "secret"
    secret.write_text("x" * 40, encoding="utf-8")
    async with serving(token_secret_file=secret) as service:
        alone = Alone([CHOSEN], to=service.ws_url, host="127.0.0.1", port=0, journal=None)
        with pytest.raises(ClientFault) as caught:
            await alone.run(asyncio.Event())
    assert caught.value.code == "session.bad-token"


async def test_a_connector_outlives_its_token(tmp_path):
    """It answers, keeps what is told and is not ready; a new token in the file mends it."""
    secret, token = tmp_path / "secret", tmp_path / "token"
    secret.write_text("x" * 40, encoding="utf-8")
    token.write_text("no token", encoding="utf-8")
    async with serving(token_secret_file=secret) as service:
        alone = Alone(
            [CHOSEN], to=service.ws_url, host="127.0.0.1", port=0, journal=None, token_file=token
        )
        stopping = asyncio.Event()
        running = asyncio.create_task(alone.run(stopping))
        await alone.ready.wait()
        url = f"http://127.0.0.1:{alone.port}/"

        async def code():
            async with httpx.AsyncClient(timeout=60) as client:
                return (await client.get(f"{url}readyz")).json()["trouble"].get("service", "")

        async def is_refused():
            return "session.bad-token" in await code()

        await until(is_refused)
        assert (await posted(url, said("m1", "Where is it?"))).status_code == 200
        token.write_text(signed(secret.read_bytes(), role=Peer.PLATFORM, ttl_s=60), "utf-8")

        async def is_stored():
            return bool(await stored(service, "generic:default:c1"))

        await until(is_stored)
        assert not await code()
        stopping.set()
        await running


def test_the_journal_lies_beside_the_store():
    """In memory where the store is."""
    assert journal_beside("sqlite:/var/a.sqlite") == Path("/var/a.connect.sqlite")
    assert journal_beside("sqlite:~/a.sqlite") == Path.home() / "a.connect.sqlite"
    assert journal_beside("memory:") is None
    assert journal_beside("nats://x") == Path("assist.connect.sqlite")


async def test_a_name_of_a_stranger_is_no_agent_of_another_tenant():
    """What a payload calls an agent cannot be how an agent of a tenant is called inside."""
    async with serving() as service:
        ingest = HubIngest(service.hub, 10_000)
        await ingest.assign("p:a:c", Assigned(agent=keyed("acme", "kim")))
        (entry,) = await stored(service, "p:a:c")
    assert (tenant_of(entry.agent), plain(entry.agent)) == ("", keyed("acme", "kim"))


async def test_what_is_over_a_frame_is_cut_and_the_connection_stays():
    """A turn is cut to what fits; what cannot be cut is refused by itself, and others go on."""
    long = Opened(history=(PastContact(at=AT, summary="ü" * 4096),))
    async with (
        serving(frame_bytes=4096) as service,
        lasting(service.ws_url, role="platform") as client,
    ):
        ingest = ClientIngest(client)
        with pytest.raises(ClientFault) as refused:
            await ingest.open("p:a:c", long)
        await ingest.turn("p:a:c", Turn(id="m1", role=Role.CUSTOMER, text="ü" * 9000, at=AT))
        (entry,) = await stored(service, "p:a:c")
    assert (refused.value.code, refused.value.retry) == ("message.too-long", False)
    assert entry.turn.text.strip("ü") == ""
    assert 1500 < len(entry.turn.text) < 2048


async def test_what_is_erased_in_the_service_is_erased_in_the_journal(tmp_path):
    """A platform's `erase` reaches what waits and what is known of the conversation."""
    journal = tmp_path / "j.sqlite"
    halls = []

    def attach(hub):
        halls.append(Hall([CHOSEN], HubIngest(hub, 100), journal))
        hub.also_forget.append(halls[0].forget)
        return halls[0]

    chosen = Settings(port=0, http_port=0, store="memory:")
    async with (
        Service(chosen, service_conftest.FakeLine(), attach=attach) as service,
        lasting(service.ws_url, role="platform") as client,
    ):
        assert (await posted(service.http_url, said("m1", "MARKER"))).status_code == 200
        await until(lambda: stored(service, "generic:default:c1"))
        halls[0].pump._started = False
        assert (await posted(service.http_url, said("m2", "MARKER again"))).status_code == 200
        await client.ask(Erase(conversation="generic:default:c1"), Erased)
        assert await halls[0].journal.waiting() == ()
        assert b"MARKER" not in b"".join(one.read_bytes() for one in tmp_path.iterdir())
        halls[0].pump._started = True
        assert (await posted(service.http_url, said("m1", "anew"))).status_code == 200
        await until(lambda: stored(service, "generic:default:c1"))


async def test_a_customer_is_erased_where_only_the_journal_has_heard_of_them(tmp_path):
    """Their openings that wait count and go; those of others, and of other tenants, stay."""
    halls = []

    def attach(hub):
        halls.append(Hall([CHOSEN], HubIngest(hub, 100), tmp_path / "j.sqlite"))
        hub.also_forget.append(halls[0].forget)
        hub.also_known.append(halls[0].known_of)
        return halls[0]

    chosen = Settings(port=0, http_port=0, store="memory:")
    async with (
        Service(chosen, service_conftest.FakeLine(), attach=attach) as service,
        lasting(service.ws_url, role="platform") as client,
    ):
        hall = halls[0]
        hall.pump._started = False
        for chat, customer in (("c1", "ann"), ("c2", "bob")):
            where = Place(platform="p", account="a", conversation=chat)
            opened = Opened(customer_id=customer)
            await hall.journal.note((Happening(place=where, what=opened),))
        assert await hall.known_of("ann", "acme") == ()
        erased = await client.ask(Erase(customer="ann"), Erased)
        assert erased.conversations == 1
        (left,) = await hall.journal.waiting()
        assert left.message.conversation == "p:a:c2"
