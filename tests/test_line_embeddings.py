"""What a language model makes of a turn goes down the line with its words, and away with them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assist.core.turns import Edit, Redaction, Role, Turn
from assist.line import load_line

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = (
    (Role.CUSTOMER, "my parcel is late again"),
    (Role.AGENT, "I'm sorry, which one is it?"),
    (Role.CUSTOMER, "the red one, and I'm fed up"),
)
TURNS = tuple(
    Turn(id=f"t{number}", role=role, text=text, at=AT + timedelta(seconds=30 * number))
    for number, (role, text) in enumerate(WORDS)
)
LATER = AT + timedelta(minutes=5)


def embeddings(*events):
    line = load_line()
    state = line.begin("c")
    for event in events:
        state = line.step(state, event).conversation
    return {reading.turn: reading.embedding for reading in state.readings}


def test_what_customers_say_has_an_embedding_and_what_agents_say_has_none():
    """It stands in the reading of its turn."""
    told = embeddings(*TURNS)
    assert [len(told[turn.id]) for turn in TURNS] == [768, 0, 768]
    assert told["t0"] != told["t2"]


@pytest.mark.parametrize(
    ("events", "fresh"),
    [
        ((TURNS[1], TURNS[2], TURNS[0]), TURNS),
        (
            (*TURNS, Edit(turn="t0", text="where is it?", at=LATER)),
            (replace(TURNS[0], text="where is it?"), *TURNS[1:]),
        ),
        (
            (*TURNS, Redaction(turn="t0", at=LATER)),
            (replace(TURNS[0], text=""), *TURNS[1:]),
        ),
        (
            (*TURNS, Redaction(turn="t1", at=LATER)),
            (TURNS[0], replace(TURNS[1], text=""), TURNS[2]),
        ),
    ],
    ids=["a late turn", "an edit", "words taken back", "an agent's words taken back"],
)
def test_it_is_that_of_the_words_as_they_stand(events, fresh):
    """However they came to stand so: byte for byte as if they had been so from the start."""
    assert embeddings(*events) == embeddings(*fresh)
