"""Everybody comes back at once."""

from assist.torture.storm import storm


async def test_all_who_come_back_are_told_what_they_missed(nursery, short, figure):
    """Each with a token of its own, each twenty events, in order."""
    outcome = await storm(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "resumed") == figure(outcome, "agents") == 24
