"""The whole service: starting completely or not at all, and stopping in order."""

import asyncio
import signal
import sys
import textwrap

import httpx
import pytest

from assist.errors import LocalFault, StoreError
from assist.service.server import Service
from assist.settings import Settings


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

        async def broken(*_):
            raise StoreError("the disk is full", retry=True)

        with monkeypatch.context() as patch:
            patch.setattr(log, "append", broken)
            answer = await platform.ask(**said("hi", turn="t1", id="x"))
            assert (answer["type"], answer["re"], answer["retry"]) == ("error", "x", True)
            assert "disk" not in answer["message"]
            async with httpx.AsyncClient(base_url=desk.service.http_url) as http:
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
    run(load_settings(port=0, http_port=0, store="memory:"), fakes.FakeLine())
    """
)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_drains_and_ends_with_zero(how, tmp_path):
    """The program says where it is ready on standard error, and ends by itself when told to."""
    fakes = __file__.replace("test_server.py", "conftest.py")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, fakes,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    line = (await asyncio.wait_for(process.stderr.readline(), 30)).decode()
    assert "ready ws://127.0.0.1:" in line
    assert " http://127.0.0.1:" in line
    process.send_signal(how)
    out, err = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, out) == (0, b"")
    assert b"stopping" in err
    assert b"Traceback" not in err
