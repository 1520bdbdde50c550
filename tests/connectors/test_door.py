"""What becomes of deliveries: verified, stored, answered, passed on once and in order."""

import json
from dataclasses import replace

import pytest
from structlog.testing import capture_logs
from ways import NOW, SECRET, Way, changed, said

from assist.connectors import generic
from assist.connectors.door import LARGEST_BODY, Guard, parsed
from assist.connectors.journal import Journal
from assist.connectors.once import Fate
from assist.connectors.port import Answer, Ignored, Platform, Unread
from assist.connectors.verifiers import BodySecret
from assist.errors import StoreError
from assist.service.masks import Masks


async def test_what_is_said_is_stored_answered_and_passed_on(way):
    """An empty 200, and the turn under its conversation's name."""
    receipt = await way.knock(said("m1", "Where is it?"))
    assert (receipt.answer, receipt.code) == (Answer(), "delivery.taken")
    assert way.listener.heard[0][:2] == ("turn", "generic:default:c1")
    assert await way.journal.waiting() == ()


REFUSED = [
    ({"payload": said("m1", "x"), "proven": False}, 401, "signature.missing"),
    ({"payload": b"{" + b" " * LARGEST_BODY}, 413, "payload.too-large"),
    ({"payload": said("m1", "x"), "kind": "text/plain"}, 415, "payload.media-type"),
    ({"payload": json.dumps(said("m1", "x")).encode()[:40]}, 400, "payload.not-json"),
    ({"payload": b"\xff\xfe"}, 400, "payload.not-utf8"),
    ({"payload": b"[" * 100_000}, 400, "payload.not-json"),
    ({"payload": b'{"type": ' + b"[" * 600 + b"]" * 600 + b"}"}, 400, "payload.not-json"),
    ({"payload": b'{"type": NaN}'}, 400, "payload.not-json"),
    ({"payload": [1]}, 400, "payload.not-an-object"),
    ({"payload": {"type": "tag"}}, 400, "payload.unknown-type"),
    ({"payload": {**said("m1", "x"), "conversation": 7}}, 400, "payload.wrong-type"),
]


@pytest.mark.parametrize(("sent", "status", "code"), REFUSED)
async def test_what_cannot_be_taken_is_refused_with_a_code(way, sent, status, code):
    """Each kind of wrong delivery has its status and code; nothing is stored or passed on."""
    with capture_logs() as logs:
        receipt = await way.knock(**sent)
    assert (receipt.answer.status, receipt.code) == (status, code)
    assert receipt.answer.body == b""
    assert way.told == []
    assert way.door.counts[code] == 1
    assert [log["code"] for log in logs] == [code]


async def test_the_words_of_a_refused_delivery_are_in_no_log(way):
    """The log names the field and the code."""
    wrong = said("m1", "my card is 4111")
    wrong["turn"]["role"] = "my card is 4111"
    with capture_logs() as logs:
        await way.knock(wrong)
    assert logs
    assert "4111" not in str(logs)


async def test_a_replayed_delivery_changes_nothing(way):
    """The same bytes with the same signature again: a 200, so that it is not sent once more."""
    delivery = way.delivery(said("m1", "Hello"))
    first, again = await way.door.receive(delivery), await way.door.receive(delivery)
    await way.pump.settle()
    assert (first.code, again.code, again.answer.status) == (
        "delivery.taken",
        "delivery.repeated",
        200,
    )
    assert way.told == ["turn Hello"]


async def test_a_replay_after_five_minutes_is_refused(way):
    """What was recorded and is sent again later is too old."""
    delivery = way.delivery(said("m1", "Hello"))
    late = replace(delivery, received_at=way.now + 301)
    assert (await way.door.receive(late)).code == "signature.late"


async def test_a_message_delivered_twice_is_passed_on_once(way):
    """Another delivery of the same message is known by platform, account, message and revision."""
    await way.knock(said("m1", "Hello"))
    way.now += 1
    receipt = await way.knock(said("m1", "Hello"))
    assert [*map(str, receipt.fates)] == ["repeated"]
    assert way.told == ["turn Hello"]


async def test_accounts_and_conversations_are_kept_apart(way):
    """The same message id elsewhere is another message."""
    await way.knock(said("m1", "one"))
    await way.knock({**said("m1", "two"), "conversation": "c2"})
    await way.knock({**said("m1", "three"), "account": "shop"})
    assert {name for _, name, _ in way.listener.heard} == {
        "generic:default:c1",
        "generic:default:c2",
        "generic:shop:c1",
    }


async def test_a_message_that_comes_again_with_other_words_is_an_edit(way):
    """A platform that sends edits as the message again needs nothing more."""
    await way.knock(said("m1", "I am furious"))
    way.now += 1
    await way.knock(said("m1", "I am fine"))
    assert way.told == ["turn I am furious", "edit I am fine"]


async def test_an_older_revision_that_comes_late_changes_nothing(way):
    """The newest words stay, however the deliveries are ordered."""
    for revision, text in [("1", "one"), ("3", "three"), ("2", "two")]:
        way.now += 1
        await way.knock({**said("m1", text), "revision": revision})
    assert way.told == ["turn one", "edit three"]
    assert way.door.counts["overtaken"] == 1


