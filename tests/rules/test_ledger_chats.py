"""Whole chats and the ledger they leave, through the shipped rules."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assist.core.conversation import Conversation
from assist.core.line import Guidance, step
from assist.core.turns import Role, Tick, Turn
from assist.detectors import phrases, promises
from assist.packs.load import load_packs, merged, patterns_of
from assist.packs.policies import load_policy

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
PACK = merged(load_packs(()))
GUIDANCE = Guidance(
    pack=PACK,
    policy=load_policy(None),
    detectors=(phrases.load(patterns_of(PACK.rules)), promises.load()),
)
SPEAKERS = {"C": Role.CUSTOMER, "A": Role.AGENT}


def chats():
    """Return the chats: what happens in each, and the ledger it leaves."""
    written = Path(__file__).with_name("ledger_chats.txt").read_text("utf-8")
    for block in written.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            said = [line for line in lines if not line.startswith("=")]
            yield said, [line[2:] for line in lines if line.startswith("= ")]


CHATS = list(chats())


def played(said):
    """Return the conversation after all that happens in a chat."""
    conversation = Conversation(id="c")
    for number, line in enumerate(said):
        who, minute, *words = line.split(" ", 2)
        at = START + timedelta(minutes=int(minute))
        event = Tick(at=at)
        if words:
            event = Turn(id=f"t{number}", role=SPEAKERS[who], text=words[0], at=at)
        conversation = step(conversation, event, GUIDANCE)
    return conversation


def test_there_are_enough_chats():
    """At least 50 chats are played, each another one."""
    assert len(CHATS) >= 50
    assert len({tuple(said) for said, _ in CHATS}) == len(CHATS)


@pytest.mark.parametrize(("said", "expected"), CHATS, ids=[" / ".join(c[0])[:80] for c in CHATS])
def test_a_chat_leaves_its_ledger(said, expected):
    """Promises are kept, overdue, contradicted or dropped by what is said later alone."""
    ledger = [f"{e.kind} {e.owner} {e.state}: {e.what}" for e in played(said).ledger]
    assert ledger == ([] if expected == ["none"] else expected)
