"""Rewordings: a closed set of turns of phrase that keep the truth of a draft.

The law: each takes the draft and the span that set it off, and gives edits or None. A "no" never
becomes a "yes": a condition is turned round, a joining word changes, what is missing is named, or
an open slot is left for the agent. On any doubt: None.
"""

import re
from collections.abc import Callable

from assist.core.alternatives import alternative_first
from assist.core.conditionals import conditions_turned, dropped, raised
from assist.core.joins import and_for_but
from assist.core.missing import missing_named
from assist.core.openings import SIGH
from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at
from assist.core.waits import wait_ended

__all__ = ["REWORDINGS", "Rewording"]

Rewording = Callable[[str, Span], tuple[Substitution, ...] | None]
"""From a draft and the span that was found to edits of the draft, or None."""

_QUOTED = re.compile(r"[\"?{}]|(?:^| )'|'(?: |$)")
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


def condition_told(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Say when it can be, where the draft says until when it can't be or what must be first."""
    return conditions_turned(text, found) or wait_ended(text, found)


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
    "turn-condition": condition_told,
    "and-for-but": and_for_but,
    "name-what-is-missing": missing_named,
    "quieter": quieter,
    "say-what-is-possible": possible_added,
}
"""What a rule file may name under `reword`."""
