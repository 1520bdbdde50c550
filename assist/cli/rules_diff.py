"""`assist rules diff`: the same chats with two sets of rules."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from assist.cli import jsonl
from assist.cli.files import write_whole
from assist.cli.screen import clean, console, err
from assist.core.escalation import Level
from assist.core.techniques import TECHNIQUES
from assist.line import load_line, renew
from assist.packs.compare import Card, Difference, Differs, compare, totals
from assist.packs.compare_page import page
from assist.replay.seen import seen, transcripts_in
from assist.replay.transcripts import Transcript

__all__ = ["diff"]

_SHIPPED, _SAMPLES = "shipped", "samples"
_SIGNS = {
    Differs.ADDED: ("+", "green"),
    Differs.LOST: ("−", "red"),
    Differs.MOVED: ("→", "yellow"),
    Differs.REWORDED: ("≠", "yellow"),
    Differs.LEVEL: ("●", "dark_orange"),
}
_SIDE = typer.Argument(
    help="A folder as for --rules (it comes on top of the shipped rules), or 'shipped'."
)


def diff(
    before: Annotated[str, _SIDE],
    after: Annotated[str, _SIDE],
    *,
    over: Annotated[Path, typer.Option("--over", help="A folder with transcripts, or 'samples'.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a difference.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the differences as a page to this file.")
    ] = None,
) -> None:
    """Compare what an agent would see with two sets of rules; exit 1 where it differs."""
    chats = _transcripts(over)
    first = load_line(_rules(before))
    second = renew(first, _rules(after))
    sights = [(seen(name, chat, first), seen(name, chat, second)) for name, chat in chats]
    found = [one for old, new in sights for one in compare(old, new)]
    if as_json:
        for one in found:
            jsonl.out(_object(one))
    elif html is None:
        _show(found)
    if html is not None:
        write_whole(html, page(before, after, [old for old, _ in sights], found))
    err.print(Text(totals(found, len(chats)), style="yellow" if found else "green"))
    if found:
        raise typer.Exit(1)


def _rules(side: str) -> list[Path]:
    return [] if side == _SHIPPED else [Path(side)]


def _transcripts(over: Path) -> tuple[tuple[str, Transcript], ...]:
    """Return those in the folder, or the shipped samples where no folder has that name."""
    if str(over) == _SAMPLES and not over.exists():
        return transcripts_in(Path(__file__).parent.parent / "samples", (".jsonl",))
    return transcripts_in(over)


def _show(found: Sequence[Difference]) -> None:
    screen = console()
    for chat, ones in groupby(found, key=lambda one: one.chat):
        screen.print(Text(f"\n── {clean(chat)}", style="bold"))
        for one in ones:
            sign, style = _SIGNS[one.how]
            text = Text(f"turn {one.number:<4}", style="dim")
            text.append(f"{sign} {one.how:<9}", style=style)
            text.append(_told(one), style="")
            screen.print(text, soft_wrap=True)


def _told(one: Difference) -> str:
    card = one.card
    if card is None:
        return f"{one.before} → {one.after}"
    words = f" at “{clean(card.words)}” in the draft" if card.finding else ""
    since = ""
    if one.how is Differs.MOVED and isinstance(one.before, Card):
        since = f" (was at turn {one.before.number})"
    lines = "".join(f"\n{' ' * 21}“{clean(line)}”" for line in card.lines)
    return f"{TECHNIQUES[card.technique]}{words}{since}  {card.rule}{lines}"


def _object(one: Difference) -> dict[str, Any]:
    return {
        "chat": one.chat,
        "turn": one.number,
        "differs": str(one.how),
        "before": _side(one.before),
        "after": _side(one.after),
    }


def _side(side: Card | Level | None) -> Any:
    if isinstance(side, Card):
        told = asdict(side)
        return {"turn": told.pop("number"), **told}
    return None if side is None else str(side)
