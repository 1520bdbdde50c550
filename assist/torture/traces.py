"""Marks in every field, and a search for them afterwards.

The law: what people say, what lets them in and how they are called stands in the store and on the
wire to whom it is meant for, and nowhere else: no log, no metric, no error, no page.
"""

import asyncio
import json
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from assist.service.tokens import signed
from assist.torture.nursery import FAILING_WORD
from assist.torture.outcome import Outcome, Scale
from assist.torture.peers import START, greeted
from assist.torture.victim import Nursery, Victim, lifted
from assist.wire.messages import Peer as Role
from assist.wire.schema import CLIENT_TYPES, json_schema, type_of

__all__ = ["GOAL", "traces"]

GOAL = "marks planted in every field: 0 found in logs, metrics, errors of the whole run"
_QUIET_S = 0.3


@dataclass(slots=True)
class Marks:
    """Marks, each with the field that it was planted in; and where they were found again."""

    planted: dict[str, str] = field(default_factory=dict)
    found: dict[str, set[str]] = field(default_factory=dict)
    _seed: str = field(default_factory=lambda: secrets.token_hex(4))
    _numbers: Iterator[int] = field(default_factory=count)

    def plant(self, place: str, *, more: str = "") -> str:
        """Return a text that looks like an address, with a mark in it."""
        mark = f"mark{self._seed}x{next(self._numbers)}x"
        self.planted[mark] = place
        return f"{mark}@private.example{more}"

    def keep(self, text: str, place: str) -> str:
        """Take a text that exists already, such as a token, for a mark."""
        self.planted[text] = place
        return text

    def search(self, where: str, text: str) -> None:
        """Look for all of them in what was said there."""
        for mark, place in self.planted.items():
            if mark in text:
                self.found.setdefault(where, set()).add(place)


