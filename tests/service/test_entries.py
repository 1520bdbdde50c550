"""What is stored of an input, and what is not."""

import pytest

from assist.core import line as core_line
from assist.core.conversation import Conversation
from assist.core.line import Guidance
from assist.core.rules import Pack
from assist.core.turns import Acknowledged, Chosen, Closed, Tick, Turn
from assist.errors import StoreError
from assist.packs.policies import load_policy
from assist.service.entries import (
    Chose,
    Fired,
    ReadInFull,
    decoded,
    encoded,
    event_of,
    message_id,
    only_seen,
    redacted,
    turn_of,
    without_words,
)
from assist.wire.messages import parse

UNGUIDED = Guidance(
    pack=Pack(name="p", version="1", digest="d", rules=()), policy=load_policy(None)
)
AT = "2026-03-02T10:00:00Z"
SAID = f'{{"id":"x","role":"customer","text":"WORDS","at":"{AT}"}}'
MESSAGES = {
    "open": '{"type":"open","conversation":"c","agent":"kim","id":"7"}',
    "turn": f'{{"type":"turn","conversation":"c","turn":{SAID},"id":"7"}}',
    "edit": f'{{"type":"edit","conversation":"c","turn":"x","text":"WORDS","at":"{AT}"}}',
    "redact": f'{{"type":"redact","conversation":"c","turn":"x","at":"{AT}"}}',
    "assign": '{"type":"assign","conversation":"c","agent":null}',
    "close": f'{{"type":"close","conversation":"c","at":"{AT}"}}',
    "feedback": '{"type":"feedback","conversation":"c","suggestion":"s","action":"shown",'
    f'"at":"{AT}"}}',
    "snooze": f'{{"type":"snooze","conversation":"c","technique":"thank","on":true,"at":"{AT}"}}',
    "acknowledge": '{"type":"acknowledge","conversation":"c","alert":"a"}',
}


@pytest.mark.parametrize("text", MESSAGES.values(), ids=MESSAGES)
def test_what_is_stored_is_the_message_without_its_id(text):
    """Every input comes back as it was said, but for the connection's own `id`."""
    message = parse(text)
    assert decoded(encoded(message)) == message.model_copy(update={"id": None})


def test_a_tick_is_an_input_too():
    """What no client sends is stored the same way, and is a tick of the line."""
    at = parse(MESSAGES["close"]).at
    fired = Fired(conversation="c", at=at)
    assert decoded(encoded(fired)) == fired
    assert event_of(fired) == Tick(at=at)


def test_each_input_has_its_event():
    """Inputs become the core's events, and so does what an agent chose elsewhere."""
    assert isinstance(event_of(parse(MESSAGES["turn"])), Turn)
    assert isinstance(event_of(parse(MESSAGES["close"])), Closed)
    assert event_of(parse(MESSAGES["acknowledge"])) == Acknowledged(alert="a")
    chose = Chose(conversation="c", agent="kim", muted=("thank",), resting=())
    assert decoded(encoded(chose)) == chose
    assert event_of(chose) == Chosen(agent="kim", muted=("thank",))


def test_that_an_input_was_read_in_full_is_an_input_in_which_nothing_happens():
    """It says which one; to whoever reads all in full anyway, no time went by."""
    read = ReadInFull(conversation="c", input=7)
    assert decoded(encoded(read)) == read
    assert (message_id(read, 8), turn_of(read)) == ("read-in-full:8", None)
    begun = core_line.step(Conversation(id="c"), event_of(parse(MESSAGES["turn"])), UNGUIDED)
    assert core_line.step(begun, event_of(read), UNGUIDED) == begun
    with pytest.raises(StoreError):
        decoded(b'{"type":"read-in-full","conversation":"c","input":0}')


def test_that_a_card_came_on_a_screen_is_only_seen():
    """Every other thing that agents say of a card is something that happened."""
    told = parse(MESSAGES["feedback"])
    assert only_seen(told)
    assert not only_seen(told.model_copy(update={"action": "inserted"}))
    assert not only_seen(parse(MESSAGES["turn"]))


def test_turns_and_openings_are_the_same_wherever_they_stand():
    """A turn is known by its id and an opening by its content, all else by its place."""
    for kind in ("turn", "open"):
        message = parse(MESSAGES[kind])
        again = message.model_copy(update={"id": "8"})
        assert message_id(message, 1) == message_id(again, 9)
    other = parse(MESSAGES["open"].replace("kim", "lee"))
    assert message_id(other, 1) != message_id(parse(MESSAGES["open"]), 1)
    feedback = parse(MESSAGES["feedback"])
    assert message_id(feedback, 1) != message_id(feedback, 2)


def test_messages_about_a_turn_name_it():
    """Turns, edits and redactions say which turn they are about."""
    named = {kind: turn_of(parse(text)) for kind, text in MESSAGES.items()}
    assert [kind for kind, turn in named.items() if turn == "x"] == ["turn", "edit", "redact"]


def test_a_redaction_finds_the_words_before_it():
    """The turn and all its edits lose their words, before the redaction and after it."""
    turn, edit, redact = (parse(MESSAGES[kind]) for kind in ("turn", "edit", "redact"))
    assert redacted((turn, edit, redact, edit)) == (3, 1, 0)
    assert redacted((turn, edit)) == ()
    cleaned = tuple(without_words(entry) for entry in (turn, edit))
    assert redacted((*cleaned, redact)) == ()
    assert not any(b"WORDS" in encoded(entry) for entry in cleaned)
    assert without_words(redact) == redact


def test_what_cannot_be_read_is_a_store_error_without_its_words():
    """A damaged input is our fault, and its words are in no message."""
    with pytest.raises(StoreError) as told:
        decoded(b'{"type":"turn","text":"WORDS"}')
    assert told.value.code == "store.unreadable"
    assert "WORDS" not in str(told.value)
    assert told.value.__context__ is None
