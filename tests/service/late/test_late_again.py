"""What was told late is told the same again: after a restart, a kill, on a second node."""

import asyncio
import sys
from pathlib import Path

from assist.service.effect import Manner

sys.path.insert(0, str(Path(__file__).parent))
from telling import AT, FULL, everything, of, stored


async def test_after_a_restart_the_same_is_told_at_the_same_places(
    make_service, told_late, sqlite, said
):
    """Folded again, both readings come in their order, and whoever saw the first gets the rest."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        start = await agent.ask(type="subscribe", conversation="c")
        part, full = await told_late(platform, agent)
        await platform.ask(**said("and this!", turn="t2"))
        after = await agent.take(3)
    for _ in range(2):
        async with make_service(store=sqlite) as desk:
            told = await everything(desk, start["position"], 8)
            assert told == (True, part + full + after)
            assert await everything(desk, part[0]["position"], 7) == (True, full + after)
            assert await everything(desk, full[1]["position"], 5) == (True, full[2:] + after)


async def test_a_second_node_tells_it_the_same(make_service, told_late, sqlite, said):
    """Another service of that log takes over what was noted, also while it runs."""
    async with (
        make_service(store=sqlite) as one,
        make_service(store=sqlite) as two,
        one.talk("platform") as platform,
        one.talk("agent") as agent,
        two.talk("platform") as other,
        two.talk("agent") as watching,
    ):
        await watching.ask(type="subscribe", conversation="c")
        await agent.ask(type="subscribe", conversation="c")
        part, full = await told_late(platform, agent)
        await other.ask(**said("and this", turn="t2"))
        assert await watching.take(5) == part + full
        assert of([await watching.get()]) == [("reading", 6, "fake@1")]


async def test_a_kill_between_writing_and_telling_loses_nothing(
    make_service, hangs, poison, sqlite, monkeypatch
):
    """What was written is told after the next start, to whoever had seen what came before."""
    written = asyncio.Event()
    async with make_service(store=sqlite, drain_s=0) as desk:
        log = desk.service.hub.parts.log
        append = log.append

        async def stopped(conversation, expected, name, payload, **more):
            outcome = await append(conversation, expected, name, payload, **more)
            if name.startswith("read-in-full"):
                written.set()
                await asyncio.Event().wait()
            return outcome

        monkeypatch.setattr(log, "append", stopped)
        async with desk.talk("platform") as platform, desk.talk("agent") as agent:
            await agent.ask(type="subscribe", conversation="c")
            part = await hangs(platform, agent)
            poison.set()
            await written.wait()
            assert await agent.silent()
    async with make_service(store=sqlite) as desk:
        recovered, full = await everything(desk, part[0]["position"], 4)
        assert (recovered, of(full)) == (True, FULL)


async def test_where_it_cannot_be_read_in_full_again_the_epoch_is_another(
    make_service, told_late, sqlite, line, passing
):
    """It is given ample time; then the chat goes on without, and says what is not recovered."""
    short = {"store": sqlite, "analysis_budget_s": 1, "analysis_grace_s": 1}
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        await agent.ask(type="subscribe", conversation="c")
        part, full = await told_late(platform, agent)
        await platform.ask(type="close", conversation="c", at=AT)
        (summary,) = await agent.take(1)
    seen = []
    for overruns in (True, False):  # the second time it is noted, and nothing is waited for
        line.poison.clear()
        async with make_service(**short) as desk, desk.talk("agent") as agent:
            before = desk.clock.now
            asked = asyncio.ensure_future(agent.ask(type="subscribe", conversation="c"))
            await passing(asked.done, 12 if overruns else 0)
            assert (desk.clock.now - before >= 8) is overruns
            state = await asked
            assert state["position"]["epoch"] != summary["position"]["epoch"]
            assert (state["position"]["offset"], state["escalation"]["level"]) == (2, "calm")
            for place, told in ((part[0], True), (full[0], False), (summary, False)):
                async with desk.talk("agent") as back:
                    again = await back.ask(
                        type="subscribe", conversation="c", after=place["position"]
                    )
                    assert again["recovered"] is told
                    missed = await back.take(1) if told else []
                    seen.append((again["position"], missed))
            assert [manner for _, manner in await stored(desk)] == [
                Manner.PLAIN, Manner.NONE, Manner.WHOLE,
            ]  # fmt: skip
        line.poison.set()
    assert seen[:3] == seen[3:]
    assert [event["type"] for _, missed in seen[:3] for event in missed] == ["summary"]
