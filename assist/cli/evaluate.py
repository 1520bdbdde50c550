"""`assist eval`: how well turns are read, on labelled data, beside plain rivals."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from assist.cli.files import write_whole
from assist.cli.options import FittedOption, RulesOption, line_from
from assist.cli.screen import err
from assist.errors import UsageError

if TYPE_CHECKING:
    from assist.evaluation.report import Part
    from assist.evaluation.run import Sources

__all__ = ["evaluate"]


def evaluate(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="A folder of public sets, your own JSON lines, or with --data the sets' names.",
            show_default=False,
        ),
    ] = None,
    *,
    data: Annotated[Path | None, typer.Option("--data", help="The folder of public sets.")] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help="A set, such as airline. May be given several times."),
    ] = None,
    part: Annotated[str, typer.Option(help="dev, train or all.")] = "dev",
    most: Annotated[
        int | None, typer.Option(min=1, help="At most so many of each, always the same ones.")
    ] = None,
    errors: Annotated[
        int, typer.Option(min=0, help="Print the worst errors, with their texts.")
    ] = 0,
    suites: Annotated[
        Path | None, typer.Option(help="A file of challenge suites, to be run as well.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the report there, without texts.")] = None,
    rules: RulesOption = None,
    fitted: FittedOption = None,
) -> None:
    """Measure the readings on labelled turns: public sets, challenge suites or your own lines."""
    from assist.evaluation.run import Wish, document, of_sources

    if part not in ("dev", "train", "all"):
        raise UsageError("--part is dev, train or all")
    if out is not None and not out.parent.is_dir():
        raise UsageError(f"cannot write {out}: there is no such folder")
    sources = _sorted(what or [], data, sets or [], suites)
    line = line_from(rules, fitted=fitted)
    wish = Wish(part=part, most=most, errors=errors)
    parts = _shown(of_sources(sources, line, wish, _tell))
    if out is not None:
        write_whole(out, document(parts, line))


def _sorted(what: list[str], data: Path | None, sets: list[str], suites: Path | None) -> "Sources":
    """Return what is meant: folders, files, and names of sets, which are checked."""
    from assist.evaluation.run import CONVERSATIONS, Sources
    from assist.evaluation.sets import chosen

    paths = {word: Path(word) for word in what}
    own = [path for path in paths.values() if path.is_file()]
    rest = [word for word, path in paths.items() if not path.is_file()]
    folders = [data] if data else [paths[word] for word in rest if paths[word].is_dir()]
    names = rest if data else []
    for word in () if data else rest:
        if not paths[word].is_dir():
            raise UsageError(f"there is no folder and no file {word}; sets by name need --data")
    if not (folders or own or suites):
        raise UsageError("give a folder of sets, a file of labelled lines, or --suites FILE")
    chosen([*names, *sets], CONVERSATIONS)
    return Sources(folders=folders, own=own, names=[*names, *sets], suites=suites)


def _tell(what: str) -> None:
    if err.is_terminal:
        err.print(Text(f"{what} …", style="dim"))


def _shown(parts: "Iterable[Part]") -> "list[Part]":
    """Print each part when it is done, and return them all."""
    kept = []
    for part in parts:
        print(f"{part.body}\n", flush=True)
        if part.misses:
            print(f"{part.misses}\n", flush=True)
        kept.append(part)
    return kept
