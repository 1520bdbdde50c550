"""Bad frames, a few hundred of them."""

from assist.torture.frames import KINDS, Kind, _met, bad_frames
from assist.torture.raw import TEXT, framed
from assist.torture.victim import lifted


async def test_every_bad_frame_is_met_and_nothing_stays_of_it(nursery, short, figure):
    """Twelve kinds, before and after the login: right codes, no leak, no traceback."""
    outcome = await bad_frames(nursery, short)
    assert outcome.broken == ()
    assert (figure(outcome, "frames"), figure(outcome, "wrong"), len(KINDS)) == (240, 0, 12)


async def test_a_frame_that_is_met_otherwise_is_noticed(nursery):
    """A right message is no bad frame, and a wrong code is no right answer."""
    async with nursery.service(**lifted()) as victim:
        for octets, right in ((framed(TEXT, b'{"type":"x"}'), 1002), (framed(0x3, b""), 1003)):
            assert not await _met(victim.ws, Kind(octets=octets, right=right), logged_in=True)
