"""What later turns make of what was promised: kept, contradicted, dropped.

The law: an entry's state changes only by words said later that are about the same matter, and each
change names them. A promise to come back is kept by coming back with something to say; a call or a
mail only where somebody says that it took place. On doubt an entry stays as it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from operator import is_

from assist.core import keep_words as words
from assist.core.dates import due_time
from assist.core.ledger import Entry, EntryKind, EntryState, Owner
from assist.core.promises import given
from assist.core.signals import Evidence, Reading
from assist.core.subjects import things, verbs
from assist.core.text import Span, fold, lowered, sentences
from assist.core.turns import Turn

__all__ = ["BROKEN", "about_same", "after_agent", "after_customer"]

BROKEN = "word.broken"
"""The signal of an agent's turn that goes back on what was said before."""
SOURCE = "promises"
_PAUSE = timedelta(seconds=45)
_WINDOW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A sentence of a turn, folded and in lower case, with its place."""

    text: str
    span: Span


def after_agent(ledger: tuple[Entry, ...], turn: Turn, reading: Reading) -> tuple[Entry, ...]:
    """Return the ledger after an agent's turn, without what that turn itself promises."""
    if not any(entry.pending for entry in ledger):
        return ledger
    lines = _lines(turn)
    ledger = _contradicted(ledger, turn, reading)
    ledger = _withdrawn(ledger, turn, lines)
    ledger = _postponed(ledger, turn, lines)
    for line in lines:
        if line.text.endswith("?"):
            continue
        ledger = _changed(ledger, turn, line, EntryState.KEPT, _done_by(line, turn))
        ledger = _changed(ledger, turn, line, EntryState.KEPT, _arrived(line))
        ledger = _single(ledger, turn, line)
    return _returned(ledger, turn, lines)


def after_customer(ledger: tuple[Entry, ...], turn: Turn) -> tuple[Entry, ...]:
    """Return the ledger after a customer's turn, without what they agree to or promise in it."""
    if not any(entry.pending for entry in ledger):
        return ledger
    for line in _lines(turn):
        if line.text.endswith("?"):
            continue
        ledger = _changed(ledger, turn, line, EntryState.KEPT, _confirmed_by(line, turn))
        ledger = _changed(ledger, turn, line, EntryState.DROPPED, _spared_by(line))
    return ledger


def about_same(one: str, other: str, shared: frozenset[str]) -> bool:
    """Tell whether two sentences that share these verbs mean the same thing by them."""
    mine, yours = _objects(one, shared), _objects(other, shared)
    if mine and yours:
        return bool(mine & yours)
    if yours:
        return words.PRONOUN.search(one) is not None
    if words.PRONOUN.search(other) is not None or words.BARE.fullmatch(other) is not None:
        return True
    yours_too = " you" in f" {one}", " you" in f" {other}"
    if words.HEADED.match(other) is not None or all(yours_too):
        return True
    return not mine and yours_too[0] == yours_too[1]


def _objects(text: str, shared: frozenset[str]) -> frozenset[str]:
    return frozenset(
        thing
        for thing in things(text) - _FILLING
        if len(thing) > 3
        and not verbs(thing) & shared
        and not any(thing[:4] == verb[:4] for verb in shared)
    )


# Words that say when or how, and nothing of what it is about.
_FILLING = things(
    "right away straight moment second really quick quickly personally actually already later "
    "early evening noon midday hello cheers latest mate perfect business shortly promised agreed "
    "discussed anyway though through between today tonight tomorrow monday tuesday wednesday "
    "thursday friday saturday sunday morning afternoon week want thanks said instead rather than "
    "turns learned"
)


def _lines(turn: Turn) -> tuple[_Line, ...]:
    plain = lowered(fold(turn.text))
    return tuple(_Line(text=span.of(plain), span=span) for span in sentences(turn.text))


def _told(entry: Entry) -> str:
    return lowered(fold(entry.what))


def _proof(turn: Turn, span: Span, state: EntryState) -> Evidence:
    return Evidence(turn=turn.id, span=span, cue=f"ledger.{state}", source=SOURCE)


