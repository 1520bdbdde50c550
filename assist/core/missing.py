"""What is missing, named without who left it out.

The law: "you didn't send X" becomes "I don't see X yet" for what can be seen to be missing and can
still come; the thing keeps its words. A time, a manner, a second clause or any other verb: None.
"""

import re

from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at

__all__ = ["missing_named"]

_QUOTED = re.compile(r"[\"{}]|(?:^| )'|'(?: |$)")
_LEFT_OUT = re.compile(
    r"\byou (?:(?:still|also) )?(?:didn't |didnt |did not |failed to |forgot to |neglected to |"
    r"never |omitted to |haven't |havent |have not |have failed to |have forgotten to )"
    r"(?P<verb>[a-z]+(?: to)?) (?P<to>(?:us |me |in )?)(?P<what>[^.,;:!?\n]{2,60}?)"
    r"(?P<yet> yet)?(?=[.,;:!\n]|$)"
)
_ASKED = re.compile(r", (?:can|could|would|will|shall|may|do) [^?]*\?$")
_GIVEN = frozenset(
    (
        "send", "sent", "provide", "provided", "include", "included", "attach", "attached", "give",
        "given", "enter", "entered", "add", "added", "upload", "uploaded", "submit", "submitted",
        "share", "shared",
    )
)  # fmt: skip
_NAMED = {
    **dict.fromkeys(_GIVEN, "I don't see {}"),
    **dict.fromkeys(("pay", "paid"), "I don't see a payment for {}"),
    **dict.fromkeys(("tell", "told"), "I don't have {}"),
    **dict.fromkeys(("sign", "signed"), "I don't see a signature on {}"),
    **dict.fromkeys(("confirm", "confirmed"), "I don't see a confirmation of {}"),
    **dict.fromkeys(("return", "returned"), "I don't see a return of {}"),
    **dict.fromkeys(
        ("reply to", "replied to", "respond to", "responded to", "answer", "answered"),
        "I don't see a reply to {}",
    ),
}
_THING = re.compile(r"(?:your|ur|the|a|an|my|our) [a-z]")
_TOO_MUCH = re.compile(
    r"\b(?:when|after|before|until|so|and|or|but|to|if|because|that is|in time|on time|correctly|"
    r"\w+day|last|again|properly|right|wrong|any\w*|by|with|within|as|not|no|answer to)\b|n't\b"
)
_BEFORE = re.compile(
    r"(?:(?:hi|hello|hey|dear|thanks|thank you|ok|okay)(?:,| [\w'.-]+(?: [\w'.-]+)?,| [a-z]+)? |"
    r"unfortunately,? |and |but |because |since |.+, (?:and|but|because|since) )?"
)


def missing_named(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Turn "you didn't send the photo" into "I don't see the photo yet"."""
    sentence = sentence_at(text, found)
    low = lowered(fold(text))
    match = _LEFT_OUT.search(low, found.start, sentence.end)
    if match is None or match.start() >= found.end or _QUOTED.search(sentence.of(low)):
        return None
    shape, what, rest = _NAMED.get(match["verb"]), match["what"], low[match.end() : sentence.end]
    if (
        shape is None
        or (match["verb"][:6] == "return" and what[:3] in {"my ", "our"})
        or not _THING.match(what)
        or _TOO_MUCH.search(what)
    ):
        return None
    if "?" in rest and not _ASKED.match(rest):
        return None
    if not _BEFORE.fullmatch(low[sentence.start : match.start()]):
        return None
    start, end = match.start(), match.end("what")
    opening = Substitution(span=Span(start, match.start("what")), text=shape.format(""))
    if sentence.start == start and text[start].islower() and not re.search(r"\bI\b", fold(text)):
        opening = Substitution(span=opening.span, text=opening.text.lower())
    if match["yet"]:
        return (opening,)
    return (opening, Substitution(span=Span(end, end), text=" yet"))
