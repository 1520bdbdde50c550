"""What the core says arrives on the wire whole."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from assist.core import rewrites
from assist.core.conversation import (
    Acknowledgement,
    Act,
    Alert,
    Change,
    Conversation,
    Feeling,
    LedgerChange,
    Summary,
)
from assist.core.escalation import Escalation, Level, Reason, Trend
from assist.core.ledger import Entry, EntryKind, Owner
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.suggestions import (
    Held,
    HeldReason,
    Kind,
    Moment,
    Retracted,
    RetractReason,
    Suggestion,
)
from assist.core.text import Span
from assist.core.turns import Role, Turn
from assist.errors import ClientFault, StoreError
from assist.wire.messages import Position, encode, parse_server
from assist.wire.render import error_message, held_back, render, review_message, snapshot

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = Position(epoch="e", offset=7)
PROOF = Evidence(turn="t1", span=Span(2, 5), cue="late", source="phrases")
SAD = Sentiment(score=-0.5, label=SentimentLabel.NEGATIVE)
READING = Reading(
    turn="t1",
    sentiment=SAD,
    signals=tuple(
        Signal(name=name, score=0.5, evidence=(PROOF,))
        for name in ("emotion.anger", "cause.delay", "risk.churn", "need.information", "arousal")
    ),
)
REASON = Reason(text="late", weight=0.4, evidence=(PROOF,))
ESCALATION = Escalation(level=Level.HIGH, score=0.7, trend=Trend.RISING, reasons=(REASON,))
SUGGESTION = Suggestion(
    id="s", technique="apology", rule="apology/late", kind=Kind.REPLY, lines=("I’m sorry.",),
    why="late", evidence=(PROOF,), priority=50, expires_after_turn=3,
)  # fmt: skip
ENTRY = Entry(id="l", kind=EntryKind.PROMISE, owner=Owner.AGENT, what="call back")
CHANGES: tuple[tuple[str, Change], ...] = (
    ("reading", READING),
    ("escalation", ESCALATION),
    ("suggestion", SUGGESTION),
    ("retract", Retracted(suggestion="s", reason=RetractReason.USED)),
    ("ledger", LedgerChange(entries=(ENTRY,))),
    ("alert", Alert(id="a", level=Level.CRITICAL, reasons=(REASON,), turn="t1")),
    ("acknowledged", Acknowledgement(alert="a")),
    ("summary", Summary(problem=None, feeling=(Feeling(turn="t1", score=-0.5),))),
)


def told(change: Change, turn: str | None = "t1") -> dict:
    return json.loads(encode(render(change, conversation="c", position=HERE, turn=turn)))


def test_the_cases_cover_every_change():
    """No kind of change is left untested."""
    assert {type(change) for _, change in CHANGES} == set(get_args(Change))


@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_a_change_becomes_its_event_at_its_position(name, change):
    """Type, conversation, position and cause are on every event, and it can be read back."""
    event = render(change, conversation="c", position=HERE, turn="t1")
    sent = told(change)
    assert sent["type"] == name
    assert (sent["conversation"], sent["turn"]) == ("c", "t1")
    assert sent["position"] == {"epoch": "e", "offset": 7}
    assert parse_server(encode(event)) == event


def test_what_time_caused_names_no_turn():
    """The turn is null, not absent; a reading still names the turn that was read."""
    assert told(ESCALATION, None)["turn"] is None
    assert told(READING, None)["turn"] == "t1"


def test_a_reading_is_told_by_family():
    """Causes and risks keep their full names; emotions and needs lose their family."""
    sent = told(READING)
    proof = {"turn": "t1", "span": [2, 5], "cue": "late", "source": "phrases"}
    assert sent["sentiment"] == {"score": -0.5, "label": "negative"}
    assert sent["emotions"] == [{"name": "anger", "score": 0.5}]
    assert sent["causes"] == [{"name": "cause.delay", "score": 0.5, "evidence": [proof]}]
    assert sent["risks"] == [{"name": "risk.churn", "score": 0.5, "evidence": [proof]}]
    assert sent["needs"] == [{"name": "information", "score": 0.5, "evidence": [proof]}]
    assert "arousal" not in json.dumps(sent)


def test_values_of_the_core_arrive_whole():
    """What escalation, suggestion and alert say is said in full."""
    reason = {
        "text": "late",
        "weight": 0.4,
        "evidence": [{"turn": "t1", "span": [2, 5], "cue": "late", "source": "phrases"}],
    }
    escalation = told(ESCALATION)
    assert escalation["level"] == "high"
    assert (escalation["score"], escalation["trend"]) == (0.7, "rising")
    assert escalation["reasons"] == [reason]
    assert told(SUGGESTION)["suggestion"]["lines"] == ["I’m sorry."]
    assert told(CHANGES[5][1])["reasons"] == [reason]
    assert told(CHANGES[7][1])["problem"] is None


def test_a_snapshot_is_the_state_as_it_stands():
    """Counts, last turn, standing suggestions and what the agent did are in it."""
    turns = (
        Turn(id="t1", role=Role.CUSTOMER, text="late!", at=AT),
        Turn(id="t2", role=Role.AGENT, text="Sorry.", at=AT),
    )
    conversation = Conversation(
        id="c", turns=turns, readings=(READING,), escalation=ESCALATION, standing=(SUGGESTION,),
        ledger=(ENTRY,), acts=(Act(name="apology", turn="t2", index=1),),
    )  # fmt: skip
    sent = json.loads(encode(snapshot(conversation, HERE, re="8")))
    assert (sent["turns"], sent["turn"], sent["re"]) == (2, "t2", "8")
    assert sent["sentiment"]["score"] == -0.5
    assert [suggestion["id"] for suggestion in sent["suggestions"]] == ["s"]
    assert sent["escalation"]["level"] == "high"
    assert sent["ledger"][0]["what"] == "call back"
    used = {"technique": "apology", "turns": ["t2"], "passed": []}
    assert sent["coverage"] == [{**used, "text": "Apology: used in 1 answer."}]


def test_a_snapshot_of_nothing_is_calm_and_neutral():
    """Before the first turn there is no turn, no feeling and no suggestion."""
    sent = snapshot(Conversation(id="c"), HERE)
    assert (sent.turns, sent.turn) == (0, None)
    assert sent.sentiment.label is SentimentLabel.NEUTRAL
    assert sent.escalation.level is Level.CALM
    assert "recovered" not in json.loads(encode(sent))


def test_a_snapshot_has_the_alerts_that_nobody_saw():
    """Whoever comes (back) sees what is still open, with its hand-over, and nothing seen before."""
    alerts = tuple(
        Alert(id=f"high:{number}", level=Level.HIGH, reasons=(REASON,), turn="t1",
              summary=Summary(problem="late"))
        for number in (1, 2)
    )  # fmt: skip
    state = Conversation(id="c", alerts=alerts, acknowledged=frozenset({"high:1"}))
    sent = json.loads(encode(snapshot(state, HERE)))
    assert [(one["id"], one["summary"]["problem"]) for one in sent["alerts"]] == [
        ("high:2", "late")
    ]


def test_what_was_held_back_can_be_asked_for():
    """The whole log is told: each moment with what was shown and what was not, and why."""
    held = Held(technique="thank", rule="p/thank/r", turn="t1", reason=HeldReason.BUDGET)
    moment = Moment(turn="t1", shown="p/calm/r:t1", held=(held,))
    state = Conversation(id="c", moments=(moment,), snoozed=frozenset({"b", "a"}))
    sent = json.loads(encode(held_back(state, HERE, re="5")))
    assert sent["moments"] == [
        {
            "turn": "t1",
            "by_time": False,
            "shown": "p/calm/r:t1",
            "held": [{"technique": "thank", "rule": "p/thank/r", "turn": "t1", "reason": "budget"}],
        }
    ]
    assert (sent["type"], sent["re"], sent["snoozed"]) == ("held-back", "5", ["a", "b"])


def test_a_review_carries_findings_and_tension():
    """The findings of the core, for that revision."""
    finding = rewrites.Finding(
        technique="t", rule="t/r", span=Span(0, 2), message="m", why="w",
        rewrites=(rewrites.Rewrite(text="so", edits=(rewrites.Substitution(
            span=Span(0, 2), text="so"),)),),
    )  # fmt: skip
    review = rewrites.Review(findings=(finding,), tension=rewrites.Tension(before=0.4, after=0.3))
    sent = json.loads(encode(review_message(review, "c", 4, re="1")))
    assert (sent["revision"], sent["re"]) == (4, "1")
    assert sent["findings"][0]["rewrites"][0]["edits"] == [{"span": [0, 2], "text": "so"}]
    assert sent["tension"] == {"before": 0.4, "after": 0.3}


def test_their_fault_is_explained_and_ours_is_not():
    """A fault of ours tells the peer only to try again."""
    theirs = error_message(ClientFault("Send it.", code="message.missing-field"), re="3")
    ours = error_message(StoreError("disk sda1 is full"), re="3")
    assert (theirs.code, theirs.message, theirs.re) == ("message.missing-field", "Send it.", "3")
    assert (ours.code, ours.retry) == ("server.fault", True)
    assert "sda1" not in encode(ours)


def test_the_golden_snapshot_and_rendered_snapshot_have_the_same_fields():
    """The golden file shows what the renderer sends."""
    golden = json.loads(
        (Path(__file__).parents[1] / "golden" / "snapshot.json").read_text(encoding="utf-8")
    )
    assert set(golden) == set(
        json.loads(encode(snapshot(Conversation(id="c"), HERE, re="8", recovered=True)))
    )
