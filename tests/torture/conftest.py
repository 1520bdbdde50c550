"""One nursery for all tests here, with a line that has no trained models: it loads in seconds."""

import pytest

from assist.torture.outcome import Scale
from assist.torture.victim import Nursery


@pytest.fixture(scope="session")
def nursery(tmp_path_factory):
    with Nursery(tmp_path_factory.mktemp("nursery"), bare=True) as nursery:
        yield nursery


@pytest.fixture
def short():
    return Scale(short=True)


@pytest.fixture
def figure():
    """Return a way to look up a figure by its name."""
    return lambda outcome, name: dict(outcome.figures)[name]
