"""Run a pack's own examples.

The law: a rule is proved through the same line that serves live chats; the texts it must catch are
caught at the marked words, the edits come out as written, the near misses stay silent, and what is
known to be wrong must still be wrong. A reading is remembered within one proof by all that it
depends on, never by less: a proof that remembers finds what one that reads again would find.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta

from assist.core.conditions import ActDone, AllOf, AnyOf, Condition, Scene, SignalIs
from assist.core.conversation import Conversation
from assist.core.line import Guidance, step
from assist.core.phrasing import fill
from assist.core.playbook import EMPTY
from assist.core.review import review
from assist.core.rewrites import Finding
from assist.core.rules import Rule, Watches, applies
from assist.core.signals import DETECTED, Evidence, Reading
from assist.core.text import Span
from assist.core.turns import Draft, Opened, PastContact, Role, Tick, Turn
from assist.packs.rulefile import Example, RuleFile

__all__ = ["Fault", "prove", "prove_lines", "self_check", "unheard"]

_SAID = re.compile(r"\s*(customer|agent|bot|system)\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_SILENCE = re.compile(r"\(silence (\d+)\)")
_CONTACT = re.compile(r"\(contact (\d+) days ago: (.+)\)")
_FILLED = {
    "name": "Sam", "thing": "your parcel", "delay": "5 days", "problem": "your parcel hasn't come",
    "feeling": "frustrating", "option": "send it again", "other-option": "exchange it",
    "options": "send it again or exchange it", "gesture": "give you a voucher of 10 EUR",
    "sum": "10 EUR", "middle-ground": "refund half of it", "authority": "refund up to 20 EUR",
    "route": "the warranty team", "route-hours": "Mon-Fri 9-17", "hours": "Mon-Fri 9-17",
    "company": "Birch and Sons", "earlier": "on 12 February",
    "time": "5 pm", "next-step": "a search at the depot", "detail": "the label number",
    "reason": "the label was torn", "owner": "Amir",
}  # fmt: skip
"""Lines are read as they might be sent, with every slot filled."""
_MISSED = "add its words to 'when', or see whether 'unless' holds there"
_CAUGHT = "make 'when' narrower, or put what is different here under 'unless'"
_START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that a proof found wrong, with its place."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


def prove(file: RuleFile, guidance: Guidance) -> tuple[Fault, ...]:
    """Return what is wrong with a rule by its own examples; nothing where it is proved."""
    book = file.playbook or replace(guidance.playbook, banned=())
    judge = _Judge(rule=file.rule, guidance=replace(guidance, playbook=book))
    faults = [
        *(fault for example in file.flags for fault in judge.caught(example)),
        *(fault for example in file.allows for fault in judge.left(example)),
        *(fault for example in file.known_wrong for fault in judge.still_wrong(example)),
    ]
    return tuple(
        Fault(file=file.file, line=example.line, column=example.column, message=message)
        for example, message in faults
    )


def prove_lines(files: Iterable[RuleFile], guidance: Guidance) -> tuple[Fault, ...]:
    """Return the lines offered by any rule that a draft rule would flag: our own prose first."""
    faults: list[Fault] = []
    bare = replace(guidance, playbook=EMPTY)
    for file in files:
        for said in _prose(file.rule):
            found = review(Draft(text=said), Conversation(id=""), bare).findings
            faults.extend(
                Fault(
                    file=file.file,
                    line=1,
                    column=1,
                    message=f"offers {said!r}, which {finding.rule} would flag",
                )
                for finding in found
            )
    return tuple(faults)


def unheard(files: Iterable[RuleFile], guidance: Guidance) -> tuple[Fault, ...]:
    """Return the signals and acts that these rules wait for and nothing makes: mostly typos."""
    made = DETECTED | {rule.mark.name for rule in guidance.pack.rules if rule.mark is not None}
    return tuple(
        Fault(
            file=file.file,
            line=1,
            column=1,
            message=f"waits for {name!r}, which no rule reads and no detector makes",
        )
        for file in files
        for name in sorted(_waited_for(file.rule))
        if name not in made and not any(name == f"{m.split('.')[0]}.*" for m in made)
    )


def _waited_for(rule: Rule) -> set[str]:
    names: set[str] = set()
    parts: list[Condition | None] = [rule.when, rule.unless]
    while parts:
        match parts.pop():
            case SignalIs(name=name):
                names.add(name)
            case ActDone(act=act):
                names.add(f"act.{act}")
            case AllOf(parts=more) | AnyOf(parts=more):
                parts.extend(more)
            case _:
                pass
    return names


def self_check(
    files: Iterable[RuleFile],
    guidance: Guidance,
    *,
    over: Callable[[Sequence[RuleFile]], Iterable[RuleFile]] = iter,
) -> tuple[Fault, ...]:
    """Return every fault of these rules: their examples, their prose and what they wait for.

    `over` goes through the rules one by one, and may show how far it came.
    """
    kept = tuple(files)
    guidance = _remembering(guidance)
    examples = tuple(fault for file in over(kept) for fault in prove(file, guidance))
    return (*examples, *prove_lines(kept, guidance), *unheard(kept, guidance))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembering(Guidance):
    """Guidance that reads the same thing once: examples of many rules are alike.

    All that a reading may depend on is in its key, or the same for the whole proof.
    """

    kept: dict[tuple[object, ...], Reading] = field(default_factory=dict, repr=False)

    def read(
        self, subject: Turn | Draft, earlier: Sequence[Turn], *, opinions: bool = False
    ) -> Reading:
        """Return the reading of a turn or draft, after the turns before it."""
        house = self.playbook if isinstance(subject, Draft) else None
        key = (subject, tuple(earlier), opinions, house, tuple(map(id, self.detectors)))
        if key not in self.kept:
            self.kept[key] = Guidance.read(self, subject, earlier, opinions=opinions)
        return self.kept[key]


def _remembering(guidance: Guidance) -> _Remembering:
    return _Remembering(**{one.name: getattr(guidance, one.name) for one in fields(guidance)})


def _prose(rule: Rule) -> tuple[str, ...]:
    swaps = tuple(swap.new for swap in rule.swaps if swap.new)
    return tuple(fill(line, _FILLED)[0] for line in (*rule.lines, *swaps))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    rule: Rule
    guidance: Guidance

    def _with(self, example: Example) -> Guidance:
        """Return the guidance with the example's own playbook, where it has one."""
        return replace(self.guidance, playbook=example.playbook or self.guidance.playbook)

    def caught(self, example: Example) -> list[tuple[Example, str]]:
        proofs, findings = self._tried(example)
        if proofs is None:
            return [(example, f"is not caught: {_MISSED}")]
        faults = []
        found = self._found(example, proofs, findings)
        if example.marked and not set(example.marked) <= found:
            missed = sorted(set(example.marked) - found)
            faults.append((example, f"marks {missed}, but found {sorted(found)}"))
        if example.becomes is not None:
            offered = [rewrite.text for finding in findings for rewrite in finding.rewrites]
            if example.becomes not in offered:
                faults.append((example, f"should become {example.becomes!r}; offered {offered}"))
        return faults

    def left(self, example: Example) -> list[tuple[Example, str]]:
        proofs, _ = self._tried(example)
        if proofs is None:
            return []
        words = sorted({self._words(example, proof.turn, proof.span) for proof in proofs})
        return [(example, f"should be left alone, but {words} set it off: {_CAUGHT}")]

    def still_wrong(self, example: Example) -> list[tuple[Example, str]]:
        proofs, _ = self._tried(example)
        return [] if proofs is not None else [(example, "is right now: move it up to 'allows'")]

    def _found(
        self, example: Example, proofs: tuple[Evidence, ...], findings: tuple[Finding, ...]
    ) -> set[str]:
        """Return the words of the last turn, or of the draft, that set the rule off."""
        if self.rule.watches is Watches.AGENT_DRAFT:
            return {finding.span.of(example.text) for finding in findings}
        last = f"t{len(example.chat) + 1}"
        return {self._words(example, last, p.span) for p in proofs if p.turn == last}

    def _words(self, example: Example, turn: str, span: Span) -> str:
        events = _chat(example, self.rule.watches)
        said = {event.id: event.text for event in events if isinstance(event, Turn)}
        return span.of(said.get(turn, example.text))

    def _tried(self, example: Example) -> tuple[tuple[Evidence, ...] | None, tuple[Finding, ...]]:
        if self.rule.watches is Watches.AGENT_DRAFT:
            return self._drafted(example)
        guidance, events = self._with(example), _chat(example, self.rule.watches)
        conversation = Conversation(id="proof", opened=_opened(example))
        for event in events[:-1]:
            conversation = step(conversation, event, guidance)
        last = events[-1]
        after = step(conversation, last, guidance)
        scene = Scene(conversation=after, playbook=guidance.playbook)
        if isinstance(last, Tick):
            quiet = (last.at - after.last.at).total_seconds() if after.last else 0.0
            return applies(self.rule, replace(scene, silence=quiet)), ()
        if self.rule.mark is not None:
            return self._marked(replace(scene, reading=after.reading(last.id))), ()
        return applies(self.rule, guidance.scene(after, after.reading(last.id))), ()

    def _marked(self, scene: Scene) -> tuple[Evidence, ...] | None:
        """Return the evidence that this very rule gave to its signal, or None."""
        marked = scene.reading and self.rule.mark and scene.reading.signal(self.rule.mark.name)
        return applies(self.rule, scene) if marked else None

    def _drafted(self, example: Example) -> tuple[tuple[Evidence, ...] | None, tuple[Finding, ...]]:
        guidance = self._with(example)
        conversation = Conversation(id="proof")
        for event in _chat(example, Watches.AGENT_DRAFT)[:-1]:
            conversation = step(conversation, event, guidance)
        draft = Draft(text=example.text)
        reading = guidance.read(draft, conversation.turns, opinions=True)
        scene = Scene(conversation=conversation, reading=reading, playbook=guidance.playbook)
        proofs = applies(self.rule, scene)
        findings = review(draft, conversation, guidance, every=True).findings
        return proofs, tuple(found for found in findings if found.rule == self.rule.id)


