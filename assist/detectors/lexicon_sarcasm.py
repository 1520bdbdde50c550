"""Praise that may mean its opposite.

The law: a flag with its places, never a change of the score. Each reason has its own strength; the
strongest speaks, and every further one adds a little.
"""

from collections.abc import Iterator
from typing import NamedTuple

from assist.detectors import lexicon_data as data
from assist.detectors.lexicon_scan import Carrier, Scan, thankless

__all__ = ["Reason", "strength", "suspicions"]


class Reason(NamedTuple):
    """How strong a reason is, and the tokens that give it."""

    strength: float
    places: tuple[tuple[int, int], ...]


_PRAISE = frozenset(data.PRAISE)
_PRAISE_PHRASES = frozenset(tuple(words.split()) for words in data.PRAISE_PHRASES)
_STOCK = frozenset(tuple(words.split()) for words in data.STOCK_SARCASM)
_STOCK_FIRST = frozenset(words[0] for words in _STOCK)
_OPENERS = frozenset(data.OPENERS)
_WRY_OPENERS = frozenset(data.WRY_OPENERS)
_FAILURES = frozenset(data.FAILURES)
_UNITS = frozenset(data.UNITS)
_COUNTS = frozenset(data.COUNTS)
_PROMPT = frozenset(data.PROMPT)
_WRY_SIGNS = frozenset(data.WRY_SIGNS)
_STOPS = frozenset(".!?…\n,")
_SHORT = 8
_FURTHER = 0.1


def strength(reasons: list[Reason]) -> float:
    """Return how likely the turn is meant the other way round, 0..1."""
    if not reasons:
        return 0.0
    most = max(reason.strength for reason in reasons)
    return round(min(1.0, most + _FURTHER * (len(reasons) - 1)), 4)


def suspicions(found: Scan, *, after_refusal: bool) -> list[Reason]:
    """Return every reason to doubt the praise in the turn."""
    keys = found.tokens.keys
    praise = [carrier for carrier in found.carriers if _praising(carrier, keys)]
    thanks = [carrier for carrier in found.carriers if carrier.thanks]
    reasons = [Reason(0.9, (spot,)) for spot in thankless(found)]
    reasons += _stock(keys)
    if not praise:
        return reasons
    exclaimed = [carrier for carrier in praise if _exclaimed(carrier, found)]
    if exclaimed and not found.contrasts and found.open:
        reasons += _failing(exclaimed[0], found)
    if exclaimed and not found.contrasts:
        reasons += _waiting(exclaimed[0], keys)
    sincere = bool(thanks) and not found.open
    if not sincere:
        reasons += _wry(praise, found)
    if after_refusal and exclaimed and not thanks and len(keys) <= _SHORT:
        reasons.append(Reason(0.5, ((exclaimed[0].first, exclaimed[0].last),)))
    return reasons


def _praising(carrier: Carrier, keys: list[str]) -> bool:
    return carrier.value > 0 and not carrier.negated and keys[carrier.first] in _PRAISE


def _exclaimed(carrier: Carrier, found: Scan) -> bool:
    """Tell whether the praise stands alone, as an exclamation or as "great job"."""
    keys, at = found.tokens.keys, carrier.first
    if any(tuple(keys[at : at + size]) in _PRAISE_PHRASES for size in (2, 3)):
        return True
    if carrier.last < len(keys) and keys[carrier.last] not in _STOPS:
        return keys[carrier.last] == "another"
    while at and keys[at - 1] in _OPENERS:
        at -= 1
    return at == 0 or keys[at - 1] in _STOPS


def _stock(keys: list[str]) -> Iterator[Reason]:
    for at, key in enumerate(keys):
        if key in _STOCK_FIRST:
            words = [word for word in keys[at : at + 6] if word != ","]
            if any(tuple(words[:size]) in _STOCK for size in range(2, 6)):
                yield Reason(0.7, ((at, at + 2),))


def _failing(praise: Carrier, found: Scan) -> Iterator[Reason]:
    """Praise exclaimed, and a failure told in the same breath."""
    keys = found.tokens.keys
    for at in range(praise.last, len(keys)):
        if keys[at] in _FAILURES:
            yield Reason(0.6, ((praise.first, praise.last), (at, at + 1)))
            return
    for carrier in found.carriers:
        if carrier.value < 0 and carrier.first > praise.first:
            places = ((praise.first, praise.last), (carrier.first, carrier.last))
            yield Reason(0.5, places)
            return


def _waiting(praise: Carrier, keys: list[str]) -> Iterator[Reason]:
    """Praise exclaimed, and a stretch of time or "another" after it."""
    for at in range(praise.last, min(len(keys), praise.last + 14)):
        timed = keys[at] in _UNITS and _counted(keys, at)
        if timed or (keys[at] == "another" and at <= praise.last + 2):
            yield Reason(0.6, ((praise.first, praise.last), (at, at + 1)))
            return


def _counted(keys: list[str], at: int) -> bool:
    before = keys[max(0, at - 4) : at]
    many = any(key in _COUNTS or key == "another" or key[:1].isdigit() for key in before)
    return many and not _PROMPT.intersection(before)


def _wry(praise: list[Carrier], found: Scan) -> Iterator[Reason]:
    """Praise with "just", "oh", "wow" before it, dots after it, or a rolling eye near it."""
    keys = found.tokens.keys
    signs = [at for at, key in enumerate(keys) if key in _WRY_SIGNS]
    for carrier in praise:
        place = (carrier.first, carrier.last)
        opened = _opened(carrier.first, keys)
        ending = keys[carrier.last] if carrier.last < len(keys) else "."
        if opened is not None and ending in _STOPS:
            yield Reason(0.5, ((opened, carrier.last),))
        if ending == "…":
            yield Reason(0.4, ((carrier.first, carrier.last + 1),))
        if signs:
            yield Reason(0.6, (place, (signs[0], signs[0] + 1)))


def _opened(at: int, keys: list[str]) -> int | None:
    """Return where "wow, so …" begins before the praise at `at`, at the start of its sentence."""
    first = at
    while first and (keys[first - 1] in _OPENERS or keys[first - 1] == ","):
        first -= 1
    begins = first == 0 or keys[first - 1] in _STOPS
    return first if begins and _WRY_OPENERS.intersection(keys[first:at]) else None
