"""What a listener is told of a turn that overran, and what the log and the metrics say of it."""

from assist.service.effect import manner_of
from assist.settings import Settings

BUDGET_S = Settings().analysis_budget_s
GRACE_S = Settings().analysis_grace_s
AT = "2026-03-02T10:01:00Z"


def of(events):
    """Return type, offset and version of each."""
    return [(e["type"], e["position"]["offset"], e["version"]) for e in events]


async def stored(desk):
    """Return the ids of the stored inputs, and how each was read."""
    records = await desk.service.hub.parts.log.read("c")
    return [(record.message_id, manner_of(record.payload)) for record in records]


def fates(desk):
    """Return how many late readings had which fate."""
    lines = desk.service.metrics.exposition().decode().splitlines()
    told = (line.split() for line in lines if line.startswith("assist_late_total{"))
    return {name.split('"')[1]: float(number) for name, number in told}


async def everything(desk, position, number):
    """Return whether a listener that comes back is recovered, and the events it missed."""
    async with desk.talk("agent") as agent:
        state = await agent.ask(type="subscribe", conversation="c", after=position)
        return state["recovered"], await agent.take(number)


PLAIN = [("reading", 1, "fake@1-models")]
FULL = [
    ("reading", 2, "fake@1"), ("escalation", 3, "fake@1"),
    ("suggestion", 4, "fake@1"), ("alert", 5, "fake@1"),
]  # fmt: skip
