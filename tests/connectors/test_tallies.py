"""What doors count is told to whoever collects metrics."""

from collections import Counter

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from assist.cli.serve import _doors
from assist.connectors.tallies import Tallies
from assist.errors import UsageError
from assist.settings import Settings


def test_counts_are_told_as_they_stand():
    """Each word of each platform, and how much waits."""
    registry, counts = CollectorRegistry(), Counter()
    registry.register(Tallies({"generic": counts}, Counter(delivered=2), lambda: 3))
    counts["delivery.taken"] += 5
    told = generate_latest(registry).decode()
    assert 'assist_deliveries_total{platform="generic",what="delivery.taken"} 5.0' in told
    assert 'assist_passed_on_total{what="delivered"} 2.0' in told
    assert "assist_deliveries_waiting 3.0" in told


async def test_the_service_opens_the_doors_it_is_told_to(monkeypatch, tmp_path):
    """`assist serve --connect generic` has the door, and its counts among the metrics."""
    import importlib.util
    from pathlib import Path

    from assist.service.server import Service

    place = Path(__file__).parents[1] / "service" / "conftest.py"
    spec = importlib.util.spec_from_file_location("service_conftest", place)
    service_conftest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(service_conftest)
    monkeypatch.setenv("ASSIST_CONNECT_GENERIC_SECRET", "a-secret-of-the-tests")
    settings = Settings(port=0, http_port=0, store="memory:", connect="generic,tiledesk")
    with pytest.raises(UsageError, match="ASSIST_CONNECT_TILEDESK_SECRET_FILE"):
        _doors(settings)
    settings = Settings(port=0, http_port=0, store="memory:", connect="generic")
    attach = _doors(settings)
    async with (
        Service(settings, service_conftest.FakeLine(), attach=attach) as service,
        httpx.AsyncClient(base_url=service.http_url, timeout=60) as http,
    ):
        refused = await http.post("in/generic", json={})
        assert refused.headers["x-assist-refused"] == "signature.missing"
        assert 'what="signature.missing"} 1.0' in (await http.get("metrics")).text
        assert (await http.post("in/chatwoot", json={})).status_code == 404
    assert _doors(Settings(connect="")) is None
