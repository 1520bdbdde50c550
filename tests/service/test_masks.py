"""Secrets are masked before anything is stored, read, told or logged."""

import json

import pytest

from assist.core.masking import DEFAULT
from assist.service.masks import Masks
from assist.service.tenancy import keyed
from assist.wire.messages import parse

CARD, HIDDEN = "4111 1111 1111 1111", "•••• •••• •••• ••••"
AT = "2026-03-02T11:00:00Z"
SAID = {"id": "t1", "role": "customer", "text": CARD, "at": AT}
MESSAGES = (
    {"type": "turn", "conversation": "c", "turn": SAID},
    {"type": "edit", "conversation": "c", "turn": "t1", "text": CARD, "at": AT},
    {"type": "close", "conversation": "c", "at": AT, "outcome": CARD},
    {"type": "open", "conversation": "c", "customer": {"history": [{"at": AT, "summary": CARD}]}},
    {
        "type": "feedback", "conversation": "c", "suggestion": "s", "action": "helpful",
        "at": AT, "reason": CARD,
    },
)  # fmt: skip


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["type"])
def test_every_text_is_masked(message):
    """In each message that is stored, wherever people write."""
    entry = parse(json.dumps(message))
    told = Masks(kinds=("cards",)).on(entry).model_dump_json()
    assert (CARD in told, HIDDEN in told) == (False, True)
    assert Masks().on(entry) is entry
    assert CARD in Masks(kinds=("ibans",)).on(entry).model_dump_json()


@pytest.mark.parametrize(("tenant", "hidden"), [("", True), ("acme", False), ("other", True)])
def test_a_tenant_may_have_its_own(tenant, hidden):
    """Its list takes the place of the common one, also where it is empty."""
    masks = Masks(kinds=("cards",), tenants={"acme": ()})
    entry = parse(json.dumps({**MESSAGES[0], "conversation": keyed(tenant, "c")}))
    assert (HIDDEN in masks.on(entry).turn.text) is hidden


async def test_a_secret_is_in_no_file_and_in_no_event(make_service, sqlite, said, tmp_path, capsys):
    """By default cards, accounts, passwords and codes; the spans of evidence stay as they are."""
    secrets = (CARD, "DE89 3704 0044 0532 0130 00", "hunter2", "123456")
    text = f"card {CARD}, pay {secrets[1]}, my password is hunter2, code: 123456, boom no!"
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said(text.replace("boom", "no"), turn="t1"))
        heard = json.dumps(await agent.take(4), ensure_ascii=False)
        await platform.ask(**said(text, turn="t2"))
        stored = desk.service.hub.parts.log
        turn = json.loads((await stored.read("c"))[0].payload)["turn"]
    assert turn["text"].startswith(f"card {HIDDEN}, pay •••• ")
    assert len(turn["text"]) == len(text.replace("boom", "no"))
    told = capsys.readouterr()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in secrets:
        assert secret.encode() not in held
        assert secret not in heard + told.out + told.err


async def test_an_operator_may_mask_nothing(make_service, said):
    """With an empty list the words are stored as they came."""
    async with make_service(mask=()) as desk, desk.talk("platform") as platform:
        await platform.ask(**said(CARD, turn="t1"))
        (record,) = await desk.service.hub.parts.log.read("c")
        assert CARD.encode() in record.payload


async def test_a_draft_is_reviewed_as_typed(desk):
    """Nothing of it is stored, so nothing of it is hidden from the one who typed it."""
    seen = []
    review = desk.line.review
    desk.line.review = lambda chat, draft: seen.append(draft.text) or review(chat, draft)
    async with desk.talk("agent") as agent:
        await agent.ask(type="draft", conversation="c", revision=1, text=CARD)
    assert seen == [CARD]
    assert await desk.service.hub.parts.log.read("c") == ()


NAMES = Masks(kinds=("names",), tenants={"other": ("cards",)})
OPENED = {"type": "open", "conversation": "c", "customer": {"id": "k1", "name": "Ana Lima"}}


