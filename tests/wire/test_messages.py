"""Every message goes in and out of text unchanged, and garbage only ever gives a ClientFault."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.signals import Evidence, Sentiment, SentimentLabel
from assist.core.text import Span
from assist.errors import ClientFault
from assist.wire.messages import (
    Noticed,
    Position,
    ReadingMessage,
    Summarise,
    encode,
    parse,
    parse_server,
)
from assist.wire.schema import CLIENT_TYPES, SERVER_TYPES, type_of

GOLDEN = Path(__file__).parents[1] / "golden"
CLIENT = {type_of(message) for message in CLIENT_TYPES}
SERVER = {type_of(message) for message in SERVER_TYPES}
SECRET = "swordfish-7"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


def read(name: str, text: str):
    return (parse if name in CLIENT else parse_server)(text)


def fault_in(text: str) -> ClientFault | None:
    try:
        parse(text)
    except ClientFault as fault:
        return fault
    return None


def test_every_message_type_has_a_golden_file_and_there_are_no_others():
    """The golden folder holds one file for each type of the protocol."""
    assert {path.stem for path in GOLDEN.glob("*.json")} == CLIENT | SERVER


def test_no_type_is_spoken_in_both_directions():
    """A type names one message."""
    assert not CLIENT & SERVER
    assert len(CLIENT | SERVER) == len(CLIENT_TYPES) + len(SERVER_TYPES)


@pytest.mark.parametrize("name", sorted(CLIENT | SERVER))
def test_golden_message_comes_back_as_the_same_json(name):
    """Reading and writing a message loses and adds nothing."""
    text = golden(name)
    assert json.loads(encode(read(name, text))) == json.loads(text)


@pytest.mark.parametrize("name", sorted(CLIENT | SERVER))
def test_encoding_is_compact_and_the_same_every_time(name):
    """The same message gives the same characters, without blanks between them."""
    first = encode(read(name, golden(name)))
    assert first == encode(read(name, first))
    assert first == json.dumps(json.loads(first), ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("name", sorted(CLIENT | SERVER))
def test_unknown_fields_are_ignored(name):
    """A newer peer may add fields to any message."""
    more = json.dumps({**json.loads(golden(name)), "later": {"addition": 1}})
    assert read(name, more) == read(name, golden(name))


@pytest.mark.parametrize("name", sorted(CLIENT | SERVER))
def test_every_required_field_is_missed_by_name(name):
    """Leaving out a field that has no default is answered with that field's name."""
    message = json.loads(golden(name))
    shape = next(one for one in (*CLIENT_TYPES, *SERVER_TYPES) if type_of(one) == name)
    for field, told in shape.model_fields.items():
        if field != "type" and not told.is_required():
            continue
        left = {key: value for key, value in message.items() if key != field}
        with pytest.raises(ClientFault) as caught:
            read(name, json.dumps(left))
        assert caught.value.code == "message.missing-field"
        assert f"`{field}`" in caught.value.message


def test_non_ascii_is_kept_as_it_is():
    """Words are not escaped on the wire."""
    assert "Zoë" in encode(parse(golden("open")))
    assert "📦" in encode(parse(golden("edit")))


def test_null_stands_where_it_means_something_and_nowhere_else():
    """`turn` of an event that time caused and `agent` of none are null; what is absent is out."""
    assert '"turn":null' in encode(parse_server(golden("retract")))
    assert '"agent":null' in encode(parse(golden("assign")))
    assert encode(Summarise(conversation="c")) == '{"type":"summarise","conversation":"c"}'
    ledger = json.loads(encode(parse_server(golden("ledger"))))
    assert "due" in ledger["entries"][0]
    assert "due" not in ledger["entries"][1]


@given(st.text() | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_garbage_gives_only_a_client_fault(text):
    """No text whatever raises anything but ClientFault."""
    with pytest.raises(ClientFault):
        parse(text)


@given(json_values)
def test_arbitrary_json_gives_only_a_client_fault(value):
    """No JSON value that is not a message raises anything but ClientFault."""
    with pytest.raises(ClientFault):
        parse(json.dumps(value))


@given(st.sampled_from(sorted(CLIENT)), st.data())
def test_a_message_with_one_field_changed_is_read_or_refused_in_words_of_ours(name, data):
    """Any value in any field is accepted or refused by ClientFault, which never repeats it."""
    message = json.loads(golden(name))
    field = data.draw(st.sampled_from(sorted(message)))
    value = data.draw(json_values | st.just(SECRET) | st.just({SECRET: SECRET}))
    fault = fault_in(json.dumps({**message, field: value}))
    if fault is not None:
        assert SECRET not in fault.message
        assert fault.__cause__ is None
        assert fault.__context__ is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_offsets_count_code_points(text, data):
    """A span that went over the wire still covers the same words of the text that did."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    turn = json.loads(golden("turn"))
    turn["turn"]["text"] = text
    arrived = parse(json.dumps(turn, ensure_ascii=False))
    proof = Evidence(turn="t3", span=Span(start, end), cue="any", source="test")
    sent = ReadingMessage(
        conversation="c",
        position=Position(epoch="e", offset=0),
        turn="t3",
        sentiment=Sentiment(score=0.0, label=SentimentLabel.NEUTRAL),
        emotions=(),
        causes=(Noticed(name="cause.delay", score=1.0, evidence=(proof,)),),
        risks=(),
        needs=(),
    )
    told = json.loads(encode(sent))["causes"][0]["evidence"][0]["span"]
    assert told == [start, end]
    assert arrived.turn.text[slice(*told)] == text[start:end]
    assert parse_server(encode(sent)) == sent


def test_deep_nesting_and_huge_numbers_are_refused_not_suffered():
    """What would exhaust a naive reader is answered like any other bad message."""
    for text in ("[" * 200_000, '{"type":"draft","revision":' + "9" * 10_000 + "}"):
        with pytest.raises(ClientFault):
            parse(text)
