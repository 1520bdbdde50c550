"""Opening hours as people write them."""

import pytest

from assist.core.playbook import Opening
from assist.errors import PackError
from assist.packs.hours import openings
from assist.packs.yamlfile import Node


def told(text):
    return Node(value=text, file="p.yaml", line=4, column=9)


def opening(days, start, end):
    return Opening(days=frozenset(days), start=start * 60, end=end * 60)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ((opening(range(7), 0, 24),), "24/7"),
        ((opening(range(5), 9, 17.5),), "Mon-Fri 9:00-17:30"),
        ((opening(range(5), 9, 17), opening([5], 10, 14)), "Mon–Fri 9-17, Sat 10-14"),
        ((opening([4, 5, 6, 0], 0, 24),), "Friday - Monday 0-24"),
        ((opening([2], 8, 9),), "wed 08:00 - 09:00"),
    ],
)
def test_hours_are_read(expected, text):
    """Days, spans of days and times are read in the ways people write them."""
    assert openings(told(text)) == expected


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("write Mon-Fri 9:00-17:30", "weekdays 9 to 5"),
        ("write Mon-Fri 9:00-17:30", "Mo-Fr 9-17"),
        ("write Mon-Fri 9:00-17:30", "Mon-Xyz 9-17"),
        ("write Mon-Fri 9:00-17:30", "Mon 9-17,"),
        ("no such time of day", "Mon 9:60-17"),
        ("no such time of day", "Mon 9-17:61"),
        ("no such time of day", "Mon 9-25"),
        ("two stretches", "Fri 22-6"),
        ("two stretches", "Fri 9-9"),
    ],
)
def test_hours_that_cannot_be_read_are_refused(words, text):
    """What cannot be read is refused at its place, with what to write."""
    with pytest.raises(PackError, match=words) as caught:
        openings(told(text))
    assert str(caught.value).startswith("p.yaml:4:9: ")
    assert caught.value.code == "playbook.bad-hours"
