"""Who an agent is, by the word of their own homeserver: an OpenID token against one of ours.

The law: only the homeserver that the operator named is asked, never one that a browser names, and
no redirect is followed. Who is no agent by the operator's patterns gets nothing. Neither token is
ever in a log, an error or an address of ours.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from assist.connectors.hall import Chosen
from assist.connectors.matrix_people import People
from assist.connectors.outward import UNREACHED, answer_of, is_address
from assist.connectors.payloads import name_of
from assist.connectors.port import Unread
from assist.core.turns import Role
from assist.errors import AssistError, UsageError
from assist.service.tokens import read_secrets, signed
from assist.settings import Settings
from assist.wire.messages import Peer

__all__ = ["PATH", "Asking", "Stranger", "asking", "identity_routes", "token_route"]

PATH = "/matrix/token"
_USERINFO = "/_matrix/federation/v1/openid/userinfo?access_token="
_GOOD_FOR_S = 900.0
_AT_ONCE = 8
_LARGEST = 4096

_log = structlog.get_logger("assist.connectors")

Asking = Callable[[str], Awaitable[str]]


class Stranger(AssistError):
    """Nobody we could let in; the code says why. `status` is what is answered."""

    code = "identity.refused"

    def __init__(self, message: str, *, code: str = code, status: int = 401) -> None:
        super().__init__(message, code=code)
        self.status = status


def identity_routes(wanted: Sequence[Chosen], settings: Settings) -> list[BaseRoute]:
    """Return the route that gives tokens to Matrix users, none unless an operator asked for it.

    It is asked for by the option `homeserver` of the table `matrix`. Raises UsageError where that
    is no address, or there is no secret to sign with.
    """
    chosen = next((one for one in wanted if one.platform.name == "matrix"), None)
    homeserver = chosen.setup.options.get("homeserver") if chosen else None
    if chosen is None or homeserver is None:
        return []
    if settings.token_secret_file is None:
        raise UsageError(
            "[matrix] names a homeserver that says who agents are, and no token is asked for: "
            "set --token-secret-file, or leave `homeserver` out",
            code="connect.setup",
        )
    secret = read_secrets(settings.token_secret_file)[0]
    ttl_s = min(_GOOD_FOR_S, settings.token_longest_s)

    def token(agent: str) -> str:
        return signed(secret, role=Peer.AGENT, agent=agent, ttl_s=ttl_s)

    return [token_route(asking(homeserver), People.of(chosen.setup), token)]


def token_route(ask: Asking, people: People, token: Callable[[str], str]) -> Route:
    """Return the route that answers a POST of `{"access_token": …}` with a token of ours.

    `ask` returns the user whom an OpenID token belongs to, or raises Stranger.
    """
    room = asyncio.Semaphore(_AT_ONCE)

    async def agent(request: Request) -> str:
        if room.locked():
            raise Stranger("too many ask at once", code="identity.busy", status=503)
        given = await _given(request)
        async with room:
            user = await ask(given)
        if people.role(user) is not Role.AGENT:
            raise Stranger("no agent by `agents`", code="identity.no-agent", status=403)
        return user

    async def give(request: Request) -> Response:
        try:
            answer = token(await agent(request))
        except Stranger as fault:
            _log.warning("no token given", code=fault.code, why=fault.message)
            return Response(status_code=fault.status, headers={"X-Assist-Refused": fault.code})
        return PlainTextResponse(answer, headers={"Cache-Control": "no-store"})

    return Route(PATH, give, methods=["POST"])


def asking(homeserver: str) -> Asking:
    """Return what asks the homeserver at that address whose an OpenID token is."""
    if not is_address(homeserver):
        raise UsageError(
            "[matrix] homeserver should be an address such as https://matrix.example",
            code="connect.setup",
        )
    place = homeserver.rstrip("/") + _USERINFO

    async def ask(token: str) -> str:
        return _user(await asyncio.to_thread(_asked, place + quote(token, safe="")))

    return ask


def _asked(place: str) -> bytes:
    """Return what is answered."""
    status, answer = answer_of(place, _LARGEST)
    if 200 <= status < 300:
        return answer
    if status in {401, 403}:
        raise Stranger("the homeserver does not know this token, or no longer")
    code = "identity.unreachable" if status == UNREACHED else f"identity.{status}"
    raise Stranger("the homeserver did not answer", code=code, status=502)


def _user(answer: bytes) -> str:
    try:
        return name_of(json.loads(answer), "sub")
    except (ValueError, RecursionError, Unread):
        pass
    raise Stranger("the homeserver named nobody", code="identity.nobody", status=502)


async def _given(request: Request) -> str:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            break
    try:
        return _token(json.loads(body))
    except (ValueError, RecursionError):
        pass
    raise Stranger('send {"access_token": "…"}', code="identity.malformed", status=400)


def _token(given: object) -> str:
    token = given.get("access_token") if isinstance(given, dict) else None
    if isinstance(token, str) and 0 < len(token) <= 2048 and token.isascii():
        return token
    raise ValueError
