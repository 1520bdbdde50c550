"""Frames by hand."""

import asyncio

import pytest

from assist.torture.raw import BINARY, TEXT, Raw, framed


@pytest.mark.parametrize(("size", "head"), [(5, 6), (200, 8), (70_000, 14)])
def test_a_frame_has_its_length_before_its_payload(size, head):
    """The three ways to write a length, each with its mask."""
    frame = framed(TEXT, b"x" * size)
    assert (len(frame), frame[0], frame[1] & 0x80) == (head + size, 0x81, 0x80)


def test_a_frame_may_be_as_wrong_as_it_is_told_to_be():
    """Reserved bits, a missing end and a missing mask stand where the standard has them."""
    frame = framed(BINARY, b"x", last=False, reserved=4, masked=False)
    assert frame == bytes([0x42, 1]) + b"x"


@pytest.mark.parametrize(
    ("octets", "heard"),
    [
        (b"\x81\x02{}", ("message", {})),
        (b"\x88\x02\x03\xe9", ("closed", 1001)),
        (b"\x88\x00", ("closed", 1005)),
        (b"\x81", ("gone", None)),
    ],
)
async def test_what_a_server_sends_is_told_apart(octets, heard):
    """A message, a close with its code or without, and a line that ends."""
    reader = asyncio.StreamReader()
    reader.feed_data(octets)
    reader.feed_eof()
    assert await Raw(reader, None).hear() == heard
