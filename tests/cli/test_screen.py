"""What a person sees in the terminal: a turn as a line."""

from datetime import UTC, datetime

from assist.cli.screen import said
from assist.core.turns import Role, Turn

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MARK = "(private) "


def test_a_private_turn_says_so_before_its_words():
    """A note among colleagues is marked, dim; what the customer was sent is not."""
    private = said(Turn(id="n", role=Role.AGENT, text="She is right.", at=AT, private=True))
    assert private.plain == "09:00:00  Agent    (private) She is right."
    assert [one.style for one in private.spans if private.plain[one.start : one.end] == MARK] == [
        "dim"
    ]
    plain = said(Turn(id="n", role=Role.AGENT, text="You are right.", at=AT))
    assert plain.plain == "09:00:00  Agent    You are right."


def test_a_turn_that_says_it_is_private_is_not_taken_for_one():
    """The mark is dim; the same word in somebody's mouth is not."""
    line = said(Turn(id="n", role=Role.CUSTOMER, text="(private) hi", at=AT))
    assert all(line.plain[span.start : span.end] != MARK for span in line.spans)
