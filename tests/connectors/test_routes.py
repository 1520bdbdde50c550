"""The doors over HTTP: addresses, bounds and empty answers."""

import json

import httpx
import pytest
from starlette.applications import Starlette
from ways import NOW, said

from assist.connectors.door import LARGEST_BODY
from assist.connectors.routes import doors


@pytest.fixture
async def http(way):
    app = Starlette(routes=doors({"generic": way.door}, lambda: NOW))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://assist") as client:
        yield client


def request_of(way, payload):
    delivery = way.delivery(payload)
    return {"content": delivery.body, "headers": dict(delivery.headers)}


@pytest.mark.parametrize("path", ["/in/generic", "/in/generic/", "/in/generic/more/of/it"])
async def test_a_delivery_is_answered_with_an_empty_200(way, http, path):
    """Whatever a platform appends to the address."""
    answer = await http.post(path, **request_of(way, said("m1", "Hello")))
    await way.pump.settle()
    assert (answer.status_code, answer.content) == (200, b"")
    assert "content-type" not in answer.headers
    assert way.told == ["turn Hello"]


async def test_a_refusal_is_a_status_and_a_code_in_a_header(way, http):
    """The body is empty: some platforms show to their users what is answered."""
    answer = await http.post("/in/generic", content=b"{}", headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.content) == (415, b"")
    assert answer.headers["x-assist-refused"] == "payload.media-type"


async def test_a_body_is_read_to_its_bound_and_no_further(way, http):
    """An endless body ends at 1 MiB."""
    sent = 0

    async def endless():
        nonlocal sent
        while sent < 20 * LARGEST_BODY:
            sent += 65_536
            yield b" " * 65_536

    headers = {"content-type": "application/json"}
    answer = await http.post("/in/generic", content=endless(), headers=headers)
    assert answer.status_code == 413
    assert sent <= LARGEST_BODY + 2 * 65_536


async def test_other_names_and_methods_are_not_there(http):
    """Only what was opened is open, and only for what its platform sends."""
    assert (await http.post("/in/chatwoot", json={})).status_code == 404
    assert (await http.get("/in/generic")).status_code == 405


async def test_headers_are_found_in_any_case(way, http):
    """HTTP does not tell capitals apart."""
    sent = request_of(way, json.loads(json.dumps(said("m1", "Hello"))))
    sent["headers"] = {name.title(): value for name, value in sent["headers"].items()}
    assert (await http.post("/in/generic", **sent)).status_code == 200
