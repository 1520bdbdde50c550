"""A made-up desk, small enough to be fitted in a moment."""

import json
from itertools import product

import pytest

from assist.fitting import desk, shipped
from assist.line import load_line

_THINGS = ("kettle", "parcel", "router", "sofa", "ticket", "lamp", "phone", "coat", "desk", "bike")
_SAID = {
    "negative": ("the {} is broken again, please help", "awful {}, I want my money", "no {} yet??"),
    "neutral": ("what size is the {}?", "my {} is from May", "the {} goes to Leeds"),
    "positive": ("love the {}, thank you", "great, the {} came early", "the {} works, perfect"),
}


def made_up():
    """Return ninety lines, thirty of each sentiment, three to a conversation."""
    return [
        {"conversation": thing, "text": said.format(thing), "sentiment": label}
        for label, texts in _SAID.items()
        for thing, said in product(_THINGS, texts)
    ]


@pytest.fixture(scope="session")
def line():
    """Return the shipped line, loaded once."""
    return load_line()


@pytest.fixture(scope="session")
def lines(tmp_path_factory):
    """Return a file of made-up lines."""
    path = tmp_path_factory.mktemp("desk") / "my.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in made_up()), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def few():
    """Return a few of our own turns: to learn from, and kept out."""
    taught, kept = shipped.shipped_turns()
    return taught[::40], kept[::30]


@pytest.fixture(scope="session")
def made(lines, line, few):
    """Return the fit on the made-up lines, beside a few of our turns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "shipped_turns", lambda: few)
        return desk.fit(lines, lambda: line, lambda _: None)
