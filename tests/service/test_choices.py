"""What agents chose: stored, merged, forgotten where they want that, and nobody else's business."""

import asyncio

import pytest

from assist.core.conversation import Conversation
from assist.core.feedback import Tally
from assist.core.turns import Chosen
from assist.service.choices import AGENTS, Choice, Choices, news_for
from assist.service.store_memory import MemoryLog

PLAIN = Tally(technique="thank", own=12, away=4)


@pytest.fixture
def log():
    return MemoryLog()


async def test_by_default_nothing_is_chosen(log):
    """An agent nobody heard of mutes nothing and gets no fewer prompts."""
    assert await Choices(log).of("kim") == Choice(agent="kim")
    assert await log.read(AGENTS) == ()


async def test_a_choice_outlives_the_process(log):
    """What was chosen is in the log; what is not named stays; the same again is not stored."""
    choices = Choices(log)
    await choices.prefer("kim", muted=("thank", "rapport", "thank"))
    told = await choices.prefer("kim", fewer=True)
    assert (told.muted, told.fewer) == (("rapport", "thank"), True)
    assert await choices.prefer("kim", fewer=True, muted=("rapport", "thank")) == told
    assert await choices.prefer("kim") == told
    assert len(await log.read(AGENTS)) == 2
    assert await Choices(log).of("kim") == told
    assert await Choices(log).of("lee") == Choice(agent="lee")


async def test_only_who_asked_for_fewer_is_counted(log):
    """Nothing is counted before the choice, each conversation once, and all is forgotten after."""
    choices = Choices(log)
    await choices.learn("kim", "a", (PLAIN,))
    await choices.prefer("kim", fewer=True)
    assert (await choices.of("kim")).tallies == ()
    for name in ("b", "b", "c"):
        await choices.learn("kim", name, (PLAIN,))
    await choices.learn("kim", "d", ())
    told = await choices.of("kim")
    assert told.tallies == (Tally(technique="thank", own=24, away=8),)
    assert told.resting == told.tallies
    assert told.chosen == Chosen(agent="kim", resting=("thank",))
    assert await Choices(log).of("kim") == told
    await choices.prefer("kim", fewer=False)
    assert (await choices.of("kim")).tallies == ()
    await choices.prefer("kim", fewer=True)
    assert (await choices.of("kim")).tallies == ()


async def test_two_nodes_write_one_log(log):
    """Where another node wrote meanwhile, both choices are kept."""
    here, there = Choices(log), Choices(log)
    await here.of("kim")
    await there.prefer("lee", muted=("thank",))
    await here.prefer("kim", fewer=True)
    await there.learn("lee", "a", (PLAIN,))
    await here.learn("kim", "a2", (PLAIN,))
    await there.prefer("kim", muted=("calm",))
    last = await Choices(log).of("kim")
    assert (last.muted, last.fewer, last.tallies) == (("calm",), True, (PLAIN,))
    assert (await Choices(log).of("lee")).muted == ("thank",)


async def test_what_was_counted_meanwhile_is_not_counted_for_who_stopped(log):
    """A count that comes after the agent wanted no more of it is left out."""
    here, there = Choices(log), Choices(log)
    await here.prefer("kim", fewer=True)
    await there.of("kim")
    await here.prefer("kim", fewer=False)
    await there.learn("kim", "a", (PLAIN,))
    assert (await Choices(log).of("kim")).tallies == ()


def test_a_conversation_is_told_only_what_is_news():
    """Nothing for who chose nothing; a new agent's choice, or a changed one, once."""
    chosen = Choice(agent="kim", muted=("thank",))
    fresh = Conversation(id="c", agent="kim")
    assert news_for(fresh, Choice(agent="kim")) is None
    news = news_for(fresh, chosen)
    assert (news.conversation, news.agent, news.muted) == ("c", "kim", ("thank",))
    told = Conversation(id="c", agent="kim", chosen=chosen.chosen)
    assert news_for(told, chosen) is None
    assert news_for(told, Choice(agent="kim")).muted == ()
    assert news_for(told, Choice(agent="lee")) is None


async def test_two_who_ask_at_once_are_told_the_same(log):
    """Whoever asks while the log is being read waits for it, too."""
    await Choices(log).prefer("kim", muted=("thank",))
    read, reading = log.read, asyncio.Event()

    async def slow(*asked):
        await reading.wait()
        return await read(*asked)

    log.read = slow
    choices = Choices(log)
    both = asyncio.gather(choices.of("kim"), choices.of("kim"))
    await asyncio.sleep(0)
    reading.set()
    assert [choice.muted for choice in await both] == [("thank",)] * 2
