"""`assist rules`: the rules in force, and their proofs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from os.path import relpath
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table
from rich.text import Text

from assist.cli import jsonl, rules_cues, rules_diff, rules_write
from assist.cli.options import RulesOption, line_from
from assist.cli.screen import complain, console, err
from assist.core.counting import counted
from assist.core.techniques import TECHNIQUES
from assist.errors import PackError
from assist.line import Line, load_line, renew
from assist.packs.bundled import bundled
from assist.packs.prove import self_check
from assist.packs.rulefile import RuleFile
from assist.packs.watch import marks_of, until_changed

__all__ = ["app"]

_LEAST_SUMMARY = 30

app = typer.Typer(help="The rules in force.", no_args_is_help=True)
app.command("new")(rules_write.new)
app.command("diff")(rules_diff.diff)
app.command("catalogue")(rules_write.catalogue)
app.command("cues")(rules_cues.cues)
app.command("schema")(rules_write.schema)


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
    _shown([_told(file) for file in files])
    watched = Counter(str(file.rule.watches) for file in files)
    told = ", ".join(f"{count} on {watches}" for watches, count in sorted(watched.items()))
    err.print(Text(f"{counted(len(files), 'rule')} ({told})"))


def _told(file: RuleFile) -> tuple[str, ...]:
    """Return technique, id, what it watches, how many examples, summary."""
    rule, examples = file.rule, f"{len(file.flags)}+{len(file.allows)}"
    return TECHNIQUES[rule.technique], rule.id, str(rule.watches), examples, rule.summary


def _shown(rows: Sequence[tuple[str, ...]]) -> None:
    """Print the rules: a table where there is room for one, else a line each; ids are whole."""
    *widths, _ = [max(map(len, column)) for column in zip(*rows, strict=True)]
    screen = console()
    if not screen.is_terminal or screen.width < sum(widths) + _LEAST_SUMMARY:
        for *row, summary in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            print("  ".join((*cells, summary)))
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("technique", "rule", "watches", "examples"):
        table.add_column(heading, no_wrap=True)
    table.add_column("summary", overflow="fold")
    for technique, name, *others in rows:
        table.add_row(Text(technique), Text(name, style="cyan"), *map(Text, others))
    screen.print(table)


@app.command("prove")
def prove(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Packs or rule files; without any, everything in force.", show_default=False
        ),
    ] = None,
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Prove again at each change, until Ctrl-C.")
    ] = False,
) -> None:
    """Run the rules' own examples; exit 1 where one fails."""
    chosen = [path.resolve() for path in paths or ()]
    if watch:
        _prove_on_change(chosen)
    elif not _proved(chosen, load_line(_packs_of(chosen))):
        raise typer.Exit(1)


def _prove_on_change(chosen: list[Path]) -> None:
    """Prove, and prove again whenever a file changes; a file that cannot be read is told of."""
    packs = _packs_of(chosen)
    places = packs or [bundled("rules")]
    line: Line | None = None
    while True:
        before = marks_of(places)
        try:
            line = renew(line, packs) if line else load_line(packs)
            _proved(chosen, line)
        except PackError as error:
            complain(error)
        err.print(Text("waiting for a change; Ctrl-C ends", style="dim"))
        until_changed(places, before)


def _proved(chosen: list[Path], line: Line) -> bool:
    """Prove what was chosen, or everything, and tell how it went; True where nothing is wrong."""
    files = [
        file
        for folder in line.folders
        for file in folder.files
        if not chosen or any(_holds(path, Path(file.file).resolve()) for path in chosen)
    ]
    faults = self_check(files, line.guidance, over=_followed)
    for fault in faults:
        err.print(Text(str(fault), style="red"), soft_wrap=True)
    examples = sum(len(f.flags) + len(f.allows) + len(f.known_wrong) for f in files)
    told = ", ".join(
        (counted(len(files), "rule"), counted(examples, "example"), counted(len(faults), "fault"))
    )
    err.print(Text(told, style="red" if faults else "green"))
    return not faults


def _followed(files: Sequence[RuleFile]) -> Iterable[RuleFile]:
    """Yield the rules, with a bar on a terminal of how many are proved."""
    return track(files, "proving", console=err, transient=True, disable=not err.is_terminal)


def _packs_of(chosen: list[Path]) -> list[Path]:
    """Return the packs that rule files lie in, or the folders themselves."""
    return [_from_here(path.parent.parent if path.is_file() else path) for path in chosen]


def _from_here(folder: Path) -> Path:
    """Return a folder as seen from the working folder, where it lies below that."""
    short = relpath(folder)
    return folder if short.startswith("..") else Path(short)


def _holds(path: Path, file: Path) -> bool:
    return file == path or path in file.parents
