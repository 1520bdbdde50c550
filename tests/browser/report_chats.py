"""A chat for the replay report in which every text is the same one."""

from datetime import UTC, datetime

from assist.core.conversation import Alert, Conversation, Noted, Part, Summary
from assist.core.escalation import Escalation, Level, Reason
from assist.core.signals import Evidence, Pull, Reading, Sentiment, SentimentLabel, Signal
from assist.core.suggestions import Held, HeldReason, Kind, Slot, Suggestion
from assist.core.text import Span
from assist.core.turns import Role, Turn
from assist.replay.play import Played
from assist.wire.messages import Position
from assist.wire.render import render


def played(text: str) -> Played:
    """Return a played turn in which every text is the payload."""
    name = text[:200]  # as long as an id may be
    turn = Turn(id=name, role=Role.CUSTOMER, text=text, at=datetime(2026, 1, 5, tzinfo=UTC))
    proofs = (Evidence(turn=name, span=Span(0, len(text)), cue=text, source=text),)
    reasons = (Reason(text=text, weight=0.5, evidence=proofs),)
    signal = Signal(
        name=text, score=1.0, evidence=proofs, reason=text, pulls=(Pull(axis="effort", amount=1.0),)
    )
    reading = Reading(
        turn=name,
        sentiment=Sentiment(score=-0.5, label=SentimentLabel.NEGATIVE),
        signals=(signal,),
    )
    card = Suggestion(
        id=name, technique=text, rule=text, kind=Kind.NUDGE, lines=(text,), why=text,
        evidence=proofs, priority=9, expires_after_turn=1,
        slots=(Slot(name=text, line=0, span=Span(0, len(text))),),
    )  # fmt: skip
    escalation = Escalation(level=Level.HIGH, score=0.6, reasons=reasons)
    alert = Alert(id=name, level=Level.HIGH, reasons=reasons, turn=name)
    position = Position(epoch="e", offset=1)
    return Played(
        event=turn,
        conversation=Conversation(
            id="c",
            turns=(turn,),
            readings=(reading,),
            escalation=escalation,
            held=(Held(technique=text, rule=text, turn=name, reason=HeldReason.UNSURE),),
            summary=Summary(
                problem=text, record=(Noted(part=Part.OPEN, text=text, evidence=proofs),)
            ),
        ),
        messages=tuple(
            render(one, conversation="c", position=position, turn=name)
            for one in (escalation, card, alert)
        ),
    )
