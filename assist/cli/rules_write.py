"""`assist rules new`, `catalogue` and `schema`: what helps whoever writes rules."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from assist.cli.options import RulesOption
from assist.cli.screen import err
from assist.errors import UsageError
from assist.packs import catalogue as pages
from assist.packs import schema as schemas
from assist.packs.load import load_packs
from assist.packs.skeleton import Job, begin, job_for, place_of

__all__ = ["catalogue", "new", "schema"]


class Of(StrEnum):
    """The kinds of files that have a schema."""

    RULE = "rule"
    PACK = "pack"
    PLAYBOOK = "playbook"


def new(
    place: Annotated[
        Path,
        typer.Argument(help="PACK/TECHNIQUE/RULE, such as bikes/offer-solutions/courtesy-bike."),
    ],
    *,
    job: Annotated[
        Job | None,
        typer.Option(
            "--to",
            help="offer lines, read the customer, check drafts, speak after a wait, or note what "
            "the agent did; without it, what most rules of the technique do.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write a whole first rule to change; it proves as written."""
    chosen = place_of(place)
    if job is None:
        job = job_for(
            chosen.technique,
            (file.rule for folder in load_packs() for file in folder.files),
        )
    for path in begin(chosen, job):
        err.print(Text(f"wrote {path}"), soft_wrap=True)
    err.print(Text(f"now: assist rules prove {chosen.folder} --watch", style="dim"), soft_wrap=True)


def catalogue(
    *,
    out: Annotated[Path, typer.Option("--out", help="Write the pages into this folder.")],
    rules: RulesOption = None,
) -> None:
    """Write the rules in force as pages to read, one a technique, with a page of all keys."""
    made = pages.pages(load_packs(rules or ()))
    pages.write(out, made)
    err.print(Text(f"wrote {len(made)} pages into {out}"), soft_wrap=True)


def schema(
    of: Annotated[Of, typer.Argument(help="Which file's schema to print.")] = Of.RULE,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write all three into this folder instead.")
    ] = None,
) -> None:
    """Print the JSON Schema of rule files, pack.yaml or playbook.yaml, for editors."""
    if out is None:
        made = schemas.FILES[f"{of}.schema.json"]()
        print(json.dumps(made, indent=2, ensure_ascii=False))
        return
    try:
        written = schemas.write(out)
    except OSError as error:
        raise UsageError(f"cannot write to {out}: {error.strerror}") from None
    for path in written:
        err.print(Text(f"wrote {path}"), soft_wrap=True)
