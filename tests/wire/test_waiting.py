"""Since when a customer waits: from the first word that nobody answered."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.core.conversation import Conversation, Summary
from assist.core.turns import Role, Turn
from assist.wire.waiting import waiting_since

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


def talk(roles):
    """Return a conversation: c, a, b, s for who speaks; p is a private turn of an agent."""
    names = {"c": Role.CUSTOMER, "a": Role.AGENT, "b": Role.BOT, "s": Role.SYSTEM, "p": Role.AGENT}
    return Conversation(
        id="c",
        turns=tuple(
            Turn(id=f"t{n}", role=names[role], text="x", at=minute(n), private=role == "p")
            for n, role in enumerate(roles)
        ),
    )


def minute(number):
    return START + timedelta(minutes=number)


WAITS = [
    ("", None), ("c", 0), ("cc", 0), ("ca", None), ("cac", 2), ("caccc", 2), ("cb", None),
    ("cp", 0), ("cs", 0), ("a", None), ("acps", 1),
]  # fmt: skip


@pytest.mark.parametrize(("roles", "since"), WAITS)
def test_waiting_begins_with_the_first_unanswered_word(roles, since):
    """An agent or a bot ends it; a note of the team's or a system's line does not."""
    assert waiting_since(talk(roles)) == (None if since is None else minute(since))


def test_in_a_closed_conversation_nobody_waits():
    """Whoever spoke last."""
    closed = Conversation(id="c", turns=talk("c").turns, summary=Summary(problem=None))
    assert waiting_since(closed) is None
