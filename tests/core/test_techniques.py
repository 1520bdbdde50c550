"""The catalogue of techniques."""

import re

import pytest

from assist.core.techniques import TECHNIQUES


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_an_id_is_a_plain_name(technique):
    """An id is lower-case words joined by hyphens, after at most one family and a dot."""
    assert re.fullmatch(r"(?:[a-z]+\.)?[a-z]+(?:-[a-z]+)*", technique)


def test_every_technique_has_a_name_of_its_own():
    """No two techniques are shown under one name, and each name is short."""
    assert len(set(TECHNIQUES.values())) == len(TECHNIQUES)
    assert all(0 < len(name) <= 32 for name in TECHNIQUES.values())
