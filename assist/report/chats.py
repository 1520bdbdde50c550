"""One conversation folded again from its inputs, step by step.

The law: the same road as live. What came late stands in its place, what was edited or taken back
is as it was in the end, so that each step is one that the finished chat really has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assist.core.conversation import Conversation
from assist.core.feedback import Outcome, Passage, outcomes
from assist.core.turns import Event, Feedback, Role, Tick, Turn, Typing
from assist.line import Line
from assist.report.sources import Source

__all__ = ["Chat", "Heard", "chat_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The state after one customer turn, with the techniques of the answer that came next."""

    after: Conversation = field(repr=False)
    answered: bool
    techniques: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A finished conversation, with what became of its cards and the state at each customer turn.

    `unmatched` counts clicks on cards that the rules in force do not make.
    """

    conversation: Conversation = field(repr=False)
    outcomes: tuple[Outcome, ...]
    heard: tuple[Heard, ...]
    unmatched: int


def chat_of(source: Source, line: Line) -> Chat:
    """Return the chat that these inputs make."""
    passages = _folded(source.conversation, source.events, line)
    last = passages[-1][2] if passages else line.begin(source.conversation)
    told = tuple(e for e in source.events if not isinstance(e, Tick | Typing))
    if last.events != told:
        passages = _folded(source.conversation, last.events, line)
    found = outcomes(passages)
    known = {outcome.suggestion for outcome in found}
    clicks = [event for event, *_ in passages if isinstance(event, Feedback)]
    return Chat(
        conversation=last,
        outcomes=found,
        heard=_heard(passages),
        unmatched=sum(click.suggestion not in known for click in clicks),
    )


def _folded(name: str, events: Iterable[Event], line: Line) -> list[Passage]:
    state = line.begin(name)
    passages: list[Passage] = []
    for event in events:
        step = line.step(state, event)
        state = step.conversation
        passages.append((event, step.told, state))
    return passages


def _heard(passages: Sequence[Passage]) -> tuple[Heard, ...]:
    """Return the states after customer turns, each with what the agent did until the next."""
    states: list[tuple[Conversation, list[str]]] = []
    for event, _, after in passages:
        if not isinstance(event, Turn) or event.private:
            continue
        if event.role is Role.CUSTOMER:
            states.append((after, []))
        elif event.role is Role.AGENT and states:
            states[-1][1].append(event.id)
    acts = passages[-1][2].acts if passages else ()
    return tuple(
        Heard(
            after=after,
            answered=bool(turns),
            techniques=frozenset(
                act.technique
                for act in acts
                if act.turn in turns and act.technique and "." not in act.technique
            ),
        )
        for after, turns in states
    )
