"""The examples of the how-tos for connecting are run as they stand."""

import asyncio
import importlib.util
import re
from pathlib import Path

import pytest

from assist.connectors import generic
from assist.connectors.door import Guard
from assist.connectors.hall import Chosen, Hall
from assist.connectors.ingest import HubIngest
from assist.service.server import Service
from assist.settings import Settings

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/howto/connect.md").read_text("utf-8")
WRITE = (ROOT / "docs/howto/write-a-connector.md").read_text("utf-8")
SECRET = b"the-secret-of-the-guide"

_spec = importlib.util.spec_from_file_location(
    "service_conftest", ROOT / "tests/service/conftest.py"
)
service_conftest = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(service_conftest)


def names_in_blocks(text):
    room = {}
    for block in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        exec(compile(block, "connect.md", "exec"), room)
    return room


@pytest.fixture
async def service():
    def attach(hub):
        guard = Guard(verifier=generic.SIGNED, secret=SECRET)
        chosen = Chosen(platform=generic.PLATFORM, guard=guard)
        return Hall([chosen], HubIngest(hub, 10_000), None)

    settings = Settings(port=0, http_port=0, store="memory:")
    async with Service(settings, service_conftest.FakeLine(), attach=attach) as running:
        yield running


async def test_the_platform_and_the_agent_of_the_guide_understand_each_other(service, capsys):
    """What one says, the other sees, until the summary ends it."""
    examples = names_in_blocks(GUIDE)
    following = asyncio.create_task(examples["agent"](service.ws_url))
    async with asyncio.timeout(60):
        while not any(room.past for room in service.hub.rooms):  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # what came before the agent did, the snapshot tells
        await examples["platform"](service.ws_url)
        await following
    told = capsys.readouterr().out.splitlines()
    assert any(line.startswith("level high") for line in told)
    assert any(not line.startswith("level") for line in told), "no suggestion was shown"


async def test_the_webhook_of_the_guide_is_taken(service):
    """A signature made by hand, as the guide makes it, passes; another secret does not."""
    examples = names_in_blocks(GUIDE)
    message = examples["said"]("c1", "m1", "customer", "Where is it?", "2026-03-02T10:31:05Z")
    address = f"{service.http_url}in/generic"
    assert await asyncio.to_thread(examples["deliver"], address, SECRET, message) == 200
    with pytest.raises(OSError, match="401"):
        await asyncio.to_thread(examples["deliver"], address, b"another-secret", message)


def test_no_example_is_longer_than_twenty_lines():
    """What takes more is not a way in."""
    blocks = re.findall(r"^```(?:python|js)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    assert all(len(block.splitlines()) <= 20 for block in blocks)


def test_every_code_of_a_refusal_is_in_the_guide():
    """An integrator who meets one finds it."""
    modules = ("verifiers", "mistakes", "door")
    sources = [(ROOT / f"assist/connectors/{one}.py").read_text("utf-8") for one in modules]
    codes = set(re.findall(r'"((?:signature|payload)\.[a-z-]+)"', "\n".join(sources)))
    assert len(codes) > 12
    missing = [code for code in codes if f".{code.partition('.')[2]}`" not in GUIDE]
    assert missing == []


def test_the_mapping_in_the_how_to_is_the_file_beside_it():
    """And that file is tried with a delivery, in the tests of mapping files."""
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", WRITE, re.MULTILINE | re.DOTALL)
    kept = (ROOT / "docs/howto/livehelperchat.yaml").read_text("utf-8")
    assert kept.endswith(shown)
