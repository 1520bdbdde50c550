"""What a person sees in the terminal: a turn as a line."""

import io
from datetime import UTC, datetime

from rich.console import Console
from rich.text import Text

from assist.cli.screen import hung, quoted, said
from assist.core.signals import Evidence
from assist.core.text import Span
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


def printed(line, margin, width=40):
    """Return the rows that a narrow screen shows of a line."""
    screen = Console(file=io.StringIO(), width=width, highlight=False)
    hung(screen, line, margin)
    return screen.file.getvalue().splitlines()


def test_no_further_row_stands_in_the_margin():
    """What is wrapped goes on behind the margin, whole, and without blanks at the end."""
    words = "one two three four five six seven eight nine ten eleven"
    rows = printed(Text(f"09:00  {words}"), 7)
    assert len(rows) > 1
    assert rows[0].startswith("09:00  one")
    assert all(row.startswith(" " * 7) and row == row.rstrip() for row in rows[1:])
    assert " ".join(row[7:] for row in rows) == words
    assert printed(Text("short"), 7) == ["short"]


def test_a_turn_cannot_look_like_two():
    """A line break in somebody's mouth makes no line that looks like another's turn."""
    line = said(Turn(id="n", role=Role.CUSTOMER, text="hi\n09:01:00  Agent    yes", at=AT))
    rows = printed(line, 19, width=80)
    assert rows == ["09:00:00  Customer hi", f"{' ' * 19}09:01:00  Agent    yes"]


def test_words_across_a_line_break_are_quoted_in_one_line():
    """Evidence may span lines; what is quoted of it does not."""
    evidence = (Evidence(turn="n", span=Span(0, 5), cue="x", source="y"),)
    assert quoted(evidence, {"n": "ab\ncd"}) == ["ab cd"]
