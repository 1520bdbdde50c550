"""A user's own labelled lines."""

import pytest

from assist.errors import TranscriptError
from assist.evaluation.own import labels_in, own_items


def test_labels_are_read_and_other_fields_left_alone(written):
    """Sentiments have short and long names; known labels and signals' names are labels."""
    path = written(
        "my.jsonl",
        [
            {"text": "a", "before": "b", "sentiment": "neg", "note": "x", "score": 3},
            {"id": "z", "text": "c", "sentiment": "positive", "abuse": False},
            {"text": "d", "cause.delay": True},
        ],
    )
    items = own_items(path)
    assert [item.sentiment for item in items] == [0, 2, None]
    assert [dict(item.labels) for item in items] == [{}, {"abuse": False}, {"cause.delay": True}]
    assert [item.id for item in items] == ["1", "z", "3"]
    assert items[0].before == "b"
    assert labels_in(items) == ("sentiment", "abuse", "cause.delay")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "a"}, "no label"),
        ({"sentiment": "neg"}, "'text' must be there"),
        ({"text": " ", "sentiment": "neg"}, "empty"),
        ({"text": "a", "sentiment": "sad"}, "must be one of"),
        ({"text": "a", "sentiment": None}, "must be one of"),
        ({"text": "a", "abuse": "yes"}, "true or false"),
        ({"text": "a", "rude": True}, "no label is called 'rude'"),
    ],
)
def test_a_bad_row_is_named_by_its_line(written, row, message):
    """Each kind of mistake says what to write, with the line's number."""
    path = written("my.jsonl", [{"text": "fine", "sentiment": "pos"}, row])
    with pytest.raises(TranscriptError, match=message) as raised:
        own_items(path)
    assert raised.value.line == 2


def test_a_conversation_is_no_item(written):
    """Rows that say whether a conversation escalated are for forecasting."""
    rows = [{"turns": [{"role": "customer", "text": "a"}], "escalated": True}]
    assert own_items(written("my.jsonl", rows)) == ()
