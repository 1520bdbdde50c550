"""The words an agent gives, and whether they are gone back on in this conversation.

The law: what a promise is, and what it is about, is read in `assist.core.promises` and
`assist.core.subjects`, for drafts and for the ledger alike. To break one takes two: an earlier
turn of an agent that gave a word, and words now that deny, delay, undo, charge for or hand back the
same thing; both are named as evidence. What keeps a word, or says openly that it changes it, is
left alone, and on doubt there is nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assist.core.keeping import BROKEN
from assist.core.promises import given
from assist.core.signals import NOTHING, Detector, Evidence, Findings, Signal
from assist.core.subjects import ACTS, acts, things
from assist.core.text import Span, fold, lowered, sentences
from assist.core.turns import Draft, Role, Turn
from assist.detectors import promises_data as data

__all__ = ["GIVEN", "SIGNAL", "load"]

GIVEN = "promise.given"
SIGNAL = "draft.breaks-word"
SOURCE = "promises"
_READ = 2000
_TURNS = 30
_WORDS = 40
_SENTENCES = 40
_STEM = 5
_OF_US = re.compile(
    r"(?:\b(?:i|ill|im|we|me|us|my|our)\b|^(?:will|call|send|write)\b)", re.IGNORECASE
)
_FAR = 4
_WEEK = 8
_LOOSE = frozenset({"visit", "hold"})
_REFUSED = {name: re.compile(data.NEGATED % words) for name, words in ACTS.items()}
_HANDED = re.compile(data.HANDED.pattern % "call|ring|phone|contact|ask|e?mail|write to|speak to")
_TO_US = re.compile(r"\b(?:us|back|again)\b")
_FILL = re.compile(r"\b(?:fill|complete|do|set up|describe|submit)\b")
_ASKED = re.compile(r"\b(?:please|pls|kindly|you(?:'ll| can| need| have| must| should))\b")
_OPPOSITES = tuple((re.compile(one), re.compile(other)) for one, other in data.OPPOSITES)
_NOT = re.compile(r"\b(?:not|nothing|no|never|nobody)\b|n't\b")
_PAST = {
    "share": "share|gave|given|told|pass|sent",
    "give": "given|gave|giving",
    "tell": "told|telling",
    "cut": "cut",
}
_SMALL = {"one": 1, "two": 2, "three": 3}


def load() -> Detector:
    """Return the detector."""

    def promises(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        if isinstance(subject, Draft):
            return _findings(_gone_back(subject.text, "", earlier, SIGNAL))
        if subject.role is not Role.AGENT or subject.private:
            return NOTHING
        back = _gone_back(subject.text, subject.id, earlier, BROKEN)
        return _findings(_promised(subject), back)

    return promises


def _findings(*signals: Signal | None) -> Findings:
    found = tuple(signal for signal in signals if signal is not None)
    return Findings(signals=found) if found else NOTHING


def _promised(turn: Turn) -> Signal | None:
    """Return the signal that the agent gave their own word, or their company's."""
    proofs = tuple(
        Evidence(turn=turn.id, span=word.span, cue=GIVEN, source=SOURCE)
        for word in given(turn)
        if word.owner.ours and _OF_US.search(word.span.of(turn.text))
    )
    return Signal(name=GIVEN, score=1.0, evidence=proofs) if proofs else None


def _gone_back(text: str, turn: str, earlier: Sequence[Turn], name: str) -> Signal | None:
    """Return the signal that a text goes back on a word, with both places."""
    words = _latest(_given(earlier))
    found = tuple(_broken(text[:_READ], turn, words)) if words else ()
    proofs = tuple(dict.fromkeys(proof for pair in found for proof in pair))
    return Signal(name=name, score=1.0, evidence=proofs) if proofs else None


