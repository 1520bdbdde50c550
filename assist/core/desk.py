"""A draft under review: what every rule finds in it, and in what it might become.

The law: a rewrite is taken only if it keeps every invariant, leaves less for its own rules to find
and gives no rule anything new; one that is not taken is counted. What a model merely holds likely
of a draft is told of the draft, and asked of no rewrite. Each text is read once. In a long
draft, what an edit does is judged in the sentences it touches, where its rules find there what they
found in the whole draft; else in the whole. What costs much is asked where a rule waits for it.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from assist.core.conditions import Scene
from assist.core.conversation import Conversation
from assist.core.invariants import broken
from assist.core.late import Late
from assist.core.line import Guidance
from assist.core.phrasing import fill
from assist.core.rewrites import Fill, Rewrite, Substitution, applied
from assist.core.rules import Watches, applies
from assist.core.signals import OPINION, Evidence, Reading, Signal
from assist.core.text import Span
from assist.core.turns import Draft

__all__ = ["Desk", "Edits"]

_MOST = 6000
"""How many characters of rewritten texts one review reads; findings after that have no words."""

_LONG = 400
"""Characters from which an edit is judged in its sentences alone."""

_UNCLEAR = "draft.unclear"

_MEANT = {"time": "5 pm"}
"""What an agent might put into a slot, no longer than the slot itself."""

Edits = tuple[Substitution, ...]
_Places = Mapping[str, tuple[Span, ...]]


class Desk:
    """The draft, and what every rule finds in it and in what it might become."""

    def __init__(self, text: str, conversation: Conversation, guidance: Guidance) -> None:
        self.text = text
        self.rules = guidance.pack.watching(Watches.AGENT_DRAFT, marks=False)
        self.dropped = 0
        self._conversation = conversation
        self._late = tuple(one for one in guidance.detectors if isinstance(one, Late))
        prompt = tuple(one for one in guidance.detectors if not isinstance(one, Late))
        self._guidance = replace(guidance, detectors=prompt)
        self._left = _MOST
        self.reading = self._read(text, opinions=True)
        self.places = self._found(text, self.reading)
        self._kept: dict[str, _Places] = {}

    @cached_property
    def _plain(self) -> _Places:
        """Return where each rule finds something in the draft without anybody's opinion."""
        return self._found(self.text, _without_opinions(self.reading))

    @property
    def closed(self) -> bool:
        """Tell whether as much has been read as one review may read."""
        return self._left < 0

    def better(self, edits: Edits, rules: tuple[str, ...]) -> Rewrite | None:
        """Return the rewrite if it keeps the truth, helps these rules and hurts none."""
        rewrite = _filled(self.text, edits)
        if broken(self.text, rewrite.text) is None and self._helps(rewrite, rules):
            return rewrite
        self.dropped += 1
        return None

    def doubtful(self, sentence: Span) -> bool:
        """Tell whether the words and the parse disagree there on what belongs to what."""
        unclear = self.reading.signal(_UNCLEAR)
        if unclear and any(sentence.overlaps(proof.span) for proof in unclear.evidence):
            return True
        draft, turns = Draft(text=sentence.of(self.text)), self._conversation.gathered.aloud
        asked = (one for one in self._late if _UNCLEAR in one.tells)
        return any(signal.name == _UNCLEAR for one in asked for signal in one(draft, turns).signals)

    def sentence(self, place: Span) -> Span:
        """Return the sentences of the draft that a place touches; all of it where it has none."""
        touched = [span for span in self.reading.sentences if span.overlaps(place)]
        if not touched:
            return Span(0, len(self.text))
        return Span(min(place.start, touched[0].start), max(place.end, touched[-1].end))

    def _helps(self, rewrite: Rewrite, rules: tuple[str, ...]) -> bool:
        edited = Span(
            min(edit.span.start for edit in rewrite.edits),
            max(edit.span.end for edit in rewrite.edits),
        )
        part = self.sentence(edited) if len(self.text) > _LONG else Span(0, len(self.text))
        before = self._seen(part.of(self.text))
        if before is None or any(rule not in before for rule in rules):
            part, before = Span(0, len(self.text)), self._plain
        longer = len(rewrite.text) - len(self.text)
        after = self._seen(_with_slots_filled(rewrite)[part.start : part.end + longer])
        if after is None:
            return False
        if any(len(spans) > len(before.get(rule, ())) for rule, spans in after.items()):
            return False
        return all(len(after.get(rule, ())) < len(before[rule]) for rule in rules)

    def _seen(self, text: str) -> _Places | None:
        """Return what the rules find in a text, None where too much has been read already."""
        if text == self.text:
            return self._plain
        if text not in self._kept:
            self._left -= len(text)
            if self.closed:
                return None
            self._kept[text] = self._found(text, self._read(text))
        return self._kept[text]

    def _read(self, text: str, *, opinions: bool = False) -> Reading:
        turns = self._conversation.gathered.aloud
        return self._guidance.read(Draft(text=text), turns, opinions=opinions)

    def _found(self, text: str, reading: Reading) -> _Places:
        """Return where each rule, by id, finds something; the whole text where it has no place."""
        scene = Scene(
            conversation=self._conversation, reading=reading, playbook=self._guidance.playbook
        )
        told = self._told_late(text, scene)
        if told:
            reading = replace(reading, signals=(*reading.signals, *told))
            scene = replace(scene, reading=reading)
        return {
            rule.id: _apart(text, evidence) or (Span(0, len(text)),)
            for rule in self.rules.in_question(reading)
            if (evidence := applies(rule, scene)) is not None
        }

    def _told_late(self, text: str, scene: Scene) -> tuple[Signal, ...]:
        """Return what only those detectors tell that a rule has to wait for."""
        draft, turns = Draft(text=text), self._conversation.gathered.aloud
        may = frozenset[str]().union(*(one.tells for one in self._late))
        asked = [one for one in self._late if one.awaited(scene, may)]
        return tuple(signal for one in asked for signal in one(draft, turns).signals)


def _without_opinions(reading: Reading) -> Reading:
    """Return what is read of a rewrite too; where nobody had an opinion that is the same."""
    kept = tuple(signal for signal in reading.signals if not signal.name.startswith(OPINION))
    return reading if len(kept) == len(reading.signals) else replace(reading, signals=kept)


def _apart(text: str, evidence: tuple[Evidence, ...]) -> tuple[Span, ...]:
    """Return the places the evidence points at; those with only blanks between are one."""
    spans: list[Span] = []
    for proof in sorted(evidence, key=lambda proof: (proof.span.start, -proof.span.end)):
        if proof.turn:
            continue
        if not spans or text[spans[-1].end : proof.span.start].strip():
            spans.append(proof.span)
        elif not proof.span.overlaps(spans[-1]):
            spans[-1] = Span(spans[-1].start, proof.span.end)
    return tuple(spans)


def _with_slots_filled(rewrite: Rewrite) -> str:
    """Return the rewritten text as if the agent had filled its slots, each in as many letters."""
    text = rewrite.text
    for slot in rewrite.fills:
        words = _MEANT.get(slot.name, text[slot.span.start + 1 : slot.span.end - 1])
        words = f" {words}".ljust(slot.span.end - slot.span.start)
        text = text[: slot.span.start] + words + text[slot.span.end :]
    return text


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
