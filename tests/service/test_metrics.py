"""What is counted, over a real service."""

import httpx


async def test_what_happened_is_counted(desk, said):
    """Turns, events, suggestions, errors, connections and seconds are there, by closed names."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c-MARKER")
        await platform.ask(**said("late! MARKER", turn="t1", conversation="c-MARKER"))
        await agent.take(4)
        await agent.socket.send("rubbish")
        await agent.get()
        async with httpx.AsyncClient() as client:
            text = (await client.get(f"{desk.service.http_url}metrics")).text
    for line in (
        'assist_turns_total{role="customer"} 1.0',
        'assist_events_total{type="escalation"} 1.0',
        'assist_suggestions_total{technique="breathe"} 1.0',
        'assist_errors_total{code="message.not-json"} 1.0',
        'assist_connections{role="agent"} 1.0',
        'assist_connections{role="platform"} 1.0',
        "assist_append_seconds_count 1.0",
        "assist_analyse_seconds_count 1.0",
        "assist_turn_seconds_count 1.0",
        "assist_conversations 1.0",
    ):
        assert line in text, line
    assert "MARKER" not in text


async def test_connections_are_counted_down_again(desk, eventually):
    """A connection that ends is no longer counted."""
    async with desk.talk("agent"):
        pass
    await eventually(
        lambda: b'assist_connections{role="agent"} 0.0' in desk.service.metrics.exposition()
    )
