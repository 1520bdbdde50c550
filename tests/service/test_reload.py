"""Rules and playbook come into force again when their files change."""

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache

import httpx
import pytest
from websockets.asyncio.client import connect

from assist.detectors import phrases
from assist.errors import PackError
from assist.line import load_line, renew
from assist.packs import load
from assist.service.clock import LoopClock
from assist.service.reload import Reload, Source
from assist.service.server import Service
from assist.settings import Settings

BOOK = "offers:\n- {{offer: {words}, causes: [delay]}}\n- {{offer: look, causes: [delay]}}\n"
RULE = """\
summary: A word was said.
technique: cause.delay
watches: customer-turn
when: {{phrases: [{word}]}}
reads: cause.delay
reason: "{word}"
why: Because.
source: own wording
flags: ["[[{word}]]", "so [[{word}]]", "[[{word}]] now"]
allows: [bread, butter, jam]
"""


def rules_in(folder, *, word="marzipan"):
    """Write a pack with one rule, and return its folder."""
    (folder / "cause.delay").mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(
        f"name: {folder.name}\nversion: '1'\nlicence: MIT\n", encoding="utf-8"
    )
    text = RULE.format(word=word)
    (folder / "cause.delay" / "r.yaml").write_text(text, encoding="utf-8")
    return folder


class Reading:
    """What a test reads the line from: a version, or a fault."""

    def __init__(self, line):
        self.line = line
        self.fault = None
        self.reads = 0

    def __call__(self):
        self.reads += 1
        if self.fault is not None:
            raise self.fault
        return self.line


@pytest.fixture
def watched(desk, tmp_path):
    """Return a reload of one file for the running service, and what it reads."""
    source = Reading(desk.line)
    (tmp_path / "r.yaml").write_text("a: b", encoding="utf-8")
    return Reload(desk.service.hub, Source(places=(tmp_path,), read=source)), source, tmp_path


async def looked(reload, times=3):
    marks = None
    for _ in range(times):
        marks = await reload.look(marks)


async def test_files_are_read_once_a_change(watched):
    """What is at rest is read once; only another state of the files is read again."""
    reload, source, folder = watched
    await looked(reload, 5)
    assert source.reads == 1
    (folder / "more.yaml").write_text("c: d", encoding="utf-8")
    await looked(reload, 5)
    assert source.reads == 2


async def test_a_file_that_is_still_written_is_waited_for(watched):
    """Two looks must find the files alike before they are read."""
    reload, source, folder = watched
    marks = await reload.look(None)
    (folder / "r.yaml").write_text("a: longer", encoding="utf-8")
    marks = await reload.look(marks)
    assert source.reads == 0
    await reload.look(marks)
    assert source.reads == 1


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (
            "calm/r.yaml:3:7 pack.unknown-key",
            PackError("no", file="/x/y/calm/r.yaml", line=3, column=7, code="pack.unknown-key"),
        ),
        ("ZeroDivisionError", ZeroDivisionError("secret words")),
    ],
)
async def test_what_is_broken_leaves_the_old_rules_in_force(desk, watched, capsys, told, fault):
    """A fault is logged with its place and told as degraded, until the files are mended."""
    reload, source, folder = watched
    source.fault = fault
    await looked(reload)
    parts = desk.service.hub.parts
    assert (parts.line, parts.degraded, parts.trouble) == (desk.line, {"rules"}, {"rules": told})
    said = capsys.readouterr()
    assert "rules refused" in said.out + said.err
    assert "secret words" not in said.out + said.err
    source.fault, source.line = None, replace(desk.line, version="fake@2")
    (folder / "r.yaml").write_text("a: mended", encoding="utf-8")
    await looked(reload)
    assert (parts.line.version, parts.degraded, parts.trouble) == ("fake@2", set(), {})


async def test_a_running_chat_goes_on_with_the_new_line(desk, watched, said, eventually):
    """The offsets go on in a new epoch, every event names its version, and nobody is dropped."""
    reload, source, _ = watched
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await platform.ask(**said("hot!", turn="t1"))
        state = await agent.ask(type="subscribe", conversation="c")
        assert (state["version"], state["position"]["offset"]) == ("fake@1", 4)
        source.line = replace(desk.line, version="fake@2")
        await looked(reload)
        await platform.ask(**said("hot!", turn="t2"))
        events = await agent.take(4)
        assert {event["version"] for event in events} == {"fake@2"}
        assert [event["position"]["offset"] for event in events] == [5, 6, 7, 8]
        (epoch,) = {event["position"]["epoch"] for event in events}
        assert epoch != state["position"]["epoch"]
        again = await agent.ask(type="subscribe", conversation="c", after=state["position"])
        assert again["recovered"] is True
        assert [event["position"]["offset"] for event in await agent.take(4)] == [5, 6, 7, 8]
    assert desk.service.hub.epoch != state["position"]["epoch"]


async def test_what_falls_due_is_asked_of_the_new_line(desk, watched, said, eventually):
    """A silence that only the new rules wait for is waited for from the change on."""
    reload, source, _ = watched

    class Patient(type(desk.line)):
        def due(self, conversation):
            return None

    async with desk.talk("platform") as platform:
        await platform.ask(**said("hello", turn="t1"))
        alarms = desk.service.hub.parts.alarms
        await eventually(lambda: len(alarms) == 1)
        source.line = Patient(version="patient@1")
        await looked(reload)
        await eventually(lambda: len(alarms) == 0)


