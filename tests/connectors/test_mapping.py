"""Mapping files: any JSON becomes happenings, and a mistake in the file is pointed at."""

import json
from pathlib import Path

import pytest
from ways import SECRET, Way

from assist.connectors.mapping import read_mapping
from assist.connectors.port import Ignored, Setup, Unread
from assist.connectors.verifiers import BodySecret, HeaderToken, PathSecret, Signed
from assist.errors import PackError

GUIDE = Path(__file__).parents[2] / "docs/howto/livehelperchat.yaml"
SETUP = Setup(own=frozenset({"9"}))

PLAIN = """\
platform: desk
conversation: chat
events:
  - when: {event: said}
    turn: {id: id, role: {is: customer}, text: text, at: at}
"""


def mapped(tmp_path, text):
    path = tmp_path / "desk.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def read(tmp_path, text, payload):
    return mapped(tmp_path, text).read(payload, SETUP)


SAID = {"event": "said", "chat": 7, "id": "m1", "text": "Hello", "at": "2026-03-02T10:31:05Z"}


def test_a_payload_is_read_by_its_paths(tmp_path):
    """Numbers and texts become ids, a constant is a constant."""
    (one,) = read(tmp_path, PLAIN, SAID)
    assert one.place.name == "desk:main:7"
    assert (one.what.id, one.what.text, one.what.role) == ("m1", "Hello", "customer")


def test_what_no_case_is_for_is_counted_and_ignored(tmp_path):
    """An unknown event changes nothing."""
    assert read(tmp_path, PLAIN, {**SAID, "event": "x"}) == (Ignored(reason="event.unknown"),)


LIST = """\
platform: desk
account: {path: $.shop}
conversation: chat
each: data.events
events:
  - when: {kind: [said, told], "meta.hidden": {exists: false}, by: {not: robot}}
    turn:
      id: id
      role: {path: by, map: {visitor: customer, -2: bot}, else: agent}
      author: by
      private: note
      text: text
      at: {path: at, in: milliseconds}
      revision: rev
  - when: {kind: gone}
    redact: {id: id, at: {path: at, in: milliseconds}}
  - ignore: event.unneeded
"""


def test_lists_filters_roles_and_times_are_mapped(tmp_path):
    """Each item of the list is an event; paths with `$.` begin at the top."""
    event = {"kind": "told", "chat": "c", "id": 5, "at": 1_772_447_465_250, "text": "Hi"}
    items = [
        {**event, "by": "visitor", "rev": 3},
        {**event, "by": -2, "note": True},
        {**event, "by": "ana"},
        {**event, "by": 9},
        {**event, "by": "robot"},
        {**event, "by": "visitor", "meta": {"hidden": 1}},
        {**event, "kind": "gone"},
    ]
    said = read(tmp_path, LIST, {"shop": "s", "data": {"events": items}})
    assert [one.what.role for one in said[:3]] == ["customer", "bot", "agent"]
    assert (said[0].place.account, said[0].revision, said[1].what.private) == ("s", "3", True)
    assert said[0].what.at.isoformat() == "2026-03-02T10:31:05.250000+00:00"
    assert [one.reason for one in said[3:6]] == ["message.own", *["event.unneeded"] * 2]
    assert type(said[6].what).__name__ == "Redaction"


@pytest.mark.parametrize(
    ("payload", "match"),
    [
        ({**SAID, "chat": None}, "chat"),
        ({**SAID, "at": "soon: my card is 4111"}, "at"),
        ({**SAID, "id": {"a": 1}}, "id"),
        ({**SAID, "text": ["4111"]}, "text"),
    ],
)
def test_a_field_that_is_missing_or_strange_is_named(tmp_path, payload, match):
    """By its path, without what stands there."""
    with pytest.raises(Unread, match=f"`{match}`") as caught:
        read(tmp_path, PLAIN, payload)
    assert "4111" not in caught.value.message


WRONG = [
    ("conversation: chat\n", "", 1, "`conversation` is missing"),
    ("role: {is: customer}", "role: {is: custommer}", 5, "custommer"),
    ("text: text, ", "", 5, "turn lacks text"),
    ("text: text", "texts: text", 5, "did you mean 'text'"),
    ("at: at", "at: {path: at, in: hours}", 5, "choose from"),
    ("id: id", "id: {path: id, is: x}", 5, "either"),
    ("turn:", "say:", 5, "unknown key"),
    ("platform: desk", "platform: My Desk", 1, "letters a to z"),
    ("platform: desk", "platform: desk\nproof: {}", 2, "proof is one of"),
    ("platform: desk", "platform: desk\nproof: {signed: {time: x}}", 2, "signed lacks header"),
]


@pytest.mark.parametrize(("old", "new", "line", "match"), WRONG)
def test_a_mistake_in_the_file_is_pointed_at(tmp_path, old, new, line, match):
    """With its line, and what to write instead."""
    with pytest.raises(PackError, match=match) as caught:
        mapped(tmp_path, PLAIN.replace(old, new))
    assert caught.value.line == line
    assert caught.value.code.startswith("mapping.")


PROOFS = {
    "{header: X-Token}": HeaderToken(header="x-token"),
    "{body: secret}": BodySecret(name="secret"),
    "{address: yes}": PathSecret(),
    '{signed: {header: X-S, time: X-T, joint: ".", prefix: "sha256="}}': Signed(
        header="x-s", time_header="x-t", joint=".", prefix="sha256="
    ),
}


@pytest.mark.parametrize("said", PROOFS)
def test_every_kind_of_proof_can_be_named(tmp_path, said):
    """A mapping is proven like any other platform."""
    assert mapped(tmp_path, f"{PLAIN}proof: {said}\n").verifier == PROOFS[said]


async def test_the_guides_file_takes_a_real_delivery_in():
    """What the guide for Live Helper Chat shows works from the address to the turn."""
    platform = read_mapping(GUIDE)
    way = Way(platform)
    assert SECRET
    payload = {
        "event": "chat.addmsguser",
        "chat_id": 7,
        "hash": "x",
        "msg": {"id": 53, "user_id": 0, "msg": "Where is it?", "time": 1_772_447_465, "meta": {}},
    }
    assert (await way.knock(json.loads(json.dumps(payload)))).code == "delivery.taken"
    assert way.told == ["turn Where is it?"]
    await way.journal.close()
