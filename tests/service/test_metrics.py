"""What is counted, over a real service."""

import httpx

from assist.service.metrics import STAGES


async def test_what_happened_is_counted(desk, said):
    """Turns, events, suggestions, errors, connections and seconds are there, by closed names."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c-MARKER")
        await platform.ask(**said("late! MARKER", turn="t1", conversation="c-MARKER"))
        await agent.take(4)
        await agent.socket.send("rubbish")
        await agent.get()
        async with httpx.AsyncClient(timeout=60) as client:
            text = (await client.get(f"{desk.service.http_url}metrics")).text
    for line in (
        'assist_turns_total{role="customer"} 1.0',
        'assist_events_total{type="escalation"} 1.0',
        'assist_suggestions_total{technique="breathe"} 1.0',
        'assist_errors_total{code="message.not-json"} 1.0',
        'assist_connections{role="agent"} 1.0',
        'assist_connections{role="platform"} 1.0',
        'assist_escalations_total{level="high"} 1.0',
        'assist_alerts_total{level="high"} 1.0',
        *(f'assist_stage_seconds_count{{stage="{stage}"}}' for stage in STAGES),
        'assist_stage_seconds_count{stage="store"} 1.0',
        'assist_stage_seconds_count{stage="analyse"} 1.0',
        "assist_turn_seconds_count 1.0",
        'assist_queued{queue="analysis"} 0.0',
        'assist_levels{level="high"} 1.0',
        'assist_degraded{part="models"} 1.0',
        "assist_sockets 2.0",
        "assist_abandoned 0.0",
        "process_resident_memory_bytes",
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


async def test_what_agents_say_of_suggestions_is_counted_by_technique(desk, said):
    """Shown and used are counted for a card that stands; a made-up one counts nowhere."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await platform.ask(**said("late!", turn="t1"))
        for card, action in (("calm:t1", "shown"), ("calm:t1", "inserted"), ("MARKER", "shown")):
            await agent.ask(
                type="feedback",
                conversation="c",
                suggestion=card,
                action=action,
                at="2026-03-02T10:00:02Z",
            )
    text = desk.service.metrics.exposition().decode()
    for action in ("shown", "inserted"):
        assert f'assist_feedback_total{{action="{action}",technique="breathe"}} 1.0' in text
    assert "MARKER" not in text


async def test_every_stage_takes_part_of_a_turn(desk, said):
    """No stage is left out of a turn's way: each was measured once or more."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("late!", turn="t1"))
        await agent.take(4)
        for stage in STAGES:
            assert desk.service.metrics.registry.get_sample_value(
                "assist_stage_seconds_count", {"stage": stage}
            ), stage
