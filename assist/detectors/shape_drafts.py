"""How a draft is written: how loud, how long, how many questions, and into what it comes.

The law: as for every shape, nothing is looked up for its meaning. Capitals are loud only where
they are words that people shout; a name, a code or a quotation is none. A customer is still
telling only where the turns themselves show it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from assist.core.signals import Evidence, Signal
from assist.core.text import Span, fold, lowered, sentences
from assist.core.turns import Draft, Role, Turn
from assist.detectors import shape_data as data

__all__ = ["asked", "drafted", "lengthy", "loud", "shouts", "telling", "whole"]

SOURCE = "shape"

_READ = 4000
_SHOWN = 12
_QUESTIONS = 5
_LONG_DRAFT = 200
_LONG_SENTENCE = 80
_SEVERAL = 3
_LONG_WORD = 4

_CAPITAL = re.compile(r"(?<![\w#/@.'-])[A-Z]+(?:'[A-Z]+)?(?![\w/@'-])")
_GAP = re.compile(r"[ ,]{1,2}")
_RUN = re.compile(r"[!?]{2,}")
_QUOTED = re.compile(r'"[^"\n]{1,300}"')
_OPENING = re.compile(r"(?:^|[,.!?\n]) *$")
_TITLE = re.compile(r"[a-z,] [A-Z]\w+$")
_SHAPED = re.compile(r"[A-Z]{3,}(?:LY|ING|ED|ION|MENT|NESS|ABLE|IBLE|FUL|LESS|DAY|N'T)$")
_LOUD = frozenset(data.LOUD_WORDS)
_SHORT = frozenset(data.SHORT_LOUD_WORDS)
_SMALL = frozenset(data.SMALL_WORDS)
_CALM = frozenset(data.ACRONYMS)
_NAMING = frozenset(data.NAMING)


def loud(draft: Draft) -> Iterator[Signal]:
    """Notice shouted words (`draft.capitals`) and rows of marks (`draft.marks`)."""
    text = fold(draft.text[:_READ])
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    places = list(shouts(text, quoted))
    if places:
        words = sum(len(place.of(text).split()) for place in places)
        score = 0.6 if words >= _SEVERAL else 0.3 + 0.1 * (words - 1)
        yield drafted("draft.capitals", score, places)
    runs = [
        Span(*run.span())
        for run in _RUN.finditer(text)
        if not _inside(Span(*run.span()), quoted) and not _titled(text, run)
    ]
    if runs:
        longest = max(run.end - run.start for run in runs)
        yield drafted("draft.marks", min(0.5, 0.2 + 0.05 * longest), runs)


def shouts(text: str, quoted: Sequence[Span]) -> Iterator[Span]:
    """Yield rows of words in capitals that hold a word people shout."""
    row: list[re.Match[str]] = []
    for match in [*_CAPITAL.finditer(text), None]:
        if row and (match is None or not _GAP.fullmatch(text, row[-1].end(), match.start())):
            if _shouted(text, row, quoted):
                yield Span(row[0].start(), row[-1].end())
            row = []
        if match is not None:
            row.append(match)


def _shouted(text: str, row: list[re.Match[str]], quoted: Sequence[Span]) -> bool:
    if _inside(Span(row[0].start(), row[-1].end()), quoted):
        return False
    words = [match.group() for match in row]
    if len(words) == 1 and words[0].lower() in _SHORT and _OPENING.search(text, 0, row[0].start()):
        return False
    if not any(_loud(word) for word in words):
        short = [word for word in words if word.lower() in _SMALL or word.lower() in _SHORT]
        return len(short) >= _SEVERAL and len(short) == len(words)
    before = re.findall(r"[^\W_]+", lowered(text[max(0, row[0].start() - 24) : row[0].start()]))
    named = text[: row[0].start()].endswith(" ") and not text[: row[0].start() - 1].endswith(",")
    return len(words) > 1 or not (named and _NAMING.intersection(before[-1:]))


def _loud(word: str) -> bool:
    low = word.lower()
    if word in _CALM:
        return False
    if low in _SHORT or low.replace("'", "") in _SHORT:
        return True
    return len(word) >= _LONG_WORD and (low in _LOUD or bool(_SHAPED.match(word)))


def _titled(text: str, run: re.Match[str]) -> bool:
    """Tell whether a mixed row may end a title: "the film Shazam!?"."""
    return len(set(run.group())) > 1 and bool(_TITLE.search(text[: run.start()]))


def _inside(place: Span, quoted: Sequence[Span]) -> bool:
    return any(quotation.overlaps(place) for quotation in quoted)


_AUX = (
    r"(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|should|may|isn't|aren't|"
    r"don't|doesn't|didn't|haven't|hasn't)"
)
_WHO = (
    r"(?:i|you|u|it|they|he|she|we|this|that|the|your|there|anyone|anybody|someone|any|these|those)"
)
_WHICH = (
    r"(?:what|which|when|where|who|whose|why|how|since when|till when|on which|at what|in which)"
)
_FURTHER = re.compile(
    r"(?:[,;(] ?|\b)(?:and|or|also|plus|oh|then|but|as well as)(?: (?:also|then|if so))*,? "
    rf"(?:please |kindly |exactly |roughly )*(?:{_AUX} {_WHO}\b|{_WHICH}\b|"
    rf"(?:confirm|send|share|tell|give|provide)\b)|"
    rf"[,;] (?:if|whether|how|when|which|what) \w+(?: \w+){{0,3}}(?=[,?]| and\b)|"
    r"\band (?:whether|if you|who|how|when)\b|"
    rf"[,;] (?:{_AUX} {_WHO}\b|{_WHICH} (?:\w+ ){{0,2}}{_AUX}\b|(?:is|are|was) \w+ \w+)"
)
_ASKING = re.compile(
    rf"\b(?:{_AUX} {_WHO}\b|{_WHICH}\b|may i|please|can i|tell me|let me know)|^(?:is|are|was) \w+"
)
_DETAIL = re.compile(
    r"[,;]? ?(?:(?:can|could|would|will|please) (?:you )?(?:also |please |kindly )*tell me )?"
    r"(?:(?:and|also|or|plus|then|exactly)[ ,]+)*(?:(?:at|on|from|in|for|to) )?"
    r"(?:where|when|how (?:many|long|large|big)|"
    r"(?:what|which)(?:'s| is)?(?: your| the| kind of| type of)? "
    r"(?:time|day|date|city|place|destination|origin|station|airport|area|hour|price|size|cuisine))\b"
)
_EXAMPLE = frozenset(("and", "or", "your", "same", "which", "what", "any", "since", "how", "when"))
_TINY = 2
_AS = re.compile(r"(?:like|such as|for example|for instance|e\.?g\.?|maybe|perhaps|or) ")


def asked(draft: Draft) -> Iterator[Signal]:
    """Notice the questions of a draft, each pointed at: one is a fifth of the score.

    Several in one sentence count each; words that only give examples of an answer do not.
    """
    text = draft.text[:_READ]
    if "?" not in text:
        return
    plain = lowered(fold(text))
    places: list[Span] = []
    for span in sentences(text):
        said = span.of(plain)
        if not said.endswith("?") and not (places and _FURTHER.search(said)):
            continue
        if said.endswith("?") and not (places and _example(said)):
            places.append(span)
        if _ASKING.search(said):
            places += [Span(*m.span()).shifted(span.start) for m in _more(said)]
    if places:
        yield drafted("draft.questions", len(places) / _QUESTIONS, sorted(set(places)))


def _more(said: str) -> Iterator[re.Match[str]]:
    """Yield where a question goes on to a further one; details of one plan are one question."""
    first = _ASKING.search(said)
    begins = first.end() if first else 0
    further = list(_FURTHER.finditer(said, begins))
    starts = [first.start() if first else 0, *(match.start() for match in further)]
    if all(_DETAIL.match(said, at) for at in starts):
        return
    yield from further


def _example(said: str) -> bool:
    """Tell whether it only gives an example of an answer: "Chinese?" after "What food?"."""
    if _AS.match(said):
        return True
    words = re.findall(r"[^\W_]+", said)
    if _ASKING.search(said):
        return False
    return len(words) <= _TINY and not _EXAMPLE.intersection(words)


def lengthy(draft: Draft) -> Iterator[Signal]:
    """Notice how long a draft is, and how long its longest sentence, by their words."""
    size = len(draft.text.split())
    if size:
        yield drafted("draft.long", size / _LONG_DRAFT, [whole(draft)])
        text = draft.text[:_READ]
        counted = [(len(span.of(text).split()), span) for span in sentences(text)]
        if counted:
            words, longest = max(counted, key=lambda pair: pair[0])
            yield drafted("draft.tangled", words / _LONG_SENTENCE, [longest])


_GOING_ON = re.compile(
    r"\b(?:(?:let|lemme) ?(?:me )?(?:just |first )?(?:finish|explain|copy|paste|type|find|look it|"
    r"check what|start (?:from|at|over)|get (?:the|it|my)|read it|scroll|upload|take a|grab|"
    r"go back)|"
    r"(?:still|hold on|wait|not done)(?: am| i'?m)? (?:typing|writing|telling|explaining|uploading|"
    r"copying|counting|looking|searching)|(?:i'?m|am) (?:typing|not done|not finished)|"
    r"not (?:done|finished)(?: yet)?|"
    r"(?:more|rest|continued?)(?: is| is still)? (?:to come|to follow|coming|follows|below)|"
    r"(?:there's|theres|there is|i have) more(?! \w)|bear with me|"
    r"(?:in|several|few|two|three) (?:parts|messages)|"
    r"before i'?m done|"
    r"(?:give me|gimme|wait|just|only) (?:one|1|a|half a) (?:sec|second|moment|min|minute|mo)\b|"
    r"(?<!for )(?:one|1|a|half a) (?:sec|second|moment|min|minute|mo)\.*$|hang on|"
    r"hold on|brb|wait,? there|to be continued|stop (?:answering|interrupting)|"
    r"haven'?t finished|where was i|(?:it'?s|its|story'?s?) (?:a bit |quite |kinda )?long\b|"
    r"(?:don'?t|stop|quit) interrupt|\((?:writing|typing|more|cont\w*)|let me tell you|"
    r"here'?s what happened|"
    r"(?:three|four|five|several|\d) (?:more )?things|"
    r"here'?s (?:the|a|my) (?:list|story|whole)|long story)"
)
_COUNTED = re.compile(r"(?:^|\()(?:part )?(\d) ?(?:/|of) ?(\d)\b(?!/)")
_OPEN_END = re.compile(
    r"\b(?:and|but|(?<!either )or|because|cause|cuz|if|when|(?<!a )while|the|an?|my|your|our|their|"
    r"(?<!of )his|"
    r"(?<!\bfan )(?<!\bkind )(?<!\bsort )(?<!\bheard )(?<!\bthink )(?<!\blot )of|than|"
    r"(?:he|she|they|it|driver|lady|guy|man|woman|page|app|error|letter|mail|email|message|agent|"
    r"which|who|colleague|website) (?:says?|said|told|goes|was like|is like)|"
    r"(?:says?|said|told me|tells me|writes|wrote) that|"
    r"and then|can'?t even|do i see|guess what|the thing is|first of all|so basically|"
    r"to (?:begin|start) with|and also|i was like|all of a sudden|suddenly)$"
)
_STARTED = re.compile(r"(?:so|ok so|and so|and) (?:when|after|once|while)(?: \w+){2,7}$")
_OPEN_MARK = re.compile(r"(?:\.\.+|[,:;-])$")
_SUBORDINATE = re.compile(
    r"(?:and|but) (?:\w+ ){1,5}then$|"
    r"(?:(?:and|so|then|but|ok) )*(?:when|after|as soon as|once|while|every time|if)(?: \w+){2,6}$"
)
_CLOSED = re.compile(
    r"\b(?:that'?s (?:it|all|my|the (?:story|lot))|your turn|over to you|what now|thanks|thank you|"
    r"done now|i'?m done|pls help|please help|help me)\b"
)
_PLACE = re.compile(r"[A-Za-z]{3,}, ?[A-Z]{2}\W*$")
_ALONE = 1


def telling(draft: Draft, past: Sequence[Turn]) -> Iterator[Signal]:
    """Notice that the customer's last turns show that there is more to come."""
    said = [turn for turn in past if turn.role is not Role.SYSTEM]
    row = list(takewhile(lambda turn: turn.role is Role.CUSTOMER, reversed(said)))
    if not row:
        return
    texts = [lowered(fold(turn.text[-_READ:])).strip() for turn in row]
    last = texts[0]
    if _PLACE.search(row[0].text.strip()) or last.endswith("?") or _CLOSED.search(last):
        return
    if _unfinished(last, len(row)) or _announced(last):
        yield drafted("draft.telling", 1.0, [whole(draft)])


def _announced(last: str) -> bool:
    counted = _COUNTED.search(last)
    if counted is not None:
        return int(counted[1]) < int(counted[2])
    return _GOING_ON.search(last) is not None


def _unfinished(last: str, turns: int) -> bool:
    if _OPEN_END.search(last):
        return True
    if turns == _ALONE:
        return _STARTED.match(last) is not None
    return bool(_OPEN_MARK.search(last) or _SUBORDINATE.match(last))


def drafted(name: str, score: float, places: list[Span]) -> Signal:
    """Return a signal of a draft at these places, its score at most 1."""
    return Signal(
        name=name,
        score=round(min(1.0, score), 4),
        evidence=tuple(Evidence(turn="", span=s, cue=name, source=SOURCE) for s in places[:_SHOWN]),
    )


def whole(turn: Turn | Draft) -> Span:
    """Return all of what is said, without the blanks around it."""
    text = turn.text
    start = len(text) - len(text.lstrip())
    return Span(start, max(start, len(text.rstrip())))
