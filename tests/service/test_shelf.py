"""Bytes on a shelf of a fixed size."""

import pytest

from assist.service.shelf import Shelf

PAGE = 4096


def filled(shelf):
    return sum(byte != 0 for byte in bytes(shelf._memory))


@pytest.mark.parametrize("length", [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE])
def test_what_lies_there_is_given_once_as_it_was(length):
    """Of any length; beside it lies what another put there."""
    shelf = Shelf(8 * PAGE)
    content, other = bytes(range(1, 250)) * 60, b"other" * 900
    shelf.put("a", content[:length])
    shelf.put("b", other)
    assert shelf.take("a") == content[:length]
    assert shelf.take("a") is None
    assert shelf.take("b") == other
    assert len(shelf) == 0


def test_who_lies_there_for_longest_makes_room():
    """As many as are needed; putting one again makes it the newest and takes its room once."""
    shelf = Shelf(4 * PAGE)
    for name in ("a", "b", "a", "c", "d"):
        shelf.put(name, name.encode() * PAGE)
    assert len(shelf) == 4
    shelf.put("e", b"e" * 2 * PAGE)
    assert [name for name in "abcde" if shelf.take(name)] == ["c", "d", "e"]


def test_what_is_larger_than_all_room_is_not_kept():
    """Nor what was there of that name; the others stay."""
    shelf = Shelf(2 * PAGE)
    shelf.put("a", b"a")
    shelf.put("b", b"b")
    shelf.put("a", b"a" * (2 * PAGE + 1))
    assert shelf.take("a") is None
    assert shelf.take("b") == b"b"


def test_what_is_taken_away_is_overwritten():
    """Taken, cleared by name, or all of it: no byte is left, and all room is there again."""
    shelf = Shelf(8 * PAGE)
    for name in ("a", "b", "c"):
        shelf.put(name, b"x" * (PAGE + 1))
    shelf.take("a")
    shelf.clear(("b", "unknown"))
    assert filled(shelf) == PAGE + 1
    shelf.clear()
    assert filled(shelf) == 0
    shelf.put("d", b"y" * 8 * PAGE)
    assert shelf.take("d") == b"y" * 8 * PAGE


def test_a_thousand_come_and_go_in_the_same_memory():
    """Nothing is lost of who fits, whatever the order of lengths."""
    shelf = Shelf(64 * PAGE)
    for number in range(1000):
        shelf.put(str(number), bytes([number % 255 + 1]) * (number * 37 % (5 * PAGE)))
    last = [shelf.take(str(number)) for number in range(990, 1000)]
    assert [len(one) for one in last] == [number * 37 % (5 * PAGE) for number in range(990, 1000)]