async def test_an_edit_that_comes_before_its_message_waits_for_it(way):
    """Both are passed on, the message first."""
    await way.knock(changed("edit", "m1", text="I am fine"))
    assert way.told == []
    way.now += 1
    await way.knock(said("m1", "I am furious"))
    assert way.told == ["turn I am furious", "edit I am fine"]


async def test_words_taken_back_are_never_passed_on_afterwards(way):
    """A deletion that overtakes its message keeps the words out, and edits after it too."""
    await way.knock(changed("redact", "m1"))
    for late in (said("m1", "my card is 4111"), changed("edit", "m1", text="my card is 4111")):
        way.now += 1
        assert [*map(str, (await way.knock(late)).fates)] == ["overtaken"]
    assert [kind for kind, _, _ in way.listener.heard] == ["redact"]


async def test_own_notes_never_come_back(way):
    """What our own sender wrote is counted and ignored."""
    receipt = await way.knock(said("m1", "Try an apology.", author="our-bot"))
    assert receipt.ignored == ("message.own",)
    assert way.told == []


async def test_several_messages_at_once_are_passed_on_by_their_time(way):
    """A batch in any order comes out by the platform's time, then by id."""
    batch = [
        said("m3", "three", "2026-03-02T10:31:09Z"),
        said("m1", "one", "2026-03-02T10:31:01Z"),
        {"type": "open", "conversation": "c1"},
    ]
    await way.knock({"messages": batch})
    assert way.told == ["open", "turn one", "turn three"]


async def test_typing_is_passed_on_and_never_stored(way):
    """It is gone where nobody hears it."""
    typing = {"type": "typing", "conversation": "c1", "role": "customer", "on": True}
    way.listener.failing.append(StoreError("as it is"))
    for _ in range(2):
        way.now += 1
        await way.knock({**typing, "at": "2026-03-02T10:31:05Z"})
    assert way.told == ["typing"]
    assert way.door.counts["typing lost"] == 1


async def test_half_a_character_costs_the_character_and_not_the_message(way):
    """JSON cut in the middle of an emoji by the sender is taken in."""
    body = json.dumps(said("m1", "oh XX")).replace("XX", "\\ud83d").encode()
    await way.knock(body)
    assert way.told == ["turn oh �"]


def _platform(read, **more) -> Platform:
    return replace(generic.PLATFORM, read=read, **more)


async def test_a_module_that_breaks_is_no_failure_of_the_endpoint():
    """A payload that no module foresaw is refused, and the error's text is not logged."""

    def read(payload, setup):
        raise TypeError(str(payload))

    way = Way(_platform(read))
    with capture_logs() as logs:
        receipt = await way.knock(said("m1", "my card is 4111"))
    assert (receipt.answer.status, receipt.code) == (400, "payload.malformed")
    assert "4111" not in str(logs)
    await way.journal.close()


async def test_secrets_are_gone_before_a_module_sees_the_payload():
    """Fields of those names are dropped at any depth, and the secret that proves the body too."""
    seen = []

    def read(payload, setup):
        seen.append(payload)
        return (Ignored(reason="event.unneeded"),)

    verifier = BodySecret(name="secret_key")
    way = Way(_platform(read, verifier=verifier, secrets=frozenset({"pubsub_token"})))
    await way.knock({"a": [{"pubsub_token": "t", "b": 1}], "pubsub_token": "t"})
    assert seen == [{"a": [{"b": 1}]}]
    await way.journal.close()


@pytest.mark.parametrize(("retries", "status"), [(True, 503), (False, 200)])
async def test_a_failure_of_ours_is_told_only_to_those_who_send_again(retries, status):
    """Elsewhere an error only harms: the platform marks its own agent's message as failed."""
    able = replace(generic.PLATFORM.capabilities, retries=retries)
    way = Way(replace(generic.PLATFORM, capabilities=able))

    async def broken(happenings):
        raise StoreError("the disk is full")

    way.journal.note = broken
    assert (await way.knock(said("m1", "x"))).answer.status == status
    await way.journal.close()


async def test_a_handshake_is_answered_once_it_is_proven():
    """What a platform asks at the beginning is answered, and to nobody else."""
    platform = replace(
        generic.PLATFORM, handshake=lambda delivery, setup: Answer(body=delivery.body)
    )
    way = Way(platform)
    assert (await way.knock({"challenge": 1})).answer.body == b'{"challenge": 1}'
    assert (await way.knock({"challenge": 1}, proven=False)).answer.status == 401
    await way.journal.close()


async def test_diagnoses_are_rationed(way, monkeypatch):
    """Finding out what is wrong costs hashes: a flood of wrong signatures gets five a second."""
    asked = []
    verifier = generic.SIGNED
    monkeypatch.setattr(
        type(verifier),
        "diagnosed",
        lambda self, delivery, secret: asked.append(1) or Unread("x", code="signature.wrong"),
    )
    wrong = verifier.stamped(way.delivery(said("m1", "x"), proven=False), b"another secret")
    for _ in range(20):
        await way.door.receive(wrong)
    assert len(asked) == 5
    way.now += 1
    await way.door.receive(replace(wrong, received_at=way.now))
    assert len(asked) == 6


