"""What became of each suggestion, and which of an agent's habits are plain enough to act upon."""

from dataclasses import replace
from datetime import UTC, datetime
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.conversation import Act, Conversation, LedgerChange, Shown
from assist.core.feedback import (
    SAME,
    Fate,
    Interval,
    Tally,
    distance,
    likeness,
    outcomes,
    summed,
    tallied,
    to_rest,
    wilson,
)
from assist.core.suggestions import Kind, Retracted, RetractReason, Suggestion
from assist.core.turns import Closed, Feedback, FeedbackAction, Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LINE = "I'm sorry your parcel is three days late, I'm asking the depot now."
SLOT = "I'll write to you by [time] with what the depot says."


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        (LINE, LINE),
        ("I’m sorry your parcel is THREE days late. I'm asking the depot now!", LINE),
        ("Hi Sam. I'm sorry your parcel is three days late, I'm asking the depot right now.", LINE),
        ("Sorry, your parcel is three days late, and I'm asking the depot now. One moment.", LINE),
        ("I'll write to you by half past four with what the depot says.", SLOT),
        ("I'll write to you by 5 with what the depot tells me, and with what I find.", SLOT),
    ],
)
def test_a_line_is_found_again_in_what_was_sent(sent, line):
    """Curly quotes, capitals, filled slots, a greeting before and a word changed hide nothing."""
    assert likeness(line, sent) >= SAME


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ("I'm sorry about the delay with your parcel, let me ask the depot.", LINE),
        ("I'm sorry your order is wrong. I'm asking the shop to send the right one.", LINE),
        ("Your parcel is late because of the weather, the depot is closed now.", LINE),
        ("I'm sorry. I'm asking now.", LINE),
        ("Sorry for the wait. The depot now has your parcel, it is three days old.", LINE),
        ("", LINE),
        ("I'll write to you as soon as I can.", SLOT),
        ("By Friday the depot says what it has. I'll write then.", SLOT),
        ("Thank you.", "Thank you."),
        ("now depot the asking I'm late days three is parcel your sorry I'm", LINE),
    ],
)
def test_near_misses_are_not_the_line(sent, line):
    """The same matter, the same beginning, the same words in another order: another answer."""
    assert likeness(line, sent) < SAME


@pytest.mark.parametrize(
    ("expected", "line", "sent"),
    [
        (0, LINE, "i'm sorry your parcel is three days late - I’m asking the depot now"),
        (1, LINE, "I'm sorry your parcel is two days late, I'm asking the depot now."),
        (2, LINE, "Hi Sam, I'm sorry your parcel is three days late, I'm asking the depot now."),
        (2, LINE, "I'm sorry your parcel is late, I'm asking the depot now."),
        (0, SLOT, "I'll write to you by five this afternoon with what the depot says."),
        (1, SLOT, "I'll write to you by with what the depot says."),
        (11, SLOT, ""),
        (2, "", "two words"),
    ],
)
def test_the_distance_counts_words(expected, line, sent):
    """Words added, left out or changed count one each; what fills a slot counts nothing."""
    assert distance(line, sent) == expected


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd"), max_size=9))
def test_the_distance_is_a_distance(one, other):
    """It is the same both ways, nothing only between equals, and never more than the longer."""
    left, right = " ".join(one), " ".join(other)
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) is (one == other)
    assert abs(len(one) - len(other)) <= distance(left, right) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)],
)
def test_the_interval_is_wilsons(part, whole, low, high):
    """The figures are those of the textbooks, and all there is where nothing was counted."""
    found = wilson(part, whole)
    assert isclose(found.low, low, abs_tol=1e-4)
    assert isclose(found.high, high, abs_tol=1e-4)


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_interval_holds_the_share(one, other):
    """The share counted lies in its interval, and the interval in 0..1."""
    whole = one + other
    found = wilson(one, whole)
    assert 0 <= found.low <= found.high <= 1
    if whole:
        assert found.low - 1e-9 <= one / whole <= found.high + 1e-9
    assert found != Interval(0.0, 1.0) or whole == 0


