"""A look at everything a service needs, before it runs: what `assist doctor` tells.

The law: nothing is changed; what is written is taken back. Each sign says what to do where it is
not well. Secrets are looked at from outside: who may read them, never what they are.
"""

import resource
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assist.core.turns import Role, Turn
from assist.errors import AssistError
from assist.line import Line, load_line
from assist.service.admission import beyond_loopback
from assist.service.ports import bound
from assist.service.tls import tls_context
from assist.service.tokens import read_secrets
from assist.service.trial import Trial, trial_of
from assist.settings import LoadedSettings, Settings

__all__ = ["Health", "Sign", "examined", "open_to_others"]

_LEAST_FREE = 1024**3
_SLOW_S = 1.0
_OLDEST = datetime(2026, 1, 1, tzinfo=UTC)
_DRIFT_S = 0.05
_WATCHED_S = 0.2
_OWN_FILES, _FEW_AGENTS = 64, 256
_SAID = "This is the third time I ask, and still nothing. Where is my parcel?"


class Health(StrEnum):
    """How one thing is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that was looked at: how it is, in words, and what to do where it is not well."""

    name: str
    health: Health
    told: str
    cure: str = ""


def examined(loaded: LoadedSettings, ports: bool = True) -> Iterator[Sign]:  # noqa: FBT001,FBT002
    """Yield the signs of a service with these settings, each as soon as it is known.

    Without `ports` these are left out, as they must be while the service itself holds them.
    """
    settings = loaded.settings
    yield _settings(loaded)
    yield from _line(settings)
    yield from _store(settings)
    yield _files(settings)
    if ports:
        yield _port(settings.host, settings.port, "--port")
        yield _port(settings.host, settings.http_port, "--http-port")
    yield _access(settings)
    if settings.tls_cert is not None:
        yield _looked("tls", lambda: _tls(settings))
    yield clock()


def _files(settings: Settings) -> Sign:
    """Tell whether as many sockets may be open as the settings let in."""
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    agents = most - settings.http_connections - _OWN_FILES
    if most == resource.RLIM_INFINITY or agents >= _FEW_AGENTS:
        return _ok("sockets", f"{most} files and sockets may be open at once")
    return _warn(
        "sockets",
        f"only {most} files and sockets may be open at once: {max(0, agents)} for agents, "
        f"{settings.http_connections} for the HTTP port",
        "allow more (`ulimit -n 20000`, `LimitNOFILE` in the unit), or lower `http_connections`",
    )


def _ok(name: str, told: str) -> Sign:
    return Sign(name=name, health=Health.OK, told=told)


def _warn(name: str, told: str, cure: str) -> Sign:
    return Sign(name=name, health=Health.WARN, told=told, cure=cure)


def _fail(name: str, told: str, cure: str) -> Sign:
    return Sign(name=name, health=Health.FAIL, told=told, cure=cure)


def _looked(name: str, look: Callable[[], Sign]) -> Sign:
    """Return what `look` finds; an error of ours says by itself what is wrong and what to do."""
    try:
        return look()
    except AssistError as error:
        told, _, cure = str(error).partition(": ")
        return _fail(name, told, cure) if cure else _fail(name, told, f"see {error.code}")


def _settings(loaded: LoadedSettings) -> Sign:
    if loaded.strange:
        return _warn(
            "settings",
            f"{', '.join(loaded.strange)} in the environment: no setting is called so",
            "correct the name, or unset it; `assist settings` prints all",
        )
    return _ok("settings", f"{len(loaded.places)} set, the rest as by default")


def _line(settings: Settings) -> Iterator[Sign]:
    """Yield how rules and models are; without rules no model can be tried."""
    try:
        line = load_line(settings.rules, playbook=settings.playbook, fitted=settings.fitted)
    except AssistError as error:
        yield _fail("rules", str(error), "mend the file there, then `assist rules prove`")
        return
    book = line.guidance.playbook
    yield _ok(
        "rules",
        f"{len(line.guidance.pack.rules)} rules, {line.pack_name} {line.pack_version}; "
        f"{len(book.offers)} offers in the playbook",
    )
    yield _models(line)


