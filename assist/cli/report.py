"""`assist report`: what became of suggestions, and what recurs, made again from the raw inputs."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assist.cli.files import write_whole
from assist.cli.options import RulesOption, line_from
from assist.cli.screen import clean
from assist.core.counting import counted
from assist.errors import UsageError
from assist.report.make import report_on
from assist.report.page import page
from assist.report.sources import Source, from_events, from_files, from_store
from assist.report.tables import Report, Section, as_json

__all__ = ["report"]

_WIDE = 124


def report(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Transcripts, files of raw inputs, or folders of .jsonl, .json, .csv and .txt "
            "files.",
            show_default=False,
        ),
    ] = None,
    *,
    store: Annotated[
        str | None, typer.Option("--store", help="The turn log of a service, sqlite:PATH.")
    ] = None,
    events: Annotated[
        list[Path] | None,
        typer.Option(
            "--events",
            help="Raw inputs, one message a line, as on the wire. May be given several times.",
            show_default=False,
        ),
    ] = None,
    insights: Annotated[
        bool,
        typer.Option("--insights", help="Causes, where escalation starts, what followed what."),
    ] = False,
    as_json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to this file.")] = None,
    rules: RulesOption = None,
) -> None:
    """Tell what became of suggestions, or with --insights what recurs over many chats."""
    told = report_on(_sources(files or [], store, events), line_from(rules), insights=insights)
    if html is not None:
        write_whole(html, page(told))
    if as_json_:
        print(json.dumps(as_json(told), ensure_ascii=False, indent=2))
    elif html is None:
        _shown(told)


def _sources(files: list[Path], store: str | None, events: list[Path] | None) -> Iterable[Source]:
    if (store is not None) + bool(files or events) != 1:
        raise UsageError("give either --store FILE or --events FILE, or transcripts to read")
    if store is not None:
        return from_store(store)
    # After `--events A` further files may be named without the option again.
    return from_events([*events, *files]) if events else from_files(files)


def _shown(told: Report) -> None:
    screen = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
    counts = f"{counted(told.conversations, 'chat')}, {counted(told.turns, 'turn')}"
    screen.print(Text(f"{told.title}: {counts}"))
    for remark in told.remarks:
        screen.print(Text(remark, style="dim"))
    for section in told.sections:
        screen.print()
        _table(section, screen)


def _table(section: Section, screen: Console) -> None:
    screen.print(Text(section.title, style="bold"))
    screen.print(Text(section.note if section.rows else "Nothing.", style="dim"))
    if not section.rows:
        return
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    columns = [column for column in section.columns if column.brief]
    for place, column in enumerate(columns):
        words = isinstance(section.rows[0][column.name], str)
        table.add_column(
            Text(column.title), justify="left" if words else "right", no_wrap=place == 0
        )
    for row in section.rows:
        table.add_row(*(Text(clean(column.shown(row))) for column in columns))
    screen.print(table)
