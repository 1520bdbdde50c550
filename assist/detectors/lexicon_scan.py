"""Which words of a turn carry feeling, how much, and what the turn leaves open.

The law: one pass from left to right, no second look at the text. Loudness is not valence: capitals
and exclamation marks change nothing here.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from assist.detectors import lexicon_data as data
from assist.detectors import lexicon_sarcasm_data as wry
from assist.detectors.lexicon_table import Entry, Phrase, Role, Table
from assist.detectors.lexicon_tokens import Tokens

__all__ = ["Carrier", "Scan", "scan", "thankless", "weighed"]


class Carrier(NamedTuple):
    """Tokens `first` up to `last` and what they are worth."""

    first: int
    last: int
    value: float
    negated: bool = False
    thanks: bool = False


class Scan(NamedTuple):
    """What one pass over the tokens found."""

    tokens: Tokens
    carriers: list[Carrier]
    contrasts: list[int]
    ends: list[int]
    asked: list[int]
    open: bool
    requested: bool


_REACH = 5
_REACH_OF_NO = 2
_TURNED = -0.74
_FADING = (0.0, 1.0, 0.95, 0.9)
_FAR = -1000
_SENTENCE_ENDS = frozenset(".!?…\n")
_ADVERBS = frozenset(data.ADVERBS)
_MODALS = frozenset((*data.MODALS, "i'd", "id"))
_ASKED = frozenset(data.ASKED)
_OPENERS = frozenset(data.QUESTION_OPENERS)
_ANSWERED = frozenset(data.ANSWERED)
_AWAITING = frozenset(data.AWAITING)
_NO_CONTRAST = frozenset(data.NO_CONTRAST)
_THANKED_WITHIN = 6
_THANKLESS = frozenset(wry.THANKLESS)
_THANKLESS_PAIRS = tuple(tuple(words.split()) for words in wry.THANKLESS_PAIRS)
_FILLERS = frozenset(wry.THANKS_FILLERS)


def scan(tokens: Tokens, known: Table) -> Scan:
    """Return what the tokens carry."""
    reading = _Pass(tokens.keys)
    entries, past = known.entries, 0
    for at, key in enumerate(tokens.keys):
        entry = entries.get(key)
        if entry is None or at < past:
            continue
        past = reading.fixed(at, entry) if entry.phrases else 0
        if not past:
            reading.word(at, entry)
    return Scan(
        tokens=tokens,
        carriers=reading.carriers,
        contrasts=reading.contrasts,
        ends=reading.ends,
        asked=reading.asked,
        open=reading.problem > reading.resolved,
        requested=reading.requested,
    )


class _Pass:
    """The state of one pass: what is being negated, boosted or wished just now."""

    __slots__ = (
        "asked", "boosts", "carriers", "contrasts", "ends", "given", "keys", "negator", "problem",
        "requested", "resolved", "sentence", "wish",
    )  # fmt: skip

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys
        self.carriers: list[Carrier] = []
        self.contrasts: list[int] = []
        self.ends: list[int] = []
        self.asked: list[int] = []
        self.boosts: list[tuple[int, float]] = []
        self.negator = self.problem = self.resolved = _FAR
        self.sentence = 0
        self.given = self.wish = self.requested = False

    def fixed(self, at: int, entry: Entry) -> int:
        """Take the fixed item that begins here; return the place after it, or 0."""
        keys = self.keys
        second = keys[at + 1] if at + 1 < len(keys) else ""
        for phrase in entry.phrases.get(second, ()):
            past = at + 1 + len(phrase.rest)
            if tuple(keys[at + 1 : past]) == phrase.rest:
                self._phrase(at, past, phrase)
                return past
        return 0

    def word(self, at: int, entry: Entry) -> None:
        """Take one word."""
        role, denied = entry.role, self._reached(at)
        if role is Role.STOP:
            self._stop(at)
        elif role is Role.NEGATOR:
            self._negate(at, entry)
        elif role is Role.BOOSTER:
            self.boosts.append((at, entry.value))
        elif role is Role.CONTRAST:
            self._contrast(at)
        elif role is Role.GIVEN:
            self.given = True
        elif role is Role.WISH:
            self.wish = True
        elif role is Role.SIGN:
            self._sign(at, entry)
        elif entry.value:
            self._feeling(at, entry, denied=denied)
        self._standing(at, entry, denied=denied)

    def _stop(self, at: int) -> None:
        key = self.keys[at]
        self.negator, self.given, self.wish = _FAR, False, False
        self.boosts.clear()
        if key in _SENTENCE_ENDS:
            if key == "?":
                self.asked.append(at)
                self.requested |= self.keys[self.sentence] in _OPENERS
            if self.ends and self.sentence == at:
                self.ends.pop()
            self.ends.append(at)
            self.sentence = at + 1

    def _negate(self, at: int, entry: Entry) -> None:
        following = self.keys[at + 1] if at + 1 < len(self.keys) else "."
        if self.keys[at] == "no":
            if following in _SENTENCE_ENDS or following == "," or following in _ANSWERED:
                return
            self.carriers.append(Carrier(at, at + 1, entry.value))
            self.problem = at
        self.negator, self.given = at, False

    def _contrast(self, at: int) -> None:
        keys, before = self.keys, self.keys[at - 1] if at else "."
        following = keys[at + 1] if at + 1 < len(keys) else "."
        if f"{before} {keys[at]}" in _NO_CONTRAST or f"{keys[at]} {following}" in _NO_CONTRAST:
            return
        if keys[at] == "yet" and before not in {",", ".", "!", "?", "…", "\n", "and"}:
            return
        self.contrasts.append(at)
        self.negator, self.given, self.wish = _FAR, False, False
        self.boosts.clear()

    def _sign(self, at: int, entry: Entry) -> None:
        """Take an emoji or emoticon: it speaks for itself, and said again it says no more."""
        if entry.value and not (at and self.keys[at - 1] == self.keys[at]):
            self.carriers.append(Carrier(at, at + 1, entry.value))

    def _feeling(self, at: int, entry: Entry, *, denied: bool) -> None:
        value, thanks = entry.value, entry.role is Role.THANKS
        if value > 0 and self.wish and not thanks:
            return
        for place, lift in self.boosts:
            if at - place < len(_FADING):
                value += (lift if value > 0 else -lift) * _FADING[at - place]
        self.boosts.clear()
        negated = denied and not (value < 0 and self.given)
        if negated:
            value *= _TURNED
            self._spend(at)
        if value < 0:
            self.problem = at
        self.carriers.append(Carrier(at, at + 1, value, negated, thanks and not negated))

    def _spend(self, at: int) -> None:
        """End the negation at the word it turned, unless "or" carries it on; "no" adds nothing."""
        if self.carriers and self.carriers[-1].first == self.negator:
            self.carriers.pop()
        following = self.keys[at + 1] if at + 1 < len(self.keys) else "."
        self.negator, self.given = (at if following in {"or", "nor"} else _FAR), False

    def _reached(self, at: int) -> bool:
        if at - self.negator > 2 * _REACH:
            return False
        between = self.keys[self.negator + 1 : at]
        if "and" in between or "&" in between:
            return False
        reach = _REACH_OF_NO if self.keys[self.negator] == "no" else _REACH
        return sum(not (key in _ADVERBS or key.endswith("ly")) for key in between) < reach

    def _phrase(self, at: int, past: int, phrase: Phrase) -> None:
        if phrase.role is Role.NEGATOR:
            self.negator, self.given = past - 1, False
            return
        if phrase.role is Role.BOOSTER:
            self.boosts.append((past - 1, phrase.value))
            return
        if phrase.role is Role.WISH:
            self.wish = True
            return
        if phrase.value:
            self.carriers.append(Carrier(at, past, phrase.value))
            if phrase.value < 0:
                self.problem = at
        self.negator = _FAR

    def _standing(self, at: int, entry: Entry, *, denied: bool) -> None:
        """Note what is asked for, what is left open and what came right."""
        keys, before = self.keys, self.keys[at - 1] if at else "."
        if entry.request and not denied:
            self.requested = self.wish = True
        if entry.problem and not (denied and entry.role is Role.PLAIN):
            self.problem = at
        if entry.resolved:
            if denied:
                self.problem = at
            elif before not in _AWAITING:
                self.resolved = at
        if entry.role is Role.THANKS and before in {"would", "i'd", "be"}:
            self.requested = True
        if keys[at] in _MODALS and at + 1 < len(keys) and keys[at + 1] in _ASKED:
            self.requested = self.wish = True


def weighed(found: Scan) -> list[tuple[Carrier, float]]:
    """Return the carriers with their weight in the score, after contrast and closing thanks."""
    weights = [1.0] * len(found.carriers)
    firsts = [carrier.first for carrier in found.carriers]
    for low, middle, high in _contrasted(found):
        start, turn, end = (bisect_left(firsts, place) for place in (low, middle, high))
        spoken = any(not carrier.thanks for carrier in found.carriers[turn:end])
        for index in range(start, turn):
            carrier = found.carriers[index]
            mute = carrier.thanks or (not spoken and carrier.value > 0)
            weights[index] *= 0.0 if mute else 0.5
        for index in range(turn, end):
            weights[index] *= 1.5
    pairs = zip(found.carriers, weights, strict=True)
    if _thanks_meant(found):
        return [(carrier, weight) for carrier, weight in pairs if weight]
    return [(carrier, weight) for carrier, weight in pairs if weight and not carrier.thanks]


def _thanks_meant(found: Scan) -> bool:
    """Tell thanks from a formula: nothing left open, asked for, or asked after it."""
    first = next((carrier.first for carrier in found.carriers if carrier.thanks), None)
    if first is None or found.open or found.requested or thankless(found):
        return False
    return not found.asked or found.asked[-1] < first


def thankless(found: Scan) -> list[tuple[int, int]]:
    """Return where thanks are given "for nothing", "for ruining …", "for the delay"."""
    keys = found.tokens.keys
    bad = {carrier.first for carrier in found.carriers if carrier.value < 0}
    spots = []
    for carrier in found.carriers:
        ahead = keys[carrier.last : carrier.last + _THANKED_WITHIN] if carrier.thanks else []
        if "for" not in ahead:
            continue
        at = carrier.last + ahead.index("for") + 1
        while at < len(keys) and keys[at] in _FILLERS:
            at += 1
        if at < len(keys) and (at in bad or _ill_turn(keys, at)):
            spots.append((carrier.first, at + 1))
    return spots


def _ill_turn(keys: list[str], at: int) -> bool:
    return keys[at] in _THANKLESS or any(
        keys[at : at + len(pair)] == list(pair) for pair in _THANKLESS_PAIRS
    )


def _contrasted(found: Scan) -> list[tuple[int, int, int]]:
    """Return for each sentence its last contrast: from where, the turning point, to where."""
    last: dict[int, tuple[int, int, int]] = {}
    starts = [0, *(end + 1 for end in found.ends)]
    for mark in found.contrasts:
        index = bisect_right(starts, mark) - 1
        start = starts[index]
        stop = starts[index + 1] - 1 if index + 1 < len(starts) else len(found.tokens.keys)
        turned = _turned(found.tokens.keys, mark, start, stop)
        if turned is not None:
            last[start] = (starts[max(0, index - 1)] if turned[0] else start, turned[1], stop)
    return list(last.values())


def _turned(keys: list[str], mark: int, start: int, stop: int) -> tuple[bool, int] | None:
    """Tell whether the sentence before is meant, and where the clause that carries begins."""
    opening = mark == start or (mark == start + 1 and keys[start] == "and")
    if mark == stop - 1:
        return (True, start)
    if not opening:
        return (False, mark)
    if keys[mark] not in data.CONCESSIVES:
        return (True, mark)
    comma = next((at for at in range(mark, stop) if keys[at] == ","), None)
    return None if comma is None else (False, comma)
