"""What does not work as it should, and whether chats should still come here.

The law: each part is named from a closed set, with a reason that holds no word of a chat; whoever
looks only looks. With rules, models or speed in trouble a service is worse and still of use;
without its log, or with threads that never end, chats belong elsewhere until it is mended.
"""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assist.errors import StoreError
from assist.service.hub import Hub
from assist.service.load import Load

__all__ = ["GOES_ON", "Readiness"]

GOES_ON: Final = frozenset({"disk", "models", "overload", "playbook", "rules"})
"""Parts whose trouble is told, and is no reason to send chats elsewhere."""

_PROBE_S = 1.0
_LEAST_BYTES = 256 * 1024 * 1024
_MOST_ABANDONED = 4


@dataclass(slots=True, kw_only=True)
class Readiness:
    """Looks at one service.

    `folder` is where the log's file lies, `open_to` the host at which everybody may come in.
    """

    hub: Hub
    load: Load
    folder: Path | None = None
    open_to: str | None = None
    stopping: bool = False

    async def told(self) -> tuple[dict[str, Any], int]:
        """Return the answer of `/readyz`, and its status."""
        parts = self.hub.parts
        trouble = {**parts.trouble, **self.trouble()}
        if why := await self._store():
            trouble["store"] = why
        degraded = sorted({*parts.degraded, *trouble})
        ready = not set(degraded) - GOES_ON
        told = {
            "ready": ready,
            "pack": {"name": parts.line.pack_name, "version": parts.line.pack_version},
            "version": parts.line.version,
            "epoch": self.hub.epoch,
            "store": parts.log.kind,
            "degraded": degraded,
            "trouble": trouble,
            "without": list(parts.line.missing),
            "warnings": self._warnings(),
        }
        return told, 200 if ready else 503

    def trouble(self) -> dict[str, str]:
        """Return what is wrong by a look that does not wait, with the reason."""
        parts = self.hub.parts
        found = {}
        if self.stopping:
            found["stopping"] = "what was taken in is being finished"
        if parts.line.missing:
            found["models"] = f"without {', '.join(parts.line.missing)}"
        if (abandoned := parts.analyst.abandoned) >= _MOST_ABANDONED:
            found["analysis"] = f"{abandoned} threads overran and have not ended: restart"
        if self.load.pressed:
            found["overload"] = "more is being said than can be worked on"
        if self.folder is not None and (free := _free(self.folder)) < _LEAST_BYTES:
            found["disk"] = f"{free // 2**20} MiB free where the log is kept"
        return found

    async def _store(self) -> str | None:
        try:
            async with asyncio.timeout(_PROBE_S):
                await self.hub.parts.log.last("*")
        except TimeoutError:
            return f"it does not answer within {_PROBE_S:g} s"
        except StoreError as error:
            return error.code
        return None

    def _warnings(self) -> list[str]:
        if self.open_to is None:
            return []
        return ["no-token-beyond-loopback"]


def _free(folder: Path) -> int:
    """Return the free bytes, as many as one likes where that cannot be known."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return _LEAST_BYTES
