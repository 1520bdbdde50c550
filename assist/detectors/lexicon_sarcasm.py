"""Praise that may mean its opposite.

The law: a flag with its places and how sure it is; what it counts in a score, others say. Each
reason has its own strength; the strongest speaks, and every further one adds a little.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assist.detectors import lexicon_sarcasm_data as data
from assist.detectors.lexicon_scan import Carrier, Scan, thankless

__all__ = ["SHORT", "Reason", "strength", "suspicions"]


class Reason(NamedTuple):
    """How strong a reason is, and the tokens that give it."""

    strength: float
    places: tuple[tuple[int, int], ...]


Sayings = dict[str, tuple[tuple[str, ...], ...]]


def _sayings(lines: Iterable[str]) -> Sayings:
    """Return the sayings by their first word."""
    found: Sayings = {}
    for line in lines:
        first, *rest = line.split()
        found[first] = (*found.get(first, ()), tuple(rest))
    return found


_PRAISE = frozenset(data.PRAISE)
_PRAISE_PHRASES = frozenset(tuple(words.split()) for words in data.PRAISE_PHRASES)
_STOCK, _WRY = _sayings(data.STOCK_SARCASM), _sayings(data.WRY)
_ORDEALS, _MAYBE_ORDEALS = _sayings(data.ORDEALS), _sayings(data.MAYBE_ORDEALS)
_IF_YOU_LIKE = _sayings(data.IF_YOU_LIKE)
_PRAISED = frozenset(data.PRAISED)
_RELISH = frozenset(data.RELISH)
_OPENERS = frozenset(data.OPENERS)
_WRY_OPENERS = frozenset(data.WRY_OPENERS)
_FAILURES = frozenset(data.FAILURES)
_MILD, _IS = frozenset(data.MILD), frozenset(data.IS)
_DENIED, _WAITED = frozenset(data.DENIED), frozenset(data.WAITED)
_UNABLE = frozenset(data.UNABLE)
_PUT_RIGHT = frozenset(data.PUT_RIGHT)
_UNITS = frozenset(data.UNITS)
_COUNTS = frozenset(data.COUNTS)
_PROMPT = frozenset(data.PROMPT)
_WRY_SIGNS = frozenset(data.WRY_SIGNS)
_STOPS = frozenset(".!?…\n,")
_ENDS = frozenset(".!?…\n")
SHORT = 8
"""Of so many tokens at most, praise right after a refusal is doubted."""
_FURTHER = 0.1
_AHEAD = 14
_HARM = -1.4


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
    grateful = bool(thanks) and not reasons
    reasons += (Reason(0.8, (spot,)) for spot in _said(keys, _STOCK))
    bad = None if found.contrasts or grateful else _spoilt(found)
    if bad is not None:
        reasons += (Reason(0.75, (spot, bad)) for spot in _said(keys, _WRY))
        reasons += _relished(keys, _MAYBE_ORDEALS)
    if not (found.contrasts or grateful):
        reasons += _relished(keys, _ORDEALS)
    if not praise:
        return reasons
    exclaimed = [carrier for carrier in praise if _exclaimed(carrier, found)]
    if exclaimed and not found.contrasts and not grateful:
        reasons += _failing(exclaimed[0], found)
        reasons += _waiting(exclaimed[0], keys)
    if found.open or not thanks:
        reasons += _wry(praise, found)
        reasons += (Reason(0.6, (spot,)) for spot in _said(keys, _IF_YOU_LIKE))
    if after_refusal and exclaimed and not thanks and len(keys) <= SHORT:
        reasons.append(Reason(0.5, ((exclaimed[0].first, exclaimed[0].last),)))
    return reasons


def _said(keys: list[str], sayings: Sayings) -> Iterator[tuple[int, int]]:
    """Yield where one of the sayings stands, commas aside."""
    if sayings.keys().isdisjoint(keys):
        return
    for at, key in enumerate(keys):
        for rest in sayings.get(key, ()):
            words = [word for word in keys[at + 1 : at + 8] if word != ","]
            if tuple(words[: len(rest)]) == rest:
                yield at, min(len(keys), at + 1 + len(rest))
                break


def _praising(carrier: Carrier, keys: list[str]) -> bool:
    return carrier.value > 0 and not carrier.negated and keys[carrier.first] in _PRAISE


def _exclaimed(carrier: Carrier, found: Scan) -> bool:
    """Tell whether the praise stands alone, as an exclamation or as "great job"."""
    keys, at = found.tokens.keys, carrier.first
    if any(tuple(keys[at : at + size]) in _PRAISE_PHRASES for size in (2, 3)):
        return True
    if carrier.last < len(keys) and keys[carrier.last] not in _STOPS:
        return keys[carrier.last] in {"another", keys[at]} or keys[carrier.last] in _PRAISED
    while at and (keys[at - 1] in _OPENERS or keys[at - 1] == keys[carrier.first]):
        at -= 1
    return at == 0 or keys[at - 1] in _STOPS


def _spoilt(found: Scan) -> tuple[int, int] | None:
    """Return the first thing that went wrong and was not put right, or a stretch of waiting."""
    keys = found.tokens.keys
    waited = not _WAITED.isdisjoint(keys)
    for at, key in enumerate(keys):
        if (_failed(keys, at) and key not in _MILD) or (
            waited and key in _UNITS and _counted(keys, at)
        ):
            return at, at + 1
    if not found.open or not _PUT_RIGHT.isdisjoint(keys):
        return None
    harms = {one.first for one in found.carriers if one.value <= _HARM}
    return next(
        ((at, at + 1) for at, key in enumerate(keys) if key in _UNABLE or at in harms), None
    )


def _failed(keys: list[str], at: int) -> bool:
    """Tell whether a failure is told here, not denied and not put right."""
    key = keys[at]
    told = key in _FAILURES or (key == "down" and at > 0 and keys[at - 1] in _IS)
    return told and _DENIED.isdisjoint(keys[max(0, at - 3) : at]) and not _righted(keys, at)


def _righted(keys: list[str], at: int) -> bool:
    """Tell whether the sentence that tells the failure tells that it was put right."""
    start = max((place + 1 for place in range(at) if keys[place] in _ENDS), default=0)
    end = next((place for place in range(at, len(keys)) if keys[place] in _ENDS), len(keys))
    return not _PUT_RIGHT.isdisjoint(keys[start:end])


def _relished(keys: list[str], ordeals: Sayings) -> Iterator[Reason]:
    """Love of a wait: "love waiting …", "such fun being told …"."""
    for first, last in _said(keys, ordeals):
        before = keys[max(0, first - 2) : first]
        if not _RELISH.isdisjoint(before) and _DENIED.isdisjoint(keys[max(0, first - 4) : first]):
            yield Reason(0.75, ((max(0, first - 2), last),))
            return


def _failing(praise: Carrier, found: Scan) -> Iterator[Reason]:
    """Praise exclaimed, and a failure told in the same breath."""
    keys = found.tokens.keys
    if not (found.open or _later_failure(keys, praise.last)):
        return
    for at in range(praise.last, len(keys)):
        if _failed(keys, at):
            yield Reason(0.7, ((praise.first, praise.last), (at, at + 1)))
            return
    for carrier in found.carriers:
        if carrier.value < 0 and carrier.first > praise.first:
            places = ((praise.first, praise.last), (carrier.first, carrier.last))
            yield Reason(0.5, places)
            return


def _later_failure(keys: list[str], start: int) -> bool:
    return any(_failed(keys, at) for at in range(start, min(len(keys), start + _AHEAD)))


def _waiting(praise: Carrier, keys: list[str]) -> Iterator[Reason]:
    """Praise exclaimed, and a stretch of time or "another" after it."""
    for at in range(praise.last, min(len(keys), praise.last + _AHEAD)):
        timed = keys[at] in _UNITS and _counted(keys, at)
        if timed or (keys[at] == "another" and at <= praise.last + 2):
            yield Reason(0.7, ((praise.first, praise.last), (at, at + 1)))
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
