"""The whole service in one process and one loop: both ports, the hub, the log.

The law: it starts completely or not at all, and stops in order: hear nothing more, do what was
heard, tell everybody to come back, close the log. Told twice to stop it ends at once: what was
acknowledged is stored, so nothing is lost by that either.
"""

import asyncio
import gc
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

import structlog
from starlette.routing import BaseRoute

from assist.errors import UsageError
from assist.service import heap
from assist.service.admission import beyond_loopback
from assist.service.clock import Clock, LoopClock
from assist.service.course import LineLike
from assist.service.elsewhere import Elsewhere
from assist.service.framing import framing_of
from assist.service.http import HttpServer
from assist.service.http_bounds import Bounds, Doorway
from assist.service.hub import Hub
from assist.service.listener import PATH, Listener
from assist.service.logs import LoopFaults, configure_logs, keep_crashes_wordless
from assist.service.masks import Masks
from assist.service.metrics import Metrics, Readout
from assist.service.notify import Notify
from assist.service.readiness import Readiness
from assist.service.reload import Reload, Source
from assist.service.stores import open_log
from assist.service.terms import terms_of
from assist.service.tls import loaded, tls_context
from assist.service.tokens import read_secrets
from assist.service.web import web
from assist.settings import Settings
from assist.wire.closing import Closing

__all__ = ["Attach", "Guest", "Service", "run"]

_log = structlog.get_logger("assist.service")
_SETTLE_S = 900.0
_BEAT_S = 1.0
_CLOSINGS: Final = {signal.SIGTERM: Closing.RESTART, signal.SIGINT: Closing.GOING_AWAY}
"""What clients are told by the signal that ends the service: a supervisor's is a restart."""


class Guest(Protocol):
    """What a room above opens on the HTTP port: it starts after the hub and stops before it."""

    routes: list[BaseRoute]

    async def start(self) -> None:
        """Begin."""
        ...

    async def stop(self) -> None:
        """End."""
        ...


Attach = Callable[[Hub], Guest]


class Service:
    """A running service: `async with Service(settings, line) as service`."""

    def __init__(
        self,
        settings: Settings,
        line: LineLike,
        *,
        clock: Clock | None = None,
        source: Source | None = None,
        attach: Attach | None = None,
    ) -> None:
        self._settings = settings
        self._source = source
        self._watching: asyncio.Task[None] | None = None
        clock = clock or LoopClock()
        secrets = read_secrets(settings.token_secret_file) if settings.token_secret_file else ()
        self._tls = tls_context(settings.tls_cert, settings.tls_key)
        self.metrics = Metrics()
        self.hub = Hub(
            line,
            open_log(settings.store),
            clock,
            self.metrics,
            queue=settings.queue,
            share_coverage=settings.share_coverage,
            idle_s=settings.idle_s,
            analysis_budget_s=settings.analysis_budget_s,
            analysis_grace_s=settings.analysis_grace_s,
            keep_s=settings.keep_s,
            masks=Masks(kinds=settings.mask, tenants=settings.mask_tenants),
        )
        self._elsewhere = Elsewhere(self.hub)
        terms = terms_of(settings, secrets, clock)
        self.listener = Listener(settings, self.hub, terms, tls=self._tls)
        open_door = not secrets and beyond_loopback(settings.host)
        self.readiness = Readiness(
            hub=self.hub,
            load=terms.load,
            folder=_folder(settings.store),
            open_to=settings.host if open_door else None,
        )
        framing = framing_of(settings)
        app = web(
            self.hub,
            self.listener,
            self.readiness,
            framing,
            secure=self._tls is not None,
            public=settings.public_url,
        )
        self._guest = None if attach is None else attach(self.hub)
        app.router.routes.extend([] if self._guest is None else self._guest.routes)
        doorway = Doorway(
            Bounds(
                each=settings.http_address_connections,
                most=settings.http_connections,
                proxies=terms.proxies,
            ),
            clock=clock,
            refused=lambda why: self.metrics.errors.labels(f"limit.http-{why}").inc(),
        )
        self.http = HttpServer(app, settings.host, settings.http_port, self._tls, doorway)
        self.metrics.watch(self._readout)

    @property
    def ws_url(self) -> str:
        """Return where clients connect."""
        scheme = "wss" if self._tls else "ws"
        return f"{scheme}://{_in_url(self._settings.host)}:{self.listener.port}{PATH}"

    @property
    def http_url(self) -> str:
        """Return where the page is."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{_in_url(self._settings.host)}:{self.http.port}/"

    async def start(self) -> None:
        """Open both ports."""
        try:
            await self.listener.terms.door.remember_by(self.hub.parts.log)
            await self.listener.start()
            await self.http.start()
        except BaseException:
            await self.stop()
            raise
        self.hub.start()
        self._elsewhere.start()
        if self._guest is not None:
            await self._guest.start()
        if self._source is not None:
            self._watching = asyncio.create_task(Reload(self.hub, self._source).watch())

    async def stop(self, closing: Closing = Closing.RESTART) -> None:
        """Drain and close everything; clients are told to come back with that code."""
        self.readiness.stopping = True
        if self._watching is not None:
            self._watching.cancel()
        self.listener.pause()
        await self._elsewhere.close()
        await self.hub.finish(self._settings.drain_s)
        await asyncio.gather(self.listener.close(closing), self.http.close())
        if self._guest is not None:
            await self._guest.stop()
        await self.hub.close()

    def renew_certificate(self) -> None:
        """Have new connections meet the certificate as it is in its files now."""
        cert, key = self._settings.tls_cert, self._settings.tls_key
        if self._tls is None or cert is None or key is None:
            return
        # Tried on a context of its own first: a pair that does not fit must not be half loaded.
        tls_context(cert, key)
        loaded(self._tls, cert, key)

    def _readout(self) -> Readout:
        rooms = self.hub.rooms
        levels = Counter(
            str(room.past.course.conversation.escalation.level) for room in rooms if room.past
        )
        return Readout(
            queues={
                "analysis": self.hub.parts.analyst.waiting,
                "conversations": sum(room.waiting for room in rooms),
                "sockets": self.listener.waiting,
            },
            levels=levels,
            degraded={*self.hub.parts.degraded, *self.readiness.trouble()},
            sockets=len(self.listener),
            abandoned=self.hub.parts.analyst.abandoned,
        )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()


def run(
    settings: Settings,
    line: LineLike,
    *,
    ready: Callable[[Service], object] | None = None,
    source: Source | None = None,
    attach: Attach | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is called once both ports are open.

    With a `source`, changed rules and playbooks come into force meanwhile.
    """
    configure_logs(settings.log_level, settings.log_format)
    keep_crashes_wordless()
    _tune()
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(settings, line, ready, source, attach))


