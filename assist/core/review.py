"""From an agent's unsent draft to what would land badly, with better words.

The law: a finding points at the words; a rewrite is offered only if it keeps every invariant, has
less for its own rule to find and gives no rule anything new. Each text is read once.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assist.core.analyse import analyse
from assist.core.conditionals import dropped, raised
from assist.core.conversation import Conversation
from assist.core.escalation import believe, contributions, score_of
from assist.core.invariants import broken
from assist.core.line import Guidance
from assist.core.phrasing import fill
from assist.core.rewording import REWORDINGS
from assist.core.rewrites import Fill, Finding, Review, Rewrite, Substitution, Tension, applied
from assist.core.rules import Rule, Scene, Watches, applies
from assist.core.signals import Evidence, Reading
from assist.core.text import Span, fold, lowered, sentence_at
from assist.core.turns import Draft

__all__ = ["review"]

_ARTICLE = re.compile(r"\b([Aa])n? $")
_FRICTION = 0.35
"""Log-odds that one finding is expected to add if the draft is sent as it is."""
_MOST = 6000
"""How many characters of rewritten texts one review reads; findings after that have no words."""

Edits = tuple[Substitution, ...]


def review(draft: Draft, conversation: Conversation, guidance: Guidance) -> Review:
    """Return the findings in `draft` and the tension before and after sending it."""
    desk = _Desk(draft.text, conversation, guidance)
    found = [
        _finding(desk, rule, span) for rule in desk.rules for span in desk.places.get(rule.id, ())
    ]
    found.sort(key=lambda pair: (pair[0].span, pair[0].technique))
    findings = [finding for finding, _ in found]
    together = _together(desk, [(finding.rule, edits) for finding, edits in found if edits])
    if together is not None and together not in findings[0].rewrites:
        findings[0] = replace(findings[0], rewrites=(*findings[0].rewrites, together))
    return Review(
        findings=tuple(findings),
        tension=_tension(desk.reading, len(findings), conversation, guidance),
    )


class _Desk:
    """The draft, and what every rule finds in it and in what it might become."""

    def __init__(self, text: str, conversation: Conversation, guidance: Guidance) -> None:
        self.text = text
        self.rules = guidance.pack.watching(Watches.AGENT_DRAFT, marks=False)
        self._conversation = conversation
        self._guidance = guidance
        self._left = _MOST
        self._kept: dict[str, dict[str, tuple[Span, ...]]] = {}
        self.reading = self._read(text)
        self.places = self._places(text, self.reading)

    def better(self, edits: Edits, rules: tuple[str, ...]) -> Rewrite | None:
        """Return the rewrite if it keeps the truth, helps these rules and hurts none."""
        rewrite = _filled(self.text, edits)
        if broken(self.text, rewrite.text) is not None:
            return None
        if rewrite.text not in self._kept:
            self._left -= len(rewrite.text)
            if self.closed:
                return None
            self._kept[rewrite.text] = self._places(rewrite.text, self._read(rewrite.text))
        after = self._kept[rewrite.text]
        worse = any(len(spans) > len(self.places.get(rule, ())) for rule, spans in after.items())
        helps = all(len(after.get(rule, ())) < len(self.places[rule]) for rule in rules)
        return rewrite if helps and not worse else None

    @property
    def closed(self) -> bool:
        """Tell whether as much has been read as one review may read."""
        return self._left < 0

    def _read(self, text: str) -> Reading:
        guidance = self._guidance
        turns = tuple(turn for turn in self._conversation.turns if not turn.private)
        return analyse(Draft(text=text), turns, guidance.detectors, guidance.pack)

    def _places(self, text: str, reading: Reading) -> dict[str, tuple[Span, ...]]:
        """Return where each rule, by id, finds something; the whole text where it has no place."""
        scene = Scene(conversation=self._conversation, reading=reading)
        return {
            rule.id: _apart(text, evidence) or (Span(0, len(text)),)
            for rule in self.rules
            if (evidence := applies(rule, scene)) is not None
        }


def _finding(desk: _Desk, rule: Rule, span: Span) -> tuple[Finding, Edits | None]:
    """Return the finding with the first of its rule's rewrites that is better, and its edits."""
    tried = () if desk.closed else _ways(rule, span, desk.text)
    good = next(
        (
            (rewrite, edits)
            for edits in tried
            if edits and (rewrite := desk.better(edits, (rule.id,)))
        ),
        None,
    )
    finding = Finding(
        technique=rule.technique,
        rule=rule.id,
        span=span,
        message=rule.summary,
        why=rule.why,
        rewrites=(good[0],) if good else (),
    )
    return finding, good[1] if good else None


