"""What a turn adds to the ledger: promises, follow-ups and agreements.

The law: what was said before is not entered twice; said again it is the same entry, with its new
time. An agreement takes two: what the agent offered or asked leave for, and the customer's yes
right after it.
"""

import re
from dataclasses import replace
from datetime import datetime

from assist.core import keep_words as words
from assist.core.conversation import Conversation
from assist.core.dates import due_time
from assist.core.keeping import SOURCE, about_same
from assist.core.ledger import Entry, EntryKind, EntryState, Owner
from assist.core.promises import Given, given, proposed
from assist.core.signals import Evidence, Reading
from assist.core.subjects import things, verbs
from assist.core.text import Span, fold, lowered, sentence_at, sentences
from assist.core.turns import Role, Turn

__all__ = ["ACCEPTED", "agreed", "entered", "recapped"]

ACCEPTED = "resolved.accepted"
_SAID_AGAIN = 30


def entered(ledger: tuple[Entry, ...], turn: Turn, locale: str | None) -> tuple[Entry, ...]:
    """Return the ledger with the words that a turn gives."""
    for number, word in enumerate(given(turn, locale), start=1):
        new = _entry(turn, word, number)
        known = next((old for old in ledger[-_SAID_AGAIN:] if _again(old, new)), None)
        if known is None:
            ledger = (*ledger, new)
        else:
            ledger = tuple(_renewed(old, new) if old is known else old for old in ledger)
    return ledger


def _entry(turn: Turn, word: Given, number: int) -> Entry:
    more = f":{number}" if number > 1 else ""
    return Entry(
        id=f"{word.kind}:{turn.id}{more}",
        kind=word.kind,
        owner=word.owner,
        who=word.who,
        what=word.span.of(turn.text),
        due=word.due,
        condition=word.condition.of(turn.text) if word.condition else None,
        said=turn.at,
        evidence=(_proof(turn.id, word.span, word.kind),),
    )


def _proof(turn: str, span: Span, kind: EntryKind) -> Evidence:
    return Evidence(turn=turn, span=span, cue=f"ledger.{kind}", source=SOURCE)


def _again(old: Entry, new: Entry) -> bool:
    """Tell whether `new` is what was promised before, said again."""
    if not old.pending or old.evidence[0].turn == new.evidence[0].turn:
        return False
    if old.owner is not new.owner and not (old.owner.ours and new.owner.ours):
        return False
    one, other = lowered(fold(old.what)), lowered(fold(new.what))
    if words.PAUSED.search(one) and words.PAUSED.search(other):
        return True
    shared = verbs(one) & verbs(other) - _LITTLE
    if not shared or (" you" in one) != (" you" in other):
        return False
    return about_same(one, other, shared)


_LITTLE = verbs(
    "i ill ll we you will it that this the to be am is are at by on in and for your with back me "
    "my today tomorrow now then also going shall of a an from have get let give make take do "
    "minutes hours days monday tuesday wednesday thursday friday saturday sunday morning "
    "afternoon evening tonight noon end day week pm am so if as us our just personally"
)


def _renewed(old: Entry, new: Entry) -> Entry:
    """Return an entry with what its saying again brings."""
    return _said_again(old, new.due, new.said, new.evidence)


def _said_again(
    old: Entry, due: datetime | None, said: datetime | None, proofs: tuple[Evidence, ...]
) -> Entry:
    """Return an entry that was said again: the newer time counts, if one was told."""
    known = replace(old, evidence=(*old.evidence, *proofs))
    if due is None or due == old.due:
        return known
    return replace(known, due=due, said=said, state=EntryState.OPEN)


# -- agreements ------------------------------------------------------------------------------------


def agreed(before: Conversation, turn: Turn, reading: Reading) -> tuple[Entry, ...]:
    """Return what the customer's turn agrees to: nothing, or one thing the agent put to them."""
    accepted = reading.signal(ACCEPTED)
    yes = words.SAYS_YES.match(lowered(fold(turn.text)))
    if accepted is None and yes is None:
        return ()
    put = _put(before, turn, said_so=accepted is not None)
    if put is None:
        return ()
    offer, place = put
    said = place.of(offer.text)
    proofs = accepted.evidence[:1] if accepted else ()
    span = Span(*yes.span()) if yes else Span(0, len(turn.text))
    return (
        Entry(
            id=f"agreement:{turn.id}",
            kind=EntryKind.AGREEMENT,
            owner=_owner(said),
            what=said,
            due=due_time(said.rsplit(" but ", 1)[-1], offer.at, before.opened.locale),
            said=turn.at,
            evidence=(
                _proof(offer.id, place, EntryKind.AGREEMENT),
                *(proofs or (_proof(turn.id, span, EntryKind.AGREEMENT),)),
            ),
        ),
    )


