"""`assist analyse` and `assist review`: one text, or many as JSON lines."""

from datetime import timedelta
from typing import Annotated, Any

import typer
from rich.text import Text

from assist.cli import jsonl as lines_of
from assist.cli.options import FittedOption, PlaybookOption, RulesOption, line_from, words_or_lines
from assist.cli.screen import MARGIN, behind, clean, console, hung, level_line, quoted, said
from assist.core.conversation import Conversation
from assist.core.rewrites import Review
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Draft, Turn
from assist.line import Line
from assist.wire.messages import Position
from assist.wire.render import render, review_message

__all__ = ["analyse", "review"]

_HEAD = {"type", "conversation", "position", "turn", "revision"}


def analyse(
    text: Annotated[str | None, typer.Argument(help="What a customer wrote.")] = None,
    *,
    jsonl: Annotated[
        str | None,
        typer.Option("--jsonl", help="JSON lines {id, text, role?, turns?}; - for stdin."),
    ] = None,
    rules: RulesOption = None,
    playbook: PlaybookOption = None,
    fitted: FittedOption = None,
) -> None:
    """Read one turn: sentiment, emotions, causes, needs, risks and escalation, with the words."""
    words_or_lines(text, jsonl, "a text")
    line = line_from(rules, playbook, fitted)
    if jsonl is not None:
        for number, item in lines_of.lines(jsonl):
            lines_of.out(_analysed(item, line, jsonl, number))
        return
    _, conversation = _after({"text": text}, line, "<text>", 1)
    _show_reading(conversation)
    if line.missing:
        console().print(Text(f"Read without: {', '.join(line.missing)}.", style="yellow"))


def review(
    text: Annotated[str | None, typer.Argument(help="What an agent has typed.")] = None,
    *,
    context: Annotated[
        str | None, typer.Option("--context", help="What the customer said before.")
    ] = None,
    jsonl: Annotated[
        str | None, typer.Option("--jsonl", help="JSON lines {id, draft, turns?}; - for stdin.")
    ] = None,
    rules: RulesOption = None,
    playbook: PlaybookOption = None,
    fitted: FittedOption = None,
) -> None:
    """Review a draft: what will land badly, and the same truth in better words."""
    words_or_lines(text, jsonl, "a draft")
    line = line_from(rules, playbook, fitted)
    if jsonl is not None:
        for number, item in lines_of.lines(jsonl):
            lines_of.out(_reviewed(item, line, jsonl, number))
        return
    turns = [{"role": "customer", "text": context}] if context else []
    conversation, _ = lines_of.conversation_before({"turns": turns}, line, "<text>", 1)
    draft = lines_of.text_of({"draft": text}, "draft", "<text>", 1)
    _show_review(draft, line.review(conversation, Draft(text=draft)))


def _after(item: dict[str, Any], line: Line, source: str, number: int) -> tuple[Turn, Conversation]:
    conversation, at = lines_of.conversation_before(item, line, source, number)
    turn = Turn(
        id="text",
        role=lines_of.role_of(item, source, number),
        text=lines_of.text_of(item, "text", source, number),
        at=at + timedelta(seconds=1),
    )
    return turn, line.step(conversation, turn).conversation


def _analysed(item: dict[str, Any], line: Line, source: str, number: int) -> dict[str, Any]:
    turn, conversation = _after(item, line, source, number)
    reading = conversation.reading(turn.id) or line.read(turn)
    return {
        "id": item.get("id", number),
        "reading": _bare(reading, conversation.id),
        "escalation": _bare(conversation.escalation, conversation.id),
    }


def _bare(change: Any, conversation: str) -> dict[str, Any]:
    """Return a change as on the wire, without the head that only a service can fill."""
    place = Position(epoch="text", offset=0)
    message = render(change, conversation=conversation, position=place, turn="text")
    body = message.model_dump(mode="json")
    return {key: value for key, value in body.items() if key not in _HEAD}


def _reviewed(item: dict[str, Any], line: Line, source: str, number: int) -> dict[str, Any]:
    draft = lines_of.text_of(item, "draft", source, number)
    conversation, _ = lines_of.conversation_before(item, line, source, number)
    found = line.review(conversation, Draft(text=draft))
    body = review_message(found, conversation.id, 0).model_dump(mode="json", exclude_none=True)
    kept = {key: value for key, value in body.items() if key not in _HEAD}
    return {"id": item.get("id", number), **kept}


def _show_reading(conversation: Conversation) -> None:
    screen = console()
    turn = conversation.turns[-1]
    reading = conversation.reading(turn.id)
    hung(screen, said(turn))
    if reading is None:
        screen.print(Text("No words to read.", style="yellow"))
        return
    hung(screen, level_line(conversation.escalation, reading), MARGIN + 2)
    for signal in reading.signals:
        if not signal.reason or not signal.evidence:
            continue
        words = ", ".join(
            f"“{clean(word)}”" for word in quoted(signal.evidence, {turn.id: turn.text})
        )
        name = (f"{signal.name:<22}", "cyan")
        hung(screen, Text.assemble(" " * MARGIN, name, f"{signal.reason}: {words}"), MARGIN + 22)


def _show_review(draft: str, found: Review) -> None:
    screen = console()
    hung(screen, Text.assemble(("Draft    ", "cyan"), behind(clean(draft), 9)), 9)
    if not found.findings:
        screen.print(Text("Nothing to change.", style="green"))
    for finding in found.findings:
        words = clean(finding.span.of(draft))
        name = (TECHNIQUES[finding.technique], "bold magenta")
        told = f"  “{behind(words, 2)}”  {finding.message}"
        hung(screen, Text.assemble(("▸ ", "magenta"), name, told), 2)
        for rewrite in finding.rewrites:
            hung(screen, Text(f"  → {behind(clean(rewrite.text), 4)}", style="green"), 4)
        hung(screen, Text(f"  {finding.why}", style="dim"), 2)
    tension = found.tension
    screen.print(
        Text(f"Tension {tension.before:.2f} → {tension.after:.2f} if sent as it is.", style="dim")
    )
