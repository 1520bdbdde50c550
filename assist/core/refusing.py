"""The words that refuse, who refuses, and what stands there once the refusal is gone.

The law: one refusal has one plain other side. A "can't" becomes a "can"; where "not" denies a word
("not possible", "not in a position"), only the "not" goes. A "won't" of ours is a decision and has
no other side; one of somebody else, or of a thing, says what can be.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assist.core.text import Span

__all__ = ["Refused", "refusals"]

_ADVERB = r"(?: (?:currently|actually|really|simply|just|unfortunately|sadly|presently))?"
_NO_NOUN = (
    r"(?!(?:i|we|they|he|she|it|you|u|currently|actually|really|simply|just|presently|"
    r"unfortunately|sadly|the|an?|our|my|your|their|his|her|this|these|those|can|cant|cannot|will|"
    r"wont|would|should|could|must|may|might|is|isnt|are|arent|was|were|be|been|am|has|have|had|"
    r"do|dont|does|doesnt|did|not|never|and|or|but|so|as|than|if|when|who|which|what|why|how|"
    r"that|where|while|"
    r"because|since|until|untill|till|before|after|unless|without|once|says?|said|saying|thinks?|"
    r"thought|tells?|told|knows?|hopes?|claims|wrote|writes|feels?|insists?|believes?|reckons?|"
    r"explain\w*|states?|reads|means?|shows?|requires?|suggests?|confirm\w*|mentioned|agreed?|"
    r"still|only|even|yet|sorry|please)\b)"
)
_HEAD = rf"{_NO_NOUN}(?:[a-z][a-z-]*(?:'s)?|#?\d[\w-]*)"
_THE = r"(?:the|our|my|your|their|an?|this|that|these|those)"
_SUBJECT = (
    r"(?:i|we|they|he|she|it|you|u|this|that|these|those|"
    rf"{_THE} {_HEAD}(?: {_HEAD}){{0,2}}"
    rf"(?: (?:of|for|from|in|at|on|to) (?:{_THE} )?{_HEAD}(?: {_HEAD})?)?)"
)
_LET = r"(?:able|allowed|permitted|authori[sz]ed)"
_NOT_LET = rf"(?:not {_LET}|unable|not going to be {_LET}) to"
_IS_NOT = rf"(?: (?:is|are){_ADVERB} not|'(?:s|re){_ADVERB} not| (?:isn't|isnt|aren't|arent))"
_DOES = (
    r"(?:come (?:out|round|over|to|back)|go (?:out|ahead|live|through|on sale)|start|send|release|"
    r"refund|deliver|book|process|issue|repair|replace|begin|"
    r"see (?:you|patients|clients|customers)|move|proceed|reply|ship|hand|dispatch|install|"
    r"activate|unlock|restart|reset|reopen|transfer|"
    r"connect|restore|deal with|visit|fit|collect|look (?:at|into)|"
    r"be (?:fitted|delivered|shipped|sent|processed|refunded|released|installed|repaired|replaced|"
    r"activated|issued|accepted|unlocked|restored|reconnected|booked|dispatched|opened|moved|fixed|"
    r"transferred|collected|started|serviced|updated))\b"
)
_STANDS = (
    r"(?:possible|available|valid|bookable|active|usable|visible|effective|accepted|open|"
    r"(?:allowed|permitted)(?! to\b))"
)
_HALTED = (
    r"(?:(?: is| are|'s)(?: currently| now| still)?| remains?| stays?)"
    r" (?:at a standstill|on hold|halted|blocked|stuck)"
)
_MODAL = (
    r"(?P<nothing> can do nothing(?= (?:until|untill|till|unless|before|without)\b|[.!]*$))"
    rf"|{_ADVERB} (?:can't|cant|cannot|can not|"
    rf"(?:won't|wont|will not) be {_LET} to|will be unable to|"
    rf"(?:isn't|isnt|aren't|arent) (?:going to be )?{_LET} to)"
    rf"{_ADVERB}| (?:am|are|is){_ADVERB} {_NOT_LET}"
    rf"|(?:'m|'re|'s|(?<=\bi)m|(?<=\byou)re|(?<=\bthey)re){_ADVERB} {_NOT_LET}"
    r"|'ll (?:not be able|be unable) to"
    rf"|(?P<place>(?:(?: am|'m){_ADVERB} not|{_IS_NOT}) in a position to)"
    rf"|(?P<stands>{_IS_NOT}(?= {_STANDS}\b)| (?:is|are) impossible)"
    rf"|(?P<will>(?: won't| wont| will not|{_IS_NOT} (?:going to|gonna))(?= {_DOES}))"
    rf"|(?P<halted>{_HALTED}(?= (?:until|untill|till|unless|before)\b|[.!]*$))"
    r"|(?P<do> (?:don't|dont|do not))|(?P<does> (?:doesn't|doesnt|does not))"
)
_REFUSAL = re.compile(rf"\b(?P<subject>{_SUBJECT})(?P<modal>{_MODAL})(?=[ .!]|$)")
_TITLE = r"(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r) )"
_PLACE = r"(?:team|office|shop|desk|store|department|support|billing|sales|bank|depot|warehouse)"
_NAME = (
    rf"{_TITLE}?[A-Z][\w-]*(?:'s [a-z-]+)?"
    rf"(?:(?: (?:and|from|in|of|at))?(?: the)? (?:[A-Z][\w-]*|{_PLACE})){{0,3}}"
    rf"|[A-Za-z][a-z-]+(?: {_HEAD}){{0,2}}"
    rf"(?i:(?: (?:of|for|from|in|at|on|to) (?:{_THE} )?{_HEAD}(?: {_HEAD})?)?)"
)
_NAMED_REFUSAL = re.compile(rf"(?P<subject>{_NAME})(?i:(?P<modal>{_MODAL}))(?=[ .!]|$)")
_NO_NAME = re.compile(
    r"(?:today|now|right|sometimes|maybe|perhaps|often|some|all|every\w*|any\w*|whoever|each|if|when|"
    r"until|till|please|why|how|what|who|which|word|but|and|so|or|as|then|there|here|both|most|many|"
    r"few|others|people|still|even|just|also|ever|one|yes|well|[a-z]+ly|hence|thus|therefore|"
    r"because|since|although|though|once|else|otherwise|that|apart|rest|only|doing|no|not|nothing|"
    r"nobody|none|neither|never|it|they|we|you|i|he|she|in|on|at|for|from|by|to|with|after|before|"
    r"unless|without|says?|said|cant|cannot|wont|dont|is|are|unable|sorry)\b",
    re.IGNORECASE,
)
_BARE_REFUSAL = re.compile(
    r"(?P<subject>)(?P<modal>can't|cant|cannot|can not|(?:won't|wont|will not) be able to|"
    r"(?:unable|not able|not allowed|not permitted) to)"
    r"(?= (?!(?:i|you|u|we|they|he|she|it|the|a|an|this|that|your|our|my|someone|anyone)\b))"
)
_NONE_REFUSAL = re.compile(
    rf"(?P<subject>)(?P<modal>(?P<none>no ))(?!(?:one|body|way|idea|longer|need|chance|more|"
    rf"other|further|less|doubt)\b)(?={_HEAD}(?: {_HEAD}){{0,2}} (?:is|are) "
    r"(?:possible|accepted|allowed|permitted)(?: until| till| before| unless| without|[.!]*$))"
)
# What can be under way, and so can go ahead after a halt.
_GOES_AHEAD = re.compile(
    r"(?:order|claim|application|request|refund|case|transfer|delivery|booking|return|repair|"
    r"payment|shipment|move|switch|upgrade|activation|installation|process|work|project|"
    r"registration|renewal|exchange|order #?\d[\w-]*)s?$"
)
_OURS = frozenset(("i", "we", "you", "u"))
_KINDS = ("place", "stands", "will", "halted", "nothing", "do", "does", "none")
_DENIAL = re.compile(rf"{_ADVERB} not\b|n't\b|(?<=is)nt\b|(?<=are)nt\b|\bim(?=possible)")


class Refused(NamedTuple):
    """A refusal in a sentence: its speaker, the words that refuse, and which kind they are of."""

    speaker: Span
    modal: Span
    kind: str

    def allowed(self, low: str) -> str:
        """Return what stands in place of the words that refuse; "does" is not told here."""
        said = self.modal.of(low)
        if self.kind in {"place", "stands"}:
            return _DENIAL.sub("", said)
        if self.kind in {"do", "none"}:
            return ""
        blank = " " if self.speaker.of(low) else ""
        return blank + _INSTEAD.get(self.kind, "can")


_INSTEAD = {"halted": "can go ahead", "nothing": "can help you"}


def refusals(said: str, low: str, edge: int | None) -> Iterator[Refused]:
    """Yield the refusals; without a plain subject, one at `edge` of a named subject or of none.

    `edge` is where the sentence proper begins, None where that is not known.
    """
    found = list(_REFUSAL.finditer(low))
    if not found and edge is not None:
        named = _NAMED_REFUSAL.match(said, edge)
        bare = _BARE_REFUSAL.match(low, edge) or _NONE_REFUSAL.match(low, edge)
        if bare is not None:
            found = [bare]
        elif named is not None and not _NO_NAME.match(named["subject"]):
            found = [named]
    yield from filter(None, map(_refused, found))


def _refused(match: re.Match[str]) -> Refused | None:
    groups = match.groupdict()
    kind = next((kind for kind in _KINDS if groups.get(kind)), "can")
    who = match["subject"].lower()
    if kind == "will" and who in _OURS:
        return None
    if kind in {"nothing", "place"} and who not in {"i", "we"}:
        return None
    if kind == "halted" and not _GOES_AHEAD.search(who):
        return None
    return Refused(
        speaker=Span(*match.span("subject")), modal=Span(*match.span("modal")), kind=kind
    )
