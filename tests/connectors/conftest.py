"""What the connectors' tests share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from ways import Way


@pytest.fixture
async def way():
    """The generic door."""
    made = Way()
    yield made
    await made.pump.stop()
    await made.journal.close()