@dataclass(frozen=True, kw_only=True)
class _Said:
    """One sentence, folded and in lower case, and what it is about. `last`: of the last turn."""

    text: str = field(repr=False)
    span: Span
    turn: str = ""
    last: bool = False

    @cached_property
    def acts(self) -> frozenset[str]:
        """Return the kinds of act that are named."""
        return acts(self.text)

    @cached_property
    def things(self) -> frozenset[str]:
        """Return the stems of the words that say what it is about."""
        return things(self.text)

    @cached_property
    def days(self) -> frozenset[str]:
        """Return the days of the week that are named."""
        return frozenset(data.DAY.findall(self.text))

    @cached_property
    def rank(self) -> int | None:
        """Return how far off the time is that is named last, None where none is."""
        return max(self.ranks, default=None)

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """Return how far off each time is that is named."""
        return tuple(rank for rank, words in data.RANKS if words.search(self.text))

    @cached_property
    def amounts(self) -> dict[str, frozenset[float]]:
        """Return the amounts of money and the percentages."""
        found: dict[str, set[float]] = {"%": set(), "money": set()}
        for match in data.AMOUNT.finditer(self.text):
            number = float(match["number"].replace(",", "."))
            if match["unit"] in {"%", "percent"}:
                found["%"].add(number)
            elif match["sign"] or match["unit"] or "." in match["number"]:
                found["money"].add(number)
        return {kind: frozenset(numbers) for kind, numbers in found.items()}

    def alike(self, other: "_Said") -> bool:
        """Tell whether both are about one act or one thing."""
        return bool(self.acts & other.acts or self.things & other.things)

    def same(self, other: "_Said") -> bool:
        """Tell whether both are about one thing, or do one act that needs no thing to be known."""
        if self.things & other.things:
            return True
        acts = self.acts & other.acts
        if self.acts == other.acts and not (self.things or other.things):
            return True
        return bool(acts) and (bool(acts - _LOOSE) or not (self.things and other.things))

    def evidence(self) -> Evidence:
        """Return where this was said."""
        return Evidence(turn=self.turn, span=self.span, cue=SIGNAL, source=SOURCE)


def _given(earlier: Sequence[Turn]) -> Iterator[_Said]:
    """Yield the sentences of agents' turns that give a word."""
    turns = [turn for turn in earlier if turn.role is Role.AGENT and not turn.private][-_TURNS:]
    for turn in turns:
        places = [word.span for word in given(turn)]
        for said in _said(turn.text[:_READ], turn.id, last=turn is turns[-1]):
            promised = any(said.span.overlaps(place) for place in places)
            if (promised or data.ASSURED.search(said.text)) and not data.SOFT.search(said.text):
                yield said


def _latest(given: Iterator[_Said]) -> tuple[_Said, ...]:
    """Return the last words given; what was said twice is kept once, where it was said last."""
    kept: dict[str, _Said] = {}
    for word in given:
        kept.pop(word.text, None)
        kept[word.text] = word
    return tuple(kept.values())[-_WORDS:]


def _said(text: str, turn: str = "", *, last: bool = False) -> Iterator[_Said]:
    plain = lowered(fold(text))
    for span in sentences(text):
        yield _Said(text=span.of(plain), span=span, turn=turn, last=last)


def _broken(text: str, turn: str, words: tuple[_Said, ...]) -> Iterator[tuple[Evidence, Evidence]]:
    """Yield the sentences of a text that break a word, each with the word it breaks."""
    draft = tuple(_said(text, turn))[:_SENTENCES]
    whole = " ".join(said.text for said in draft)
    owned = data.OWNED.search(data.DENIED.sub("", whole)) is not None
    for said in draft:
        if data.DENIED.search(said.text) and not owned:
            yield said.evidence(), words[-1].evidence()
            continue
        for word in () if owned else words:
            if any(breaks(word, said) for breaks in _WAYS):
                yield said.evidence(), word.evidence()
                break
    if not owned:
        yield from _forgotten(draft, whole, words)


def _refused(word: _Said, said: _Said) -> bool:
    if said.text.endswith("?") or "nobody" in said.text:
        return False
    acts = word.acts & said.acts
    return word.same(said) and any(
        _REFUSED[act].search(said.text) and not _REFUSED[act].search(word.text) for act in acts
    )


def _later(word: _Said, said: _Said) -> bool:
    if data.OPEN.search(said.text) or not word.same(said) or not data.FUTURE.search(said.text):
        return False
    if word.days and said.days:
        return not word.days & said.days
    if word.rank is None or said.rank is None:
        far = word.days and (said.rank or 0) > _WEEK
        near = said.days and not said.ranks and (word.rank or _FAR) < _FAR
        return bool(far or (near and word.acts & said.acts)) or _by_the_clock(word, said)
    if word.rank in said.ranks:
        return said.rank == word.rank and _by_the_clock(word, said)
    return said.rank >= _FAR


def _by_the_clock(word: _Said, said: _Said) -> bool:
    """Tell whether a later hour is named for the same act."""
    if not word.acts & said.acts:
        return False
    old, new = data.CLOCK.search(word.text), data.CLOCK.search(said.text)
    if old is None or new is None or word.days or said.days:
        return False
    hours = [(int(time[1]) % 12, int(time[2] or 0)) for time in (old, new)]
    return hours[1] > hours[0]


