"""Rewordings: a closed set of turns of phrase that keep the truth of a draft.

The law: each takes the draft and the span that set it off, and gives edits or None. A "no" never
becomes a "yes": a condition is turned round, a joining word changes, what is missing is named, or
an open slot is left for the agent. On any doubt: None.
"""

import re
from collections.abc import Callable

from assist.core.alternatives import alternative_first
from assist.core.conditionals import SIGH, conditions_turned, dropped, raised
from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at

__all__ = ["REWORDINGS", "Rewording"]

Rewording = Callable[[str, Span], tuple[Substitution, ...] | None]
"""From a draft and the span that was found to edits of the draft, or None."""

_QUOTED = re.compile(r"[\"?{}]|(?:^| )'|'(?: |$)")

_JOIN = re.compile(r"(?<!nothing)(?<!anything)(?<!all)[,;]?(?: -)? (?P<join>but|however)\b,?")
_NEXT = re.compile(r" +(?P<next>[^.!?;\n]*)")
_REFUSED = re.compile(
    r"\b(?:not|no|never|cannot|cant|wont|dont|unable|unfortunately|sadly|impossible|must|need to|"
    r"have to|should|policy|only|still|that's what|nothing|none|neither|nor|refuse\w*|wrong|"
    r"closed|expired|too late|actually|just|please|terms|contract|rules?|conditions|how it|"
    r"how things|hands|you (?:chose|wrote|said|[a-z]+ed))\b|"
    r"n't\b"
)


