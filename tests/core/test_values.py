"""Values that are made from others of their kind."""

from dataclasses import dataclass, replace

import pytest

from assist.core.conversation import Conversation
from assist.core.turns import Role
from assist.core.values import changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two fields."""

    one: int
    other: str = "b"


def test_a_value_goes_on_with_what_is_new():
    """New fields take the place of old ones, all others stay, and the first value stays whole."""
    before = Pair(one=1)
    after = changed(before, other="c")
    assert (before, after) == (Pair(one=1), Pair(one=1, other="c"))
    assert hash(after) == hash(Pair(one=1, other="c"))


def test_a_conversation_is_changed_as_replace_would():
    """The same value as `dataclasses.replace` gives, with what was gathered carried on."""
    before = Conversation(id="c", typing=frozenset({Role.AGENT}))
    after = changed(before, agent="a", redacted=frozenset({"t1"}))
    assert after == replace(before, agent="a", redacted=frozenset({"t1"}))
    assert after.gathered is before.gathered


def test_a_field_that_is_not_there_is_refused():
    """A misspelt field is an error, not a silent nothing."""
    with pytest.raises(KeyError):
        changed(Pair(one=1), third=3)
