"""Turning a condition round: "can't … until" to "can … as soon as", with nothing else changed.

The law: one sentence, one refusal, one condition. The refusal goes, the condition stays, and every
other word keeps its place. Whatever might change the meaning (a second negation, a question, a
quotation, a reason, a second condition, a word that lives only under a negation) means None.
"""

import re
from dataclasses import dataclass, field

from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at

__all__ = ["SIGH", "conditions_turned", "dropped", "raised"]

_LONGEST = 320
SIGH = r"(?:unfortunately|sadly|regrettably|regretfully|(?:i'?m|we're|i am|we are) afraid)"
"""What is sighed before bad news."""
_SAID_SORRY = r"(?:(?:i'?m|i am) )?(?:so |very |really )?sorry(?: to say)?"
_SORRY = rf"(?:(?:{SIGH}|{_SAID_SORRY})(?:(?<=afraid) that|(?<=say) that|,? but)?,? )"

# --- the refusal
_ADVERB = r"(?: (?:currently|actually|really|simply|just|unfortunately|sadly|presently))?"
_UNABLE = rf"{_ADVERB} (?:not able|unable|not going to be able) to"
_SUBJECT = (
    r"(?:i|we|they|he|she|it|you|this|that|these|those|"
    r"(?:the|our|my|your) [a-z-]+(?: (?!(?:i|we|they|he|she|it|you)\b)[a-z-]+)?)"
)
_MODAL = (
    rf"{_ADVERB} (?:can't|cant|cannot|can not|"
    r"(?:won't|wont|will not) be able to|will be unable to|(?:isn't|isnt|aren't|arent) able to)"
    rf"{_ADVERB}| (?:am|are|is){_UNABLE}"
    rf"|(?:'m|'re|'s|(?<=\bi)m|(?<=\byou)re|(?<=\bthey)re){_UNABLE}"
    r"|'ll (?:not be able|be unable) to"
    r"|(?P<do> (?:don't|dont|do not))"
)
_REFUSAL = re.compile(rf"\b(?P<subject>{_SUBJECT})(?P<modal>{_MODAL})(?= )")
_LINK = re.compile(r"\b(?:(?:until|till) after|until|till|before|unless|without)\b")

# --- what may stand before it
_OPENING = re.compile(
    r"(?:(?:hi|hello|hey|dear|thanks|thank you|ok|okay|sure|right|and|also|well)"
    r"(?: (?!(?:we|i|it|they|you|but|so|now)\b)[a-z]+)?,? |(?:thank you|thanks) for [^,]{2,60}, |"
    r"please note(?: that)? |just so you know,? |to be clear,? )?"
    rf"(?P<sorry>{_SORRY}+)?"
)
_CLAUSE_BEFORE = re.compile(r"[^,;:]{4,}?,? (?P<join>and|but) ")
_TELLING = re.compile(
    r"\b(?:says?|said|tells?|told|asks?|asked|thinks?|thought|knows?|hopes?|that|so|before|after|"
    r"wish|can|will|policy|rules?)\b"
)