def _models(line: Line) -> Sign:
    if line.missing:
        return _warn(
            "models",
            f"without {', '.join(line.missing)}: readings go on, less sure",
            "install the package again; what is missing or differs is not loaded",
        )
    turn = Turn(id="t", role=Role.CUSTOMER, text=_SAID, at=datetime(2026, 1, 1, tzinfo=UTC))
    line.read(turn)
    begun = time.perf_counter()
    reading = line.read(turn)
    took = time.perf_counter() - begun
    told = f"all there, checksums right; one turn read in {took * 1000:.1f} ms"
    if not reading.signals:
        return _fail("models", "a plainly angry turn gives no signal", "install the package again")
    if took > _SLOW_S:
        return _warn("models", told, "this machine is very slow, or busy with something else")
    return _ok("models", told)


def _store(settings: Settings) -> Iterator[Sign]:
    if settings.store == "memory:":
        yield _warn(
            "store",
            "turns are kept in memory, and gone when the service ends",
            "set --store sqlite:PATH",
        )
        return
    try:
        trial = trial_of(settings.store)
    except AssistError as error:
        told, _, cure = str(error).partition(": ")
        yield _fail("store", told, cure)
        return
    yield _ok("store", trial.told)
    path = Path(settings.store.partition(":")[2]).expanduser()
    yield from open_to_others(path)
    yield _disk(trial)


def open_to_others(path: Path) -> Iterator[Sign]:
    """Yield a warning where others may read the SQLite file `path`, or what lies beside it."""
    files = (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))
    loose = [file for file in files if file.is_file() and _mode(file) & 0o077]
    if loose:
        told = ", ".join(f"{file} (mode {_mode(file):04o})" for file in loose)
        yield _warn(
            "files",
            f"others on this machine may read what customers wrote: {told}",
            f"chmod 600 {' '.join(map(str, loose))}",
        )


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def _disk(trial: Trial) -> Sign:
    with suppress(OSError):
        free = shutil.disk_usage(trial.folder).free
        told = f"{free / 1024**3:.1f} GiB free in {trial.folder}"
        if free < _LEAST_FREE:
            return _warn("disk", told, "make room, or keep turns for a shorter time")
        return _ok("disk", told)
    return _warn("disk", f"free room in {trial.folder} cannot be known", "look for yourself")


def _port(host: str, port: int, option: str) -> Sign:
    def look() -> Sign:
        with bound(host, port, option=option) as listening:
            return _ok(option[2:], f"{host}:{listening.getsockname()[1]} is free")

    return _looked(option[2:], look)


def _access(settings: Settings) -> Sign:
    if settings.token_secret_file is not None:
        file = settings.token_secret_file
        return _looked("tokens", lambda: _secret(file))
    if beyond_loopback(settings.host):
        return _fail(
            "tokens",
            f"anybody who reaches {settings.host} may read every chat: no token is asked for",
            "set --token-secret-file, or listen on 127.0.0.1",
        )
    return _ok("tokens", "none asked for: only this machine can connect")


def _secret(file: Path) -> Sign:
    number = len(read_secrets(file))
    mode = _mode(file)
    if mode & 0o077:
        return _warn(
            "tokens",
            f"{file} may be read by others on this machine (mode {mode:04o})",
            f"chmod 600 {file}",
        )
    return _ok("tokens", f"asked for; {number} secret{'s' * (number > 1)}, readable by its owner")


def _tls(settings: Settings) -> Sign:
    tls_context(settings.tls_cert, settings.tls_key)
    key = settings.tls_key
    if key is not None and _mode(key) & 0o077:
        return _warn("tls", f"{key} may be read by others on this machine", f"chmod 600 {key}")
    return _ok("tls", "certificate and key fit together")


def clock(
    wall: Callable[[], float] = time.time,
    steady: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] = time.sleep,
) -> Sign:
    """Tell whether the clock is of this time, and goes as fast as time does."""
    began, from_steady = wall(), steady()
    wait(_WATCHED_S)
    drift = (wall() - began) - (steady() - from_steady)
    now = datetime.fromtimestamp(wall(), UTC)
    if now < _OLDEST:
        return _fail(
            "clock",
            f"it says {now:%Y-%m-%d}: tokens would never end, silences be measured wrong",
            "set the clock, and have it kept by NTP",
        )
    if abs(drift) > _DRIFT_S:
        return _warn(
            "clock",
            f"it moved by {drift * 1000:+.0f} ms in {_WATCHED_S:g} s against steady time",
            "have it kept by NTP, slewed and not set",
        )
    return _ok("clock", f"{now:%Y-%m-%d %H:%M} UTC, steady")
