"""`assist bench`: throughput and latency on this machine, and what each stage of a turn costs."""

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assist.bench.load import Figures, percentile
from assist.bench.run import Report, measure
from assist.bench.stages import Stage
from assist.bench.stages import stages as measure_stages
from assist.cli.screen import console, err
from assist.core.turns import Turn
from assist.errors import UsageError
from assist.line import load_line
from assist.replay.transcripts import read

__all__ = ["bench"]

_STORES = ("sqlite:", "memory:")


def bench(
    *,
    conversations: Annotated[str, typer.Option(help="Numbers of chats, by commas.")] = "1,50,500",
    rate: Annotated[float, typer.Option(min=1, help="Turns a second, over all chats.")] = 100.0,
    seconds: Annotated[float, typer.Option(min=1, help="How long each size runs.")] = 15.0,
    store: Annotated[str, typer.Option(help="sqlite: (durable) or memory:.")] = "sqlite:",
    stages: Annotated[
        bool, typer.Option("--stages", help="What each stage of a turn costs; nothing else.")
    ] = False,
    rounds: Annotated[int, typer.Option(min=1, help="How often each stage is timed.")] = 5,
) -> None:
    """Measure turns a second, latency and memory, beside a bare echo in the same run.

    With --stages: what each stage of a turn takes of one core, over the samples.
    """
    if stages:
        _show_stages(measure_stages(load_line(), _chats(), rounds=rounds))
        return
    try:
        sizes = [int(part) for part in conversations.split(",")]
    except ValueError:
        raise UsageError("--conversations takes numbers by commas, such as 1,50,500") from None
    if min(sizes) < 1:
        raise UsageError("--conversations takes numbers from 1 up")
    if store not in _STORES:
        raise UsageError(f"--store takes {' or '.join(_STORES)}; a file of its own is made for it")
    err.print(Text(f"about {len(sizes) * seconds * 2 + 10:.0f} seconds …", style="dim"))
    _show(measure(_texts(), sizes, rate=rate, seconds=seconds, store=store), store)


def _chats() -> list[tuple[Turn, ...]]:
    folder = Path(__file__).parent.parent / "samples"
    return [chat.turns for path in sorted(folder.glob("*.jsonl")) for chat in read(path)]


def _texts() -> list[str]:
    return [turn.text for turns in _chats() for turn in turns]


def _show_stages(found: Sequence[Stage]) -> None:
    """Print Markdown, which can be published as it is; shares are of a whole turn's mean."""
    whole = found[-1].mean
    out = [
        (
            f"{len(found[0].took)} customer turns of the samples, processor time of one thread; "
            f"{len(found[0].agents)} turns of agents beside them"
        ),
        "",
        "| stage | median ms | p99 ms | mean ms | share | agents: median ms | mean ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for stage in found:
        name = f"**{stage.name}**" if stage.total else stage.name
        figures = (percentile(stage.took, 0.5), percentile(stage.took, 0.99), stage.mean)
        shown = " | ".join(f"{value:.3f}" for value in figures)
        agents = (percentile(stage.agents, 0.5), fmean(stage.agents)) if stage.agents else ()
        beside = " | ".join(f"{value:.3f}" for value in agents) or " | "
        out.append(f"| {name} | {shown} | {stage.mean / whole:.0%} | {beside} |")
    print("\n".join(out))


def _show(report: Report, store: str) -> None:
    table = Table(title=f"{report.rate:g} turns/s, store {store}", title_justify="left", box=None)
    for heading in ("chats", "what", "sent", "lost", "p50 ms", "p95 ms", "p99 ms", "p99 / echo"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for ours, bare in report.pairs:
        table.add_row(*_row("service", ours, bare))
        table.add_row(*_row("bare echo", bare, None))
    screen = console()
    screen.print(table)
    idle, after = report.memory
    screen.print(
        Text(
            f"as fast as it goes: {report.rush.rate:.0f} turns/s acknowledged (50 chats)\n"
            f"memory: {idle:.0f} MiB at the start, {after:.0f} MiB after"
        )
    )


def _row(what: str, figures: Figures, bare: Figures | None) -> list[str]:
    p50, p95, p99 = (percentile(figures.latencies, share) for share in (0.5, 0.95, 0.99))
    ratio = f"{p99 / percentile(bare.latencies, 0.99):.1f}" if bare else ""
    shown = [f"{value:.1f}" for value in (p50, p95, p99)]
    return [str(figures.conversations), what, str(figures.sent), str(figures.lost), *shown, ratio]
