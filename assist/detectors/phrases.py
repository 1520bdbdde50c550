"""The rules' own patterns, all in one pass: an Aho-Corasick gate, spaCy's Matcher behind it.

The law: every pattern of every rule in force is compiled here, once; what is found carries the
pattern's name and says nothing about what it means. Phrases are words with `{a|b}` for alternatives
and `{|a}` for an optional word; an apostrophe may be missing in the chat. Token patterns are words
split by blanks with `a|b` for alternatives, `?` after an optional word, `#` for a number and `*`
for up to three words in between.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, product

from ahocorasick_rs import AhoCorasick, MatchKind
from spacy.lang.en import English
from spacy.matcher import Matcher
from spacy.tokens import Doc

from assist.core.rules import Pattern
from assist.core.signals import Cue, Detector, Findings
from assist.core.text import Span, Word, fold, lowered, words
from assist.core.turns import Draft, Turn
from assist.detectors.templates import expand, forms, template

__all__ = ["load"]

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


def load(patterns: Sequence[Pattern]) -> Detector:
    """Return the detector of these patterns. Cues come in the order of the text."""
    compiled = _Compiled(patterns)

    def phrases(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        del earlier
        return Findings(cues=compiled.cues(subject.text))

    return phrases


_Token = dict[str, object]
_Search = Callable[[str], Iterable[tuple[int, int]]]


class _Compiled:
    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._names: dict[str, list[str]] = {}
        self._gates: dict[str, set[int]] = {}
        self._nlp = English()
        self._gated: list[tuple[_Search | Matcher, str]] = []
        for pattern in patterns:
            for phrase in pattern.phrases:
                self._add_phrase(phrase, pattern.cue)
            for line in pattern.tokens:
                self._add_tokens(line, pattern.cue)
        self._forms = sorted({*self._names, *self._gates})
        self._automaton = AhoCorasick(self._forms, matchkind=MatchKind.Standard)

    def _add_phrase(self, phrase: str, cue: str) -> None:
        many = template(phrase)
        if many is None:
            for plain in expand(phrase):
                for form in forms(plain):
                    self._names.setdefault(form, []).append(cue)
            return
        self._gate(many.anchors, partial(_found, many.expression), cue)

    def _add_tokens(self, line: str, cue: str) -> None:
        elements = lowered(fold(line)).split()
        matcher = Matcher(self._nlp.vocab)
        matcher.add(cue, self._specs(elements), greedy="LONGEST")
        solid = [e for e in elements if e not in {"*", "#"} and not e.endswith("?")]
        anchors = max((e.split("|") for e in solid), key=_anchoring)
        self._gate((form for anchor in anchors for form in forms(anchor)), matcher, cue)

    def _gate(self, anchors: Iterable[str], search: _Search | Matcher, cue: str) -> None:
        for anchor in anchors:
            self._gates.setdefault(anchor, set()).add(len(self._gated))
        self._gated.append((search, cue))

    def _specs(self, elements: list[str]) -> list[list[_Token]]:
        """Return the token patterns that a line stands for: one for each way it can be cut up."""
        ways = [self._ways(element) for element in elements]
        return [list(chain.from_iterable(way)) for way in product(*ways)]

    def _ways(self, element: str) -> list[list[_Token]]:
        """Return the ways to write an element; a word of several tokens is a way of its own."""
        if element == "*":
            return [[{"OP": "?", "IS_PUNCT": False}] * 3]
        if element == "#":
            return [[{"LIKE_NUM": True}]]
        optional: _Token = {"OP": "?"} if element.endswith("?") else {}
        choices = [f for word in element.removesuffix("?").split("|") for f in forms(word)]
        cut = (tuple(token.text for token in self._nlp(choice)) for choice in choices)
        several = dict.fromkeys(tokens for tokens in cut if len(tokens) > 1)
        whole: list[_Token] = [{"LOWER": {"IN": choices}, **optional}]
        return [whole, *([{"LOWER": t, **optional} for t in tokens] for tokens in several)]

    def cues(self, text: str) -> tuple[Cue, ...]:
        plain = lowered(fold(text))
        found: dict[tuple[int, int, str], None] = {}
        waiting: set[int] = set()
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if _bounded(plain, start, end):
                form = self._forms[index]
                waiting |= self._gates.get(form, set())
                for name in self._names.get(form, ()):
                    found[start, end, name] = None
        for start, end, name in self._behind(waiting, plain):
            found[start, end, name] = None
        if not found:
            return ()
        said = words(text)
        ends = [word.span.end for word in said]
        return tuple(
            Cue(
                name=name,
                span=Span(start, end),
                source=SOURCE,
                negated=_negated(start, said, ends, plain),
            )
            for start, end, name in sorted(_longest(found))
        )

    def _behind(self, waiting: set[int], plain: str) -> Iterator[tuple[int, int, str]]:
        """Yield what the searches behind the gates that opened find."""
        doc: Doc | None = None
        for index in sorted(waiting):
            search, name = self._gated[index]
            if isinstance(search, Matcher):
                doc = self._nlp.make_doc(plain) if doc is None else doc
                places: Iterable[tuple[int, int]] = _places(search, doc)
            else:
                places = search(plain)
            for start, end in places:
                yield start, end, name


def _anchoring(words: list[str]) -> tuple[bool, int]:
    """Rank words as a gate: whole ones before pieces of contractions, long before short."""
    return not any(word in {"n't", "nt", "ca", "wo"} for word in words), min(map(len, words))


def _found(expression: re.Pattern[str], plain: str) -> list[tuple[int, int]]:
    spans = (match.span() for match in expression.finditer(plain))
    return [span for span in spans if _bounded(plain, *span)]


def _places(matcher: Matcher, doc: Doc) -> list[tuple[int, int]]:
    return [
        (doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for _, start, end in matcher(doc)
    ]


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


def _negated(start: int, said: tuple[Word, ...], ends: list[int], text: str) -> bool:
    """Tell whether a negation reaches over the place, within its clause; `ends` are the words'."""
    edge = start
    begun = text[start:].split(" ", 1)[0] in _SUBJECTS
    before = bisect_right(ends, start)
    for word in reversed(said[max(0, before - _REACH) : before]):
        if any(mark in ".,;:!?\n" for mark in text[word.span.end : edge]):
            return False
        if word.text in _BOUNDS or (begun and word.text not in _THINKING):
            return False
        if word.text.replace("'", "") in _NEGATORS or word.text.endswith("n't"):
            return True
        edge = word.span.start
        begun = word.text in _SUBJECTS
    return False
