"""What only the agent who has a conversation is told: how they did.

The law: coverage goes to that agent and, unless an operator shares it, to nobody else; whoever is
not told it is told everything else.
"""

from assist.core.conversation import Conversation
from assist.service.asked import Asked, Who
from assist.wire.messages import Peer, ServerMessage, Snapshot, SummaryMessage, encode

__all__ = ["discreet", "encoded_discreetly", "others_of", "tells_all"]


def tells_all(asked: Asked | Who, conversation: Conversation, *, share: bool) -> bool:
    """Tell whether whoever asked may see the coverage: the agent who has the conversation."""
    if share:
        return True
    if asked.peer is not Peer.AGENT:
        return False
    return None in {asked.agent, conversation.agent} or asked.agent == conversation.agent


def discreet(message: ServerMessage) -> ServerMessage:
    """Return `message` without the coverage, where it has one."""
    if isinstance(message, Snapshot | SummaryMessage):
        return message.model_copy(update={"coverage": ()})
    return message


def encoded_discreetly(message: ServerMessage, encoded: bytes) -> bytes:
    """Return the bytes of `message` for those who are not told the coverage."""
    less = discreet(message)
    return encoded if less is message else encode(less).encode()


def others_of(conversation: str) -> str:
    """Return the subject of those who follow a conversation without being its agent."""
    return f"others.{conversation}"
