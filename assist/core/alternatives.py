"""What a draft says is possible, said before what it says is not.

The law: one sentence with one "can't" and one "can", changed in order and in nothing else; both
stand in full afterwards. Any condition, any hedge, any pronoun that would stand before its noun,
and any third thing in the sentence means None.
"""

import re

from assist.core.conditionals import raised
from assist.core.openings import SIGH
from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at

__all__ = ["alternative_first"]

_OPENING = (
    rf"(?P<opening>(?:(?:hi|hello|hey)(?: [a-z]+)?, )?)(?P<sigh>(?:(?:{SIGH}|sorry)"
    r"(?:(?<=afraid) that|,? but)?,? )?)"
)
_WHO = r"(?:i|we|they|he|she|you)"
_NOT = (
    r"(?:(?: can't| cant| cannot| can not)|(?: won't| wont| will not) be able to|"
    r"(?: am| are| is|'m|'re|'s) (?:unable|not able) to)"
)
_SPLIT = re.compile(
    rf"{_OPENING}(?P<no>(?P<who>{_WHO}){_NOT} (?P<act>(?:[^,;:.!?]|\.(?=\d))+?))"
    rf",? but (?:(?P<again>{_WHO}) )?(?P<can>can (?P<other>[^,;:!?]+?))(?P<end>[.!]*)"
)
_IMPOSSIBLE = re.compile(
    rf"{_OPENING}(?P<no>(?P<act>(?:[^,;:.!?]|\.(?=\d))+?)"
    r" (?:is not|isn't|isnt|are not|aren't|arent) possible)"
    rf",? (?:but )?(?P<who>{_WHO}) (?P<can>can (?P<other>[^,;:!?]+?))(?: though)?(?P<end>[.!]*)"
)
_DOUBT = re.compile(
    r"\b(?:not|no|never|nothing|neither|nor|either|cannot|unable|only|even|if|unless|until|till|"
    r"when|once|before|after|without|as soon as|because|since|while|but|and|or|may|might|could|"
    r"would|should|will|can|try|maybe|perhaps|hope|also|still|then|too|instead|who|that|this|ask|"
    r"see|tell|promise|guarantee|so)\b|n't\b|[\"()\[{]|(?:^| )'|'(?: |$)|\. |[^\x00-\u024f€]"
)
_POINTS = re.compile(r"\b(?:it|its|them|one|ones|those|these|there|him|her)\b")
_NO_OTHER_NOUN = re.compile(
    r"[a-z]+|(?:an? |the )?(?:full |free )?(?:refund|exchange|swap|return|repair|replacement|"
    r"cancellation|upgrade|extension|change|discount|transfer)s?"
)


def alternative_first(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Turn "I can't refund it but can replace it" into "I can replace it. I can't refund it"."""
    sentence = sentence_at(text, found)
    low = lowered(fold(sentence.of(text)))
    match = _SPLIT.fullmatch(low) or _IMPOSSIBLE.fullmatch(low)
    if match is None or match.groupdict().get("again") not in {None, match["who"]}:
        return None
    act, other = match["act"], match["other"]
    if _DOUBT.search(act) or _DOUBT.search(other):
        return None
    if _POINTS.search(other) and not (_POINTS.search(act) or _NO_OTHER_NOUN.fullmatch(act)):
        return None
    place = Span(match.start("sigh"), match.end("end"))
    told = _told(sentence.of(text), match)
    return (Substitution(span=place.shifted(sentence.start), text=told),)


def _told(said: str, match: re.Match[str]) -> str:
    """Return what can be done and then what can't, in the writer's own letters."""
    who, can, no = (Span(*match.span(part)).of(said) for part in ("who", "can", "no"))
    first = f"{who} {can}"
    if said[:1].isupper():
        no, first = raised(no), first if match["opening"] else raised(first)
    return f"{first}{match['end'][:1] or '.'} {no}{match['end']}"
