"""What is remembered until its time has passed."""

import pytest

from assist.errors import ClientFault
from assist.service.remembered import Remembered

ONE, TWO = b"one", b"two"


def test_a_name_is_remembered_until_its_time():
    """Not a moment less; and what has passed takes no place."""
    kept = Remembered()
    kept.put(ONE, 1.0, until=100.0, now=0.0)
    kept.put(TWO, 2.0, until=50.0, now=99.9)
    assert (kept.figure(ONE), kept.figure(TWO)) == (1.0, 2.0)
    kept.put(b"other", 3.0, until=200.0, now=100.0)
    assert (kept.figure(ONE), kept.figure(TWO), len(kept)) == (None, None, 1)


def test_putting_again_puts_off_the_end():
    """The later time counts, and one place is taken."""
    kept = Remembered(most=1)
    kept.put(ONE, 1.0, until=10.0, now=0.0)
    kept.put(ONE, 5.0, until=20.0, now=0.0)
    kept.put(ONE, 6.0, until=20.0, now=15.0)
    assert (kept.figure(ONE), len(kept)) == (6.0, 1)


def test_without_a_place_it_says_so_and_forgets_nothing():
    """The refusal tells how long to wait; then there is a place."""
    kept = Remembered(most=2)
    kept.put(ONE, 1.0, until=30.0, now=0.0)
    kept.put(TWO, 1.0, until=90.0, now=0.0)
    with pytest.raises(ClientFault) as told:
        kept.put(b"three", 1.0, until=90.0, now=10.0)
    assert (told.value.code, told.value.retry, told.value.close) == ("server.overload", True, 4000)
    assert told.value.retry_after_s == 20.0
    assert kept.figure(ONE) == 1.0
    kept.put(b"three", 1.0, until=90.0, now=30.0)
    assert len(kept) == 2
