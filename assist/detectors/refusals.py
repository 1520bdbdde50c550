"""Refusals in a parsed sentence: who can't do what, under which condition, and what instead.

The law: what is asked, supposed ("if you can't …"), quoted, or told of somebody else's words is no
refusal, and neither is "I can't wait". On doubt: nothing.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assist.core.text import Span
from assist.detectors import clauses_data as data
from assist.detectors.clauses import Clauses

__all__ = ["Refusal", "may_refuse", "refusals"]

_READER = frozenset(("you", "u"))
_OTHERS = frozenset(("he", "she", "they"))
_US = frozenset(("i", "we"))
_DONE = frozenset(("do", "offer"))
_DENIED = data.NOT | {"no", "none", "neither"}
_POSSIBLE = data.ABLE | data.CAN | data.WILL | {"position"}
_POSSIBLE_ENDS = ("able", "ible")


class Refusal(NamedTuple):
    """The parts of a refusal, as places in the sentence; None where it has no such part."""

    subject: Span | None
    modal: Span
    verb: Span
    condition: Span | None

    @property
    def span(self) -> Span:
        """Return the words that refuse, from the subject to the verb."""
        first = self.modal if self.subject is None else self.subject
        return Span(min(first.start, self.modal.start), max(self.modal.end, self.verb.end))


def may_refuse(words: Sequence[str]) -> bool:
    """Tell whether a sentence of these words could refuse at all, however it is parsed."""
    said = frozenset(words)
    if not said.isdisjoint(data.UNABLE):
        return True
    if "no" in said and not said.isdisjoint(data.NO_WAY):
        return True
    if "nothing" in said and said & _DONE and said & _US:
        return True
    if said.isdisjoint(_DENIED):
        return False
    if not said.isdisjoint(_POSSIBLE) or _none_served(words, said):
        return True
    return any(word.endswith(_POSSIBLE_ENDS) and word not in data.NO_OFFER for word in said)


def _none_served(words: Sequence[str], said: frozenset[str]) -> bool:
    """Tell whether it may be said what a business doesn't do: "we don't ship", "we never ship"."""
    served = said & data.SERVICES
    if "we" in said and served and said & {"never", "longer"}:
        return True
    # The one "do" of "do not worry" is no service that is denied by it.
    one_do = served == {"do"} and "does" not in said and words.count("do") == 1
    return bool(served and said & data.DO) and not one_do


def refusals(clauses: Clauses) -> Iterator[Refusal]:
    """Yield the refusals of the sentence with their parts, in order."""
    for index in range(len(clauses.tokens)):
        modal = _modal(clauses, index)
        if modal is None or _only_supposed(clauses, index) or _another_s(clauses, index):
            continue
        verb = _refused(clauses, index)
        parts = _parts(clauses, index, modal, verb)
        if _meant(clauses, index, parts) and not _idle(clauses, modal, verb):
            yield parts


def _idle(clauses: Clauses, modal: tuple[int, ...], verb: int) -> bool:
    """Tell whether nothing is refused: "I can't wait"; "we can't help you" is a refusal."""
    word, words = clauses.tokens[verb].text, clauses.words(verb)
    way = clauses.tokens[modal[-1]].text in data.NO_WAY
    return word in data.IDLE and not way and not (word == "help" and words & {"you", "with"})


def _modal(clauses: Clauses, index: int) -> tuple[int, ...] | None:
    """Return the words that make this verb a refusal, None where it is none."""
    unable = _one_of(clauses, index, data.UNABLE)
    if unable is not None and clauses.tokens[index].tag.startswith("VB"):
        return (unable,)
    denied = clauses.denials(index) or _none(clauses, index)
    if not denied:
        return _no_way(clauses, index)
    able = _able(clauses, index)
    if able is None:
        able = _position(clauses, index)
    if able is not None:
        return (*denied, able)
    if clauses.tokens[index].text in data.ABLE:
        return tuple(denied)
    auxiliaries = clauses.auxiliaries(index)
    asked = data.CAN | data.WILL
    if clauses.tokens[index].text in data.SERVICES and clauses.subject(index) is not None:
        asked |= data.DO
        if clauses.said_subject(index) == "we" and clauses.words(index) & {"never", "longer"}:
            return tuple(denied)
    said = [auxiliaries[word] for word in auxiliaries if word in asked]
    return (*said, *denied) if said else _no_way(clauses, index)


def _meant(clauses: Clauses, index: int, parts: Refusal) -> bool:
    """Tell whether it is we who refuse; a "won't" or a "they" of others needs its condition."""
    subject, words = clauses.said_subject(index), clauses.words(index)
    if clauses.asked(index) or _past(clauses, index):
        return False
    if clauses.tokens[index].text == "go" and "wrong" in words:
        return False
    ours = subject in data.OURS and clauses.tokens[index].text in data.SERVICES | {"be"}
    if subject in _OTHERS or (words & data.WILL - {"would"} and not ours):
        return parts.condition is not None
    return True


