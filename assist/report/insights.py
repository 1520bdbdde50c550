"""What recurs over many chats: causes, where tension begins, and what came after which technique.

The law: counts with intervals, in words that claim nothing more. That one thing came after another
is all that is said; agents choose what fits the moment, so an order is no explanation.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.core.phrasing import known_causes
from assist.report.chats import Chat
from assist.report.tables import (
    Cell,
    Column,
    Rate,
    Section,
    cause_named,
    grouped,
    ranked,
    technique_named,
)

__all__ = ["insight_sections"]

STEADY = 0.03
"""A change of the score within this is none; as in the policy's trend."""

ANY = "any answer"
NO_CAUSE = "none named yet"
_ORDER_ONLY = (
    "Counts of what came next, not of what brought it about: agents choose what fits the moment, "
    "so hard moments and certain techniques go together anyway."
)
_TURNS = ((1, "1"), (2, "2"), (3, "3"), (5, "4 to 5"), (9, "6 to 9"))


def insight_sections(chats: Sequence[Chat]) -> tuple[Section, ...]:
    """Return recurring causes, where escalation starts, and what followed what."""
    starts = [start for chat in chats if (start := _start_of(chat)) is not None]
    return (
        _causes(chats),
        _starts("stage", "stage", starts, lambda start: start.stage),
        _starts("turn", "customer turn", starts, lambda start: start.number),
        _starts("cause", "cause known by then", starts, lambda start: start.cause),
        _followed(chats),
        _followed_cards(chats),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """Where a chat first left calm, and whether it came to high or above later on."""

    stage: str
    number: str
    cause: str
    high: bool


def _start_of(chat: Chat) -> _Start | None:
    for place, heard in enumerate(chat.heard, start=1):
        after = heard.after
        if after.escalation.level is not Level.CALM:
            return _Start(
                stage=str(after.stage),
                number=next((name for most, name in _TURNS if place <= most), "10 and later"),
                cause=next(iter(known_causes(after)), NO_CAUSE),
                high=any(_high(later.after) for later in chat.heard),
            )
    return None


def _high(after: Conversation) -> bool:
    return after.escalation.level.rank >= Level.HIGH.rank


def _causes(chats: Sequence[Chat]) -> Section:
    found = Counter(cause for chat in chats for cause in known_causes(chat.conversation))
    tense = Counter(
        cause
        for chat in chats
        if any(_high(heard.after) for heard in chat.heard)
        for cause in known_causes(chat.conversation)
    )
    return Section(
        name="causes",
        title="Recurring causes",
        note="In how many chats a cause was named, and how many of those came to high or above.",
        columns=(
            Column(name="cause", title="cause", words=cause_named),
            Column(name="chats", title="chats (95 %)"),
            Column(name="high", title="came to high (95 %)"),
        ),
        rows=tuple(
            {
                "cause": cause,
                "chats": Rate(found[cause], len(chats)),
                "high": Rate(tense[cause], found[cause]),
            }
            for cause in ranked(found)
        ),
        drawn="chats",
    )


def _starts(
    name: str, title: str, starts: Sequence[_Start], part: Callable[[_Start], str]
) -> Section:
    first = Counter(part(start) for start in starts)
    high = Counter(part(start) for start in starts if start.high)
    order = ranked(first)
    if name == "turn":
        names = [label for _, label in _TURNS]
        order = sorted(first, key=lambda key: names.index(key) if key in names else len(names))
    return Section(
        name=f"starts_by_{name}",
        title=f"Where escalation starts, by {title}",
        note="Chats that left calm, by where they first did; and how many of those reached high.",
        columns=(
            Column(name=name, title=title, words=cause_named if name == "cause" else str),
            Column(name="left_calm", title="left calm here (95 %)"),
            Column(name="high", title="came to high (95 %)"),
        ),
        rows=tuple(
            {
                name: key,
                "left_calm": Rate(first[key], len(starts)),
                "high": Rate(high[key], first[key]),
            }
            for key in order
        ),
        drawn="left_calm",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """From one customer turn to the next, with an answer between; `change` of the score."""

    techniques: frozenset[str]
    cards: frozenset[tuple[str, bool]]
    change: float | None


def _steps(chat: Chat) -> Iterable[_Step]:
    later = (*chat.heard[1:], None)
    for place, (heard, following) in enumerate(zip(chat.heard, later, strict=True), start=1):
        if not heard.answered:
            continue
        before = heard.after.escalation.score
        yield _Step(
            techniques=heard.techniques,
            cards=frozenset(
                (one.technique, one.fate.used) for one in chat.outcomes if one.number == place
            ),
            change=None if following is None else following.after.escalation.score - before,
        )


def _followed(chats: Sequence[Chat]) -> Section:
    steps = [step for chat in chats for step in _steps(chat)]
    changes = ((name, step.change) for step in steps for name in (ANY, *step.techniques))
    return _after(
        "followed", "What followed which technique", "technique in the answer",
        {ANY: [], **grouped(changes)},
    )  # fmt: skip


def _followed_cards(chats: Sequence[Chat]) -> Section:
    changes = (
        (f"{technique}, {'used' if used else 'not used'}", step.change)
        for chat in chats
        for step in _steps(chat)
        for technique, used in step.cards
    )
    return _after(
        "followed_cards", "What followed which card", "card shown before the answer",
        grouped(changes),
    )  # fmt: skip


def _card_named(what: str) -> str:
    """Return the name of a technique, or of a card that was used or not."""
    technique, comma, rest = what.partition(", ")
    return f"{technique_named(technique)}{comma}{rest}"


def _after(name: str, title: str, key: str, groups: Mapping[str, list[float | None]]) -> Section:
    rows: list[Mapping[str, Cell]] = []
    order = sorted(groups.items(), key=lambda item: (item[0] != ANY, -len(item[1]), item[0]))
    for who, changes in order:
        known = [change for change in changes if change is not None]
        rows.append(
            {
                "what": who,
                "answers": len(changes),
                "lower": Rate(sum(change < -STEADY for change in known), len(known)),
                "same": Rate(sum(abs(change) <= STEADY for change in known), len(known)),
                "higher": Rate(sum(change > STEADY for change in known), len(known)),
                "silent": len(changes) - len(known),
            }
        )
    return Section(
        name=name,
        title=title,
        note=_ORDER_ONLY,
        columns=(
            Column(name="what", title=key, words=_card_named),
            Column(name="answers", title="answers"),
            Column(name="lower", title="score lower next (95 %)"),
            Column(name="same", title="about the same (95 %)", brief=False),
            Column(name="higher", title="score higher next (95 %)"),
            Column(name="silent", title="no customer turn after", brief=False),
        ),
        rows=tuple(rows),
        drawn="lower",
    )
