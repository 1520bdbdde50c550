"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from assist.errors import UsageError
from assist.line import Line, load_line

__all__ = [
    "ConfigOption",
    "FittedOption",
    "PlaybookOption",
    "RulesOption",
    "line_from",
    "words_or_lines",
]

RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        help="A folder with packs, or a pack. Comes on top of the shipped rules; "
        "a pack of the same name replaces the shipped one. May be given several times.",
        show_default=False,
    ),
]

PlaybookOption = Annotated[
    Path | None,
    typer.Option(
        "--playbook",
        help="What agents may offer, in place of the shipped playbook and those beside the rules.",
        show_default=False,
    ),
]


FittedOption = Annotated[
    Path | None,
    typer.Option(
        "--fitted",
        help="A folder that `assist fit` wrote; it takes the place of the shipped numbers.",
        show_default=False,
    ),
]


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="A TOML file with settings; the command line and the environment go above it.",
        show_default=False,
    ),
]


def line_from(
    rules: list[Path] | None, playbook: Path | None = None, fitted: Path | None = None
) -> Line:
    """Return the line with the shipped rules and these, and the playbook and fit that are given."""
    return load_line(rules or (), playbook=playbook, fitted=fitted)


def words_or_lines(text: str | None, jsonl: str | None, what: str) -> None:
    """Refuse a call that gives both a text and a file, or neither."""
    if (text is None) == (jsonl is None):
        raise UsageError(f"give either {what} or --jsonl FILE (- for standard input)")