@asynccontextmanager
async def serving(folder, book):
    """Run the shipped line over these files as `assist serve` does."""
    settings = Settings(port=0, http_port=0, store="memory:")
    line = shipped()
    source = Source(places=(folder, book), read=lambda: renew(line, [folder], book))
    async with Service(
        settings, renew(line, [folder], book), clock=LoopClock(), source=source
    ) as s:
        yield s


@cache
def shipped():
    """Return the line as shipped, loaded once."""
    return load_line()


class Chat:
    """A platform and an agent in one conversation."""

    def __init__(self, platform, agent):
        self.platform, self.agent, self.turns, self.events = platform, agent, 0, []

    async def say(self, text):
        """Say it as the customer, then answer as the agent, and keep all that is told of both."""
        for role, words in (("customer", text), ("agent", "ok")):
            self.turns += 1
            at = f"2026-03-02T10:{self.turns // 60:02}:{self.turns % 60:02}Z"
            turn = {"id": f"t{self.turns}", "role": role, "text": words, "at": at}
            message = {"type": "turn", "conversation": "c", "turn": turn}
            await self.platform.send(json.dumps(message))
            assert json.loads(await self.platform.recv())["type"] == "ack"
        await self.agent.send(json.dumps({"type": "summarise", "conversation": "c"}))
        while (told := json.loads(await self.agent.recv()))["type"] != "summary":
            self.events.append(told)

    def late(self):
        """Tell whether the customer's last turn was read as late, which only the own rule does."""
        return bool([event for event in self.events if event["type"] == "reading"][-1]["causes"])


async def test_live_a_changed_rule_takes_effect_by_itself(tmp_path):
    """A rule is changed, broken and mended under a chat, and nobody tells the service."""
    folder, book = rules_in(tmp_path / "own"), tmp_path / "book.yaml"
    book.write_text(BOOK.format(words="ask the depot"), encoding="utf-8")
    async with (
        serving(folder, book) as service,
        connect(service.ws_url) as platform,
        connect(service.ws_url) as agent,
    ):
        for socket, role in ((platform, "platform"), (agent, "agent")):
            await socket.send(json.dumps({"type": "hello", "protocol": 1, "role": role}))
            await socket.recv()
        await agent.send(json.dumps({"type": "subscribe", "conversation": "c"}))
        await agent.recv()
        chat = Chat(platform, agent)
        await chat.say("marzipan")
        assert chat.late()
        first = chat.events[-1]["version"]

        rules_in(folder, word="nougat")
        await _until(service, lambda told: told["version"] != first)
        await chat.say("nougat")
        assert chat.late()

        (folder / "cause.delay" / "r.yaml").write_text("sumary: x\n", encoding="utf-8")
        ready = await _until(service, lambda told: told["degraded"])
        assert ready["trouble"]["rules"].startswith("cause.delay/r.yaml:1:1 ")
        await chat.say("nougat, and again")
        assert chat.late()

        rules_in(folder, word="truffle")
        await _until(service, lambda told: not told["degraded"])
        await chat.say("truffle")
        assert chat.late()
    offsets = [event["position"]["offset"] for event in chat.events]
    assert offsets == list(range(1, len(offsets) + 1))
    assert all(event["version"] for event in chat.events)


async def _readiness(service):
    async with httpx.AsyncClient(timeout=60) as http:
        return (await http.get(f"{service.http_url}readyz")).json()


async def _until(service, check):
    """Wait until what `/readyz` tells is so, and return it."""
    async with asyncio.timeout(90):
        while not check(told := await _readiness(service)):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return told


def test_the_two_looks_that_a_change_takes_come_within_a_second(desk, tmp_path):
    """What is written just after a look has been seen twice long before; reading comes on top."""
    assert 0 < 3 * Reload(desk.service.hub, Source(places=(tmp_path,), read=shipped))._every_s < 1


def test_what_has_not_changed_is_neither_read_nor_compiled_again(tmp_path, monkeypatch):
    """Of the shipped rules nothing is done a second time; of a pack only the rule that changed."""
    line, own, done = shipped(), rules_in(tmp_path / "own"), []
    renew(line, [own])

    def counting(place, what):
        return lambda *given: done.append(place) or what(*given)

    for place, what in {
        "assist.packs.load.rule_file": load.rule_file,
        "assist.detectors.phrases.template": phrases.template,
        "assist.detectors.phrases.pieces.expression": phrases.pieces.expression,
    }.items():
        monkeypatch.setattr(place, counting(place, what))
    renew(line, [own])
    assert done == []
    rules_in(own, word="praline")  # in no other test: what was compiled once stays
    renew(line, [own])
    assert done == ["assist.packs.load.rule_file", "assist.detectors.phrases.template"]


async def test_a_broken_playbook_is_told_as_one_and_forgotten_when_mended(desk, watched):
    """Rules and playbook are told apart; only what is broken now is in trouble."""
    reload, source, folder = watched
    parts = desk.service.hub.parts
    for name, part in (("playbook.yaml", "playbook"), ("calm/r.yaml", "rules")):
        source.fault = PackError("no", file=f"/x/{name}", line=2, column=1, code="pack.invalid")
        (folder / f"{part}.yaml").write_text("a: b", encoding="utf-8")
        await looked(reload)
        assert parts.degraded == {part}
    source.fault = None
    (folder / "r.yaml").write_text("a: mended", encoding="utf-8")
    await looked(reload)
    assert (parts.degraded, parts.trouble) == (set(), {})
