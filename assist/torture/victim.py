"""Services under torture, each in a process of its own, and how to look at them from outside.

The law: a victim is the service as it is run for people, on loopback; what is known of it is its
sockets, its log and what the system tells of its process. Whatever was started here is ended here.
"""

import asyncio
import json
import math
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.request import ProxyHandler, build_opener

from prometheus_client.parser import text_string_to_metric_families

from assist.errors import LocalFault

__all__ = ["Nursery", "Probe", "Victim", "free_ports", "lifted", "serve"]

_WITHIN_S = 180.0
_READY = re.compile(r"ws://[^\s\"']+:\d+/v1")
_PAGES = re.compile(r"http://[^\s\"']+:\d+/")
# Limits that would stop one address from playing a whole desk.
_LIFTED: Mapping[str, object] = {
    "turns_per_second": 100_000.0,
    "messages_per_second": 100_000.0,
    "tenant_turns_per_second": 100_000.0,
    "address_messages_per_second": 100_000.0,
    "address_connections": 100_000,
}


def lifted(**more: object) -> dict[str, Any]:
    """Return settings of a service that may be loaded from one address, and `more`."""
    own = {"host": "127.0.0.1", "port": 0, "http_port": 0, "store": "memory:"}
    return {**own, **_LIFTED, **more}


def free_ports() -> tuple[int, int]:
    """Return two ports of this machine that nobody listens on."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a service takes up: MiB of memory, open descriptors, tasks; NaN or 0 where untold.

    `cpu_s` are the seconds that it has been working: others on the machine do not change them much.
    """

    memory: float
    descriptors: int
    tasks: int = 0
    cpu_s: float = 0.0


