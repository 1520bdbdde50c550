"""`assist schema`: the protocol as JSON Schema and AsyncAPI."""

import json
from pathlib import Path
from typing import Annotated

import typer

from assist.errors import UsageError
from assist.wire import schema as wire_schema

__all__ = ["schema"]


def schema(
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write both files into this folder.")
    ] = None,
) -> None:
    """Print the JSON Schema of all messages, or write it and the AsyncAPI document to a folder."""
    if out is None:
        print(json.dumps(wire_schema.json_schema(), indent=2, ensure_ascii=False))
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        wire_schema.write(out)
    except OSError as error:
        raise UsageError(f"cannot write to {out}: {error.strerror}") from None
