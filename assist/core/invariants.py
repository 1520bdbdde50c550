"""What a rewrite must never change.

The law: numbers, dates, links, names and quotations stay; nothing is promised that was not
promised; no may becomes a will, and no "can't promise" a "can"; a limit that was stated is still
stated, and one that keeps somebody from harm, or the company within the law, keeps its words;
nobody admits what was not admitted. A rewrite that breaks one of these is not offered. Nearly all
rewrites keep them within the sentences they change, so these are looked at first, and the whole
text only where they do not.
"""

import re
from collections import Counter
from itertools import pairwise

from assist.core.text import fold, lowered, sentences

__all__ = ["broken"]

_NUMBER = re.compile(
    r"https?://\S+|\S+@\S+|[#£$€]?\w*\d[\w.,:/-]*\w|[#£$€]?\d|"
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|"
    r"september|october|november|december|today|tomorrow|tonight|two|three|four|five|six|seven|"
    r"eight|nine|ten|dozen|hundred|thousand)\b"
)
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]+\b|\b[A-Za-z]*[a-z][A-Z]\w*")
_WORD = re.compile(r"[a-z]+")
_COMMITMENT = re.compile(
    r"\b(?:(?:i|we|they|he|she|it|you)(?:'ll| will| shall|'(?:m|re) going to)|i promise|we promise|"
    r"i guarantee|we guarantee|commit|make sure|ensure|guaranteed?|refund(?:ed)?|credit(?:ed)?|"
    r"waived?|replace(?:d|ment)?|free|compensat\w+|discount|voucher|by \d|within \d)\b"
)
_STRONG = re.compile(r"\b(?:will|must|shall|definitely|certainly|guarantee\w*|always)\b|'ll\b")
_HEDGE = re.compile(
    r"\b(?:(?:may|might)(?! have caused)|probably|usually|normally|should(?! have|'ve)|"
    r"perhaps|maybe|about|around|try to|hope to|expected|could(?! have|'ve)|possibly|sometimes|"
    r"often|seems?|i (?:think|believe|guess)|looks like|likely|approx\w*|at (?:least|most)|up to|"
    r"as far as)\b"
)
_NOT_SURE = re.compile(
    r"\b(?:(?:\w+n't|cannot|cant|wont|not|(?:unable|impossible) to|"
    r"(?:not|n't) (?:(?:be )?(?:able|allowed|permitted|authori[sz]ed|possible|going)|"
    r"in a position) to)"
    r"(?: (?:really|yet|even|just|simply|actually|currently))? (?:be able to )?)"
    r"(?:promise|g[uar]{2,5}nte\w*|commit|assure|ensure|swear|vouch|pledge|undertake|warrant|"
    r"be (?:sure|"
    r"certain)|rule out|exclude)\b"
)
_QUOTED = re.compile(r'"[^"]+"')
# Where somebody may come to harm, or only the law can allow it, the "no" is said as a "no".
_CARE = re.compile(
    r"\b(?:driv(?:e|ing)|plug|wires?|boiler|gas|oven|electric\w*|power is off|mains|smoke|fire|"
    r"flood|burn\w*|explo\w+|toxic|poison\w*|chemicals?|bleach|asbestos|swollen|batter(?:y|ies)|"
    r"drink|eat|swallow|boiled|climb|ladder|brakes?|scaffold\w*|lift shaft|dive|swim|"
    r"medic\w*|doctor's|the doctor|a doctor|nurse|dos(?:e|age)|pills?|tablets? (?:a|per)|"
    r"ibuprofen|insulin|prescrib\w+|without a prescription|dispens\w+|diagnos\w+|"
    r"symptoms?|rash|treatment|redness|"
    r"lenses|vaccin\w*|pregnan\w+|baby|infant|allerg\w+|alcohol|knife|knives|weapons?|firearms?|"
    r"drugs?|smok(?:e|ing)|legal|lawyer|lawsuit|court|the law|tax advice|advise|"
    r"warrants?|police(?! report)|disclose|immigration|visa)\b"
)
_HELD = re.compile(r"\b(?:standstill|on hold|halted|blocked|stuck|wait|(?:need|have) to|must)\b")
_OF_YOU = re.compile(
    r"\byou(?:'re| (?:do|did|have|are|were|should))(?:n't|nt| not)\b|"
    r"\byou (?:never|failed|forgot)\b"
)
_NEGATION = re.compile(
    r"\b(?:cannot|cant|wont|dont|doesnt|isnt|arent|unable|not|no|never|nothing|none|nobody|"
    r"impossible)\b|n't\b"
)
_CONDITION = re.compile(
    r"\b(?:as soon as|once|after|from|with|if|when|until|till|unless|without|before|only|yet)\b"
)
_ADMISSION = re.compile(
    r"\b(?:(?:our|my) (?:fault|mistake|error)|(?:we|i) (?:failed|messed|got (?:it|this) wrong)|"
    r"negligen\w+|liable|liability)\b"
)


