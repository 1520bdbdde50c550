"""From what somebody says to the words they give.

The law: a word is given by an agent of their own accord, for the company or for somebody they
name, or by the customer for themselves. Questions, offers, reports of what others said, denials,
hopes and templates give none. Every word given is a place in the text; on doubt there is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from assist.core import promise_parties as parties
from assist.core import promise_words as words
from assist.core.date_words import DURATION
from assist.core.dates import due_time
from assist.core.ledger import EntryKind, Owner
from assist.core.remembering import remembering
from assist.core.text import Span, fold, lowered, sentences
from assist.core.turns import Role, Turn

__all__ = ["Given", "given", "proposed"]

_MOST = 20
_EDGE = " \t\r\n.,;:!-"
_THEN = re.compile(r"\b(?:that|the same) day\b|\b(?:by|before|at) then\b")
_TIME_FIRST = re.compile(
    r"(?:(?:ok|okay|sure|right|so|then|and)[, ]+)?(?P<time>(?:by|before|at|on|in|within|tomorrow|"
    r"today|tonight|this|next|first thing|later|no later|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|the day after)\b(?: [\w:.'-]+){0,5})[, ]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A word given: what kind, by whom, where in the text, and on what it hangs."""

    kind: EntryKind
    owner: Owner
    span: Span
    due: datetime | None = None
    who: str | None = None
    condition: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Where in a sentence a word begins; `needs_time` where it is none without a time.

    `now` does for a time where what is under way is told, `news` with a condition where the
    customer is to be told something.
    """

    start: int
    end: int
    owner: Owner
    who: str | None = None
    time: str | None = None
    note: bool = False
    needs_time: bool = False
    now: bool = False
    news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A sentence, folded and in lower case; `text` is as it was written."""

    plain: str
    text: str
    start: int
    at: datetime
    locale: str | None
    asked: bool
    before: str


def given(turn: Turn, locale: str | None = None) -> tuple[Given, ...]:
    """Return the words that a turn gives, in order."""
    return _remembered(turn, turn.at.isoformat(), locale)


# A turn is asked again at every later turn and draft. Times in two zones may be equal, and give
# other days.
@remembering(256)
def _remembered(turn: Turn, _: str, locale: str | None) -> tuple[Given, ...]:
    if turn.role not in {Role.AGENT, Role.CUSTOMER}:
        return ()
    seek = _by_agent if turn.role is Role.AGENT else _by_customer
    found = [
        word
        for said in _sentences(turn, locale)
        if not said.asked
        for word in _words(said, seek(said))
    ]
    return tuple(found[:_MOST])


def proposed(turn: Turn) -> tuple[Span, ...]:
    """Return the sentences in which an agent asks leave to do something, or offers it."""
    return tuple(
        Span(said.start, said.start + len(said.plain))
        for said in _sentences(turn, None)
        if (said.asked or words.LEFT_OPEN.search(said.plain)) and words.PROPOSED.search(said.plain)
    )


def _sentences(turn: Turn, locale: str | None) -> Iterator[_Said]:
    plain = lowered(fold(turn.text))
    if "?" not in plain and not _hints(plain):
        return
    plain = words.QUOTED.sub(lambda match: "_" * len(match[0]), plain)
    spans = sentences(turn.text)
    for number, span in enumerate(spans, start=1):
        said = span.of(plain)
        after = spans[number].of(plain) if number < len(spans) else ""
        if words.TEMPLATE.search(said.replace("__", "")) is None:
            yield _Said(
                plain=said,
                text=span.of(turn.text),
                start=span.start,
                at=turn.at,
                locale=locale,
                before=spans[number - 2].of(plain) if number > 1 else "",
                asked=_asks(said) or words.TAG.fullmatch(after) is not None,
            )


def _hints(plain: str) -> bool:
    return any(hint in plain for hint in words.HINTS)


def _asks(plain: str) -> bool:
    return plain.endswith("?") or words.ASKED.match(plain) is not None


# -- who gives a word, and where -------------------------------------------------------------------


def _by_customer(said: _Said) -> list[_Found]:
    if words.THREAT.search(said.plain):
        return []
    return [
        _Found(start=match.start(), end=match.end(), owner=Owner.CUSTOMER)
        for match in words.CUSTOMER.finditer(said.plain)
    ]


