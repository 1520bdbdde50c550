"""What came of each turn of a played transcript, as a report tells it.

The law: values only; it chooses what belongs to which turn and writes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assist.core.conversation import Conversation
from assist.core.escalation import Escalation
from assist.core.signals import Evidence, Reading
from assist.core.suggestions import Held, Suggestion
from assist.core.turns import Role, Turn
from assist.replay.play import Played
from assist.wire.messages import AlertMessage, EscalationMessage, SuggestionMessage

__all__ = ["Scene", "scenes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One turn with what came of it.

    `reading` is that of the customer's turn, `escalation` how the chat stood after it (`moved`: it
    was told anew), `unbidden` what time brought before the turn, `held` what was kept back.
    """

    number: int
    turn: Turn
    reading: Reading | None
    escalation: Escalation
    moved: bool
    suggestions: tuple[Suggestion, ...]
    unbidden: tuple[Suggestion, ...]
    alerts: tuple[AlertMessage, ...]
    held: tuple[Held, ...] = field(default=())

    @property
    def read(self) -> bool:
        """Tell whether this is a customer's turn that was read."""
        return self.turn.role is Role.CUSTOMER and self.reading is not None

    @property
    def cues(self) -> tuple[tuple[str, Evidence], ...]:
        """Return what was noticed in this turn and where, in the order of the words."""
        signals = self.reading.signals if self.reading else ()
        noticed = {
            (signal.reason, proof)
            for signal in signals
            if signal.reason and signal.name != "valence"
            for proof in signal.evidence
            if self._holds(proof)
        }
        return tuple(sorted(noticed, key=lambda one: (one[1].span.start, one[1].span.end, one[0])))

    @property
    def proofs(self) -> tuple[Evidence, ...]:
        """Return every place in this turn that something was noticed at, or suggested for."""
        cards = (proof for card in self.suggestions for proof in card.evidence)
        return (*(proof for _, proof in self.cues), *filter(self._holds, cards))

    def _holds(self, proof: Evidence) -> bool:
        start, end = proof.span.start, proof.span.end
        return proof.turn == self.turn.id and 0 <= start < end <= len(self.turn.text)


def scenes(played: Sequence[Played]) -> tuple[Scene, ...]:
    """Return the scenes of a played transcript, in order."""
    return tuple(_scenes(played))


def _scenes(played: Sequence[Played]) -> Iterator[Scene]:
    number = 0
    for step in played:
        if not isinstance(step.event, Turn):
            continue
        number += 1
        after: Conversation = step.conversation
        told = [one for one in step.messages if isinstance(one, SuggestionMessage)]
        yield Scene(
            number=number,
            turn=step.event,
            reading=after.reading(step.event.id),
            escalation=after.escalation,
            moved=any(isinstance(one, EscalationMessage) for one in step.messages),
            suggestions=tuple(one.suggestion for one in told if one.turn is not None),
            unbidden=tuple(one.suggestion for one in told if one.turn is None),
            alerts=tuple(one for one in step.messages if isinstance(one, AlertMessage)),
            held=after.held,
        )
