"""What only the agent who has a conversation is told."""

import pytest

from assist.core.conversation import Conversation, Coverage
from assist.service.asked import Asked
from assist.service.bus import Mailbox
from assist.service.discretion import discreet, encoded_discreetly, others_of, tells_all
from assist.wire.messages import Ack, Peer, Position, Subscribe, SummaryMessage, encode

PLACE = Position(epoch="e", offset=1)
RECORD = SummaryMessage(
    conversation="c", position=PLACE, turn=None, problem=None, causes=(), feeling=(), offered=(),
    agreed=(), open=(), coverage=(Coverage(technique="thank", turns=("t2",)),),
)  # fmt: skip


def asked(peer, agent=None):
    message = Subscribe(conversation="c")
    return Asked(message=message, mailbox=Mailbox(4), received=0.0, agent=agent, peer=peer)


@pytest.mark.parametrize(
    ("expected", "peer", "agent", "has"),
    [
        (True, Peer.AGENT, "ana", "ana"),
        (True, Peer.AGENT, None, "ana"),
        (True, Peer.AGENT, "ana", None),
        (False, Peer.AGENT, "ben", "ana"),
        (False, Peer.AGENT, "", "ana"),
        (False, Peer.SUPERVISOR, None, "ana"),
        (False, None, None, None),
    ],
)
def test_only_the_agent_who_has_it_is_told_all(expected, peer, agent, has):
    """Others are told where the operator shares it, and only there."""
    chat = Conversation(id="c", agent=has)
    assert tells_all(asked(peer, agent), chat, share=False) is expected
    assert tells_all(asked(peer, agent), chat, share=True)


def test_others_get_everything_but_the_coverage():
    """A record goes out without it; what has none goes out as it is."""
    assert discreet(RECORD) == RECORD.model_copy(update={"coverage": ()})
    less = encoded_discreetly(RECORD, encode(RECORD).encode())
    assert b"thank" not in less
    ack = Ack(conversation="c", position=PLACE)
    assert discreet(ack) is ack
    whole = encode(ack).encode()
    assert encoded_discreetly(ack, whole) is whole


def test_others_have_a_subject_of_their_own():
    """Two conversations never share one."""
    assert others_of("a") != others_of("b")
