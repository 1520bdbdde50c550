"""Whatever stands in a payload, a platform's module answers with happenings or a clear fault."""

import json
from pathlib import Path

import pytest

from assist.connectors.port import Happening, Ignored, Setup, Unread
from assist.connectors.registry import platforms
from assist.connectors.trials import payloads_in

FOLDER = Path(__file__).parent / "payloads"
NAMES = sorted(set(platforms()) - {"generic"})  # which refuses whatever it does not know
STRANGE = (None, True, -1, 1.5, 10**30, "", "x" * 300, [], [[]], [{}], {}, {"id": {}})


def ways(value, way=()):
    """Yield the way to each value inside."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield (*way, key)
            yield from ways(value[key], (*way, key))


def spoilt(payload):
    """Yield the payload with each of its values replaced in turn by each strange one."""
    for way in tuple(ways(payload)):
        inside = payload
        for key in way[:-1]:
            inside = inside[key]
        was = inside[way[-1]]
        for strange in STRANGE:
            inside[way[-1]] = strange
            yield payload
        inside[way[-1]] = was


@pytest.mark.parametrize("name", NAMES)
def test_a_strange_field_is_no_crash(name):
    """Every field of every payload, replaced by a dozen strange values, is read or refused."""
    read = platforms()[name].read
    payloads = payloads_in(FOLDER / name)
    assert payloads
    for body in payloads.values():
        for payload in spoilt(json.loads(body)):
            try:
                told = read(payload, Setup())
            except Unread as fault:
                assert "xxx" not in fault.message  # noqa: PT017  others are the failure
            else:
                assert told
                assert all(isinstance(one, Happening | Ignored) for one in told)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("payload", [None, 5, "x", [], [1], {}, {"event": "message_created"}])
def test_no_payload_is_a_crash(name, payload):
    """JSON that is no payload at all is refused or ignored."""
    try:
        told = platforms()[name].read(payload, Setup())
    except Unread:
        return
    assert all(isinstance(one, Ignored) for one in told)
