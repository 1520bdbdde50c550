"""The WebSocket port: path, subprotocol, origin, health, and its end."""

import asyncio
import gc
import weakref

import httpx
import pytest
from structlog.testing import capture_logs
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, NegotiationError


async def test_the_end_of_the_service_is_announced(make_service, said, eventually):
    """On a stop what was taken in is answered, then everybody is told to come back."""
    async with (
        make_service() as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        await agent.ask(type="subscribe", conversation="c")
        for n in range(20):
            await platform.send(**said("x!", turn=f"t{n}"))
        log = desk.service.hub.parts.log

        async def stored():
            return await log.last("c") == 20

        await eventually(stored)
        acks, events, _ = await asyncio.gather(
            platform.take(20), agent.take(80), desk.service.stop()
        )
        assert {ack["type"] for ack in acks} == {"ack"}
        assert events[-1]["position"]["offset"] == 80
        assert await platform.closing() == await agent.closing() == 4002


async def test_health_is_answered_on_this_port_too(desk):
    """GET /healthz says ok, any other path says where the endpoint is."""
    base = desk.service.ws_url.replace("ws://", "http://").removesuffix("/v1")
    async with httpx.AsyncClient(timeout=60) as client:
        health = await client.get(f"{base}/healthz")
        assert (health.status_code, health.text) == (200, "ok\n")
        lost = await client.get(f"{base}/v2")
        assert lost.status_code == 404
        assert "/v1" in lost.text


async def test_the_subprotocol_is_ours_or_none(desk):
    """`assist.v1` is agreed on; a client that names none is served; another one is refused."""
    async with desk.talk() as talker:
        assert talker.socket.subprotocol == "assist.v1"
    async with connect(desk.service.ws_url) as bare:
        assert bare.subprotocol is None
        assert not bare.protocol.extensions
    with pytest.raises((InvalidStatus, NegotiationError)):
        async with connect(desk.service.ws_url, subprotocols=["chat"]):
            pass


async def test_pages_of_other_origins_may_not_connect(desk):
    """A page of this machine is served, one from elsewhere gets 403."""
    async with desk.talk("agent", origin="http://localhost:8080"):
        pass
    with pytest.raises(InvalidStatus) as refused:
        async with desk.talk("agent", origin="https://elsewhere.example"):
            pass
    assert refused.value.response.status_code == 403


async def test_half_a_handshake_stops_nobody(desk):
    """Connections that never finish their request leave others served."""
    port = desk.service.listener.port
    halves = [await asyncio.open_connection("127.0.0.1", port) for _ in range(20)]
    for _, writer in halves:
        writer.write(b"GET /v1 HTTP/1.1\r\nHost: x\r\n")
    async with desk.talk("agent"):
        pass
    for _, writer in halves:
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    ("host", "secret", "loud"),
    [("0.0.0.0", None, True), ("127.0.0.1", None, False), ("0.0.0.0", "s" * 32, False)],
)
async def test_an_open_door_is_said_loudly(make_service, tmp_path, host, secret, loud):
    """Beyond this machine and without tokens there is a warning in the log; else there is none."""
    path = tmp_path / "secret"
    if secret:
        path.write_text(secret)
    given = {"token_secret_file": path} if secret else {}
    with capture_logs() as logs:
        async with make_service(host=host, **given):
            pass
    found = [line for line in logs if line.get("setting") == "token_secret_file"]
    assert [line["log_level"] for line in found] == ["warning"] * loud


async def test_behind_a_proxy_each_client_counts_for_itself(make_service):
    """With the proxy named, `X-Forwarded-For` says whose connection it is; else it says nothing."""
    async with make_service(address_connections=1, proxies=("127.0.0.1",)) as desk:
        first = connect(desk.service.ws_url, additional_headers={"X-Forwarded-For": "192.0.2.1"})
        other = connect(desk.service.ws_url, additional_headers={"X-Forwarded-For": "192.0.2.2"})
        again = connect(desk.service.ws_url, additional_headers={"X-Forwarded-For": "192.0.2.1"})
        async with first, other:
            with pytest.raises(InvalidStatus):
                async with again:
                    pass
    async with make_service(address_connections=1) as desk:
        first = connect(desk.service.ws_url, additional_headers={"X-Forwarded-For": "192.0.2.1"})
        other = connect(desk.service.ws_url, additional_headers={"X-Forwarded-For": "192.0.2.2"})
        async with first:
            with pytest.raises(InvalidStatus):
                async with other:
                    pass


async def test_a_connection_that_is_over_needs_no_collector(desk, said, eventually):
    """Whole collections are minutes apart, so nothing of it that was closed may hold itself."""
    gone = []
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        gone = [weakref.ref(one._socket) for one in desk.service.listener._connections]
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("hello!", turn="t1"))
        gc.collect()
        gc.disable()
    try:
        assert len(gone) == 2
        await eventually(lambda: [one() for one in gone] == [None, None])
    finally:
        gc.enable()
