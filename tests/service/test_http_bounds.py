"""What one peer of the HTTP port may take up."""

import asyncio
import logging

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assist.service.http import HttpServer
from assist.service.http_bounds import Bounds, Doorway

BOUNDS = Bounds(head_s=10, body_s=30, answer_s=60, each=3, most=4)
GET = b"GET /ok HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"


async def rounds():
    """Let everybody do what there is to do: so many rounds of the loop, however long they take."""
    await asyncio.sleep(0.01)
    for _ in range(50):
        await asyncio.sleep(0)


class Port:
    """An HTTP port, and what was refused there."""

    def __init__(self, clock, bounds):
        self.refused = []
        self.clock = clock
        self.never = asyncio.Event()
        doorway = Doorway(bounds, clock=clock, refused=self.refused.append)
        routes = [
            Route("/ok", self.ok),
            Route("/echo", self.echo, methods=["POST"]),
            Route("/never", self.wait),
        ]
        self.server = HttpServer(Starlette(routes=routes), "127.0.0.1", 0, None, doorway)

    async def ok(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def echo(self, request: Request) -> Response:
        return Response(await request.body())

    async def wait(self, _request: Request) -> Response:
        await self.never.wait()
        return PlainTextResponse("late")

    async def visit(self, sent=b""):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        writer.write(sent)
        await writer.drain()
        await rounds()
        return reader, writer

    async def after(self, seconds):
        self.clock.advance(seconds)
        await rounds()


@pytest.fixture
def port(clock):
    return Port(clock, BOUNDS)


@pytest.fixture(autouse=True)
async def _open(port):
    await port.server.start()
    yield
    port.never.set()
    await port.server.close()


async def status(reader, within=60):
    async with asyncio.timeout(within):
        return (await reader.readline()).split(b" ")[1:2]


@pytest.mark.parametrize("sent", [b"", b"G", b"GET /ok HTTP/1.1\r\nHost: "])
async def test_who_does_not_say_what_they_want_is_sent_away(port, sent):
    """Ten seconds for the whole head, however it drips; then 408 and the end."""
    reader, writer = await port.visit(sent)
    for _ in range(9):
        writer.write(b"x" if sent else b"")
        await rounds()
        await port.after(1)
    assert not reader.at_eof()
    await port.after(1.1)
    assert await status(reader) == [b"408"]
    await reader.read()
    assert port.refused == ["slow"]
    writer.close()


async def test_a_body_has_its_own_time(port):
    """A head in time is followed by a body within thirty seconds, or by 408."""
    reader, writer = await port.visit(POST)
    for _ in range(2):
        await port.after(14)
        writer.write(b"x")
        await rounds()
    assert port.refused == []
    await port.after(3)
    assert await status(reader) == [b"408"]
    assert port.refused == ["slow"]
    writer.close()


async def test_who_is_quick_enough_is_answered_again_and_again(port):
    """Each request has its time anew, on the same connection."""
    reader, writer = await port.visit()
    for _ in range(4):
        await port.after(9)
        writer.write(POST)
        await rounds()
        await port.after(20)
        writer.write(b"ping")
        assert (await reader.readuntil(b"ping")).startswith(b"HTTP/1.1 200")
    writer.write(GET + GET)
    await reader.readuntil(b"ok")
    await reader.readuntil(b"ok")
    assert port.refused == []
    writer.close()


async def test_an_answer_that_nobody_takes_is_not_waited_for_without_end(port):
    """After a minute the connection is let go."""
    reader, writer = await port.visit(b"GET /never HTTP/1.1\r\nHost: x\r\n\r\n")
    await port.after(59)
    assert not reader.at_eof()
    await port.after(2)
    assert (await reader.read(), port.refused) == (b"", ["slow"])
    writer.close()


async def test_one_connection_too_many_is_told_to_come_back(port):
    """Of one address; those there stay, and one that goes makes room."""
    inside = [await port.visit() for _ in range(3)]
    reader, writer = await port.visit(GET)
    assert await status(reader) == [b"503"]
    assert b"Retry-After" in await reader.read()
    writer.close()
    assert port.refused == ["connections"]
    inside[0][1].close()
    await rounds()
    for reader, writer in (*inside[1:], await port.visit()):
        writer.write(GET)
        assert await status(reader) == [b"200"]
        writer.close()


@pytest.mark.parametrize(("proxies", "let_in"), [((), 2), (("192.0.2.1",), 3)])
def test_all_together_are_bounded_also_behind_a_proxy(proxies, let_in):
    """A proxy has no bound of its own, the port has; who leaves is counted out."""
    doorway = Doorway(Bounds(each=2, most=3, proxies=frozenset(proxies)))
    assert [doorway.enter("192.0.2.1") for _ in range(5)].count(True) == let_in
    assert doorway.enter("192.0.2.2") is (let_in == 2)
    for _ in range(let_in):
        doorway.leave("192.0.2.1")
    assert doorway.enter("192.0.2.2")


async def test_who_leaves_or_is_too_slow_in_the_middle_leaves_no_words_in_the_log(port, caplog):
    """A delivery that ends half way is nothing to log a fault of ours for."""
    with caplog.at_level(logging.INFO):
        _, writer = await port.visit(POST + b"MA")
        writer.close()
        await rounds()
    assert "MA" not in caplog.text


async def test_the_service_counts_those_it_sends_away(make_service):
    """Too many, and too slow: told in the metrics; the setting is the bound."""
    async with make_service(http_connections=8, http_address_connections=2) as desk:
        place = ("127.0.0.1", desk.service.http.port)
        slow = [await asyncio.open_connection(*place) for _ in range(3)]
        await rounds()
        desk.clock.advance(10.1)
        await rounds()
        async with httpx.AsyncClient(base_url=desk.service.http_url, timeout=60) as client:
            text = (await client.get("/metrics")).text
        for _, writer in slow:
            writer.close()
    assert 'code="limit.http-connections"} 1.0' in text
    assert 'code="limit.http-slow"} 2.0' in text
