"""Matrix: each event of a transaction is read as what happened; a broken one holds nothing up."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from contract import ASKED, SECRET, Contract, Samples, delivery
from ways import Way

from assist.connectors.matrix import PLATFORM
from assist.connectors.port import (
    UNDATED,
    Ignored,
    Setup,
    Unread,
    Unverified,
)
from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Role, Turn, Typing

KIM = "@agent-kim:example.org"
VALID = "$Zk0qJ3vH1cG9s0o7tXl3yQn8bW2rK5uE4pA6dF1hMxI"
AUTHORS = {
    "valid": None,
    "agent": KIM,
    "bot": "@faq:example.org",
    "automation": "@server:example.org",
}


def at(*clock):
    """Return a time of that Monday."""
    return datetime(2026, 3, 2, *clock, tzinfo=UTC)


SAMPLES = Samples(
    platform=PLATFORM,
    places=("matrix:homeserver:!support17:example.org",),
    setup=Setup(own=frozenset({"our-bot"})),
    turns={
        "valid": (Role.CUSTOMER, False, ASKED),
        "agent": (Role.AGENT, False, "Let me look into it."),
        "bot": (Role.BOT, False, "Our opening hours are 9 to 5."),
        "automation": (Role.SYSTEM, False, "The terms of use have changed."),
        "attachment": (Role.CUSTOMER, False, ""),
        "captioned": (Role.CUSTOMER, False, "this is how it arrived"),
        "sticker": (Role.CUSTOMER, False, ""),
        "earlier": (Role.CUSTOMER, False, "hello?"),
        "reply": (Role.CUSTOMER, False, "why not?"),
    },
    others={
        "edited": [
            Edit(turn=VALID, text="third time I ask: where is my parcel 4711?", at=at(10, 31, 20))
        ],
        "deleted": [Redaction(turn=VALID, at=at(10, 31, 30))],
        "deleted_old_room": [Redaction(turn=VALID, at=at(10, 31, 30))],
        "deleted_before": [Redaction(turn=VALID, at=at(10, 31, 5, 213_000))],
        "typing": [
            Typing(role=Role.CUSTOMER, on=True, at=UNDATED),
            Typing(role=Role.AGENT, on=False, at=UNDATED),
        ],
        "typing_ended": [
            Typing(role=Role.CUSTOMER, on=False, at=UNDATED),
            Typing(role=Role.AGENT, on=False, at=UNDATED),
        ],
        "assigned": [Assigned(agent=KIM)],
        "opened": [Opened(channel="matrix")],
        "closed": [Closed(at=at(10, 50), outcome="room replaced")],
        "own": ["message.own"],
        "encrypted": ["message.encrypted"],
        "renamed": ["event.unneeded"],
        "receipt": ["event.unneeded"],
        "unneeded": ["event.unneeded"],
        "unknown": ["event.unknown"],
        "several": [
            Turn(id="$one", role=Role.CUSTOMER, text="hello?", at=at(10, 30, 5)),
            "event.malformed",
            Turn(id="$none", role=Role.CUSTOMER, text="", at=at(10, 31, 5, 213_000)),
            Turn(id="$three", role=Role.AGENT, text="Hello Ana.", at=at(10, 30, 10), author=KIM),
        ],
    },
    valid=(VALID, at(10, 31, 5, 213_000), None),
    needed=("events",),
)


class TestMatrix(Contract):
    """Matrix's transactions keep the contract."""

    samples = SAMPLES


@pytest.mark.parametrize("kind", AUTHORS)
def test_who_wrote_is_told_of_all_but_customers(kind):
    """The sender's id is the author; a customer's is not kept."""
    (turn,) = SAMPLES.read(kind)
    assert turn.author == AUTHORS[kind]


def event(content, **more):
    """Return a transaction of one message by a customer."""
    (one,) = SAMPLES.payload("valid")["events"]
    return {"events": [{**one, "content": content, **more}]}


def told(given):
    """Return what happened, and why the rest was ignored."""
    return [one.reason if isinstance(one, Ignored) else one.what for one in SAMPLES.told(given)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"msgtype": "m.emote", "body": "waves"}, "waves"),
        ({"msgtype": "org.example.poll", "body": "which one?"}, "which one?"),
        ({"msgtype": "m.text", "body": "> I quote\n\nsomebody"}, "> I quote\n\nsomebody"),
        ({"msgtype": "m.text", "body": "> only a quote",
          "m.relates_to": {"m.in_reply_to": {"event_id": "$a"}}}, "> only a quote"),
        ({"msgtype": "m.file", "body": "a.pdf", "filename": "a.pdf"}, ""),
        ({"msgtype": "m.text", "body": "no", "m.relates_to": "nothing"}, "no"),
    ],
)  # fmt: skip
def test_the_words_are_the_senders_own(content, words):
    """Only what a reply repeats for older clients is left out, and a file's name."""
    (turn,) = told(event(content))
    assert turn.text == words


