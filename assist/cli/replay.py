"""`assist replay`: a transcript through the same line as a live chat."""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from assist.cli.files import write_whole
from assist.cli.options import FittedOption, PlaybookOption, RulesOption, line_from
from assist.cli.screen import (
    MARGIN,
    clean,
    console,
    err,
    hung,
    level_line,
    quoted,
    said,
    shown,
)
from assist.core.conversation import Conversation
from assist.core.counting import counted
from assist.core.escalation import Level
from assist.core.masking import KINDS, NAMES, dotted, masked
from assist.core.suggestions import Suggestion
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Role, Turn
from assist.errors import UsageError
from assist.replay.page import page
from assist.replay.play import Played, play
from assist.replay.seen import transcripts_in
from assist.replay.transcripts import LONGEST_NAME, Transcript, parse, read
from assist.replay.words import LANGUAGES, language_of, words_in
from assist.wire.messages import AlertMessage, SuggestionMessage, encode

__all__ = ["replay"]


def replay(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Transcripts (JSONL, JSON, CSV, text) or folders of them, - for stdin, or a "
            "sample's name."
        ),
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the server events as on the wire, one a line.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page with a timeline to this file.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            help="The page's language, de or en; without it, that of your locale.",
            show_default=False,
        ),
    ] = None,
    speed: Annotated[
        float, typer.Option("--speed", min=0, help="Times real time; 0 shows all at once.")
    ] = 0.0,
    to: Annotated[
        str | None,
        typer.Option("--to", help="Send the turns to a running service, ws://HOST:PORT/v1."),
    ] = None,
    exported: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="The files are exports of this platform: chatwoot, front, intercom, livechat or "
            "zendesk.",
            show_default=False,
        ),
    ] = None,
    mask: Annotated[
        str,
        typer.Option(help="Secrets to mask first, with commas, as the service does with `mask`."),
    ] = "",
    rules: RulesOption = None,
    playbook: PlaybookOption = None,
    fitted: FittedOption = None,
) -> None:
    """Replay transcripts and show what an agent would have seen."""
    if to is not None and (as_json or html or rules or playbook or fitted):
        raise UsageError(
            "--to sends to a service, which has rules of its own: leave out --json, --html, "
            "--rules, --playbook and --fitted"
        )
    kinds = _kinds(mask)
    words = words_in(_language(language))
    transcripts = [_masked(one, kinds) for file in files for one in _read(file, exported)]
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
        bands = tuple(line.guidance.policy.enter[level] for level in Level)
        write_whole(html, page(played, bands, words))


def _read(file: Path, exported: str | None) -> tuple[Transcript, ...]:
    if exported is not None:
        return _imported(file, exported)
    if file.is_dir():
        return _together(file)
    return parse(sys.stdin.read(), file="<stdin>") if str(file) == "-" else read(_sample(file))


def _together(folder: Path) -> tuple[Transcript, ...]:
    """Return those of a folder; where two have one name, each is called by its place."""
    found = transcripts_in(folder)
    names = Counter(one.conversation for _, one in found)
    return tuple(
        replace(one, conversation=name[-LONGEST_NAME:]) if names[one.conversation] > 1 else one
        for name, one in found
    )


def _imported(file: Path, platform: str) -> tuple[Transcript, ...]:
    """Return what a platform exported, and say what was left out and why."""
    from assist.replay.exports.read import parse_export, read_export

    if str(file) == "-":
        imported = parse_export(platform, sys.stdin.read(), file="<stdin>")
    else:
        imported = read_export(platform, file)
    turns = counted(sum(len(one.turns) for one in imported.transcripts), "turn")
    chats = counted(len(imported.transcripts), "conversation")
    err.print(Text(f"{platform}: {turns} in {chats}"), soft_wrap=True)
    for told, counts in (("left out", imported.left_out), ("remark", imported.remarks)):
        for what, count in counts.items():
            err.print(Text(f"  {told}: {count} {clean(what)}"), soft_wrap=True)
    return imported.transcripts


def _language(asked: str | None) -> str:
    """Return the language asked for, else that of the reader's locale, else English."""
    if asked is not None and asked not in LANGUAGES:
        raise UsageError(f"--language knows {' and '.join(LANGUAGES)}; give one of them")
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return asked or language_of(next(filter(None, variables), ""))


def _kinds(mask: str) -> tuple[str, ...]:
    kinds = tuple(kind.strip() for kind in mask.split(",") if kind.strip())
    if unknown := set(kinds) - set(KINDS):
        raise UsageError(f"--mask knows no {min(unknown)}; it knows {', '.join(KINDS)}")
    return kinds


def _masked(transcript: Transcript, kinds: tuple[str, ...]) -> Transcript:
    """Return the transcript with its secrets of these kinds masked, as they would be stored."""
    name = transcript.customer_name
    hidden = dotted(name) if name and NAMES in kinds else name
    turns = tuple(replace(one, text=masked(one.text, kinds, name)) for one in transcript.turns)
    return replace(transcript, turns=turns, customer_name=hidden) if kinds else transcript


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
    screen.print(Text(f"\n── {clean(transcript.conversation)}", style="bold"))
    kept = []
    for step in steps:
        kept.append(step)
        if isinstance(step.event, Turn):
            hung(screen, said(step.event))
            if step.event.role is Role.CUSTOMER:
                reading = step.conversation.reading(step.event.id)
                hung(screen, level_line(step.conversation.escalation, reading), MARGIN + 2)
        for message in step.messages:
            if isinstance(message, SuggestionMessage):
                hung(screen, _card(message.suggestion, step.conversation), MARGIN + 2)
            elif isinstance(message, AlertMessage):
                screen.print(
                    Text(f"{' ' * MARGIN}! supervisors are told: {message.level}", style="red")
                )
    return kept


def _card(suggestion: Suggestion, conversation: Conversation) -> Text:
    texts = {turn.id: turn.text for turn in conversation.turns}
    name = TECHNIQUES[suggestion.technique]
    return shown(suggestion, name, quoted(suggestion.evidence, texts)[:4])
