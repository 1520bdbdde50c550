"""Since when the customer has waited for an answer.

The law: pure. What only the team sees answers nobody, and a system says nothing; a bot's answer
counts, and in a closed conversation nobody waits.
"""

from datetime import datetime

from assist.core.conversation import Conversation
from assist.core.turns import Role

__all__ = ["waiting_since"]

_ANSWERS = frozenset({Role.AGENT, Role.BOT})


def waiting_since(conversation: Conversation) -> datetime | None:
    """Return when the customer first said what is not answered yet; None where nothing is."""
    since = None
    for turn in () if conversation.summary is not None else reversed(conversation.turns):
        if turn.private:
            continue
        if turn.role in _ANSWERS:
            break
        if turn.role is Role.CUSTOMER:
            since = turn.at
    return since
