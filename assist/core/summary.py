"""The record of a conversation, from its own state.

The law: every line of it was said in the chat; it scores nobody.
"""

from assist.core.conversation import Conversation, Coverage, Feeling, Summary
from assist.core.ledger import EntryKind, EntryState
from assist.core.phrasing import facts_of, known_causes
from assist.core.playbook import EMPTY
from assist.core.rules import Pack
from assist.core.text import sentence_at

__all__ = ["coverage", "summarise"]


def summarise(conversation: Conversation, pack: Pack) -> Summary:
    """Return the summary of what has been said so far."""
    facts = facts_of(conversation, pack, EMPTY)
    ledger = conversation.ledger
    return Summary(
        problem=facts.get("problem") or facts.get("thing"),
        causes=tuple(f"cause.{name}" for name in reversed(known_causes(conversation))),
        feeling=tuple(
            Feeling(turn=reading.turn, score=reading.sentiment.score)
            for reading in conversation.customer_readings()
        ),
        offered=_offered(conversation),
        agreed=tuple(entry.what for entry in ledger if entry.kind is EntryKind.AGREEMENT),
        open=tuple(
            entry.what
            for entry in ledger
            if entry.state in {EntryState.OPEN, EntryState.OVERDUE}
            and entry.kind is not EntryKind.AGREEMENT
        ),
        coverage=coverage(conversation),
    )


def _offered(conversation: Conversation) -> tuple[str, ...]:
    texts = {turn.id: turn.text for turn in conversation.turns}
    said = [
        sentence_at(texts[act.turn], proof.span).of(texts[act.turn])
        for act in conversation.acts
        if act.name == "offer"
        for proof in act.evidence[:1]
    ]
    return tuple(dict.fromkeys(line for line in said if line))


def coverage(conversation: Conversation) -> tuple[Coverage, ...]:
    """Return the techniques that the agent used, with the turns that used them."""
    used: dict[str, dict[str, None]] = {}
    for act in conversation.acts:
        used.setdefault(act.technique or act.name, {})[act.turn] = None
    return tuple(Coverage(technique=name, turns=tuple(turns)) for name, turns in used.items())
