"""The whole service: starting completely or not at all, and stopping in order."""

import asyncio
import json
import os
import signal
import socket as socketlib
import sys
import textwrap
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from assist.errors import LocalFault, StoreError
from assist.service.server import Service
from assist.settings import Settings

# How long anything may take before it is told as a failure: no limit of the service, so that a
# machine with much else to do fails nothing.
PATIENCE = 120
UNHURRIED = {"open_timeout": PATIENCE, "ping_interval": None, "close_timeout": PATIENCE}


def test_a_store_that_cannot_be_used_stops_the_start(line, tmp_path):
    """The error has the store's code, and comes before any port is opened."""
    with pytest.raises(StoreError) as told:
        Service(Settings(store=f"sqlite:{tmp_path}/nowhere/x.sqlite"), line)
    assert told.value.code == "store.unavailable"


@pytest.mark.parametrize("which", ["port", "http_port"])
async def test_a_taken_port_stops_the_start_and_leaves_nothing_open(make_service, desk, which):
    """A second service on either port of the first is refused; the first goes on."""
    taken = desk.service.listener.port if which == "port" else desk.service.http.port
    with pytest.raises(LocalFault) as told:
        async with make_service(**{which: taken}):
            pass
    assert told.value.code == "server.port-in-use"
    async with desk.talk("agent") as agent:
        assert (await agent.ask(type="subscribe", conversation="c"))["type"] == "snapshot"


async def test_stopping_twice_is_fine(make_service):
    """A service may be stopped again."""
    async with make_service() as desk:
        await desk.service.stop()
        with pytest.raises(OSError, match="Connect call failed"):
            await asyncio.open_connection("127.0.0.1", desk.service.listener.port)


