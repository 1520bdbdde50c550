"""Where a draft takes the talk on: something offered, something there is, something done.

The law: clauses are read one by one, and a clause that denies takes nothing on ("but we can't",
"nothing I can do"). A question takes the talk on unless it only asks whether there is anything
else. Nothing here says whether a way on is needed, or good enough.
"""

import re
from collections.abc import Iterator

from assist.core.text import Span

__all__ = ["DENIED", "ways_on"]

DENIED = re.compile(
    r"n't\b|\b(?:not|no|none|neither|nor|never|nothing|nobody|cannot|unable|impossible|unavailable|"
    r"unsuccessful|declined|rejected|refused|[a-z]{2,}(?<=cant)|(?:wo|do|does|did|is|are|was|were|"
    r"has|have|could|would|ca)nt|non-?\w+|un-\w+|unrefundable|sold out|too late)\b"
)
"""What a clause says is not so."""

_CLAUSE = re.compile(
    r"(?:[^,;:()!?.–—]|(?<=\d)[.,:](?=\d)|\.(?=\w))+?"
    r"(?=[,;:()!?.–—]|\s(?:but|however|though|although|so|and|yet|or else)\b|$)"
)
_ASKS = re.compile(
    r"(?:(?:and|so|or|but|also|then|well|ok|okay|sure|please|maybe|perhaps)[ ,]+)*(?:would|do|did|"
    r"could|can|will|shall|should|may|might|is|are|was|does|have|has|want|what|how|which|when|"
    r"where|who|interested|got|fancy|any|whether)(?:\b|(?=i\b))"
)
_NOTHING_NEW = re.compile(
    r"\b(?:(?:any|some) ?(?:thing|one|where)|any other(?: \w+)?|what|something|anything) "
    r"(?:else|more|additional|further|other)\b(?! (?:i|we) (?:can|could) (?:try|book|find|search|"
    r"look))|"
    r"\b(?:help|assist\w*|questions?|service|support)\b|"
    r"\b(?:do|did) you (?:need|require)(?: me)?(?: to do)? (?:any|more|some|further|other)|"
    r"\banything\b|\bany other (?:thing|info\w*)|"
    r"\bwhy\b|\b(?:make|makes) sense\b|\bdo you (?:understand|see|know)\b"
)
_TAG = re.compile(
    r"(?:is (?:that|this|it) |are you |all |you |do you )?(?:right|ok|okay|clear|understood|see|"
    r"really|yes|no|seriously|huh|alright|correct|sure|understand)\?"
)
_FURTHER = re.compile(
    r"^(?!.*\banother (?!thing|question|matter)).*?\b(?:help|assist\w*|anything else|"
    r"any other (?:thing|help))\b(?! (?:you )?(?:find|search|look))"
)
_SEARCHED = re.compile(
    r"\b(?:try|look|search|find|book|check|reserve|schedule|see|explore|consider|change|expand|"
    r"broaden|different|another|other (?:area|part|day|time|date|type|kind|option|food|cuisine|"
    r"price)\w*|instead|later|earlier)\b"
)
_IDLE = (
    r"(?:not|n't|never|no|only (?:imagine|apologi[sz]e)|see|tell|imagine|understand|believe|hear|"
    r"say|confirm|assure|think|appreciate|apologi[sz]e|guess|feel|relate|be (?:unable|a|the|so)|"
    r"do (?:about|for you)|have to|need|require|require|help|assist|let you know|look into|hardly|"
    r"barely|understand)\b"
)
_SOON = r"(?: (?:also|still|always|now|then|certainly|gladly|happily|easily|only|just|do|either))?"
_TROUBLE = (
    r"(?:policy|policies|rule|reason|problem|limit|limits|fee|charge|issue|fault|error|delay|queue|"
    r"lot|chance|system|right|duty|cut-off|deadline|strict|few (?:problems|issues)|bug|mistake|"
    r"outage|shortage|minimum|maximum|waiting)\b"
)
_MANY = r"(?:a|an|another|other|also|plenty|still|one|two|three|four|five|some|several|many|\d+)"
_DONE = (
    r"(?:put|sent|made|set|found|taken|given|got you|done that|begun|brought|drawn|kept|left|let|"
    r"paid|written|held|swapped|(?!(?:look|check|tri|receiv|explain|discuss|review|consider|not|"
    r"search|want|need|lik|lov|apologi[sz]|mention|notic|ask|decid|reach|stopp|clos|end|discontinu|cancell|remov|declin|reject|refus|wait|work|call|talk|"
    r"request|attempt|confirm)e?d\b)"
    r"[a-z]+ed)\b"
)
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|today\b|tomorrow\b|tonight\b|noon\b|"
    r"midnight\b|mornings?\b|afternoons?\b|evenings?\b)"
)
_CLOCK = rf"(?:\d|{_DAY}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)"
_OFFER = re.compile(
    rf"\b(?:what (?:i|we) can do|"
    rf"(?:i|we|you|u|they|he|she|it|one)(?:{_SOON}) (?:can|could|may|might)(?!'t){_SOON} "
    rf"(?!{_IDLE})[a-z]+|"
    rf"\w+ (?:can|could) be (?!unable)[a-z]+|"
    rf"(?:i|we|he|she|they|who)(?:'ll| will|'m going to|'re going to| am going to)(?!'t){_SOON} "
    rf"(?!{_IDLE})[a-z]+|"
    rf"(?:i'm|i am|we're|we are|he's|she's|they're){_SOON} (?!(?:be|hav|go|try|look|hop|wait|see|"
    rf"gett|miss|experienc|afraid|tell|say|feel|think|runn)ing\b)[a-z]+ing\b(?! to (?:say|tell))|"
    rf"(?:i|we)(?:'ve| have|ve)(?: already| just| now| also)? {_DONE}|"
    rf"(?:i|we)(?: just| also| already)? (?:put|made|sent|booked|refunded|credited|moved|"
    rf"reserved|scheduled|opened|raised|added|purchased)\b|"
    r"(?:your|the) (?:[\w-]+ ){1,4}?(?:is|are|was|were|has been|have been)(?: now| already| also| "
    r"successfully)? (?:confirmed|booked|reserved|scheduled|purchased|bought|refunded|credited|"
    r"sent|made|set|arranged|ordered|ready|safe|unlocked|activated|verified)\b|"
    rf"there(?:'s| is| are| r| will be|s){_SOON}(?: \w+ed)? {_MANY}(?! {_TROUBLE})\b|"
    rf"(?:we|i|they|he|she|it|the \w+){_SOON} (?:have|has|had|offer|offers|run|sell|found|find)"
    rf"{_SOON} (?:it|them|{_MANY}|the)(?! (?:\w+ )?{_TROUBLE})\b|"
    r"(?:has|have|sells?|stocks?) (?:it|them|one|two|three|some|several|plenty|another|others)\b"
    rf"(?! {_TROUBLE})|"
    r"(?:is|are|remains?|stays?)(?: still| also| now| usually)? (?:open|available|free|possible|"
    r"fine|in stock|here|enough)\b|"
    r"(?:opens?|leaves?|departs?|runs?|starts?|serves?|ships?|goes|shows?|flies|costs?|arrives?)"
    rf"(?: [a-z]+){{0,4}} \$?{_CLOCK}|(?:is|are|'s) (?:at|on|from|until|till|by) (?:the )?{_CLOCK}|"
    rf"(?:has|have)(?: [a-z]+){{0,5}} (?:{_DAY}|\d+(?:[:.]\d+)? ?[ap]m)|"
    r"(?:next|earliest|nearest|closest|latest|first) (?:[a-z]+ ){0,3}(?:is|are|i|we|that)\b|"
    r"(?:is|are)(?: also| actually| really)? (?:a|an|another)(?: (?:very|really))? (?:good|nice|"
    r"great|lovely|fine|excellent|popular|different)\b|"
    r"(?:number|address|phone|postcode|website|email|link|price|cost|fee|rating) (?:is|was|are|for)"
    r"\b|works? (?:fine|too|on|with|well)|"
    r"instead\b|alternatively|in the meantime|meanwhile|here(?:'s| is| are)\b(?! what i said)|"
    r"let(?: me(?! know if)|'s| us)\b|(?:i|we)(?:'d| would)? (?:suggest|recommend|propose|advise)|"
    r"(?:feel free|welcome|free|happy|glad) to (?!help|assist|hear)[a-z]+|"
    r"(?:how|what) about\b|what (?:do you think|is your opinion)|"
    r"(?:shall|should) (?:i|we)\b|would you (?:like|prefer|rather|mind)\b|"
    r"are you (?:interested|ok|okay|fine|happy|open|free|good)\b)"
)
_TOLD_TO = re.compile(
    r"^\W*(?:(?:so|and|then|just|please|kindly|simply|or|ok|okay|pls|do|maybe)[ ,]+)*"
    r"(?P<order>call|ring|try|use|send|email|mail|pop|bring|tap|press|open|go|visit|contact|reply|choose|"
    r"pick|give (?:me|us|them)|ask|type|take|park|tell me|drop|fill|write|look at|check out|"
    r"have a look|let me know (?:which|what|when|the|your|how|whether))\b"
)
_LEADS = re.compile(
    r"\b(?:nothing|anything|everything|all|more|much|else|how|before|until|till|unless|"
    r"that|which|as|than|if|what|once|since|because|something|thing|things|believe|hope|wish|think"
    r")(?: (?:that|further|more|else))?\s*$"
)
_TOLD_THAT = re.compile(
    r"\b(?:tell|inform|advise|assure|say|confirm|glad|happy|pleased|sure)(?: you)? that\s*$"
)
_SO_THAT = re.compile(r"\bso(?: that)?\s*$")
_MAY = re.compile(r"\w+ (?:\w+ )?(?:can|could|may|might)\b")
_EVEN_SO = re.compile(r"what (?:i|we) can do|would you|shall|how about|what about")


