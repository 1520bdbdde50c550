"""Ports, and clear words where one cannot be had."""

import pytest

from assist.errors import LocalFault
from assist.service.ports import bound


def test_a_taken_port_is_named_with_what_to_change():
    """The message says which port and which option; the code is stable."""
    with bound("127.0.0.1", 0, option="--port") as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LocalFault) as told:
            bound("127.0.0.1", port, option="--port")
    assert told.value.code == "server.port-in-use"
    assert f"port {port} on 127.0.0.1" in told.value.message
    assert "--port" in told.value.message


def test_an_address_that_is_not_ours_is_said_so():
    """Something else than a taken port has its own code."""
    with pytest.raises(LocalFault) as told:
        bound("192.0.2.1", 0, option="--port")
    assert told.value.code == "server.cannot-listen"
    assert "--host" in told.value.message
