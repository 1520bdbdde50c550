"""Erasing a customer as an operator would: a desk that runs, its connector, its files, its log."""

import asyncio
import json
import signal
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner
from websockets.asyncio.client import connect

from assist.cli.app import app
from assist.torture.victim import serve

PAYLOADS = Path(__file__).parents[1] / "connectors" / "payloads" / "chatwoot"
CUSTOMERS = {31: (142, 143), 32: (152, 153), 33: (162, 163)}
"""Three customers, two chats each: erased over the wire, erased by the command, kept."""
GONE = ("MARKER-{0}", "NAME-{0}", "ANSWER-{0}", "EDITED-{0}", "REASON-{0}", "chatwoot:1:{0}")


def deliveries(customer, chat):
    """Yield what Chatwoot tells of a chat: it is opened, two turns, an edit."""
    sender = {"id": customer, "name": f"NAME-{chat}", "type": "contact"}
    opened, said, answer = (
        json.loads((PAYLOADS / f"{name}.json").read_bytes())
        for name in ("opened", "valid", "agent")
    )
    opened |= {"id": chat, "meta": {**opened["meta"], "sender": sender}, "status": "open"}
    yield opened
    for number, (payload, text) in enumerate(
        ((said, f"I am so angry, third time now! MARKER-{chat}"), (answer, f"ANSWER-{chat} today"))
    ):
        inside = payload["conversation"]
        payload["conversation"] = inside | {
            "id": chat,
            "meta": {**inside["meta"], "sender": sender},
        }
        yield payload | {"id": chat * 10 + number, "content": text}
    yield said | {"id": chat * 10, "content": f"EDITED-{chat}", "event": "message_updated"}


@asynccontextmanager
async def line_to(victim, role, **more):
    """Yield a way to ask, and what else came meanwhile."""
    heard = []
    async with connect(victim.ws, subprotocols=["assist.v1"], compression=None) as socket:

        async def ask(**message):
            await socket.send(json.dumps({**message, "id": "mine"}))
            async with asyncio.timeout(60):
                while (told := json.loads(await socket.recv())).get("re") != "mine":
                    heard.append(told)
            return told

        await ask(type="hello", protocol=1, role=role, **more)
        yield ask


def held(folder):
    """Return the chats of which something stands in any file of the folder, the log too."""
    held = b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
    chats = [chat for chats in CUSTOMERS.values() for chat in chats]
    return {chat for chat in chats for mark in GONE if mark.format(chat).encode() in held}


async def command(*words):
    """Run `assist` with these words beside the service, and return its exit code."""
    return (await asyncio.to_thread(CliRunner().invoke, app, words)).exit_code


async def eventually(check):
    """Return once `check` is so; TimeoutError where that never comes."""
    async with asyncio.timeout(60):
        while not await check():  # noqa: ASYNC110
            await asyncio.sleep(0.2)


@pytest.fixture
async def desk(tmp_path):
    """Yield a service of a process of its own, all of whose files lie in one folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    setup = tmp_path / "connect.toml"
    setup.write_text('[chatwoot]\nproof = "none"\n')
    store = f"sqlite:{folder / 'chats.sqlite'}"
    settings = {"port": 0, "http_port": 0, "store": store, "connect_setup": setup}
    more = {"connect": "chatwoot", "log_level": "debug", "log_format": "json"}
    victim = await serve(folder / "service.log", settings | more)
    yield victim, folder, store
    await victim.end(signal.SIGKILL)


async def test_nothing_of_a_customer_is_left_in_any_file_or_snapshot(desk):
    """By message or by command while it runs: no words, no names, no ids; others' all stay."""
    victim, folder, store = desk
    async with httpx.AsyncClient(base_url=victim.http) as client:
        for customer, chats in CUSTOMERS.items():
            for payload in (told for chat in chats for told in deliveries(customer, chat)):
                assert (await client.post("/in/chatwoot", json=payload)).status_code == 200

        async def passed_on():
            return "assist_deliveries_waiting 0.0" in (await client.get("/metrics")).text

        await eventually(passed_on)
    async with line_to(victim, "platform") as platform, line_to(victim, "supervisor") as boss:
        for chat in (chat for chats in CUSTOMERS.values() for chat in chats):
            place = {"conversation": f"chatwoot:1:{chat}"}
            assert (await boss(type="subscribe", **place))["turns"] == 2
            at = "2026-03-02T11:00:00Z"
            await platform(type="close", outcome=f"REASON-{chat}", at=at, **place)
        assert held(folder) == {142, 143, 152, 153, 162, 163}
        assert (await platform(type="erase", customer="chatwoot:1:31"))["conversations"] == 2
        assert held(folder) == {152, 153, 162, 163}
        assert await command("erase", "--store", store, "--customer", "chatwoot:1:32") == 0
        assert held(folder) == {162, 163}

        async def snapshots():
            async with line_to(victim, "supervisor") as other:
                return [
                    await other(type="subscribe", conversation=f"chatwoot:1:{chat}")
                    for chats in CUSTOMERS.values()
                    for chat in chats
                ]

        async def forgotten():
            return [told["turns"] for told in await snapshots()] == [0, 0, 0, 0, 2, 2]

        await eventually(forgotten)
        assert [f"NAME-{chat}" in str(told) for chat, told in zip(
            (142, 143, 152, 153, 162, 163), await snapshots(), strict=True
        )] == [False] * 4 + [True] * 2  # fmt: skip
    await victim.end()
    assert held(folder) == {162, 163}
    assert await command("erase", "--store", store, "--customer", "chatwoot:1:32") == 1
