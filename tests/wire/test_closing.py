"""Close codes say whether to come back."""

import pytest

from assist.wire.closing import Closing, comes_back


def test_every_code_has_its_sentence():
    """Each says what happened or what to do, short enough for a close frame."""
    for closing in Closing:
        assert closing.sentence.endswith(".")
        assert len(closing.sentence.encode()) <= 123


def test_forty_hundreds_come_back_and_forty_one_hundreds_do_not():
    """The range alone decides, for codes of later versions too."""
    assert all(comes_back(code) for code in range(4000, 4100))
    assert not any(comes_back(code) for code in range(4100, 4200))
    assert comes_back(Closing.RESTART)
    assert not comes_back(Closing.BAD_TOKEN)


@pytest.mark.parametrize(
    ("code", "back"),
    [(None, True), (1006, True), (1012, True), (1000, False), (1003, False), (1009, False)],
)
def test_codes_of_the_standard_are_judged_too(code, back):
    """A lost line is tried again; a wrong use of the socket is not."""
    assert comes_back(code) is back
