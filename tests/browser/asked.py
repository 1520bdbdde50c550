"""What a command that takes pictures is asked for."""

from argparse import ArgumentParser
from collections.abc import Collection
from pathlib import Path


def pictures(told: str | None, states: Collection[str]) -> tuple[Path, list[str]]:
    """Return the folder to write to and the states that were named, none for all."""
    words = ArgumentParser(description=told)
    words.add_argument("out", type=Path, help="folder to write the pictures to")
    words.add_argument("states", nargs="*", help=f"which, if not all: {', '.join(states)}")
    given = words.parse_args()
    if strange := sorted(set(given.states) - set(states)):
        words.error(f"there is no state {strange[0]}: choose from {', '.join(states)}")
    return given.out, given.states
