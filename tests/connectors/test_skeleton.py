"""A new connector passes its own test before a word of it is changed."""

import json

import pytest

from assist.connectors.port import Platform, Setup
from assist.connectors.skeleton import skeleton
from assist.connectors.trials import KINDS, trial
from assist.errors import UsageError


@pytest.fixture(scope="module")
def files():
    return skeleton("acme")


async def test_its_module_understands_its_payloads(files):
    """Each is delivered to a door; what the customer said comes out, and secrets do not."""
    room: dict[str, object] = {}
    exec(files["assist/connectors/acme.py"], room)
    platform = room["PLATFORM"]
    assert isinstance(platform, Platform)
    payloads = {
        place.rsplit("/", 1)[1].removesuffix(".json"): text.encode()
        for place, text in files.items()
        if place.endswith(".json")
    }
    told = {kind: await trial(platform, kind, payloads) for kind in KINDS}
    assert told["valid"].told == ("turn of the customer",)
    assert told["private"].told == ("turn of an agent, private",)
    assert told["our own"].told == ()
    assert told["edited"] is None
    (said,) = platform.read(json.loads(payloads["valid"]), Setup())
    assert said.place.name == "acme:a1:c1"


def test_its_test_is_written_for_each_payload(files):
    """No payload is without a line in the test."""
    test = files["tests/connectors/test_acme.py"]
    kinds = {place.rsplit("/", 1)[1][:-5] for place in files if place.endswith(".json")}
    assert all(f'"{kind}":' in test for kind in kinds)
    compile(test, "test_acme.py", "exec")


@pytest.mark.parametrize("name", ["Acme", "a", "../acme", "ac-me", "1acme", ""])
def test_a_name_that_is_no_module_is_refused(name):
    """It becomes a file's name, an address and a part of ids."""
    with pytest.raises(UsageError, match="letters"):
        skeleton(name)
