"""Readers and rows that need no model and no data."""

import gzip
import json

import pytest

from assist.core.signals import Reading, Sentiment, SentimentLabel, Signal
from assist.line import load_line


@pytest.fixture(scope="session")
def line():
    """Return the shipped line, loaded once."""
    return load_line()


@pytest.fixture
def written(tmp_path):
    """Return a function that writes rows as JSON lines, gzipped where the name says so."""

    def write(name, rows):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(row) + "\n" for row in rows)
        if path.suffix == ".gz":
            with gzip.open(path, "wt", encoding="utf-8") as file:
                file.write(text)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def reader():
    """Return a reader to whom bad is bad, good is good, and an idiot is abuse."""

    def read(turn, _earlier):
        score = ("good" in turn.text) * 0.8 - ("bad" in turn.text) * 0.8
        label = SentimentLabel.NEUTRAL
        if score:
            label = SentimentLabel.POSITIVE if score > 0 else SentimentLabel.NEGATIVE
        signals = (Signal(name="valence", score=score),)
        if "idiot" in turn.text:
            signals += (Signal(name="risk.abuse", score=0.9),)
        return Reading(turn=turn.id, sentiment=Sentiment(score=score, label=label), signals=signals)

    return read
