"""Which word turns a condition round: "until it is back" to "as soon as it is back".

The law: what follows the link decides (a clause, a time, an event, a thing to have in hand), and
where it is none of these for certain the answer is None. A condition that nobody should be asked
to meet (a thing to fear, to be ashamed of or to keep secret) has no turn.
"""

import re

__all__ = ["is_time", "turned_after_without", "turned_link"]

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
    r"tomorrow|tmrw|tmr|tomoz|tonight|spring|summer|autumn|winter|easter|christmas|"
    r"(?:the )?weekend|"
    r"(?<=next )(?:week|month|year|season)|(?<=this )(?:afternoon|evening))|"
    r"later (?:today|tomorrow|this (?:week|month|afternoon|evening))|"
    r"(?:the )?(?:start|beginning) of [a-z ]+"
)
_MORE_WHEN = re.compile(
    rf"(?: (?:{_DAY}|{_MONTH}|{_CLOCK}|{_DATE}|morning|afternoon|evening|night|next|at|the|of|or|"
    r"this|around|about|week|month|tomorrow|today|earliest|on|in|\d{4}|\d{1,2}))*(?:,.*)?"
)
_PRONOUN = re.compile(
    r"(?:(?:i|we|you|u|they|he|she|it|there|someone|somebody|everything|"
    r"everyone)(?:'[a-z]+)? [a-z]|"
    r"its (?:back|here|there|in|open|ready|done|paid|been|sent|gone|over|free|"
    r"written|given|shown|taken|[a-z]+ed)\b|"
    r"(?:that|this|one)(?:'s| (?:is|has|was|happens|arrives|clears|comes|changes))\b)"
)
_NOUN = re.compile(
    r"(?:(?:a|an|the|your|our|my|their|his|her|this|that|both|all|at least|one)|"
    r"(?:payment|stock|delivery|approval|confirmation|access|support) "
    r"(?=is\b|has\b|arrives|clears|comes)|"
    r"(?!(?:then|now|such|further|recently|very|two|three|the|an?)\b)[a-z-]+(?: [a-z-]+)? "
    r"(?=(?:opens|clears|arrives|lands|confirms|approves|replies)\b|"
    r"(?:is|are) (?:open|back|in|here|complete|done|paid|[a-z]+ed)\b|"
    r"(?:has|have) (?:been|arrived|cleared|landed|replied|confirmed|agreed|approved)\b)|"
    r"(?:page|step|form|section|part|parcel|order|ticket|claim|"
    r"booking|invoice|case|item|card|account) (?=#?[a-z-]*\d))"
)
_VERB = re.compile(
    r" (?:is|are|was|were|has|have|gets?|comes?|arrives?|clears|confirms?|sends|receives|gives|"
    r"opens|reach(?:es)?|approves?|finish(?:es)?|completes|repl(?:y|ies)|responds?|verifies|"
    r"provides|tells|pays|leaves|accepts|goes|go|agrees?|expires|lands|becomes|activates|settles|"
    r"(?:drops|falls|signs|wears) off|(?:comes|goes) through|kicks in|shows up|"
    r"passes|picks|collects|delivers|[a-z]+'(?:s|ve|re) [a-z]+)\b"
)
_NOUN_OR_VERB = re.compile(
    r"[a-z]+ (?!(?:next|two|last|first|other|latest|new|final|remaining)\b)[a-z'-]+(?: [a-z]+)? "
    r"(?:updates|checks|calls|returns|answers|signs|ships|starts|ends|runs|scans|shows|releases|"
    r"looks|takes|makes)\b|"
    r"(?:the|your|our|my) [a-z-]+ [a-z]+s (?:it|them|the|your|our|this|you|me|us)\b"
)
_NAMED = re.compile(
    r"(?:(?!I\b|I'|[A-Z][a-z]+day\b)[A-Z][\w'-]*(?: and)? ){1,3}"
    r"(?:is|are|has|have|confirms?|agrees?|repl(?:y|ies)|signs?|"
    r"arrives?|answers?|calls?|logs? in|pays?|sends?|responds?|approves?|comes?|gets? back)\b"
)
_GERUND = re.compile(
    r"(?:first )?(?:seeing|checking|verifying|confirming|receiving|getting|hearing from|"
    r"speaking (?:to|with)|inspecting|testing|reading|looking at|talking to)\b"
)
_EVENT = re.compile(
    r"(?:(?:a|an|the|your|our|my|this|that) (?:[a-z]+ ){0,2}?(?:investigation|review|check|"
    r"inspection|appointment|meeting|audit|call|visit|maintenance|upgrade|update|outage|holidays?|"
    r"sale|event|renewal|repair|test|release|handover|transfer|delivery|payment|arrival|departure|"
    r"installation|activation)|delivery|payment|arrival|departure|installation|activation|approval|"
    r"confirmation)(?=$|,| (?:of|on|in|at|by|with|next|from|for)\b)|"
    r"(?:the )?(?:end|close|receipt|approval|return|completion|delivery) of (?!time\b)"
)
_WITH = re.compile(
    r"(?:(?:a|an|the|your|our|both|at least|one|proof|evidence|permission|approval|consent|photos?|"
    r"id|identification|confirmation|details|information|written|prior|valid|further|additional|"
    r"more)|any (?=proof|evidence|information|details|documentation|photos|id\b))\b"
)
_NOT_WITH = re.compile(
    r"(?:(?:an?|the|your|one|our|further|additional|more|extra|single|slight|small|long|prior) )*"
    r"(?:delays?|problems?|issues?|charges?|costs?|questions?|doubt|risks?|penalty|fees?|loss|"
    r"notice|warning|fight|struggle|battle|hassle|interruptions?|hitch|exceptions?|thing|word|reason|chance|clue|way)\b"
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
_TAKES_WITH = re.compile(
    r"(?:help|assist|start|begin|deal|end|agree|speak|talk|work|replace|exchange|swap|provide|supply|"
    r"connect|match|combine|fill|compare|continue|proceed|go|carry|share|mix|charge)\b"
)
_KNOWN = re.compile(
    r"(?:(?:a|an|the|your|that|this|some|more|further) (?:[a-z]+ ){0,3}?|(?=proof of ))"
    r"(?:number|code|details?|information|photos?|pictures?|receipt|proof|reference|readings?|email|address|postcode|form|"
    r"permission|consent|approval|confirmation|id|invoice|name|serial)\b"
)
# What to wait for would be an insult, a threat, a misfortune, a secret told or a joke.
_UNFIT = re.compile(
    r"\b(?:stops?|miss(?:es|ed)?|defaults?|calms? down|rude|shout\w*|admits?|apologi[sz]es?|"
    r"vouchers?|gift cards?|dies?|dead|passes away|hurt|injured|ill|bust|bankrupt|breaks?|fails|"
    r"crash\w*|hell|pigs|"
    r"our (?:mistake|fault|error)|(?:delete|remove|change) (?:the|your|that) review|"
    r"(?:send|give|tell|share)\b.*\b(?:passwords?|pin|cvv))\b"
)
# "before it ships" is often a deadline that is missed, not a thing to wait for.
_TOO_LATE = re.compile(
    r"\b(?:ships?|leaves?|departs?|goes|gets?|reach(?:es)?|ends?|closes|expires|changes|stops|"
    r"runs out|sells out|starts|begins)\b|^(?:you ask|i forget|(?:i|we) (?:go|start|begin)|"
    r"(?:the )?weekend|christmas|easter|spring|summer|autumn|winter)\b"
)
_SECRET = re.compile(r"\b(?:passwords?|passcode|pin|cvv|security code)\b")


def turned_link(link: str, rest: str, *, times: bool, soon: str) -> str | None:
    """Return the word in place of `link` before `rest` (as typed), or None where unsure.

    `times` tells whether a bare time may follow; `soon` is what "until" becomes before a clause.
    "without" has its own turn.
    """
    low = rest.lower()
    if _UNFIT.search(low) or _any(low):
        return None
    clause = _is_clause(rest, low)
    if link == "unless":
        return ("once" if _HANDS_OVER.match(low) else "if") if clause else None
    time = times and is_time(low)
    if link.endswith(" after"):
        return "after" if clause or time or _EVENT.match(low) else None
    if link == "before" and _TOO_LATE.search(low):
        return None
    if _GERUND.match(low):
        return "after"
    if time:
        return "from"
    if clause:
        return "once" if link == "before" else soon
    return "after" if _EVENT.match(low) else None


def turned_after_without(verb: str, rest: str, speaker: str) -> str | None:
    """Return the word in place of "without" between `verb` and `rest`, or None where unsure."""
    low = rest.lower()
    if _UNFIT.search(low) or _SECRET.search(low):
        return None
    if _GERUND.match(low):
        return "after"
    if _TAKES_WITH.match(verb):
        known = speaker.lower() in {"i", "we"} and _KNOWN.match(low)
        return f"once {speaker if len(speaker) == 1 else 'we'} have" if known else None
    ing = _ING.match(low)
    if _NOT_WITH.match(low) or (ing and ing["ing"] not in _ING_NOUNS):
        return None
    return "with" if _WITH.match(low) else None


def _any(low: str) -> bool:
    return bool(re.search(r"\bany\w*|\bmuch\b|\ba (?:thing|single)\b", low))


def _is_clause(rest: str, low: str) -> bool:
    if _PRONOUN.match(low) or _NAMED.match(rest):
        return True
    return bool(_NOUN.match(low) and (_VERB.search(low) or _NOUN_OR_VERB.match(low)))


def is_time(low: str) -> bool:
    """Tell whether these words, in lower case, are a time and nothing more."""
    when = _WHEN.match(low)
    return when is not None and _MORE_WHEN.fullmatch(low, when.end()) is not None
