"""The Python client of the wire protocol, for those who integrate it.

    async with connect(url, role="platform") as platform:
        await platform.turn("chat-1", SentTurn(id="t1", role=Role.CUSTOMER, text=text, at=at))

`connect` is one connection; `lasting` mends breaks by itself, and follows a chat across them.

The law: it speaks the protocol and nothing else, and knows nothing of the service.
"""

from assist.client.connection import Client, connect
from assist.client.lasting import Lasting, lasting
from assist.core.turns import FeedbackAction, Role
from assist.wire.messages import Customer, PastContact, Peer, Position, SentTurn

__all__ = [
    "Client",
    "Customer",
    "FeedbackAction",
    "Lasting",
    "PastContact",
    "Peer",
    "Position",
    "Role",
    "SentTurn",
    "connect",
    "lasting",
]
