"""From what must come first to when it can be done: "wait until X before we can Y".

The law: the sentence names one thing that comes first and one that can be done then, and nothing
else; both keep their words, and only their order and the word between them change. On doubt: None.
"""

import re

from assist.core.conditionals import doubtful, plain_verb, raised
from assist.core.links import turned_link
from assist.core.openings import OPENING
from assist.core.rewrites import Substitution
from assist.core.text import Span, fold, lowered, sentence_at

__all__ = ["wait_ended"]

_MUST = r"(?:(?:'ll| will|'d|ll)?(?: have to| need to)| must|'ve got to|'re going to have to)"
_STEP = (
    r"(?:send|return|share|give|provide|upload|confirm|verify|attach|reply|log|sign|complete|"
    r"accept|answer|pay|fill|register|reset|update|restart|reinstall|install|approve|visit|bring|"
    r"show|download|choose|switch|unplug|charge|clear|print|post|email|call|ring|scan|enter)"
)
_PART = r"[^,;:.!?\"()]+?"
_DONE = rf"(?P<who>we|i|they|he|she) can (?P<act>{_PART})(?P<end>[.!]*)"
_WAIT = re.compile(
    rf"{OPENING}(?P<all>(?:you|we|i){_MUST} wait (?:until|untill|till)"
    rf" (?P<first>{_PART}),? before {_DONE})"
)
_STEP_FIRST = re.compile(
    rf"{OPENING}(?P<all>you{_MUST} (?P<step>{_STEP} {_PART})"
    rf"(?:,? before {_DONE}|,? (?:and )?(?:then only|only then),? "
    r"(?:(?P<who2>we|i) can|can (?P<who3>we|i)) "
    rf"(?P<act2>{_PART})(?P<end2>[.!]*)))"
)


def wait_ended(text: str, found: Span) -> tuple[Substitution, ...] | None:
    """Turn "you'll need to wait till it clears before we can ship" into "we can ship once …"."""
    sentence = sentence_at(text, found)
    said = sentence.of(text)
    low = lowered(fold(said))
    waits = _WAIT.fullmatch(low)
    if waits is not None:
        return _told(text, sentence, waits, Span(*waits.span("first")).of(said))
    steps = _STEP_FIRST.fullmatch(low)
    return steps and _told(text, sentence, steps, f"you {Span(*steps.span('step')).of(said)}")


def _told(
    text: str, sentence: Span, match: re.Match[str], first: str
) -> tuple[Substitution, ...] | None:
    said, groups = sentence.of(text), match.groupdict()
    then = "2" if groups.get("act2") else ""
    who = groups["who"] or groups["who2"] or groups["who3"]
    act = Span(*match.span(f"act{then}")).of(said)
    if doubtful(first.lower()) or doubtful(act.lower()) or not plain_verb(act.lower(), "until"):
        return None
    link = turned_link("until", first, times=not then, soon="once")
    if link is None:
        return None
    who = who.upper() if who == "i" and not said.islower() else who
    told = f"{link} {first}, {who} can {act}" if then else f"{who} can {act} {link} {first}"
    place = Span(*match.span("all"))
    if place.of(said)[:1].isupper():
        told = raised(told)
    new = Substitution(span=place.shifted(sentence.start), text=told + match[f"end{then}"])
    return (new,)
