"""From "but" to "and": an understanding that stands, and a fact beside it.

The law: what follows keeps its words, and must be a plain fact to go on with. A refusal, a rule or
a reproach after "and" would sound worse than after "but", so there the answer is None.
"""

import re

from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at

__all__ = ["and_for_but"]

_QUOTED = re.compile(r"[\"{}]|(?:^| )'|'(?: |$)")
# What joins by itself, and what joins only behind a comma or a stop.
_JOIN = re.compile(
    r"(?<!nothing)(?<!anything)(?<!all)(?:[,;]|(?<![.!])[.!])?(?: -)? (?P<join>but|however)\b,?|"
    r"(?:[,;]|(?<![.!])[.!]) (?P<soft>(?:the )?only thing is(?: that)?|nevertheless|nonetheless|"
    r"although|though|even so|that said|yet|only(?= (?:the|our|your|this|that)\b))\b,?"
)
_STOPPED = re.compile(r"[.!]")
_NEXT = re.compile(r" +(?P<next>[^.!?;\n]*)")
_ASKED = re.compile(r", (?P<asks>(?:shall|should|can|could|would|do|may|want|ok|okay)\b[^,.!?]*\?)")
_REFUSED = re.compile(
    r"\b(?:not|no|never|cannot|cant|wont|dont|unable|unfortunately|sadly|impossible|must|need to|"
    r"have to|should|policy|only|still|that's what|nothing|none|neither|nor|refuse\w*|wrong|"
    r"closed|expired|too late|actually|just|please|terms|contract|rules?|conditions|how it|"
    r"how things|hands|declined|rejected|denied|excluded|nobody|no one|non-\w+|"
    r"your (?:own )?(?:fault|choice|decision|job|problem)|calm|other (?:customers|people)|"
    r"everyone else|"
    r"you (?:chose|wrote|said|[a-z]+ed))\b|n't\b"
)
# Words of refusals where they refuse nothing: a time, a place, a number, what we do ourselves.
_PLAIN = re.compile(
    r"\bonly (?=(?:(?:opens?|ships?|runs?|updates?|works?|delivers?) )?"
    r"(?:at|on|in|between|once|every) )|"
    r"\b(?:contract|terms|lease|agreement)(?= (?:says?|shows?|runs?|covers?|starts?|lasts?) "
    r"(?:for |from |on |in )?(?:the )?\d)|"
    r"\bjust (?=(?:left|landed|arrived|come in)\b)|"
    r"\bstill (?=(?:on the|on its|at the|in the|open|valid|moving)\b)|"
    r"\b(?:i|we) (?:need|have) to (?=(?:see|check|test|ask|read|look|hear)\b)"
)
_SORRY = re.compile(r"\b(?:sorry|apolog\w+|regret\w*|unfortunately)\b")
_LONGEST = 300


def and_for_but(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Turn "I understand, but …" into "I understand, and …"; what follows keeps its words."""
    match = _joint(text, found)
    if match is None:
        return None
    low, begins = lowered(fold(text)), sentence_at(text, found).start
    end = sentence_at(text, Span(match.end() - 1, match.end())).end
    if _QUOTED.search(low, begins, end) or not _sound(low[begins : match.start()], match):
        return None
    ahead = _NEXT.match(low, match.end(), end)
    if ahead is None or end - begins > _LONGEST or not _fact(ahead["next"], low[:end], match):
        return None
    return (Substitution(span=Span(*match.span()), text=", and"),)


def _joint(text: str, found: Span) -> re.Match[str] | None:
    """Return the last joining word that begins in the place."""
    low = lowered(fold(text))
    joins = [m for m in _JOIN.finditer(low, found.start) if _word(m) < found.end]
    return joins[-1] if joins else None


def _word(match: re.Match[str]) -> int:
    return match.start("soft" if match["soft"] else "join")


def _sound(before: str, match: re.Match[str]) -> bool:
    """Tell whether what is understood can be joined: no apology, and no sentence broken off."""
    if "?" in before or before[-1:] in {".", "!"}:
        return False
    apart = match["soft"] or _STOPPED.match(match.group())
    return not (apart and _SORRY.search(before))


def _fact(ahead: str, low: str, match: re.Match[str]) -> bool:
    """Tell whether what follows is a plain fact, with or without a question behind it."""
    if low.endswith("?"):
        asked = _ASKED.search(low, match.end())
        if asked is None or asked.end() != len(low):
            return False
        ahead = low[match.end() : asked.start()]
    return len(ahead.split()) >= 2 and not _REFUSED.search(_PLAIN.sub("", ahead))
