"""A delivery that was kept reads as it would have live: the same turn, by two readers."""

import json
from pathlib import Path

import pytest

from assist.connectors.port import Happening, Setup
from assist.connectors.registry import platforms
from assist.core.turns import Turn
from assist.errors import TranscriptError
from assist.replay.exports.read import parse_export

EXPORT = {name: name for name in ("chatwoot", "front", "intercom", "livechat")} | {
    "sunshine": "zendesk"
}
FOLDER = Path(__file__).parents[2] / "connectors" / "payloads"


def exported(name, kind):
    """Return the payload in the shape in which the platform exports it."""
    payload = json.loads((FOLDER / name / f"{kind}.json").read_text("utf-8"))
    match name:
        case "livechat":
            told = payload["payload"]
            return {"id": "c", "events": [told["event"]]}
        case "sunshine":
            return {"messages": [one["payload"]["message"] for one in payload["events"]]}
        case "front":
            return {"_results": [payload["payload"]["target"]["data"]]}
    return payload


def live(name, kind):
    """Return the turns that the connector reads."""
    payload = json.loads((FOLDER / name / f"{kind}.json").read_text("utf-8"))
    told = platforms()[name].read(payload, Setup())
    return [one.what for one in told if isinstance(one, Happening) and isinstance(one.what, Turn)]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        (
            "chatwoot",
            "valid agent private bot captain automation campaign template echo attachment",
        ),
        ("intercom", "valid plain agent private bot automation attachment closed earlier"),
        ("livechat", "valid agent private bot attachment edited"),
        ("sunshine", "valid agent bot attachment"),
        ("front", "valid agent private automation attachment"),
    ],
)
def test_a_kept_delivery_reads_as_live(name, kinds):
    """Id, role, words, time, author and privacy are the same on both ways."""
    for kind in kinds.split():
        (chat,) = parse_export(EXPORT[name], json.dumps(exported(name, kind))).transcripts
        # Intercom's source comes with every notification; live it is taken when it is new.
        here = [turn for turn in chat.turns if turn.id != "403918"]
        there = [turn for turn in live(name, kind) if turn.id != "403918"]
        if name == "sunshine":  # an agent without an id is known by name live, and not at all here
            assert [(t.id, t.role, t.text, t.at, t.private) for t in here] == [
                (t.id, t.role, t.text, t.at, t.private) for t in there
            ]
        else:
            assert here == there


@pytest.mark.parametrize("kind", ["deleted", "carousel"])
def test_what_says_nothing_live_says_nothing_here(kind):
    """A deleted message, or one without words, is no turn on either way."""
    name = {"deleted": "chatwoot", "carousel": "sunshine"}[kind]
    assert live(name, kind) == []
    with pytest.raises(TranscriptError, match="no turns"):
        parse_export(EXPORT[name], json.dumps(exported(name, kind)))
