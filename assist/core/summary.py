"""The record of a conversation, from its own state.

The law: every line of it was said in the chat, in plain and neutral words, and points to where; it
scores nobody.
"""

from collections.abc import Iterator

from assist.core.conversation import Conversation, Feeling, Noted, Part, Summary
from assist.core.coverage import coverage
from assist.core.ledger import Entry, EntryKind, EntryState, Owner
from assist.core.openings import begins
from assist.core.phrasing import facts_of, known_causes
from assist.core.playbook import EMPTY
from assist.core.rules import Pack
from assist.core.signals import Evidence, Reading
from assist.core.techniques import TECHNIQUES
from assist.core.text import Span, fold, lowered, sentence_at, sentences

__all__ = ["coverage", "summarise"]

_MOST = 12
_UNHAPPY = 0.2
_SURE = 0.5
_SAYS_SOMETHING = 5
_LONG = 200
_OWNERS = {
    Owner.AGENT: "the agent",
    Owner.COMPANY: "the company",
    Owner.CUSTOMER: "the customer",
    Owner.THIRD_PARTY: "somebody else",
}
_STATES = {
    EntryState.OPEN: "open",
    EntryState.OVERDUE: "past its time",
    EntryState.KEPT: "done",
    EntryState.CONTRADICTED: "said otherwise later",
    EntryState.DROPPED: "no longer planned",
}


def summarise(conversation: Conversation, pack: Pack) -> Summary:
    """Return the summary of what has been said so far."""
    facts = facts_of(conversation, pack, EMPTY)
    ledger = conversation.ledger
    offered = _offered(conversation)
    return Summary(
        problem=_first_words(conversation) or facts.get("problem") or facts.get("thing"),
        causes=tuple(f"cause.{name}" for name in reversed(known_causes(conversation))),
        feeling=tuple(
            Feeling(turn=reading.turn, score=reading.sentiment.score)
            for reading in conversation.customer_readings()
        ),
        offered=tuple(offered),
        agreed=tuple(entry.what for entry in ledger if entry.kind is EntryKind.AGREEMENT),
        open=tuple(
            entry.what
            for entry in ledger
            if entry.pending and entry.kind is not EntryKind.AGREEMENT
        ),
        coverage=coverage(conversation),
        record=tuple(_record(conversation, offered)),
    )


def _offered(conversation: Conversation) -> dict[str, Evidence]:
    """Return the sentences that offer something, each with its place, in order."""
    texts = {turn.id: turn.text for turn in conversation.turns}
    said = [
        (sentence_at(texts[act.turn], proof.span).of(texts[act.turn]), proof)
        for act in conversation.acts
        if act.name == "offer"
        for proof in act.evidence[:1]
    ]
    return {line: proof for line, proof in reversed(said) if line}


def _record(conversation: Conversation, offered: dict[str, Evidence]) -> Iterator[Noted]:
    """Yield the lines of the record, as a colleague who comes next would want to read them."""
    yield from _problems(conversation)
    yield from _feelings(conversation)
    yield from _risks(conversation)
    agreed = {entry.what for entry in conversation.ledger if entry.kind is EntryKind.AGREEMENT}
    for line, proof in [*offered.items()][:_MOST]:
        if line in agreed:
            continue
        yield Noted(part=Part.OFFERED, text=f"Offered: “{line}”", evidence=(proof,))
    for entry in conversation.ledger[-_MOST:]:
        yield Noted(part=_part(entry), text=_entry(entry), evidence=entry.evidence)


