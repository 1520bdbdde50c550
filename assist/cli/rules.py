"""`assist rules`: the catalogue, and the proofs."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assist.cli import jsonl
from assist.cli.options import RulesOption, line_from
from assist.cli.screen import console, err
from assist.core.techniques import TECHNIQUES
from assist.packs.prove import self_check

__all__ = ["app"]

app = typer.Typer(help="The rules in force.", no_args_is_help=True)


@app.command("list")
def listed(
    *,
    rules: RulesOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a rule.")] = False,
) -> None:
    """List the rules in force, by technique."""
    line = line_from(rules)
    files = [file for folder in line.folders for file in folder.files]
    if as_json:
        for file in files:
            rule = file.rule
            jsonl.out(
                {
                    "id": rule.id,
                    "technique": rule.technique,
                    "watches": str(rule.watches),
                    "reads": rule.mark.name if rule.mark else None,
                    "summary": rule.summary,
                    "flags": len(file.flags),
                    "allows": len(file.allows),
                }
            )
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("technique", "rule", "watches", "examples", "summary"):
        table.add_column(heading)
    for file in files:
        rule = file.rule
        table.add_row(
            TECHNIQUES[rule.technique],
            Text(rule.id, style="cyan"),
            str(rule.watches),
            f"{len(file.flags)}+{len(file.allows)}",
            Text(rule.summary),
        )
    console().print(table)
    watched = Counter(str(file.rule.watches) for file in files)
    told = ", ".join(f"{count} on {watches}" for watches, count in sorted(watched.items()))
    err.print(Text(f"{len(files)} rules ({told})"))


@app.command("prove")
def prove(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Packs or rule files; without any, everything in force.", show_default=False
        ),
    ] = None,
) -> None:
    """Run the rules' own examples; exit 1 where one fails."""
    chosen = [path.resolve() for path in paths or ()]
    line = line_from([_pack_of(path) for path in chosen])
    files = [
        file
        for folder in line.folders
        for file in folder.files
        if not chosen or any(_holds(path, Path(file.file).resolve()) for path in chosen)
    ]
    faults = self_check(files, line.guidance)
    for fault in faults:
        err.print(Text(str(fault), style="red"), soft_wrap=True)
    examples = sum(len(f.flags) + len(f.allows) + len(f.known_wrong) for f in files)
    told = f"{len(files)} rules, {examples} examples, {len(faults)} faults"
    err.print(Text(told, style="red" if faults else "green"))
    if faults:
        raise typer.Exit(1)


def _pack_of(path: Path) -> Path:
    """Return the pack that a rule file lies in, or the folder itself."""
    return path.parent.parent if path.is_file() else path


def _holds(path: Path, file: Path) -> bool:
    return file == path or path in file.parents
