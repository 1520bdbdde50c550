"""Files that a command writes: whole, or not at all."""

from contextlib import suppress
from errno import EISDIR
from pathlib import Path

from rich.text import Text

from assist.cli.screen import err
from assist.errors import UsageError

__all__ = ["write_whole"]


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` and say so; whoever reads the file never finds half of it."""
    try:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, "it is a folder, name a file")
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    err.print(Text(f"wrote {path}"), soft_wrap=True)
