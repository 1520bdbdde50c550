"""The whole benchmark: a service and an echo as processes of their own, and a table."""

import asyncio
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assist.bench.load import Figures, echo_load, service_load, service_rush
from assist.errors import LocalFault

__all__ = ["Report", "measure"]

_READY = re.compile(r"ws://\S+:\d+/v1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Pairs of (service, echo) at each size, the rush, and memory in MiB (idle and after)."""

    rate: float
    pairs: tuple[tuple[Figures, Figures], ...]
    rush: Figures
    memory: tuple[float, float]


def measure(
    texts: Sequence[str], sizes: Sequence[int], *, rate: float, seconds: float, store: str
) -> Report:
    """Return the figures at each number of conversations."""
    with tempfile.TemporaryDirectory() as folder, _service(Path(folder), store) as (service, url):
        idle = _memory(service.pid)
        with _echo() as echo:
            pairs, rush = asyncio.run(
                _measured(url, echo, texts, sizes, rate=rate, seconds=seconds)
            )
        return Report(rate=rate, pairs=pairs, rush=rush, memory=(idle, _memory(service.pid)))


async def _measured(  # noqa: PLR0913  a table of what to measure
    url: str, echo: str, texts: Sequence[str], sizes: Sequence[int], *, rate: float, seconds: float
) -> tuple[tuple[tuple[Figures, Figures], ...], Figures]:
    pairs = []
    for size in sizes:
        ours = await service_load(url, texts, conversations=size, rate=rate, seconds=seconds)
        bare = await echo_load(echo, texts, conversations=size, rate=rate, seconds=seconds)
        pairs.append((ours, bare))
    rush = await service_rush(url, texts, conversations=50, turns=int(rate * seconds))
    return tuple(pairs), rush


@contextmanager
def _service(folder: Path, store: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    place = "memory:" if store == "memory:" else f"sqlite:{folder / 'bench.sqlite'}"
    ports = ["--port", "0", "--http-port", "0"]
    command = [sys.executable, "-m", "assist", "serve", *ports, "--store", place]
    with _process(command, stderr=subprocess.PIPE) as service:
        for line in service.stderr or ():
            if match := _READY.search(line):
                yield service, match[0]
                return
    raise LocalFault("the service under test did not start: try `assist serve` by itself")


@contextmanager
def _echo() -> Iterator[str]:
    command = [sys.executable, "-m", "assist.bench.echo"]
    with _process(command, stdout=subprocess.PIPE) as echo:
        port = (echo.stdout.readline() if echo.stdout else "").strip()
        yield f"ws://127.0.0.1:{port}"


@contextmanager
def _process(command: list[str], **pipes: int) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]  # noqa: S603 - our own
        try:
            yield process
        finally:
            process.terminate()


def _memory(pid: int) -> float:
    """Return the resident memory of a process in MiB; NaN where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(match[1]) / 1024 if match else float("nan")