def _owner(said: str) -> Owner:
    plain = lowered(fold(said))
    ours = re.search(r"\bwe\b", plain) and not re.search(r"\bi\b", plain)
    return Owner.COMPANY if ours else Owner.AGENT


def _put(before: Conversation, turn: Turn, *, said_so: bool) -> tuple[Turn, Span] | None:
    """Return what was put to the customer since they last spoke: what they name, else the last.

    Without a clear acceptance only a question is answered by a yes.
    """
    chosen: tuple[Turn, Span] | None = None
    named = things(lowered(fold(turn.text)))
    for asked in _just_said(before, turn):
        places = [
            place
            for place in proposed(asked)
            if words.TRIVIAL.search(lowered(fold(place.of(asked.text)))) is None
        ]
        if said_so and not places:
            places = _offers(before, asked)
        for place in places:
            about = things(lowered(fold(place.of(asked.text))))
            if chosen is None or about & named or not _names(chosen, named):
                chosen = (asked, place)
    return chosen


def _names(put: tuple[Turn, Span], named: frozenset[str]) -> bool:
    return bool(things(lowered(fold(put[1].of(put[0].text)))) & named)


def _just_said(before: Conversation, turn: Turn) -> tuple[Turn, ...]:
    """Return what agents said between the customer's last turn and this one."""
    said: list[Turn] = []
    for earlier in reversed(before.turns):
        if earlier.private or earlier.id == turn.id:
            continue
        if earlier.role is Role.CUSTOMER:
            break
        if earlier.role is Role.AGENT:
            said.append(earlier)
    return tuple(reversed(said))


def _offers(before: Conversation, asked: Turn) -> list[Span]:
    """Return the first offer that rules read in a turn; what was done already is none."""
    places = [
        sentence_at(asked.text, proof.span)
        for act in before.acts
        if act.name == "offer" and act.turn == asked.id
        for proof in act.evidence[:1]
    ][:1]
    return [
        place for place in places if not words.DONE_FIRST.match(lowered(fold(place.of(asked.text))))
    ]


def recapped(ledger: tuple[Entry, ...], turn: Turn, locale: str | None) -> tuple[Entry, ...]:
    """Return the ledger where the agent says back what was agreed, or says what is."""
    span = _recap(turn)
    if span is None:
        return ledger
    said = span.of(turn.text)
    due = due_time(said, turn.at, locale)
    proof = _proof(turn.id, span, EntryKind.AGREEMENT)
    last = next((e for e in reversed(ledger) if e.kind is EntryKind.AGREEMENT and e.pending), None)
    if last is not None and not any(one.turn == turn.id for one in last.evidence):
        again = _said_again(last, due, turn.at, (proof,))
        return tuple(again if entry is last else entry for entry in ledger)
    plain = lowered(fold(said))
    only_back = words.SAID_BACK.search(plain) and words.EACH_SIDE.search(plain) is None
    if last is not None or only_back or given(replace(turn, text=said)):
        return ledger
    entry = Entry(
        id=f"agreement:{turn.id}", kind=EntryKind.AGREEMENT, owner=Owner.AGENT, what=said, due=due,
        said=turn.at, evidence=(proof,),
    )  # fmt: skip
    return (*ledger, entry)


def _recap(turn: Turn) -> Span | None:
    """Return what is said back, from the words that say so to the end of it."""
    spans = sentences(turn.text)
    for number, span in enumerate(spans):
        plain = lowered(fold(span.of(turn.text)))
        match = words.RECAP.search(plain)
        if match is None or plain.endswith("?"):
            continue
        if len(plain[match.end() :].split()) > 1:
            return span
        if number + 1 < len(spans) and not spans[number + 1].of(turn.text).endswith("?"):
            return Span(span.start, spans[number + 1].end)
    return None
