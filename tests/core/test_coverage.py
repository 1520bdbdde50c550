"""Which techniques were used, and which moments went by."""

from datetime import UTC, datetime

from assist.core.conversation import Act, Conversation, Coverage, Shown
from assist.core.coverage import READABLE, coverage
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def turn(name, role):
    return Turn(id=name, role=role, text="w", at=AT)


def act(name, turn_id, technique=""):
    return Act(name=name, turn=turn_id, index=0, technique=technique)


def shown(technique, turn_id, agent_turns):
    return Shown(
        technique=technique, rule="p/x/y", lines=(), customer_turns=1, agent_turns=agent_turns,
        turn=turn_id,
    )  # fmt: skip


CHAT = Conversation(
    id="c",
    turns=tuple(
        turn(f"t{number}", Role.CUSTOMER if number % 2 else Role.AGENT) for number in range(1, 9)
    ),
    acts=(act("apology", "t2", "apologise"), act("apology", "t4", "apologise"), act("dance", "t4"),
        act("refusal", "t4", "cause.policy")),
    shown=(
        shown("apologise", "t1", 0), shown("empathy", "t1", 0), shown("empathy", "t3", 1),
        shown("thank", "t7", 4), shown("rapport", "t1", 0), shown("own-it", "t1", 0),
    ),
    snoozed=frozenset({"own-it"}),
)  # fmt: skip


def test_what_was_used_and_what_went_by_is_told_in_plain_words():
    """Each technique is named once, with its turns; neither praise nor blame is in it."""
    assert coverage(CHAT) == (
        Coverage(
            technique="apologise", turns=("t2", "t4"), text="Apologise once: used in 2 answers."
        ),
        Coverage(technique="dance", turns=("t4",), text="Dance: used in 1 answer."),
        Coverage(
            technique="empathy", turns=(), passed=("t1", "t3"),
            text="Name the feeling: 2 moments went by.",
        ),
    )  # fmt: skip


def test_both_stand_in_one_sentence():
    """A technique used here and passed by there says both."""
    after = Conversation(
        id="c", turns=CHAT.turns, acts=(act("thanks", "t2", "thank"),),
        shown=(shown("thank", "t3", 1),),
    )  # fmt: skip
    (told,) = coverage(after)
    assert told.text == "Say thank you: used in 1 answer, 1 moment went by."


def test_only_known_techniques_have_moments():
    """What counts as a moment is a technique of the catalogue."""
    assert set(TECHNIQUES) >= READABLE