def and_for_but(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Turn "I understand, but …" into "I understand, and …"; what follows keeps its words.

    What follows must be something to go on with: a refusal after "and" would sound worse.
    """
    sentence = sentence_at(text, found)
    low = lowered(fold(text))[: sentence.end]
    joins = [m for m in _JOIN.finditer(low, found.start) if m.start("join") < found.end]
    if not joins or _QUOTED.search(low, sentence.start):
        return None
    match = joins[-1]
    ahead = _NEXT.match(low, match.end())
    if ahead is None or len(ahead["next"].split()) < 2 or _REFUSED.search(ahead["next"]):
        return None
    return (Substitution(span=Span(*match.span()), text=", and"),)


_LEFT_OUT = re.compile(
    r"\byou (?:didn't |didnt |did not |failed to |forgot to |neglected to |never |"
    r"haven't |havent |have not |have failed to |have forgotten to )"
    r"(?P<verb>[a-z]+(?: to)?) (?P<to>(?:us |me |in )?)(?P<what>[^.,;:!?\n]{2,60}?)"
    r"(?P<yet> yet)?(?=[.,;:!\n]|$)"
)
_GIVEN = frozenset(
    (
        "send", "sent", "provide", "provided", "include", "included", "attach", "attached", "give",
        "given", "enter", "entered", "add", "added", "upload", "uploaded", "submit", "submitted",
    )
)  # fmt: skip
_NAMED = {
    **dict.fromkeys(_GIVEN, "I don't see {}"),
    **dict.fromkeys(("pay", "paid"), "I don't see a payment for {}"),
    **dict.fromkeys(("tell", "told"), "I don't have {}"),
    **dict.fromkeys(
        ("reply to", "replied to", "respond to", "responded to", "answer", "answered"),
        "I don't see a reply to {}",
    ),
}
_THING = re.compile(r"(?:your|the|a|an|my|our) [a-z]")
_TOO_MUCH = re.compile(
    r"\b(?:when|after|before|until|so|and|or|but|to|if|because|that is|in time|on time|correctly|"
    r"properly|right|wrong|any\w*|by|within|as|not|no|answer to)\b|n't\b"
)
_BEFORE_MISSING = re.compile(
    r"(?:(?:hi|hello|hey|thanks|thank you|ok|okay)(?: [a-z]+)?,? |unfortunately,? |and |but |"
    r"because |since |.+, (?:and|but|because|since) )?"
)


def missing_named(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Turn "you didn't send the photo" into "I don't see the photo yet"."""
    sentence = sentence_at(text, found)
    low = lowered(fold(text))
    match = _LEFT_OUT.search(low, found.start, sentence.end)
    if match is None or match.start() >= found.end or _QUOTED.search(sentence.of(low)):
        return None
    shape, what = _NAMED.get(match["verb"]), match["what"]
    if shape is None or not _THING.match(what) or _TOO_MUCH.search(what):
        return None
    if not _BEFORE_MISSING.fullmatch(low[sentence.start : match.start()]):
        return None
    start, end = match.start(), match.end("what")
    opening = Substitution(span=Span(start, match.start("what")), text=shape.format(""))
    lower = sentence.start == start and text[start].islower()
    if lower:
        opening = Substitution(span=opening.span, text=opening.text.lower())
    if match["yet"]:
        return (opening,)
    return (opening, Substitution(span=Span(end, end), text=" yet"))


_LOUD_RUN = re.compile(r"[!?]{2,}")
_CAPITALS = re.compile(r"(?<![\w'/@-])[A-Z]+(?:'[A-Z]+)?(?![\w'/@-])")
_TINY = frozenset(
    (
        "IT", "IS", "TO", "DO", "ME", "MY", "WE", "OF", "IN", "ON", "AT", "UP", "IF", "SO", "NO",
        "OR", "AN", "AS", "BE", "BY", "GO", "HE", "AM", "I", "A",
    )
)  # fmt: skip
_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday january february april june july "
    "august september october november december"
)
_SHOUTED = (
    "a about after again all already also always am an and another any anything are aren't as "
    "ask asked at away back be because been before being best better between but by call called "
    "can can't cannot cant change check checked clearly click come contact correct could "
    "couldn't day days did didn't didnt do does doesn't doing don't done dont down each email "
    "every everything explained fill final find first follow for from get give given go going "
    "good got had has hasn't have haven't he help her here hers him his home hour hours how i "
    "i'd i'll i'm i've if immediately important in instructions into is isn't it it's its just "
    "keep know last later let let's listen listening look make many me message minute minutes "
    "money month more most much must my need needs never new next no not nothing now number of "
    "off offer on once one only open or order other our out over own parcel pay payment phone "
    "photo please policy possible problem proof put question rather read really receive "
    "received refund remain replacement reply return right said same say see send sent several "
    "she should shouldn't shouting show sign so some something sorry stay still stop such sure "
    "system take tell than thank thanks that that's the their them then there these they "
    "they're thing things think this those three time times to today told tomorrow too tried "
    "try two under understand understood until up urgent use used very wait waiting want "
    "warning was wasn't way we we'll we're we've week weeks well were what when where which "
    "while why with within without won't wont would wouldn't write writing wrong yelling yes "
    "yesterday yet you you'll you're you've your yours"
)
_NAMED_DAYS = frozenset(_DAYS.split())
_PLAIN = frozenset(_SHOUTED.split()) | _NAMED_DAYS


