"""From sources to a report.

The law: made again from the raw inputs each time, with the rules in force now; nothing is kept in
between, and no agent is named.
"""

from collections.abc import Iterable

from assist.core.counting import counted
from assist.errors import UsageError
from assist.line import Line
from assist.report.chats import Chat, chat_of
from assist.report.figures import feedback_sections
from assist.report.insights import insight_sections
from assist.report.sources import Source
from assist.report.tables import Report

__all__ = ["report_on"]

_FEW = 30


def report_on(sources: Iterable[Source], line: Line, *, insights: bool = False) -> Report:
    """Return what became of the cards, or with `insights` what recurs over the chats."""
    chats = [chat_of(source, line) for source in sources]
    if not any(chat.conversation.turns for chat in chats):
        raise UsageError("there is no turn in what was given: name a turn log or transcripts")
    return Report(
        title="Insights" if insights else "Suggestions",
        conversations=len(chats),
        turns=sum(len(chat.conversation.turns) for chat in chats),
        rules=line.version,
        remarks=_remarks(chats),
        sections=insight_sections(chats) if insights else feedback_sections(chats),
    )


def _remarks(chats: list[Chat]) -> tuple[str, ...]:
    told = ["Intervals are Wilson's: 95 of 100 such intervals hold the true share."]
    if len(chats) < _FEW:
        told.append(f"Few chats ({len(chats)}): read the intervals, not the shares.")
    if missed := sum(chat.unmatched for chat in chats):
        told.append(
            f"{counted(missed, 'click')} on cards that the rules in force do not make: "
            "give the rules of that time with --rules."
        )
    return tuple(told)
