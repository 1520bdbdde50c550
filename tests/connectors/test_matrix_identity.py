"""An agent is who their homeserver says, and nobody else is given a token."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from assist.connectors import generic, matrix
from assist.connectors.door import Guard
from assist.connectors.hall import Chosen
from assist.connectors.matrix_identity import PATH, asking, identity_routes, token_route
from assist.connectors.matrix_people import People
from assist.connectors.port import Setup
from assist.errors import UsageError
from assist.service.tokens import claims_of
from assist.settings import Settings

KIM = "@agent-kim:example.org"
SECRET = "a-secret-of-the-tests-that-is-long-enough"
PEOPLE = People.of(Setup())


@contextmanager
def homeserver(status=200, told=None, headers=()):
    """Run a homeserver that answers so; yield its address and what it was asked."""
    asked = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            body = told if isinstance(told, bytes) else json.dumps(told or {"sub": KIM}).encode()
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


async def post(route, given):
    """Return what the route answers."""
    app = httpx.ASGITransport(app=Starlette(routes=[route]))
    async with httpx.AsyncClient(transport=app, base_url="http://us") as client:
        content = given if isinstance(given, bytes) else json.dumps(given).encode()
        return await client.post(PATH, content=content)


async def tried(place, given=None):
    """Return the status and the code that a token of the homeserver at `place` is met with."""
    route = token_route(asking(place), PEOPLE, lambda agent: f"for {agent}")
    answer = await post(route, {"access_token": "t/1&x=2"} if given is None else given)
    return answer.status_code, answer.headers.get("x-assist-refused", answer.text)


async def test_an_agent_is_given_a_token():
    """The homeserver is asked for the whole of what was given, and the answer is for its user."""
    with homeserver() as (place, asked):
        assert await tried(place) == (200, f"for {KIM}")
    path = "/_matrix/federation/v1/openid/userinfo?access_token=t%2F1%26x%3D2"
    assert asked == [path]


async def test_a_customer_is_given_none():
    """Whoever is no agent by the operator's patterns gets nothing, whatever the homeserver says."""
    with homeserver(told={"sub": "@ana:example.org"}) as (place, _):
        assert await tried(place) == (403, "identity.no-agent")


@pytest.mark.parametrize(
    ("status", "told", "wanted"),
    [
        (401, {"errcode": "M_UNKNOWN_TOKEN"}, (401, "identity.refused")),
        (500, {"errcode": "M_UNKNOWN"}, (502, "identity.500")),
        (200, b"<html>", (502, "identity.nobody")),
        (200, b"[" * 4000, (502, "identity.nobody")),
        (200, {"sub": ["@agent-kim:example.org"]}, (502, "identity.nobody")),
    ],
)
async def test_what_a_homeserver_says_against_it_counts(status, told, wanted):
    """A token that is unknown there, and an answer that names nobody, give no token."""
    with homeserver(status, told) as (place, _):
        assert await tried(place) == wanted


async def test_a_redirect_is_not_followed():
    """The token is for the homeserver that was named, and for no other."""
    with (
        homeserver() as (other, asked),
        homeserver(302, headers=[("location", other)]) as (place, _),
    ):
        assert await tried(place) == (502, "identity.302")
        assert asked == []


async def test_a_homeserver_that_is_away_gives_none():
    """Nobody is let in on a guess."""
    with homeserver() as (place, _):
        pass
    assert await tried(place) == (502, "identity.unreachable")


@pytest.mark.parametrize(
    "given", [b"", b"{", b"[]", {"access_token": ""}, {"access_token": 5}, b"x" * 10_000,
              {"access_token": "é"}, {"access_token": "x" * 3000}, b"[" * 4000]
)  # fmt: skip
async def test_what_is_no_request_is_refused(given):
    """The homeserver is not even asked."""
    with homeserver() as (place, asked):
        assert await tried(place, given) == (400, "identity.malformed")
    assert asked == []


def wanted(homeserver=None, platform=matrix.PLATFORM):
    """Return what an operator chose."""
    options = {} if homeserver is None else {"homeserver": homeserver}
    guard = Guard(verifier=platform.verifier, secret=b"a-secret")
    return [Chosen(platform=platform, guard=guard, setup=Setup(options=options))]


async def test_the_token_is_one_of_the_services_own(tmp_path: Path):
    """It is signed with the service's secret, names the agent, and ends within 15 minutes."""
    (tmp_path / "secret").write_text(SECRET)
    settings = Settings(token_secret_file=tmp_path / "secret")
    with homeserver() as (place, _):
        (route,) = identity_routes(wanted(place), settings)
        answer = await post(route, {"access_token": "t"})
    claims = claims_of(answer.text, (SECRET.encode(),), longest_s=86_400.0, now=time.time())
    assert (claims.role, claims.agent) == ("agent", KIM)
    assert claims.expires - claims.issued <= 900
    assert answer.headers["cache-control"] == "no-store"


def test_without_a_homeserver_nothing_is_opened():
    """Neither another platform nor a Matrix without that option has such a way in."""
    assert identity_routes(wanted(), Settings()) == []
    assert identity_routes(wanted("http://hs", generic.PLATFORM), Settings()) == []


@pytest.mark.parametrize("place", ["hs.example", "file:///etc/passwd", "https://", "http://h/?a=b"])
def test_an_address_that_is_none_is_refused_at_the_start(place):
    """The setting is named, and what it should be."""
    with pytest.raises(UsageError, match="homeserver"):
        asking(place)


def test_tokens_without_a_secret_are_refused_at_the_start():
    """A homeserver that is named means that agents are to be proven."""
    with pytest.raises(UsageError, match="token-secret-file"):
        identity_routes(wanted("https://hs.example"), Settings())
