"""A file with settings: TOML, each name with its line.

The law: what cannot be used is refused with its place; a relative path is seen from the file's
folder. Which settings there are is for `assist.settings` to say.
"""

import os
import re
import tomllib
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from assist.errors import UsageError

__all__ = ["settings_of"]

_PATHS = frozenset(
    {"rules[]", "playbook", "fitted", "token_secret_file", "tls_cert", "tls_key", "connect_setup"}
)


def settings_of(file: Path, known: Collection[str]) -> tuple[dict[str, Any], dict[str, int]]:
    """Return what a file sets, and the line of each name; one that is not `known` is refused."""
    try:
        text = file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(
            f"the settings cannot be read from {file} ({why}): name a file that may be read",
            code="settings.unreadable",
        ) from None
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(file, text, str(error)) from None
    lines = {name: _line_of(name, text) for name in written}
    for name in written:
        if name not in known:
            raise UsageError(
                f"{file}:{lines[name]}:1: there is no setting `{name}`{_perhaps(name, known)}; "
                "all are in docs/reference/settings.md, and `assist settings` prints them",
                code="settings.unknown",
            )
    return {name: _from(file.parent, name, value) for name, value in written.items()}, lines


def _from(folder: Path, name: str, value: Any) -> Any:
    """Return what a file says, its relative paths as seen from the folder of the file."""
    if isinstance(value, str) and name in {"rules", "connect"}:
        value = value.split(os.pathsep if name == "rules" else ",")
    if isinstance(value, list):
        return [_from(folder, f"{name}[]", one) for one in value]
    if not isinstance(value, str) or not value or value.startswith("~"):
        return value
    if name == "store" and value.startswith("sqlite:") and value[7:8] not in {"", "~"}:
        return f"sqlite:{folder / value[7:]}"
    mapping = name == "connect[]" and value.strip().endswith((".yaml", ".yml"))
    return str(folder / value.strip()) if mapping or name in _PATHS else value


def _not_toml(file: Path, text: str, words: str) -> UsageError:
    """Return the error with its place; tomllib's own words may quote what stands in the file."""
    found = re.search(r"\(at line (\d+), column (\d+)\)$", words)
    ending = text.count("\n") + 1
    line, column = found.groups() if found else (str(ending), "1")
    return UsageError(
        f"{file}:{line}:{column}: this is not TOML: write `name = value`, texts in double quotes",
        code="settings.not-toml",
    )


def _line_of(name: str, text: str) -> int:
    pattern = re.compile(rf"""\s*\[{{0,2}}\s*["']?{re.escape(name)}["']?\s*[]=.]""")
    return next(
        (number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1
    )


def _perhaps(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name.lower().replace("-", "_"), list(known), 1)
    return f"; did you mean `{close[0]}`?" if close else ""
