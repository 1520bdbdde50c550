"""From a rule's lines to words an agent could send.

The law: what fills a slot comes from this chat or the company's playbook. A slot that nothing can
fill stays open, marked as `[slot]`, for the agent. The choice among lines is derived from the
conversation, never random, no line is offered twice in a chat, and none has a banned word.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from assist.core.conversation import Conversation
from assist.core.history import last_contact, told_when
from assist.core.mask_names import is_name
from assist.core.offers import known_causes, offered, understood
from assist.core.paraphrase import paraphrase
from assist.core.playbook import Playbook
from assist.core.rules import Pack, Rule
from assist.core.signals import Reading
from assist.core.suggestions import Slot
from assist.core.text import Span, fold, lowered
from assist.core.tone import spoken
from assist.core.turns import Turn

__all__ = [
    "FACTS",
    "OFFERED",
    "OPEN",
    "Wording",
    "facts_of",
    "fill",
    "known_causes",
    "slots_of",
    "without_slots",
    "worded",
]

FACTS = ("name", "thing", "delay", "problem", "feeling", "company", "earlier")
"""Slots that only facts may fill; a line that needs one that is not known is passed over."""
OFFERED = (
    "option", "other-option", "options", "gesture", "sum", "middle-ground", "authority", "route",
    "route-hours", "hours",
)  # fmt: skip
"""Slots that the playbook fills for the causes of this chat; where it does not, they stay open."""
OPEN = ("time", "next-step", "detail", "reason", "owner")
"""Slots that only the agent can fill."""

_FACTS_AND_OFFERED = frozenset((*FACTS, *OFFERED))
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
    """Lines ready to be shown, and why; `indexes` are their places in the rule."""

    lines: tuple[str, ...] = field(repr=False)
    slots: tuple[Slot, ...]
    indexes: tuple[int, ...]
    why: str = ""


@lru_cache(maxsize=20_000)
def slots_of(line: str) -> tuple[str, ...]:
    """Return the slot names in a line as a rule writes it."""
    return tuple(_SLOT.findall(line))


def without_slots(line: str) -> str:
    """Return a line as a rule writes it, with nothing in the place of its slots."""
    return _SLOT.sub("", line)


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


def worded(
    rule: Rule, conversation: Conversation, facts: Mapping[str, str], playbook: Playbook
) -> Wording | None:
    """Return up to two lines of `rule` for this conversation, or None where none is left."""
    if any(facts.get(slot) is None for slot in rule.needs):
        return None
    usable = _usable(rule, conversation, facts, playbook)
    chosen = sorted(usable, key=lambda index: -_filled(rule.lines[index], facts))[:2]
    if not chosen and rule.lines:
        return None
    built = [fill(spoken(rule.lines[index], playbook.tone), facts) for index in chosen]
    slots = tuple(
        Slot(name=name, line=line, span=span)
        for line, (_, open_slots) in enumerate(built)
        for name, span in open_slots
    )
    return Wording(
        lines=tuple(text for text, _ in built),
        slots=slots,
        indexes=tuple(chosen),
        why=fill(rule.why, facts)[0],
    )


def _usable(
    rule: Rule, conversation: Conversation, facts: Mapping[str, str], playbook: Playbook
) -> list[int]:
    """Return the lines that may be said in this chat, in an order that belongs to it."""
    if not understood(conversation, playbook):
        return []
    spent = {
        index for shown in conversation.shown if shown.rule == rule.id for index in shown.lines
    }
    count = len(rule.lines)
    start = zlib.crc32(f"{conversation.id}|{rule.id}".encode()) % count if count else 0
    order = [(start + step) % count for step in range(count)]
    return [
        index
        for index in order
        if index not in spent and _sayable(rule.lines[index], facts, playbook)
    ]


def _sayable(line: str, facts: Mapping[str, str], playbook: Playbook) -> bool:
    """Tell whether every fact a line needs is known, and no banned word is in it."""
    if any(slot in FACTS and slot not in facts for slot in slots_of(line)):
        return False
    if not playbook.banned:
        return True
    return not playbook.banned_in(fill(spoken(line, playbook.tone), facts)[0])


def _filled(line: str, facts: Mapping[str, str]) -> int:
    """Return how concrete a line is: what names facts leads, what has gaps for them is last."""
    return sum(
        1 if slot in facts else -1 for slot in set(slots_of(line)) if slot in _FACTS_AND_OFFERED
    )


def facts_of(conversation: Conversation, pack: Pack, playbook: Playbook) -> Mapping[str, str]:
    """Return what this chat can fill slots with, each looked for when it is first asked for."""
    return _Facts(conversation, pack, playbook)


class _Facts(Mapping[str, str]):
    """What can be told of a chat, by the slot."""

    def __init__(self, conversation: Conversation, pack: Pack, playbook: Playbook) -> None:
        self._chat = _Chat(conversation, pack, playbook)
        self._known: dict[str, str | None] = {}

    def __getitem__(self, slot: str) -> str:
        told = self.get(slot)
        if told is None:
            raise KeyError(slot)
        return told

    def __contains__(self, slot: object) -> bool:
        return isinstance(slot, str) and self.get(slot) is not None

    def __iter__(self) -> Iterator[str]:
        return (slot for slot in (*FACTS, *OFFERED) if slot in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def get(self, slot: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Return what fills the slot, or `default` where nothing does."""
        if slot not in self._known:
            look = _LOOKS.get(slot)
            if look is not None:
                self._known[slot] = look(self._chat)
            else:
                self._known |= dict.fromkeys((*OFFERED, "company", slot)) | self._chat.offered()
        told = self._known[slot]
        return default if told is None else told