def _wider(word: _Said, said: _Said) -> bool:
    slot, window = data.SLOT.search(word.text), data.WINDOW.search(said.text)
    if slot is None or window is None:
        return False
    hours = _SMALL.get(slot[1]) or int(slot[1])
    return (int(window[2]) - int(window[1])) % 12 > hours


def _charged(word: _Said, said: _Said) -> bool:
    if not data.FREE.search(word.text) or not data.CHARGED.search(said.text):
        return False
    if data.NOT_CHARGED.search(said.text) or data.PRICED.search(word.text):
        return False
    fees = data.FEE.search(word.text) and data.FEE.search(said.text)
    return bool(word.things & said.things or fees) or "for that" in word.text


def _dearer(word: _Said, said: _Said) -> bool:
    fixed = data.FIXED.search(word.text) and data.PRICE.search(word.text)
    if not (fixed and data.PRICE.search(said.text) and word.alike(said)):
        return False
    old, new = word.amounts["money"], said.amounts["money"]
    return bool(old and new) and min(new) > max(old)


def _less(word: _Said, said: _Said) -> bool:
    if not (word.acts & {"money"} or " off " in word.text) or not word.alike(said):
        return False
    for kind, old in word.amounts.items():
        new = said.amounts[kind]
        if old and new and not old & new and max(new) < min(old):
            return True
    return False


def _handed_back(word: _Said, said: _Said) -> bool:
    if data.SAME.search(said.text) or said.text.endswith("?"):
        return False
    shared = word.things & said.things
    if "yourself" in said.text and (shared or word.acts & said.acts):
        return True
    if _FILL.search(word.text) and _FILL.search(said.text) and _ASKED.search(said.text):
        return bool(shared)
    if not word.acts & {"call", "ask", "mail"} or not _HANDED.search(said.text):
        return False
    to_you = re.search(r"\b(?:call|ring|phone|e?mail) you\b", word.text)
    return bool(_TO_US.search(said.text)) if to_you else bool(shared)


def _asked_again(word: _Said, said: _Said) -> bool:
    if data.NO_REPEAT.search(word.text) and data.AGAIN.search(said.text):
        return True
    return word.last and data.RESTART.search(said.text) is not None and "else" not in said.text


def _undone(word: _Said, said: _Said) -> bool:
    return (word.alike(said) or word.last) and any(
        one.search(word.text) and other.search(said.text) and not one.search(said.text)
        for one, other in _OPPOSITES
    )


def _gone_there(word: _Said, said: _Said) -> bool:
    match = data.NOT_TO.search(word.text)
    if match is None or _NOT.search(said.text):
        return False
    return re.search(rf"\b(?:to|address)\b[^.;]{{0,25}}\b{match['what']}\b", said.text) is not None


def _done_after_all(word: _Said, said: _Said) -> bool:
    """Tell whether the draft does what was not to be done, or asks for what was not needed."""
    if said.text.endswith("?") or _NOT.search(said.text):
        return False
    spared, kept = data.NO_NEED.search(word.text), data.NOT_DO.search(word.text)
    if spared is not None and _ASKED.search(said.text):
        return re.search(rf"\b{spared['verb']}\b", said.text) is not None
    if kept is None or not word.things & said.things - {kept["verb"][:_STEM]}:
        return False
    return re.search(rf"\b(?:{_PAST.get(kept['verb'], kept['verb'])})", said.text) is not None


def _made_conditional(word: _Said, said: _Said) -> bool:
    soon = word.rank is not None and word.rank < _FAR
    if not soon or data.CONDITION.search(word.text) or not word.acts & said.acts - {"call"}:
        return False
    return data.CONDITION.search(said.text) is not None and said.rank is None


_WAYS: tuple[Callable[[_Said, _Said], bool], ...] = (
    _refused, _later, _wider, _charged, _dearer, _less, _handed_back, _asked_again, _undone,
    _gone_there, _done_after_all, _made_conditional,
)  # fmt: skip


def _forgotten(
    draft: tuple[_Said, ...], whole: str, words: tuple[_Said, ...]
) -> Iterator[tuple[Evidence, Evidence]]:
    """Yield the words that close the chat while something promised for now has not been named."""
    closing = next((said for said in draft if data.CLOSES.search(said.text)), None)
    if closing is None:
        return
    named = things(whole)
    for word in words:
        if not (word.last and data.OWN.search(word.text) and data.IN_CHAT.search(word.text)):
            continue
        parts = [things(part) for part in re.split(r"\b(?:and|then)\b", word.text)]
        if any(part and not part & named for part in parts):
            yield closing.evidence(), word.evidence()
