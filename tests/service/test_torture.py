"""A short run of the torture; the long one is `python tests/service/torture.py --kills 20`."""

import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
async def test_killed_three_times_nothing_acknowledged_is_lost(tmp_path):
    """0 acknowledged turns lost, 0 doubled, order kept, every event heard once and unchanged."""
    place = Path(__file__).with_name("torture.py")
    spec = importlib.util.spec_from_file_location("torture", place)
    torture = importlib.util.module_from_spec(spec)
    sys.modules["torture"] = torture
    spec.loader.exec_module(torture)
    result = await torture.torture(tmp_path, kills=3, conversations=4)
    assert result.clean, result
    assert result.resent > 0