def quieter(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Turn shouted words into plain ones and a row of exclamation marks into one full stop.

    Words that may be a name or a code keep their capitals, and so does all that stands with them.
    """
    said = found.of(text)
    run = _LOUD_RUN.search(text, found.start, found.end)
    if run is not None and run.group() == said:
        return (Substitution(span=found, text="?" if "?" in said else "."),)
    place = _grown(text, found)
    quiet, words = place.of(text), list(_CAPITALS.finditer(fold(place.of(text))))
    if not words or not all(word.group().lower() in _PLAIN for word in words):
        return None
    for word in words:
        quiet = quiet[: word.start()] + _plainly(Span(*word.span()).of(quiet)) + quiet[word.end() :]
    if quiet == place.of(text):
        return None
    before = text[: place.start].rstrip()
    if not before or before[-1] in ".!?\n":
        quiet = raised(quiet)
    return (Substitution(span=place, text=quiet),)


def _plainly(word: str) -> str:
    """Return the word in lower case, or with its own capital where it has one."""
    low = word.lower()
    return raised(low) if low in _NAMED_DAYS or re.match(r"i\b", fold(low)) else low


def _grown(text: str, found: Span) -> Span:
    """Return the span with the tiny capital words right beside it."""
    start, end = found
    while (before := re.search(r"(?<!\S)(\S+) $", text[:start])) and before[1] in _TINY:
        start = before.start()
    while (after := re.match(r" (\w+)(?![\w'-])", text[end:])) and after[1] in _TINY:
        end += after.end()
    return Span(start, end)


_LEAD = re.compile(rf"{SIGH}(?:(?<=afraid) that|,? but)?,? (?=.)")
_WITHIN = re.compile(
    r",(?P<last> (?:unfortunately|sadly|regrettably))(?=[.!]*$)|"
    r"(?<!,)(?P<bare> (?:unfortunately|sadly|regrettably))(?!,)|"
    r"(?<=,)(?P<after> (?:unfortunately|sadly|regrettably))(?!,)"
)
# A full stop or dots that end no sentence: what stands after them belongs to it.
_CUT_OFF = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|no|nr|approx|ca|tel|ext|e\.g|i\.e|a\.m|p\.m|vs|mon|tues?|wed|thu|fri|"
    r"sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.|\.\.|…)$"
)
_LETTERS = "\u2190"
"""Where arrows and pictures begin: after one of these a sentence needs no full stop."""
# A refusal that is not the writer's own, or is about what was, or is itself refused.
_NOT_A_LIMIT = re.compile(
    r"\b(?:not true|isn't that|i hope|i wish|(?:can't|cannot|can not) (?:have|not) |"
    r"(?:you|he|she|they|i)(?:'re| are| was| were)? "
    r"(?:said|say|saying|told|wrote|meant?|read|know)|"
    r"(?:label|sign|error|note|rule|form)(?: \w+)? (?:says|reads))\b"
)
_GOES_ON = re.compile(
    r"\bi(?:'ve| have)\b|\b(?:i|we|you|they)(?:'ll| will| could| can(?!'|not))\b(?! not)|"
    r"\?|\blet me\b|\binstead\b|\bplease\b|\[[a-z ]+\]|\bwhat (?:i|we) can\b|\bif you\b"
)


def possible_added(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Say first what the draft says is possible; where it says nothing, add an open slot for it.

    A bare refusal stays as it is, without its sigh. Where the draft goes on to something already,
    only the sigh is left out.
    """
    stated = conditions_turned(text, found) or alternative_first(text, found)
    if stated is not None:
        return stated
    sentence = sentence_at(text, found)
    low = lowered(fold(text))
    if _QUOTED.search(sentence.of(low)) or _NOT_A_LIMIT.search(sentence.of(low)):
        return None
    if _runs_on(low, sentence):
        return None
    edits = _sigh_left_out(text, sentence)
    if not _GOES_ON.search(low):
        end = Span(sentence.end, sentence.end)
        step = _next_step(sentence.of(text), small=text.lstrip()[:1].islower())
        edits.append(Substitution(span=end, text=step))
    return tuple(edits) or None


def _runs_on(low: str, sentence: Span) -> bool:
    """Tell whether what looks like the end of the sentence is the middle of one."""
    return bool(low[sentence.end :].strip() and _CUT_OFF.search(sentence.of(low)))


def _sigh_left_out(text: str, sentence: Span) -> list[Substitution]:
    said = lowered(fold(sentence.of(text)))
    lead = _LEAD.match(said)
    if lead is not None:
        return [dropped(text, Span(*lead.span()).shifted(sentence.start))]
    within = _WITHIN.search(said)
    if within is None:
        return []
    start = within.start() if within["last"] else within.start(within.lastgroup or 0)
    return [Substitution(span=Span(start, within.end()).shifted(sentence.start), text="")]


def _next_step(said: str, *, small: bool) -> str:
    """Return the sentence to add after `said`, written as the agent writes."""
    what = "what i" if small and said[:1].islower() else "What I"
    step = f" {what} can do is {{next-step}}"
    if said[-1:] in {".", "!"}:
        return f"{step}."
    return step if said[-1:] > _LETTERS else f".{step}"


REWORDINGS: dict[str, Rewording] = {
    "turn-condition": conditions_turned,
    "and-for-but": and_for_but,
    "name-what-is-missing": missing_named,
    "quieter": quieter,
    "say-what-is-possible": possible_added,
}
"""What a rule file may name under `reword`."""