def _by_agent(said: _Said) -> list[_Found]:
    """Return the beginnings of words given, in order, none within another."""
    if not _hints(said.plain):
        return []
    found = [
        *_own(said.plain),
        *_pauses(said.plain),
        *_yours(said.plain),
        *_others(said),
        *_timed(said.plain),
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    apart: list[_Found] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _own(plain: str) -> Iterator[_Found]:
    for match in words.SET.finditer("" if words.OWN.search(plain) else plain):
        yield _Found(start=match.start(), end=match.end(), owner=Owner.AGENT)
    for match in words.OWN.finditer(plain):
        start = match.start("elided") if match["elided"] else match.start()
        owner = Owner.COMPANY if match["we"] or match["we_vow"] else Owner.AGENT
        yield _Found(start=start, end=match.end(), owner=owner)


def _pauses(plain: str) -> Iterator[_Found]:
    for match in words.PAUSE.finditer(plain):
        yield _Found(
            start=match.start(), end=match.end(), owner=Owner.AGENT, time=f"in {match['time']}",
            needs_time=True,
        )  # fmt: skip
    for match in words.UNTIL.finditer(plain):
        yield _Found(
            start=match.start(), end=match.end(), owner=Owner.AGENT, time=f"by {match['by']}",
            needs_time=True,
        )  # fmt: skip


def _yours(plain: str) -> Iterator[_Found]:
    for match in words.YOURS.finditer(plain):
        source = words.FROM.search(plain, match.start(), match.end() + 40)
        mine = source is not None and source["who"] != "us"
        personal = source is not None
        yield _Found(
            start=match.start(), end=match.end(), owner=Owner.AGENT if mine else Owner.COMPANY,
            needs_time=not personal and (match["get"] or match["soon"]) is not None,
            news=match["news"] is not None,
        )  # fmt: skip


def _others(said: _Said) -> Iterator[_Found]:
    patterns = [parties.GOING] if words.UNDER_WAY.search(said.plain) else []
    if words.WILL.search(said.plain):
        yield from _parties(said)
        patterns.append(parties.THING)
    for pattern in (*patterns, parties.ARRANGED):
        for match in pattern.finditer(said.plain):
            yield _Found(start=match.start(), end=match.end(), owner=Owner.COMPANY, needs_time=True)


def _parties(said: _Said) -> Iterator[_Found]:
    for match in parties.OTHER.finditer(said.plain):
        yield _of_party(match, match["who"])
    for match in parties.NAMED.finditer(fold(said.text)):
        name = lowered(match["who"])
        if name.split()[0] not in parties.NOBODY and parties.COMPANY.search(name) is None:
            yield _of_party(match, name)
    for match in parties.THEY.finditer(said.plain):
        yield from _of_them(said, match)


def _of_them(said: _Said, match: re.Match[str]) -> Iterator[_Found]:
    """Yield what "they" will do, where somebody is named whom it can mean."""
    told = f"{said.before} {said.plain[: match.start()]}"
    named = [*parties.COMPANY.finditer(told), *parties.OUTSIDE.finditer(told)]
    if named:
        last = max(named, key=lambda one: one.start())
        yield replace(_of_party(match, last[0]), needs_time=match["you"] is None)


def _of_party(match: re.Match[str], who: str) -> _Found:
    ours = parties.OUTSIDE.search(who) is None and who.startswith(("our ", "one of ", "a member "))
    inside = ours or parties.COMPANY.search(who) is not None
    unnamed = who in {"someone", "somebody"}
    return _Found(
        start=match.start(), end=match.end(), who=None if unnamed else who,
        owner=Owner.COMPANY if inside else Owner.THIRD_PARTY,
    )  # fmt: skip


def _timed(plain: str) -> Iterator[_Found]:
    for match in words.PLAN.finditer(plain):
        yield _Found(
            start=match.start("who"), end=match.end(), needs_time=True,
            owner=Owner.COMPANY if match["we"] else Owner.AGENT,
        )  # fmt: skip
    for match in words.TIMED.finditer(plain):
        yield _Found(
            start=match.start(), end=match.end(), needs_time=True, note=match["note"] is not None,
            owner=Owner.COMPANY if match["we"] else Owner.AGENT, now=match["send"] is not None,
        )  # fmt: skip


# -- from its beginning to the whole of it -------------------------------------------------------


def _words(said: _Said, found: list[_Found]) -> Iterator[Given]:
    """Yield the words that a sentence gives; each ends where the next begins."""
    begin = 0
    skip = False
    for place, one in enumerate(found):
        if skip:
            skip = False
            continue
        after = found[place + 1] if place + 1 < len(found) else None
        if after and one.time and said.plain[one.end : after.start].strip(" ,") in {"and", "then"}:
            skip, after = True, found[place + 2] if place + 2 < len(found) else None
        end = after.start if after else len(said.plain)
        yield from _word(said, one, begin, end)
        begin = end


def _word(said: _Said, one: _Found, begin: int, end: int) -> Iterator[Given]:
    before = said.plain[begin : one.start]
    if words.REPORTED.search(before) or words.HEDGED.search(before):
        return
    if one.needs_time and words.ALWAYS.search(said.plain):
        return
    if words.LEFT_OPEN.search(said.plain) or words.EMPTY.search(said.plain, one.start, end):
        return
    start, condition = one.start, None
    if (leading := words.LEADING.fullmatch(before)) is not None:
        condition = _trimmed(said.plain, begin + leading.start("if"), one.start)
    elif (first := _time_before(before)) is not None:
        start = begin + first
    trailing = words.CONDITION.search(said.plain, one.end, end)
    if trailing is not None:
        condition = condition or _trimmed(said.plain, trailing.start(), end)
        end = trailing.start()
    span = _trimmed(said.plain, start, end)
    due = _due(said, one, span.of(said.plain), hangs=condition is not None)
    if due is None and condition and said.plain[condition.start :].startswith("after"):
        due = _due(said, one, condition.of(said.plain), hangs=False)
    if one.needs_time and due is None and not _timeless(said, one, span, condition):
        return
    whole = Given(
        kind=_kind(span.of(said.plain), one, due), owner=one.owner, span=span, due=due, who=one.who,
        condition=condition,
    )  # fmt: skip
    for part in _parts(said, whole):
        yield replace(
            part,
            span=part.span.shifted(said.start),
            condition=part.condition.shifted(said.start) if part.condition else None,
        )


def _timeless(said: _Said, one: _Found, span: Span, condition: Span | None) -> bool:
    """Tell whether it is a word even so: under way now, or news that hang on something."""
    if one.now:
        return words.NOW.search(span.of(said.plain)) is not None
    return one.news and condition is not None


def _time_before(before: str) -> int | None:
    """Return where the time begins that stands right before a promise: "By 5 I'll call"."""
    chunk = re.split(r"[,;]\s", before.rstrip(" ,"))[-1]
    at = before.rfind(chunk)
    match = _TIME_FIRST.fullmatch(before, at)
    return match.start("time") if match else None


def _due(said: _Said, one: _Found, told: str, *, hangs: bool) -> datetime | None:
    """Return when it is due; nobody knows when a time ends that begins with a condition."""
    if hangs and DURATION.search(told):
        return None
    then = said.before if _THEN.search(told) else ""
    return due_time(one.time or f"{then} {told}", said.at, said.locale)


def _kind(told: str, one: _Found, due: datetime | None) -> EntryKind:
    later = due is not None and words.LOOK_LATER.search(told) is not None
    if one.note or later or words.FOLLOW_UP.search(told):
        return EntryKind.FOLLOW_UP
    return EntryKind.PROMISE


def _parts(said: _Said, whole: Given) -> Iterator[Given]:
    """Yield a word in two where "and" joins two acts, each with a time of its own."""
    told = whole.span.of(said.plain)
    for match in words.SECOND.finditer(told):
        dues = [
            due_time(part, said.at, said.locale)
            for part in (told[: match.start()], told[match.end() :])
        ]
        if None not in dues:
            at = whole.span.start
            yield replace(whole, span=Span(at, at + match.start()), due=dues[0])
            yield replace(whole, span=Span(at + match.end(), whole.span.end), due=dues[1])
            return
    yield whole


def _trimmed(plain: str, start: int, end: int) -> Span:
    """Return the place without the blanks, marks and joining words around it."""
    body = words.CONNECTOR.sub("", plain[start:end]).rstrip(_EDGE)
    begin = start + len(body) - len(body.lstrip(_EDGE))
    return Span(begin, max(begin, start + len(body)))