def _changed(
    ledger: tuple[Entry, ...],
    turn: Turn,
    line: _Line,
    state: EntryState,
    asked: Callable[[Entry], bool],
) -> tuple[Entry, ...]:
    """Return the ledger with what is pending and asked for brought to `state`."""
    return tuple(
        replace(entry, state=state, evidence=(*entry.evidence, _proof(turn, line.span, state)))
        if entry.pending and asked(entry)
        else entry
        for entry in ledger
    )


# -- an agent's words ------------------------------------------------------------------------------


def _contradicted(ledger: tuple[Entry, ...], turn: Turn, reading: Reading) -> tuple[Entry, ...]:
    """Return the ledger with what the reading says this turn goes back on."""
    signal = reading.signal(BROKEN)
    if signal is None:
        return ledger
    here = next(proof for proof in signal.evidence if proof.turn == turn.id)
    there = [proof for proof in signal.evidence if proof.turn != turn.id]
    line = _Line(text="", span=here.span)

    def broken(entry: Entry) -> bool:
        said = entry.evidence[0]
        return any(said.turn == one.turn and _mostly(said.span, one.span) for one in there)

    return _changed(ledger, turn, line, EntryState.CONTRADICTED, broken)


def _mostly(part: Span, whole: Span) -> bool:
    """Tell whether a place makes up at least half of another."""
    both = min(part.end, whole.end) - max(part.start, whole.start)
    return 2 * both >= whole.end - whole.start


def _withdrawn(
    ledger: tuple[Entry, ...], turn: Turn, lines: tuple[_Line, ...]
) -> tuple[Entry, ...]:
    """Return the ledger with what the agent openly takes back."""
    if not any(words.OPENLY.search(line.text) for line in lines):
        return ledger
    for line in lines:
        if (off := words.OFF.search(line.text)) is not None:
            gone = partial(_alike, told=_clause(line.text[off.start() :]))
            ledger = _changed(ledger, turn, line, EntryState.DROPPED, gone)
    return ledger


def _postponed(
    ledger: tuple[Entry, ...], turn: Turn, lines: tuple[_Line, ...]
) -> tuple[Entry, ...]:
    """Return the ledger with what is openly put off, and what was put in its place."""
    for line in lines:
        due = due_time(_after_all(line.text), turn.at) if words.MOVED.search(line.text) else None
        if due is None or line.text.endswith("?"):
            continue
        moved = [one for one in ledger if _put_off(one, line, due)]
        if len(moved) != 1:
            continue
        ledger = _changed(ledger, turn, line, EntryState.CONTRADICTED, partial(is_, moved[0]))
        new = replace(
            moved[0], id=f"{moved[0].kind}:{turn.id}:moved", what=line.span.of(turn.text), due=due,
            said=turn.at, state=EntryState.OPEN,
            evidence=(_proof(turn, line.span, EntryState.OPEN),),
        )  # fmt: skip
        ledger = (*ledger, new)
    return ledger


def _after_all(text: str) -> str:
    """Return the part of a sentence that tells the new time: not the old one it names."""
    told = re.sub(r"\b(?:rather than|instead of)\b[^,.;]*", "", text)
    told = re.sub(r"(?:n't|\bnot) (?:be|come|make|do|happen)\b[^,.;]*[,;]", "", told)
    told = re.sub(r"\b(?:until|till|to) (?=\d|[a-z]+day\b|tomorrow|next)", "by ", told)
    return re.split(r"\bbut\b", told, maxsplit=1)[-1]


def _put_off(entry: Entry, line: _Line, due: datetime) -> bool:
    """Tell whether an entry is what a sentence puts off until `due`."""
    if not (entry.pending and entry.owner is not Owner.CUSTOMER and entry.due and entry.due < due):
        return False
    what = _told(entry)
    known = (things(what) - _FILLING) & (things(line.text) - _FILLING)
    return bool(known or verbs(what) & verbs(line.text) & _ACTIVE or _days(what) & _days(line.text))


