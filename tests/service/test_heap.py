"""What the C library is asked about the heap."""

import ctypes
from types import SimpleNamespace

import pytest

from assist.service import heap


def test_the_library_is_asked(monkeypatch):
    """For few arenas with large pieces apart, and to give back what is free."""
    asked = []
    library = SimpleNamespace(
        mallopt=lambda *told: asked.append(("mallopt", *told)),
        malloc_trim=lambda *told: asked.append(("malloc_trim", *told)),
    )
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    heap.settle()
    heap.give_back()
    assert asked == [("mallopt", -8, 2), ("mallopt", -3, 65536), ("malloc_trim", 0)]


@pytest.mark.parametrize("there_is", [None, OSError(), TypeError()])
def test_where_there_is_no_such_library_nothing_is_done(monkeypatch, there_is):
    """Another system's library, or none."""

    def opened(_):
        if there_is is not None:
            raise there_is
        return SimpleNamespace()

    monkeypatch.setattr(ctypes, "CDLL", opened)
    assert heap.settle() is None
    assert heap.give_back() is None


def test_this_systems_library_takes_it():
    """Asked for real it neither fails nor breaks what comes after."""
    heap.settle()
    heap.give_back()
    assert bytearray(1_000_000).count(0) == 1_000_000