async def test_a_store_that_fails_is_told_and_comes_back(make_service, sqlite, said, monkeypatch):
    """A turn that cannot be stored is not acknowledged but may be sent again; readiness tells."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        log = desk.service.hub.parts.log

        async def broken(*_, **__):
            raise StoreError("the disk is full", retry=True)

        with monkeypatch.context() as patch:
            patch.setattr(log, "append", broken)
            answer = await platform.ask(**said("hi", turn="t1", id="x"))
            assert (answer["type"], answer["re"], answer["retry"]) == ("error", "x", True)
            assert "disk" not in answer["message"]
            async with httpx.AsyncClient(base_url=desk.service.http_url, timeout=PATIENCE) as http:
                assert (await http.get("/readyz")).status_code == 503
        assert (await platform.ask(**said("hi", turn="t1")))["type"] == "ack"
        assert not desk.service.hub.parts.degraded


PROGRAM = textwrap.dedent(
    """
    import importlib.util, sys
    spec = importlib.util.spec_from_file_location("fakes", sys.argv[1])
    fakes = importlib.util.module_from_spec(spec)
    sys.modules["fakes"] = fakes
    spec.loader.exec_module(fakes)
    from assist.service.server import run
    from assist.settings import load_settings
    import os, threading
    from assist.service import connection
    # Who is slow here is the machine, not a peer that is to be given up.
    connection._DRAIN_S = connection.HELLO_WITHIN = 120.0
    line = fakes.FakeLine(held=threading.Event() if "FAKES_HELD" in os.environ else None)
    run(load_settings(port=0, http_port=0, store="memory:"), line)
    """
)


@pytest.fixture
def program(tmp_path):
    """Return a way to run the service as a program of its own, in an `async with`."""

    @asynccontextmanager
    async def run(**environment):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM, __file__.replace("test_server.py", "conftest.py"),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "ASSIST_DRAIN_S": "120", **environment},
        )  # fmt: skip
        try:
            told = json.loads(await asyncio.wait_for(process.stderr.readline(), PATIENCE))
            _, ws, http = told["event"].split()
            yield process, ws, http
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    return run


async def rest(socket):
    """Return all that still comes, until the end."""
    frames = []
    with suppress(ConnectionClosed):
        async for frame in socket:
            frames.append(frame)  # noqa: PERF401  what came before the end counts
    return frames


async def hello(socket, role):
    await socket.send(json.dumps({"type": "hello", "protocol": 1, "role": role}))
    return json.loads(await socket.recv())


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 4002), (signal.SIGINT, 4000)])
async def test_a_signal_drains_and_ends_with_zero(program, said, how, code):
    """What was sent is answered, everybody is told to come back, and the program ends by itself."""
    async with program() as (process, ws, _), connect(ws, **UNHURRIED) as socket:
        assert (await hello(socket, "platform"))["type"] == "welcome"
        for number in range(20):
            await socket.send(json.dumps(said("on my way", turn=f"t{number}")))
        assert json.loads(await socket.recv())["type"] == "ack"
        process.send_signal(how)
        acked = [json.loads(frame) for frame in await rest(socket)]
        assert [message["type"] for message in acked] == ["ack"] * len(acked)
        assert socket.close_code == code
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, out) == (0, b"")
    told = [json.loads(line)["event"] for line in err.splitlines()]
    assert told == ["stopping", "stopped"]


async def test_a_second_signal_ends_at_once(program, said):
    """Whoever does not want to wait for the drain need not: the exit code says so."""
    slow = {"ASSIST_DRAIN_S": "600", "ASSIST_ANALYSIS_BUDGET_S": "600", "FAKES_HELD": "1"}
    async with program(**slow) as (process, ws, _), connect(ws, **UNHURRIED) as socket:
        await hello(socket, "platform")
        await socket.send(json.dumps(said("never read", turn="t1")))
        await socket.recv()
        process.send_signal(signal.SIGTERM)
        assert b"stopping" in await asyncio.wait_for(process.stderr.readline(), PATIENCE)
        assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 128 + signal.SIGTERM
    assert b"stopped at once" in err


async def test_systemd_is_told_and_what_was_said_is_not_logged(program, said, tmp_path, eventually):
    """Ready, alive, stopping; and of words, names and tokens that fail in many ways no trace."""
    with socketlib.socket(socketlib.AF_UNIX, socketlib.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        said_to_systemd = []
        systemd = asyncio.create_task(hear(listening, said_to_systemd))
        # The kernel keeps some ten datagrams: twice a second is far from that, if we read late.
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "1000000"}
        async with program(**told, ASSIST_LOG_LEVEL="debug") as (process, ws, http):
            await misbehave(ws, said)
            async with httpx.AsyncClient(base_url=http, timeout=PATIENCE) as client:
                counted = (await client.get("/metrics?MARKER=1", headers={"X": "MARKER"})).text
                ready = (await client.get("/readyz")).text
            await eventually(lambda: "WATCHDOG=1" in said_to_systemd, within=PATIENCE)
            process.send_signal(signal.SIGHUP)
            process.send_signal(signal.SIGTERM)
            _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        await eventually(
            lambda: any(words.startswith("STOPPING=1") for words in said_to_systemd),
            within=PATIENCE,
        )
        systemd.cancel()
        await asyncio.gather(systemd, return_exceptions=True)
    assert said_to_systemd[0].startswith("READY=1\nSTATUS=ready ws://")
    assert "WATCHDOG=1" in said_to_systemd
    assert b"the line failed" in err
    assert b"certificate looked at again" in err
    assert all(json.loads(line) for line in err.splitlines())
    assert b"MARKER" not in err
    assert "MARKER" not in counted + ready
    assert process.returncode == 0


async def hear(listening, said):
    """Take what is said to systemd as it comes: the kernel keeps only a few datagrams."""
    while True:
        words = await asyncio.get_running_loop().sock_recv(listening, 4096)
        said.append(words.decode())


async def misbehave(ws, said):
    """Send markers in every field, well and badly, and wait for each answer."""
    async with connect(ws, **UNHURRIED, additional_headers={"User-Agent": "MARKER"}) as socket:
        greeting = {"type": "hello", "protocol": 1, "role": "platform"}
        for frame in (
            {**greeting, "agent": "MARKER", "token": "MARKER"},
            said("boom MARKER", turn="t1", author="MARKER"),
            said("MARKER", turn="MARKER-2", conversation="MARKER"),
            {"type": "MARKER"},
            {"type": "close", "conversation": "c", "at": "MARKER", "outcome": "MARKER"},
        ):
            await socket.send(json.dumps(frame))
            await socket.recv()
        await socket.send("MARKER {")
        await socket.recv()
        await socket.send(b"MARKER")
        await rest(socket)
    with suppress(InvalidStatus):
        async with connect(f"{ws}/MARKER?token=MARKER", **UNHURRIED):
            pass
