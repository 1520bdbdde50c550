"""The load: proven requests, sent when they are due, and figures that are what they say."""

import asyncio

import pytest

from assist.connectors.generic import SIGNED
from assist.connectors.load import Load, Took, _request, _send, _stamped
from assist.connectors.port import Delivery


def test_a_percentile_is_an_answer_that_was_measured():
    """The smallest within which that share came; what is answered and not stored is lost."""
    took = Took(answers=[n / 1000 for n in range(100, 0, -1)], statuses={200: 90, 503: 10})
    assert (took.percentile(0.5), took.percentile(0.99)) == (0.05, 0.099)
    took.stored = 88
    assert took.lost == 2


def test_each_request_is_another_message_and_proven():
    """Over the chats in turn."""
    load = Load(rate=10, seconds=1, conversations=3)
    bodies = [_request(load, number, 80)[0] for number in range(load.count)]
    assert len(set(bodies)) == 10
    head, _, body = _stamped(*_request(load, 4, 80)).partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
    sent = float(headers["x-assist-timestamp"])
    delivery = Delivery(headers=headers, body=body, received_at=sent)
    SIGNED.verify(delivery, b"the-secret-of-the-load")
    assert int(headers["content-length"]) == len(body)


@pytest.mark.parametrize("status", [200, 503])
async def test_everything_is_sent_and_every_answer_counted(status):
    """On connections that are kept; the time of an answer begins when it was due."""
    seen = 0

    async def attend(reader, writer):
        nonlocal seen
        while head := await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b"":
            length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
            await reader.readexactly(length)
            seen += 1
            writer.write(f"HTTP/1.1 {status} x\r\ncontent-length: 0\r\n\r\n".encode())

    async def quietly(reader, writer):
        try:
            await attend(reader, writer)
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    load, took = Load(rate=1000, seconds=0.1), Took()
    bodies = [_request(load, number, port) for number in range(load.count)]
    await _send(bodies, load.rate, port, took)
    server.close()
    assert seen == 100
    assert took.statuses == {status: 100}
    assert min(took.answers) > 0
