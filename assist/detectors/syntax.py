"""What a sentence of a draft does: it refuses, it blames, it promises, it leads on.

The law: cheap expressions, then the words, decide which sentences are parsed at all; the parse
decides who does what in them, and is asked for by itself. Each sentence is read alone. Where no
parser is installed, expressions stand in for it. Only drafts are read here, and nothing here says
whether what was found is good or bad.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from assist.core.remembering import remembering
from assist.core.signals import NOTHING, Detector, Evidence, Findings, Signal
from assist.core.text import Span, fold, lowered, sentences
from assist.core.turns import Draft, Turn
from assist.detectors import clauses_data as data
from assist.detectors.answers import answers
from assist.detectors.blames import blames, may_blame
from assist.detectors.clauses import Clauses
from assist.detectors.doubts import doubts
from assist.detectors.parser import LONGEST, Parse
from assist.detectors.refusals import may_refuse, refusals
from assist.detectors.ways_on import ways_on

__all__ = ["Parsed", "load", "load_parsed"]

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

_CONDITION = re.compile(rf"\b(?:{'|'.join(sorted(data.CONDITIONS))})\b")

Places = Iterable[tuple[str, Span]]
_Told = Callable[[str, str], Places]
"""From a sentence, in lower case and as typed, to what it does."""


def load() -> Detector:
    """Return the detector of what words alone tell: promises, and what leads on."""

    @remembering(_KEPT)
    def told_of(said: str, written: str) -> Places:
        del written
        return (*_promised(said), *_way_on(said))

    def syntax(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        if not isinstance(subject, Draft):
            return NOTHING
        text = subject.text[:_READ]
        signals = _signals(text, told_of)
        if all(one.name != "draft.way-on" for one in signals) and (
            told := [*answers(text, earlier)]
        ):
            signals.append(_signal("draft.way-on", told, score=_ANSWERED))
        return Findings(signals=tuple(signals))

    return syntax


class Parsed:
    """The detector of what only a parse tells, which costs much: the signals that it `tells`."""

    def __init__(self, tells: str, told_of: _Told) -> None:
        self.tells = frozenset({tells})
        self._told_of = told_of

    def __call__(self, subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        """Return refusals, blame or doubts in `subject`."""
        del earlier
        if not isinstance(subject, Draft):
            return NOTHING
        found = _signals(subject.text[:_READ], self._told_of)
        return Findings(signals=tuple(one for one in found if one.name in self.tells))


def load_parsed(parse: Parse | None) -> tuple[Parsed, ...]:
    """Return the detectors of what a parse tells; `parse` is None where no parser is installed."""

    @remembering(_KEPT)
    def refused(said: str, written: str) -> Places:
        return (*_refused(said, written, parse),)

    @remembering(_KEPT)
    def blamed(said: str, written: str) -> Places:
        return (*_blamed(said, written, parse),)

    def doubted(said: str, written: str) -> Places:
        return refused(said, written) if _CONDITION.search(said) else ()

    return (
        Parsed("draft.refusal", refused),
        Parsed("draft.unclear", doubted),
        Parsed("draft.blame", blamed),
    )


def _signals(text: str, told_of: _Told) -> list[Signal]:
    found: dict[str, list[Span]] = {}
    for name, span in _noticed(text, told_of):
        found.setdefault(name, []).append(span)
    return [_signal(name, spans) for name, spans in found.items()]


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


def _refused(said: str, written: str, parse: Parse | None) -> Places:
    """Yield the refusals of a sentence, and where it is in doubt what belongs to them."""
    if not (_NEGATION.search(said) or _OF_YOU.search(said)):
        return
    if parse is None or len(said) > LONGEST:
        yield from _plain("draft.refusal", _PLAIN_REFUSAL, said)
        return
    clauses = Clauses(parse(written, may_refuse))
    places = [refusal.span for refusal in refusals(clauses)]
    found = [
        *(("draft.refusal", span) for span in places),
        *(("draft.unclear", span) for span in doubts(clauses, places)),
    ]
    yield from _unquoted(said, found)


def _blamed(said: str, written: str, parse: Parse | None) -> Places:
    if parse is None or len(said) > LONGEST:
        if _NEGATION.search(said) or _OF_YOU.search(said):
            yield from _plain("draft.blame", _PLAIN_BLAME, said)
        return
    if _OF_YOU.search(said):
        found = [("draft.blame", span) for span in blames(Clauses(parse(written, may_blame)))]
        yield from _unquoted(said, found)


def _unquoted(said: str, found: Places) -> Places:
    quoted = [match.span() for match in _QUOTED.finditer(said)]
    return (
        (name, span)
        for name, span in found
        if not any(span.start < end and start < span.end for start, end in quoted)
    )


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
