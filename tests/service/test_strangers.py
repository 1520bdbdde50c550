"""Pages that were turned away are told of in the log, and nothing else that they sent."""

import pytest
from structlog.testing import capture_logs
from websockets.exceptions import InvalidStatus

from assist.service.strangers import Strangers

PAGE = "https://desk.example"


def told_of(logs):
    return [line["origin"] for line in logs if line.get("setting") == "origins"]


def test_an_origin_is_told_of_once_a_minute(clock):
    """Each by itself, however often its page tries again."""
    strangers = Strangers(clock)
    with capture_logs() as logs:
        for _ in range(3):
            strangers.tell(PAGE)
            strangers.tell("http://other.example:8443")
        clock.advance(59)
        strangers.tell(PAGE)
        clock.advance(2)
        strangers.tell(PAGE)
    assert told_of(logs) == [PAGE, "http://other.example:8443", PAGE]
    assert logs[0]["log_level"] == "warning"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("HTTPS://Desk.Example:443", PAGE),
        ("https://desk.example:80", "https://desk.example:80"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://[::2]:81", "http://[::2]:81"),
        ("null", "null"),
        ("https://desk.example/?q=secret", "none that can be named"),
        ("https://a\x1b[2Jsecret", "none that can be named"),
        ("my card is secret", "none that can be named"),
        ("https://" + "a" * 200, "none that can be named"),
    ],
)
def test_only_what_is_an_origin_is_said(clock, sent, told):
    """As it would be set; never a path, a query, a control character or a long text."""
    with capture_logs() as logs:
        Strangers(clock).tell(sent)
    assert told_of(logs) == [told]


def test_a_flood_of_origins_fills_no_log(clock):
    """Twenty a minute are said."""
    strangers = Strangers(clock)
    with capture_logs() as logs:
        for number in range(1000):
            strangers.tell(f"https://d{number}.example")
    assert len(told_of(logs)) == 20


async def test_the_service_tells_of_a_page_that_it_refused(desk):
    """One line, and a page of this machine is none."""
    with capture_logs() as logs:
        for _ in range(2):
            with pytest.raises(InvalidStatus):
                async with desk.talk("agent", origin="https://elsewhere.example"):
                    pass
        async with desk.talk("agent", origin="http://localhost:8080"):
            pass
    assert told_of(logs) == ["https://elsewhere.example"]