def broken(before: str, after: str) -> str | None:
    """Return the name of the first law that `after` breaks against `before`, or None."""
    edited = _edited(before, after)
    if edited is not None and _broken(*edited) is None:
        return None
    return _broken(before, after)


def _edited(before: str, after: str) -> tuple[str, str] | None:
    """Return what is left without the sentences that both begin and end with.

    None where nothing can be left out, or a quotation may reach over several sentences. What keeps
    the laws there keeps them in all: no law but that of quotations looks over the end of a
    sentence.
    """
    if '"' in fold(before) or '"' in fold(after):
        return None
    places = sentences(before)
    same = _alike(before, after)
    start = max((place.start for place in places if place.start <= same), default=0)
    left = min(len(before), len(after)) - start
    alike = min(left, _alike(before[::-1], after[::-1]))
    # The mark that ends the sentence before has to be the same too.
    whole = [one.end for one, _ in pairwise(places) if one.end > len(before) - alike]
    rest = len(before) - whole[0] if whole else 0
    if not start and not rest:
        return None
    return before[start : len(before) - rest], after[start : len(after) - rest]


def _alike(one: str, other: str) -> int:
    """Return with how many of the same characters both begin."""
    differing = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def _broken(before: str, after: str) -> str | None:
    old, new = lowered(fold(before)), lowered(fold(after))
    if Counter(_NUMBER.findall(old)) != Counter(_NUMBER.findall(new)):
        return "numbers"
    if not (_names(before) <= _words(new) and _names(after) <= _words(old)):
        return "names"
    if _gained(_COMMITMENT, old, new):
        return "commitments"
    if _gained(_QUOTED, new, old):
        return "quotation"
    if len(_STRONG.findall(new)) > len(_STRONG.findall(old)) or _gained(_HEDGE, new, old):
        return "modality"
    if len(_NOT_SURE.findall(new)) < len(_NOT_SURE.findall(old)):
        return "modality"
    if _careless(old, new):
        return "care"
    if _gained(_ADMISSION, old, new):
        return "admission"
    return "limit" if _unlimited(old, new) else None


def _gained(pattern: re.Pattern[str], old: str, new: str) -> Counter[str]:
    return Counter(pattern.findall(new)) - Counter(pattern.findall(old))


def _careless(old: str, new: str) -> bool:
    """Tell whether a sentence that keeps somebody safe has lost a "no"."""
    for place in sentences(old):
        said = place.of(old)
        if said not in new and _CARE.search(said):
            return any(
                len(limit.findall(new)) < len(limit.findall(old)) for limit in (_NEGATION, _HELD)
            )
    return False


def _names(text: str) -> set[str]:
    """Return the words that carry a capital inside a sentence."""
    return {name.lower() for name in _NAME.findall(fold(text))}


def _words(low: str) -> set[str]:
    return set(_WORD.findall(low))


def _unlimited(old: str, new: str) -> bool:
    """Tell whether a refusal has gone and no new condition stands in its place."""
    old = old.replace("until after", "until").replace("till after", "till")
    had, has = (len(_NEGATION.findall(_OF_YOU.sub("you", text))) for text in (old, new))
    return had - has > _gained(_CONDITION, old, new).total()
