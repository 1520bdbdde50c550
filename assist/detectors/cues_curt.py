"""A bare "right" or "wow ok" after bad news: heard, and not content.

The law: only a turn that says nothing but that it was heard, straight after an answer that refused
or put off and neither offered nor did anything. After good news, a question, or an offer the same
word is an answer, and nothing is noticed.
"""

import re
from collections.abc import Sequence

from assist.core.signals import NOTHING, Cue, Detector, Findings, Pull, Signal
from assist.core.text import Span, fold, lowered, words
from assist.core.turns import Draft, Role, Turn

__all__ = ["SOURCE", "load"]

SOURCE = "curt"
_MOST_WORDS = 4
_READ = 1200

# Origin of all lists here: own, written from general knowledge of chats.
_HEARD = frozenset(
    (
        "right", "ok", "okay", "okey", "k", "kk", "fine", "sure", "noted", "whatever", "i", "see",
        "alright", "all", "hm", "hmm", "huh", "oh", "well", "then", "so", "understood", "yeah",
        "yep", "wow", "ah", "ahh", "cool", "good", "nice", "great", "lovely", "wonderful",
        "brilliant", "perfect", "fantastic", "super", "amazing", "excellent", "awesome", "just",
        "how", "very", "really", "that's", "thats", "typical", "figures", "course", "of",
        "gotcha", "got", "it", "riiight", "okayy", "oook", "if", "you", "say", "guess",
    )
)  # fmt: skip
_PRAISE = frozenset(
    (
        "cool", "good", "nice", "great", "lovely", "wonderful", "brilliant", "perfect",
        "fantastic", "super", "amazing", "excellent", "awesome", "wow",
    )
)  # fmt: skip
_SHARP = frozenset(
    (
        "right", "riiight", "wow", "whatever", "hm", "hmm", "huh", "typical", "figures", "say",
        "guess", "oook",
    )
)  # fmt: skip
_REFUSED = re.compile(
    r"\b(?:(?:can't|cannot|can not|unable to|not able to|won't be able|isn't possible|not possible|"
    r"not something (?:i|we)|nothing (?:more |else |further |much )?(?:i|we) can|no way (?:to|for)|"
    r"not eligible|doesn't qualify|don't qualify|not covered|isn't covered|not allowed|"
    r"outside (?:of )?"
    r"(?:our|the) policy|against (?:our|the) policy|per our policy|our policy is|no record|"
    r"non-refundable|not refundable|have to wait|need to wait|will have to wait|must wait|"
    r"(?:been|was|is|be) (?:further )?(?:delayed|lost|cancelled|rejected|declined|refused|"
    r"postponed|"
    r"rescheduled)|out of stock|sold out|not available|unavailable|no longer available|"
    r"at the earliest|"
    r"earliest (?:is|we|date|slot|appointment)|next available|another \w+ (?:\w+ )?(?:days?|"
    r"weeks?|hours?|months?)|"
    r"\d+ (?:to \d+ )?(?:working|business) days|still (?:being )?(?:process|investigat|look|"
    r"wait|pending)|"
    r"under review|no update|nobody available|no one available|don't have (?:an? )?(?:update|"
    r"answer|date|record)|"
    r"get back to you (?:in|within|when)|contact (?:the|your) (?:courier|seller|bank|"
    r"manufacturer)))"
)
_MOVED = re.compile(
    r"\b(?:(?:but|instead,?|what) (?:i|we) can|i can (?:offer|send|give|refund|replace|book|"
    r"move|get|put)|"
    r"i've (?:just )?(?:sent|put|booked|refunded|moved|ordered|added|raised|asked|spoken|got|"
    r"done|sorted|"
    r"cancelled|arranged|issued)|i'm (?:ringing|calling|sending|putting|booking|refunding|"
    r"sorting|chasing)|"
    r"i'll (?:call|ring|send|put|book|refund|sort|chase|get|check|make|stay|come|do|ask|find|"
    r"message|"
    r"arrange|issue)|let me (?:check|see|look|call|ring|find|get)|good news|instead i|"
    r"free of charge|"
    r"on us|we've (?:sent|refunded|booked)|you've been refunded)\b"
)
_WEIGHTS = ((_PRAISE, -3.0), (_SHARP, -1.6))
_PLAIN = -0.5
"""What each kind pulls: praise must outweigh what models make of it; a plain "ok" hardly counts."""


def load() -> Detector:
    """Return the detector."""
    return _detect


def _detect(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
    if not isinstance(subject, Turn) or subject.role is not Role.CUSTOMER:
        return NOTHING
    said = words(subject.text)
    if not 0 < len(said) <= _MOST_WORDS or any(word.text not in _HEARD for word in said):
        return NOTHING
    if "?" in subject.text or not _bad_news(earlier):
        return NOTHING
    span = Span(said[0].span.start, said[-1].span.end)
    cue = Cue(name="curt", span=span, source=SOURCE)
    heard = {word.text for word in said}
    weight = next((amount for kind, amount in _WEIGHTS if heard & kind), _PLAIN)
    signal = Signal(
        name="curt",
        score=0.6,
        evidence=(cue.evidence(subject.id),),
        reason="takes bad news in a word",
        pulls=(
            Pull(axis="valence", amount=weight),
            Pull(axis="effort", amount=0.3),
        ),
    )
    return Findings(cues=(cue,), signals=(signal,))


def _bad_news(earlier: Sequence[Turn]) -> bool:
    """Tell whether the last thing said to the customer refused or put off, and moved nothing."""
    last = next((turn for turn in reversed(earlier) if not turn.private), None)
    if last is None or last.role not in {Role.AGENT, Role.BOT}:
        return False
    plain = lowered(fold(last.text[:_READ])).rstrip()
    if plain.endswith("?"):
        return False
    return _REFUSED.search(plain) is not None and _MOVED.search(plain) is None