def entry_of(message, **more):
    return parse(json.dumps({**message, **more}))


def test_a_told_name_is_masked_from_its_opening_on():
    """In its own field and in every text, of this chat alone; the customer's id stays."""
    masks = Masks(kinds=("names",))
    turn = {"id": "t1", "role": "customer", "text": "ANA here", "at": AT, "author": "Ana Lima"}
    said = entry_of(MESSAGES[0], turn=turn)
    assert masks.on(said) == said
    opened = masks.on(entry_of(OPENED))
    assert (opened.customer.id, opened.customer.name) == ("k1", "••• ••••")
    masked = masks.on(said).turn
    assert (masked.text, masked.author) == ("••• here", "••• ••••")
    agent = entry_of(MESSAGES[0], turn={**turn, "role": "agent", "author": "lima"})
    assert masks.on(agent).turn.author == "lima"
    assert masks.on(entry_of(MESSAGES[1], text="for Ana")).text == "for •••"
    assert masks.on(entry_of(MESSAGES[2], outcome="Ana was sent one")).outcome == "••• was sent one"
    assert masks.on(entry_of(MESSAGES[4], reason="not for Ana")).reason == "not for •••"
    past = {**OPENED["customer"], "history": [{"at": AT, "summary": "Ana called"}]}
    assert masks.on(entry_of(OPENED, customer=past)).customer.history[0].summary == "••• called"
    assert masks.on(said.model_copy(update={"conversation": "d"})).turn.text == "ANA here"


def test_names_are_masked_only_where_that_is_asked_for():
    """Not by default, and not of a tenant whose list leaves them out."""
    for masks, conversation in ((Masks(kinds=DEFAULT), "c"), (NAMES, keyed("other", "c"))):
        masks.on(opened := entry_of(OPENED, conversation=conversation))
        assert masks.on(opened) == opened
        said = entry_of(MESSAGES[0], conversation=conversation, turn={**SAID, "text": "Ana here"})
        assert masks.on(said) == said


def test_a_masked_opening_that_comes_by_another_way_does_not_hide_the_name():
    """A connector masks before the hub does, with the same masks."""
    masks = Masks(kinds=("names",))
    masks.on(masks.on(entry_of(OPENED)))
    assert masks.on(entry_of(MESSAGES[1], text="Ana")).text == "•••"
    masks.forget(["c", "never"])
    assert masks.on(entry_of(MESSAGES[1], text="Ana")).text == "Ana"


def test_so_many_names_are_kept_in_mind(monkeypatch):
    """Those of the chats that were opened last."""
    monkeypatch.setattr("assist.service.masks._MOST_NAMES", 2)
    masks = Masks(kinds=("names",))
    for conversation in ("a", "b", "a", "c"):
        masks.on(entry_of(OPENED, conversation=conversation))
    found = [masks.on(entry_of(MESSAGES[1], conversation=c, text="Ana")).text for c in "abc"]
    assert found == ["•••", "Ana", "•••"]


async def test_a_name_is_in_no_file_and_erasing_forgets_it(make_service, sqlite, said, tmp_path):
    """Neither the one told nor the one signed with, once the operator asks for that."""
    async with make_service(store=sqlite, mask=("names",)) as desk, desk.talk("platform") as talk:
        await talk.ask(**OPENED)
        await talk.ask(**said("no, Ana!\nKind regards,\nPriya", turn="t1"))
        (_, record) = await desk.service.hub.parts.log.read("c")
        assert json.loads(record.payload)["turn"]["text"] == "no, •••!\nKind regards,\n•••••"
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert [name in held for name in (b"Ana", b"Lima", b"Priya")] == [False] * 3
        await talk.ask(type="erase", conversation="c")
        await talk.ask(**said("Ana", turn="t2"))
        (record,) = await desk.service.hub.parts.log.read("c")
        assert json.loads(record.payload)["turn"]["text"] == "Ana"
