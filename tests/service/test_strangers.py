"""Pages that were turned away are told of in the log, and nothing that they sent."""

import pytest
from structlog.testing import capture_logs
from websockets.exceptions import InvalidStatus

from assist.service.strangers import Strangers


def told_of(logs):
    return [line["pages"] for line in logs if line.get("setting") == "origins"]


def test_refused_pages_are_told_of_once_a_minute(clock):
    """With how many came since; a flood fills no log."""
    strangers = Strangers(clock)
    with capture_logs() as logs:
        for _ in range(1000):
            strangers.turn_away()
        clock.advance(59)
        strangers.turn_away()
        clock.advance(2)
        strangers.turn_away()
    assert told_of(logs) == [1, 1001]
    assert logs[0]["log_level"] == "warning"


async def test_the_service_tells_that_it_refused_a_page(desk):
    """One line without the page's own words; a page of this machine is none."""
    with capture_logs() as logs:
        for _ in range(2):
            with pytest.raises(InvalidStatus):
                async with desk.talk("agent", origin="https://elsewhere.example"):
                    pass
        async with desk.talk("agent", origin="http://localhost:8080"):
            pass
    assert told_of(logs) == [1]
    assert "elsewhere" not in str(logs)
