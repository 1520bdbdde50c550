"""The best test this project owns: a chat through a real socket and through replay is one chat."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import assist
from assist.line import load_line
from assist.replay.live import send
from assist.replay.play import EPOCH, play
from assist.replay.transcripts import read
from assist.service.server import Service
from assist.settings import Settings
from assist.wire.messages import encode

SAMPLES = sorted((Path(assist.__file__).parent / "samples").glob("*.jsonl"))


@pytest.fixture(scope="module")
def line():
    """Return the line with the shipped rules, loaded once."""
    return load_line()


def replayed(path, line):
    """Return the events of a sample as replay gives them, one JSON text each."""
    (transcript,) = read(path)
    return [encode(message) for step in play(transcript, line) for message in step.messages]


async def lived(path, line):
    """Return the events of a sample as an agent hears them through a real socket."""
    settings = Settings(port=0, http_port=0, store="memory:")
    heard: list[str] = []
    async with Service(settings, line) as service:
        await send(read(path), service.ws_url, speed=0, told=heard.append)
    return [with_epoch_of_replay(text) for text in heard]


def with_epoch_of_replay(text):
    """Return an event with the epoch that replay gives; all else byte for byte as it was."""
    epoch = json.loads(text)["position"]["epoch"]
    return text.replace(f'"epoch":"{epoch}"', f'"epoch":"{EPOCH}"')


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
async def test_a_sample_is_the_same_live_and_replayed(path, line):
    """Every sample gives the same events, byte for byte, live (twice) and replayed."""
    expected = replayed(path, line)
    assert len(expected) > len(read(path)[0].turns) // 2
    assert expected == await lived(path, line)
    assert expected == await lived(path, line)


def test_hash_seeds_change_nothing():
    """Two processes with different hash seeds replay all samples to the same bytes."""
    printed = [
        subprocess.run(
            [sys.executable, "-m", "assist", "replay", "--json", *map(str, SAMPLES)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    ]
    digests = {hashlib.sha256(out).hexdigest() for out in printed}
    assert len(digests) == 1
    assert printed[0].count(b"\n") > 100
