"""Addresses of turn logs."""

import pytest

from assist.errors import UsageError
from assist.service.stores import open_log


async def test_addresses_name_their_log(tmp_path):
    """`memory:` and `sqlite:PATH` open what they say."""
    for address, kind in (("memory:", "memory"), (f"sqlite:{tmp_path}/t.sqlite", "sqlite")):
        log = open_log(address)
        assert log.kind == kind
        await log.close()
    assert (tmp_path / "t.sqlite").exists()


@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        ("nats://localhost:4222", "store.not-built-in", "sqlite:PATH"),
        ("postgres://x", "store.unknown-kind", "memory: or sqlite:PATH"),
        ("sqlite:", "store.unknown-kind", "sqlite:PATH"),
        ("memory:x", "store.unknown-kind", "memory:"),
        ("", "store.unknown-kind", "memory:"),
    ],
)
def test_other_addresses_are_refused_with_what_to_write(address, code, words):
    """What cannot be opened is wrong use, and the message says what to write."""
    with pytest.raises(UsageError) as told:
        open_log(address)
    assert told.value.code == code
    assert words in told.value.message
