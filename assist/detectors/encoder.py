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

from assist.core.signals import HELP, HELPS, LIKE, NOTHING, Detector, Evidence, Findings, Signal
from assist.core.text import Span, words
from assist.core.turns import Draft, Role, Turn
from assist.detectors.linear import feeling
from assist.detectors.shipped import check, manifest
from assist.detectors.wordpiece import WordPiece

__all__ = ["Encoder", "felt", "load", "load_encoder", "rests_on"]

SOURCE = "encoder"
CURE = "install the package again"
VALENCE = "valence.encoder"
_FEELINGS = "neg", "neu", "pos"
_REASONS = "reads as unhappy", "reads as content"
_READ = 600
_PARTS = 3
_CLEAR, _FAINT = 0.5, 0.02
_FEW_WORDS = 4
"""In so short a turn all words are told."""
_ANSWERED = frozenset((Role.AGENT, Role.BOT))


class Encoder:
    """The graph and its tokenizer; `heads` are the names of the outputs, `told` of the signals."""

    def __init__(self, folder: Path) -> None:
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - may be absent

        said = manifest(folder / "manifest.json")
        check(folder, said["files"], CURE)
        self.heads: tuple[str, ...] = tuple(said["heads"])
        told = {f"like.{name}": name for name in LIKE} | {HELP + n: HELP + n for n in HELPS}
        named = {name: head for name, head in told.items() if head in self.heads}
        self.flags = tuple(named.values())
        self.told = (VALENCE, *named)
        places = {name: place for place, name in enumerate(self.heads)}
        self.feelings = [places[name] for name in _FEELINGS if name in places]
        self.flagged = [places[name] for name in self.flags]
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        there = {output.name for output in self._session.get_outputs()}
        self._outputs = [name for name in ("logits", "sentence") if name in there]
        self._cutter = WordPiece(folder / "vocab.txt", said["longest"], said["own"])

    def of(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return the log-odds of every head, by its name, for texts by themselves."""
        found, _ = self.logits([(text, "") for text in texts])
        return [dict(zip(self.heads, map(float, row), strict=True)) for row in found]

    def logits(self, asked: Sequence[tuple[str, str]]) -> tuple[Any, Any]:
        """Return log-odds (texts, heads) and embeddings (texts, width or 0) of turns.

        Each turn comes with what went before it.
        """
        found = [self._cutter.cut(text, before) for text, before in asked]
        shape = len(found), max(len(one.ids) for one in found)
        ids, mask, kinds = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        for number, one in enumerate(found):
            size = len(one.ids)
            ids[number, :size], mask[number, :size], kinds[number, :size] = one.ids, 1, one.kinds
        told = self._session.run(self._outputs, {"ids": ids, "mask": mask, "kinds": kinds})
        return told[0], told[1] if len(told) > 1 else np.zeros((len(asked), 0), np.float32)


@cache
def load_encoder(folder: Path) -> Encoder | None:
    """Return the encoder, None where weights or runtime are missing."""
    if find_spec("onnxruntime") is None or not (folder / "manifest.json").is_file():
        return None
    return Encoder(folder)


def load(model: Encoder | None) -> Detector | None:
    """Return the detector of how customers feel, None without an encoder."""
    if model is None:
        return None

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
    alone, told, sentence = felt(model, text, before)
    named = dict(zip(model.told, map(float, told.round(4)), strict=True))
    felt_ones = (score for name, score in named.items() if not name.startswith(HELP))
    clear = any(abs(score) >= _CLEAR for score in felt_ones)
    places = rests_on(model, text, alone) if clear else {}
    signals = [
        Signal(
            name=name,
            score=score,
            evidence=tuple(
                Evidence(turn=turn.id, span=span, cue=name, source=SOURCE)
                for span in places.get(name, ())
            ),
            reason=_REASONS[score > 0] if name == VALENCE else "",
        )
        for name, score in named.items()
        if name == VALENCE or score >= _FAINT
    ]
    return Findings(signals=tuple(signals), embedding=sentence.astype("<f2").tobytes())


def felt(model: Encoder, text: str, before: str) -> tuple[Any, Any, Any]:
    """Return the scores of `model.told` for a text alone, and their mean with what went before.

    The third is the embedding, the mean of both as well.
    """
    alone, sentence = _read_all(model, [(text, "")])
    if not before:
        return alone[0], alone[0], sentence[0]
    # Each by itself: side by side, the shorter would cost as much as the longer.
    after, coloured = _read_all(model, [(text, before)])
    return alone[0], (alone[0] + after[0]) / 2, (sentence[0] + coloured[0]) / 2


def _scores(model: Encoder, asked: Sequence[tuple[str, str]]) -> Any:
    """Return of shape (texts, signals) how happy each reads, −1..1, and each flag, 0..1."""
    return _read_all(model, asked)[0]


def _read_all(model: Encoder, asked: Sequence[tuple[str, str]]) -> tuple[Any, Any]:
    """Return the scores of texts, as above, and their embeddings."""
    found, sentences = model.logits(asked)
    feelings = [feeling(*row) for row in found[:, model.feelings].tolist()]
    flags = 1 / (1 + np.exp(-found[:, model.flagged].astype(np.float64)))
    return np.column_stack([feelings, flags]), sentences


def rests_on(model: Encoder, text: str, scores: Any) -> dict[str, list[Span]]:
    """Return, by signal, the part of the text without which it falls most, by leaving each out.

    Where no part carries it alone, or there are few words, all of them do.
    """
    said = words(text)
    if said and len(said) <= _FEW_WORDS:
        all_of_them = Span(said[0].span.start, said[-1].span.end)
        return {name: [all_of_them] for name in model.told}
    size = max(1, -(-len(said) // _PARTS))
    parts = [
        Span(said[at].span.start, said[min(at + size, len(said)) - 1].span.end)
        for at in range(0, len(said), size)
    ]
    if len(parts) < 2:
        return dict.fromkeys(model.told, parts)
    whole = [Span(parts[0].start, parts[-1].end)]
    left = [(text[: part.start] + text[part.end :], "") for part in parts]
    falls = (scores - _scores(model, left)) * np.where(scores > 0, 1, -1)
    return {
        name: [parts[int(falls[:, column].argmax())]] if falls[:, column].max() > 0 else whole
        for column, name in enumerate(model.told)
    }