def ways_on(said: str) -> Iterator[Span]:
    """Yield where one sentence, in lower case, takes the talk on."""
    asked = _asked(said) if said.rstrip().endswith("?") else None
    if asked is not None:
        yield asked
    else:
        for clause in _CLAUSE.finditer(said):
            yield from _told(said, clause)


def _asked(said: str) -> Span | None:
    """Return the question at the end of a sentence, if it is more than "anything else?"."""
    starts = [0, *(mark.end() for mark in re.finditer(r"[,;:–—(] *", said))]
    parts = [Span(start, len(said)) for start in starts]
    asked = next((part for part in parts if _ASKS.match(part.of(said))), parts[-1])
    question = asked.of(said)
    if _TAG.match(parts[-1].of(said)) or (DENIED.search(question) and not _ASKS.match(question)):
        return None
    if _NOTHING_NEW.search(question) and not (
        _SEARCHED.search(question) and not _FURTHER.search(question)
    ):
        return None
    word = re.search(r"\w", question)
    return Span(asked.start + word.start(), asked.end) if word else None


def _told(said: str, clause: re.Match[str]) -> Iterator[Span]:
    """Yield the ways on of a clause that does not deny and does not only suppose."""
    text = clause.group()
    if DENIED.search(text):
        return
    order = _TOLD_TO.search(text)
    if order is not None:
        yield Span(*order.span("order")).shifted(clause.start())
    for match in _OFFER.finditer(text):
        before = said[: clause.start() + match.start()]
        if _EVEN_SO.match(match.group()) or not _supposed(before, match.group()):
            yield Span(*match.span()).shifted(clause.start())


def _supposed(before: str, offer: str) -> bool:
    """Tell whether the words before make it a supposition: "if I can", "so that I can"."""
    before = _TOLD_THAT.sub("", before)
    return bool(_LEADS.search(before) or (_MAY.match(offer) and _SO_THAT.search(before)))
