"""From a rule's lines to words an agent could send.

The law: what fills a slot comes from this chat or the company's playbook. A slot that nothing can
fill stays open, marked as `[slot]`, for the agent. The choice among lines is derived from the
conversation, never random, and no line is offered twice in a chat.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assist.core.conversation import Conversation
from assist.core.paraphrase import paraphrase
from assist.core.playbook import Playbook
from assist.core.rules import Pack, Rule
from assist.core.signals import Reading
from assist.core.suggestions import Slot
from assist.core.text import Span, fold, lowered
from assist.core.turns import Role, Turn

__all__ = ["FACTS", "OPEN", "Wording", "facts_of", "fill", "known_causes", "slots_of", "worded"]

FACTS = ("name", "thing", "delay", "problem", "feeling", "option", "other-option")
"""Slots that the chat or the playbook may fill; a line that needs one it lacks is passed over."""
OPEN = ("time", "next-step", "detail", "reason", "owner")
"""Slots that only the agent can fill."""

_SLOT = re.compile(r"\{([a-z-]+)\}")
_NUMBER = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
# A stretch of time is a wait where a word of waiting stands close before it, or right after.
_DELAY = re.compile(
    r"(?P<before>\b(?:wait\w*|hold|late|delay\w*|since|been|already|still|took|taken|taking|for)"
    r"(?: [\w']+){0,3} )?"
    rf"(?:\d{{1,3}}[/-])?\b(?P<count>{_NUMBER}) (?:(?:working|business|whole|full) )?"
    r"(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\b"
    r"(?P<after>(?: now| already)? "
    r"(?:ago|late|wait\w*|delay\w*|without|and (?:no|still|nothing))\b)?"
)
# "In order to cancel", "on the phone": no order and no phone that the customer writes about.
_FORMULA = re.compile(
    r"\bin order (?:to|for|that)\b|\bout of order\b|\b(?:to|i|we) order\b|"
    r"\b(?:(?:on|over) the|by) phone\b"
)
_WHOLE = {"min": "minute", "mins": "minutes", "hr": "hour", "hrs": "hours"}


# How many customer turns a slot may be filled from: what was said long ago is no longer the matter.
_RECENT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Lines ready to be shown; `indexes` are their places in the rule."""

    lines: tuple[str, ...] = field(repr=False)
    slots: tuple[Slot, ...]
    indexes: tuple[int, ...]


def slots_of(line: str) -> tuple[str, ...]:
    """Return the slot names in a line as a rule writes it."""
    return tuple(_SLOT.findall(line))


def fill(line: str, facts: Mapping[str, str]) -> tuple[str, tuple[tuple[str, Span], ...]]:
    """Return the line with `facts` in place, and the open slots that are left, with their spans."""
    built, open_slots, at = "", [], 0
    for match in _SLOT.finditer(line):
        built += line[at : match.start()]
        value = facts.get(match[1])
        if value is None:
            shown = f"[{match[1].replace('-', ' ')}]"
            open_slots.append((match[1], Span(len(built), len(built) + len(shown))))
            built += shown
        else:
            sentence_start = not built or built.rstrip().endswith((".", "!", "?"))
            built += value[:1].upper() + value[1:] if sentence_start else value
        at = match.end()
    return built + line[at:], tuple(open_slots)


def worded(rule: Rule, conversation: Conversation, facts: Mapping[str, str]) -> Wording | None:
    """Return up to two lines of `rule` for this conversation, or None where none is left."""
    if any(facts.get(slot) is None for slot in rule.needs):
        return None
    spent = {
        index for shown in conversation.shown if shown.rule == rule.id for index in shown.lines
    }
    count = len(rule.lines)
    start = zlib.crc32(f"{conversation.id}|{rule.id}".encode()) % count if count else 0
    order = [(start + step) % count for step in range(count)]
    usable = [
        index
        for index in order
        if index not in spent
        and all(slot in facts or slot in OPEN for slot in slots_of(rule.lines[index]))
    ]
    chosen = tuple(sorted(usable, key=lambda index: -_filled(rule.lines[index])))[:2]
    if not chosen and count:
        return None
    built = [fill(rule.lines[index], facts) for index in chosen]
    slots = tuple(
        Slot(name=name, line=line, span=span)
        for line, (_, open_slots) in enumerate(built)
        for name, span in open_slots
    )
    return Wording(lines=tuple(text for text, _ in built), slots=slots, indexes=chosen)


def _filled(line: str) -> int:
    """Return how many of the chat's own facts a line uses: the concrete line comes first."""
    return len(set(slots_of(line)) & set(FACTS))


def known_causes(conversation: Conversation) -> tuple[str, ...]:
    """Return the causes named so far, newest first, without their prefix."""
    names = [
        signal.name.removeprefix("cause.")
        for reading in reversed(conversation.customer_readings())
        for signal in reading.family("cause")
    ]
    return tuple(dict.fromkeys(names))


def facts_of(conversation: Conversation, pack: Pack, playbook: Playbook) -> dict[str, str]:
    """Return what this chat can fill slots with."""
    facts: dict[str, str] = {}
    if called := (conversation.opened.customer_name or "").split():
        facts["name"] = called[0]
    for turn in reversed(conversation.customer_turns[-_RECENT:]):
        _from_turn(turn, conversation.reading(turn.id), pack, facts)
    options = playbook.for_causes(known_causes(conversation))
    if len(options) > 1:
        facts["option"], facts["other-option"] = options[0].text, options[1].text
    return facts


@lru_cache(maxsize=16)
def _any_of(things: tuple[str, ...]) -> re.Pattern[str]:
    """Return the expression for any of these words; one that never matches where there are none."""
    return re.compile(rf"\b({'|'.join(map(re.escape, things))})s?\b" if things else r"(?!)()")


def _from_turn(turn: Turn, reading: Reading | None, pack: Pack, facts: dict[str, str]) -> None:
    if reading is None or turn.role is not Role.CUSTOMER:
        return
    low = lowered(fold(turn.text))
    for found in _DELAY.finditer(low):
        if found["before"] or found["after"]:
            unit = found["unit"]
            facts.setdefault("delay", f"{found['count']} {_WHOLE.get(unit, unit)}")
    thing = _any_of(pack.things).search(_FORMULA.sub(" ", low))
    if thing:
        facts.setdefault("thing", f"your {thing[1]}")
    for name, feeling in pack.feelings:
        if reading.signal(f"emotion.{name}"):
            facts.setdefault("feeling", feeling)
    for signal in reading.family("cause"):
        for proof in signal.evidence[:1]:
            told = paraphrase(turn.text, proof.span.start)
            if told:
                facts.setdefault("problem", told)