def _past(clauses: Clauses, index: int) -> bool:
    """Tell whether it is of the past: "they can't have known"."""
    auxiliaries = clauses.auxiliaries(index)
    return "have" in auxiliaries and any(word in auxiliaries for word in (*data.CAN, "would"))


def _only_supposed(clauses: Clauses, index: int) -> bool:
    """Tell whether the clause is supposed; "something we don't do" is not."""
    token = clauses.tokens[index]
    thing = token.relation == "relcl" and clauses.tokens[token.head].text in data.THINGS
    return clauses.supposed(index) and not (thing and clauses.said_subject(index) == "we")


def _able(clauses: Clauses, index: int) -> int | None:
    """Return the word that says what is possible: "able", "refundable", "open"."""
    return next(
        (
            i
            for i in clauses.below(index)
            if clauses.tokens[i].text in data.ABLE
            or (
                clauses.tokens[i].relation == "acomp"
                and clauses.tokens[i].text.endswith(_POSSIBLE_ENDS)
                and clauses.tokens[i].text not in data.NO_OFFER
            )
        ),
        None,
    )


def _position(clauses: Clauses, index: int) -> int | None:
    """Return the last word of "in a position"."""
    inside = _one_of(clauses, index, frozenset(("in",)))
    return None if inside is None else _one_of(clauses, inside, frozenset(("position",)))


def _one_of(clauses: Clauses, index: int, words: frozenset[str]) -> int | None:
    return next((i for i in clauses.below(index) if clauses.tokens[i].text in words), None)


def _none(clauses: Clauses, index: int) -> list[int]:
    """Return the "no" of "no changes are possible", the "none" of "none of us can"."""
    subject = clauses.subject(index)
    if subject is None or clauses.tokens[subject].head != index:
        return []
    if clauses.tokens[subject].text in {"none", "neither"}:
        return [subject]
    return [i for i in clauses.below(subject) if clauses.tokens[i].text == "no"]


def _nothing(clauses: Clauses, index: int) -> tuple[int, ...] | None:
    """Return the word of "there is nothing we can do"."""
    nothing = _one_of(clauses, index, frozenset(("nothing",)))
    if nothing is None:
        return None
    ours = any(
        clauses.tokens[i].text in _DONE and clauses.said_subject(i) in _US
        for i in clauses.below(nothing)
    )
    return (nothing,) if ours else None


def _no_way(clauses: Clauses, index: int) -> tuple[int, ...] | None:
    """Return the words of "there is no way", "we have no option", "there is nothing we can do"."""
    way = _one_of(clauses, index, data.NO_WAY)
    if way is None or index > way:
        return _nothing(clauses, index)
    no = _one_of(clauses, way, frozenset(("no",)))
    return None if no is None else (no, way)


def _another_s(clauses: Clauses, index: int) -> bool:
    """Tell whether this is what somebody else said or could not do."""
    subject = clauses.said_subject(index)
    if clauses.told_of(index):
        return True
    subordinate = clauses.tokens[index].relation in {"ccomp", "advcl", "pcomp"}
    return subject in _READER and (subordinate or "could" in clauses.auxiliaries(index))


def _refused(clauses: Clauses, index: int) -> int:
    """Return the verb that is refused: the one after "able to", else this one."""
    able = _one_of(clauses, index, data.ABLE | data.UNABLE)
    if able is None:
        return index
    inner = [i for i in clauses.below(able) if clauses.tokens[i].relation == "xcomp"]
    return inner[0] if inner else able


def _parts(clauses: Clauses, index: int, modal: tuple[int, ...], verb: int) -> Refusal:
    subject = clauses.subject(index)
    places = [clauses.tokens[i].span for i in modal]
    return Refusal(
        subject=None if subject is None else clauses.whole(subject),
        modal=Span(min(p.start for p in places), max(p.end for p in places)),
        verb=clauses.tokens[verb].span,
        condition=_condition(clauses, index, verb),
    )


def _condition(clauses: Clauses, *heads: int) -> Span | None:
    """Return the first clause or phrase below these that begins with a word of condition."""
    for head in heads:
        for below in clauses.below(head):
            marks = [
                i for i in clauses.below(below) if clauses.tokens[i].relation in {"mark", "prep"}
            ]
            opening = marks[0] if marks and marks[0] < below else below
            if clauses.tokens[opening].text in data.CONDITIONS:
                return clauses.whole(below)
    return None
