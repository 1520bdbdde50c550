"""A parsed sentence as clauses: what hangs on what, who is the subject, what is only supposed.

The law: every answer is read off the parse; nothing here knows what a clause does to its reader.
"""

from collections.abc import Sequence

from assist.core.text import Span
from assist.detectors import clauses_data as data
from assist.detectors.parser import Token

__all__ = ["Clauses"]

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))
_AUXILIARIES = frozenset(("aux", "auxpass"))
_DESCRIBES = frozenset(("relcl", "acl", "csubj"))
_OURS = frozenset(("i", "we"))
_JOINED = frozenset(("conj", "xcomp", "acomp", "auxpass"))


class Clauses:
    """A parsed sentence, asked by the index of a token."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._below: list[list[int]] = [[] for _ in tokens]
        for index, token in enumerate(tokens):
            if token.head != index:
                self._below[token.head].append(index)

    def below(self, index: int) -> list[int]:
        """Return what hangs on this token directly, in the order of the sentence."""
        return self._below[index]

    def words(self, index: int) -> frozenset[str]:
        """Return the words that hang on this token directly."""
        return frozenset(self.tokens[i].text for i in self._below[index])

    def relations(self, index: int) -> frozenset[str]:
        """Return how the words below this one depend on it."""
        return frozenset(self.tokens[i].relation for i in self._below[index])

    def denials(self, index: int) -> list[int]:
        """Return the "not", "n't", "never" or "no longer" of this verb."""
        return [
            i
            for i in self._below[index]
            if self.tokens[i].text in data.NOT
            or (self.tokens[i].text == "longer" and "no" in self.words(i))
        ]

    def auxiliaries(self, index: int) -> dict[str, int]:
        """Return the helping verbs of this one, by their words."""
        return {
            self.tokens[i].text: i
            for i in self._below[index]
            if self.tokens[i].relation in _AUXILIARIES
        }

    def subject(self, index: int) -> int | None:
        """Return the subject of a verb, also where an earlier verb of the same clause has it."""
        for below in self._below[index]:
            if self.tokens[below].relation in _SUBJECTS:
                return below
        head = self.tokens[index].head
        joined = self.tokens[index].relation in {"conj", "xcomp"} and head != index
        return self.subject(head) if joined else None

    def said_subject(self, index: int) -> str:
        """Return the word that is the subject of a verb, empty where it has none."""
        subject = self.subject(index)
        return "" if subject is None else self.tokens[subject].text

    def asked(self, index: int) -> bool:
        """Tell whether a helping verb stands before the subject: "didn't you …", "can't we …"."""
        subject = self.subject(index)
        return subject is not None and any(at < subject for at in self.auxiliaries(index).values())

    def supposed(self, index: int) -> bool:
        """Tell whether the clause is supposed or describes a thing: "if …", "the one that …"."""
        seen = index
        while True:
            token = self.tokens[seen]
            if token.relation in _DESCRIBES:
                return True
            if token.relation in {"advcl", "ROOT"} and self.supposing(seen):
                return True
            if token.head == seen or token.relation not in _JOINED:
                return False
            seen = token.head

    def supposing(self, index: int) -> str:
        """Return the word that makes this clause a supposition, such as "if"; empty: none."""
        marks = ("mark", "advmod")
        return next(
            (
                self.tokens[i].text
                for i in self._below[index]
                if i < index
                and self.tokens[i].relation in marks
                and self.tokens[i].text in data.SUPPOSING
            ),
            "",
        )

    def told_of(self, index: int) -> bool:
        """Tell whether the clause is what somebody else said or is sorry about."""
        token = self.tokens[index]
        if token.relation not in {"ccomp", "pcomp"} or token.head == index:
            return False
        head = self.tokens[token.head].text
        if head == "sorry" and self.said_subject(index) in _OURS:
            return False
        return head in data.SAYING and self.said_subject(token.head) not in _OURS

    def whole(self, index: int) -> Span:
        """Return from the first to the last word of what hangs on this one."""
        places, waiting = [self.tokens[index].span], [index]
        while waiting:
            for below in self._below[waiting.pop()]:
                places.append(self.tokens[below].span)
                waiting.append(below)
        return Span(min(p.start for p in places), max(p.end for p in places))
