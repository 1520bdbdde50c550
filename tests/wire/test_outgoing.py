"""Server messages carry what every event must, and never show words."""

import typing
from pathlib import Path

import pytest

from assist.wire.messages import ServerEvent, parse_server

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("event", typing.get_args(ServerEvent))
def test_every_event_says_where_it_stands_and_what_caused_it(event):
    """Conversation, position and turn are required of every event."""
    for name in ("conversation", "position", "turn"):
        assert event.model_fields[name].is_required()


@pytest.mark.parametrize(
    ("name", "words"),
    [("suggestion", "parcel is late"), ("summary", "Thursday"), ("review", "address"),
     ("ledger", "call you back"), ("snapshot", "call you back")],
)  # fmt: skip
def test_no_event_shows_words_in_its_repr(name, words):
    """Printing an event by mistake gives nothing away."""
    text = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    assert words in text
    assert words not in repr(parse_server(text))
