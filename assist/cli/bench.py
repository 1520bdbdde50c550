"""`assist bench`: throughput and latency on this machine."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assist.bench.load import Figures, percentile
from assist.bench.run import Report, measure
from assist.cli.screen import console, err
from assist.errors import UsageError
from assist.replay.transcripts import read

__all__ = ["bench"]


def bench(
    *,
    conversations: Annotated[str, typer.Option(help="Numbers of chats, by commas.")] = "1,50,500",
    rate: Annotated[float, typer.Option(min=1, help="Turns a second, over all chats.")] = 100.0,
    seconds: Annotated[float, typer.Option(min=1, help="How long each size runs.")] = 15.0,
    store: Annotated[str, typer.Option(help="sqlite: (durable) or memory:.")] = "sqlite:",
) -> None:
    """Measure turns a second, latency and memory, beside a bare echo in the same run."""
    try:
        sizes = [int(part) for part in conversations.split(",")]
    except ValueError:
        raise UsageError("--conversations takes numbers by commas, such as 1,50,500") from None
    if min(sizes) < 1:
        raise UsageError("--conversations takes numbers from 1 up")
    err.print(Text(f"about {len(sizes) * seconds * 2 + 10:.0f} seconds …", style="dim"))
    _show(measure(_texts(), sizes, rate=rate, seconds=seconds, store=store), store)


def _texts() -> list[str]:
    folder = Path(__file__).parent.parent / "samples"
    return [
        turn.text
        for path in sorted(folder.glob("*.jsonl"))
        for transcript in read(path)
        for turn in transcript.turns
    ]


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
