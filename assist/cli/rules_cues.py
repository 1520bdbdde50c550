"""`assist rules cues`: the families of cues with their axes, weights and origins, as a page."""

from pathlib import Path
from typing import Annotated

import typer

from assist.cli.files import write_whole
from assist.cli.options import RulesOption
from assist.packs.cues_page import page
from assist.packs.load import load_packs

__all__ = ["cues"]


def cues(
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the page to this file instead.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Print the families of cues: axes, weights, examples and where they come from."""
    made = page(load_packs(rules or ()))
    if out is None:
        print(made, end="")
        return
    write_whole(out, made)