async def traces(nursery: Nursery, scale: Scale) -> Outcome:
    """Plant marks everywhere, by good and bad messages, and search all that was said."""
    marks, rounds = Marks(), scale.of(20, 1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "secret"
        secret = secrets.token_hex(32).encode()
        file.write_bytes(secret)
        settings = lifted(token_secret_file=str(file), store=f"sqlite:{folder}/traces.sqlite")
        async with nursery.service(failing=True, **settings) as victim:
            for _ in range(rounds):
                for role in Role:
                    await _spoken(victim, secret, role, marks)
                await _at_the_door(victim, marks)
            for page in ("metrics", "readyz"):
                marks.search(page, await victim.page(page))
        # Once more after its end: what is told on the way out counts as well.
        marks.search("the log", victim.said())
        crashed = victim.crashed()
        failed = "failed" in victim.said()
    broken = [
        f"{field} found in {where}"
        for where, which in marks.found.items()
        for field in sorted(which)
    ]
    broken += ["a traceback"] * crashed + ["nothing failed, so nothing was tried"] * (not failed)
    return Outcome(
        figures=(
            ("marks", len(marks.planted)),
            ("fields", len(set(marks.planted.values()))),
            *((f"found in {where}", len(marks.found.get(where, ()))) for where in _PLACES),
        ),
        reached=not broken,
        broken=tuple(broken),
    )


_PLACES = ("the log", "metrics", "readyz", "errors", "pages")


async def _spoken(victim: Victim, secret: bytes, role: Role, marks: Marks) -> None:
    """Say everything this role may say and not say, good and bad."""
    for messages in _batches(list(_messages(marks, role))):
        named = marks.plant("hello.agent")
        token = signed(secret, role=role, ttl_s=600, agent=named)
        one = await greeted(victim.ws, role, agent=named, token=marks.keep(token, "hello.token"))
        with suppress(ConnectionClosed, TimeoutError):
            for message in messages:
                await one.socket.send(message)
            async for frame in one.rest(role):
                told = json.loads(frame)
                if told["type"] == "error":
                    told.pop("re", None)  # the sender's own word for its message
                    marks.search("errors", json.dumps(told, ensure_ascii=False))
        await one.socket.close()
        marks.search("errors", one.socket.close_reason or "")


def _batches(messages: list[str]) -> Iterator[list[str]]:
    """Yield them by eight: ten bad ones in a minute close a connection."""
    for start in range(0, len(messages), 8):
        yield messages[start : start + 8]


def _messages(marks: Marks, role: Role) -> Iterator[str]:
    defs = json_schema()["$defs"]
    for kind in CLIENT_TYPES:
        name = type_of(kind)
        if name == "hello":
            continue
        good = _marked(defs[kind.__name__], defs, marks, name)
        yield json.dumps(good)
        for inner in good:
            yield json.dumps({**good, inner: marks.plant(f"{name}.{inner} (as text)")})
            yield json.dumps({**good, inner: {"x": [marks.plant(f"{name}.{inner} (as object)")]}})
        yield json.dumps({**good, marks.plant(f"{name} (a key)"): 1})
    yield f"{{{marks.plant(f'not JSON by a {role}')}"
    yield json.dumps([marks.plant("an array")])
    yield json.dumps(
        {
            "type": "turn",
            "conversation": marks.plant("turn.conversation of a failure"),
            "turn": {
                "id": marks.plant("turn.id of a failure"),
                "role": "customer",
                "text": marks.plant("turn.text of a failure", more=f" {FAILING_WORD}"),
                "at": START.isoformat(),
            },
        }
    )
    yield json.dumps(
        {
            "type": "draft",
            "conversation": "c",
            "revision": 1,
            "text": marks.plant("draft.text too long", more=" x" * 10_000),
        }
    )


def _marked(schema: Mapping[str, Any], defs: Mapping[str, Any], marks: Marks, path: str) -> Any:
    """Return a value that this schema allows, with a mark in every free text."""
    if "$ref" in schema:
        return _marked(defs[schema["$ref"].rpartition("/")[2]], defs, marks, path)
    for many in ("anyOf", "oneOf"):
        if many in schema:
            return _marked(schema[many][0], defs, marks, path)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "object":
            return {
                name: _marked(inner, defs, marks, f"{path}.{name}")
                for name, inner in schema.get("properties", {}).items()
            }
        case "array":
            return [_marked(schema.get("items", {}), defs, marks, path)]
        case "string" if schema.get("format") == "date-time":
            return START.isoformat()
        case "string":
            return marks.plant(path)[: schema.get("maxLength", 10**6)]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
    return None


async def _at_the_door(victim: Victim, marks: Marks) -> None:
    """Bring marks to both ports before anybody is let in."""
    for hello in (
        {"role": "agent", "token": marks.plant("a wrong token"), "agent": marks.plant("its agent")},
        {"role": marks.plant("a wrong role")},
        {"role": "agent", "protocol": marks.plant("a wrong protocol")},
    ):
        await _turned_away(victim.ws, marks, hello={"type": "hello", "protocol": 1, **hello})
    await _turned_away(f"{victim.ws}?token={marks.plant('the query')}", marks)
    await _turned_away(f"{victim.ws}/{marks.plant('the path')}", marks)
    origin = Origin(f"https://{marks.plant('the origin').replace('@', '.')}")
    await _turned_away(victim.ws, marks, origin=origin)
    await _turned_away(
        victim.ws, marks, subprotocols=[Subprotocol(marks.plant("the subprotocol").split("@")[0])]
    )
    await _turned_away(victim.ws, marks, user_agent_header=marks.plant("the user agent"))
    for path in ("", "samples/", "demo/", "panel/", "metrics?", "schema?"):
        await asyncio.to_thread(_asked, victim.http, path, marks)


async def _turned_away(
    url: str, marks: Marks, hello: Mapping[str, object] | None = None, **more: Any
) -> None:
    try:
        async with connect(url, compression=None, proxy=None, **more) as socket:
            if hello:
                await socket.send(json.dumps(hello))
                marks.search("errors", str(await asyncio.wait_for(socket.recv(), 5)))
                await asyncio.wait_for(socket.wait_closed(), _QUIET_S)
                marks.search("errors", socket.close_reason or "")
    except InvalidHandshake as refused:
        marks.search("errors", str(getattr(getattr(refused, "response", None), "body", b"")))
    except (ConnectionClosed, TimeoutError):
        pass


def _asked(http: str, path: str, marks: Marks) -> None:
    place = urlsplit(http)
    url = f"http://{place.netloc}/{path}{marks.plant('a page')}"
    heads = {
        "Host": marks.plant("the host").split("@")[0],
        "Referer": marks.plant("the referer"),
        "Authorization": f"Bearer {marks.plant('the authorization')}",
        "X-Forwarded-For": marks.plant("the forwarded address"),
        "Cookie": f"a={marks.plant('a cookie')}",
    }
    try:
        with build_opener(ProxyHandler({})).open(Request(url, headers=heads), timeout=10) as answer:
            marks.search("pages", answer.read().decode())
    except HTTPError as refused:
        marks.search("pages", refused.read().decode())
    except URLError:
        pass
