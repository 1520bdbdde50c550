"""What is told to those who decide where chats go."""

import asyncio
from dataclasses import replace

import pytest

from assist.errors import StoreError
from assist.service import readiness as module
from assist.service.readiness import GOES_ON


@pytest.fixture
def well(line):
    """A line that nothing is missing from."""
    line.missing = ()
    return line


async def told(desk):
    return await desk.service.readiness.told()


async def test_a_service_that_is_well_is_ready(well, desk):
    """Nothing is degraded, nothing warned of."""
    answer, status = await told(desk)
    assert (status, answer["ready"], answer["degraded"], answer["warnings"]) == (200, True, [], [])


async def test_models_that_are_missing_are_told_and_stop_nobody(desk):
    """Readings go on without them; which they are is said."""
    answer, status = await told(desk)
    assert (status, answer["degraded"]) == (200, ["models"])
    assert answer["trouble"] == {"models": "without encoder"}


@pytest.mark.parametrize("how", ["fails", "hangs"])
async def test_a_store_that_cannot_be_read_is_found_by_looking(well, desk, monkeypatch, how):
    """Before any turn fails: the log is asked, and must answer in time."""

    async def broken(*_):
        if how == "hangs":
            await asyncio.sleep(60)
        raise StoreError("MARKER", code="store.unavailable")

    monkeypatch.setattr(module, "_PROBE_S", 0.01)
    monkeypatch.setattr(desk.service.hub.parts.log, "last", broken)
    answer, status = await told(desk)
    assert (status, answer["degraded"]) == (503, ["store"])
    assert "MARKER" not in str(answer)


async def test_full_seats_are_overload(well, make_service, said):
    """With half of all seats taken it is told; when they are free again it is over."""
    async with make_service(backlog=2) as desk:
        seat = await desk.service.listener.terms.load.seat("c")
        answer, status = await told(desk)
        assert (status, answer["degraded"]) == (200, ["overload"])
        seat.leave()
        assert (await told(desk))[0]["degraded"] == []


async def test_little_room_is_told_while_there_is_some(well, make_service, sqlite, monkeypatch):
    """The disk that the log is on is watched, and no other."""
    usage = module.shutil.disk_usage("/")
    seen = []

    def little(folder):
        seen.append(folder)
        return usage._replace(free=5 * 2**20)

    monkeypatch.setattr(module.shutil, "disk_usage", little)
    async with make_service(store=sqlite) as desk:
        answer, status = await told(desk)
    assert (status, answer["trouble"]) == (200, {"disk": "5 MiB free where the log is kept"})
    assert f"sqlite:{seen[0] / 'turns.sqlite'}" == sqlite


async def test_threads_that_never_end_send_chats_elsewhere(well, desk, monkeypatch):
    """Some may overrun; with several that do not end only a restart helps."""
    analyst = desk.service.hub.parts.analyst
    for abandoned, status in ((3, 200), (4, 503)):
        monkeypatch.setattr(type(analyst), "abandoned", abandoned)
        assert (await told(desk))[1] == status


async def test_who_is_being_stopped_takes_nobody_in(well, desk):
    """As soon as the end begins it is told."""
    desk.service.readiness.stopping = True
    answer, status = await told(desk)
    assert (status, answer["degraded"]) == (503, ["stopping"])


async def test_an_open_door_is_warned_of(well, desk):
    """Where others than this machine can come in without a token, that is said."""
    open_to_all = replace(desk.service.readiness, open_to="0.0.0.0")
    answer, status = await open_to_all.told()
    assert (status, answer["warnings"]) == (200, ["no-token-beyond-loopback"])


def test_what_goes_on_is_never_the_store():
    """Without its log a service is of no use."""
    assert not GOES_ON & {"store", "analysis", "stopping"}
