"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from assist.errors import UsageError
from assist.line import Line, load_line

__all__ = ["RulesOption", "line_from", "words_or_lines"]

RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        help="A folder with packs, or a pack. Comes on top of the shipped rules; "
        "a pack of the same name replaces the shipped one. May be given several times.",
        show_default=False,
    ),
]


def line_from(rules: list[Path] | None) -> Line:
    """Return the line with the shipped rules and these."""
    return load_line(rules or ())


def words_or_lines(text: str | None, jsonl: str | None, what: str) -> None:
    """Refuse a call that gives both a text and a file, or neither."""
    if (text is None) == (jsonl is None):
        raise UsageError(f"give either {what} or --jsonl FILE (- for standard input)")
