"""From an agent's unsent draft to what would land badly, with better words.

The law: a finding points at the words; a rewrite is offered only if the desk finds it better. Where
several rules of one technique find something in one sentence, one of them speaks.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assist.core.conditionals import dropped, raised
from assist.core.conversation import Conversation
from assist.core.desk import Desk, Edits
from assist.core.escalation import believe, contributions, score_of
from assist.core.line import Guidance
from assist.core.rewording import REWORDINGS
from assist.core.rewrites import Finding, Review, Rewrite, Substitution, Tension
from assist.core.rules import Rule
from assist.core.signals import Reading
from assist.core.text import Span, fold, lowered, sentence_at
from assist.core.turns import Draft

__all__ = ["review"]

_ARTICLE = re.compile(r"\b([Aa])n? $")
_FRICTION = 0.35
"""Log-odds that one finding is expected to add if the draft is sent as it is."""


def review(
    draft: Draft, conversation: Conversation, guidance: Guidance, *, every: bool = False
) -> Review:
    """Return the findings in `draft` and the tension before and after sending it.

    With `every`, what several rules of one technique find in one sentence is all told.
    """
    desk = Desk(draft.text, conversation, guidance)
    told = _all_voices(desk) if every else _one_voice(desk)
    told.sort(key=lambda pair: (pair[0].span, pair[0].technique))
    findings = [finding for finding, _ in told]
    together = _together(desk, [(finding.rule, edits) for finding, edits in told if edits])
    if together is not None and together not in findings[0].rewrites:
        findings[0] = replace(findings[0], rewrites=(*findings[0].rewrites, together))
    return Review(
        findings=tuple(findings),
        tension=_tension(desk.reading, len(findings), conversation, guidance),
        dropped=desk.dropped,
    )


_Found = tuple[Finding, Edits | None]


def _all_voices(desk: Desk) -> list[_Found]:
    found = [
        _finding(desk, rule, span) for rule in desk.rules for span in desk.places.get(rule.id, ())
    ]
    return [pair for pair in found if pair is not None]


def _one_voice(desk: Desk) -> list[_Found]:
    """Return one finding a technique and sentence; more only where each has words of its own.

    Rules that may have better words are asked first; where one has them, the others of its
    technique are not asked about the same place.
    """
    best: dict[tuple[str, Span], list[_Found]] = {}
    places = [(rule, span) for rule in desk.rules for span in desk.places.get(rule.id, ())]
    for rule, span in sorted(places, key=_turn_to_speak):
        kept = best.setdefault((rule.technique, desk.sentence(span)), [])
        worded = [finding.span for finding, _ in kept if finding.rewrites]
        if any(span.overlaps(other) for other in worded):
            continue
        pair = _finding(desk, rule, span)
        if pair is None or (kept and not _has_other_words(pair[0], kept)):
            continue
        if not worded:
            kept.clear()
        kept.append(pair)
    return [pair for pairs in best.values() for pair in pairs]


def _has_other_words(finding: Finding, kept: list[_Found]) -> bool:
    """Tell whether a finding has better words that none of those kept has."""
    told = {rewrite.text for other, _ in kept for rewrite in other.rewrites}
    return any(rewrite.text not in told for rewrite in finding.rewrites)


def _turn_to_speak(place: tuple[Rule, Span]) -> tuple[bool, int, Span]:
    rule, span = place
    return not (rule.rewordings or rule.swaps), -rule.priority, span


def _finding(desk: Desk, rule: Rule, span: Span) -> _Found | None:
    """Return the finding with the first of its rule's rewrites that is better, and its edits.

    None where the rule speaks only with better words, and has none.
    """
    tried = () if desk.closed else _ways(rule, span, desk)
    good = next(
        (
            (rewrite, edits)
            for edits in tried
            if edits and (rewrite := desk.better(edits, (rule.id,)))
        ),
        None,
    )
    if good is None and rule.only_with_words:
        return None
    finding = Finding(
        technique=rule.technique,
        rule=rule.id,
        span=span,
        message=rule.summary,
        why=rule.why,
        rewrites=(good[0],) if good else (),
    )
    return finding, good[1] if good else None


def _ways(rule: Rule, span: Span, desk: Desk) -> Iterator[Edits | None]:
    for name in rule.rewordings:
        edits = REWORDINGS[name](desk.text, span)
        if edits and desk.doubtful(desk.sentence(span)):
            break
        yield edits
    yield _swapped(rule, span, desk.text)


def _together(desk: Desk, found: list[tuple[str, Edits]]) -> Rewrite | None:
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


def _tension(
    reading: Reading, findings: int, conversation: Conversation, guidance: Guidance
) -> Tension:
    policy = guidance.policy
    soothing = contributions(reading.family("act"), policy)
    belief = believe(conversation.belief, soothing, policy, fade=False)
    before = score_of(conversation.belief, policy)
    after = score_of(belief, policy, extra=_FRICTION * findings)
    return Tension(before=before, after=after)
