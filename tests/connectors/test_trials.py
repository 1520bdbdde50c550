"""The published table is what happens."""

from pathlib import Path

import pytest

from assist.connectors.registry import platforms
from assist.connectors.trials import KINDS, page, payloads_in, trial

ROOT = Path(__file__).parents[2]
PAYLOADS = Path(__file__).parent / "payloads"
KNOWN = platforms()


async def test_the_page_of_connectors_is_current():
    """docs/reference/connectors.md is what `assist connect table` prints."""
    published = (ROOT / "docs/reference/connectors.md").read_text("utf-8")
    assert published == await page(PAYLOADS, platforms())


@pytest.mark.parametrize("name", KNOWN)
async def test_every_platform_is_proven(name):
    """What is valid is taken, and the same unsigned or signed by another is not."""
    payloads = payloads_in(PAYLOADS / name)
    outcomes = {kind: await trial(KNOWN[name], kind, payloads) for kind in KINDS}
    assert outcomes["valid"].told
    assert {outcomes["unsigned"].status, outcomes["wrongly signed"].status} == {401}
    assert outcomes["larger than 1 MiB"].status == 413
    assert outcomes["wrong content type"].status == 415
    assert outcomes["cut off"].status in {400, 401}


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("kind", ["replayed", "repeated"])
async def test_what_comes_twice_is_told_once(name, kind):
    """Whatever the platform, and whether it is the same delivery or another of the same message."""
    payloads = payloads_in(PAYLOADS / name)
    once, twice = [await trial(KNOWN[name], one, payloads) for one in ("valid", kind)]
    assert twice.told == once.told


@pytest.mark.parametrize("name", KNOWN)
async def test_nobody_but_the_customer_is_taken_for_the_customer(name):
    """Agents, bots, automations and notes are told apart; what we wrote is not told at all."""
    payloads = payloads_in(PAYLOADS / name)
    for kind in ("an agent", "private", "bot", "automation", "our own"):
        outcome = await trial(KNOWN[name], kind, payloads)
        assert outcome is None or "turn of the customer" not in outcome.told
    own = await trial(KNOWN[name], "our own", payloads)
    assert own is None or own.told == ()
