"""What an agent would have seen of a transcript, for comparing two sets of rules.

The law: the chat goes down the same line as ever; what the agent sent is reviewed as the draft it
was a moment before.
"""

from collections.abc import Iterator
from pathlib import Path

from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.core.rewrites import Finding
from assist.core.suggestions import Suggestion
from assist.core.turns import Draft, Role, Turn
from assist.line import Line, Step
from assist.packs.compare import Card, Seen
from assist.replay.play import events_of
from assist.replay.transcripts import KINDS, Transcript, files_in, read

__all__ = ["seen", "transcripts_in"]


def transcripts_in(
    folder: Path, kinds: tuple[str, ...] = KINDS
) -> tuple[tuple[str, Transcript], ...]:
    """Return every transcript in a folder and those below it, each with a name to tell it by."""
    files = files_in(folder, kinds)
    return tuple((_name(path, folder, one), one) for path in files for one in read(path))


def _name(path: Path, folder: Path, transcript: Transcript) -> str:
    file = path.relative_to(folder).with_suffix("").as_posix()
    name = transcript.conversation
    return file if name in {file, path.stem} else f"{file}/{name}"


def seen(name: str, transcript: Transcript, line: Line) -> Seen:
    """Return what an agent would have seen of the transcript with this line."""
    conversation = line.begin(transcript.conversation)
    suggested: dict[str, Card] = {}
    cards: list[Card] = []
    levels: dict[str, Level] = {}
    numbers = {turn.id: number for number, turn in enumerate(transcript.turns, start=1)}
    for event in events_of(transcript):
        if isinstance(event, Turn) and event.role is Role.AGENT and not event.private:
            cards.extend(_findings(event, conversation, line, numbers[event.id]))
        step = line.step(conversation, event)
        suggested |= dict(_suggestions(step, conversation, numbers))
        conversation = step.conversation
        if isinstance(event, Turn):
            levels[event.id] = conversation.escalation.level
    return Seen(
        chat=name,
        turns=transcript.turns,
        levels=tuple(levels[turn.id] for turn in transcript.turns),
        cards=(*cards, *suggested.values()),
    )


def _findings(turn: Turn, before: Conversation, line: Line, number: int) -> Iterator[Card]:
    for found in line.review(before, Draft(text=turn.text)).findings:
        yield _found(found, turn, number)


def _found(found: Finding, turn: Turn, number: int) -> Card:
    return Card(
        rule=found.rule,
        technique=found.technique,
        number=number,
        finding=True,
        words=found.span.of(turn.text),
        lines=tuple(rewrite.text for rewrite in found.rewrites),
        why=found.why,
    )


def _suggestions(
    step: Step, before: Conversation, numbers: dict[str, int]
) -> Iterator[tuple[str, Card]]:
    """Yield the suggestions told in a step, by id: one told again is the same card."""
    for cause, change in step.told:
        if isinstance(change, Suggestion):
            last = before.turns[-1].id if before.turns else ""
            yield (
                change.id,
                Card(
                    rule=change.rule,
                    technique=change.technique,
                    number=numbers.get(cause or last, 0),
                    quiet=cause is None,
                    lines=change.lines,
                    why=change.why,
                ),
            )
