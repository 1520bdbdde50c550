"""Both ports behind a certificate, for those without a proxy."""

import asyncio
import contextlib
import json
import shutil
import ssl
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidMessage

from assist.errors import UsageError
from assist.service.http import HttpServer
from assist.service.http_bounds import Bounds, Doorway
from assist.service.listener import Listener
from assist.service.tls import KEYS_S, tls_context
from assist.settings import Settings

CERTIFICATES = Path(__file__).with_name("certificates")
ONE, TWO = CERTIFICATES / "one.pem", CERTIFICATES / "two.pem"


def trusting(certificate):
    """Return what a client that trusts only this certificate speaks."""
    return ssl.create_default_context(cafile=certificate)


@pytest.fixture
def files(tmp_path):
    """Return a certificate and its key, in files that may be changed."""
    for kind in ("pem", "key"):
        shutil.copy(CERTIFICATES / f"one.{kind}", tmp_path / f"tls.{kind}")
    return {"tls_cert": tmp_path / "tls.pem", "tls_key": tmp_path / "tls.key"}


async def greeted(desk, certificate):
    """Return the answer to hello over TLS."""
    async with connect(desk.service.ws_url, ssl=trusting(certificate)) as socket:
        await socket.send('{"type":"hello","protocol":1,"role":"agent"}')
        return json.loads(await socket.recv())["type"]


async def test_both_ports_speak_tls(make_service, files):
    """Sockets and pages are encrypted, the page is told so, and plain words are not understood."""
    async with make_service(**files) as desk:
        assert desk.service.ws_url.startswith("wss://")
        assert await greeted(desk, ONE) == "welcome"
        async with httpx.AsyncClient(verify=trusting(ONE)) as client:
            told = (await client.get(f"{desk.service.http_url}config.json")).json()
            assert told["ws"].startswith("wss://")
        with pytest.raises((InvalidMessage, OSError)):
            async with connect(desk.service.ws_url.replace("wss", "ws")):
                pass


async def test_a_renewed_certificate_is_met_by_new_connections(make_service, files):
    """After the files were exchanged and looked at again; until then the old one goes on."""
    async with make_service(**files) as desk:
        shutil.copy(TWO, files["tls_cert"])
        shutil.copy(CERTIFICATES / "two.key", files["tls_key"])
        assert await greeted(desk, ONE) == "welcome"
        desk.service.renew_certificate()
        assert await greeted(desk, TWO) == "welcome"


async def test_a_renewed_certificate_that_does_not_fit_is_refused(make_service, files):
    """The one in force stays, also where only one of the files was exchanged."""
    async with make_service(**files) as desk:
        shutil.copy(TWO, files["tls_cert"])
        with pytest.raises(UsageError) as told:
            desk.service.renew_certificate()
        assert told.value.code == "settings.tls"
        assert await greeted(desk, ONE) == "welcome"


async def test_a_service_without_one_has_nothing_to_renew(desk):
    """Plain stays plain."""
    desk.service.renew_certificate()
    assert desk.service.ws_url.startswith("ws://")


def test_files_that_cannot_be_used_are_named(tmp_path):
    """Missing, not a certificate, or the key of another: each says what to do."""
    rubbish = tmp_path / "rubbish.pem"
    rubbish.write_text("rubbish", encoding="utf-8")
    for cert, key in (
        (tmp_path / "no.pem", CERTIFICATES / "one.key"),
        (rubbish, CERTIFICATES / "one.key"),
        (ONE, CERTIFICATES / "two.key"),
    ):
        with pytest.raises(UsageError, match=cert.name) as told:
            tls_context(cert, key)
        assert told.value.code == "settings.tls"
    assert tls_context(None, None) is None


HALF_A_HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(32)


async def gone(port, sent):
    """Return once the port lets go of a peer that says only this; TimeoutError where it does not.

    The libraries let go after a minute by themselves, which is not soon.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        async with asyncio.timeout(20):
            with contextlib.suppress(ConnectionError):
                assert await reader.read() == b""
    finally:
        writer.close()


@pytest.mark.parametrize("sent", [b"", HALF_A_HELLO], ids=["silent", "half"])
async def test_who_never_agrees_on_keys_is_let_go_of_by_both_ports(desk, files, sent):
    """Nothing at all, or half a ClientHello: the bound ends it, and others are served meanwhile."""
    tls = tls_context(files["tls_cert"], files["tls_key"])
    http = HttpServer(Starlette(), "127.0.0.1", 0, tls, Doorway(Bounds(keys_s=0.05)))
    near = desk.service.listener
    settings = Settings(store="memory:", port=0, http_port=0)
    ws = Listener(settings, desk.service.hub, near.terms, tls=tls, keys_s=0.05)
    await ws.start()
    await http.start()
    try:
        await asyncio.gather(gone(http.port, sent), gone(ws.port, sent))
        async with httpx.AsyncClient(verify=trusting(ONE)) as client:
            assert (await client.get(f"https://127.0.0.1:{http.port}/")).status_code == 404
    finally:
        await asyncio.gather(ws.close(), http.close())


async def test_both_ports_of_a_service_have_the_same_bound(make_service, files):
    """Ten seconds to agree on keys, which nobody has to set."""
    async with make_service(**files) as desk:
        assert desk.service.listener.keys_s == desk.service.http.keys_s == KEYS_S == 10