def _problems(conversation: Conversation) -> Iterator[Noted]:
    """Yield each cause in the words in which the customer first told it."""
    texts = {turn.id: turn.text for turn in conversation.turns}
    told: set[str] = set()
    quoted: set[str] = set()
    if (first := _opening(conversation)) is not None:
        turn, span = first
        quoted.add(span.of(texts[turn]))
        proof = Evidence(turn=turn, span=span, cue="summary.opening", source="summary")
        yield Noted(part=Part.PROBLEM, text=_quote(span.of(texts[turn])), evidence=(proof,))
    for reading in conversation.customer_readings():
        for signal in reading.family("cause"):
            if signal.name in told or not signal.evidence:
                continue
            told.add(signal.name)
            proof = signal.evidence[0]
            said = sentence_at(texts[proof.turn], proof.span).of(texts[proof.turn])
            if said not in quoted:
                quoted.add(said)
                yield Noted(part=Part.PROBLEM, text=_quote(said), evidence=(proof,))
            name = TECHNIQUES.get(signal.name, signal.name)
            yield Noted(part=Part.CAUSE, text=f"Cause: {name}.", evidence=signal.evidence)


def _quote(said: str) -> str:
    short = said if len(said) <= _LONG else f"{said[:_LONG].rsplit(' ', 1)[0]} …"
    return f"The customer wrote: “{short}”"


def _first_words(conversation: Conversation) -> str | None:
    first = _opening(conversation)
    texts = {turn.id: turn.text for turn in conversation.turns}
    if first is None:
        return None
    return first[1].of(texts[first[0]])[:_LONG]


def _opening(conversation: Conversation) -> tuple[str, Span] | None:
    """Return the first sentence in which the customer says something, with its turn."""
    for turn in conversation.customer_turns:
        for span in sentences(turn.text):
            said = lowered(fold(span.of(turn.text)))
            if len(said[begins(said) :].split()) >= _SAYS_SOMETHING:
                return turn.id, span
    return None


def _risks(conversation: Conversation) -> Iterator[Noted]:
    """Yield what the customer may do, each in the words in which they last said so."""
    texts = {turn.id: turn.text for turn in conversation.turns}
    last = {
        signal.name: signal
        for reading in conversation.customer_readings()
        for signal in reading.family("risk")
        if signal.evidence and signal.score >= _SURE and signal.name in TECHNIQUES
    }
    for name, signal in last.items():
        proof = signal.evidence[0]
        said = sentence_at(texts[proof.turn], proof.span).of(texts[proof.turn])
        text = f"{TECHNIQUES[name]}: “{said[:_LONG]}”"
        yield Noted(part=Part.FEELING, text=text, evidence=signal.evidence)


def _feelings(conversation: Conversation) -> Iterator[Noted]:
    """Yield how the customer sounded at first and at the end."""
    readings = conversation.customer_readings()
    if not readings:
        return
    third = -(-len(readings) // 3)
    first, last = _mood(readings[:third]), _mood(readings[-third:])
    text = (
        f"Sounded {first} throughout."
        if first == last
        else f"Sounded {first} at first, {last} at the end."
    )
    lowest = min(readings, key=lambda reading: reading.sentiment.score)
    signal = lowest.signal("valence")
    yield Noted(part=Part.FEELING, text=text, evidence=signal.evidence if signal else ())


def _mood(readings: tuple[Reading, ...]) -> str:
    mean = sum(reading.sentiment.score for reading in readings) / len(readings)
    if mean <= -_UNHAPPY:
        return "unhappy"
    return "content" if mean >= _UNHAPPY else "neutral"


def _part(entry: Entry) -> Part:
    if entry.kind is EntryKind.AGREEMENT:
        return Part.AGREED
    return Part.OPEN if entry.pending else Part.CLOSED


def _entry(entry: Entry) -> str:
    """Return an entry as a line: what, who, by when, and where it stands."""
    owner = entry.who or _OWNERS[entry.owner]
    when = f", by {entry.due:%d %B %Y, %H:%M}" if entry.due else ""
    hangs = f", {entry.condition}" if entry.condition else ""
    return f"{_KINDS[entry.kind]}: “{entry.what}” ({owner}{hangs}{when}; {_STATES[entry.state]})"


_KINDS = {
    EntryKind.PROMISE: "Promised",
    EntryKind.AGREEMENT: "Agreed",
    EntryKind.FOLLOW_UP: "Follow-up",
}