async def _serve(
    settings: Settings,
    line: LineLike,
    ready: Callable[[Service], object] | None,
    source: Source | None,
    attach: Attach | None = None,
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(LoopFaults())
    stop, notify = _Stop(loop), Notify()
    service = Service(settings, line, source=source, attach=attach)
    await service.start()
    loop.add_signal_handler(signal.SIGHUP, _renew, service)
    _log.info(f"ready {service.ws_url} {service.http_url}", store=settings.store.partition(":")[0])
    notify.ready(f"ready {service.ws_url}")
    if ready is not None:
        ready(service)
    caring = (
        asyncio.create_task(_settle_now_and_then()),
        asyncio.create_task(_beat(service, notify)),
    )
    closing = await stop.asked
    _log.info("stopping", code=closing.value, within_s=settings.drain_s)
    notify.stopping()
    await service.stop(closing)
    for task in caring:
        task.cancel()
    _log.info("stopped")


class _Stop:
    """Hears the signals: the first asks to stop, the second ends the program."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.asked: asyncio.Future[Closing] = loop.create_future()
        for wanted in _CLOSINGS:
            loop.add_signal_handler(wanted, self._hear, wanted)

    def _hear(self, heard: signal.Signals) -> None:
        if not self.asked.done():
            self.asked.set_result(_CLOSINGS[heard])
            return
        _log.warning("stopped at once", signal=heard.name)
        sys.stderr.flush()
        os._exit(128 + heard)


def _renew(service: Service) -> None:
    try:
        service.renew_certificate()
    except UsageError as error:
        _log.error("certificate refused", code=error.code)
    else:
        _log.info("certificate looked at again")


async def _beat(service: Service, notify: Notify) -> None:
    """Say that the loop goes round, and note how late it does."""
    every = min(_BEAT_S, notify.alive_every_s or _BEAT_S)
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        service.metrics.loop_lag.set(max(0.0, loop.time() - due))
        notify.alive()


def _folder(store: str) -> Path | None:
    """Return the folder that the log's file lies in, None where it is no file."""
    kind, _, place = store.partition(":")
    return Path(place).expanduser().resolve().parent if kind == "sqlite" and place else None


def _tune() -> None:
    """Keep the line's thread and the collector from holding the loop up.

    Measured at 100 turns a second in 50 chats, durable: whole collections took 85 to 112 ms each
    and made the p99. Conversations hold no cycles, so the young generations do in between, and
    those are kept small: at 150 turns a second in 500 chats 200,000 middle-aged objects took
    111 to 122 ms every 13 seconds, and none of them was garbage.
    """
    sys.setswitchinterval(0.0005)
    gc.set_threshold(5_000, 1, 1_000_000)
    _settle()
    heap.give_back()


def _settle() -> None:
    """Collect everything once; what is left is not looked at again."""
    gc.collect()
    gc.freeze()


async def _settle_now_and_then() -> None:
    while True:
        await asyncio.sleep(_SETTLE_S)
        _settle()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415  optional: a little faster where it is installed
    except ImportError:
        return None
    return uvloop.new_event_loop


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