# --- what casts doubt
_DOUBT = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|neither|nor|cannot|cant|wont|dont|isnt|hardly|either|"
    r"if|when|whenever|once|as soon as|while|because|since|due to|owing to|although|though|"
    r"whether|only|even|except|otherwise|at all|ever|anymore|any longer|in case|as long as|"
    r"still|could|might|may be)\b|n't\b|[?\"]|(?:^| )'|'(?: |$)"
)
_NEITHER = re.compile(r"\b(?:either|neither|nor)\b", re.IGNORECASE)
_IDIOM = re.compile(
    r"(?:wait|guarantee|promise|ensure|assure|commit|believe|imagine|thank|stress|afford|stand|"
    r"help but|help (?!you|with)[a-z]+ing|have|be (?!\w+ed\b|sent\b|made\b|done\b|paid\b|given\b|"
    r"shown\b|taken\b|put\b|set\b|ready\b|available\b))\b"
)
_ALONE = re.compile(r"(?:do|go|live|manage|be|get by|make do|cope|work)$")
_TAKES_WITH = re.compile(
    r"(?:help|assist|start|begin|deal|end|agree|speak|talk|work|replace|exchange|swap|provide|supply|"
    r"connect|match|combine|fill|compare|continue|proceed|go|carry|share|mix|charge)\b"
)
_KNOWN = re.compile(
    r"(?:a|an|the|your|that|this|some|more|further) (?:[a-z]+ ){0,3}?(?:number|code|details?|"
    r"information|photos?|pictures?|receipt|proof|reference|readings?|email|address|postcode|form|"
    r"permission|consent|approval|confirmation|id|invoice|name|serial)\b"
)
# What is decided or awarded, and an inquiry still open: turned round, these promise an outcome.
_AWARD = re.compile(
    r"(?:approve|grant|award|compensate|authori[sz]e|decide|rule on)\b|"
    r"(?:get|receive|have|give|pay|offer|claim)\b.*"
    r"\b(?:compensation|damages|goodwill|a payout|credit)\b"
)
_INQUIRY = re.compile(
    r"\b(?:investigat\w+|assess\w*|review(?:ed|ing|s)?|decid\w+|looked into|"
    r"(?:have|has|'ve|'s) (?:seen|checked|looked))\b"
)
_LOOKING = re.compile(r"(?:see|find|confirm|accept|offer|locate|trace|remember|recall)\b")
_LASTING = re.compile(
    r"\b(?:hold|keep|reserve|extend|leave|stay|store|pause|delay|postpone|freeze|put|defer|suspend|"
    r"block|save|lend|open(?! (?:the|your|a|it)\b)|stop|remain|last|cover|continue|rent|"
    r"run|work|let|offer|accept|honou?r)\b"
)
_STATE = re.compile(
    r"(?:know|think|believe|have|need|want|see|expect|understand|like|mean|worry|mind|hear|feel|"
    r"recommend|charge|bill|get)\b"
)
_OTHER_CLAUSE = re.compile(
    r"\b(?:will|would|should|must|is|are|was|were|has|had|does|did|can|which|what|who|how|why|"
    r"where|but|please|so|yet)\b|[:;(]|(?:,| and| or) (?:i|we|you|they|he|she|it)\b"
)
_PARTICIPLE = re.compile(r"\b(?:[a-z]{3,}ed|sent|made|bought|paid|sold|given|taken)$")
_ANY = re.compile(r"\bany (?=(?:[a-z]+ )?(?:[a-z]+[^s\W]s|information|progress)\b)")
_ANY_ELSE = re.compile(r"\bany\w*|\bmuch\b|\ba (?:thing|single)\b")
_TAIL = re.compile(r",(?! (?:so|and|please|which|then|thanks|thank|ok)\b| [a-z]+$)|[;(]|:(?!\d)")
_REASON = re.compile(r"\b(?:but|so that|as (?:we|it|i|they|the))\b")

