"""Forty patterns that are known to run away, written into rules.

The law: a rule that could hold up a desk is refused where it stands (file, line, column) or matched
in no time, whatever text comes.
"""

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import thread_time

from assist.core.turns import Role, Turn
from assist.detectors.phrases import Phrases
from assist.detectors.phrases import load as load_phrases
from assist.errors import PackError
from assist.packs.load import load_pack, patterns_of
from assist.torture.outcome import Outcome, Scale
from assist.torture.peers import START
from assist.torture.victim import Nursery

__all__ = ["GOAL", "RUNAWAY", "patterns"]

GOAL = "40 patterns known to run away, on 8 KB texts: each < 5 ms or refused at load"
_MS = 5.0
_OCTETS = 8192
_ROUNDS = 5

RUNAWAY: Sequence[tuple[str, str]] = (
    (r"(a+)+$", "a"),
    (r"([a-zA-Z]+)*$", "a"),
    (r"(a|aa)+$", "a"),
    (r"(a|a?)+$", "a"),
    (r"(.*a){11}$", "a"),
    (r"(.*a){20}", "a"),
    (r"^(\d+)*$", "1"),
    (r"(x+x+)+y", "x"),
    (r"(\w+\s?)*$", "aaaa "),
    (r"^(([a-z])+.)+[A-Z]([a-z])+$", "a"),
    (r"(a*)*b", "a"),
    (r"(a+)*b", "a"),
    (r"(a*)+b", "a"),
    (r"((a+)+)+b", "a"),
    (r"(a|b|ab)*c", "ab"),
    (r"(?:a|a)*b", "a"),
    (r"(\s+)*x", " "),
    (r"\s+$", " "),
    (r"^\s+|\s+$", " "),
    (r"(.+)+\1", "ab"),
    (r"(.*)(.*)(.*)(.*)[z]", "a"),
    (r".*.*=.*", "x"),
    (r"a*a*a*a*a*b", "a"),
    (r"(?=(a+))a*b\1", "a"),
    (r"(a+)+@(a+)+\.com", "a"),
    (r"^([a-zA-Z0-9._-]+)+@", "a."),
    (r"(https?://)?([\w.-]+)+/?$", "www."),
    (r"<(\w+)(\s+\w+=\w+)*\s*>", "<a b=c "),
    (r"\"([^\"\\]|\\.)*\"", '"\\'),
    (r"/\*(.|\n)*\*/", "/*a"),
    (r"(,?\d+)*;", "1,"),
    (r"^(-?\d+,?)+$", "1,"),
    (r"(a{1,32}){1,32}b", "a"),
    (r"(a{0,50}){50}b", "a"),
    (r"((ab)*)*c", "ab"),
    (r"(?:.{1,2}){1,99}z", "a"),
    (r"(ha|haha|hahaha)+!", "ha"),
    (r"([^@]+)*@", "a"),
    (r"(\d{1,3}\.?)+x", "1."),
    (r"(foo|fo|f)(o|oo)*bar", "foo"),
)
"""Each with what its attack is made of."""

_OWN_WORST: Sequence[tuple[str, str, str]] = (
    ("phrases", "{|a}" * 12 + "b", "a"),
    ("phrases", " ".join(["{a|b|c|d|e}"] * 12), "a b c d e "),
    ("phrases", " ".join(["{|we} {|we}"] * 6) + " we stop", "we "),
    ("tokens", "we * * * * * * * * stop", "we "),
    ("tokens", "we we? we? we? we? we? we? we? we? stop", "we "),
    ("tokens", "we|ew # * # * # * stop", "we 1 "),
    ("tokens", "one * one * one * one * one * two", "one "),
)
"""The worst that the rules' own little language can say."""

_RULE = """\
summary: A pattern that may run away.
technique: emotion
watches: customer-turn
reads: emotion.anger
reason: is a torture
when:
  {kind}: [{pattern}]
why: Nobody should wait for it.
source: S1
flags: ["a", "b", "c"]
allows: ["d", "e", "f"]
"""
_MANIFEST = "name: torture\nversion: '1'\nlicence: Apache-2.0\n"
_PLACE = re.compile(r"torture\.yaml:\d+:\d+: ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """What became of one pattern: refused at load, or how many milliseconds it took.

    `ms` on a text that makes such patterns run away, `dense_ms` where it stands all over the text.
    """

    refused: bool = False
    nowhere: bool = False
    ms: float = 0.0
    dense_ms: float = 0.0


async def patterns(_nursery: Nursery, scale: Scale) -> Outcome:
    """Write each into a rule, as a phrase and as a token pattern, and have it read an attack."""
    cases = [(kind, text, attack) for text, attack in RUNAWAY for kind in ("phrases", "tokens")]
    rounds = scale.of(_ROUNDS, 1)
    with tempfile.TemporaryDirectory() as folder:
        places = (Path(folder) / str(number) for number in count())
        tried = [_tried(next(places), *case, rounds) for case in cases]
        own = [_tried(next(places), *case, rounds) for case in _OWN_WORST]
    late = [
        f"{kind} {written}: {one.ms:.1f} ms"
        for (kind, written, _), one in zip(cases, tried, strict=True)
        if one.ms >= _MS
    ]
    unnamed = sum(one.nowhere for one in (*tried, *own))
    return Outcome(
        figures=(
            ("patterns known to run away", len(RUNAWAY)),
            ("tried, as phrase and as tokens", len(tried)),
            ("refused at load", sum(one.refused for one in tried)),
            ("refused without a place", unnamed),
            ("longest ms", round(max(one.ms for one in tried), 2)),
            ("longest ms, standing all over the text", round(max(o.dense_ms for o in tried), 2)),
            ("longest ms of the worst that rules can say", round(max(o.ms for o in own), 2)),
            ("too slow", "; ".join(late) or "none"),
        ),
        reached=not late and not unnamed,
        broken=tuple(late) if any(one.ms > 100 * _MS for one in (*tried, *own)) else (),
    )


def _tried(folder: Path, kind: str, written: str, attack: str, rounds: int) -> _Tried:
    """Return what becomes of a pattern that is written into a rule."""
    pack = folder / "torture"
    (pack / "emotion").mkdir(parents=True)
    (pack / "pack.yaml").write_text(_MANIFEST, "utf-8")
    rule = _RULE.format(kind=kind, pattern=json.dumps(written))
    (pack / "emotion" / "torture.yaml").write_text(rule, "utf-8")
    try:
        loaded = load_pack(pack)
    except PackError as refused:
        return _Tried(refused=True, nowhere=_PLACE.search(str(refused)) is None)
    detector = load_phrases(patterns_of(loaded.pack.rules))
    return _Tried(
        ms=_longest(detector, _long(attack), rounds),
        dense_ms=_longest(detector, _long(written), rounds),
    )


def _long(attack: str) -> str:
    return (attack * _OCTETS)[: _OCTETS - 1] + "!"


def _longest(detector: Phrases, text: str, rounds: int) -> float:
    """Return the milliseconds that reading takes: the least of some rounds, as others work too."""
    turn = Turn(id="t", role=Role.CUSTOMER, text=text, at=START)
    taken = []
    for _ in range(rounds):
        started = thread_time()
        detector(turn, ())
        taken.append((thread_time() - started) * 1000)
    return min(taken)
