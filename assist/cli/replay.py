"""`assist replay`: a transcript through the same line as a live chat."""

import asyncio
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from assist.cli.options import FittedOption, PlaybookOption, RulesOption, line_from
from assist.cli.screen import console, err, level_line, said, shown
from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.core.suggestions import Suggestion
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Role, Turn
from assist.errors import UsageError
from assist.replay.page import page
from assist.replay.play import Played, play
from assist.replay.transcripts import Transcript, parse, read
from assist.wire.messages import AlertMessage, SuggestionMessage, encode

__all__ = ["replay"]


def replay(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Transcripts (JSONL, JSON, CSV, text), - for stdin, or a sample's name."
        ),
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the server events as on the wire, one a line.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page with a timeline to this file.")
    ] = None,
    speed: Annotated[
        float, typer.Option("--speed", min=0, help="Times real time; 0 shows all at once.")
    ] = 0.0,
    to: Annotated[
        str | None,
        typer.Option("--to", help="Send the turns to a running service, ws://HOST:PORT/v1."),
    ] = None,
    rules: RulesOption = None,
    playbook: PlaybookOption = None,
    fitted: FittedOption = None,
) -> None:
    """Replay transcripts and show what an agent would have seen."""
    transcripts = [transcript for file in files for transcript in _read(file)]
    if to is not None:
        from assist.replay.live import send

        asyncio.run(send(transcripts, to, speed=speed, told=print))
        return
    line = line_from(rules, playbook, fitted)
    played = []
    for transcript in transcripts:
        steps = _paced(play(transcript, line), speed)
        if as_json:
            kept = [_printed(step) for step in steps]
        elif html is not None and not speed:
            kept = list(steps)
        else:
            kept = _shown(transcript, steps)
        if html is not None:
            played.append((transcript.conversation, kept))
    if html is not None:
        _write(html, page(played, tuple(line.guidance.policy.enter[level] for level in Level)))


def _read(file: Path) -> tuple[Transcript, ...]:
    return parse(sys.stdin.read(), file="<stdin>") if str(file) == "-" else read(_sample(file))


def _sample(file: Path) -> Path:
    """Return the file, or the shipped sample of that name; a bare name is one or the other."""
    if file.exists() or file.parent != Path() or file.suffix:
        return file
    samples = Path(__file__).parent.parent / "samples"
    sample = samples / f"{file}.jsonl"
    if not sample.is_file():
        known = ", ".join(sorted(path.stem for path in samples.glob("*.jsonl")))
        raise UsageError(f"there is no file and no sample of that name; the samples are {known}")
    return sample


def _paced(steps: Iterable[Played], speed: float) -> Iterable[Played]:
    last = None
    for step in steps:
        at = getattr(step.event, "at", None)
        if speed and last is not None and at is not None and at > last:
            time.sleep((at - last).total_seconds() / speed)
        last = at or last
        yield step


def _printed(step: Played) -> Played:
    for message in step.messages:
        print(encode(message))
    return step


def _shown(transcript: Transcript, steps: Iterable[Played]) -> list[Played]:
    screen = console()
    screen.print(Text(f"\n── {transcript.conversation}", style="bold"))
    kept = []
    for step in steps:
        kept.append(step)
        if isinstance(step.event, Turn):
            screen.print(said(step.event))
            if step.event.role is Role.CUSTOMER:
                reading = step.conversation.reading(step.event.id)
                screen.print(level_line(step.conversation.escalation, reading))
        for message in step.messages:
            if isinstance(message, SuggestionMessage):
                screen.print(_card(message.suggestion, step.conversation))
            elif isinstance(message, AlertMessage):
                screen.print(
                    Text(f"{' ' * 19}! supervisors are told: {message.level}", style="red")
                )
    return kept


def _card(suggestion: Suggestion, conversation: Conversation) -> Text:
    texts = {turn.id: turn.text for turn in conversation.turns}
    words = [proof.span.of(texts.get(proof.turn, "")) for proof in suggestion.evidence]
    name = TECHNIQUES[suggestion.technique]
    return shown(suggestion, name, [word for word in dict.fromkeys(words) if word][:4])


def _write(path: Path, text: str) -> None:
    """Write the page whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    err.print(Text(f"wrote {path}"))