def _days(text: str) -> frozenset[str]:
    return frozenset(_DAY.findall(text))


_DAY = re.compile(r"\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")


def _alike(entry: Entry, told: str) -> bool:
    what = _told(entry)
    shared = verbs(what) & verbs(told) & _ACTIVE
    return entry.owner.ours and bool(shared) and about_same(what, told, shared)


_ACTIVE = verbs(
    "call ring send refund cancel write email come visit check ask book replace return repair "
    "deliver contact change update waive credit release raise chase order reset fix transfer pay "
    "install collect bring review test remove add note extend reopen escalate follow message text "
    "upload forward scan print sign look find speak put issue apply confirm arrange resend prepare "
    "rebook unlock unblock block activate restart reorder exchange swap investigate file report "
    "upgrade switch extend adjust correct deal honour reserve hold keep reinstate restore "
    "reconnect "
    "drop ship post give get make take move pass place close open complete finish sort let"
)


def _done_by(line: _Line, turn: Turn) -> Callable[[Entry], bool]:
    """Return what asks whether an entry is kept by what this sentence says was done."""
    if words.DENIED.search(line.text) or words.NOT_YET.search(line.text):
        return lambda _: False
    done = [_spoken(line.text, match) for match in _acts(line.text)]
    done = [said for said in done if not (" by " in said[0] and due_time(said[0], turn.at))]
    if not done:
        return lambda _: False

    def kept(entry: Entry) -> bool:
        what = _told(entry)
        named = verbs(what)
        for told, verb, after in done:
            shared = (named & verb - _LITTLE) | (named & after & _ACTIVE)
            if shared and about_same(what, told, shared):
                return True
        return False

    return kept


def _arrived(line: _Line) -> Callable[[Entry], bool]:
    """Return what asks whether the thing that was promised is where it was to go."""
    denied = words.DENIED.search(line.text) or words.NOT_YET.search(line.text)
    match = None if denied else words.ARRIVED.search(line.text)
    told = things(_clause(line.text)) - _FILLING if match else frozenset()
    if not told:
        return lambda _: False
    return lambda entry: entry.owner.ours and bool(told & (things(_told(entry)) - _FILLING))


def _acts(text: str) -> list[re.Match[str]]:
    return [*words.DONE.finditer(text), *words.DOING.finditer(text)]


def _spoken(text: str, match: re.Match[str]) -> tuple[str, frozenset[str], frozenset[str]]:
    """Return what is said of an act, the stem of its verb, and those of the words right after."""
    near: list[str] = []
    for word in text[match.end() :].split()[:_WINDOW]:
        if word in _ENDS:
            break
        near.append(word)
    verb = match.groupdict().get("act") or match[0].split()[-1]
    return _clause(text[match.start() :]), verbs(verb), verbs(" ".join(near))


_ENDS = frozenset({"to", "and", "that", "if", "whether", "but", "by", "for"})
_LITTLE = verbs("have had do did done let get got make made give gave take took need want be")


def _single(ledger: tuple[Entry, ...], turn: Turn, line: _Line) -> tuple[Entry, ...]:
    """Return the ledger where "done" or "as promised" can only mean one thing."""
    if words.DENIED.search(line.text) or words.NOT_YET.search(line.text):
        return ledger
    bare = words.ALL_DONE.fullmatch(line.text)
    done = words.DONE_FIRST.match(line.text)
    if not bare and not done and not words.AS_PROMISED.search(line.text):
        return ledger
    ours = [entry for entry in ledger if entry.pending and entry.owner.ours]
    if any(turn.id == proof.turn for entry in ledger for proof in entry.evidence):
        return ledger
    if given(replace(turn, text=line.span.of(turn.text))):
        return ledger
    like = [entry for entry in ours if things(_told(entry)) & things(line.text)]
    meant = like if like and not bare else ours
    if len(meant) != 1 or meant[0].kind is EntryKind.FOLLOW_UP:
        return ledger
    return _changed(ledger, turn, line, EntryState.KEPT, lambda entry: entry is meant[0])