# Passages: an event, what was told, the conversation after it.


def card(name="s", technique="apologise", lines=(LINE,)):
    return Suggestion(
        id=name, technique=technique, rule=f"p/{technique}/r", kind=Kind.REPLY, lines=lines,
        why="W.", evidence=(), priority=50, expires_after_turn=2,
    )  # fmt: skip


def turn(role, text="", name="t9"):
    return Turn(id=name, role=role, text=text, at=AT)


ASKED = turn(Role.CUSTOMER, "late", "t1")
CHAT = Conversation(id="c", turns=(ASKED,))


def offered(*cards):
    return (ASKED, tuple(("t1", one) for one in cards), CHAT)


def gone(event, reason, *names, acts=()):
    told = tuple((None, Retracted(suggestion=name, reason=reason)) for name in names or ("s",))
    return (event, told, replace(CHAT, acts=acts))


def answered(text, reason=RetractReason.MOVED_ON, acts=()):
    return gone(turn(Role.AGENT, text), reason, acts=acts)


def click(action, reason=None, name="s"):
    return Feedback(suggestion=name, action=action, at=AT, reason=reason)


def clicked(action, text=None):
    """Return the passages of a click, and of the answer sent after it."""
    told = gone(click(action), RetractReason.USED)
    return (told,) if text is None else (told, (turn(Role.AGENT, text), (), CHAT))


DONE = (Act(name="apology", turn="t9", index=2, technique="apologise"),)
INSERTED, COPIED = FeedbackAction.INSERTED, FeedbackAction.COPIED
CLOSED = (Closed(at=AT), (), CHAT)


@pytest.mark.parametrize(
    ("fate", "apart", "passages"),
    [
        (Fate.STANDING, None, ()),
        (Fate.SENT, 0, clicked(INSERTED, LINE)),
        (Fate.SENT, 0, clicked(COPIED, LINE)),
        (Fate.EDITED, 3, clicked(INSERTED, LINE + " Bear with me.")),
        (Fate.EDITED, 1, clicked(FeedbackAction.EDITED, LINE.replace("three", "two"))),
        (Fate.NOT_SENT, None, clicked(INSERTED, "Which shop was it?")),
        (Fate.NOT_SENT, None, (*clicked(INSERTED), CLOSED)),
        (Fate.STANDING, None, clicked(INSERTED)),
        (Fate.UNCLICKED, 0, (answered(LINE),)),
        (Fate.UNCLICKED, 1, (answered(LINE.replace("three", "two")),)),
        (Fate.OWN_WORDS, None, (answered("Sorry!", RetractReason.USED, DONE),)),
        (Fate.IGNORED, None, (answered("Which shop was it?"),)),
        (Fate.IGNORED, None, (gone(turn(Role.CUSTOMER), RetractReason.MOVED_ON),)),
        (Fate.IGNORED, None, (CLOSED,)),
        (Fate.SUPERSEDED, None, (gone(turn(Role.CUSTOMER), RetractReason.SUPERSEDED),)),
        (Fate.SNOOZED, None, (gone(turn(Role.CUSTOMER), RetractReason.SNOOZED),)),
        (Fate.DISMISSED, None, clicked(FeedbackAction.DISMISSED, LINE)),
        (Fate.DISMISSED, None, clicked(FeedbackAction.UNHELPFUL)),
        (Fate.SNOOZED, None, clicked(FeedbackAction.SNOOZED)),
    ],
)  # fmt: skip
def test_every_suggestion_has_one_fate(fate, apart, passages):
    """Sent, edited, used without a click, said otherwise, left, sent away, taken the place of."""
    (found,) = outcomes((offered(card()), *passages))
    assert (found.fate, found.distance) == (fate, apart)
    assert (found.number, found.technique, found.rule) == (1, "apologise", "p/apologise/r")
    assert (found.words is None) is (apart is None)


