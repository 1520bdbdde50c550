"""Two sets of rules differ in what an agent would have seen, and in nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assist.core.escalation import Level
from assist.core.turns import Role, Turn
from assist.packs.compare import Card, Differs, Seen, compare, totals

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CALM = (Level.CALM,) * 4


def card(rule, number, **more):
    """Return a suggestion of the rule after that turn."""
    told = {"technique": "empathy", "lines": ("I see.",), "why": "It helps."} | more
    return Card(rule=rule, number=number, **told)


def sight(*cards, levels=CALM):
    """Return what was seen of a chat of four turns."""
    turns = tuple(
        Turn(id=f"t{n}", role=Role.CUSTOMER, text="words", at=START + timedelta(minutes=n))
        for n in range(1, 5)
    )
    return Seen(chat="c", turns=turns, levels=levels, cards=cards)


def told(before, after):
    """Return each difference as its way and its turn."""
    return [(str(one.how), one.number) for one in compare(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ([], [card("a", 1)], [("added", 1)]),
        ([card("a", 1)], [], [("lost", 1)]),
        ([card("a", 1)], [card("a", 3)], [("moved", 3)]),
        ([card("a", 1)], [card("a", 1, lines=("So.",))], [("reworded", 1)]),
        ([card("a", 1)], [card("a", 1, why="So it is.")], [("reworded", 1)]),
        ([card("a", 1)], [card("b", 1)], [("lost", 1), ("added", 1)]),
        ([card("a", 1), card("a", 3)], [card("a", 3)], [("lost", 1)]),
        ([card("a", 3)], [card("a", 1), card("a", 3)], [("added", 1)]),
        ([card("a", 1), card("a", 2)], [card("a", 3), card("a", 4)], [("moved", 3), ("moved", 4)]),
        ([card("a", 1)], [card("a", 1, quiet=True)], [("moved", 1)]),
        (
            [card("a", 1, finding=True, words="no")],
            [card("a", 3, finding=True, words="no")],
            [("lost", 1), ("added", 3)],
        ),
        (
            [card("a", 1, finding=True, words="no")],
            [card("a", 1, finding=True, words="no way")],
            [("lost", 1), ("added", 1)],
        ),
        (
            [card("a", 1, finding=True, words="no")],
            [card("a", 1, finding=True, words="no", lines=("yes",))],
            [("reworded", 1)],
        ),
    ],
)
def test_cards_differ_in_one_way(before, after, wanted):
    """A card is added, lost, moved or reworded; a finding never moves away from its words."""
    found = told(sight(*before), sight(*after))
    assert sorted(found) == sorted(wanted)


def test_the_same_is_no_difference():
    """Nothing is told where all is alike, whatever the order of the cards."""
    one, other = card("a", 1), card("b", 2)
    assert compare(sight(one, other), sight(other, one)) == ()


def test_a_level_is_told_where_it_begins_to_differ():
    """One difference a stretch of turns: not each turn that goes on in the same way."""
    high = (Level.CALM, Level.HIGH, Level.HIGH, Level.CALM)
    (one,) = compare(sight(), sight(levels=high))
    assert (one.how, one.number, one.before, one.after) == (
        Differs.LEVEL, 2, Level.CALM, Level.HIGH,
    )  # fmt: skip
    assert one.card is None


def test_differences_come_in_the_order_of_turns():
    """Earlier turns come first, and at a turn the level before the cards."""
    high = (Level.CALM, Level.CALM, Level.HIGH, Level.HIGH)
    found = compare(sight(card("z", 4)), sight(card("a", 1), card("b", 3), levels=high))
    assert [(one.number, one.how) for one in found] == [
        (1, Differs.ADDED), (3, Differs.LEVEL), (3, Differs.ADDED), (4, Differs.LOST),
    ]  # fmt: skip


def test_a_moved_card_is_told_with_both_places():
    """What moved is told where it is now, with where it was."""
    (one,) = compare(sight(card("a", 1)), sight(card("a", 3)))
    assert (one.before.number, one.after.number, one.card) == (1, 3, one.after)


def test_the_totals_count_chats_and_ways():
    """One line says how many chats differ, of how many, and in which ways."""
    found = compare(sight(card("a", 1)), sight(card("b", 2), card("c", 2)))
    other = tuple(replace(one, chat="d") for one in found[:1])
    assert totals((*found, *other), 5) == (
        "2 of 5 chats differ: added 2, lost 2, moved 0, reworded 0, level 0"
    )
