"""What systemd is told, over a socket like its own."""

import os
import socket

import pytest

from assist.service.notify import Notify


@pytest.fixture
def heard(tmp_path):
    """Return a socket as systemd has it, and a way to take what came."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(2)
        yield lambda: listening.recv(4096).decode()


def test_ready_alive_and_stopping_are_said(heard, tmp_path):
    """Each is one datagram in systemd's own words."""
    notify = Notify({"NOTIFY_SOCKET": str(tmp_path / "notify")})
    notify.ready("ready ws://127.0.0.1:8765/v1")
    assert heard() == "READY=1\nSTATUS=ready ws://127.0.0.1:8765/v1"
    notify.alive()
    assert heard() == "WATCHDOG=1"
    notify.stopping()
    assert heard().startswith("STOPPING=1\n")


def test_an_abstract_socket_is_found():
    """A name that begins with @ is one of the kernel's, not a file's."""
    name = f"assist-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        listening.settimeout(2)
        Notify({"NOTIFY_SOCKET": f"@{name}"}).alive()
        assert listening.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize("place", ["", "relative", "/nowhere/at/all"])
def test_where_nobody_listens_nothing_happens(place):
    """Without systemd, or with a socket that is gone, the service goes on."""
    notify = Notify({"NOTIFY_SOCKET": place})
    notify.ready("ready")
    notify.stopping()


def test_the_watchdog_is_fed_twice_as_often_as_asked():
    """Half its time, and only where it watches this process."""
    assert Notify({"WATCHDOG_USEC": "30000000"}).alive_every_s == 15.0
    assert Notify({"WATCHDOG_USEC": "0"}).alive_every_s is None
    assert Notify({"WATCHDOG_USEC": "x"}).alive_every_s is None
    assert Notify({}).alive_every_s is None
    others = {"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid() + 1)}
    assert Notify(others).alive_every_s is None
