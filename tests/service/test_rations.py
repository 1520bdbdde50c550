"""The shares of agents, tenants and addresses."""

import pytest

from assist.errors import ClientFault
from assist.service.rations import Rations, Share

RATES = {Share.AGENT: 10, Share.TENANT: 100, Share.ADDRESS: 50}


def taken(rations, share, name, at, number):
    """Return how many of that number were had."""
    had = 0
    for _ in range(number):
        try:
            rations.take(share, name, at)
        except ClientFault:
            continue
        had += 1
    return had


@pytest.mark.parametrize("share", Share)
def test_each_share_is_exact(share):
    """At every second of a clock, so many and not one more, each name for itself."""
    rations, rate = Rations(RATES), RATES[share]
    for second in range(5):
        for name in ("one", "two"):
            assert taken(rations, share, name, 1000.0 + second, rate * 3) == rate
    assert taken(rations, share, "one", 1004.5, rate * 3) == rate / 2


def test_shares_of_one_name_are_apart():
    """An agent who is called like a tenant takes nothing of it."""
    rations = Rations(RATES)
    assert taken(rations, Share.AGENT, "x", 0.0, 99) == 10
    assert taken(rations, Share.TENANT, "x", 0.0, 999) == 100


def test_the_refusal_names_the_setting_and_the_wait():
    """It is to be sent again after just that time; the name is not told."""
    rations = Rations(RATES)
    assert taken(rations, Share.ADDRESS, "192.0.2.7", 5.0, 50) == 50
    with pytest.raises(ClientFault) as told:
        rations.take(Share.ADDRESS, "192.0.2.7", 5.0)
    assert (told.value.code, told.value.retry) == ("limit.rate", True)
    assert told.value.retry_after_s == pytest.approx(0.02)
    assert "address_messages_per_second" in told.value.message
    assert "192.0.2.7" not in told.value.message
    rations.take(Share.ADDRESS, "192.0.2.7", 5.0 + told.value.retry_after_s + 1e-9)


def test_a_missing_rate_bounds_nothing():
    """What is not set is not counted."""
    rations = Rations({})
    assert taken(rations, Share.AGENT, "x", 0.0, 1000) == 1000
    assert len(rations) == 0


def test_who_took_lately_is_not_forgotten_for_others():
    """Many new names push out those who have all saved up, not the one who has nothing left."""
    rations = Rations(RATES, most=100)
    assert taken(rations, Share.AGENT, "greedy", 1000.0, 99) == 10
    for number in range(1000):
        rations.take(Share.AGENT, f"a{number}", 500.0)  # long ago: all saved up again
        assert taken(rations, Share.AGENT, "greedy", 1000.0, 3) == 0
    assert len(rations) <= 100


def test_the_memory_is_bounded_whatever_comes():
    """With everybody greedy at once, who was silent for longest is forgotten."""
    rations = Rations(RATES, most=50)
    for number in range(500):
        assert taken(rations, Share.AGENT, f"a{number}", 1000.0, 20) == 10
        assert len(rations) <= 50