def _opened(example: Example) -> Opened:
    """Return the opening of an example's chat, with the earlier contacts that it tells of."""
    told = [found for line in example.chat if (found := _CONTACT.fullmatch(line.strip()))]
    return Opened(
        customer_name="Sam",
        history=tuple(
            PastContact(at=_START - timedelta(days=int(found[1])), summary=found[2])
            for found in told
        ),
    )


def _chat(example: Example, watches: Watches) -> list[Turn | Tick]:
    """Return the events of an example: its chat, then its text said by whom the rule watches."""
    agent = watches in {Watches.AGENT_TURN, Watches.AGENT_DRAFT}
    lines = [*example.chat, example.text]
    events: list[Turn | Tick] = []
    at = _START
    for number, line in enumerate(lines, start=1):
        if quiet := _SILENCE.fullmatch(line.strip()):
            at += timedelta(seconds=int(quiet[1]))
            events.append(Tick(at=at))
            continue
        if _CONTACT.fullmatch(line.strip()):
            continue
        said = _SAID.match(line) if number < len(lines) or watches is Watches.CONVERSATION else None
        role = Role(said[1].lower()) if said else (Role.AGENT if agent else Role.CUSTOMER)
        text = said[2] if said else line
        at += timedelta(seconds=30)
        events.append(Turn(id=f"t{number}", role=role, text=text, at=at))
    return events