# --- what the condition is
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_CLOCK = r"\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)|\d{1,2}:\d\d|\d{1,2} o'clock|noon|midday|midnight"
_DATE = (
    rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)(?: of)?(?: {_MONTH})?|\d{{1,2}} {_MONTH}|"
    r"\d{1,2}/\d{1,2}(?:/\d+)?"
)
_WHEN = re.compile(
    rf"(?:next |this |early |late |mid-)?(?:{_DAY}|{_MONTH}|(?:{_CLOCK}|{_DATE})(?![\w/:])|"
    r"tomorrow|tonight|spring|summer|autumn|winter|easter|christmas|(?:the )?weekend|"
    r"(?<=next )(?:week|month|year|season)|(?<=this )(?:afternoon|evening))|"
    r"later (?:today|tomorrow|this (?:week|month|afternoon|evening))|"
    r"(?:the )?(?:start|beginning) of [a-z ]+"
)
_MORE_WHEN = re.compile(
    rf"(?: (?:{_DAY}|{_MONTH}|{_CLOCK}|{_DATE}|morning|afternoon|evening|night|next|at|the|of|or|"
    r"this|around|about|week|month|tomorrow|today|earliest|on|in|\d{4}|\d{1,2}))*(?:,.*)?"
)
_PRONOUN = re.compile(
    r"(?:(?:i|we|you|they|he|she|it|there|someone|somebody|everything|everyone)(?:'[a-z]+)? [a-z]|"
    r"its [a-z]|(?:that|this|one)(?:'s| (?:is|has|was|happens|arrives|clears|comes|changes))\b)"
)
_NOUN = re.compile(
    r"(?:(?:a|an|the|your|our|my|their|his|her|this|that|both|all|at least|one)|"
    r"(?:payment|stock|delivery|approval|confirmation|access|support) "
    r"(?=is\b|has\b|arrives|clears|comes))\b"
)
_VERB = re.compile(
    r" (?:is|are|was|were|has|have|gets?|comes?|arrives?|clears|confirms?|sends|receives|gives|"
    r"opens|reach(?:es)?|approves?|finish(?:es)?|completes|repl(?:y|ies)|responds?|verifies|"
    r"provides|tells|pays|leaves|accepts|goes|go|agrees?|expires|lands|becomes|activates|settles|"
    r"passes|picks|collects|delivers|[a-z]+'(?:s|ve|re) [a-z]+)\b"
)
_NOUN_OR_VERB = re.compile(
    r"[a-z]+ (?!(?:next|two|last|first|other|latest|new|final|remaining)\b)[a-z'-]+(?: [a-z]+)? "
    r"(?:updates|checks|calls|returns|answers|signs|ships|starts|ends|runs|scans|shows|releases|"
    r"looks|takes|makes)\b|"
    r"(?:the|your|our|my) [a-z-]+ [a-z]+s (?:it|them|the|your|our|this|you|me|us)\b"
)
_GERUND = re.compile(
    r"(?:first )?(?:seeing|checking|verifying|confirming|receiving|getting|hearing from|"
    r"speaking (?:to|with)|asking|inspecting|testing|reading|looking at|talking to)\b"
)
_EVENT = re.compile(
    r"(?:(?:a|an|the|your|our|my|this|that) (?:[a-z]+ ){0,2}?(?:investigation|review|check|"
    r"inspection|appointment|meeting|audit|call|visit|maintenance|upgrade|update|outage|holidays?|"
    r"sale|event|renewal|repair|test|release|handover|transfer|delivery|payment|arrival|departure|"
    r"installation|activation)|delivery|payment|arrival|departure|installation|activation|approval|"
    r"confirmation)(?=$|,| (?:of|on|in|at|by|with|next|from|for)\b)|"
    r"(?:the )?(?:end|close|receipt|approval|return|completion|delivery) of "
)
_WITH = re.compile(
    r"(?:(?:a|an|the|your|our|both|at least|one|proof|evidence|permission|approval|consent|photos?|"
    r"id|identification|confirmation|details|information|written|prior|valid|further|additional|"
    r"more)|any (?=proof|evidence|information|details|documentation|photos|id\b))\b"
)
_NOT_WITH = re.compile(
    r"(?:(?:an?|the|your|one|our|further|additional|more|extra|single|slight|small|long|prior) )*"
    r"(?:delays?|problems?|issues?|charges?|costs?|questions?|doubt|risks?|penalty|fees?|loss|"
    r"notice|warning|hassle|interruptions?|hitch|exceptions?|thing|word|reason|chance|clue|way)\b"
)
_ING = re.compile(r"(?:a|an|the|your|our|my|their) (?:[a-z]+ ){0,3}?(?P<ing>[a-z]+ing)\b")
_ING_NOUNS = frozenset(
    (
        "tracking", "booking", "billing", "shipping", "meeting", "listing", "packaging", "evening",
        "morning", "building", "warning", "rating", "wiring", "parking", "heating", "spring",
    )
)  # fmt: skip
_HANDS_OVER = re.compile(
    r"you(?:'ve| have)? (?:send|sent|share|give|given|provide|upload|confirm|verify|verified|"
    r"attach|reply|return|log|sign|complete|accept|answer)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A sentence taken apart, each part a span of it; `states` where "don't" is what refuses."""

    low: str = field(repr=False)
    speaker: str = field(repr=False)
    before: Span
    modal: Span
    verb: Span
    link: Span
    rest: Span
    states: bool

    def of(self, span: Span) -> str:
        return span.of(self.low)


def conditions_turned(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Return the edits that turn the condition of the sentence at `found` round, or None."""
    sentence = sentence_at(text, found)
    parts = _parts(sentence.of(text))
    if parts is None or not _certain(parts) or _NEITHER.search(text, sentence.end):
        return None
    link, opening = _turned(parts), _opening(parts)
    if link is None or opening is None:
        return None
    modal = Substitution(span=parts.modal, text="" if parts.states else " can")
    edits = sorted((*opening, modal, _linked(parts, link), *_any_dropped(parts)), key=_place)
    return _placed(text, sentence, edits)


def raised(text: str) -> str:
    """Return `text` with its first letter a capital."""
    return text[:1].upper() + text[1:]


def dropped(text: str, span: Span) -> Substitution:
    """Return the edit that leaves `span` out, the next word taking over its capital."""
    if text[span.start : span.start + 1].isupper():
        return Substitution(
            span=Span(span.start, span.end + 1), text=text[span.end : span.end + 1].upper()
        )
    return Substitution(span=span, text="")


def _place(edit: Substitution) -> Span:
    return edit.span


def _parts(said: str) -> _Parts | None:
    """Return the parts of a sentence with one refusal and one condition, or None."""
    if len(said) > _LONGEST:
        return None
    low = lowered(fold(said))
    refusals, links = list(_REFUSAL.finditer(low)), list(_LINK.finditer(low))
    if len(refusals) != 1 or len(links) != 1:
        return None
    refusal, link = refusals[0], Span(*links[0].span())
    modal, end = Span(*refusal.span("modal")), len(low.rstrip(".! "))
    forward = link.start > modal.end
    verb = Span(modal.end, link.start if forward else end)
    rest = Span(link.end, end if forward else refusal.start())
    return _Parts(
        low=low,
        speaker=Span(*refusal.span("subject")).of(said),
        before=Span(0, refusal.start() if forward else link.start),
        modal=modal,
        verb=_bare(low, verb),
        link=link,
        rest=_bare(low, rest),
        states=refusal["do"] is not None,
    )


def _bare(low: str, span: Span) -> Span:
    """Return the span without the blanks and commas at its ends."""
    said = span.of(low)
    start = span.start + len(said) - len(said.lstrip(" ,"))
    return Span(start, max(start, span.end - (len(said) - len(said.rstrip(" ,")))))


def _certain(parts: _Parts) -> bool:
    """Tell whether nothing in the sentence casts doubt on what its parts mean."""
    others = f"{parts.low[: parts.modal.start]} ~{parts.low[parts.modal.end :]}"
    rest = parts.of(parts.rest)
    if _DOUBT.search(others) or _TAIL.search(rest) or _REASON.search(rest):
        return False
    return _plain_verb(parts)


def _plain_verb(parts: _Parts) -> bool:
    verb, link = parts.of(parts.verb), parts.of(parts.link)
    if not re.match(r"[a-z]+\b", verb) or len(verb.split()) > 12 or _IDIOM.match(verb):
        return False
    if _ANY_ELSE.search(_ANY.sub("", verb)) or _OTHER_CLAUSE.search(verb):
        return False
    if parts.states and _STATE.match(verb):
        return False
    if _AWARD.match(verb) or _INQUIRY.search(parts.of(parts.rest)):
        return False
    if link == "without":
        return not _ALONE.match(verb)
    if link == "unless":
        return True
    if (_LOOKING.match if link == "before" else _LASTING.search)(verb):
        return False
    return not _PARTICIPLE.search(verb) or bool(re.match(r"(?:get|be) ", verb))


def _turned(parts: _Parts) -> str | None:
    """Return the word that turns the condition round without changing it, or None."""
    link, rest = parts.of(parts.link), parts.of(parts.rest)
    if link == "without":
        return _turned_without(parts)
    if _ANY_ELSE.search(rest):
        return None
    clause = _is_clause(rest)
    if link == "unless":
        return ("once" if _HANDS_OVER.match(rest) else "if") if clause else None
    time = _is_time(rest) and not parts.states
    if link.endswith(" after"):
        return "after" if clause or time or _EVENT.match(rest) else None
    if _GERUND.match(rest):
        return "after"
    if time:
        return "from"
    if clause:
        return "once" if link == "before" or parts.states else "as soon as"
    return "after" if _EVENT.match(rest) else None


def _turned_without(parts: _Parts) -> str | None:
    rest = parts.of(parts.rest)
    if _GERUND.match(rest):
        return "after"
    if _TAKES_WITH.match(parts.of(parts.verb)):
        known = parts.speaker in {"i", "I", "we", "We", "WE"} and _KNOWN.match(rest)
        speaker = parts.speaker if len(parts.speaker) == 1 else "we"
        return f"once {speaker} have" if known else None
    ing = _ING.match(rest)
    if _NOT_WITH.match(rest) or (ing and ing["ing"] not in _ING_NOUNS):
        return None
    return "with" if _WITH.match(rest) else None


def _is_clause(rest: str) -> bool:
    if _PRONOUN.match(rest):
        return True
    return bool(_NOUN.match(rest) and (_VERB.search(rest) or _NOUN_OR_VERB.match(rest)))


def _is_time(rest: str) -> bool:
    when = _WHEN.match(rest)
    return when is not None and _MORE_WHEN.fullmatch(rest, when.end()) is not None


def _opening(parts: _Parts) -> tuple[Substitution, ...] | None:
    """Return the edits of what stands before the sentence proper, or None where it may matter."""
    before = parts.of(parts.before)
    edge = _OPENING.fullmatch(before)
    if edge is not None:
        sorry = Span(*edge.span("sorry"))
        return (Substitution(span=sorry, text=""),) if edge["sorry"] else ()
    clause = _CLAUSE_BEFORE.fullmatch(before)
    if clause is None or parts.link.start < parts.modal.start or _TELLING.search(before):
        return None
    join = Span(*clause.span("join"))
    return (Substitution(span=join, text="and"),) if clause["join"] == "but" else ()


def _linked(parts: _Parts, link: str) -> Substitution:
    """Return the edit of the linking word; a comma before it goes."""
    start = min(parts.verb.end, parts.link.start)
    if parts.low[start : parts.link.start].strip():
        return Substitution(span=Span(start, parts.link.end), text=f" {link}")
    return Substitution(span=parts.link, text=link)


def _any_dropped(parts: _Parts) -> list[Substitution]:
    places = [
        Span(*m.span()).shifted(parts.verb.start) for m in _ANY.finditer(parts.of(parts.verb))
    ]
    if parts.of(parts.rest).startswith("any "):
        places.append(Span(parts.rest.start, parts.rest.start + 4))
    return [Substitution(span=place, text="") for place in places]


def _placed(text: str, sentence: Span, edits: list[Substitution]) -> tuple[Substitution, ...]:
    """Return the edits at their places in `text`, with the sentence's own capital kept."""
    moved = [Substitution(span=e.span.shifted(sentence.start), text=e.text) for e in edits]
    first, *more = moved
    capital = text[sentence.start].isupper()
    if not first.text and more[0].span.start == first.span.end:
        first, *more = (
            Substitution(span=Span(first.span.start, more[0].span.end), text=more[0].text),
            *more[1:],
        )
    elif not first.text and first.span.start == sentence.start:
        first = dropped(text, first.span)
    if capital and first.span.start == sentence.start:
        first = Substitution(span=first.span, text=raised(first.text))
    return (first, *more)
