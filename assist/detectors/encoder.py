"""The encoder: the first layers of a small language model, read on one thread.

The law: the same text after the same turn gives the same numbers; what the numbers rest on is told
by leaving words out. Only what customers say is read, after what was said to them. Where the
runtime or the weights are missing there is no encoder, and everything else goes on without it.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from assist.core.signals import NOTHING, Detector, Evidence, Findings, Signal
from assist.core.text import Span, words
from assist.core.turns import Draft, Role, Turn
from assist.detectors.linear import feeling
from assist.detectors.shipped import check, manifest
from assist.detectors.wordpiece import WordPiece

__all__ = ["Encoder", "load"]

SOURCE = "encoder"
CURE = "install the package again"
_READ = 600
_PARTS = 3
_CLEAR = 0.5
_ANSWERED = frozenset((Role.AGENT, Role.BOT))


class Encoder:
    """The graph and its tokenizer; `heads` are the names of the outputs."""

    def __init__(self, folder: Path) -> None:
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - may be absent

        said = manifest(folder / "manifest.json")
        check(folder, said["files"], CURE)
        self.heads: tuple[str, ...] = tuple(said["heads"])
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._cutter = WordPiece(folder / "vocab.txt", said["longest"], said["own"])

    def logits(self, asked: Sequence[tuple[str, str]]) -> Any:
        """Return log-odds of shape (texts, heads) for turns with what went before each."""
        found = [self._cutter.cut(text, before) for text, before in asked]
        shape = len(found), max(len(one.ids) for one in found)
        ids, mask, kinds = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        for number, one in enumerate(found):
            size = len(one.ids)
            ids[number, :size], mask[number, :size], kinds[number, :size] = one.ids, 1, one.kinds
        return self._session.run(["logits"], {"ids": ids, "mask": mask, "kinds": kinds})[0]


@cache
def load(folder: Path) -> Detector | None:
    """Return the detector, None where weights or runtime are missing."""
    if find_spec("onnxruntime") is None or not (folder / "manifest.json").is_file():
        return None
    model = Encoder(folder)

    def encoder(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        if not isinstance(subject, Turn) or subject.role is not Role.CUSTOMER:
            return NOTHING
        if not subject.text.strip():
            return NOTHING
        return _read(model, subject, _before(earlier))

    return encoder


def _before(earlier: Sequence[Turn]) -> str:
    """Return what was last said to the customer, if that is the last thing said."""
    shown = next((turn for turn in reversed(earlier) if not turn.private), None)
    return shown.text[:_READ] if shown is not None and shown.role in _ANSWERED else ""


def _read(model: Encoder, turn: Turn, before: str) -> Findings:
    text = turn.text[:_READ]
    score = _feeling(model, text, before)
    evidence: tuple[Evidence, ...] = ()
    if abs(score) >= _CLEAR:
        evidence = tuple(
            Evidence(turn=turn.id, span=span, cue="valence.encoder", source=SOURCE)
            for span in _rests_on(model, text, score)
        )
    reason = "reads as unhappy" if score < 0 else "reads as content"
    signal = Signal(name="valence.encoder", score=score, evidence=evidence, reason=reason)
    return Findings(signals=(signal,))


def _feeling(model: Encoder, text: str, before: str) -> float:
    """Return the score of a turn: the mean of how it reads by itself and as an answer."""
    asked = [(text, ""), (text, before)] if before else [(text, "")]
    scores = _scores(model, asked)
    return round(sum(scores) / len(scores), 4)


def _scores(model: Encoder, asked: Sequence[tuple[str, str]]) -> list[float]:
    names = ("neg", "neu", "pos")
    places = [model.heads.index(name) for name in names]
    return [feeling(*(float(row[place]) for place in places)) for row in model.logits(asked)]


def _rests_on(model: Encoder, text: str, score: float) -> list[Span]:
    """Return the part of the text without which the score falls most, by leaving each out."""
    said = words(text)
    size = max(1, -(-len(said) // _PARTS))
    parts = [
        Span(said[at].span.start, said[min(at + size, len(said)) - 1].span.end)
        for at in range(0, len(said), size)
    ]
    if len(parts) < 2:
        return parts
    left = [(text[: part.start] + text[part.end :], "") for part in parts]
    falls = [(score - other) * (1 if score > 0 else -1) for other in _scores(model, left)]
    return [parts[max(range(len(parts)), key=falls.__getitem__)]] if max(falls) > 0 else []
