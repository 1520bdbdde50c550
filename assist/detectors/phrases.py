"""The rules' own patterns, all in one pass: an Aho-Corasick gate, expressions behind it.

The law: every pattern of every rule in force is compiled here, once; what is found carries the
pattern's name and says nothing about what it means. Phrases are words with `{a|b}` for alternatives
and `{|a}` for an optional word; an apostrophe may be missing in the chat. Token patterns are words
split by blanks with `a|b` for alternatives, `?` after an optional word, `#` for a number and `*`
for up to three words in between.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from assist.core.conditions import Pattern
from assist.core.signals import Cue, Findings
from assist.core.text import Span, Word, fold, lowered, words
from assist.core.turns import Draft, Role, Turn
from assist.detectors import pieces
from assist.detectors.templates import expand, forms, template, typed

__all__ = ["Phrases", "load"]

SOURCE = "phrases"
_NEGATORS = frozenset(
    [
        "not",
        "never",
        "no",
        "nobody",
        "none",
        "without",
        "cannot",
        "cant",
        "dont",
        "doesnt",
        "didnt",
        "isnt",
        "wasnt",
        "arent",
        "werent",
        "wont",
        "hasnt",
        "havent",
        "hadnt",
        "couldnt",
        "wouldnt",
        "shouldnt",
        "aint",
        "hardly",
    ]
)
_BOUNDS = frozenset(
    [
        "but",
        "because",
        "so",
        "and",
        "or",
        "if",
        "when",
        "that",
        "why",
        "how",
        "who",
        "what",
        "which",
        "then",
        "although",
        "though",
        "while",
    ]
)
_SUBJECTS = frozenset(
    ["i", "i'm", "im", "i'll", "ill", "i've", "ive", "i'd", "we", "we're", "we'll"]
)
# "I don't think I'm …": only verbs like these carry a negation over a new subject.
_THINKING = frozenset(["think", "believe", "mean", "say", "saying", "said", "suppose", "feel"])
_REACH = 4
_HALVES = ("n't", "nt")
"""What may follow the first half of a contraction: "would" opens the gate in "wouldn't"."""


def load(
    patterns: Sequence[Pattern],
    of_drafts: Sequence[Pattern] | None = None,
    by_role: Mapping[Role, Sequence[Pattern]] | None = None,
) -> "Phrases":
    """Return the detector of these patterns. Cues come in the order of the text.

    In drafts only the patterns `of_drafts` are looked for, where these are given, and in the turns
    of a role only those `by_role`.
    """
    of_turns = _Compiled(patterns)
    return Phrases(
        of_turns,
        of_turns if of_drafts is None else _Compiled(of_drafts),
        {role: _Compiled(asked) for role, asked in (by_role or {}).items()},
    )


class Phrases:
    """The detector of one set of patterns."""

    def __init__(
        self, of_turns: "_Compiled", of_drafts: "_Compiled", by_role: Mapping[Role, "_Compiled"]
    ) -> None:
        self._of_turns = of_turns
        self._of_drafts = of_drafts
        self._by_role = by_role

    def __call__(self, subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        """Return the cues in `subject`."""
        del earlier
        if isinstance(subject, Draft):
            return Findings(cues=self._of_drafts.cues(subject.text))
        compiled = self._by_role.get(subject.role, self._of_turns)
        return Findings(cues=compiled.cues(subject.text))


class _Search(NamedTuple):
    """One expression behind its gate: over the text, or over its pieces."""

    expression: re.Pattern[str]
    cue: str
    pieced: bool


class _Needed:
    """Which searches have all the pieces that they need: a bit for each search.

    The first thing that a search needs is asked of all searches at once, then the second.
    """

    def __init__(self) -> None:
        self._by_turn: list[dict[str, int]] = []
        self._asked: list[int] = []
        self._all = 0

    def add(self, index: int, needs: tuple[frozenset[str], ...]) -> None:
        """Put down what a search needs: one of each set."""
        self._all |= 1 << index
        while len(self._by_turn) < len(needs):
            self._by_turn.append({})
            self._asked.append(0)
        for turn, choice in enumerate(needs):
            self._asked[turn] |= 1 << index
            for word in choice:
                self._by_turn[turn][word] = self._by_turn[turn].get(word, 0) | 1 << index

    def met(self, said: Iterable[str]) -> int:
        """Return the searches that find all they need among these pieces."""
        left, pieces_said = self._all, frozenset(said)
        for known, asked in zip(self._by_turn, self._asked, strict=True):
            here = self._all ^ asked
            for word in known.keys() & pieces_said:
                here |= known[word]
            left &= here
        return left


class _Sought(NamedTuple):
    """What one phrase or token line is looked for with: plain forms, or an expression."""

    forms: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    expression: re.Pattern[str] | None = None
    needs: tuple[frozenset[str], ...] = ()


# Compiled once however often rules are loaded: a rule that changes leaves the others as they were.
@lru_cache(maxsize=20_000)
def _phrase(phrase: str) -> _Sought:
    many = template(phrase)
    if many is None:
        return _Sought(forms=tuple(form for plain in expand(phrase) for form in typed(plain)))
    return _Sought(
        anchors=many.anchors, expression=many.expression, needs=tuple(pieces.needs(many.solid))
    )


@lru_cache(maxsize=20_000)
def _tokens(line: str) -> _Sought:
    return _Sought(
        anchors=tuple(form for anchor in pieces.anchors(line) for form in forms(anchor)),
        expression=pieces.expression(line),
        needs=tuple(pieces.needs(pieces.solid(line))),
    )


class _Compiled:
    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._names: dict[str, list[str]] = {}
        self._gates: dict[str, int] = {}
        self._gated: list[_Search] = []
        self._needed = _Needed()
        for pattern in patterns:
            for phrase in pattern.phrases:
                self._add(_phrase(phrase), pattern.cue, pieced=False)
            for line in pattern.tokens:
                self._add(_tokens(line), pattern.cue, pieced=True)
        forms = sorted({*self._names, *self._gates})
        self._behind_form = [
            (tuple(self._names.get(form, ())), self._gates.get(form, 0)) for form in forms
        ]
        self._automaton = AhoCorasick(forms, matchkind=MatchKind.Standard)

    def _add(self, sought: _Sought, cue: str, *, pieced: bool) -> None:
        for form in sought.forms:
            self._names.setdefault(form, []).append(cue)
        if sought.expression is None:
            return
        for anchor in sought.anchors:
            self._gates[anchor] = self._gates.get(anchor, 0) | 1 << len(self._gated)
        self._needed.add(len(self._gated), sought.needs)
        self._gated.append(_Search(sought.expression, cue, pieced))

    def cues(self, text: str) -> tuple[Cue, ...]:
        plain = lowered(fold(text))
        found: dict[tuple[int, int, str], None] = {}
        waiting = 0
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            names, gates = self._behind_form[index]
            if _bounded(plain, start, end):
                waiting |= gates
                for name in names:
                    found[start, end, name] = None
            elif gates and plain.startswith(_HALVES, end):
                waiting |= gates
        for start, end, name in self._behind(waiting, plain):
            found[start, end, name] = None
        if not found:
            return ()
        kept = sorted(_longest(found))
        negated = _negated_of({start for start, _, _ in kept}, words(text), plain)
        return tuple(
            Cue(name=name, span=Span(start, end), source=SOURCE, negated=start in negated)
            for start, end, name in kept
        )

    def _behind(self, waiting: int, plain: str) -> Iterator[tuple[int, int, str]]:
        """Yield what the searches behind the gates that opened find."""
        if not waiting:
            return
        cut = pieces.cut(plain)
        waiting &= self._needed.met(cut.words)
        while waiting:
            search = self._gated[waiting.bit_length() - 1]
            waiting ^= 1 << waiting.bit_length() - 1
            if search.pieced:
                places: Iterable[tuple[int, int]] = cut.found(search.expression)
            else:
                places = _found(search.expression, plain)
            for start, end in places:
                yield start, end, search.cue


def _found(expression: re.Pattern[str], plain: str) -> list[tuple[int, int]]:
    spans = (match.span() for match in expression.finditer(plain))
    return [span for span in spans if _bounded(plain, *span)]


def _longest(found: dict[tuple[int, int, str], None]) -> list[tuple[int, int, str]]:
    """Return the finds without those that lie inside a longer one of the same name."""
    kept: list[tuple[int, int, str]] = []
    reached: dict[str, int] = {}
    for start, end, name in sorted(found, key=lambda find: (find[0], -find[1])):
        if end > reached.get(name, 0):
            reached[name] = end
            kept.append((start, end, name))
    return kept


def _bounded(text: str, start: int, end: int) -> bool:
    """Tell whether a find does not begin or end inside a word; "can" ends inside "can't"."""
    before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after and not (text[end - 1] == "n" and text[end : end + 2] == "'t")


def _negated_of(starts: set[int], said: tuple[Word, ...], text: str) -> set[int]:
    """Return those of the places that a negation reaches over: most turns have none to do so."""
    deny = [place for place, word in enumerate(said) if _denies(word.text)]
    if not deny:
        return set()
    ends = [span.end for _, span in said]
    found = set()
    for start in starts:
        before = bisect_right(ends, start)
        near = said[max(0, before - _REACH) : before]
        if any(before - _REACH <= place < before for place in deny) and _negated(start, near, text):
            found.add(start)
    return found


def _denies(word: str) -> bool:
    if "'" not in word:
        return word in _NEGATORS
    return word.endswith("n't") or word.replace("'", "") in _NEGATORS


def _negated(start: int, near: tuple[Word, ...], text: str) -> bool:
    """Tell whether a negation among the words before it reaches over the place, in its clause."""
    edge = start
    begun = text[start:].split(" ", 1)[0] in _SUBJECTS
    for word in reversed(near):
        if any(mark in ".,;:!?\n" for mark in text[word.span.end : edge]):
            return False
        if word.text in _BOUNDS or (begun and word.text not in _THINKING):
            return False
        if _denies(word.text):
            return True
        edge = word.span.start
        begun = word.text in _SUBJECTS
    return False
