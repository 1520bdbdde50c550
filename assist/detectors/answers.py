"""Where a draft tells a fact that was asked for, though the fact is a no.

The law: only the customer's last turn is looked at, and only questions about a thing or a third
party; what is asked of the house ("can you", "do you have") or of one's own order is a wish, and a
no to a wish is no mere answer. An answer takes up a word of the question or answers yes or no.
"""

import re
from collections.abc import Iterator, Sequence

from assist.core.text import Span, fold, lowered, sentences
from assist.core.turns import Role, Turn
from assist.detectors.ways_on import DENIED

__all__ = ["answers"]

_READ = 600
_THING = r"(?:it|this|that|they|these|those|he|she|the|pets?|their|its|smoking|all|any of)"
_ASKED = re.compile(
    rf"\b(?:is|are|does|do|did|has|have|was|were|will|would|isn't|aren't|doesn't|don't) {_THING}\b|"
    r"\bis there (?:an? |any )?(?:[a-z-]+ )?(?:fee|charge|cost)\b|"
    r"\bis there (?:an? |any )?(?:[a-z-]+ ){1,3}(?:there|at the|at that|in the|on the|nearby)\b|"
    r"\b(?:what|which) [a-z]+ (?:do|will|does|am) i\b|"
    rf"\b(?:if|whether) (?:{_THING}|there's|there is|there are|i could|i can|i would)\b|"
    r"\b(?:what|which|when|where|how (?:many|much|long|far|big|old|expensive)|who) "
    rf"(?:[a-z-]+ ){{0,4}}?(?:is|are|does|do|will|was|were|'s) {_THING}\b|"
    rf"\b(?:what|when|where|who)'s {_THING}\b|"
    r"\b(?:allowed|permitted|accepted|available|included|refundable|furnished|free) \?|"
    r"\b(?:know|tell me|ask) (?:if|whether|about|what|how|when)\b|"
    r"^(?:they|it) [a-z]+s? [^?]*\?"
)
_OWN = re.compile(
    r"\b(?:my(?! money)(?! \w+ \w+able\b)|mine|our|why|still|yet)\b|\b(?:have|has|did)n't\b"
)
_OF_THE_HOUSE = re.compile(r"\b(?:you|u)\b")
_WISH = re.compile(
    r"\b(?:can|could|may|would|will) (?:i|we|you|u)\b|\bis it possible\b|\bpossible\b"
)
_FACTS = re.compile(
    r"\b(?:can|could|would|will) you (?:please |kindly |also )*(?:tell|check|confirm|let me know|"
    r"see|find out|say|give me (?:the|their|its))\b|\bdo you (?:know|happen)\b|"
    r"\b(?:can|could|may) (?:i|you) (?:please |also )?(?:know|ask|get|have|give)(?: me)? "
    r"(?:the|their|its|if|whether|what)\b|\btell me\b|\bmay i know\b|"
    r"\b(?:if|when) (?:necessary|needed|i (?:need|change|have to|wanted)|required)\b|\beventually\b"
)
_WORD = re.compile(r"[a-z]{3,}(?<!s)")
_COMMON = frozenset(
    (
        "the", "and", "can", "you", "for", "not", "are", "any", "has", "was", "but", "one", "get",
        "may", "all", "yes", "sure", "our", "too", "how", "who", "why", "him", "her", "did", "doe",
        "that", "this", "they", "them", "does", "have", "what", "when", "where", "which", "will",
        "would", "could", "with", "your", "there", "their", "please", "also", "tell", "know",
        "sounds", "good", "great", "from", "about", "like", "want", "book", "booking", "make",
        "made", "reservation", "right", "correct", "perfect", "time", "thanks", "thank", "place",
        "restaurant", "hotel", "check", "been", "more", "some", "very", "that's", "okay", "well",
        "they're", "information", "available", "find", "need", "appointment", "able",
    )
)  # fmt: skip
_NO = re.compile(
    r"(?:no|nope|nah|unfortunately|sadly|sorry|i'm afraid)\b[^a-z]*(?:no|not|it|they|i)?"
)
_BARE = re.compile(
    r"\b(?:neither|none of|such|any of (?:that|those)|"
    r"(?:it|they)(?:'s|'re| is| are| do| does| will)?(?:n't| not))\b"
)
_UNTOLD = re.compile(r"\b(?:information|info|details?|idea|know|access|data)\b")
_OURS = re.compile(r"\b(?:i|we)(?:'m|'re|'ve)?\b(?! (?:regret|am sorry|'m sorry|see|believe))")
_SORRY = re.compile(
    r"\b(?:i'm|i am|i|we|we're|we are)(?: \w+)? (?:sorry|afraid|apologi[sz]e|regret|pleased|happy|"
    r"glad)\b"
)
_STEM = 5


def answers(text: str, earlier: Sequence[Turn]) -> Iterator[Span]:
    """Yield the denying sentences of a draft, if all of them answer questions of fact."""
    last = next((turn for turn in reversed(earlier) if turn.role is not Role.SYSTEM), None)
    if last is None or last.role is not Role.CUSTOMER:
        return
    asked = _questions(last.text[-_READ:])
    if not asked:
        return
    plain = lowered(fold(text))
    denying = [span for span in sentences(text) if DENIED.search(span.of(plain))]
    if denying and all(_answers(span.of(plain), asked) for span in denying):
        yield from denying


def _questions(turn: str) -> frozenset[str]:
    """Return the stems of what is asked about, empty where no fact is asked for."""
    plain = lowered(fold(turn))
    said = [span.of(plain) for span in sentences(turn)]
    facts = [one for one in said if _of_fact(one)]
    if not facts:
        return frozenset()
    wishes = [one for one in said if one.endswith("?") and _WISH.search(one)]
    words = _WORD.findall(" ".join((*facts, *wishes)))
    return frozenset(word[:_STEM] for word in words if word not in _COMMON) | {""}


def _of_fact(said: str) -> bool:
    if _OWN.search(said):
        return False
    if _FACTS.search(said):
        return True
    wish = _WISH.search(said) or _OF_THE_HOUSE.search(said)
    return bool(_ASKED.search(said)) and not wish


def _answers(said: str, asked: frozenset[str]) -> bool:
    stems = {word[:_STEM] for word in _WORD.findall(said) if word not in _COMMON}
    if _OURS.search(_SORRY.sub("", said)) or _UNTOLD.search(said):
        return False
    return bool(stems & (asked - {""})) or bool(_BARE.search(said)) or bool(_NO.match(said))
