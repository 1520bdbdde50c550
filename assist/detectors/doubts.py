"""Where the words and the parse disagree on what a condition belongs to.

The law: to an expression, an "until" after "can't" is the condition of the refusal; where the parse
hangs it inside another clause ("we can't refund what you paid before June"), nobody knows, and the
place is told so that nothing is reworded there.
"""

from collections.abc import Iterator

from assist.core.text import Span
from assist.detectors import clauses_data as data
from assist.detectors.clauses import Clauses

__all__ = ["doubts"]

_INNER = frozenset(("relcl", "acl", "ccomp", "csubj", "nsubj", "nsubjpass"))


def doubts(clauses: Clauses, refused: list[Span]) -> Iterator[Span]:
    """Yield the words of condition that hang inside another clause than the refusal before them."""
    for index, token in enumerate(clauses.tokens):
        if token.text not in data.CONDITIONS:
            continue
        before = [span for span in refused if span.end <= token.span.start]
        if before and _inside(clauses, index, before[-1]):
            yield token.span


def _inside(clauses: Clauses, index: int, refusal: Span) -> bool:
    """Tell whether the way up to the refusal's words leads through a clause of its own."""
    tokens = clauses.tokens
    seen = tokens[index].head if tokens[index].relation == "mark" else index
    while tokens[seen].head != seen and not tokens[seen].span.overlaps(refusal):
        own = tokens[tokens[seen].head].text in data.NO_WAY | {"position"}
        if tokens[seen].relation in _INNER and not own:
            return True
        seen = tokens[seen].head
    return False