async def test_without_a_secret_anybody_may_deliver():
    """The operator has said so; the proof is then none."""
    way = Way(guard=Guard(verifier=generic.SIGNED, secret=None))
    assert (await way.knock(said("m1", "x"), proven=False)).code == "delivery.taken"
    assert way.door.proof == "none"
    assert SECRET.decode() not in repr(way.door._guard)
    await way.journal.close()


@pytest.mark.parametrize("signature", [None, "the same as ever"])
async def test_without_a_secret_each_delivery_counts_by_what_it_says(signature):
    """One that is signed by nobody, or always alike, is not the delivery before it once more."""
    way = Way(guard=Guard(verifier=generic.SIGNED, secret=None))
    for message in ("m1", "m2", "m2"):
        delivery = way.delivery(said(message, message), proven=False)
        if signature is not None:
            signed = {**delivery.headers, generic.SIGNED.header: signature}
            delivery = replace(delivery, headers=signed)
        assert (await way.door.receive(delivery)).code == "delivery.taken"
    await way.pump.settle()
    assert way.told == ["turn m1", "turn m2"]
    await way.journal.close()


def test_what_is_parsed_is_what_was_sent():
    """Texts that hold a backslash and a `u` of their own stay as they are."""
    assert parsed(rb'{"a": "\\ud83d", "b": "\u00e9"}') == {"a": "\\ud83d", "b": "é"}


async def test_a_time_that_is_yet_to_come_is_the_time_of_the_delivery(way):
    """A platform whose clock is ahead loses no message; five minutes are nobody's fault."""
    minutes = {"m1": "20:30:00Z", "m2": "20:30:01Z"}  # ours stands at 20:26:40
    late = [said(one, one, f"2026-05-28T{at}") for one, at in minutes.items()]
    late[1]["turn"]["at"] = "2026-05-28T22:00:00Z"
    for one in late:
        way.now += 1
        await way.knock(one)
    ahead = [what.at.timestamp() - way.now for _, _, what in way.listener.heard]
    assert 0 < ahead[0] < 300
    assert ahead[1] == 0


async def test_secrets_are_masked_before_the_journal_keeps_them(tmp_path):
    """A card's number stands in no file, not even while the words wait; the other words do."""
    journal = Journal(tmp_path / "j.sqlite", lambda: NOW)
    way = Way(journal=journal, masks=Masks(kinds=("cards",)))
    way.pump._started = False
    await way.knock(said("m1", "my card is 4111 1111 1111 1111"))
    await way.knock(changed("edit", "m1", text="so 4111 1111 1111 1111 it is"))
    files = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert (b"my card is" in files, b"4111" in files) == (True, False)
    way.pump._started = True
    await way.pump.start()
    await way.pump.settle()
    assert way.told == ["turn my card is •••• •••• •••• ••••", "edit so •••• •••• •••• •••• it is"]
    await journal.close()


async def test_however_deep_a_stranger_nests_it_is_refused(way):
    """Nobody without the secret makes the looking for their mistake fail."""
    told = set()
    for depth in range(800, 1010, 3):
        way.now += 10
        body = b'{"type": ' + b"[" * depth + b"]" * depth + b"}"
        wrong = way.platform.verifier.stamped(
            way.delivery(body, proven=False), b"another-secret-than-ours"
        )
        told.add((await way.door.receive(wrong)).code)
    assert told == {"signature.wrong"}


async def test_a_customer_is_named_as_the_conversation_is(way):
    """So that `erase` finds them by the id of their platform, and nobody else of another one."""
    customer = {"id": "17", "name": "Sam"}
    await way.knock({"type": "open", "conversation": "c1", "customer": customer})
    ((_, _, opened),) = way.listener.heard
    assert (opened.customer_id, opened.customer_name) == ("generic:default:17", "Sam")


@pytest.mark.parametrize("kinds", [("names",), ("cards", "names")])
async def test_a_turn_that_comes_again_after_a_restart_is_no_edit(tmp_path, kinds):
    """Its told name is no longer known then; masked or not, it is the same turn."""
    customer = {"id": "17", "name": "Ana Lima"}
    turn = said("m1", "ask for ANA, card 4111 1111 1111 1111")
    told = []
    for opened in (True, False):
        way = Way(journal=Journal(tmp_path / "j.sqlite", lambda: NOW), masks=Masks(kinds=kinds))
        if opened:
            await way.knock({"type": "open", "conversation": "c1", "customer": customer})
        receipt = await way.knock({**turn})
        told.append((receipt.fates, way.told))
        await way.journal.close()
    shown = "card 4111 1111 1111 1111" if kinds == ("names",) else "card •••• •••• •••• ••••"
    assert told == [
        ((Fate.TAKEN,), ["open", f"turn ask for •••, {shown}"]), ((Fate.REPEATED,), [])
    ]  # fmt: skip