@lru_cache(maxsize=16)
def _any_of(things: tuple[str, ...]) -> re.Pattern[str]:
    """Return the expression for any of these words; one that never matches where there are none."""
    return re.compile(rf"\b({'|'.join(map(re.escape, things))})s?\b" if things else r"(?!)()")


def _product(low: str, products: tuple[str, ...]) -> str | None:
    """Return the product that a text names, the longest name where several do."""
    named = [name for name in products if _word(name).search(low)]
    return max(named, key=len, default=None)


@lru_cache(maxsize=1024)
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(lowered(fold(name)))}(?!\w)")


class _Chat(NamedTuple):
    """A chat that facts are looked for in, and what tells them."""

    conversation: Conversation
    pack: Pack
    playbook: Playbook

    def offered(self) -> dict[str, str]:
        """Return what the playbook fills slots with."""
        return offered(self.conversation, self.playbook)

    def newest(self, look: Callable[["_Chat", Turn, Reading], str | None]) -> str | None:
        """Return what is found in the newest of the customer's turns in which anything is."""
        for turn in reversed(self.conversation.customer_turns[-_RECENT:]):
            reading = self.conversation.reading(turn.id)
            if reading is not None and (told := look(self, turn, reading)) is not None:
                return told
        return None


def _name(chat: _Chat) -> str | None:
    called = (chat.conversation.opened.customer_name or "").split()
    return called[0] if called and is_name(called[0]) else None


def _earlier(chat: _Chat) -> str | None:
    now = chat.conversation.now
    contact = last_contact(chat.conversation.opened, now) if now is not None else None
    return told_when(contact, now) if contact is not None and now is not None else None


def _delay(chat: _Chat, turn: Turn, _: Reading) -> str | None:
    return chat.conversation.gathered.once(_waited, turn.text)


def _waited(text: str) -> str | None:
    for found in _DELAY.finditer(lowered(fold(text))):
        if found["before"] or found["after"]:
            unit = found["unit"]
            return f"{found['count']} {_WHOLE.get(unit, unit)}"
    return None


def _thing(chat: _Chat, turn: Turn, _: Reading) -> str | None:
    low = lowered(fold(turn.text))
    named = _product(low, chat.playbook.products)
    if not named:
        thing = _any_of(chat.pack.things).search(_FORMULA.sub(" ", low))
        named = thing and thing[1]
    return f"your {named}" if named else None


def _feeling(chat: _Chat, _: Turn, reading: Reading) -> str | None:
    for name, feeling in chat.pack.feelings:
        if reading.signal(f"emotion.{name}"):
            return feeling
    return None


def _problem(chat: _Chat, turn: Turn, reading: Reading) -> str | None:
    for signal in reading.family("cause"):
        for proof in signal.evidence[:1]:
            told = chat.conversation.gathered.once(paraphrase, turn.text, proof.span.start)
            if told:
                return told
    return None


_LOOKS: Mapping[str, Callable[[_Chat], str | None]] = MappingProxyType(
    {
        "name": _name,
        "earlier": _earlier,
        "delay": lambda chat: chat.newest(_delay),
        "thing": lambda chat: chat.newest(_thing),
        "feeling": lambda chat: chat.newest(_feeling),
        "problem": lambda chat: chat.newest(_problem),
    }
)