def _ways(rule: Rule, span: Span, text: str) -> Iterator[Edits | None]:
    for name in rule.rewordings:
        yield REWORDINGS[name](text, span)
    yield _swapped(rule, span, text)


def _together(desk: _Desk, found: list[tuple[str, Edits]]) -> Rewrite | None:
    """Return the rewrite with the edits of several findings, where they do not meet."""
    rules: list[str] = []
    joined: list[Substitution] = []
    for rule, edits in found:
        if not any(_meet(one, other) for one in edits for other in joined):
            rules.append(rule)
            joined.extend(edits)
    if len(rules) < 2:
        return None
    return desk.better(tuple(sorted(joined, key=lambda edit: edit.span)), tuple(rules))


def _meet(one: Substitution, other: Substitution) -> bool:
    return one.span.overlaps(other.span) or one.span.start == other.span.start


def _apart(text: str, evidence: tuple[Evidence, ...]) -> tuple[Span, ...]:
    """Return the places the evidence points at; those with only blanks between are one."""
    spans: list[Span] = []
    for proof in sorted(evidence, key=lambda proof: (proof.span.start, -proof.span.end)):
        if not spans or text[spans[-1].end : proof.span.start].strip():
            spans.append(proof.span)
        elif not proof.span.overlaps(spans[-1]):
            spans[-1] = Span(spans[-1].start, proof.span.end)
    return tuple(spans)


def _swapped(rule: Rule, span: Span, text: str) -> Edits | None:
    said = lowered(fold(span.of(text)))
    for swap in rule.swaps:
        at = said.find(swap.old)
        if at >= 0:
            place = Span(span.start + at, span.start + at + len(swap.old))
            if not swap.new:
                blanks = len(text[place.end :]) - len(text[place.end :].lstrip(" "))
                return (dropped(text, Span(place.start, place.end + blanks)),)
            return _in_place(text, place, swap.new)
    return None


def _in_place(text: str, place: Span, new: str) -> Edits:
    """Return the edit that puts `new` at `place`, with the capital and the article it needs."""
    begins = sentence_at(text, place).start == place.start
    if begins and place.of(text)[:1].isupper():
        return (Substitution(span=place, text=raised(new)),)
    article = _ARTICLE.search(text[: place.start])
    if article is None or not new[:1].isalpha():
        return (Substitution(span=place, text=new),)
    fitting = article[1] + ("n" if new[:1] in "aeiou" else "")
    start = article.start(1)
    return (Substitution(span=Span(start, place.end), text=f"{fitting} {new}"),)


def _filled(text: str, edits: Edits) -> Rewrite:
    """Return the rewrite with its open slots shown and placed."""
    shown = tuple(Substitution(span=edit.span, text=fill(edit.text, {})[0]) for edit in edits)
    fills: list[Fill] = []
    moved = 0
    for edit, plain in sorted(zip(edits, shown, strict=True), key=lambda pair: pair[0].span):
        fills.extend(
            Fill(name=name, span=place.shifted(edit.span.start + moved))
            for name, place in fill(edit.text, {})[1]
        )
        moved += len(plain.text) - (edit.span.end - edit.span.start)
    return Rewrite(text=applied(text, shown), edits=shown, fills=tuple(fills))


def _tension(
    reading: Reading, findings: int, conversation: Conversation, guidance: Guidance
) -> Tension:
    policy = guidance.policy
    soothing = contributions(reading.family("act"), policy)
    belief = believe(conversation.belief, soothing, policy, fade=False)
    before = score_of(conversation.belief, policy)
    after = score_of(belief, policy, extra=_FRICTION * findings)
    return Tension(before=before, after=after)
