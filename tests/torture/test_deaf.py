"""One who never reads."""

from assist.torture.deaf import deaf


async def test_who_never_reads_is_closed_as_slow_and_resumes(nursery, short, figure):
    """It is closed, and who comes back from its position is told the rest without a gap."""
    outcome = await deaf(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "closed as slow") == "yes"
    assert figure(outcome, "told in full afterwards") == "yes"
