"""`assist fit`: the linear model and the weights of the sources, on a desk's own labelled chats."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from assist.cli.options import RulesOption, line_from
from assist.cli.screen import err

__all__ = ["fit"]


def fit(
    *,
    data: Annotated[
        Path, typer.Option("--data", help="Your labelled lines, as for `assist eval`.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="Write the fit to this folder, for --fitted.", show_default=False
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Fit sentiment on your own labelled chats, on this machine, and tell before and after."""
    from assist.fitting import desk
    from assist.fitting.folder import replaceable, write

    if out is not None:
        replaceable(out)
    found = desk.fit(data, lambda: line_from(rules), _tell)
    print(f"{found.report}\n", flush=True)
    if out is not None:
        write(out, found.files)
        err.print(Text(f"wrote {out}"), soft_wrap=True)


def _tell(what: str) -> None:
    if err.is_terminal:
        err.print(Text(f"{what} …", style="dim"))
