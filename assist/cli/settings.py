"""`assist settings`: what is in force here, and the page about all of them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assist.cli.files import write_whole
from assist.cli.options import ConfigOption
from assist.cli.screen import clean, console, err
from assist.settings import PREFIX, Settings, read_settings

__all__ = ["reference", "settings"]


def settings(
    *,
    config: ConfigOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the reference page to this file instead.")
    ] = None,
) -> None:
    """Show every setting, its value here and where that comes from."""
    if out is not None:
        write_whole(out, reference())
        return
    loaded = read_settings(config)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("setting", "value", "from"):
        table.add_column(heading, overflow="fold")
    for name in sorted(Settings.model_fields):
        value = getattr(loaded.settings, name)
        place = loaded.places.get(name, "default")
        table.add_row(Text(name), Text(clean(_shown(value))), Text(clean(place), style="dim"))
    console().print(table)
    for variable in loaded.strange:
        err.print(Text(f"{clean(variable)} is in the environment, but no setting.", style="yellow"))


def _shown(value: object) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def reference() -> str:
    """Return the page about all settings, in Markdown."""
    rows = [
        f"| `{name}` | `{PREFIX}{name.upper()}` | {_default(info.default)} | {info.description} |"
        for name, info in sorted(Settings.model_fields.items())
    ]
    return "\n".join((_HEAD, *rows, ""))


_HEAD = """\
# Settings

What `assist serve` can be told.
A setting comes from the command line, else from the environment, else from the file that `--config` or `ASSIST_CONFIG` names, else it is the default.
The file is TOML, one `name = value` a line; a name that is no setting is an error that says where.
A relative path in the file is seen from the folder of that file; one on the command line, in the environment or in a default from the folder that the command runs in.
`assist settings` shows what is in force here and where it comes from.

| name | variable | default | meaning |
|---|---|---|---|"""  # noqa: E501  prose, a sentence a line


def _default(default: object) -> str:
    if default is None or default in ((), {}):
        return "none"
    if isinstance(default, tuple):
        return f"`{','.join(map(str, default))}`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