def test_an_edit_without_new_words_is_read_from_its_fallback():
    """Older clients write the new words behind a star, and nothing else."""
    relation = {"rel_type": "m.replace", "event_id": VALID}
    (edit,) = told(event({"msgtype": "m.text", "body": "* better", "m.relates_to": relation}))
    assert (edit.turn, edit.text) == (VALID, "better")


@pytest.mark.parametrize(
    "broken",
    [
        {"sender": None}, {"event_id": "$" * 300}, {"room_id": None}, {"type": 5},
        {"content": {"body": ["a"]}}, {"type": "m.room.redaction", "content": {}},
        {"type": "m.room.member", "content": {"membership": "join"}},
        {"content": {"body": "x", "m.relates_to": {"rel_type": "m.replace"}}},
    ],
)  # fmt: skip
def test_a_broken_event_is_ignored_and_the_next_is_read(broken):
    """Anybody in a room can send one: an error would hold up every room for ever."""
    (one,) = SAMPLES.payload("valid")["events"]
    read = told({"events": [{**one, **broken}, one]})
    assert (read[0], read[1].text) == ("event.malformed", ASKED)


@pytest.mark.parametrize("when", [None, -5, "soon", 10**18, True])
def test_a_time_that_is_none_does_not_stop_a_message(when):
    """Other homeservers say what time it is; the time of the delivery takes its place."""
    (turn,) = told(event({"msgtype": "m.text", "body": "x"}, origin_server_ts=when))
    assert turn.at == UNDATED or when is True


@pytest.mark.parametrize("broken", [[], {}, {"events": 5}, {"events": None}, "x"])
def test_what_is_no_transaction_is_refused(broken):
    """A body without a list of events is not a homeserver's."""
    with pytest.raises(Unread):
        SAMPLES.told(broken)


def request(path="", method="PUT", body=None):
    """Return a request as a homeserver makes it, proven."""
    plain = delivery(SAMPLES.files["valid"] if body is None else body)
    return PLATFORM.verifier.stamped(replace(plain, path=path, method=method), SECRET)


def test_only_the_homeserver_is_believed():
    """The bearer token proves it; another one, or none, does not."""
    PLATFORM.verifier.verify(request(), SECRET)
    for header in ("Bearer another", SECRET.decode(), ""):
        with pytest.raises(Unverified):
            PLATFORM.verifier.verify(replace(request(), headers={"authorization": header}), SECRET)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/_matrix/app/v1/ping", "POST", 200),
        ("/_matrix/app/v1/users/@ana:example.org", "GET", 404),
        ("/_matrix/app/v1/rooms/%23help:example.org", "GET", 404),
        ("/_matrix/app/v1/elsewhere", "PUT", 404),
    ],
)
def test_what_a_homeserver_asks_is_answered(path, method, status):
    """A ping is welcome; users and rooms of our own there are none."""
    assert PLATFORM.handshake(request(path, method), SAMPLES.setup).status == status


def test_a_transaction_is_no_handshake():
    """What tells of events is read."""
    assert PLATFORM.handshake(request("/_matrix/app/v1/transactions/7"), SAMPLES.setup) is None


def test_a_transaction_is_known_by_its_number_and_events():
    """A homeserver whose log begins anew counts from one again: its news are news."""
    mark = PLATFORM.verifier.mark
    path = "/_matrix/app/v1/transactions/7"
    again = SAMPLES.files["valid"].replace(b'"age": 97', b'"age": 2097')
    assert mark(request(path)) == mark(request(path, body=again))
    assert mark(request(path)) != mark(request(path[:-1] + "8"))
    assert mark(request(path)) != mark(request(path, body=SAMPLES.files["agent"]))
    assert mark(request(path, body=b"{")) is None
    assert mark(request()) is None


@pytest.fixture
async def rooms():
    """A door for Matrix."""
    made = Way(PLATFORM)
    yield made
    await made.pump.stop()
    await made.journal.close()


async def test_an_older_state_that_comes_again_changes_nothing(rooms):
    """After an edit the first words, and the edit before, are overtaken."""
    for kind in ("valid", "edited", "valid", "edited"):
        await rooms.knock(SAMPLES.payload(kind))
    assert rooms.told == [
        "open",
        f"turn {ASKED}",
        "edit third time I ask: where is my parcel 4711?",
    ]


async def test_a_transaction_may_be_larger_than_a_webhook(rooms):
    """A hundred events of 64 KiB are one transaction; refused, it would come again for ever."""
    (one,) = SAMPLES.payload("valid")["events"]
    body = {"msgtype": "m.text", "body": "a" * 60_000}
    events = [{**one, "event_id": f"${number}", "content": body} for number in range(100)]
    receipt = await rooms.knock({"events": events})
    assert receipt.answer.status == 200
    assert rooms.told == ["open"] + [f"turn {body['body']}"] * 100
