"""What a parsed sentence blames its reader for: "you didn't send", "you should have told us".

The law: the reader is the subject of what was done wrong or left undone. What may have happened,
what happened to them ("you didn't receive it") and what is only supposed is no blame. On doubt:
nothing.
"""

from collections.abc import Iterator, Sequence

from assist.core.text import Span
from assist.detectors import clauses_data as data
from assist.detectors.clauses import Clauses

__all__ = ["blames", "may_blame"]

_READER = frozenset(("you", "u"))
_LEFT_UNDONE = frozenset(("did", "have", "had", "'ve", "has"))
_OUGHT = frozenset(("should", "could", "might", "ought"))
_PAST = frozenset(("VBD", "VBN"))
_SAME_PAST = frozenset(("put", "set", "let", "hit", "cut", "forgot"))
_OWED = frozenset(("supposed", "meant"))
_HAVE = frozenset(("have", "'ve", "of"))
_UNDONE = _LEFT_UNDONE | {"never"}
_BAD = data.FAULTS | data.WRONG | data.WRONGLY


def may_blame(words: Sequence[str]) -> bool:
    """Tell whether a sentence of these words could blame its reader at all, however parsed."""
    said = frozenset(words)
    if said.isdisjoint(_READER):
        return False
    if not said.isdisjoint(_BAD):
        return True
    if not (said.isdisjoint(data.NOT) or said.isdisjoint(_UNDONE)):
        return True
    if not (said.isdisjoint(_HAVE) or said.isdisjoint(_OUGHT)):
        return True
    if "if" in said and "had" in said:
        return True
    return "were" in said and not said.isdisjoint(_OWED)


def blames(clauses: Clauses) -> Iterator[Span]:
    """Yield where the reader is said to have done wrong, in order."""
    for index, token in enumerate(clauses.tokens):
        subject = clauses.subject(index)
        if subject is None or clauses.tokens[subject].text not in _READER:
            continue
        if clauses.asked(index):
            continue
        if token.text not in data.HAPPENS and _blamed(clauses, index):
            yield Span(clauses.tokens[subject].span.start, token.span.end)


def _blamed(clauses: Clauses, index: int) -> bool:
    words, token = clauses.words(index), clauses.tokens[index]
    if "were" in words and token.text in _OWED:
        return not words & data.NOT and _left_to_do(clauses, index)
    if clauses.told_of(index) or "auxpass" in clauses.relations(index):
        return False
    if clauses.supposed(index):
        return "had" in words and clauses.supposing(index) == "if"
    if token.relation == "xcomp" and clauses.tokens[token.head].text == "ought":
        return "have" in words
    if words & _HAVE and words & _OUGHT:
        missed = token.text in data.FAULTS and not words & {"should"}
        return not missed and not words & data.NOT
    if words & data.HEDGES:
        return False
    past = token.tag in _PAST or token.text in _SAME_PAST
    if words & data.NOT:
        fine = token.text in data.FAULTS | data.HARM or _nothing_wrong(clauses, index)
        return not fine and bool(words & _LEFT_UNDONE or ("never" in words and past))
    return past and (_faulty(clauses, index) or _wrongly(clauses, index))


def _left_to_do(clauses: Clauses, index: int) -> bool:
    """Tell whether "you were supposed to" names something to do."""
    inner = [i for i in clauses.below(index) if clauses.tokens[i].relation == "xcomp"]
    return any(
        clauses.tokens[i].text not in data.HAPPENS
        and not clauses.words(i) & data.NOT
        and "auxpass" not in clauses.relations(i)
        for i in inner
    )


def _nothing_wrong(clauses: Clauses, index: int) -> bool:
    """Tell whether the denial clears the reader: "you didn't do anything wrong"."""
    inner = {word for i in clauses.below(index) for word in clauses.words(i)}
    return bool((inner | clauses.words(index)) & (data.WRONG | data.WRONGLY - {"late"}))


def _faulty(clauses: Clauses, index: int) -> bool:
    """Tell whether the verb blames by itself; "you failed no exam" does not."""
    inner = {word for i in clauses.below(index) for word in clauses.words(i)}
    return clauses.tokens[index].text in data.FAULTS and "no" not in inner


def _wrongly(clauses: Clauses, index: int) -> bool:
    """Tell whether it was done wrongly, or to the wrong thing."""
    for below in clauses.below(index):
        word = clauses.tokens[below]
        if word.text == "nothing":
            return False
        if word.text in data.WRONGLY and word.relation in {"advmod", "oprd", "acomp"}:
            return True
        things = clauses.below(below) if word.relation == "prep" else [below]
        if any(
            clauses.tokens[thing].relation in {"dobj", "attr", "pobj"}
            and data.WRONG & clauses.words(thing)
            for thing in things
        ):
            return True
    return False
