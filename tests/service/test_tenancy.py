"""Names that keep tenants apart, and the way out that lets nothing of another through."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import ClientFault
from assist.service.tenancy import NAMES, Outward, keyed, keyed_message, plain, tenant_of
from assist.wire.messages import (
    Ack,
    Assign,
    ErrorMessage,
    Position,
    Preferences,
    Subscribe,
    SummaryMessage,
    encode,
    parse,
)
from assist.wire.schema import CLIENT_TYPES, type_of

GOLDEN = Path(__file__).parents[1] / "golden"
PLACE = Position(epoch="e", offset=1)
tenants = st.sampled_from(["", "a", "b", "acme", "acme.2", "-", "_"])
names = st.text(min_size=1, max_size=40) | st.sampled_from(
    ["*", "\x1f", "\x1f\x1f", "\x1fa\x1fc", "\x1f\x1fc", '"conversation":"', '\\u001fa\\u001fc"']
)


@given(tenants, names, tenants, names)
def test_two_names_are_one_only_if_tenant_and_name_are(tenant, name, other, another):
    """No name, however it is chosen, is that of another tenant; and it comes back as it was."""
    assert (keyed(tenant, name) == keyed(other, another)) == ((tenant, name) == (other, another))
    assert (tenant_of(keyed(tenant, name)), plain(keyed(tenant, name))) == (tenant, name)


def test_without_tenants_names_stay_as_they_are():
    """What was stored before there were tenants is found again."""
    assert keyed("", "chat-17") == "chat-17"
    message = Assign(conversation="chat-17", agent="kim")
    assert keyed_message("", message) is message


@given(tenants, names, tenants, st.text(max_size=60))
def test_out_goes_what_is_ones_own_under_its_plain_name(tenant, name, other, text):
    """An event reaches its tenant's peers word for word, and those of another never."""
    if name == "*":
        return
    event = SummaryMessage(
        conversation=keyed(tenant, name), position=PLACE, turn=text or None, problem=text,
        causes=(f'"conversation":"{text}', '"agent":"\x1fa\x1fx"'), feeling=(), offered=(text,),
        agreed=(), open=(), coverage=(),
    )  # fmt: skip
    told = Outward(other)(encode(event).encode())
    if tenant != other:
        assert told is None
        return
    assert told is not None
    plainly = event.model_copy(update={"conversation": name})
    assert json.loads(told) == json.loads(encode(plainly))


@pytest.mark.parametrize("tenant", ["", "acme"])
def test_what_names_no_conversation_goes_to_whoever_asked(tenant):
    """Errors and the answer for all conversations pass; an agent is told their own name."""
    for message in (
        ErrorMessage(code="x", message="y", retry=False),
        Ack(conversation="*", re="1"),
    ):
        encoded = encode(message).encode()
        assert Outward(tenant)(encoded) == encoded
    chosen = Preferences(agent=keyed(tenant, "kim"), muted=(), fewer=False, resting=())
    assert json.loads(Outward(tenant)(encode(chosen).encode()))["agent"] == "kim"
    if tenant:
        assert Outward("other")(encode(chosen).encode()) is None


def test_every_name_in_a_message_is_known_to_be_a_tenants_or_not():
    """A new field that names something must be put on one of these lists."""
    own = {
        "type", "id", "token", "channel", "pack", "locale", "outcome", "technique", "muted",
        "reason",
        # Meant within the conversation that is named beside it:
        "turn", "suggestion", "alert",
        # Looked for among the conversations of the tenant alone (see the access tests):
        "customer",
    }  # fmt: skip
    found = {
        name
        for message in CLIENT_TYPES
        for name, field in message.model_fields.items()
        if "str" in str(field.annotation) and name != "text"
    }
    assert found - own == {"conversation", "agent"}
    assert set(NAMES) == {"conversation", "agent"}


@pytest.mark.parametrize("kind", CLIENT_TYPES, ids=type_of)
def test_messages_come_in_under_the_tenants_names(kind):
    """Conversation and agent are called by the tenant, everything else is as it came."""
    message = parse((GOLDEN / f"{type_of(kind)}.json").read_text(encoding="utf-8"))
    named = keyed_message("acme", message)
    for field in kind.model_fields:
        before, after = getattr(message, field), getattr(named, field)
        if field in NAMES and isinstance(before, str):
            assert (tenant_of(after), plain(after)) == ("acme", before)
        else:
            assert after == before


def test_every_conversation_stays_every_conversation():
    """`*` is no name; whose conversations it means is known from the connection."""
    assert keyed_message("acme", Subscribe(conversation="*")).conversation == "*"


def test_a_name_that_becomes_too_long_is_refused_clearly():
    """The sentence says how long it may be, and just that long is taken."""
    with pytest.raises(ClientFault) as told:
        keyed_message("acme", Subscribe(conversation="c" * 200))
    assert told.value.code == "message.too-long"
    assert "194 characters" in told.value.message
    assert len(keyed_message("acme", Subscribe(conversation="c" * 194)).conversation) == 200
