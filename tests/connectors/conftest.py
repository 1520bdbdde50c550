"""What the connectors' tests share."""

import asyncio
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from ways import Way

pytest.register_assert_rewrite("contract")


@pytest.fixture
async def way():
    """The generic door."""
    made = Way()
    yield made
    await made.pump.stop()
    await made.journal.close()


@pytest.fixture
def eventually():
    """Return a way to wait until something is so."""

    async def wait(check, *, within=60.0):
        async with asyncio.timeout(within):
            while not check():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    return wait
