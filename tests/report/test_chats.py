"""A chat folded again is the finished chat, step by step."""

from datetime import UTC, datetime, timedelta

from assist.core.feedback import Fate
from assist.core.turns import Closed, Edit, Feedback, FeedbackAction, Role, Tick, Turn, Typing
from assist.report.chats import chat_of
from assist.report.sources import Source, from_events

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def turn(name, role, text, minutes, *, private=False):
    at = AT + timedelta(minutes=minutes)
    return Turn(id=name, role=role, text=text, at=at, private=private)


def chat(line, *events):
    return chat_of(Source(conversation="c", events=events), line)


ASKED = turn("t1", Role.CUSTOMER, "late", 0)
ANSWER = turn("t2", Role.AGENT, "so sorry", 1)
NEXT = turn("t3", Role.CUSTOMER, "fine", 2)


def test_each_chat_of_the_script_has_its_fate(line, log):
    """Sent, edited, unclicked, dismissed, own words, ignored: as the script was written."""
    fates = {
        source.conversation: [one.fate for one in chat_of(source, line).outcomes]
        for source in from_events([log])
    }
    assert fates == {
        "sent": [Fate.SENT],
        "edited": [Fate.EDITED, Fate.IGNORED],
        "unclicked": [Fate.UNCLICKED],
        "dismissed": [Fate.DISMISSED],
        "own": [Fate.OWN_WORDS],
        "ignored": [Fate.IGNORED],
        "calm": [],
    }


def test_late_edited_and_passing_inputs_give_the_finished_chat(line):
    """What came late stands in its place and what was edited is as it was in the end."""
    typing = Typing(role=Role.AGENT, on=True, at=AT)
    late = chat(line, typing, ASKED, NEXT, ANSWER, Tick(at=AT + timedelta(minutes=3)))
    in_order = chat(line, ASKED, ANSWER, NEXT)
    assert (late.outcomes, late.heard) == (in_order.outcomes, in_order.heard)
    assert late.outcomes[0].fate is Fate.OWN_WORDS
    first = turn("t1", Role.CUSTOMER, "hello", 0)
    edited = chat(line, first, ANSWER, NEXT, Edit(turn="t1", text="late", at=AT))
    assert edited.outcomes == in_order.outcomes
    assert chat(line, ASKED, ASKED, ANSWER, NEXT).outcomes == in_order.outcomes


def test_each_customer_turn_has_the_answer_after_it(line):
    """Techniques of all answers until the next customer turn; notes are no answers."""
    note = turn("n", Role.AGENT, "sorry", 1, private=True)
    first = turn("t0", Role.AGENT, "sorry", -1)
    one, two = chat(line, first, ASKED, note, ANSWER, NEXT, Closed(at=AT)).heard
    assert (one.answered, one.techniques) == (True, {"apologise"})
    assert (two.answered, two.techniques) == (False, frozenset())
    assert two.after.escalation.score < one.after.escalation.score


def test_clicks_on_cards_that_are_not_made_are_counted(line):
    """With other rules than then, a click may be on a card that there is not."""
    click = Feedback(suggestion="old/rule:t1", action=FeedbackAction.INSERTED, at=AT)
    assert chat(line, ASKED, click).unmatched == 1
    assert chat(line).outcomes == ()
