"""What an operator says of a platform: its secret, its own senders, how deliveries are proven.

The law: said in a TOML file, one table a platform, or in the environment, which wins. A secret
comes from a file or from the environment, never from a command line, and is in no text made here.
A relative path in the file is seen from the file's folder, one in the environment from the working
folder.
Without a secret nothing is let in, unless the operator says in so many words that anybody may.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assist.connectors.door import Guard
from assist.connectors.hall import Chosen, one_of_each
from assist.connectors.port import Platform, Setup
from assist.connectors.registry import platform_named
from assist.connectors.verifiers import PathSecret
from assist.errors import UsageError
from assist.settings import Settings

__all__ = ["PREFIX", "chosen", "read_tables", "wanted_by"]

PREFIX = "ASSIST_CONNECT_"
_KEYS = frozenset({"secret_file", "secret", "own", "proof", "options"})
_PROOFS = ("platform", "address", "none")
_SHORTEST_SECRET = 8

Table = Mapping[str, Any]


def read_tables(path: Path | None) -> Mapping[str, Table]:
    """Return the tables of the file, by platform; none where no file is named."""
    if path is None:
        return {}
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {_place(error)}", code="connect.setup") from None
    for name, table in read.items():
        if not isinstance(table, dict):
            raise _wrong(f"{path}: `{name}` stands outside a table: write [PLATFORM] above it")
        for key in table.keys() - _KEYS:
            raise _wrong(f"{path}: [{name}] has no `{key}`; known: {', '.join(sorted(_KEYS))}")
        if "secret" in table:
            raise _wrong(f"{path}: [{name}]: keep the secret in a file of its own, `secret_file`")
    return {name: _seen_from(path.parent, table) for name, table in read.items()}


def _seen_from(folder: Path, table: Table) -> Table:
    """Return the table with its relative path as seen from the folder of its file."""
    file = table.get("secret_file")
    return table if file is None else {**table, "secret_file": str(folder / str(file))}


def wanted_by(settings: Settings, environ: Mapping[str, str]) -> list[Chosen]:
    """Return the platforms that a service is to let deliver; raise where one cannot be met."""
    tables = read_tables(settings.connect_setup)
    wanted = [chosen(name, environ, tables) for name in settings.connect]
    one_of_each(wanted)
    return wanted


def chosen(
    name: str, environ: Mapping[str, str], tables: Mapping[str, Table] | None = None
) -> Chosen:
    """Return the platform `name` with what is said of it; raise UsageError where that won't do."""
    platform = platform_named(name)
    said = {**(tables or {}).get(platform.name, {}), **_from(environ, platform.name)}
    return Chosen(
        platform=platform,
        guard=_guard(platform, said),
        setup=Setup(
            own=frozenset(map(str, _listed(said.get("own", ())))),
            options=MappingProxyType(
                {str(key): str(value) for key, value in _pairs(said.get("options", {}))}
            ),
        ),
    )


def variable(platform: str, key: str) -> str:
    """Return the variable of the environment that says `key` of a platform."""
    return f"{PREFIX}{re.sub(r'[^A-Z0-9]', '_', platform.upper())}_{key.upper()}"


def _from(environ: Mapping[str, str], platform: str) -> dict[str, str]:
    found = {key: environ.get(variable(platform, key)) for key in _KEYS}
    return {key: value for key, value in found.items() if value}


def _guard(platform: Platform, said: Table) -> Guard:
    proof = said.get("proof", "platform")
    if proof not in _PROOFS:
        raise _wrong(f"proof of {platform.name}: choose one of {', '.join(_PROOFS)}")
    if proof == "none":
        return Guard(verifier=platform.verifier, secret=None)
    verifier = PathSecret() if proof == "address" else platform.verifier
    secret, *others = _secrets(platform, said)
    return Guard(verifier=verifier, secret=secret, others=tuple(others))


def _secrets(platform: Platform, said: Table) -> list[bytes]:
    """Return the secrets, one a line: each webhook of a platform may have its own."""
    if "secret" in said:
        text = str(said["secret"]).encode()
    elif "secret_file" in said:
        text = _read(Path(str(said["secret_file"])), platform)
    else:
        raise _wrong(
            f"{platform.name} needs its secret ({platform.verifier.scheme}): name a file in "
            f"{variable(platform.name, 'secret_file')}"
        )
    secrets = [line.strip() for line in text.splitlines() if line.strip()] or [b""]
    if min(map(len, secrets)) < _SHORTEST_SECRET:
        raise _wrong(f"a secret of {platform.name} is too short: {_SHORTEST_SECRET} or more")
    return secrets


def _read(path: Path, platform: Platform) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _wrong(
            f"the secret of {platform.name} cannot be read from {path} ({error.strerror})"
        ) from None


def _listed(value: object) -> list[object]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return list(value) if isinstance(value, list | tuple) else [value]


def _pairs(value: object) -> list[tuple[object, object]]:
    if isinstance(value, Mapping):
        return list(value.items())
    pairs = [str(one).partition("=") for one in _listed(value)]
    if any(not mark for _, mark, _ in pairs):
        raise _wrong("options are written name=value, separated by commas")
    return [(name.strip(), told.strip()) for name, _, told in pairs]


def _place(error: Exception) -> str:
    found = re.search(r"\(at ([^)]+)\)", str(error))
    return f"see {found[1]}" if found else "it is not UTF-8 text"


def _wrong(message: str) -> UsageError:
    return UsageError(message, code="connect.setup")
