"""What differs between two sets of rules, by what an agent would have seen in the same chats.

The law: only what reaches a screen counts: cards, findings in what the agent wrote, and levels. A
card is the same where the same rule says the same words at the same moment.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from assist.core.escalation import Level
from assist.core.turns import Turn

__all__ = ["Card", "Difference", "Differs", "Seen", "compare", "totals"]


class Differs(StrEnum):
    """In which way one thing differs."""

    ADDED = "added"
    LOST = "lost"
    MOVED = "moved"
    REWORDED = "reworded"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A suggestion shown after a turn, or a finding in what the agent was about to send there.

    `number` counts turns from 1; `quiet` says that it came by time alone, after that turn. `words`
    are those a finding points at.
    """

    rule: str
    technique: str
    number: int
    quiet: bool = False
    finding: bool = False
    words: str = field(default="", repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an agent would have seen of one chat; `levels` has the level after each turn."""

    chat: str
    turns: tuple[Turn, ...] = field(repr=False)
    levels: tuple[Level, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs at a turn: cards before and after, or levels."""

    how: Differs
    chat: str
    number: int
    before: Card | Level | None
    after: Card | Level | None

    @property
    def card(self) -> Card | None:
        """Return the card it is about, the later one where there are two; None for a level."""
        found = self.after if isinstance(self.after, Card) else self.before
        return found if isinstance(found, Card) else None


def compare(before: Seen, after: Seen) -> tuple[Difference, ...]:
    """Return what differs between two sights of the same chat, in the order of its turns."""
    found = [*_levels(before, after), *_cards(before, after)]
    return tuple(sorted(found, key=lambda one: (one.number, one.card is not None, _rule(one))))


def totals(found: Sequence[Difference], chats: int) -> str:
    """Return in one line how many chats differ, and in which ways."""
    ways = Counter(one.how for one in found)
    told = ", ".join(f"{how} {ways[how]}" for how in Differs)
    return f"{len({one.chat for one in found})} of {chats} chats differ: {told}"


def _rule(one: Difference) -> str:
    return one.card.rule if one.card else ""


def _levels(before: Seen, after: Seen) -> list[Difference]:
    """Return where the level begins to differ, or differs in another way than a turn before."""
    pairs = enumerate(zip(before.levels, after.levels, strict=True), start=1)
    runs = (next(run) for _, run in groupby(pairs, key=lambda numbered: numbered[1]))
    return [
        Difference(how=Differs.LEVEL, chat=before.chat, number=number, before=old, after=new)
        for number, (old, new) in runs
        if old is not new
    ]


def _cards(before: Seen, after: Seen) -> list[Difference]:
    pairs, lost, added = _paired(before.cards, after.cards, _moment)
    found = [
        _differs(Differs.REWORDED, before.chat, old, new)
        for old, new in pairs
        if (old.lines, old.why) != (new.lines, new.why)
    ]
    moved, lost, added = _paired(lost, added, _mover)
    found += [_differs(Differs.MOVED, before.chat, old, new) for old, new in moved]
    found += [_differs(Differs.LOST, before.chat, old, None) for old in lost]
    return found + [_differs(Differs.ADDED, before.chat, None, new) for new in added]


def _moment(card: Card) -> tuple[object, ...]:
    return card.rule, card.number, card.quiet, card.finding, card.words


def _mover(card: Card) -> tuple[object, ...]:
    """Return what stays the same where a suggestion moves; a finding stays with its words."""
    return (card.rule, card.number, card.words) if card.finding else (card.rule,)


def _paired(
    before: Iterable[Card], after: Sequence[Card], same: Callable[[Card], tuple[object, ...]]
) -> tuple[list[tuple[Card, Card]], list[Card], list[Card]]:
    """Return the pairs that are the same card, in order, then what is left on either side."""
    waiting: dict[tuple[object, ...], list[Card]] = {}
    for card in after:
        waiting.setdefault(same(card), []).append(card)
    pairs, lost = [], []
    for card in before:
        matches = waiting.get(same(card))
        if matches:
            pairs.append((card, matches.pop(0)))
        else:
            lost.append(card)
    return pairs, lost, [card for cards in waiting.values() for card in cards]


def _differs(how: Differs, chat: str, before: Card | None, after: Card | None) -> Difference:
    number = next(card.number for card in (after, before) if card is not None)
    return Difference(how=how, chat=chat, number=number, before=before, after=after)