@dataclass(slots=True, kw_only=True)
class Victim:
    """A running service."""

    pid: int
    ws: str
    http: str
    log: Path
    began: float
    ready_s: float
    _nursery: "Nursery | None" = field(default=None, repr=False)
    _served: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    async def end(self, how: int = signal.SIGTERM) -> None:
        """End it and wait until it is gone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, how)
        if self._served is not None:
            await asyncio.to_thread(self._served.wait, _WITHIN_S)
        elif self._nursery is not None:
            await self._nursery.told("gone")

    async def probe(self) -> Probe:
        """Look at it as it is now."""
        tasks = 0
        if self._nursery is not None:
            os.kill(self.pid, signal.SIGUSR1)
            tasks = int((await self._nursery.told("tasks"))["tasks"])
        family = tuple(_family(self.pid))
        return Probe(
            memory=sum(map(_memory, family)),
            descriptors=sum(map(_descriptors, family)),
            tasks=tasks,
            cpu_s=sum(map(_worked, family)),
        )

    async def settled(self, before: Probe, within_s: float = 60.0) -> Probe:
        """Return a probe once no more descriptors and tasks are there than `before`, or late."""
        end = time.monotonic() + within_s
        while True:
            now = await self.probe()
            calm = now.descriptors <= before.descriptors and now.tasks <= before.tasks
            if calm or time.monotonic() > end:
                return now
            await asyncio.sleep(0.1)

    async def page(self, path: str) -> str:
        """Return a page of its HTTP port."""
        return await asyncio.to_thread(_page, self.http + path)

    async def metrics(self) -> dict[str, float]:
        """Return every sample of its metrics: `name{label=value,…}` with its number."""
        families = text_string_to_metric_families(await self.page("metrics"))
        return {
            _named(sample.name, sample.labels): sample.value
            for family in families
            for sample in family.samples
        }

    def said(self) -> str:
        """Return its log so far."""
        return self.log.read_text("utf-8", errors="replace") if self.log.exists() else ""

    def crashed(self) -> bool:
        """Tell whether its log has a trace of something that nobody caught."""
        text = self.said()
        return "Traceback" in text or "exception was never retrieved" in text


class Nursery:
    """Gives birth to services that share a line loaded once; use it in a `with`."""

    def __init__(self, folder: Path, *, bare: bool = False) -> None:
        self.folder = folder
        self._bare = bare
        self._popen: subprocess.Popen[str] | None = None
        self._births = 0

    async def start(self, *, echo: bool = False, failing: bool = False, **settings: Any) -> Victim:
        """Start a service with these settings and return it once it is ready."""
        popen = await self._awake()
        self._births += 1
        log = self.folder / f"service-{self._births}.log"
        order = {"settings": settings, "log": str(log), "echo": echo, "failing": failing}
        began = time.monotonic()
        assert popen.stdin is not None  # noqa: S101 - it was asked for
        popen.stdin.write(json.dumps(order, default=str) + "\n")
        popen.stdin.flush()
        born = await self.told("born", "gone")
        ready = await self.told("ready", "gone")
        if "ready" not in ready:
            raise LocalFault(f"the service under test did not start; its log is {log}")
        return Victim(
            pid=int(born["born"]),
            ws=ready["ready"],
            http=ready["http"],
            log=log,
            began=began,
            ready_s=time.monotonic() - began,
            _nursery=self,
        )

    @asynccontextmanager
    async def service(self, **given: Any) -> AsyncIterator[Victim]:
        """Have a service for a while."""
        victim = await self.start(**given)
        try:
            yield victim
        finally:
            await victim.end()

    async def told(self, *wanted: str) -> dict[str, Any]:
        """Wait for the next that is told with one of these names; what else is told is past."""
        assert self._popen is not None  # noqa: S101 - started before anything is told
        assert self._popen.stdout is not None  # noqa: S101 - it was asked for
        async with asyncio.timeout(_WITHIN_S):
            while True:
                line = await asyncio.to_thread(self._popen.stdout.readline)
                if not line:
                    raise LocalFault("the nursery of services under test has ended")
                what: dict[str, Any] = json.loads(line)
                if any(name in what for name in wanted):
                    return what

    async def _awake(self) -> "subprocess.Popen[str]":
        if self._popen is None:
            command = [sys.executable, "-m", "assist.torture.nursery"]
            with (self.folder / "nursery.log").open("ab") as log:
                self._popen = subprocess.Popen(  # noqa: ASYNC220, S603 - our own
                    [*command, *(["--bare"] if self._bare else [])],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
            await self.told("loaded")
        return self._popen

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._popen is None:
            return
        for child in _family(self._popen.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self._popen.wait(_WITHIN_S)
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._popen = None


async def serve(log: Path, settings: Mapping[str, object]) -> Victim:
    """Start `assist serve` with these settings and return it once it is ready."""
    began = time.monotonic()
    served, begun = await asyncio.to_thread(_begun, log, settings)
    while time.monotonic() - began < _WITHIN_S and served.poll() is None:
        text = await asyncio.to_thread(_since, log, begun)
        if (ws := _READY.search(text)) and (http := _PAGES.search(text)):
            return Victim(
                pid=served.pid,
                ws=ws[0],
                http=http[0],
                log=log,
                began=began,
                ready_s=time.monotonic() - began,
                _served=served,
            )
        await asyncio.sleep(0.02)
    served.kill()
    raise LocalFault(f"`assist serve` did not start; its log is {log}")


def _begun(log: Path, settings: Mapping[str, object]) -> "tuple[subprocess.Popen[bytes], int]":
    """Return the process, and where in the log its words begin."""
    chosen = {f"ASSIST_{name.upper()}": str(value) for name, value in settings.items()}
    with log.open("ab") as out:
        begun = out.tell()
        served = subprocess.Popen(
            [sys.executable, "-m", "assist", "serve"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=out,
            env={**os.environ, **chosen},
        )
    return served, begun


def _since(log: Path, begun: int) -> str:
    return log.read_bytes()[begun:].decode("utf-8", errors="replace")


def _page(url: str) -> str:
    with build_opener(ProxyHandler({})).open(url, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))


def _named(name: str, labels: Mapping[str, str]) -> str:
    inside = ",".join(f"{key}={value}" for key, value in sorted(labels.items()))
    return f"{name}{{{inside}}}" if inside else name


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that came of it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield from _family(int(child))


def _memory(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return math.nan
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(match[1]) / 1024 if match else math.nan


def _worked(pid: int) -> float:
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return math.nan
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _descriptors(pid: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0
