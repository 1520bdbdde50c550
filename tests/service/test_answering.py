"""What is answered to one asker."""

import json

import pytest

from assist.service.answering import review_of, summary_of
from assist.service.asked import Asked
from assist.service.bus import Mailbox
from assist.service.course import advanced
from assist.service.hub import Hub
from assist.service.metrics import Metrics
from assist.service.past import Past
from assist.service.store_memory import MemoryLog
from assist.wire.messages import Draft, Summarise, parse


@pytest.fixture
async def parts(line, clock):
    hub = Hub(line, MemoryLog(), clock, Metrics())
    yield hub.parts
    await hub.close()


@pytest.fixture
def past(line, said):
    past = Past("e", line.begin("c"), line.version)
    entry = parse(json.dumps(said("hot!", turn="t1")))
    past.grow("turn:t1", advanced(past.course, entry, line, "e"))
    return past


async def test_a_review_names_its_draft(parts, past):
    """It carries the revision and the question it answers, and changes nothing."""
    before = past.course
    draft = Draft(type="draft", conversation="c", revision=3, text="no", id="d")
    review = await review_of(parts, past, draft)
    assert (review.type, review.conversation, review.revision, review.re) == ("review", "c", 3, "d")
    assert past.course is before


async def test_a_summary_says_where_the_chat_stood(parts, past):
    """Its place, its last turn and the rules are those of now; an empty chat has no turn."""
    asked = Asked(
        message=Summarise(type="summarise", conversation="c", id="q"),
        mailbox=Mailbox(9),
        received=0.0,
    )
    told = await summary_of(parts, past, asked)
    assert (told.re, told.problem, told.turn, told.version) == ("q", "1 turns", "t1", "fake@1")
    assert told.position == past.position
    empty = Past("e", parts.line.begin("c"), parts.line.version)
    assert (await summary_of(parts, empty, asked)).turn is None
