"""What a sentence of a draft does: it refuses, it blames, it promises, it leads on.

The law: cheap expressions, then the words, decide which sentences are parsed at all; the parse
decides who does what in them. Each sentence is read alone. Where no parser is installed,
expressions stand in for it. Only drafts are read here, and nothing here says whether what was found
is good or bad.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from assist.core.signals import NOTHING, Detector, Evidence, Findings, Signal
from assist.core.text import Span, fold, lowered, sentences
from assist.core.turns import Draft, Turn
from assist.detectors.answers import answers
from assist.detectors.blames import blames, may_blame
from assist.detectors.clauses import Clauses
from assist.detectors.doubts import doubts
from assist.detectors.parser import LONGEST, Parse
from assist.detectors.refusals import may_refuse, refusals
from assist.detectors.ways_on import ways_on

__all__ = ["load"]

SOURCE = "syntax"
_READ = 2000
_KEPT = 128
"""Sentences whose findings are kept: of a draft typed on, or reworded, most stay as they were."""
_ANSWERED = 0.5
"""The score of a draft that offers nothing and only answers a question of fact with a no."""
_NEGATION = re.compile(
    r"n't\b|\b(?:[a-z]{2,}nt|not|no|none|neither|nothing|never|unable|impossible|unavailable|cannot)\b"
)
_OF_YOU = re.compile(
    r"\b(?:you|u|yourself|youve|youd)\b.*?(?:n't|\b(?:[a-z]{2,}nt|not|never|should|could|might|"
    r"ought|had|wrong(?:ly)?|incorrect(?:ly)?|invalid|old|different|late|forgot\w*|fail\w*|"
    r"miss(?:ed|ing)|ignor\w+|neglect\w*|omitt\w+|mis[a-z]+|overlook\w*|refus\w+|skipp\w+|broke\w*|"
    r"lost|damag\w+|dropp\w+|caus\w+|chose\w*|supposed|meant)\b)|"
    r"\b(?:if|had) you\b"
)
_PLAIN_REFUSAL = re.compile(
    r"\b(?:i|we|you|they|it|this|that|the [a-z]+)(?:'m|'re| am| are| is| will|'ll)? ?"
    r"(?:can't|cant|cannot|can not|won't|wont|not able to|unable to|not be able to) "
    r"(?!wait|imagine|believe|thank|see|find|tell|miss|promise|guarantee)[a-z]+"
)
_PLAIN_BLAME = re.compile(
    r"\byou (?:(?:didn't|didnt|did not|haven't|havent|have not) "
    r"(?!receive|get|hear|have|see)[a-z]+|"
    r"(?:should|could)(?: have|'ve) (?!received|been|got|had|seen)[a-z]+|forgot|failed|neglected)"
)
_PROMISE = re.compile(
    r"(?<!that )(?<!if )(?<!hope )\b(?P<who>i|we|(?:it|he|she|they|someone|somebody|you|"
    r"(?:the|our|my|your|a) [a-z]+(?: [a-z]+)?))"
    r"(?:'ll|(?<=\bi)ll| will|'m going to| am going to|'re going to| are going to| shall)"
    r"(?! not\b| be able)(?: (?:also|then|now|just|certainly|definitely|personally|gladly|happily|"
    r"always|surely|of course))? (?P<verb>be [a-z]+|get [a-z]+|[a-z]+)"
)
_TIME = re.compile(
    r"\b(?:by|within|before|until|at|in|for|on|after|around|over|next|this) (?:the )?(?:next )?"
    r"(?:\d|an? (?:hour|minute|day|week|moment|few)|one|two|three|four|five|ten|half|noon|midday|"
    r"end of|close of|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|morning|afternoon|"
    r"evening|hour|today|tonight|tomorrow|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|christmas)|"
    r"\b(?:today|tomorrow|tonight|tmrw|now|right away|straight away|immediately|this minute|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|every (?:day|hour|morning)|once|when|while|"
    r"as soon as (?!possible))\b|"
    r"\b\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|\b\d+ ?(?:min|minutes|hours?|days?)\b"
)

_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']+'(?!\w)")

Places = Iterable[tuple[str, Span]]
_Told = Callable[[str, str], Places]
"""From a sentence, in lower case and as typed, to what it does."""


def load(parse: Parse | None) -> Detector:
    """Return the detector; `parse` is None where no parser is installed."""

    @lru_cache(maxsize=_KEPT)
    def told_of(said: str, written: str) -> Places:
        return (*_promised(said), *_way_on(said), *_parsed(said, written, parse))

    def syntax(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        if not isinstance(subject, Draft):
            return NOTHING
        text = subject.text[:_READ]
        found: dict[str, list[Span]] = {}
        for name, span in _noticed(text, told_of):
            found.setdefault(name, []).append(span)
        signals = [_signal(name, spans) for name, spans in found.items()]
        if "draft.way-on" not in found and (told := [*answers(text, earlier)]):
            signals.append(_signal("draft.way-on", told, score=_ANSWERED))
        return Findings(signals=tuple(signals))

    return syntax


def _signal(name: str, spans: list[Span], *, score: float = 1.0) -> Signal:
    places = sorted(set(spans))
    proofs = tuple(Evidence(turn="", span=span, cue=name, source=SOURCE) for span in places)
    return Signal(name=name, score=score, evidence=proofs)


def _noticed(text: str, told_of: _Told) -> Iterator[tuple[str, Span]]:
    """Yield what each sentence does, by the name of the signal, with its place in the text."""
    plain = lowered(fold(text))
    for sentence in sentences(text):
        for name, span in told_of(sentence.of(plain), sentence.of(text)):
            yield name, span.shifted(sentence.start)


def _parsed(said: str, written: str, parse: Parse | None) -> Places:
    negated, about_you = _NEGATION.search(said), _OF_YOU.search(said)
    if not (negated or about_you):
        return
    if parse is None or len(said) > LONGEST:
        yield from _plain("draft.refusal", _PLAIN_REFUSAL, said)
        yield from _plain("draft.blame", _PLAIN_BLAME, said)
        return
    clauses = Clauses(parse(written, _may_refuse_or_blame if about_you else may_refuse))
    quoted = [match.span() for match in _QUOTED.finditer(said)]
    refused = [refusal.span for refusal in refusals(clauses)]
    found = [
        *(("draft.refusal", span) for span in refused),
        *(("draft.unclear", span) for span in doubts(clauses, refused)),
    ]
    if about_you:
        found.extend(("draft.blame", span) for span in blames(clauses))
    yield from (
        (name, span)
        for name, span in found
        if not any(span.start < end and start < span.end for start, end in quoted)
    )


def _may_refuse_or_blame(words: Sequence[str]) -> bool:
    return may_refuse(words) or may_blame(words)


def _plain(name: str, expression: re.Pattern[str], said: str) -> Places:
    return ((name, Span(*match.span())) for match in expression.finditer(said))


def _way_on(said: str) -> Places:
    return (("draft.way-on", span) for span in ways_on(said))


def _promised(said: str) -> Places:
    """Yield promises: with a time, without one, and those that nobody is named for."""
    if said.endswith("?"):
        return
    for match in _PROMISE.finditer(said):
        own = match["who"] in {"i", "we"}
        timed = _TIME.search(said)
        if not own:
            name = "draft.promise.unowned"
        else:
            name = "draft.promise.timed" if timed else "draft.promise.open"
        yield name, Span(*match.span())
