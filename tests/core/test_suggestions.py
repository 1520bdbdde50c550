"""What is offered to the agent, as values."""

from assist.core.signals import Evidence
from assist.core.suggestions import (
    Held,
    HeldReason,
    Kind,
    Retracted,
    RetractReason,
    Slot,
    Suggestion,
)
from assist.core.text import Span

PROOF = Evidence(turn="t1", span=Span(0, 4), cue="late", source="p/empathy/late")


def test_a_suggestion_keeps_its_lines_out_of_its_repr():
    """Lines hold words of the chat, so they are not shown when a suggestion is printed."""
    offered = Suggestion(
        id="s", technique="empathy", rule="p/empathy/late", kind=Kind.REPLY, lines=("marzipan",),
        slots=(Slot(name="time", line=0, span=Span(0, 6)),), why="Because.", evidence=(PROOF,),
        priority=50, expires_after_turn=2,
    )  # fmt: skip
    assert "marzipan" not in repr(offered)
    assert offered.evidence == (PROOF,)


def test_what_was_held_or_taken_back_says_why():
    """Holding back and taking back each carry a reason of their own set."""
    held = Held(technique="empathy", rule="r", turn="t1", reason=HeldReason.RESTING)
    gone = Retracted(suggestion="s", reason=RetractReason.USED)
    assert (held.reason, gone.reason) == ("resting", "used")


def test_the_words_of_the_protocol_are_the_values():
    """Kinds and reasons are told on the wire as they are named here."""
    assert {str(kind) for kind in Kind} == {"reply", "nudge", "alert"}
    assert {str(reason) for reason in RetractReason} == {
        "used", "moved-on", "superseded", "snoozed",
    }  # fmt: skip
