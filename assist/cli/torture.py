"""`assist torture`: what the service bears on this machine."""

import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from assist.cli.screen import console, err
from assist.errors import UsageError

if TYPE_CHECKING:
    from assist.torture.catalogue import Torture
    from assist.torture.outcome import Outcome, Scale
    from assist.torture.victim import Nursery

__all__ = ["torture"]

_ALL = "all"


def torture(
    names: Annotated[
        list[str] | None, typer.Argument(help="What to do, or all.", show_default=False)
    ] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help="Say what there is.")] = False,
    short: Annotated[bool, typer.Option("--short", help="A short version of each.")] = False,
    seed: Annotated[int, typer.Option(help="Where the dice start.")] = 1,
    minutes: Annotated[
        float | None, typer.Option(min=0.01, max=600, help="How long those run that take time.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Load, faults and bad input against a service on this machine, with a figure for each.

    Ends with 1 where something was lost, doubled or leaked, or crashed; a goal that a slow machine
    misses is said and is no failure.
    """
    from assist.torture.catalogue import TORTURES
    from assist.torture.outcome import Scale
    from assist.torture.victim import Nursery

    if listed:
        for one in TORTURES.values():
            console().print(Text(f"{one.name:10} {one.goal}"), soft_wrap=True)
        return
    chosen = _chosen(names or [], TORTURES)
    scale = Scale(short=short, seed=seed, minutes=minutes)
    with tempfile.TemporaryDirectory() as folder, Nursery(Path(folder)) as nursery:
        broken = [_broken(one, nursery, scale, as_json=as_json) for one in chosen]
    if any(broken):
        raise typer.Exit(1)


def _chosen(names: "list[str]", known: "dict[str, Torture]") -> "list[Torture]":
    if not names:
        raise UsageError("name a torture, or all; --list says what there is")
    for name in names:
        if name not in known and name != _ALL:
            raise UsageError(f"there is no torture {name!r}; --list says what there is")
    return list(known.values()) if _ALL in names else [known[name] for name in dict.fromkeys(names)]


def _broken(one: "Torture", nursery: "Nursery", scale: "Scale", *, as_json: bool) -> bool:
    """Run one, print what came of it, and tell whether it broke something."""
    if err.is_terminal:
        err.print(Text(f"{one.name} …", style="dim"))
    began = time.monotonic()
    outcome = asyncio.run(_run(one, nursery, scale))
    told = _told(one, outcome, seconds=time.monotonic() - began, short=scale.short)
    if as_json:
        print(json.dumps(told, ensure_ascii=False), flush=True)
    else:
        _show(one, outcome, short=scale.short)
    return bool(outcome.broken)


async def _run(one: "Torture", nursery: "Nursery", scale: "Scale") -> "Outcome":
    from assist.torture.outcome import Outcome
    from assist.torture.peers import LOST

    try:
        return await one.run(nursery, scale)
    except LOST as error:
        what = f"it was given up: a peer was left without an answer ({type(error).__name__})"
        return Outcome(reached=False, broken=(what,))


def _told(one: "Torture", outcome: "Outcome", *, seconds: float, short: bool) -> dict[str, object]:
    return {
        "torture": one.name,
        "goal": one.goal,
        "short": short,
        "seconds": round(seconds, 1),
        "figures": {name: _number(value) for name, value in outcome.figures},
        "reached": outcome.reached,
        "broken": list(outcome.broken),
        "why": outcome.why,
    }


def _number(value: float | str) -> float | str | None:
    """Return `value` as JSON can hold it: what is no number is null."""
    return value if isinstance(value, str) or abs(value) < float("inf") else None


def _show(one: "Torture", outcome: "Outcome", *, short: bool) -> None:
    screen = console()
    screen.print(Text(one.name, style="bold"))
    screen.print(Text(f"  goal: {one.goal}"), soft_wrap=True)
    for name, value in outcome.figures:
        screen.print(Text(f"  {name}: {value}"), soft_wrap=True)
    for what in outcome.broken:
        screen.print(Text(f"  broken: {what}", style="bold red"), soft_wrap=True)
    if outcome.reached is None:
        screen.print(Text(f"  not tried: {outcome.why}", style="yellow"), soft_wrap=True)
        return
    style = "green" if outcome.reached else "red"
    of_what = ", by a short version" if short else ""
    screen.print(Text(f"  reached: {'yes' if outcome.reached else 'no'}{of_what}", style=style))