def _returned(ledger: tuple[Entry, ...], turn: Turn, lines: tuple[_Line, ...]) -> tuple[Entry, ...]:
    """Return the ledger where the agent is back as they said."""
    telling = [line for line in lines if not line.text.endswith("?")]
    if not telling or any(words.NOT_YET.search(line.text) for line in lines):
        return ledger
    back = next((line for line in telling if words.BACK.search(line.text)), None)
    news = back or next((line for line in telling if words.REPORTS.search(line.text)), None)

    ledger = _answered(ledger, turn, telling)

    def handed(entry: Entry) -> bool:
        return entry.owner is Owner.AGENT and words.HANDED.search(_told(entry)) is not None

    def paused(entry: Entry) -> bool:
        waited = entry.said is not None and turn.at - entry.said >= _PAUSE
        return waited and words.PAUSED.search(_told(entry)) is not None

    if news is not None:
        ledger = _changed(ledger, turn, news, EntryState.KEPT, handed)
    return _changed(ledger, turn, back or telling[0], EntryState.KEPT, paused)


def _answered(ledger: tuple[Entry, ...], turn: Turn, telling: list[_Line]) -> tuple[Entry, ...]:
    """Return the ledger where what the agent went to find out is told: "It was signed for by …"."""
    for line in telling:
        if words.DENIED.search(line.text) or given(replace(turn, text=line.span.of(turn.text))):
            continue
        about = things(line.text) | verbs(line.text)
        ledger = _changed(ledger, turn, line, EntryState.KEPT, partial(_asked_of, about=about))
    return ledger


def _asked_of(entry: Entry, about: frozenset[str]) -> bool:
    match = _SOUGHT.search(_told(entry))
    if match is None or not entry.owner.ours:
        return False
    return bool((things(match["what"]) - _FILLING) & about)


_SOUGHT = re.compile(
    r"\b(?:find out|check|ask|see|look up|tell you|let you know)\b[^.;]{0,30}?"
    r"\b(?:who|whether|if|what|when|where|why|how)\b (?P<what>[^.;]*)"
)


# -- a customer's words ----------------------------------------------------------------------------


def _confirmed_by(line: _Line, turn: Turn) -> Callable[[Entry], bool]:
    """Return what asks whether the customer did this, or says that it was done for them."""
    if words.DENIED.search(line.text) or "still" in line.text or "nothing" in line.text:
        return lambda _: False
    own = _done_by(line, turn)
    here = words.BACK.search(line.text) is not None or "attached" in line.text
    got = words.RECEIVED.search(line.text) is not None
    about, heard = things(line.text), verbs(line.text) & _HEARD

    def confirmed(entry: Entry) -> bool:
        if entry.owner is Owner.CUSTOMER:
            return own(entry) or (here and bool(about & things(_told(entry))))
        return got and bool(about & things(_told(entry)) or heard & verbs(_told(entry)))

    return confirmed


_HEARD = verbs("call ring email write")


def _spared_by(line: _Line) -> Callable[[Entry], bool]:
    """Return what asks whether the customer wants it no longer."""
    match = words.NO_NEED.search(line.text)
    if match is None:
        return lambda _: False
    told = _clause(line.text[match.start() :])
    if words.NEVER_MIND.fullmatch(told.strip(" .!")):
        return _spared_with(line)

    def spared(entry: Entry) -> bool:
        what = _told(entry)
        shared = verbs(what) & verbs(told) & _ACTIVE
        if not shared:
            return entry.owner.ours and bool(_objects(told, shared) & _objects(what, shared))
        return entry.owner.ours and (not _objects(told, shared) or about_same(what, told, shared))

    return spared


def _spared_with(line: _Line) -> Callable[[Entry], bool]:
    """Return what asks whether "never mind" is said of an entry: of what the sentence names."""
    named = things(line.text) - _FILLING
    return lambda entry: entry.owner.ours and bool(named & things(_told(entry)))


def _clause(text: str) -> str:
    return re.split(r"[,;]|\b(?:because|since|as i|but)\b", text, maxsplit=1)[0]
