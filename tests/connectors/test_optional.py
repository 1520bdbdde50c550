"""Fields that may be absent are None or empty; of another kind they are refused."""

import pytest

from assist.connectors.optional import flag, kind_of, label, maybe_name, words_at
from assist.connectors.port import Unread


def test_what_is_absent():
    """Absent and null are None, empty or false."""
    for payload in ({}, {"a": None}, [], None):
        assert (maybe_name(payload, "a"), label(payload, "a")) == (None, None)
        assert (kind_of(payload, "a"), flag(payload, "a")) == ("", False)
    assert maybe_name({"a": ""}, "a") is None


def test_what_is_there():
    """Ids may be numbers; names are cut at 200 characters; only true is true."""
    assert maybe_name({"a": 7}, "a") == "7"
    assert label({"a": "n" * 300}, "a") == "n" * 200
    assert label({"a": 5}, "a") is None
    assert (flag({"a": True}, "a"), flag({"a": "true"}, "a")) == (True, False)


def test_what_is_of_another_kind():
    """An id that is a list, or a kind that is a number, names the field."""
    with pytest.raises(Unread, match="`a` should be an id"):
        maybe_name({"a": [1]}, "a")
    with pytest.raises(Unread, match="`a` should be a string"):
        kind_of({"a": 5}, "a")


def test_words_of_html_and_of_text():
    """HTML gives its words, plain text stays as it is, and a page without end costs little."""
    assert words_at({"a": "<p>one<br>two</p>"}, "a") == "one\ntwo"
    assert words_at({"a": "if a < b"}, "a") == "if a < b"
    assert words_at({}, "a") == ""
    assert len(words_at({"a": "<p>x</p>" * 100_000}, "a")) < 65_536
