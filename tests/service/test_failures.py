"""What may be logged of a failure."""

import pytest

from assist.errors import StoreError
from assist.service.failures import mark_of, told_of


def _raised(error):
    def fail():
        raise error

    with pytest.raises(type(error)) as told:
        fail()
    return told.value


def test_a_failure_is_told_by_kind_and_place_without_its_words():
    """Kind, code and places are kept, the exception's own text is not."""
    told = told_of(_raised(ValueError("MARKER words of a chat")))
    assert told["error"] == "ValueError"
    assert told["code"] == "server.fault"
    assert told["through"].startswith("test_failures.py:")
    assert "MARKER" not in str(told)


def test_our_own_errors_keep_their_code():
    """A known error is told by its code."""
    assert told_of(_raised(StoreError("disk")))["code"] == "store.unavailable"


def test_a_conversation_is_marked_and_not_named():
    """The same name has the same mark, another another, and none tells the name."""
    assert mark_of("kim@example.com") == mark_of("kim@example.com") != mark_of("kim@example.org")
    assert "kim" not in mark_of("kim@example.com")
    assert len(mark_of("x" * 1000)) == 10
