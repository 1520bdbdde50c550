"""The report's part on levels."""

from datetime import UTC, datetime, timedelta

import numpy as np

from assist.core.turns import Role, Turn
from assist.evaluation.escalate_levels import Chat
from assist.evaluation.forecasting_levels import courses, cut, levels_part

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def chat(name, *said):
    """Return a chat of (text, level) by the customer, an agent's turn between."""
    turns = []
    for text, _ in said:
        for role, words in ((Role.CUSTOMER, text), (Role.AGENT, "One moment.")):
            at = START + timedelta(minutes=len(turns))
            turns.append(Turn(id=f"t{len(turns)}", role=role, text=words, at=at))
    return Chat(id=name, turns=tuple(turns), levels=tuple(level for _, level in said))


CALM = chat("c", ("when do you open?", 0), ("thank you", 0))
HEATED = chat("h", ("hello", 0), ("I want to speak to a manager NOW", 2))


def test_ours_and_rivals_stand_side_by_side(line):
    """Ours tells these two apart; who is always calm is never wrong and never right."""
    body = levels_part("chats", [CALM, HEATED], line).body
    assert "2 chats, 4 customer turns; 1 chats are ever high or critical" in body
    by_turn, by_chat = body.split("By chat")
    assert "| ours | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |" in by_turn
    assert "| always calm | .750" in by_turn
    assert "| ours | 1.000 | 1.000 | .000 | 1.000 | 1.000 | +0.0 | – |" in by_chat
    assert "| always calm | – | .000 | .000 | – | – | – | – |" in by_chat
    for rival in ("VADER, running mean", "sentiment, last turn"):
        assert body.count(f"| {rival} |") == 2
    assert "manager" not in body
    assert "Of 1 chats that are never high, 0 told so by ours" in body


def test_levels_are_told_without_what_comes_later(line):
    """The level after a turn is the same whatever is said next."""
    short = chat("h", ("hello", 0))
    assert courses([HEATED], line)[0].told[:1] == courses([short], line)[0].told


def test_a_rival_is_cut_where_it_does_best():
    """Its bounds are those by which most levels are right; a constant is always calm."""
    scores, gold = np.array([0.0, 0.1, 0.5, 0.6, 0.9]), np.array([0, 0, 1, 2, 3])
    bounds = cut(scores, gold)
    assert [int(sum(one >= bound for bound in bounds)) for one in scores] == [0, 0, 1, 2, 3]
    assert cut(np.zeros(3), np.array([0, 1, 2])) == (np.inf, np.inf, np.inf)