def test_a_private_note_is_no_answer():
    """What the agent wrote for colleagues decides nothing."""
    note = replace(turn(Role.AGENT, LINE), private=True)
    (found,) = outcomes((offered(card()), *clicked(INSERTED), (note, (), CHAT)))
    assert found.fate is Fate.STANDING


def test_clicks_leave_their_marks():
    """That it was seen, was liked, why it was sent away, and the first click are kept."""
    passages = (
        offered(card("a"), card("b", lines=()), card("d")),
        (click(FeedbackAction.SHOWN, name="a"), ((None, LedgerChange(entries=())),), CHAT),
        (click(FeedbackAction.HELPFUL, name="a"), (), CHAT),
        gone(click(INSERTED, name="a"), RetractReason.USED, "a"),
        (click(COPIED, name="a"), (), CHAT),
        gone(click(FeedbackAction.DISMISSED, "not now", name="b"), RetractReason.MOVED_ON, "b"),
        (click(FeedbackAction.UNHELPFUL, "bad", name="b"), (), CHAT),
        (click(FeedbackAction.SHOWN, name="unknown"), (), CHAT),
    )
    one, two, three = outcomes(passages)
    assert (one.displayed, one.helpful, one.clicked) == (True, True, INSERTED)
    assert (two.reason, two.helpful, two.fate) == ("not now", False, Fate.DISMISSED)
    assert (three.displayed, three.helpful, three.clicked) == (False, None, None)
    assert "not now" not in repr(two)


def test_a_prompt_without_lines_is_followed_or_not():
    """Where there is nothing to send, only doing the technique counts."""
    for fate, acts in ((Fate.OWN_WORDS, DONE), (Fate.IGNORED, ())):
        (found,) = outcomes((offered(card(lines=())), answered("Sorry!", acts=acts)))
        assert found.fate is fate
    (found,) = outcomes((offered(card(lines=())), *clicked(INSERTED, LINE)))
    assert found.fate is Fate.NOT_SENT


def shown(technique, number):
    return Shown(
        technique=technique, rule=f"p/{technique}/r", lines=(), customer_turns=1,
        agent_turns=number, turn=f"t{number}",
    )  # fmt: skip


def test_a_tally_tells_own_words_from_prompted_ones():
    """What was done with no card for it is the agent's own; cards are sent away or used."""
    turns = tuple(turn(Role.AGENT, name=f"a{number}") for number in range(3))
    acts = tuple(
        Act(name="x", turn=f"a{number}", index=number, technique=technique)
        for number, technique in ((0, "thank"), (1, "apologise"), (1, "thank"), (2, ""))
    )
    state = replace(
        CHAT,
        turns=(ASKED, *turns),
        acts=acts,
        shown=(shown("apologise", 1), shown("empathy", 1), shown("empathy", 2), shown("calm", 2)),
        events=(
            click(FeedbackAction.DISMISSED, name="p/empathy/r:t1"),
            click(INSERTED, name="p/empathy/r:t2"),
            click(INSERTED, name="p/empathy/r:t1"),
            ASKED,
        ),
    )
    assert tallied(state) == (
        Tally(technique="empathy", away=1, used=1),
        Tally(technique="thank", own=2),
    )


def test_tallies_add_up():
    """Sums go by technique and come by name."""
    more = (Tally(technique="b", own=1), Tally(technique="a", away=2), Tally(technique="b", used=3))
    assert summed(more) == (Tally(technique="a", away=2), Tally(technique="b", own=1, used=3))


@pytest.mark.parametrize(
    ("rests", "tally"),
    [
        (False, Tally(technique="thank", own=15)),
        (True, Tally(technique="thank", own=16)),
        (True, Tally(technique="thank", own=10, away=6)),
        (False, Tally(technique="thank", own=16, used=1)),
        (True, Tally(technique="thank", own=30, used=1)),
        (False, Tally(technique="thank", used=50)),
        (False, Tally(technique="thank")),
    ],
)
def test_only_plain_habits_count(rests, tally):
    """Sixteen of sixteen times by themselves or sent away is plain; fewer may be chance."""
    assert to_rest((tally,)) == (("thank",) if rests else ())
